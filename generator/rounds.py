"""Rounds: folders of sheets among the pages, so that a page can show what a team's answers come to, and people can try them.

A team that answers again half a year later has two rounds. Each is a folder below content/ with the files that people saved.
They are read as `balcony score --team` reads them; what names something that there is not is a problem, said with its file.
An answer to an earlier revision of a question does not count, here as anywhere: whoever rewords a question mends no sheets.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from generator import gathering, sheet
from generator.problems import Place, Problem, ProblemsError, UnknownNameError, nearest, quoted
from generator.team_view import team_view

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from generator.model import Framework
    from generator.score import Fields
    from generator.sheet import Sheet

SHEETS = "*.balcony.json"
"""What a sheet's file is called."""
_AN_HOUR = (1980, 1, 1, 0, 0, 0)
"""When everything in an archive was last changed: two archives of the same sheets are equal."""
_READABLE = 0o644 << 16
"""The rights of a file, where an archive has them."""
_UNIX = 3


@dataclass(frozen=True)
class Round:
    """Sheets that came in together."""

    folder: str
    """Below content/, such as `example/first`."""
    sheets: Mapping[str, Sheet]
    """All of them, by the names of their files."""
    form: str
    """The form that most of them answer."""
    view: Fields
    """What they come to, in the format `balcony-team/1` of DESIGN 5."""

    def agreed(self) -> Sheet:
        """The sheet that the team agreed on.

        Raises:
            ProblemsError: When there is none, or more than one.
        """
        found = [each for each in self.sheets.values() if each.agreed]
        if len(found) != 1:
            message = f"the folder has {len(found)} sheets that a team agreed on"
            hint = 'put one there that says "agreed": true; the page of a team gives it'
            raise ProblemsError([Problem(Place(f"content/{self.folder}"), "", message, hint)])
        return found[0]


def folders(content: Path) -> list[str]:
    """The folders that hold sheets, as their paths below a folder of pages.

    Arguments:
        content: The folder of pages.
    """
    return sorted({path.parent.relative_to(content).as_posix() for path in content.rglob(SHEETS)})


def read(content: Path, folder: str, framework: Framework) -> Round:
    """Read a round.

    Arguments:
        content: The folder of pages.
        folder: A folder of sheets below it.
        framework: The framework that was answered.

    Raises:
        UnknownNameError: When there is no such folder, with the nearest that there is.
        ProblemsError: With each sheet that cannot be read, and all in one that the framework does not know.
    """
    known = folders(content)
    if folder not in known:
        raise UnknownNameError("folder of sheets", folder, known)
    sheets: dict[str, Sheet] = {}
    problems: list[Problem] = []
    for path in sorted((content / folder).glob(SHEETS)):
        place, data = f"{content.name}/{folder}/{path.name}", path.read_bytes()
        try:
            sheets[path.name] = sheet.read(data, framework)
        except sheet.RefusedSheetError as error:
            hint = "mend the file, or take it out of the folder"
            problems += [Problem(Place(place), "", reason.rstrip("."), hint) for reason in error.reasons]
        else:
            problems += _left_out(sheets[path.name], framework, place, data.decode("utf-8-sig"))
    if problems:
        raise ProblemsError(problems)
    aside = gathering.set_aside(sheets)
    taking_part = [each for name, each in sheets.items() if name not in aside]
    form = gathering.usual_form(framework, taking_part)
    told = [{"file": name, "reason": reason} for name, reason in aside.items()]
    return Round(folder, sheets, form, team_view(framework, form, taking_part, set_aside=told))


def _left_out(found: Sheet, framework: Framework, file: str, text: str) -> Iterator[Problem]:
    """What a sheet says that this framework has never known. A person's sheet keeps it; a page must not."""
    now = {id_: each for each in framework.indicators.values() for id_ in (each.id, *each.formerly)}
    for id_, given in found.answers.items():
        if id_ not in now:
            hint = f"{nearest(id_, now)} Give the answer the id of a question, or take it out"
            yield Problem(_place(file, text, id_), "", f"no question has the id {quoted(id_)} any more", hint)
        elif given.revision > now[id_].revision:
            message = f'the answer to "{id_}" is to revision {given.revision} of the question, which there is not yet'
            hint = f"choose a level of revision {now[id_].revision}, and write that number"
            yield Problem(_place(file, text, id_), "", message, hint)
    parts = [f"{lens.id}/{part.id}" for lens in framework.lenses for part in lens.dimensions]
    for target in found.targets:
        if target not in parts:
            hint = f"{nearest(target, parts)} Set the target for a part of a lens, or take it out"
            yield Problem(
                _place(file, text, target), "", f"no part of a lens is called {quoted(target)} any more", hint
            )
    signs = [sign.id for sign in framework.outline.warning_signs]
    for sign in found.warning_signs:
        if sign not in signs:
            hint = f"{nearest(sign, signs)} Tick a warning sign that there is, or take it out"
            yield Problem(_place(file, text, sign), "", f"no warning sign has the id {quoted(sign)} any more", hint)


def _place(file: str, text: str, word: str) -> Place:
    """Where a word stands in quotes."""
    before, _, _ = text.partition(f'"{word}"')
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def publish(site_dir: Path, content: Path) -> None:
    """Put an archive of each folder with several sheets into a site, beside the folder.

    Arguments:
        site_dir: The top of the site.
        content: The folder of pages that it was built from.
    """
    for folder in folders(content):
        if len(list((content / folder).glob(SHEETS))) == 1:
            continue
        target = site_dir / f"{folder}.zip"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive(content / folder))


def archive(folder: Path) -> bytes:
    """The sheets of a folder as one ZIP file, in which they stand in a folder of that name.

    Arguments:
        folder: It holds sheets.
    """
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for path in sorted(folder.glob(SHEETS)):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.name}", _AN_HOUR)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, _READABLE, _UNIX
            packed.writestr(entry, path.read_bytes())
    return made.getvalue()
