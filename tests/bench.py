"""All that Balcony weighs and takes, beside the limits of DESIGN 6: `make bench`. Nothing is asserted.

Parts can be named: `make bench ARGS="browser"`; commands, build and growth are those of Python.
"""

from __future__ import annotations

import sys

import bench_browser
import bench_python
from bench_table import say

PARTS = ("commands", "build", "growth", "browser")


def main(wanted):
    """Print the tables of the parts that are wanted, or all of them."""
    unknown = [each for each in wanted if each not in PARTS]
    if unknown:
        return f"{', '.join(unknown)}: there is no such part. There are: {', '.join(PARTS)}"
    say("Times of a machine that does other things as well are too long: look at the load that stands beside them.")
    python = [each for each in wanted or PARTS if each != "browser"]
    if python:
        bench_python.main(python)
    return bench_browser.main() if "browser" in (wanted or PARTS) else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
