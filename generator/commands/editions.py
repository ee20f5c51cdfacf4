"""Commands for those who tell a framework in their own words: new, and edition with what keeps one up."""

from __future__ import annotations

import re
from pathlib import Path

import click

from generator import files, release
from generator.commands.options import ending_on, example, known_edition
from generator.problems import quoted


@click.command(
    "new",
    epilog=example(
        'balcony new acme --name "Leading at Acme" --organisation "Acme College" --contact lead@acme.example'
    ),
)
@click.argument("id_", metavar="ID")
@click.option("--name", prompt="What is it called", help="What its pages are called.")
@click.option("--organisation", prompt="Who publishes it", help="Who publishes it.")
@click.option(
    "--contact", prompt="How can people reach you (email or web address)", help="An address for email or the web."
)
@click.option(
    "--colour", metavar="#RRGGBB", default="", help="Your colour. What cannot be read is made darker until it can."
)
def new_command(id_: str, *, name: str, organisation: str, contact: str, colour: str) -> None:
    """Begin an edition: a folder in editions/ with comments to fill in, which builds as it stands."""
    from generator import colours, edition_new  # noqa: PLC0415  # other commands do without

    if not re.fullmatch(edition_new.ID, id_):
        raise click.BadParameter(
            "use lower-case words with hyphens between them, such as acme-college", param_hint="ID"
        )
    if colour and not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        raise click.BadParameter("use six hexadecimal digits, such as #0b4f5a", param_hint="--colour")
    blank = [
        word
        for word, text in {"--name": name, "--organisation": organisation, "--contact": contact}.items()
        if not text.strip()
    ]
    if blank:
        raise click.BadParameter("there is no text", param_hint=blank[0])
    looks = colours.made_readable(colour) if colour else ("", "")
    try:
        with ending_on(release.ReleaseError):
            written = edition_new.write(Path.cwd(), edition_new.Wanted(id_, name, organisation, contact, *looks))
    except FileExistsError:
        raise click.BadParameter(f"there is an edition {quoted(id_)} already", param_hint="ID") from None
    for path in written:
        click.echo(path.relative_to(Path.cwd()))
    click.echo(f"See it with: balcony serve --edition {id_}", err=True)


@click.group("edition")
def edition_group() -> None:
    """Keep an edition up with the framework that it builds on."""


@edition_group.command("translate", epilog=example("balcony edition translate fire-and-rescue cy"))
@click.argument("id_", metavar="ID")
@click.argument("language")
@click.option("--dry-run", is_flag=True, help="Say what is lacking, and write nothing.")
def translate_command(id_: str, language: str, *, dry_run: bool) -> None:
    """Write down what a translation of an edition still lacks, for somebody to fill in: texts, pages, and what Balcony itself says.

    What is translated already stays as it is. Once all is there, add the LANGUAGE to `languages` in edition.yml.
    """
    from generator import edition_translate  # noqa: PLC0415  # other commands do without

    try:
        with ending_on():
            work = edition_translate.plan(Path.cwd(), known_edition(Path.cwd(), id_, "ID"), language)
    except ValueError:
        raise click.BadParameter(
            f"{quoted(language)} is no language; write it as in cy or pt-BR", param_hint="LANGUAGE"
        ) from None
    for path in sorted(work.texts):
        click.echo(path.relative_to(Path.cwd()))
    click.echo(f"To translate: {work.things} things, {work.pages} pages.", err=True)
    if not dry_run:
        files.write(dict(work.texts))


@edition_group.command("update", epilog=example("balcony edition update fire-and-rescue --dry-run"))
@click.argument("id_", metavar="ID")
@click.option("--to", "version", metavar="VERSION", help="The release to move to. Without it: the latest.")
@click.option("--dry-run", is_flag=True, help="Say what it comes to, and change nothing.")
def update_command(id_: str, version: str | None, *, dry_run: bool) -> None:
    """Move an edition to a newer release, and say what changed underneath its own words. Nothing is overwritten."""
    from generator import edition_update  # noqa: PLC0415  # other commands do without

    with ending_on(release.ReleaseError):
        update = edition_update.plan(Path.cwd(), known_edition(Path.cwd(), id_, "ID"), version)
    click.echo("\n".join(edition_update.in_words(update)))
    if not dry_run:
        update.write()
