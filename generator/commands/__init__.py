"""The commands of `balcony`, by theme. `generator/__main__.py` puts them together."""
