"""What tests do to the files of a framework that is their own."""

from __future__ import annotations


def change(path, old, new):
    """Write a text where another stands for the first time; the test ends where it stands no more."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path} no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
