"""Parts of a team beside each other: who is in which, and what may be told of them (METHOD 2.10, complementary hiding).

Equal to `client/subgroups.js`.

The team is cut once, by what its sheets say, into the groups that are shown and the rest, who are all others.

- A group is shown if it has the minimum, and if the rest are none or have it too. Who says nothing is in no group.
- Groups that are not shown are not named: that somebody chose an option, or writes the team's name in a way of their own, may
  tell who it was. The view says only whether there are such people. A team's name stands as most of the group write it.
- Questions that stand together in a dimension that the whole team shows hang together, and so do those that hang together with
  the same one. Of all such dimensions the groups are told, or of none: of all if in every one of them, and in each question,
  every shown group has the minimum, the rest none or the minimum.
- So where the groups are told anything, nothing is too little to be known, of any part or of the difference of two. And where
  anything is too little, nothing at all is told by part: only the whole, which is the same whoever is in which group.
- Dimension by dimension would be too weak. Say that three of one group answer `q` and `r`, and of the rest one answers `q`. That
  only the group answers `r` is plain from the dimension of `r` alone; so the dimension of both, which the whole shows, is that
  group's; and what is left of `q` is the answer of the one.

What it cannot guard against: two cuts beside each other, which may part one person from the others. Nor what is plain of
everybody: if all in the team gave the same level, so did each group.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

from generator.problems import quoted
from generator.team import visible_subgroups

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from generator.model import Framework
    from generator.sheet import Sheet
    from generator.team_view import Group

TEAM = "team"
"""The grouping by the team's name on the sheet; any other is the id of a context question."""
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ufeff]+")
"""White space, as Python or browsers see it, and what has no shape at all."""


class GroupingError(ValueError):
    """A grouping that the framework does not have."""


@dataclass(frozen=True)
class Subgroup:
    """People whose sheets say the same."""

    id: str
    """The option's, or the team's name in lower case."""
    name: str
    sheets: Sequence[Sheet]


def groupings(framework: Framework) -> list[str]:
    """What a team can be grouped by. A context question whose id is `team` is passed over."""
    return [TEAM, *(each.id for each in framework.outline.context if each.id != TEAM)]


def parts(
    framework: Framework, by: str, sheets: Collection[Sheet], minimum: int
) -> tuple[list[Subgroup], Sequence[Sheet]]:
    """Cut a team.

    Arguments:
        framework: The framework that was answered.
        by: One of `groupings`.
        sheets: The team's own.
        minimum: People, for a group to be shown.

    Returns:
        The groups that may be shown, as the options stand or by name, and the sheets of all others.

    Raises:
        GroupingError: When the framework does not have the grouping.
    """
    if by not in groupings(framework):
        raise GroupingError(f"there is no grouping {quoted(by)}; allowed: {', '.join(groupings(framework))}")
    groups = _by_team(sheets) if by == TEAM else _by_option(framework, by, sheets)
    # Ids of equal length, which sort in the same way everywhere. Who says nothing is alone.
    sizes = {f"{at:09}": len(each.sheets) for at, each in enumerate(groups)}
    alone = len(sheets) - sum(sizes.values())
    visible = visible_subgroups({**sizes, **{f"alone {at}": 1 for at in range(alone)}}, minimum)
    shown = [each for id_, each in zip(sizes, groups, strict=True) if id_ in visible]
    among = {id(sheet) for each in shown for sheet in each.sheets}
    return shown, [each for each in sheets if id(each) not in among]


def _by_team(sheets: Iterable[Sheet]) -> list[Subgroup]:
    said: dict[str, list[tuple[str, Sheet]]] = {}
    for sheet in sheets:
        name = normalize("NFC", _SPACE.sub(" ", sheet.team).strip(" "))
        if name:
            said.setdefault(name.lower(), []).append((name, sheet))
    return [
        Subgroup(id_, Counter(name for name, _ in said[id_]).most_common(1)[0][0], [each for _, each in said[id_]])
        for id_ in sorted(said, key=lambda id_: id_.encode("utf-16-be"))
    ]


def _by_option(framework: Framework, by: str, sheets: Collection[Sheet]) -> list[Subgroup]:
    (question,) = (each for each in framework.outline.context if each.id == by)
    groups = (
        Subgroup(option.id, option.label, [each for each in sheets if each.context.get(by) == option.id])
        for option in question.options
    )
    return [each for each in groups if each.sheets]


def told_apart(whole: Group, groups: Sequence[Group], rest: Group) -> set[tuple[str, str]]:
    """The dimensions of which each shown group is told, by lens and id.

    Arguments:
        whole: The team.
        groups: Those that are shown.
        rest: All others.
    """
    all_parts = (*groups, rest)

    def enough(counts: Iterable[int]) -> bool:
        """Whether each part of those that somebody counts in has the minimum; the rest, which comes last, may have nobody."""
        *each_shown, left = counts
        return all(count >= whole.minimum for count in each_shown) and not 0 < left < whole.minimum

    shown = {key: each.questions for key, each in whole.dimensions.items() if whole.shows(each)}
    few = {
        id_
        for id_, question in whole.questions.items()
        if question.levels_given and not enough(group.questions[id_].levels_given for group in all_parts)
    }
    for key, ids in shown.items():
        if not enough(group.dimensions[key].people_scored for group in all_parts):
            few.update(ids)
    before = -1
    while len(few) > before:
        before = len(few)
        few.update(*(ids for ids in shown.values() if not few.isdisjoint(ids)))
    return {key for key, ids in shown.items() if few.isdisjoint(ids)}
