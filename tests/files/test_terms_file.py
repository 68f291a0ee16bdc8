"""A file of terms: what stands in the place of the terms in force, what goes on top of it, and its faults."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

import subsim
from subsim.basics.faults import InputErrors
from subsim.files.terms_file import loads_terms
from subsim.terms.readings import POINTS, PROFILES
from subsim.terms.terms import NUMBERS
from tests.support.command import in_process

STORY = """\
scenario: A notice after the binding
prices: {basis: 149.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
  - {date: 2020-09-20, event: give_notice}
"""
DRAFT = "numbers: {notice-days: 14}\nreadings: {ordinary-notice: thirty-days}\n"
DATED = """\
announcements:
  - date: 2020-08-01
    event: announce_terms_change
    effective: 2020-09-20
    material: false
    numbers: {notice-days: 14}
    readings: {ordinary-notice: thirty-days}
"""


def end(story: str = STORY, terms: str | None = DRAFT, **chosen: Any) -> str | None:
    """When the subscription ends under these terms."""
    draft = None if terms is None else loads_terms(terms)
    found = subsim.replay(subsim.loads(story), until="2020-09-20", terms=draft, **chosen)
    (subscription,) = found.to_dict()["subscriptions"]
    ends_on: str | None = subscription["ends_on"]
    return ends_on


def said(text: str) -> list[str]:
    """The faults of a file of terms: place, message and remedy."""
    with pytest.raises(InputErrors) as caught:
        loads_terms(text, "draft.yaml")
    return [
        f"{each.line}:{each.column} {each.message} | {each.remedy or ''}".rstrip(" |") for each in caught.value.errors
    ]


# What stands where


def test_a_draft_stands_in_the_place_of_the_terms() -> None:
    assert (end(terms=None), end()) == ("2021-01-15", "2020-10-04")


def test_what_the_scenario_says_goes_on_top_of_the_draft() -> None:
    assert end(STORY + "numbers: {notice-days: 20}\n") == "2020-10-10"
    assert end(STORY + "readings: {ordinary-notice: quarter-end}\n") == "2020-10-15"


def test_a_profile_of_the_scenario_sets_the_readings_of_the_draft_aside_but_not_its_numbers() -> None:
    assert end(STORY + "profile: standard\n") == "2020-10-15"


def test_what_is_asked_with_goes_on_top_of_both() -> None:
    story = STORY + "numbers: {notice-days: 20}\n"
    assert end(story, numbers={"notice-days": 25}) == "2020-10-15"
    assert end(story, readings={"ordinary-notice": "quarter-end"}) == "2020-10-15"
    assert end(story, profile="standard") == "2020-10-15"


def test_a_variant_goes_on_top_of_the_draft_as_the_file_does() -> None:
    variants = "variants:\n  - {name: quarter, profile: standard, expect: {ended_on: 2020-10-15}}\n"
    results = subsim.check(subsim.loads(STORY + variants), terms=loads_terms(DRAFT))
    assert [(each.variant, each.ok) for each in results] == [(None, True), ("quarter", True)]


@pytest.mark.parametrize(("day", "ends"), [("2020-09-19", "2021-01-15"), ("2020-09-20", "2020-10-04")])
def test_a_change_that_the_draft_announces_binds_from_its_date_on(day: str, ends: str) -> None:
    assert end(STORY.replace("2020-09-20", day), DATED) == ends


def test_a_material_change_that_the_draft_announces_too_late_is_deferred_and_may_be_left_as_any() -> None:
    late = DATED.replace("2020-08-01", "2020-09-01").replace("material: false", "material: true")
    assert end(terms=late) == "2020-10-01"


def test_a_change_of_the_draft_comes_before_the_members_own_events_of_its_day() -> None:
    story = STORY.replace("2020-01-15, event", "2020-08-01, event")
    outcome = subsim.replay(subsim.loads(story), until="2020-09-20", terms=loads_terms(DATED)).to_dict()
    accepted = [each["event"] for each in outcome["decisions"] if each["verdict"] == "accepted"]
    assert accepted == ["announce_terms_change", "sign_up", "give_notice"]


def test_no_change_of_a_draft_moves_the_last_day_of_a_scenario() -> None:
    late = DATED.replace("2020-09-20", "2030-01-01")
    assert subsim.replay(subsim.loads(STORY), terms=loads_terms(late)).to_dict()["until"] == "2020-09-20"


def test_a_doubt_stays_with_its_own_event_under_a_draft() -> None:
    story = STORY.replace("date: 2020-09-20", "id: letter, date: 2020-09-19..2020-09-20")
    answer = subsim.can_cancel(subsim.loads(story), "2020-09-20", terms=loads_terms(DATED)).to_dict()
    assert [(each["facts"], each["earliest_end"]) for each in answer["cases"]] == [([{}], "2020-10-04")]
    found = subsim.replay(subsim.loads(story), terms=loads_terms(DATED), assume={"letter": "2020-09-19"}).to_dict()
    assert found["subscriptions"][0]["ends_on"] == "2021-01-15"


# A file equals the options spelt out


@given(
    profile=some.sampled_from([None, *PROFILES]),
    readings=some.dictionaries(some.sampled_from(list(POINTS)), some.integers(0, 4), max_size=5),
    numbers=some.dictionaries(some.sampled_from(list(NUMBERS)), some.sampled_from([1, 2, 3]), max_size=4),
)
def test_a_file_of_terms_equals_the_same_options_spelt_out(
    profile: Any, readings: dict[str, int], numbers: dict[str, int]
) -> None:
    named = {
        point: list(POINTS[point].readings)[pick % len(POINTS[point].readings)] for point, pick in readings.items()
    }
    written = {name: NUMBERS[name].write(value) for name, value in numbers.items()}
    text = json.dumps({"profile": profile, "readings": named, "numbers": written})
    scenario = subsim.loads(STORY)
    by_options = subsim.replay(scenario, "2021-02-01", profile, named, numbers).to_dict()
    assert subsim.replay(scenario, "2021-02-01", terms=loads_terms(text)).to_dict() == by_options


# Its faults


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1:1 the file is empty | subsim terms writes one to begin with"),
        ("- x\n", "1:1 a file of terms is a list of 1, expected a mapping (key: value)"),
        ("reading: {}\n", "1:1 a file of terms has no field 'reading' | did you mean 'readings'?"),
        ("terms: kabelplus-2020\n", "1:8 terms is 'kabelplus-2020', expected kabelplus-2019-10-30 |"),
        ("profile: membr\n", "1:10 profile is 'membr', expected standard, member or operator | did you mean 'member'?"),
        ("numbers: {notice-day: 1}\n", "1:11 numbers has no field 'notice-day' | did you mean 'notice-days'?"),
        ("numbers: {notice-days: 3661}\n", "1:24 notice-days is '3661': at most 3660 days |"),
        ("readings: {final-period: ful}\n", "1:26 final-period is 'ful', expected full or prorated |"),
        (
            "numbers: {gdpr.answer-months: 2}\n",
            "1:11 'gdpr.answer-months' belongs to a policy, which is no part of the terms | "
            "leave it out: --reading and --number take it",
        ),
        (
            "announcements: [{date: 2020-01-01, event: pay, amount: 1}]\n",
            "1:43 'pay' changes no terms | expected announce_terms_change",
        ),
        (
            "announcements: [{date: 2020-02-30, event: announce_terms_change, effective: 2020-03-01}]\n",
            "1:24 date is '2020-02-30': ",
        ),
        (
            "announcements: [{date: 2020-04-01, event: announce_terms_change, effective: 2020-03-01}]\n",
            "1:77 effective is 2020-03-01, expected 2020-04-01 (the announcement) or later",
        ),
    ],
)
def test_a_fault_is_told_where_it_stands(text: str, fault: str) -> None:
    (found,) = said(text)
    assert found.startswith(fault.removesuffix(" |"))


def test_all_faults_of_a_file_are_told_at_once() -> None:
    assert [each.split(" ")[0] for each in said("profile: x\nnumbers: {notice-days: -1}\nreading: {}\n")] == [
        "1:10",
        "2:24",
        "3:1",
    ]


def test_a_mapping_from_python_may_hold_what_the_file_does() -> None:
    scenario = subsim.loads(STORY)
    found = subsim.replay(
        scenario, terms={"numbers": {"notice-days": 14}, "readings": {"ordinary-notice": "thirty-days"}}
    )
    assert found.to_dict()["subscriptions"][0]["ends_on"] == "2020-10-04"
    with pytest.raises(
        InputErrors, match="<terms>:3:18: notice-days is the text 'x', in quotes, expected a whole number"
    ):
        subsim.replay(scenario, terms={"numbers": {"notice-days": "x"}})
    with pytest.raises(ValueError, match="terms are a path or a mapping, found int"):
        subsim.replay(scenario, terms=3)  # type: ignore[arg-type] # what Python may give wrongly


def test_the_path_of_a_file_is_taken_too(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(DRAFT)
    answer = subsim.can_cancel(subsim.loads(STORY), "2020-09-20", terms=path)
    assert answer.to_dict()["earliest_end"] == "2020-10-04"


# From the command line


ASKED = {
    "run": [],
    "replay": ["--until", "2021-02-01"],
    "can-cancel": ["--date", "2020-08-01"],
    "what-if": ["--try", "2020-08-01 log_in"],
    "cheapest-exit": ["--date", "2020-08-01"],
    "coming": ["--date", "2020-08-01"],
    "letter": ["--date", "2020-08-01"],
    "explain": [],
    "compare": [],
}
"""The commands that ask of a scenario, with what each needs."""


@pytest.fixture(scope="module")
def as_they_are(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The terms as `subsim terms` writes them."""
    path = tmp_path_factory.mktemp("terms") / "t.yaml"
    path.write_text(in_process("terms").stdout)
    return path


@pytest.mark.parametrize("command", ASKED)
@pytest.mark.parametrize(
    "more", [[], ["--profile", "member", "--number", "notice-days=20"]], ids=["alone", "with options"]
)
def test_the_terms_as_they_are_written_change_no_answer(command: str, more: list[str], as_they_are: Path) -> None:
    story = STORY + "readings: {upgrade-charge: prorated}\n"
    plain = in_process(command, "-", *ASKED[command], *more, stdin=story)
    under = in_process(command, "-", *ASKED[command], *more, "--terms", as_they_are, stdin=story)
    assert plain.returncode == 0
    assert (under.returncode, under.stdout, under.stderr) == (0, plain.stdout, plain.stderr)


def test_the_terms_under_other_choices_are_written_as_they_then_are(tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(DATED + "numbers: {credit-check-over: 4000.00}\n")
    options = [
        "--terms",
        str(path),
        "--profile",
        "member",
        "--number",
        "age-years=17",
        "--reading",
        "law-25-pay=nothing",
    ]
    first = in_process("terms", *options, "--lang", "da").stdout
    path.write_text(first)
    found = json.loads(in_process("terms", "--terms", path, "--format", "json").stdout)
    assert found == json.loads(in_process("terms", "--terms", path, "--format", "json", "--lang", "da").stdout)
    assert (found["profile"], found["numbers"]["age-years"], found["numbers"]["credit-check-over"]) == (
        "member",
        17,
        "4000.00",
    )
    assert (found["readings"]["ordinary-notice"], found["readings"]["law-25-pay"]) == ("earliest", "nothing")
    assert found["announcements"] == [
        {
            "date": "2020-08-01",
            "event": "announce_terms_change",
            "effective": "2020-09-20",
            "material": False,
            "numbers": {"notice-days": 14},
            "readings": {"ordinary-notice": "thirty-days"},
        }
    ]


def test_the_comments_are_in_the_language_that_is_asked_for() -> None:
    english, danish = (in_process("terms", "--lang", lang).stdout for lang in ("en", "da"))
    assert "notice-days: 30             # days; opsigelse.2d\n" in english
    assert "notice-days: 30             # dage; opsigelse.2d\n" in danish
    assert [line for line in english.splitlines() if "#" not in line] == [
        line for line in danish.splitlines() if "#" not in line
    ]


@pytest.mark.parametrize("command", [*ASKED, "terms"])
def test_a_file_of_terms_with_a_fault_is_told_and_nothing_is_answered(command: str, tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text("numbers: {notice-days: 3661}\n")
    asked = [] if command == "terms" else ["-", *ASKED[command]]
    result = in_process(command, *asked, "--terms", path, stdin=STORY)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{path}:1:24: notice-days is '3661': at most 3660 days\n")


def test_a_file_of_terms_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = in_process("replay", "-", "--terms", tmp_path / "none.yaml", stdin=STORY)
    assert (result.returncode, result.stdout) == (2, "")
    assert "the file cannot be read: No such file or directory" in result.stderr


def test_a_letter_is_confirmed_under_the_terms_it_was_written_under_and_no_others(tmp_path: Path) -> None:
    story, draft = tmp_path / "story.yaml", tmp_path / "draft.yaml"
    story.write_text(STORY)
    draft.write_text(DRAFT)
    letter = in_process("letter", story, "--date", "2020-08-01", "--terms", draft).stdout
    with_it = in_process("verify", "-", story, "--terms", draft, "--format", "json", stdin=letter)
    without = in_process("verify", "-", story, "--format", "json", stdin=letter)
    assert (with_it.returncode, without.returncode) == (0, 1)
    assert json.loads(without.stdout)["differs"] == ["readings", "numbers", "answer"]
