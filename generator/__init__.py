"""Balcony turns a maturity framework, written in YAML, into a website on which a team assesses itself.

The modules flow one way: `problems` and `document` at the bottom, `model` and `reading` on them, then what uses
a framework (`score`, `message`, `sheet`, `schema`, `writing`, `check`, `pages`, `assessment`), and on top what knows an engine or a terminal
(`macros`, `site`, `commands`, `__main__`).
"""
