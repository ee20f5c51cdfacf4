"""Mistakes that a person makes in YAML, and exactly what `balcony check` says of each.

Each is seeded into a copy of tests/specimen/, which is the real framework as it stood when they were written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Change(NamedTuple):
    """One text of a file that is replaced by another. Without an old text the file is moved, or removed."""

    file: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Mistake:
    name: str
    changes: tuple[Change, ...]
    problems: tuple[str, ...]


MISTAKES = (
    Mistake(
        "an unknown key is offered its nearest",
        (Change("sections/purpose.yml", "    discuss: If our", "    discus: If our"),),
        (
            'framework/sections/purpose.yml:30:5: section purpose, indicator shared-purpose: "discus" is not a key that is known here; did you mean "discuss"?',
        ),
    ),
    Mistake(
        "an unknown key without a neighbour lists what is allowed",
        (Change("sections/purpose.yml", "summary: What your", "summary: What your joint work is for\nzzz: What your"),),
        (
            'framework/sections/purpose.yml:5:1: section purpose: "zzz" is not a key that is known here; allowed: id, name, summary, indicators',
        ),
    ),
    Mistake(
        "an unknown key inside settings",
        (Change("framework.yml", "  balance_gap: 1 ", "  balance_gapp: 1 "),),
        (
            'framework/framework.yml:68:3: settings: "balance_gapp" is not a key that is known here; did you mean "balance_gap"?',
        ),
    ),
    Mistake(
        "a key that stands twice",
        (
            Change(
                "sections/purpose.yml",
                "    label: One clear purpose\n",
                "    label: One clear purpose\n    label: Another\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:9:5: the key "label" stands here for the second time; keep one: the first is on line 8',
        ),
    ),
    Mistake(
        "a source that stands twice",
        (Change("sources.yml", "goss-2018:\n", "moore-1995:\n  title: Again\n\ngoss-2018:\n"),),
        (
            'framework/sources.yml:21:1: the key "moore-1995" stands here for the second time; keep one: the first is on line 5',
        ),
    ),
    Mistake(
        "a level that stands twice",
        (
            Change(
                "sections/purpose.yml",
                "      5: Those who work with us also help us reword the purpose as needs change.\n",
                "      5: Those who work with us also help us reword the purpose as needs change.\n      5: Once more.\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:20:7: the key "5" stands here for the second time; keep one: the first is on line 19',
        ),
    ),
    Mistake(
        "a missing key",
        (Change("sections/purpose.yml", "    label: One clear purpose\n", ""),),
        (
            'framework/sections/purpose.yml:6:5: section purpose, indicator shared-purpose: the key "label" is missing; add it: framework/README.md says what it holds',
        ),
    ),
    Mistake(
        "a missing key at the top",
        (Change("lenses/strategic-triangle.yml", "rule: alignment\n", ""),),
        (
            'framework/lenses/strategic-triangle.yml:2:1: lens strategic-triangle: the key "rule" is missing; add it: framework/README.md says what it holds',
        ),
    ),
    Mistake(
        "a missing version",
        (Change("framework.yml", "version: 1.0.0\n", ""),),
        ('framework/framework.yml:2:1: the key "version" is missing; add it: framework/README.md says what it holds',),
    ),
    Mistake(
        "an unquoted no is read as false",
        (Change("sections/purpose.yml", "label: One clear purpose", "label: no"),),
        (
            'framework/sections/purpose.yml:8:12: section purpose, indicator shared-purpose, label: no without quotes is read as false; text is wanted: put it in quotes, "no"',
        ),
    ),
    Mistake(
        "an unquoted on is read as true",
        (Change("exercises/one-request.yml", "name: One request", "name: on"),),
        (
            'framework/exercises/one-request.yml:3:7: exercise one-request, name: on without quotes is read as true; text is wanted: put it in quotes, "on"',
        ),
    ),
    Mistake(
        "an unquoted yes in a list",
        (Change("exercises/one-request.yml", "  - One card and one pen for each person\n", "  - yes\n"),),
        (
            'framework/exercises/one-request.yml:9:5: exercise one-request, material 1: yes without quotes is read as true; text is wanted: put it in quotes, "yes"',
        ),
    ),
    Mistake(
        "an unquoted date is read as a date",
        (
            Change(
                "sections/purpose.yml",
                "      - The date when the wording last changed, and who asked for it.\n",
                "      - 2026-01-01\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:23:9: section purpose, indicator shared-purpose, evidence 3: 2026-01-01 without quotes is read as a date; text is wanted: put it in quotes, "2026-01-01"',
        ),
    ),
    Mistake(
        "an unquoted number is read as a number",
        (Change("exercises/one-request.yml", "group_size: 4 to 12", "group_size: 12"),),
        (
            'framework/exercises/one-request.yml:7:13: exercise one-request, group_size: 12 without quotes is read as a number; text is wanted: put it in quotes, "12"',
        ),
    ),
    Mistake(
        "a version with two numbers is read as a number",
        (Change("framework.yml", "version: 1.0.0", "version: 1.0"),),
        (
            'framework/framework.yml:4:10: version: 1.0 without quotes is read as a number; text is wanted: put it in quotes, "1.0"',
        ),
    ),
    Mistake(
        "a time without quotes is read as a number",
        (Change("glossary.yml", "- term: Avoidance", "- term: 12:30"),),
        (
            'framework/glossary.yml:11:9: term 4, term: 12:30 without quotes is read as a number; text is wanted: put it in quotes, "12:30"',
        ),
    ),
    Mistake(
        "a key without a value",
        (Change("sections/purpose.yml", "label: One clear purpose", "label:"),),
        (
            "framework/sections/purpose.yml:8:11: section purpose, indicator shared-purpose, label: nothing is written here; write what belongs here, or leave the key out if it is optional",
        ),
    ),
    Mistake(
        "an optional key without a value",
        (
            Change(
                "sections/capacity.yml",
                "    not_applicable: teams whose work stays inside one organisation\n",
                "    not_applicable:\n",
            ),
        ),
        (
            "framework/sections/capacity.yml:159:20: section capacity, indicator backbone-in-place, not_applicable: nothing is written here; write what belongs here, or leave the key out if it is optional",
        ),
    ),
    Mistake(
        "a tilde means nothing",
        (Change("sections/purpose.yml", "label: One clear purpose", "label: ~"),),
        (
            "framework/sections/purpose.yml:8:12: section purpose, indicator shared-purpose, label: ~ means nothing at all; write what belongs here, or leave the key out if it is optional",
        ),
    ),
    Mistake(
        "a text of nothing but spaces",
        (Change("sections/purpose.yml", "label: One clear purpose", 'label: "  "'),),
        (
            "framework/sections/purpose.yml:8:12: section purpose, indicator shared-purpose, label: there is no text; write it, or leave the key out if it is optional",
        ),
    ),
    Mistake(
        "a text where a list is wanted",
        (
            Change(
                "sections/purpose.yml",
                "    exercises: [street-and-area, make-aims-fit]",
                "    exercises: street-and-area",
            ),
        ),
        (
            'framework/sections/purpose.yml:32:16: section purpose, indicator shared-purpose, exercises: the text "street-and-area" stands here; a list is wanted, with a hyphen before each entry',
        ),
    ),
    Mistake(
        "a list where a text is wanted",
        (Change("sections/purpose.yml", "label: One clear purpose", "label: [One, clear, purpose]"),),
        (
            "framework/sections/purpose.yml:8:12: section purpose, indicator shared-purpose, label: a list stands here; text is wanted",
        ),
    ),
    Mistake(
        "keys where a text is wanted",
        (
            Change(
                "sections/purpose.yml", "    label: One clear purpose\n", "    label:\n      short: One clear purpose\n"
            ),
        ),
        (
            "framework/sections/purpose.yml:9:7: section purpose, indicator shared-purpose, label: keys with values stand here; text is wanted",
        ),
    ),
    Mistake(
        "a text where keys are wanted",
        (Change("framework.yml", "settings:\n  # How many", "settings: none\nsetting_s:\n  # How many"),),
        (
            'framework/framework.yml:60:11: settings: the text "none" stands here; keys with values are wanted',
            'framework/framework.yml:61:1: "setting_s" is not a key that is known here; did you mean "settings"?',
        ),
    ),
    Mistake(
        "a text where a number is wanted",
        (
            Change(
                "sections/purpose.yml",
                "    revision: 1\n    label: One clear",
                "    revision: one\n    label: One clear",
            ),
        ),
        (
            'framework/sections/purpose.yml:7:15: section purpose, indicator shared-purpose, revision: the text "one" stands here; a whole number is wanted',
        ),
    ),
    Mistake(
        "a fraction where a whole number is wanted",
        (Change("framework.yml", "minimum_group: 5 ", "minimum_group: 5.5 "),),
        ('framework/framework.yml:76:18: settings, minimum_group: "5.5" stands here; a whole number is wanted',),
    ),
    Mistake(
        "a word where true or false is wanted",
        (Change("lenses/seven-messages.yml", "essential: true", 'essential: "true"'),),
        (
            'framework/lenses/seven-messages.yml:33:16: lens seven-messages, dimension perspectives, essential: the text "true" stands here; true or false is wanted',
        ),
    ),
    Mistake(
        "a level's number in quotes",
        (
            Change(
                "sections/purpose.yml",
                "      1: We give different answers when asked what we are here for.\n",
                '      "1": We give different answers when asked what we are here for.\n',
            ),
        ),
        (
            'framework/sections/purpose.yml:15:7: section purpose, indicator shared-purpose: "1" is text; write 1 without quotes',
        ),
    ),
    Mistake(
        "a level called by a word",
        (
            Change(
                "sections/purpose.yml",
                "      1: We give different answers when asked what we are here for.\n",
                "      one: We give different answers when asked what we are here for.\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:15:7: section purpose, indicator shared-purpose: "one" is text; a whole number is wanted before the colon',
        ),
    ),
    Mistake(
        "an id with capitals and spaces",
        (Change("framework.yml", "{id: several-services,", "{id: Several Services,"),),
        (
            'framework/framework.yml:95:14: context question setting, option Several Services, id: "Several Services" cannot be an id; use lower-case words with hyphens between them, such as shared-purpose',
        ),
    ),
    Mistake(
        "an id used twice in one file",
        (
            Change(
                "sections/purpose.yml",
                "  - id: story-kept-alive\n",
                "  - id: story-kept-alive\n    formerly: [shared-purpose]\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:143:16: section purpose, indicator story-kept-alive, former id 1: "shared-purpose" is the id of one indicator and the former id of another; answers cannot follow both: take it out of formerly, or give the indicator another id (see also framework/sections/purpose.yml:6)',
        ),
    ),
    Mistake(
        "an id used twice in two files",
        (Change("exercises/three-piles.yml", "id: three-piles\n", "id: knock-on\n"),),
        (
            'framework/exercises/three-piles.yml:2:5: exercise knock-on, id: "knock-on" stands for two things; give one of them another: the first is in framework/exercises/knock-on.yml:2',
        ),
    ),
    Mistake(
        "a former id that another indicator has",
        (
            Change(
                "sections/purpose.yml",
                "  - id: shared-purpose\n",
                "  - id: shared-purpose\n    formerly: [time-to-think]\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:7:16: section purpose, indicator shared-purpose, former id 1: "time-to-think" is the id of one indicator and the former id of another; answers cannot follow both: take it out of formerly, or give the indicator another id (see also framework/sections/working.yml:6)',
        ),
    ),
    Mistake(
        "a former id that two indicators claim, and one that leads in a circle",
        (
            Change(
                "sections/purpose.yml",
                "  - id: shared-purpose\n",
                "  - id: shared-purpose\n    formerly: [common-purpose, shared-purpose]\n",
            ),
            Change(
                "sections/purpose.yml",
                "  - id: story-kept-alive\n",
                "  - id: story-kept-alive\n    formerly: [common-purpose]\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:7:32: section purpose, indicator shared-purpose, former id 2: the indicator is called "shared-purpose" already; take it out of formerly',
            'framework/sections/purpose.yml:144:16: section purpose, indicator story-kept-alive, former id 1: two indicators claim that they were "common-purpose"; answers can follow one of them only: leave it with that one, and the other is in framework/sections/purpose.yml:7',
        ),
    ),
    Mistake(
        "HTML in a text",
        (Change("sections/purpose.yml", "    label: One clear purpose\n", "    label: One <b>clear</b> purpose\n"),),
        (
            'framework/sections/purpose.yml:8:12: section purpose, indicator shared-purpose, label: "<b>" looks like HTML, and texts are plain; take it out: pages would show it as it stands',
        ),
    ),
    Mistake(
        "a former id in place of the id now",
        (
            Change(
                "sections/purpose.yml",
                "  - id: story-kept-alive\n",
                "  - id: story-told\n    formerly: [story-kept-alive]\n",
            ),
        ),
        (
            'framework/exercises/one-wall.yml:29:70: exercise one-wall, for 4: no indicator is called "story-kept-alive" any more; write "story-told", its id now',
            'framework/lenses/balcony-and-dance-floor.yml:21:35: lens balcony-and-dance-floor, dimension dance-floor, indicator 2: no indicator is called "story-kept-alive" any more; write "story-told", its id now',
            'framework/lenses/purpose-and-agency.yml:40:18: lens purpose-and-agency, dimension narrative, indicator 1: no indicator is called "story-kept-alive" any more; write "story-told", its id now',
            'framework/lenses/seven-messages.yml:42:34: lens seven-messages, dimension vision, indicator 2: no indicator is called "story-kept-alive" any more; write "story-told", its id now',
        ),
    ),
    Mistake(
        "a form's id used twice",
        (
            Change(
                "framework.yml",
                "  - id: standard\n",
                "  - id: quick\n    name: Second\n    summary: A second one.\n    minutes: 5\n  - id: standard\n",
            ),
        ),
        (
            'framework/framework.yml:55:9: form quick, id: "quick" stands for two things; give one of them another: the first is in framework/framework.yml:50',
        ),
    ),
    Mistake(
        "a warning sign's id used twice",
        (Change("framework.yml", "  - id: put-off-again", "  - id: stand-ins"),),
        (
            'framework/framework.yml:118:9: warning sign stand-ins, id: "stand-ins" stands for two things; give one of them another: the first is in framework/framework.yml:115',
        ),
    ),
    Mistake(
        "an option's id used twice",
        (Change("framework.yml", "{id: several-services,", "{id: one-organisation,"),),
        (
            'framework/framework.yml:95:14: context question setting, option one-organisation, id: "one-organisation" stands for two options of this question; give one of them another',
        ),
    ),
    Mistake(
        "a dimension's id used twice",
        (Change("lenses/strategic-triangle.yml", "  - id: operating-capacity", "  - id: public-value"),),
        (
            'framework/lenses/strategic-triangle.yml:26:9: lens strategic-triangle, dimension public-value, id: "public-value" stands for two dimensions of this lens; give one of them another',
        ),
    ),
    Mistake(
        "a question of a card named twice",
        (
            Change(
                "exercises/quiet-questions.yml",
                "lens: six-ways\n",
                "lens: six-ways\ncard:\n  - {name: Seeing, question: What do I see?}\n  - {name: Seeing, question: What is missing?}\n",
            ),
        ),
        (
            'framework/exercises/quiet-questions.yml:36:12: exercise quiet-questions, card question 2, name: "Seeing" stands for two questions of this card; give one of them another',
        ),
    ),
    Mistake(
        "a term explained twice",
        (Change("glossary.yml", "- term: Avoidance", "- term: Alignment"),),
        (
            'framework/glossary.yml:11:9: term Alignment, term: "Alignment" stands for two things; give one of them another: the first is in framework/glossary.yml:2',
        ),
    ),
    Mistake(
        "an id that is an address of the page",
        (
            Change("sections/people.yml", "id: people\n", "id: check\n"),
            Change("sections/people.yml", None, "sections/check.yml"),
            Change("framework.yml", "capacity, people,", "capacity, check,"),
        ),
        (
            'framework/sections/check.yml:2:5: section check, id: "check" is an address of the assessment page itself; choose another id',
        ),
    ),
    Mistake(
        "a file with another name than its id",
        (Change("exercises/one-request.yml", "id: one-request\n", "id: one-wish\n"),),
        (
            'framework/exercises/one-request.yml:2:5: exercise one-wish, id: the id is "one-wish", but the file is called one-request.yml; call the file one-wish.yml, or write one-request here',
        ),
    ),
    Mistake(
        "a form that is not there",
        (Change("sections/purpose.yml", "    forms: [quick, standard]", "    forms: [quick, standart]"),),
        (
            'framework/sections/purpose.yml:31:20: section purpose, indicator shared-purpose, form 2: there is no form "standart"; did you mean "standard"?',
        ),
    ),
    Mistake(
        "an exercise that is not there",
        (Change("sections/purpose.yml", "[street-and-area, make-aims-fit]", "[street-and-areas, make-aims-fit]"),),
        (
            'framework/sections/purpose.yml:32:17: section purpose, indicator shared-purpose, exercise 1: there is no exercise "street-and-areas"; did you mean "street-and-area"?',
        ),
    ),
    Mistake(
        "a source of an indicator that is not there",
        (
            Change(
                "sections/purpose.yml",
                "      - source: moore-1995\n        part: the corner that asks for a purpose",
                "      - source: more-1995\n        part: the corner that asks for a purpose",
            ),
        ),
        (
            'framework/sections/purpose.yml:34:17: section purpose, indicator shared-purpose, source more-1995, source: there is no source "more-1995"; did you mean "moore-1995"?',
        ),
    ),
    Mistake(
        "a source of a lens that is not there",
        (Change("lenses/strategic-triangle.yml", "  - source: moore-1995", "  - source: kotter-1996"),),
        (
            'framework/lenses/strategic-triangle.yml:36:13: lens strategic-triangle, source kotter-1996, source: there is no source "kotter-1996"; allowed: moore-1995, scott-harris-florek-2013, goss-2018, rogers-2017, enabler-2013, article-2014, welbourn-2012, kahane-2004, and 9 more',
        ),
    ),
    Mistake(
        "an indicator that is not there",
        (Change("lenses/strategic-triangle.yml", "outcome-that-matters,", "outcome-that-mattered,"),),
        (
            'framework/lenses/strategic-triangle.yml:21:34: lens strategic-triangle, dimension public-value, indicator 2: there is no indicator "outcome-that-mattered"; did you mean "outcome-that-matters"?',
        ),
    ),
    Mistake(
        "an exercise for an indicator that is not there",
        (Change("exercises/one-request.yml", "for: [help-asked-for,", "for: [help-asked,"),),
        (
            'framework/exercises/one-request.yml:24:7: exercise one-request, for 1: there is no indicator "help-asked"; did you mean "help-asked-for"?',
        ),
    ),
    Mistake(
        "an exercise for a lens that is not there",
        (Change("exercises/quiet-questions.yml", "lens: six-ways", "lens: sixways"),),
        (
            'framework/exercises/quiet-questions.yml:33:7: exercise quiet-questions, lens: there is no lens "sixways"; did you mean "six-ways"?',
        ),
    ),
    Mistake(
        "a term that points nowhere",
        (
            Change(
                "glossary.yml", "see: [strategic-triangle, resources-lined-up]", "see: [strategic-triangle, resources]"
            ),
        ),
        (
            'framework/glossary.yml:4:29: term Alignment, see 2: there is no lens or indicator "resources"; did you mean "resources-lined-up"?',
        ),
    ),
    Mistake(
        "a hint's lens that is not there",
        (
            Change(
                "framework.yml",
                "partnership of organisations}",
                "partnership of organisations, hint: Ask them first., lens: six-way}",
            ),
        ),
        (
            'framework/framework.yml:96:95: context question setting, option partnership, lens: there is no lens "six-way"; did you mean "six-ways"?',
        ),
    ),
    Mistake(
        "a pocket card's exercise that is not there",
        (Change("framework.yml", "closing_questions:\n", "pocket_card: quiet-question\nclosing_questions:\n"),),
        (
            'framework/framework.yml:130:14: pocket_card: there is no exercise "quiet-question"; did you mean "quiet-questions"?',
        ),
    ),
    Mistake(
        "a pocket card's exercise that has no card",
        (Change("framework.yml", "closing_questions:\n", "pocket_card: one-wall\nclosing_questions:\n"),),
        (
            'framework/framework.yml:130:14: pocket_card: the exercise "one-wall" has no card; give that exercise a card, or name one that has it',
        ),
    ),
    Mistake(
        "a lens without a hint",
        (Change("framework.yml", "partnership of organisations}", "partnership of organisations, lens: six-ways}"),),
        (
            "framework/framework.yml:96:66: context question setting, option partnership: a lens stands here without a hint; write a hint that says why to look at it first, or take the lens out",
        ),
    ),
    Mistake(
        "a lens with a hint whose key is misspelt",
        (
            Change(
                "framework.yml",
                "partnership of organisations}",
                "partnership of organisations, hnt: Ask them first., lens: six-ways}",
            ),
        ),
        (
            'framework/framework.yml:96:66: context question setting, option partnership: "hnt" is not a key that is known here; did you mean "hint"?',
        ),
    ),
    Mistake(
        "a section that is not there",
        (Change("framework.yml", "sections: [purpose, permission,", "sections: [purpose, permissions,"),),
        ('framework/framework.yml:33:21: section 2: there is no section "permissions"; did you mean "permission"?',),
    ),
    Mistake(
        "a lens that is not there",
        (Change("framework.yml", "  - three-obstacles\n", "  - three-obstacles\n  - four-obstacles\n"),),
        ('framework/framework.yml:48:5: lens 14: there is no lens "four-obstacles"; did you mean "three-obstacles"?',),
    ),
    Mistake(
        "a headline lens that is not there",
        (Change("framework.yml", "headline_lenses: [strategic-triangle,", "headline_lenses: [strategic-triangles,"),),
        (
            'framework/framework.yml:48:19: headline lens 1: there is no lens "strategic-triangles"; did you mean "strategic-triangle"?',
        ),
    ),
    Mistake(
        "a section that framework.yml does not list",
        (Change("framework.yml", "relating, working, learning]", "relating, learning]"),),
        (
            "framework/sections/working.yml:2:5: section working, id: framework.yml does not list this section; add working to sections there, where it should stand",
        ),
    ),
    Mistake(
        "a lens that framework.yml does not list",
        (Change("framework.yml", "  - kahane-three\n", ""),),
        (
            "framework/lenses/kahane-three.yml:2:5: lens kahane-three, id: framework.yml does not list this lens; add kahane-three to lenses there, where it should stand",
        ),
    ),
    Mistake(
        "an indicator that no lens reads",
        (
            Change(
                "lenses/collective-impact.yml",
                "    indicators: [backbone-in-place]",
                "    indicators: [means-match-ambition]",
            ),
        ),
        (
            'framework/sections/capacity.yml:134:9: section capacity, indicator backbone-in-place, id: no lens reads the indicator "backbone-in-place"; name it in a dimension of a lens, or take it out',
        ),
    ),
    Mistake(
        "a list that names a thing twice",
        (
            Change(
                "lenses/strategic-triangle.yml",
                "[shared-purpose, outcome-that-matters,",
                "[shared-purpose, shared-purpose,",
            ),
        ),
        (
            'framework/lenses/strategic-triangle.yml:21:34: lens strategic-triangle, dimension public-value, indicator 2: "shared-purpose" stands twice in this list; name it once',
        ),
    ),
    Mistake(
        "a lens that names an indicator in two dimensions",
        (Change("lenses/strategic-triangle.yml", "[mandate-kept-alive,", "[mandate-kept-alive, shared-purpose,"),),
        (
            'framework/lenses/strategic-triangle.yml:25:38: lens strategic-triangle, dimension authorising-environment, indicator 2: "shared-purpose" feeds two dimensions of this lens; within one lens an indicator counts once: name it in one of them',
        ),
    ),
    Mistake(
        "a level that is missing",
        (
            Change(
                "sections/purpose.yml",
                "      4: We hear those who work with us explain our purpose in the same words.\n",
                "",
            ),
        ),
        (
            "framework/sections/purpose.yml:14:5: section purpose, indicator shared-purpose: levels: level 4 is missing; give a text for each level from 1 to 5",
        ),
    ),
    Mistake(
        "a next step that is missing",
        (
            Change(
                "sections/purpose.yml",
                "      5: Fix a day each year when someone who was not there at the start may rewrite it.\n",
                "",
            ),
        ),
        (
            "framework/sections/purpose.yml:24:5: section purpose, indicator shared-purpose: next_steps: level 5 is missing; give a text for each level from 1 to 5",
        ),
    ),
    Mistake(
        "a level too many",
        (
            Change(
                "sections/purpose.yml",
                "      5: Those who work with us also help us reword the purpose as needs change.\n",
                "      5: Those who work with us also help us reword the purpose as needs change.\n      6: We go on.\n",
            ),
        ),
        (
            "framework/sections/purpose.yml:20:7: section purpose, indicator shared-purpose: levels: there is no level 6; the framework has levels 1 to 5",
        ),
    ),
    Mistake(
        "a level beyond all levels",
        (
            Change(
                "sections/purpose.yml",
                "      5: Those who work with us also help us reword the purpose as needs change.\n",
                "      5: Those who work with us also help us reword the purpose as needs change.\n      9: We go on.\n",
            ),
        ),
        (
            "framework/sections/purpose.yml:20:7: section purpose, indicator shared-purpose: levels: there is no level 9; the framework has levels 1 to 5",
        ),
    ),
    Mistake(
        "levels out of order",
        (Change("framework.yml", "  - level: 2\n", "  - level: 3\n"),),
        ("framework/framework.yml:11:12: level 3, level: the number 3 is out of order; this is level 2",),
    ),
    Mistake(
        "two levels of one name",
        (Change("framework.yml", "    name: Steady\n", "    name: Shared\n"),),
        ('framework/framework.yml:18:11: level 4, name: "Shared" stands for two levels; give one of them another',),
    ),
    Mistake(
        "a card of one question",
        (
            Change(
                "exercises/quiet-questions.yml",
                "lens: six-ways\n",
                "lens: six-ways\ncard:\n  - {name: Seeing, question: What do I see?}\n",
            ),
        ),
        (
            "framework/exercises/quiet-questions.yml:35:3: exercise quiet-questions, card: the number of entries is 1; it should be 2 at least",
        ),
    ),
    Mistake(
        "evidence that is too short",
        (
            Change(
                "sections/purpose.yml", "      - The date when the wording last changed, and who asked for it.\n", ""
            ),
        ),
        (
            "framework/sections/purpose.yml:21:7: section purpose, indicator shared-purpose, evidence: the number of entries is 2; it should be 3 at least",
        ),
    ),
    Mistake(
        "a rule that is not there",
        (Change("lenses/strategic-triangle.yml", "rule: alignment", "rule: alignement"),),
        (
            'framework/lenses/strategic-triangle.yml:4:7: lens strategic-triangle, rule: "alignement" is not allowed; did you mean "alignment"?',
        ),
    ),
    Mistake(
        "a state without a message",
        (Change("lenses/strategic-triangle.yml", "  aligned: ", "  alined: "),),
        (
            'framework/lenses/strategic-triangle.yml:31:3: lens strategic-triangle, messages: the rule alignment has no state "alined"; did you mean "aligned"?',
        ),
    ),
    Mistake(
        "a placeholder that is not there",
        (Change("lenses/strategic-triangle.yml", "The one to watch: {lowest}", "The one to watch: {lowst}"),),
        (
            'framework/lenses/strategic-triangle.yml:31:12: lens strategic-triangle, messages, aligned: "{lowst}" cannot be filled in this state; did you mean "lowest"?',
        ),
    ),
    Mistake(
        "a placeholder of another state",
        (Change("lenses/six-ways.yml", "You look after all {total} ways.", "You look after all {gaps} ways."),),
        (
            'framework/lenses/six-ways.yml:42:8: lens six-ways, messages, all: "{gaps}" cannot be filled in this state; allowed: count, highest, lowest, total',
        ),
    ),
    Mistake(
        "a brace alone",
        (Change("lenses/strategic-triangle.yml", "The one to watch: {lowest}", "The one to watch: {lowest"),),
        (
            "framework/lenses/strategic-triangle.yml:31:12: lens strategic-triangle, messages, aligned: a brace is opened or closed alone; write placeholders as {lowest}",
        ),
    ),
    Mistake(
        "a balance of three",
        (
            Change(
                "lenses/learning-loops.yml",
                "messages:\n",
                "  - id: third\n    name: Third\n    summary: A third one.\n    indicators: [shared-purpose]\nmessages:\n",
            ),
        ),
        (
            "framework/lenses/learning-loops.yml:16:1: lens learning-loops: dimensions: there are 3; the rule balance weighs two against each other",
        ),
    ),
    Mistake(
        "an essential dimension where the rule knows none",
        (
            Change(
                "lenses/strategic-triangle.yml", "  - id: public-value\n", "  - id: public-value\n    essential: true\n"
            ),
        ),
        (
            "framework/lenses/strategic-triangle.yml:19:5: lens strategic-triangle, dimension public-value: the rule alignment has no essential dimensions; only the rule profile has: leave it out",
        ),
    ),
    Mistake(
        "an essential dimension without a message for when it is low",
        (Change("lenses/seven-messages.yml", "  essential-low: ", "  # essential-low: "),),
        (
            'framework/lenses/seven-messages.yml:47:1: lens seven-messages: messages: the state "essential-low" of the rule profile has no message; write what a result says in this state',
        ),
    ),
    Mistake(
        "a form that does not cover a lens it claims",
        (
            Change(
                "framework.yml",
                "lenses: [strategic-triangle, six-ways]",
                "lenses: [strategic-triangle, seven-messages]",
            ),
        ),
        (
            'framework/framework.yml:54:34: form quick, lens 2: the form asks nothing for connections, uncertainty, distributed of the lens "seven-messages"; take the lens out, or ask an indicator of each dimension',
        ),
    ),
    Mistake(
        "a form that claims all and does not cover one",
        (
            Change(
                "sections/capacity.yml",
                "    not_applicable: teams whose work stays inside one organisation\n    forms: [standard]",
                "    not_applicable: teams whose work stays inside one organisation\n    forms: [quick]",
            ),
        ),
        (
            'framework/framework.yml:59:13: form standard, lenses: the form asks nothing for backbone of the lens "collective-impact"; take the lens out, or ask an indicator of each dimension',
        ),
    ),
    Mistake(
        "a form's lenses in a word that is not all",
        (Change("framework.yml", "lenses: all", "lenses: everything"),),
        ('framework/framework.yml:59:13: form standard, lenses: "everything" is not allowed; allowed: all, or a list',),
    ),
    Mistake(
        "a form that asks nothing",
        (
            Change(
                "framework.yml",
                "  - id: standard\n",
                "  - id: tiny\n    name: Tiny\n    summary: Nothing.\n    minutes: 1\n  - id: standard\n",
            ),
        ),
        (
            'framework/framework.yml:55:9: form tiny, id: no indicator is in the form "tiny"; name it under forms of the indicators that it asks, or take it out',
        ),
    ),
    Mistake(
        "minutes that the words do not give",
        (Change("framework.yml", "    minutes: 20\n", "    minutes: 30\n"),),
        (
            "framework/framework.yml:58:14: warning: form standard, minutes: the form is said to take 30 minutes, and its words give 20; write 20, or change the length of the questions and levels",
        ),
    ),
    Mistake(
        "minutes of an exercise that are not those of its steps",
        (Change("exercises/one-request.yml", "minutes: 30", "minutes: 35"),),
        (
            "framework/exercises/one-request.yml:6:10: exercise one-request, minutes: the steps add up to 30 minutes; write 30, or change a step",
        ),
    ),
    Mistake(
        "a fraction with a point",
        (Change("framework.yml", "minimum_answered_share: 3/5", "minimum_answered_share: 0.6"),),
        (
            'framework/framework.yml:62:27: settings, minimum_answered_share: "0.6" is not allowed; a whole number or a fraction such as 3/5 is wanted',
        ),
    ),
    Mistake(
        "a fraction over nothing",
        (Change("framework.yml", "close_spread: 2/5", "close_spread: 2/0"),),
        (
            'framework/framework.yml:79:17: settings, close_spread: "2/0" is not allowed; a whole number or a fraction such as 3/5 is wanted',
        ),
    ),
    Mistake(
        "a share above one",
        (Change("framework.yml", "minimum_applicable_share: 3/5", "minimum_applicable_share: 6/5"),),
        (
            'framework/framework.yml:64:29: settings, minimum_applicable_share: "6/5" is not allowed; a share of a whole is 1 at most, such as 3/5',
        ),
    ),
    Mistake(
        "a number out of range",
        (Change("framework.yml", "minimum_group: 5 ", "minimum_group: 0 "),),
        ('framework/framework.yml:76:18: settings, minimum_group: "0" is out of range; it should be 1 at least',),
    ),
    Mistake(
        "a smallest group that is not allowed",
        (Change("framework.yml", "minimum_group: 5 ", "minimum_group: 2 "),),
        (
            "framework/framework.yml:76:18: settings, minimum_group: 2 is not allowed here; minimum_group_allowed is 3 to 10",
        ),
    ),
    Mistake(
        "thresholds that contradict each other",
        (Change("framework.yml", "warning_signs_some: 2", "warning_signs_some: 6"),),
        (
            "framework/framework.yml:88:23: settings, warning_signs_some: warning_signs_some (6) is above warning_signs_many (4); change one of them",
        ),
    ),
    Mistake(
        "an address that is not secure",
        (
            Change(
                "sources.yml",
                "  publisher: Harvard University Press\n",
                "  publisher: Harvard University Press\n  url: http://example.org\n",
            ),
        ),
        (
            'framework/sources.yml:10:8: source moore-1995, url: "http://example.org" has the wrong form; use an address that begins with https://',
        ),
    ),
    Mistake(
        "a year that is text",
        (Change("sources.yml", "  year: 1995\n", '  year: "1995"\n'),),
        ('framework/sources.yml:8:9: source moore-1995, year: the text "1995" stands here; a whole number is wanted',),
    ),
    Mistake(
        "a file that ends in yaml",
        (Change("exercises/one-request.yml", None, "exercises/one-request.yaml"),),
        (
            "framework/exercises/one-request.yaml:1:1: only files that end in .yml are read; rename it to one-request.yml",
        ),
    ),
    Mistake(
        "a file that is missing",
        (Change("glossary.yml", None, None),),
        (
            "framework/glossary.yml:1:1: the file cannot be read (No such file or directory); a framework needs glossary.yml",
        ),
    ),
    Mistake(
        "a file that YAML cannot read",
        (Change("glossary.yml", "- term: Alignment\n", "- term: Alignment: new\n"),),
        (
            "framework/glossary.yml:2:18: YAML cannot be read here (mapping values are not allowed in this context); put the text in quotes if it holds a colon followed by a space",
        ),
    ),
    Mistake(
        "a tab for indentation",
        (Change("lenses/strategic-triangle.yml", "    name: Public value\n", "\t name: Public value\n"),),
        ("framework/lenses/strategic-triangle.yml:19:1: a tab stands where YAML wants spaces; indent with two spaces",),
    ),
    Mistake(
        "a quote that is not closed",
        (Change("lenses/strategic-triangle.yml", '  aligned: "Your', '  aligned: "Your" "'),),
        (
            "framework/lenses/strategic-triangle.yml:31:19: YAML cannot be read here (did not find expected key); check the indentation and the quotes: a text that begins with a quote must end with it",
        ),
    ),
    Mistake(
        "two mistakes in different branches of a file",
        (
            Change("sections/purpose.yml", "label: One clear purpose", "label: no"),
            Change("sections/purpose.yml", "    discuss: Where do we ask", "    discusses: Where do we ask"),
        ),
        (
            'framework/sections/purpose.yml:8:12: section purpose, indicator shared-purpose, label: no without quotes is read as false; text is wanted: put it in quotes, "no"',
            'framework/sections/purpose.yml:102:5: section purpose, indicator decided-with-communities: "discusses" is not a key that is known here; did you mean "discuss"?',
        ),
    ),
    Mistake(
        "two mistakes in different files",
        (
            Change("lenses/strategic-triangle.yml", "rule: alignment", "rule: alinment"),
            Change("exercises/one-request.yml", "minutes: 30", "minutes: thirty"),
        ),
        (
            'framework/exercises/one-request.yml:6:10: exercise one-request, minutes: the text "thirty" stands here; a whole number is wanted',
            'framework/lenses/strategic-triangle.yml:4:7: lens strategic-triangle, rule: "alinment" is not allowed; did you mean "alignment"?',
        ),
    ),
    Mistake(
        "a broken file hides no mistake in another",
        (
            Change("glossary.yml", "- term: Alignment\n", "- term: [Alignment\n"),
            Change("sections/purpose.yml", "label: One clear purpose", "label: no"),
        ),
        (
            "framework/glossary.yml:3:10: YAML cannot be read here (did not find expected ',' or ']'); check the indentation, quotes and colons around it",
            'framework/sections/purpose.yml:8:12: section purpose, indicator shared-purpose, label: no without quotes is read as false; text is wanted: put it in quotes, "no"',
        ),
    ),
    Mistake(
        "rule 1: two ideas in a question",
        (
            Change(
                "sections/purpose.yml",
                "    question: How far do people here share one purpose?\n",
                "    question: Do we share a purpose and act on it?\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:9:15: warning: section purpose, indicator shared-purpose, question: "and" may join two ideas (writing rule 1); better: Do our people, money and time match what we have promised?',
        ),
    ),
    Mistake(
        "rule 1: two questions",
        (
            Change(
                "sections/purpose.yml",
                "    question: How far do people here share one purpose?\n",
                "    question: Do we share a purpose? Do we act on it?\n",
            ),
        ),
        (
            "framework/sections/purpose.yml:9:15: warning: section purpose, indicator shared-purpose, question: there are two sentences here (writing rule 1); better: Do our people, money and time match what we have promised?",
        ),
    ),
    Mistake(
        "rule 1: a slash",
        (
            Change(
                "sections/purpose.yml",
                "    question: How far do people here share one purpose?\n",
                "    question: How far do partners/staff share one purpose?\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:9:15: warning: section purpose, indicator shared-purpose, question: "/" may join two ideas (writing rule 1); better: Do our people, money and time match what we have promised?',
        ),
    ),
    Mistake(
        "rule 2: a belief",
        (
            Change(
                "sections/purpose.yml",
                "      4: We hear those who work with us explain our purpose in the same words.\n",
                "      4: Our partners believe in the same purpose and say so.\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:18:10: section purpose, indicator shared-purpose, level 4: "believe in" is nothing that one can see or hear (writing rule 2); better: Someone takes each hard point on.',
        ),
    ),
    Mistake(
        "rule 3: levels that only count",
        (
            Change(
                "sections/purpose.yml",
                "      2: The purpose is on paper, but we explain it in different ways.\n",
                "      2: We sometimes explain the purpose.\n",
            ),
            Change(
                "sections/purpose.yml",
                "      4: We hear those who work with us explain our purpose in the same words.\n",
                "      4: We often explain the purpose.\n",
            ),
        ),
        (
            "framework/sections/purpose.yml:18:10: section purpose, indicator shared-purpose, level 4: only how often it happens has changed from a level below (writing rule 3); better: 2: We show figures to a partner who asks. 3: Partners get our figures as a matter of course. 4: Partners tell us what they did with them.",
        ),
    ),
    Mistake(
        "rule 3: an absolute middle level",
        (
            Change(
                "sections/purpose.yml",
                "      3: We explain our purpose in the same plain words, without looking it up.\n",
                "      3: We always explain our purpose in the same plain words.\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:17:10: section purpose, indicator shared-purpose, level 3: "always" is absolute, and this level is a routine (writing rule 3); better: 2: We show figures to a partner who asks. 3: Partners get our figures as a matter of course. 4: Partners tell us what they did with them.',
        ),
    ),
    Mistake(
        "rule 4: an insult",
        (
            Change(
                "sections/purpose.yml",
                "      1: We give different answers when asked what we are here for.\n",
                "      1: Leaders here are secretive when asked what we are for.\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:15:10: section purpose, indicator shared-purpose, level 1: "secretive" is no way to speak of a decent team (writing rule 4); better: 1: Hard subjects are left out of meetings.',
        ),
    ),
    Mistake(
        "rule 5: the future",
        (
            Change(
                "sections/purpose.yml",
                "      3: We explain our purpose in the same plain words, without looking it up.\n",
                "      3: We will explain our purpose in the same plain words.\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:17:10: section purpose, indicator shared-purpose, level 3: "will" speaks of the future (writing rule 5); better: We ask people before we decide.',
        ),
    ),
    Mistake(
        "rule 5: to ensure",
        (
            Change(
                "sections/purpose.yml",
                "      3: We explain our purpose in the same plain words, without looking it up.\n",
                "      3: We meet to ensure that the purpose is plain.\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:17:10: section purpose, indicator shared-purpose, level 3: "to ensure" says what is meant, and not what happens (writing rule 5); better: We ask people before we decide.',
        ),
    ),
    Mistake(
        "rule 5: nobody does it",
        (
            Change(
                "sections/purpose.yml",
                "      3: We explain our purpose in the same plain words, without looking it up.\n",
                "      3: The purpose is explained in the same plain words.\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:17:10: warning: section purpose, indicator shared-purpose, level 3: "is explained" does not say who does it (writing rule 5); better: We ask people before we decide.',
        ),
    ),
    Mistake(
        "rule 6: a question of fifteen words",
        (
            Change(
                "sections/purpose.yml",
                "    question: How far do people here share one purpose?\n",
                "    question: How far do people here wherever they may be working share one purpose in plain words?\n",
            ),
        ),
        (
            "framework/sections/purpose.yml:9:15: section purpose, indicator shared-purpose, question: the question has 16 words (writing rule 6); 14 at most",
        ),
    ),
    Mistake(
        "rule 6: a level of nineteen words",
        (
            Change(
                "sections/purpose.yml",
                "      4: We hear those who work with us explain our purpose in the same words.\n",
                "      4: We hear those who work with us explain our purpose in the same words wherever we meet them outside.\n",
            ),
            Change(
                "sections/purpose.yml",
                "      3: We explain our purpose in the same plain words, without looking it up.\n",
                "      3: We explain our purpose in the same words.\n",
            ),
        ),
        (
            "framework/sections/purpose.yml:18:10: section purpose, indicator shared-purpose, level 4: the level has 19 words (writing rule 6); 18 at most",
        ),
    ),
    Mistake(
        "rule 6: two sentences in a level",
        (
            Change(
                "sections/purpose.yml",
                "      4: We hear those who work with us explain our purpose in the same words.\n",
                "      4: We hear others explain our purpose. They use the same words.\n",
            ),
        ),
        (
            "framework/sections/purpose.yml:18:10: section purpose, indicator shared-purpose, level 4: the level has 2 sentences (writing rule 6); one sentence, with one claim",
        ),
    ),
    Mistake(
        "rule 6: a set that is too long",
        (
            Change(
                "sections/purpose.yml",
                "      1: We give different answers when asked what we are here for.\n",
                "      1: We give quite different answers when anyone asks what we are all here for.\n",
            ),
        ),
        (
            "framework/sections/purpose.yml:14:5: section purpose, indicator shared-purpose: the levels have 67 words, 13.4 on average (writing rule 6); 13 on average at most, and 80 in all",
        ),
    ),
    Mistake(
        "rule 6: office language",
        (Change("sections/purpose.yml", "label: One clear purpose", "label: One key purpose"),),
        (
            'framework/sections/purpose.yml:8:12: section purpose, indicator shared-purpose, label: "key" is office language (writing rule 6); use the word that one would use at home',
        ),
    ),
    Mistake(
        "rule 6: hard to read",
        (
            Change(
                "sections/purpose.yml",
                "      1: We give different answers when asked what we are here for.\n",
                "      1: Interdepartmental communication opportunities deteriorate unpredictably.\n",
            ),
            Change(
                "sections/purpose.yml",
                "      2: The purpose is on paper, but we explain it in different ways.\n",
                "      2: Organisational representatives occasionally articulate institutional priorities.\n",
            ),
            Change(
                "sections/purpose.yml",
                "      3: We explain our purpose in the same plain words, without looking it up.\n",
                "      3: Representatives systematically articulate institutional priorities.\n",
            ),
            Change(
                "sections/purpose.yml",
                "      4: We hear those who work with us explain our purpose in the same words.\n",
                "      4: Collaborating organisations independently articulate institutional priorities.\n",
            ),
        ),
        (
            "framework/sections/purpose.yml:6:5: warning: section purpose, indicator shared-purpose: it needs a reading grade of 22 (writing rule 6); 9 at most: use shorter words and sentences in the question and the levels",
        ),
    ),
    Mistake(
        "rule 6: a hint of thirty-six words in three sentences",
        (
            Change(
                "framework.yml",
                "partnership of organisations}",
                "partnership of organisations, hint: Ask them first what it is that they would need from you. Ask them first what it is that they would need from you. Ask them first what it is that they would need from you.}",
            ),
        ),
        (
            "framework/framework.yml:96:72: context question setting, option partnership, hint: the hint has 3 sentences (writing rule 6); one or two short ones",
            "framework/framework.yml:96:72: context question setting, option partnership, hint: the hint has 36 words (writing rule 6); 35 at most",
        ),
    ),
    Mistake(
        "rule 6: a question of nineteen words on a card",
        (
            Change(
                "exercises/quiet-questions.yml",
                "lens: six-ways\n",
                "lens: six-ways\ncard:\n  - {name: Seeing, question: What do I see?}\n  - {name: Doing, question: What is the smallest act that I could do today or tomorrow and that would really move this on?}\n",
            ),
        ),
        (
            "framework/exercises/quiet-questions.yml:36:29: exercise quiet-questions, card question 2, question: the question has 19 words (writing rule 6); 18 at most, for a pocket card",
        ),
    ),
    Mistake(
        "rule 6: a sentence that is too long",
        (
            Change(
                "sections/purpose.yml",
                "    intent: People in the work, partners included, say in the same plain words what it is for.\n",
                "    intent: People in the work, partners included, say in the same plain words what it is for, whoever asks them, wherever they are, and whatever else they have to do on that day.\n",
            ),
        ),
        (
            "framework/sections/purpose.yml:10:13: warning: section purpose, indicator shared-purpose, intent: a sentence here has 32 words (writing rule 6); 25 at most: make two sentences of it",
        ),
    ),
    Mistake(
        "rule 7: a term of a lens in a question",
        (
            Change(
                "sections/purpose.yml",
                "    question: How far do people here share one purpose?\n",
                "    question: How well do we tend our authorising environment?\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:9:15: section purpose, indicator shared-purpose, question: "authorising environment" is a term of a lens (writing rule 7); better: How do we keep our permission to lead this work?',
        ),
    ),
    Mistake(
        "rule 7: a glossary term that a lens brings",
        (
            Change(
                "sections/purpose.yml",
                "      4: We hear those who work with us explain our purpose in the same words.\n",
                "      4: Our alignment shows in the words of those we work with.\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:18:10: section purpose, indicator shared-purpose, level 4: "alignment" is a term of a lens (writing rule 7); better: How do we keep our permission to lead this work?',
        ),
    ),
    Mistake(
        "rule 8: two negatives",
        (
            Change(
                "sections/purpose.yml",
                "      3: We explain our purpose in the same plain words, without looking it up.\n",
                "      3: We do not fail to explain our purpose in plain words.\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:17:10: section purpose, indicator shared-purpose, level 3: "not fail" has to be unpicked (writing rule 8); better: We plan the change with partners.',
        ),
    ),
    Mistake(
        "rule 7: a term of a lens in a hint",
        (
            Change(
                "framework.yml",
                "partnership of organisations}",
                "partnership of organisations, hint: Tend your authorising environment., lens: six-ways}",
            ),
        ),
        (
            'framework/framework.yml:96:72: context question setting, option partnership, hint: "authorising environment" is a term of a lens (writing rule 7); better: How do we keep our permission to lead this work?',
        ),
    ),
    Mistake(
        "rule 9: a grade",
        (
            Change(
                "sections/purpose.yml",
                "      3: We explain our purpose in the same plain words, without looking it up.\n",
                "      3: We have an excellent purpose and explain it in plain words.\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:17:10: section purpose, indicator shared-purpose, level 3: "excellent" is a grade (writing rule 9); better: Partners have changed a plan of theirs because of ours.',
        ),
    ),
    Mistake(
        "rule 9: a grade in a hint",
        (
            Change(
                "framework.yml",
                "partnership of organisations}",
                "partnership of organisations, hint: You have an excellent start.}",
            ),
        ),
        (
            'framework/framework.yml:96:72: context question setting, option partnership, hint: "excellent" is a grade (writing rule 9); better: Partners have changed a plan of theirs because of ours.',
        ),
    ),
    Mistake(
        "rule 10: a paper",
        (
            Change(
                "sections/purpose.yml",
                "      3: We explain our purpose in the same plain words, without looking it up.\n",
                "      3: We explain our purpose from the strategy in plain words.\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:17:10: warning: section purpose, indicator shared-purpose, level 3: "strategy" is a paper or a structure (writing rule 10); better: We go back to see what changed.',
        ),
    ),
    Mistake(
        "rule 11: one setting",
        (
            Change(
                "sections/purpose.yml",
                "      3: We explain our purpose in the same plain words, without looking it up.\n",
                "      3: We explain our purpose to the cabinet in plain words.\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:17:10: warning: section purpose, indicator shared-purpose, level 3: "cabinet" belongs to one setting (writing rule 11); better: We speak with each of them on a planned cycle.',
        ),
    ),
    Mistake(
        "rule 12: no source named",
        (
            Change(
                "sections/purpose.yml",
                "    sources:\n      - source: enabler-2013\n        part: finding the outcome that leaders care about enough\n      - source: goss-2018\n        part: beginning with values, and what makes people choose to lead\n      - source: scott-harris-florek-2013\n        part: the watchword on ambition for the wider community\n",
                "    sources: []\n",
            ),
        ),
        (
            "framework/sections/purpose.yml:70:14: section purpose, indicator outcome-that-matters, sources: the number of entries is 0; it should be 1 at least",
        ),
    ),
    Mistake(
        "the writing rules switched off",
        (
            Change("framework.yml", "scope:\n", "writing_rules: off\nscope:\n"),
            Change(
                "sections/purpose.yml",
                "      3: We explain our purpose in the same plain words, without looking it up.\n",
                "      3: We have an excellent purpose and explain it in plain words.\n",
            ),
        ),
        (),
    ),
    Mistake(
        "the writing rules that are kept",
        (
            Change("framework.yml", "scope:\n", "writing_rules: [1, 6]\nscope:\n"),
            Change(
                "sections/purpose.yml",
                "      3: We explain our purpose in the same plain words, without looking it up.\n",
                "      3: We have an excellent purpose and explain it in plain words.\n",
            ),
            Change(
                "sections/purpose.yml",
                "    question: How far do people here share one purpose?\n",
                "    question: Do we share a purpose and act on it?\n",
            ),
        ),
        (
            'framework/sections/purpose.yml:9:15: warning: section purpose, indicator shared-purpose, question: "and" may join two ideas (writing rule 1); better: Do our people, money and time match what we have promised?',
        ),
    ),
    Mistake(
        "a writing rule that is not there",
        (Change("framework.yml", "scope:\n", "writing_rules: [1, 13]\nscope:\n"),),
        ('framework/framework.yml:23:20: entry 2: "13" is out of range; it should be 12 at most',),
    ),
)
