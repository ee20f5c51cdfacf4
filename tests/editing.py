"""What tests do to the files of a framework that is their own."""

from __future__ import annotations


def change(path, old, new):
    """Write a text where another stands for the first time; the test ends where it stands no more."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path} no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


FACTS = """  publisher:
    organisation: Children's services <Ynys Môn>
    contact: access@example.org, 01632 960000
    reply_days: 10
    status: partially
    issues: ["A **map** cannot be read [1.1.1]; mended by 1 March 2027", "領導 {{ 1 }}"]
    prepared: 2026-11-22
    reviewed: 2026-11-23
    tested: 2026-11-20
    tested_by: Anytown Digital
    method: Six pages, one of each kind
    host_log: nothing at all
"""
"""What a publisher tells in mkdocs.yml, below `extra:`."""


def name_publisher(project, facts=FACTS):
    """Tell who publishes the site of a project, and what they tested."""
    change(project / "mkdocs.yml", "extra:\n", f"extra:\n{facts}")
