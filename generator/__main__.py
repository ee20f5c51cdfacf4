"""The command line: `balcony`. Exit status 0: all is well; 1: problems were found; 2: wrong use."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator import check, reading, schema, score, sheet
from generator.problems import Format, Problem, ProblemsError, formatted, quoted, summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Framework
    from generator.site import Engine

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

framework_option = click.option(
    "--framework",
    "folder",
    type=FOLDER,
    default=Path("framework"),
    show_default=True,
    help="The folder that holds framework.yml.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="balcony")
def main() -> None:
    """Turn a maturity framework, written in YAML, into a website on which a team assesses itself."""


def example(text: str) -> str:
    """How a command is used, at the end of its help."""
    return f"\b\nExample:\n  {text}"


@main.command("check", epilog=example("balcony check --format github"))
@framework_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for tools, or as marks on a pull request.",
)
@click.option("--sources", type=FOLDER, help="A folder of source texts (.txt), of which nothing may be copied.")
def check_command(folder: Path, format_: Format, sources: Path | None) -> None:
    """Show every problem of the framework, with file, line and column."""
    problems = check.problems(folder, sources)
    if problems or format_ == "json":
        click.echo(formatted(problems, format_))
    click.echo(summary(problems), err=True)
    sys.exit(any(problem.severity == "error" for problem in problems))


@main.command("score", epilog=example("balcony score systems-leadership-standard-2026-11-22.balcony.json"))
@click.argument("sheets", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@framework_option
def score_command(sheets: Sequence[Path], folder: Path) -> None:
    """Score sheets: one result a line, as JSON. A sheet that is refused is named with the reason; the rest are scored."""
    framework = _framework(folder)
    refused = [path for path in sheets if not _score_one(path, framework)]
    sys.exit(bool(refused))


def _score_one(path: Path, framework: Framework) -> bool:
    try:
        found = sheet.read(path.read_bytes(), framework)
    except sheet.RefusedSheetError as error:
        click.echo(f"{path}: {error}", err=True)
        return False
    click.echo(_line(score.score(framework, found.form, found.answers_to(framework), found.warning_signs)))
    return True


def _line(result: score.Fields) -> str:
    return json.dumps(result, ensure_ascii=False)


@main.command("schema", epilog=example("balcony schema"))
@framework_option
def schema_command(folder: Path) -> None:
    """Write the JSON Schemas that editors use, from the model."""
    for path in schema.write(folder):
        click.echo(path)


@main.command("build", epilog=example("balcony build --engine zensical --strict"))
@click.option(
    "--engine",
    type=click.Choice(["mkdocs", "zensical"]),
    default="mkdocs",
    show_default=True,
    help="Which engine builds it. Both read mkdocs.yml.",
)
@click.option("--strict", is_flag=True, help="End the build on the engine's warnings, such as a dead link.")
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("site"),
    show_default=True,
    help="Where the site goes.",
)
def build_command(engine: Engine, strict: bool, site_dir: Path) -> None:
    """Build the whole site."""
    from generator import site  # noqa: PLC0415  # what renders pages takes time to load, and other commands do without

    try:
        sys.exit(site.build(Path.cwd(), site_dir, engine, strict=strict))
    except ProblemsError as error:
        _stop(error)


@main.command("serve", epilog=example("balcony serve --address localhost:8080"))
@click.option("--address", default="localhost:8000", show_default=True, help="Host and port.")
def serve_command(address: str) -> None:
    """Serve the site here, and rebuild it on every change."""
    from generator import site  # noqa: PLC0415  # as above

    sys.exit(site.serve(Path.cwd(), address, _tell))


@main.command("offline", epilog=example("balcony offline standard -o self-assessment.html"))
@click.argument("form")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the file goes. Without it: here, named by the framework and the form.",
)
def offline_command(form: str, output: Path | None) -> None:
    """Write a form as one HTML file that works without a network, results and all."""
    from generator import site  # noqa: PLC0415  # as above

    try:
        forms = site.sound_framework(Path.cwd()).forms
        if form not in forms:
            raise click.BadParameter(f"there is no form {quoted(form)}; allowed: {', '.join(forms)}", param_hint="FORM")
        if output and not output.parent.is_dir():
            raise click.BadParameter(f"there is no folder {quoted(output.parent)}", param_hint="-o")
        written = site.write_single_file(Path.cwd(), form, output)
    except ProblemsError as error:
        _stop(error)
    if written is None:
        sys.exit(1)
    click.echo(written)


def _tell(problems: Sequence[Problem]) -> None:
    click.echo(formatted(problems, "text"))
    click.echo(f"\n{summary(problems)}. The site is built as soon as they are mended.", err=True)


def _framework(folder: Path) -> Framework:
    try:
        return reading.framework(folder)
    except ProblemsError as error:
        _stop(error)


def _stop(error: ProblemsError) -> NoReturn:
    click.echo(formatted(error.problems, "text"))
    click.echo(summary(error.problems), err=True)
    sys.exit(1)


if __name__ == "__main__":
    main(prog_name="balcony")
