"""The command line: `balcony`. Exit status 0: all is well; 1: problems were found; 2: wrong use.

What each command does stands in `generator/commands/`.
"""

from __future__ import annotations

import errno
import sys
from importlib import import_module
from typing import Any

import click

from generator import files

COMMANDS = {
    "framework": ("catalogue", "check", "diff", "release", "schema"),
    "answers": ("score", "cohort"),
    "site": ("build", "serve", "offline", "pages", "publish"),
    "editions": ("new", "edition"),
    "exchange": ("export", "import"),
}
"""What each module of `generator/commands/` holds. It is loaded when one of its commands is wanted."""


class _Group(click.Group):
    """Ends a command with status 1 on a fault of the disk, which is told in words."""

    @property
    def commands(self) -> dict[str, click.Command]:
        """All of them, loaded: for help, and where a name is none."""
        loaded = {name: self.get_command(None, name) for name in self.list_commands(None)}
        return {name: command for name, command in loaded.items() if command}

    @commands.setter
    def commands(self, _: object) -> None:
        """There are no others than those in `COMMANDS`."""

    def list_commands(self, ctx: click.Context | None) -> list[str]:  # noqa: ARG002 - click gives it
        return sorted(name for names in COMMANDS.values() for name in names)

    def get_command(self, ctx: click.Context | None, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        module = next((module for module, names in COMMANDS.items() if cmd_name in names), None)
        held = vars(import_module(f"generator.commands.{module}")) if module else {}
        return held.get(f"{cmd_name}_command") or held.get(f"{cmd_name}_group")

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


if __name__ == "__main__":
    main(prog_name="balcony")
