"""Commands for those who write a framework: check, diff, release, schema, catalogue."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from generator import catalogue, check, diff, diff_text, edition, files, reading, release, schema
from generator.commands.options import FOLDER, ending_on, example, format_option, framework_option, stop
from generator.problems import ProblemsError, formatted, in_order, quoted, summary

if TYPE_CHECKING:
    from pathlib import Path

    from generator.problems import Format, Problem


@click.command("check", epilog=example("balcony check --format github"))
@framework_option
@format_option(
    type=click.Choice(["text", "json", "github"]), help="For people, for tools, or as marks on a pull request."
)
@click.option("--sources", type=FOLDER, help="A folder of source texts (.txt), of which nothing may be copied.")
def check_command(folder: Path, format_: Format, sources: Path | None) -> None:
    """Show every problem of the framework and of the editions beside it, with file, line and column."""
    problems = check.problems(folder, sources)
    for id_ in edition.ids(folder.parent):
        problems += _of_edition(folder.parent, id_)
    if problems or format_ == "json":
        click.echo(formatted(problems, format_))
    click.echo(summary(problems), err=True)
    sys.exit(any(problem.severity == "error" for problem in problems))


def _of_edition(project: Path, id_: str) -> list[Problem]:
    found, problems = check.edition_and_problems(project, id_)
    if not found.translations:
        return problems
    from generator import edition_pages  # noqa: PLC0415  # what writes pages takes time to load

    return in_order([*problems, *edition_pages.problems(found, project)])


@click.command("schema", epilog=example("balcony schema"))
@framework_option
def schema_command(folder: Path) -> None:
    """Write the JSON Schemas that editors use, from the model."""
    for path in schema.write(folder):
        click.echo(path)


@click.command("catalogue", epilog=example("balcony catalogue cy"))
@click.argument("languages", nargs=-1, metavar="[LANGUAGE]...")
def catalogue_command(languages: tuple[str, ...]) -> None:
    """Bring the catalogues of other languages in line with what Balcony itself says, or begin one for a LANGUAGE.

    Nothing that is translated gets lost: a text whose English has changed is marked as fuzzy, until somebody has looked at it.
    """
    for language in languages or catalogue.languages()[1:]:
        path = catalogue.FOLDER / f"{language}.po"
        before = path.read_text(encoding="utf-8") if path.is_file() else None
        try:
            files.write({path: catalogue.renewed(language, before)})
        except ValueError:
            raise click.BadParameter(f"{quoted(language)} is no language; write it as in cy or pt-BR") from None
        click.echo(f"{reading.shown(path)}: {len(catalogue.read(path, language).problems)} to translate")


@click.command("diff", epilog=example("balcony diff 1.0.0 .\n  balcony diff --format markdown"))
@click.argument("old", required=False)
@click.argument("new", default=".")
@framework_option
@format_option(
    type=click.Choice(["text", "markdown", "json"]), help="For a terminal, for a page or a pull request, or for tools."
)
def diff_command(old: str | None, new: str, folder: Path, format_: diff_text.Format) -> None:
    """Show what changed between two releases, or since one: what is asked, scored and read differently, new and gone.

    OLD and NEW are numbers of releases; `.` is the framework as it is now. Without them: since the latest release.
    """
    read = reading.read(folder)
    releases = {each.version: each for each in read.releases}
    if read.unsound_releases:
        stop(ProblemsError(read.unsound_releases))
    if not releases:
        click.echo("There is no release yet. The first one is made with: balcony release 1.0.0", err=True)
        sys.exit(2)

    def data(version: str, argument: str) -> diff.Data:
        if version == ".":
            if read.framework is None:
                stop(ProblemsError(read.problems))
            return read.framework.as_data()
        if version not in releases:
            message = f"there is no release {quoted(version)}; allowed: {', '.join(releases)} and . for the framework as it is now"
            raise click.BadParameter(message, param_hint=argument)
        return releases[version].data

    found = diff.diff(
        data(old or next(reversed(releases)), "OLD"),
        data(new, "NEW"),
        name="the framework as it is now" if new == "." else new,
    )
    unreleased = found.size if new == "." and found.old == next(reversed(releases)) else None
    at_least = diff.next_versions(found.old, unreleased)[0] if unreleased else None
    click.echo(diff_text.formatted(found, format_, at_least=at_least))


@click.command("release", epilog=example("balcony release 1.1.0"))
@click.argument("version")
@framework_option
@click.option(
    "--date",
    "released",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day, such as 2026-11-22. Without it: today.",
)
def release_command(version: str, folder: Path, released: datetime | None) -> None:
    """Freeze the framework under a number: releases/VERSION.json, the number in framework.yml, and a changelog entry.

    A number that does not fit what changed is refused, with those that would.
    """
    with ending_on(release.ReleaseError):
        sound = check.sound(folder)
        day = (released or datetime.now().astimezone()).date()
        for path in release.make(version, sound, folder, day):
            click.echo(path)
