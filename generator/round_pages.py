"""The pages about rounds: macros that show, from the files of a team's sheets, what its page shows, and what came of it.

Every figure and every sentence about the answers is worked out here from the files, so that no page can say what they do not.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from generator import rounds, score
from generator.agenda import LENGTHS, agenda
from generator.change import change, clear_change
from generator.figures import Drawn, Figure, Result, figure
from generator.message import message
from generator.problems import UnknownNameError
from generator.rendering import heading, render
from generator.shortlist import aims_of, shortlist
from generator.team_words import basis, cell, level_of, row, said_of_lens, standing, ticked
from generator.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from markupsafe import Markup

    from generator.model import Framework, Lens
    from generator.rounds import Round
    from generator.score import Fields
    from generator.sheet import Sheet

T = TypeVar("T")

_FIRST = 7
"""Questions to talk about that are shown, as on the team's page."""


class Moved(NamedTuple):
    """A part of a lens on two dates."""

    lens: Lens
    name: str
    first: Fields
    """Its fields in each view."""
    second: Fields
    finding: str
    """As `change` has it; empty where one of them is not shown."""


class RoundPages:
    """Renders what rounds of one framework say.

    Arguments:
        framework: The framework that was answered.
        project: The top of the repository.
    """

    def __init__(self, framework: Framework, project: Path) -> None:
        self._framework = framework
        self._content = project / "content"
        self._rounds: dict[str, Round] = {}

    def macros(self) -> tuple[Callable[..., str], ...]:
        """What a page in content/ may call. A folder is a path below content/, such as `example/first`."""
        return (
            self.team_sheets,
            self.team_told,
            self.team_count,
            self.team_basis,
            self.team_discuss,
            self.team_lens,
            self.team_lenses,
            self.team_part,
            self.team_question,
            self.team_apart,
            self.team_unsure,
            self.team_hidden,
            self.team_questions,
            self.team_signs,
            self.team_agenda,
            self.team_moved,
            self.team_change,
            self.agreed_levels,
            self.agreed_lens,
            self.agreed_targets,
            self.agreed_shortlist,
            self.agreed_actions,
            self.result_picture,
        )

    # A team's view

    def team_sheets(self, folder: str) -> str:
        """The sheets, to download: all at once, or one by one."""
        return self._html("team_sheets.html", folder=folder, names=list(self._round(folder).sheets))

    def team_told(self, folder: str, what: str) -> str:
        """What most sheets name: `team` or `work`."""
        fields = {
            "team": [each.team for each in self._sheets(folder)],
            "work": [each.work for each in self._sheets(folder)],
        }
        return _inline(Counter(_found("field of a sheet", what, fields)).most_common(1)[0][0])

    def team_count(self, folder: str, of: str) -> str:
        """How many there are of something, such as `sheets`, for a sentence."""
        view = self._round(folder).view
        fields = view["indicators"].values()
        counts = {
            "sheets": view["sheets"]["own"],
            "questions": len(fields),
            "hidden": sum(not each["visible"] for each in fields),
            "apart": len(self._apart(folder)),
            "unsure": len(self._unsure(folder)),
            "smallest group": view["minimum_group"],
            "actions": sum(len(each.actions) for each in self._round(folder).sheets.values()),
        }
        return str(_found("number of", of, counts))

    def team_basis(self, folder: str) -> str:
        """What the view rests on, in a sentence or two."""
        return _inline(basis(self._round(folder).view))

    def team_discuss(self, folder: str) -> str:
        """What to talk about, in the order of the team's page."""
        return self._questions(folder, self._round(folder).view["discuss"][:_FIRST], is_ordered=True)

    def team_apart(self, folder: str) -> str:
        """The questions on which people are wide or far apart."""
        return self._questions(folder, self._apart(folder))

    def team_unsure(self, folder: str) -> str:
        """The questions on which somebody could not say."""
        return self._questions(folder, self._unsure(folder))

    def team_hidden(self, folder: str) -> str:
        """The questions that are not shown."""
        fields = self._round(folder).view["indicators"]
        return self._questions(folder, [id_ for id_, each in fields.items() if not each["visible"]])

    def team_lens(self, folder: str, lens: str) -> str:
        """What a lens says of the team: its sentence, its picture and its parts."""
        found = self._lens(folder, lens)
        fields = self._round(folder).view["lenses"][found.id]
        return self._result(found, fields, said_of_lens(self._framework, found, fields))

    def team_lenses(self, folder: str) -> str:
        """The same for each headline lens."""
        reported = self._framework.reported(self._round(folder).form)
        headlines = [lens.id for lens in reported if lens.id in self._framework.outline.headline_lenses]
        return "\n".join(self.team_lens(folder, id_) for id_ in headlines)

    def team_part(self, folder: str, lens: str, part: str) -> str:
        """The team's level in a part of a lens, for a sentence: `Starting (2.1)`."""
        fields = self._part(folder, self._lens(folder, lens), part)
        return _inline(level_of(self._framework, fields) if "value" in fields else cell(self._framework, fields)[1])

    def team_question(self, folder: str, id_: str) -> str:
        """Where people stand on a question, in a sentence or two."""
        fields = _found("question", id_, self._round(folder).view["indicators"])
        return _inline(standing(self._framework, fields))

    def team_questions(self, folder: str) -> str:
        """Every question in one table, as the hand-out has it."""
        view = self._round(folder).view
        rows = {id_: row(self._framework, fields) for id_, fields in view["indicators"].items()}
        return self._html("team_questions.html", rows=rows)

    def team_signs(self, folder: str) -> str:
        """The warning signs that may be shown."""
        view = self._round(folder).view
        said = [(sign, ticked(view, sign.id)) for sign in self._framework.outline.warning_signs]
        return self._html("team_signs.html", signs=[(sign, people) for sign, people in said if people])

    def team_agenda(self, folder: str, minutes: str) -> str:
        """The agenda for a meeting about the view, of so many minutes."""
        length = _found("length of a meeting", minutes, {str(each): each for each in LENGTHS})
        made = agenda(self._framework, self._round(folder).view, length)
        clocks = [f"{part.at // 60}:{part.at % 60:02}" for part in made.parts]
        return self._page("team_agenda.html", agenda=made, clocks=clocks)

    # Two rounds

    def team_moved(self, first: str, second: str, finding: str) -> str:
        """The parts of the headline lenses of which one thing is true: `moved-up`, `moved-down` or `no-clear-change`."""
        findings = {each: each for each in ("moved-up", "moved-down", "no-clear-change")}
        wanted = _found("finding", finding, findings)
        lenses = [lens for lens in self._framework.lenses if lens.id in self._framework.outline.headline_lenses]
        moved = [each for lens in lenses for each in self._moves(first, second, lens) if each.finding == wanted]
        return self._html("team_moved.html", moved=moved, said=self._said)

    def team_change(self, first: str, second: str, lens: str) -> str:
        """A lens on two dates, part by part."""
        found = self._lens(second, lens)
        moves = self._moves(first, second, self._lens(first, lens))
        fields = self._round(second).view["lenses"][found.id]
        now = said_of_lens(self._framework, found, fields)
        return self._html("team_change.html", lens=found, moves=moves, now=now, said=self._said, cell=self._cell)

    def _moves(self, first: str, second: str, lens: Lens) -> list[Moved]:
        found = []
        for part in lens.dimensions:
            one, other = (self._part(folder, lens, part.id) for folder in (first, second))
            finding = ""
            if "value" in one and "value" in other:
                people = (one["people_scored"], other["people_scored"])
                clear_at = clear_change(self._framework.settings, people)
                finding = change(Fraction(one["value"]), Fraction(other["value"]), clear_at)["finding"]
            found.append(Moved(lens, part.name, one, other, finding))
        return found

    def _said(self, finding: str) -> str:
        words = {
            "moved-up": say("moved up"),
            "moved-down": say("moved down"),
            "no-clear-change": say("no clear change"),
        }
        return words.get(finding, say("not compared"))

    # What a team agreed on

    def agreed_levels(self, folder: str) -> str:
        """The levels that the team settled, with its notes."""
        found = self._round(folder).agreed()
        notes = {id_: each.note for id_, each in found.answers.items()}
        answers = {id_: (answer, notes[id_]) for id_, answer in found.answers_to(self._framework).items()}
        return self._html("agreed_levels.html", answers=answers)

    def agreed_lens(self, folder: str, lens: str) -> str:
        """What a lens says of the agreed sheet."""
        return self._one_sheet(self._round(folder).agreed(), self._lens(folder, lens))

    def agreed_targets(self, folder: str) -> str:
        """Where the team is, and where it needs to be."""
        found = self._round(folder).agreed()
        lenses = self._scored(found)["lenses"]
        rows = [
            (lens, part, lenses[lens.id]["dimensions"][part.id], found.targets[f"{lens.id}/{part.id}"])
            for lens in self._framework.reported(found.form)
            for part in lens.dimensions
            if f"{lens.id}/{part.id}" in found.targets
        ]
        return self._html("agreed_targets.html", rows=rows)

    def agreed_shortlist(self, folder: str) -> str:
        """What to work on first."""
        found, framework = self._round(folder).agreed(), self._framework
        aims = aims_of(framework, found.targets, self._scored(found))
        entries = shortlist(framework, found.form, found.answers_to(framework), aims)
        names = {(lens.id, part.id): (part.name, lens.name) for lens in framework.lenses for part in lens.dimensions}
        return self._html("agreed_shortlist.html", entries=entries if aims else entries[:_FIRST], names=names)

    def agreed_actions(self, folder: str) -> str:
        """The plan, line by line."""
        return self._page("agreed_actions.html", actions=self._round(folder).agreed().actions)

    # A picture

    def result_picture(self, path: str, lens: str) -> str:
        """A result as a picture with its sentence: of a folder of sheets together, or of one sheet by its path."""
        if not path.endswith(rounds.SHEETS[1:]):
            found = self._lens(path, lens)
            fields = self._round(path).view["lenses"][found.id]
            return self._picture(found, fields, said_of_lens(self._framework, found, fields))
        folder, _, name = path.rpartition("/")
        one = _found("sheet", name, self._round(folder).sheets)
        found = self._lens(folder, lens)
        fields = self._scored(one)["lenses"][found.id]
        return self._picture(found, fields, message(self._framework, found, fields))

    def _picture(self, lens: Lens, fields: Fields, said: str) -> str:
        drawn = self._drawn(lens, fields)
        labels = [
            f"{part.name}, {level_of(self._framework, fields['dimensions'][part.id])}"
            for part in (lens.dimensions if drawn else ())
        ]
        return self._html("result_picture.html", lens=lens, drawn=drawn, labels=labels, said=said)

    # What they share

    def _round(self, folder: str) -> Round:
        if folder not in self._rounds:
            self._rounds[folder] = rounds.read(self._content, folder, self._framework)
        return self._rounds[folder]

    def _sheets(self, folder: str) -> list[Sheet]:
        return list(self._round(folder).sheets.values())

    def _apart(self, folder: str) -> list[str]:
        fields = self._round(folder).view["indicators"]
        return [id_ for id_, each in fields.items() if each.get("far_apart_voice") or each.get("agreement") == "wide"]

    def _unsure(self, folder: str) -> list[str]:
        fields = self._round(folder).view["indicators"]
        return [id_ for id_, each in fields.items() if each.get("some_not_sure") or each.get("not_sure")]

    def _lens(self, folder: str, id_: str) -> Lens:
        reported = self._framework.reported(self._round(folder).form)
        return _found("lens", id_, {lens.id: lens for lens in reported})

    def _part(self, folder: str, lens: Lens, part: str) -> Fields:
        fields: Mapping[str, Fields] = self._round(folder).view["lenses"][lens.id]["dimensions"]
        return _found(f"part of {lens.id}", part, fields)

    def _scored(self, found: Sheet) -> Fields:
        return score.score(self._framework, found.form, found.answers_to(self._framework), found.warning_signs)

    def _one_sheet(self, found: Sheet, lens: Lens) -> str:
        fields = self._scored(found)["lenses"][lens.id]
        return self._result(lens, fields, message(self._framework, lens, fields))

    def _result(self, lens: Lens, fields: Fields, said: str) -> str:
        return self._page(
            "team_lens.html", lens=lens, fields=fields, said=said, drawn=self._drawn(lens, fields), cell=self._cell
        )

    def _cell(self, fields: Fields) -> tuple[str, str]:
        """A part's level, and what it rests on: of a team, or of a sheet, where it is only the number."""
        if "visible" in fields:
            return cell(self._framework, fields)
        if not fields["scored"]:
            return "", say("too few answers")
        return self._framework.outline.levels[fields["band"] - 1].name, fields["shown"]

    def _drawn(self, lens: Lens, fields: Fields) -> Figure | None:
        """The picture of a lens; None unless every part has a value."""
        parts = fields["dimensions"]
        if "state" not in fields or not all("value" in each for each in parts.values()):
            return None
        drawn = [
            Drawn(
                each.id,
                each.name,
                level_of(self._framework, parts[each.id]),
                Fraction(parts[each.id]["value"]),
                each.essential,
            )
            for each in lens.dimensions
        ]
        return figure(lens.rule, Result(drawn, fields, self._framework.settings, self._framework.level_count))

    def _questions(self, folder: str, ids: list[str], *, is_ordered: bool = False) -> str:
        fields = self._round(folder).view["indicators"]
        said = {id_: standing(self._framework, fields[id_]) for id_ in ids}
        return self._html("team_asked.html", said=said, is_ordered=is_ordered)

    def _html(self, template: str, **values: Any) -> str:
        levels = {level.level: level.name for level in self._framework.outline.levels}
        return render(f"pages/{template}", framework=self._framework, levels=levels, **values)

    def _page(self, template: str, **values: Any) -> str:
        """HTML with Markdown headings between its blocks."""
        lines = self._html(template, **values).splitlines()
        return "\n".join(f"\n{line}\n" if line.startswith("#") else line for line in lines)


def _inline(text: str) -> Markup:
    """Text that may stand in a sentence of Markdown, whatever is in it."""
    return heading(text)


def _found(what: str, name: str, known: Mapping[str, T]) -> T:
    """What is known under a name.

    Raises:
        UnknownNameError: With the nearest name that is known.
    """
    if name not in known:
        raise UnknownNameError(what, name, known)
    return known[name]
