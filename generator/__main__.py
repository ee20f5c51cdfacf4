"""The command line: `balcony`. Exit status 0: all is well; 1: problems were found; 2: wrong use."""

from __future__ import annotations

import json
import re
import sys
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NoReturn

import click

from generator import (
    check,
    diff,
    diff_text,
    edition,
    gathering,
    reading,
    release,
    schema,
    score,
    sheet,
    subgroups,
    team_view,
)
from generator.problems import Format, Problem, ProblemsError, formatted, nearest, quoted, summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from generator.model import Framework
    from generator.site import Engine

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW = click.Path(path_type=Path)

framework_option = click.option(
    "--framework",
    "folder",
    type=FOLDER,
    default=Path("framework"),
    show_default=True,
    help="The folder that holds framework.yml.",
)


edition_option = click.option(
    "--edition",
    "id_",
    metavar="ID",
    help="An edition: the name of a folder in editions/. Without it: the framework itself.",
)

framework_if_any_option = click.option(
    "--framework",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("framework"),
    show_default=True,
    help="The folder that holds framework.yml, where one is needed.",
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
    """Show every problem of the framework and of the editions beside it, with file, line and column."""
    problems = check.problems(folder, sources)
    for id_ in edition.ids(folder.parent):
        problems += check.edition_problems(folder.parent, id_)
    if problems or format_ == "json":
        click.echo(formatted(problems, format_))
    click.echo(summary(problems), err=True)
    sys.exit(any(problem.severity == "error" for problem in problems))


@main.command(
    "score",
    epilog=example(
        "balcony score systems-leadership-standard-2026-11-22.balcony.json\n"
        "  balcony score --team --minimum-group 4 --by team sheets/*.balcony.json"
    ),
)
@click.argument("sheets", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@framework_option
@click.option("--team", is_flag=True, help="One team view of all sheets, in place of a result for each.")
@click.option(
    "--mode",
    type=click.Choice(["anonymous", "open"]),
    help="With --team: hide what could tell of a person, as is usual, or show everything, as all have agreed to.",
)
@click.option(
    "--minimum-group",
    type=int,
    metavar="N",
    help="With --team: people, for anything about a group to be shown. Without it: as the framework says.",
)
@click.option("--form", metavar="ID", help="With --team: the form. Without it: the one that most sheets answer.")
@edition_option
@click.option(
    "--by",
    metavar="ID",
    help='With --team: parts of the team beside each other, by "team", the name on the sheet, or by a context question.',
)
def score_command(
    sheets: Sequence[Path],
    folder: Path,
    *,
    team: bool,
    mode: team_view.Mode | None,
    minimum_group: int | None,
    form: str | None,
    by: str | None,
    id_: str | None,
) -> None:
    """Score sheets: one result a line, as JSON. A sheet that is refused is named with the reason; the rest are scored."""
    for option, given in {"--mode": mode, "--minimum-group": minimum_group, "--form": form, "--by": by}.items():
        if given is not None and not team:
            raise click.UsageError(f"{option} goes with --team.")
    if mode == "open" and minimum_group is not None:
        raise click.UsageError("--minimum-group goes with the anonymous mode; in the open one there is none.")
    framework = _framework(folder, id_)
    if form is not None and form not in framework.forms:
        allowed = ", ".join(framework.forms)
        raise click.BadParameter(f"there is no form {quoted(form)}; allowed: {allowed}", param_hint="--form")
    if team:
        _score_team(sheets, framework, form, mode=mode or "anonymous", minimum_group=minimum_group, by=by)
    refused = [path for path in sheets if not _score_one(path, framework)]
    sys.exit(bool(refused))


def _score_one(path: Path, framework: Framework) -> bool:
    found, _ = _read(path, framework)
    if found:
        click.echo(_line(score.score(framework, found.form, found.answers_to(framework), found.warning_signs)))
    return found is not None


def _score_team(
    paths: Sequence[Path],
    framework: Framework,
    form: str | None,
    *,
    mode: team_view.Mode,
    minimum_group: int | None,
    by: str | None,
) -> NoReturn:
    read = {path: _read(path, framework) for path in paths}
    found = {path: each for path, (each, _) in read.items() if each}
    aside = gathering.set_aside(found, lambda path: path.name)
    for path, reason in aside.items():
        click.echo(f"{path}: {reason}", err=True)
    refused = {path: reason for path, (each, reason) in read.items() if not each}
    taking_part = [each for path, each in found.items() if path not in aside]
    reasons = {**refused, **aside}
    try:
        view = team_view.team_view(
            framework,
            form or gathering.usual_form(framework, taking_part),
            taking_part,
            mode=mode,
            minimum_group=minimum_group,
            set_aside=[{"file": path.name, "reason": reasons[path]} for path in read if path in reasons],
            by=by,
        )
    except team_view.MinimumGroupError as error:
        raise click.BadParameter(str(error), param_hint="--minimum-group") from None
    except subgroups.GroupingError as error:
        raise click.BadParameter(str(error), param_hint="--by") from None
    click.echo(_line(view))
    sys.exit(bool(refused))


def _read(path: Path, framework: Framework) -> tuple[sheet.Sheet | None, str]:
    """A sheet; or none, with the reason, which is told as well."""
    try:
        return sheet.read(path.read_bytes(), framework), ""
    except sheet.RefusedSheetError as error:
        click.echo(f"{path}: {error}", err=True)
        return None, str(error)


def _line(result: score.Fields) -> str:
    return json.dumps(result, ensure_ascii=False)


@main.command(
    "cohort",
    epilog=example(
        "balcony cohort sheets/ spring.zip --output cohort\n"
        "  balcony cohort sheets.tar.gz --form standard --benchmark benchmark.json"
    ),
)
@click.argument("places", metavar="PLACE...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@framework_option
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("cohort"),
    show_default=True,
    help="The folder that the summary goes to.",
)
@click.option("--form", metavar="ID", help="Only sheets of this form. Without it: each form by itself.")
@click.option(
    "--minimum-group",
    type=int,
    metavar="N",
    help="People, for anything about a group to be told. Without it: as the framework says.",
)
@click.option(
    "--benchmark",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what an edition can publish: where the middle half lies in each dimension.",
)
def cohort_command(
    places: Sequence[Path],
    folder: Path,
    *,
    output: Path,
    form: str | None,
    minimum_group: int | None,
    benchmark: Path | None,
) -> None:
    """Summarise very many sheets, without names: folders, ZIP and TAR archives, and files.

    A file that is refused is listed with its reason in refused.csv; the rest are counted.
    """
    from generator import cohort, cohort_files  # noqa: PLC0415  # other commands do without

    framework = _framework(folder)
    if form is not None and form not in framework.forms:
        allowed = ", ".join(framework.forms)
        raise click.BadParameter(f"there is no form {quoted(form)}; allowed: {allowed}", param_hint="--form")
    try:
        minimum = cohort.allowed_minimum(framework, minimum_group)
    except team_view.MinimumGroupError as error:
        raise click.BadParameter(str(error), param_hint="--minimum-group") from None
    if benchmark and not benchmark.parent.is_dir():
        raise click.BadParameter(f"there is no folder {quoted(benchmark.parent)}", param_hint="--benchmark")
    leave_out = (output, *((benchmark,) if benchmark else ()))
    apart = cohort_files.apart(places)
    for place in apart:
        if next(cohort_files.files_in(place, leave_out), None) is None:
            message = f"there is no sheet in {quoted(place)}: no file whose name ends in .json, and no archive"
            raise click.BadParameter(message, param_hint="PLACE")
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.BadParameter(f"{quoted(output)} cannot be made: {error.strerror}", param_hint="--output") from None

    def files() -> Iterator[Path]:
        return (path for place in apart for path in cohort_files.files_in(place, leave_out))

    try:
        with _progress(lambda: sum(map(cohort_files.size_of, files()))) as step:
            outcome = cohort.summarise(
                framework, files(), output, minimum=minimum, form=form, benchmark=benchmark, step=step
            )
    except (cohort.EngineError, OSError) as error:
        click.echo(error, err=True)
        sys.exit(1)
    for path in outcome.written:
        click.echo(path)
    click.echo(outcome.in_words(output), err=True)
    sys.exit(outcome.refused > 0)


@contextmanager
def _progress(total: Callable[[], int]) -> Iterator[Callable[[int], object]]:
    """A bar on a terminal, which has to know how much there is to go through; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=total(), label="Reading", file=sys.stderr) as bar:
        yield bar.update


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
@edition_option
def build_command(engine: Engine, strict: bool, site_dir: Path, id_: str | None) -> None:
    """Build the whole site, or that of an edition."""
    from generator import site  # noqa: PLC0415  # what renders pages takes time to load, and other commands do without

    try:
        with _project(id_) as project:
            sys.exit(site.build(project, site_dir, engine, strict=strict))
    except ProblemsError as error:
        _stop(error)


@main.command("serve", epilog=example("balcony serve --address localhost:8080"))
@click.option("--address", default="localhost:8000", show_default=True, help="Host and port.")
@edition_option
def serve_command(address: str, id_: str | None) -> None:
    """Serve the site here, and rebuild it on every change."""
    from generator import edition_site, site  # noqa: PLC0415  # as above

    try:
        with _project(id_) as project:
            if id_:
                Thread(target=edition_site.follow, args=(Path.cwd(), id_, project, _tell), daemon=True).start()
            sys.exit(site.serve(project, address, _tell))
    except ProblemsError as error:
        _stop(error)


@main.command("offline", epilog=example("balcony offline standard -o self-assessment.html"))
@click.argument("form")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the file goes. Without it: here, named by the framework and the form.",
)
@edition_option
def offline_command(form: str, output: Path | None, id_: str | None) -> None:
    """Write a form as one HTML file that works without a network, results and all."""
    from generator import site  # noqa: PLC0415  # as above

    try:
        with _project(id_) as project:
            forms = site.sound_framework(project).forms
            if form not in forms:
                message = f"there is no form {quoted(form)}; allowed: {', '.join(forms)}"
                raise click.BadParameter(message, param_hint="FORM")
            if output and not output.parent.is_dir():
                raise click.BadParameter(f"there is no folder {quoted(output.parent)}", param_hint="-o")
            written = site.write_single_file(project, form, output)
    except ProblemsError as error:
        _stop(error)
    if written is None:
        sys.exit(1)
    click.echo(written)


@main.command("pages", epilog=example("balcony pages --dry-run"))
@click.option("--dry-run", is_flag=True, help="Write nothing, and say what would be written.")
def pages_command(*, dry_run: bool) -> None:
    """Write the pages in content/ that the framework here still lacks, and bring nav in mkdocs.yml in line.

    A page that is there stays as it is. One that names something gone from the framework is shown, for you to mend or delete.
    """
    from generator import scaffold  # noqa: PLC0415  # as above

    try:
        outcome = scaffold.make(Path.cwd(), is_trial=dry_run)
    except ProblemsError as error:
        _stop(error)
    for path in outcome.written:
        click.echo(path)
    for path in outcome.listed:
        click.echo(f"{scaffold.CONFIGURATION}: nav: + {path}")
    for path in outcome.taken_out:
        click.echo(f"{scaffold.CONFIGURATION}: nav: - {path} (there is no such page)")
    if not (outcome.written or outcome.listed or outcome.taken_out):
        click.echo("No page is missing.", err=True)
    if outcome.problems:
        click.echo("These pages call what is not there. Mend them, or delete them and run this again:", err=True)
        click.echo(formatted(outcome.problems, "text"))
        sys.exit(1)


@main.command(
    "export",
    epilog=example(
        "balcony export --spreadsheet framework.xlsx\n"
        "  balcony export --spreadsheet template.xlsx --blank\n"
        "  balcony export --xlsform standard -o survey.xlsx"
    ),
)
@framework_if_any_option
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
) -> None:
    """Write the framework as tables, for people to edit, or a form for a survey platform. No file is written over."""
    from generator import exchange  # noqa: PLC0415  # what knows spreadsheets takes time to load

    if sum(each is not None for each in (spreadsheet, tables, form)) != 1:
        raise click.UsageError("Give one of --spreadsheet, --csv and --xlsform.")
    for option, given in {"-o": output, "--readers": readers}.items():
        if given is not None and form is None:
            raise click.UsageError(f"{option} goes with --xlsform.")
    if form is not None and (blank or output is None):
        raise click.UsageError("--xlsform goes without --blank." if blank else "--xlsform needs -o FILE.")
    place = spreadsheet or tables or output
    assert place
    if place.exists() or not place.parent.is_dir():
        message = (
            f"{quoted(place)} is there already" if place.exists() else f"there is no folder {quoted(place.parent)}"
        )
        raise click.UsageError(f"{message}; choose another name.")
    framework = exchange.example() if blank else _framework(folder)
    if form is not None and form not in framework.forms:
        allowed = ", ".join(framework.forms)
        raise click.BadParameter(f"there is no form {quoted(form)}; allowed: {allowed}", param_hint="--xlsform")
    try:
        for path in exchange.export(framework, place, form=form, readers=readers, is_csv=tables is not None):
            click.echo(path)
    except exchange.ExchangeError as error:
        click.echo(error, err=True)
        sys.exit(1)
    if form is not None and readers is None:
        click.echo(
            "Say at the start of the form who will read the answers: --readers, or its note sheet__readers.", err=True
        )


@main.command(
    "import",
    epilog=example(
        "balcony import framework.xlsx --output my-framework\n"
        "  balcony import --answers responses.csv --form standard --output sheets"
    ),
)
@click.argument("place", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="A new or empty folder."
)
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="In place of PLACE: what a survey platform has collected, as CSV or XLSX. It becomes a sheet for each row.",
)
@click.option("--form", metavar="ID", help="With --answers: the form that was answered.")
@framework_if_any_option
def import_command(folder: Path, *, place: Path | None, output: Path, answers: Path | None, form: str | None) -> None:
    """Turn a spreadsheet, or a folder of CSV files, into the YAML of a framework; or answers from a survey into sheets.

    Every problem of a spreadsheet is shown with its cell, and then nothing is written. A row of answers that is refused
    is named with the reason, and the rest become sheets.
    """
    from generator import exchange  # noqa: PLC0415  # as above

    if (place is None) == (answers is None):
        raise click.UsageError("Give PLACE, a spreadsheet or a folder of CSV files; or --answers.")
    if (form is None) != (answers is None):
        raise click.UsageError("--answers and --form go together.")
    if output.exists() and any(output.iterdir()):
        raise click.BadParameter(f"{quoted(output)} is not empty; choose a new folder", param_hint="--output")
    try:
        if place is not None:
            found = exchange.import_framework(place, output)
            for line in found.lines:
                click.echo(line)
            click.echo(summary(found.problems), err=True)
            sys.exit(any(problem.severity == "error" for problem in found.problems))
        assert answers
        assert form
        _import_answers(answers, folder, form, output)
    except exchange.ExchangeError as error:
        click.echo(error, err=True)
        sys.exit(1)


def _import_answers(path: Path, folder: Path, form: str, output: Path) -> NoReturn:
    from generator import exchange  # noqa: PLC0415  # as above

    framework = _framework(folder)
    if form not in framework.forms:
        allowed = ", ".join(framework.forms)
        raise click.BadParameter(f"there is no form {quoted(form)}; allowed: {allowed}", param_hint="--form")
    found = exchange.import_answers(path, framework, form, reading.read(folder).releases, output)
    for written in found.written:
        click.echo(written)
    for line in found.refused:
        click.echo(line, err=True)
    if found.left_out:
        click.echo(f"Left out of the sheets: {', '.join(found.left_out)}.", err=True)
    click.echo(f"Sheets written: {len(found.written)}. Rows refused: {len(found.refused)}.", err=True)
    sys.exit(bool(found.refused))


@main.command("diff", epilog=example("balcony diff 1.0.0 .\n  balcony diff --format markdown"))
@click.argument("old", required=False)
@click.argument("new", default=".")
@framework_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="For a terminal, for a page or a pull request, or for tools.",
)
def diff_command(old: str | None, new: str, folder: Path, format_: diff_text.Format) -> None:
    """Show what changed between two releases, or since one: what is asked, scored and read differently, new and gone.

    OLD and NEW are numbers of releases; `.` is the framework as it is now. Without them: since the latest release.
    """
    read = reading.read(folder)
    releases = {each.version: each for each in read.releases}
    if unsound := [each for each in read.problems if f"/{release.FOLDER}/" in each.place.file]:
        _stop(ProblemsError(unsound))
    if not releases:
        click.echo("There is no release yet. The first one is made with: balcony release 1.0.0", err=True)
        sys.exit(2)

    def data(version: str, argument: str) -> diff.Data:
        if version == ".":
            if read.framework is None:
                _stop(ProblemsError(read.problems))
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


@main.command("release", epilog=example("balcony release 1.1.0"))
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
    try:
        sound = check.sound(folder)
        day = (released or datetime.now().astimezone()).date()
        for path in release.make(version, sound, folder, day):
            click.echo(path)
    except ProblemsError as error:
        _stop(error)
    except release.ReleaseError as error:
        click.echo(error, err=True)
        sys.exit(1)


@main.command(
    "publish",
    epilog=example("balcony publish --push\n  balcony publish --folder public\n  balcony publish --draft next --push"),
)
@click.option("--draft", metavar="NAME", help="Publish a state that is not released, as a draft, in a folder NAME.")
@click.option("--branch", default="gh-pages", show_default=True, help="The branch that holds all versions.")
@click.option("--push", is_flag=True, help="Send the branch to origin. Without it, nothing leaves this computer.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Put the version into a plain folder, for any web host, and not on a branch.",
)
@click.pass_context
def publish_command(context: click.Context, *, draft: str | None, branch: str, push: bool, folder: Path | None) -> None:
    """Build the site of the framework's version, and put it beside the versions that are published already."""
    from generator import publish, site  # noqa: PLC0415  # as above

    is_branch_named = context.get_parameter_source("branch") is not click.core.ParameterSource.DEFAULT
    if folder and (push or is_branch_named):
        raise click.UsageError("--folder goes without --branch and --push.")
    project = Path.cwd()
    try:
        version = publish.draft(draft) if draft is not None else publish.released(site.sound_reading(project))
        publish.check_sources(project, folder)
        if folder:
            publish.check_folder(project, folder, version)
        else:
            publish.check_branch(project, branch)
        with publish.built(project, version) as made:
            if folder:
                publish.to_folder(made, folder)
                click.echo(folder / version.name)
            else:
                publish.to_branch(made, project, branch, push=push)
                where = "here and at origin" if push else "on this computer; --push sends it"
                click.echo(f"{version.name} is on the branch {branch}, {where}.")
    except ProblemsError as error:
        _stop(error)
    except publish.PublishError as error:
        click.echo(error, err=True)
        sys.exit(1)


def _tell(problems: Sequence[Problem]) -> None:
    click.echo(formatted(problems, "text"))
    click.echo(f"\n{summary(problems)}. The site is built as soon as they are mended.", err=True)


@main.command(
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
        written = edition_new.write(Path.cwd(), edition_new.Wanted(id_, name, organisation, contact, *looks))
    except ProblemsError as error:
        _stop(error)
    except release.ReleaseError as error:
        click.echo(error, err=True)
        sys.exit(1)
    except FileExistsError:
        raise click.BadParameter(f"there is an edition {quoted(id_)} already", param_hint="ID") from None
    for path in written:
        click.echo(path.relative_to(Path.cwd()))
    click.echo(f"See it with: balcony serve --edition {id_}", err=True)


@main.group("edition")
def edition_group() -> None:
    """Keep an edition up with the framework that it builds on."""


@edition_group.command("update", epilog=example("balcony edition update fire-and-rescue --dry-run"))
@click.argument("id_", metavar="ID")
@click.option("--to", "version", metavar="VERSION", help="The release to move to. Without it: the latest.")
@click.option("--dry-run", is_flag=True, help="Say what it comes to, and change nothing.")
def update_command(id_: str, version: str | None, *, dry_run: bool) -> None:
    """Move an edition to a newer release, and say what changed underneath its own words. Nothing is overwritten."""
    from generator import edition_update  # noqa: PLC0415  # other commands do without

    try:
        update = edition_update.plan(Path.cwd(), _known_edition(Path.cwd(), id_, "ID"), version)
    except ProblemsError as error:
        _stop(error)
    except release.ReleaseError as error:
        click.echo(error, err=True)
        sys.exit(1)
    click.echo("\n".join(edition_update.in_words(update)))
    if not dry_run:
        update.write()


@contextmanager
def _project(id_: str | None) -> Iterator[Path]:
    """The project to build from: the one here, or one made from an edition."""
    if id_ is None:
        yield Path.cwd()
        return
    from generator import edition_site  # noqa: PLC0415  # as above

    with edition_site.project_of(Path.cwd(), _known_edition(Path.cwd(), id_)) as project:
        yield project


def _framework(folder: Path, id_: str | None = None) -> Framework:
    """The framework of a folder, or as an edition beside it tells it."""
    try:
        if id_ is None:
            return reading.framework(folder)
        told = check.sound_edition(folder.parent, _known_edition(folder.parent, id_)).reading
    except ProblemsError as error:
        _stop(error)
    assert told is not None
    assert told.framework is not None
    return told.framework


def _known_edition(project: Path, id_: str, hint: str = "--edition") -> str:
    known = edition.ids(project)
    if id_ not in known:
        raise click.BadParameter(f"there is no edition {quoted(id_)}; {nearest(id_, known)}", param_hint=hint)
    return id_


def _stop(error: ProblemsError) -> NoReturn:
    click.echo(formatted(error.problems, "text"))
    click.echo(summary(error.problems), err=True)
    sys.exit(1)


if __name__ == "__main__":
    main(prog_name="balcony")
