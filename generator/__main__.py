"""The command line: `balcony`. Exit status 0: all is well; 1: problems were found; 2: wrong use.

What each command does stands in `generator/commands/`.
"""

from __future__ import annotations

import errno
import sys
from typing import Any

import click

from generator import files
from generator.commands import answers, editions, exchange, framework, site


class _Group(click.Group):
    """Ends a command with status 1 on a fault of the disk, which is told in words."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except files.WriteError as error:
            click.echo(error, err=True)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read the output has seen enough, which click knows
                raise
            click.echo(files.in_words(error), err=True)
        sys.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="balcony")
def main() -> None:
    """Turn a maturity framework, written in YAML, into a website on which a team assesses itself."""


for command in (
    framework.catalogue_command,
    framework.check_command,
    framework.diff_command,
    framework.release_command,
    framework.schema_command,
    answers.score_command,
    answers.cohort_command,
    site.build_command,
    site.serve_command,
    site.offline_command,
    site.pages_command,
    site.publish_command,
    editions.new_command,
    editions.edition_group,
    exchange.export_command,
    exchange.import_command,
):
    main.add_command(command)

if __name__ == "__main__":
    main(prog_name="balcony")
