"""Commands for what comes from other tools and goes to them: export, import."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

from generator import reading
from generator.commands.options import (
    NEW,
    NEW_FOLDER,
    check_company,
    check_form,
    edition_option,
    ending_on,
    example,
    form_option,
    framework_if_any_option,
    framework_of,
    language_option,
)
from generator.problems import quoted, summary


@click.command(
    "export",
    epilog=example(
        "balcony export --spreadsheet framework.xlsx\n"
        "  balcony export --spreadsheet template.xlsx --blank\n"
        "  balcony export --xlsform standard -o survey.xlsx"
    ),
)
@framework_if_any_option
@edition_option
@language_option
@click.option("--spreadsheet", type=NEW, metavar="FILE", help="Write the framework as a spreadsheet (.xlsx).")
@click.option(
    "--csv", "tables", type=NEW, metavar="FOLDER", help="Write the framework as CSV files, into a new folder."
)
@click.option("--blank", is_flag=True, help="Write the template: headings, notes and an example to write over.")
@click.option(
    "--xlsform", "form", metavar="FORM", help="Write a form for survey platforms, such as ODK and KoboToolbox."
)
@click.option("-o", "--output", type=NEW, help="With --xlsform: where the file goes.")
@click.option(
    "--readers", metavar="TEXT", help="With --xlsform: who will read the answers, as the survey says at its start."
)
def export_command(
    folder: Path,
    *,
    spreadsheet: Path | None,
    tables: Path | None,
    blank: bool,
    form: str | None,
    output: Path | None,
    readers: str | None,
    id_: str | None,
    language: str | None,
) -> None:
    """Write the framework as tables, for people to edit, or a form for a survey platform. No file is written over."""
    from generator import exchange  # noqa: PLC0415  # what knows spreadsheets takes time to load

    if sum(each is not None for each in (spreadsheet, tables, form)) != 1:
        raise click.UsageError("Give one of --spreadsheet, --csv and --xlsform.")
    check_company("--xlsform", {"-o": output, "--readers": readers, "--edition": id_}, is_given=form is not None)
    check_company("--edition", {"--language": language}, is_given=id_ is not None)
    if form is not None and (blank or output is None):
        raise click.UsageError("--xlsform goes without --blank." if blank else "--xlsform needs -o FILE.")
    place = spreadsheet or tables or output
    assert place
    if place.exists() or not place.parent.is_dir():
        message = (
            f"{quoted(place)} is there already" if place.exists() else f"there is no folder {quoted(place.parent)}"
        )
        raise click.UsageError(f"{message}; choose another name.")
    framework = exchange.example() if blank else framework_of(folder, id_, language)
    check_form(framework, form, "--xlsform")
    with ending_on(exchange.ExchangeError):
        for path in exchange.export(framework, place, form=form, readers=readers, is_csv=tables is not None):
            click.echo(path)
    if form is not None and readers is None:
        click.echo(
            "Say at the start of the form who will read the answers: --readers, or its note sheet__readers.", err=True
        )


@click.command(
    "import",
    epilog=example(
        "balcony import framework.xlsx --output my-framework\n"
        "  balcony import --answers responses.csv --form standard --output sheets"
    ),
)
@click.argument("place", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--output", required=True, type=NEW_FOLDER, help="A new or empty folder.")
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="In place of PLACE: what a survey platform has collected, as CSV or XLSX. It becomes a sheet for each row.",
)
@form_option(help="With --answers: the form that was answered.")
@framework_if_any_option
@edition_option
def import_command(
    folder: Path, *, place: Path | None, output: Path, answers: Path | None, form: str | None, id_: str | None
) -> None:
    """Turn a spreadsheet, or a folder of CSV files, into the YAML of a framework; or answers from a survey into sheets.

    Every problem of a spreadsheet is shown with its cell, and then nothing is written. A row of answers that is refused
    is named with the reason, and the rest become sheets.
    """
    from generator import exchange  # noqa: PLC0415  # as above

    if (place is None) == (answers is None):
        raise click.UsageError("Give PLACE, a spreadsheet or a folder of CSV files; or --answers.")
    if (form is None) != (answers is None):
        raise click.UsageError("--answers and --form go together.")
    check_company("--answers", {"--edition": id_}, is_given=answers is not None)
    if output.exists() and any(output.iterdir()):
        raise click.BadParameter(f"{quoted(output)} is not empty; choose a new folder", param_hint="--output")
    with ending_on(exchange.ExchangeError):
        if place is not None:
            found = exchange.import_framework(place, output)
            for line in found.lines:
                click.echo(line)
            click.echo(summary(found.problems), err=True)
            sys.exit(any(problem.severity == "error" for problem in found.problems))
        assert answers
        assert form
        _import_answers(answers, folder, form, output, id_)


def _import_answers(path: Path, folder: Path, form: str, output: Path, id_: str | None) -> NoReturn:
    from generator import exchange  # noqa: PLC0415  # as above

    framework = framework_of(folder, id_)
    check_form(framework, form)
    found = exchange.import_answers(path, framework, form, reading.read(folder).releases, output)
    for written in found.written:
        click.echo(written)
    for line in found.refused:
        click.echo(line, err=True)
    if found.left_out:
        click.echo(f"Left out of the sheets: {', '.join(found.left_out)}.", err=True)
    click.echo(f"Sheets written: {len(found.written)}. Rows refused: {len(found.refused)}.", err=True)
    sys.exit(bool(found.refused))
