"""What the benchmarks print: tables with aligned columns, and what a figure is beside its limit."""

from __future__ import annotations

import os


def table(title, heads, rows):
    """Print a table, row by row as each is measured: numbers to the right, and what they are about to the left.

    Arguments:
        title: What stands above it.
        heads: Of the columns.
        rows: Texts for each row. They may still be on their way.
    """
    widths = [max(len(heads[0]), 44), *(max(len(head), 10) for head in heads[1:])]
    say(f"\n{title} (load {load()})\n")
    say(_line(heads, widths))
    say(_line(["-" * width for width in widths], widths))
    for row in rows:
        say(_line(row, widths))


def _line(cells, widths):
    first, *others = (
        f"{cell:<{width}}" if not index else f"{cell:>{width}}"
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join([first, *others]).rstrip()


def load():
    """How much else this machine does: figures taken under load are no figures."""
    return f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors" if hasattr(os, "getloadavg") else "unknown"


def beside(value, most):
    """A figure's limit and the share of it that is used: `26 KB`, `0.98`."""
    return f"{value / most:.2f}"


def say(line):
    print(line, flush=True)  # noqa: T201 - for whoever runs it
