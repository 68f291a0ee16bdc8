"""Scenario files as they are written: what is written is read as the same facts."""

import pytest

import subsim
from subsim.basics.dates import Day
from subsim.files.writer import event_line, scenario_text
from subsim.membership.events import Amount, Charge, PackageName, SignUp
from subsim.membership.facts import Facts, Person
from subsim.terms.terms import Terms

SIGN_UP = SignUp(date=Day(2020, 1, 15), package=PackageName("basis"))

LIKE_YAML = [
    "null",
    "Null",
    "~",
    "true",
    "no",
    "1",
    "2020-01-15",
    "12:30",
    "-",
    "- x",
    "a: b",
    "a #b",
    "{a",
    "[a",
    "a, b",
]
LIKE_YAML += [
    "=",
    "<<",
    "?",
    "? a",
    "!a",
    "&a",
    "*a",
    "|",
    ">",
    "%a",
    "@a",
    "`a",
    '"a"',
    "'a",
    "it's",
    "a\\b",
    "Søren",
    "😀",
]


@pytest.mark.parametrize("text", LIKE_YAML)
def test_a_text_that_yaml_could_take_for_something_else_is_read_back(text: str) -> None:
    charge = Charge(date=Day(2020, 2, 1), item=text, amount=Amount(12_00))
    facts = Facts(prices={PackageName("basis"): Amount(149_00)}, timeline=(SIGN_UP, charge))
    written = scenario_text(facts, Terms(), sentence=text)
    assert (subsim.loads(written).sentence, subsim.loads(written).facts) == (text, facts)


def test_a_text_of_several_lines_is_written_in_one() -> None:
    facts = Facts(person=Person(name="Søren"), prices={PackageName("basis"): Amount(149_00)}, timeline=(SIGN_UP,))
    written = scenario_text(facts, Terms(), sentence="one\ntwo")
    assert written.splitlines()[0] == 'scenario: "one\\ntwo"'


def test_an_event_is_one_line_without_needless_quotes() -> None:
    charge = Charge(date=Day(2020, 2, 1), item="kabel på 3 m", amount=Amount(12_00))
    assert event_line(charge) == "{date: 2020-02-01, event: charge, item: kabel på 3 m, amount: 12.00}"


def test_a_text_that_needs_quotes_has_them() -> None:
    charge = Charge(date=Day(2020, 2, 1), item="kabel: 3 m", amount=Amount(12_00))
    assert event_line(charge) == "{date: 2020-02-01, event: charge, item: 'kabel: 3 m', amount: 12.00}"
