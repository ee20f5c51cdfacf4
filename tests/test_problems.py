"""A problem is a record that prints as one line, as JSON, and as a mark on a pull request."""

import json

from generator.problems import Place, Problem, ProblemsError, formatted, in_order, nearest, quoted

ERROR = Problem(Place("framework/a.yml", 3, 7), "lens six-ways, name", '"no" is not allowed', "100% text, please")
WARNING = Problem(Place("framework/b.yml", 1, 2), "", "too long", "", "warning", "6")


def test_a_problem_prints_its_place_what_it_is_about_what_is_wrong_and_what_is_allowed():
    assert str(ERROR) == 'framework/a.yml:3:7: lens six-ways, name: "no" is not allowed; 100% text, please'


def test_a_warning_says_so_and_names_its_rule():
    assert str(WARNING) == "framework/b.yml:1:2: warning: too long (writing rule 6)"


def test_a_problem_is_one_line_whatever_it_repeats():
    assert str(Problem(Place("a.yml"), "", "a\nb\u2028c\x1b[1m")) == "a.yml:1:1: a b c\ufffd[1m"


def test_problems_in_the_text_format_are_lines():
    assert formatted([ERROR, WARNING], "text") == f"{ERROR}\n{WARNING}"


def test_problems_in_the_json_format_are_the_records_of_the_contract():
    assert json.loads(formatted([ERROR, WARNING], "json")) == [
        {
            "file": "framework/a.yml",
            "line": 3,
            "column": 7,
            "where": "lens six-ways, name",
            "message": '"no" is not allowed',
            "hint": "100% text, please",
            "severity": "error",
            "rule": None,
        },
        {
            "file": "framework/b.yml",
            "line": 1,
            "column": 2,
            "where": "",
            "message": "too long",
            "hint": "",
            "severity": "warning",
            "rule": "6",
        },
    ]


def test_json_keeps_every_script_readable():
    assert "領導" in formatted([Problem(Place("a.yml"), "", "領導")], "json")


def test_problems_in_the_github_format_mark_the_lines_of_a_pull_request():
    assert formatted([ERROR, WARNING], "github") == (
        "::error file=framework/a.yml,line=3,col=7,title=lens six-ways%2C name::"
        '"no" is not allowed; 100%25 text, please\n'
        "::warning file=framework/b.yml,line=1,col=2,title=Framework::too long (writing rule 6)"
    )


def test_a_problem_cannot_end_a_github_command_early():
    assert "\n" not in formatted([Problem(Place("a:b,c.yml"), "x\ny", "1\r\n::error::2")], "github")
    assert "file=a%3Ab%2Cc.yml" in formatted([Problem(Place("a:b,c.yml"), "", "1")], "github")


def test_no_problems_format_to_nothing_or_an_empty_list():
    assert formatted([], "text") == ""
    assert formatted([], "github") == ""
    assert json.loads(formatted([], "json")) == []


def test_problems_are_sorted_by_place_and_repeats_left_out():
    assert in_order([WARNING, ERROR, WARNING]) == [ERROR, WARNING]


def test_lines_are_sorted_as_numbers():
    late, early = (Problem(Place("a.yml", line), "", "x") for line in (10, 9))
    assert in_order([late, early]) == [early, late]


def test_the_nearest_allowed_word_is_offered():
    assert nearest("alignement", ["balance", "alignment"]) == 'did you mean "alignment"?'


def test_the_nearest_of_very_many_words_is_found_too():
    assert nearest("shared-purposes-1234", (f"shared-purpose-{n}" for n in range(4000))).startswith(
        'did you mean "shared-'
    )
    assert nearest("outcome", [*map(str, range(4000)), "outcomes"]) == 'did you mean "outcomes"?'


def test_without_a_near_word_the_allowed_ones_are_listed():
    assert nearest("x", ["balance", "profile"]) == "allowed: balance, profile"
    assert nearest("x", map(str, range(10))) == "allowed: 0, 1, 2, 3, 4, 5, 6, 7, and 2 more"
    assert nearest("x", []) == "none is defined yet"


def test_what_somebody_wrote_is_quoted_and_cut():
    assert quoted(True) == '"true"'
    assert quoted("a\nb") == '"a b"'
    assert quoted("x" * 100) == '"' + "x" * 59 + '…"'


def test_an_error_of_many_problems_prints_them_all():
    assert str(ProblemsError([WARNING, ERROR])) == f"{ERROR}\n{WARNING}"
