"""Balcony turns a maturity framework, written in YAML, into a website on which a team assesses itself.

docs/architecture.md has its modules in their order: each imports only those before it. docs/contracts.md has what other people's tools
may rely on.
"""
