"""Commands for what people have answered: score, cohort."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator import files, gathering, score, sheet, subgroups, team_view
from generator.commands.options import (
    NEW_FILE,
    NEW_FOLDER,
    check_company,
    check_form,
    check_parent,
    edition_option,
    ending_on,
    example,
    form_option,
    framework_of,
    framework_option,
    minimum_group_option,
)
from generator.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from generator.model import Framework


@click.command(
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
@minimum_group_option(
    help="With --team: people, for anything about a group to be shown. Without it: as the framework says."
)
@form_option(help="With --team: the form. Without it: the one that most sheets answer.")
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
    for_teams = {"--mode": mode, "--minimum-group": minimum_group, "--form": form, "--by": by}
    check_company("--team", for_teams, is_given=team)
    if mode == "open" and minimum_group is not None:
        raise click.UsageError("--minimum-group goes with the anonymous mode; in the open one there is none.")
    framework = framework_of(folder, id_)
    check_form(framework, form)
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
        return sheet.read(files.read(path, sheet.LARGEST), framework), ""
    except sheet.RefusedSheetError as error:
        reason = str(error)
    except files.TooLargeError:
        reason = sheet.TOO_LARGE
    except OSError as error:
        reason = f"It cannot be read: {error.strerror}."
    click.echo(f"{path}: {reason}", err=True)
    return None, reason


def _line(result: score.Fields) -> str:
    return json.dumps(result, ensure_ascii=False)


@click.command(
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
    type=NEW_FOLDER,
    default=Path("cohort"),
    show_default=True,
    help="The folder that the summary goes to.",
)
@form_option(help="Only sheets of this form. Without it: each form by itself.")
@minimum_group_option(help="People, for anything about a group to be told. Without it: as the framework says.")
@click.option(
    "--benchmark",
    metavar="FILE",
    type=NEW_FILE,
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

    framework = framework_of(folder)
    check_form(framework, form)
    try:
        minimum = team_view.allowed_minimum(framework.settings, minimum_group)
    except team_view.MinimumGroupError as error:
        raise click.BadParameter(str(error), param_hint="--minimum-group") from None
    check_parent(benchmark, "--benchmark")
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

    with (
        ending_on(cohort.EngineError, OSError),
        _progress(lambda: sum(map(cohort_files.size_of, files()))) as step,
    ):
        outcome = cohort.summarise(
            framework, files(), output, minimum=minimum, form=form, benchmark=benchmark, step=step
        )
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
