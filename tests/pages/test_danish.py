"""Danish pages name choices, facts in doubt and personal data as people do: no word of a file is left in them."""

import re

import pytest

from subsim.files.policy import POLICY_NAMES, shipped_policy
from subsim.terms.law_points import LAW_POINTS
from subsim.terms.readings import POINTS, PROFILES
from subsim.terms.terms import NUMBERS
from tests.support.command import in_process
from tools.catalogue import catalogue

DOUBT = """\
scenario: Et brev, der kom en dag i september
prices: {basis: 149.00}
member: {id: "1007", name: Bodil Vang}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
  - {id: taget, date: 2020-01-18, event: activate, disputed: true}
  - {date: 2020-09-10..2020-09-20, event: give_notice}
"""
HELD = """\
scenario: En tidligere kunde
retention: {policy: kabelplus}
prices: {basis: 149.00}
timeline:
  - {date: 2021-01-15, event: sign_up, package: basis}
  - {date: 2021-01-16, event: activate}
  - {date: 2021-09-01, event: complain}
  - {date: 2022-01-20, event: give_notice}
  - {date: 2022-05-01, event: data_request, right: erasure}
"""
LATE = """\
scenario: En for sen betaling
prices: {basis: 149.00}
timeline:
  - {date: 2022-01-10, event: sign_up, package: basis, payment: invoice}
  - {date: 2022-04-05, event: pay, amount: 447.00}
"""
ASKED = [
    (DOUBT, "can-cancel - --date 2020-09-25"),
    (DOUBT, "compare -"),
    (DOUBT, "cheapest-exit - --date 2020-09-25"),
    (DOUBT, "coming - --date 2020-09-25"),
    (DOUBT, "letter - --date 2020-09-25"),
    (DOUBT, "replay - --assume taget=yes --assume give_notice:3=2020-09-12"),
    (HELD, "can-cancel - --date 2022-01-10"),
    (HELD, "compare -"),
    (HELD, "replay - --profile operator --reading upgrade-charge=prorated --number notice-days=60"),
    (HELD, "retention - --date 2022-12-31"),
    (LATE, "can-cancel - --date 2022-06-01"),
    (LATE, "explain -"),
]
NAMES = {
    *(name for points in (POINTS, LAW_POINTS) for point in points.values() for name in (point.name, *point.readings)),
    *NUMBERS,
    *(name for policy in POLICY_NAMES for name in shipped_policy(policy).categories),
}
_ENGLISH = "|".join(name for name in sorted(NAMES) if "-" in name or name in ("bookkeeping", "correspondence"))
WORD_OF_A_FILE = re.compile(
    rf"(?<![=\w-])(?:[a-z]+_[a-z_]+(?::\d+)?|(?:invoice|payment|refund):\d+|{_ENGLISH})(?![\w-])"
)
"""A name with a hyphen or underscore, as files have it; or one that no Danish word is written like."""


def told(text: str, command: str) -> str:
    result = in_process(*command.split(), "--lang", "da", stdin=text)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize(("text", "command"), ASKED, ids=[command for _, command in ASKED])
def test_no_page_has_a_word_of_a_file(text: str, command: str) -> None:
    said = re.sub(r"--assume\s+\S+|`[^`]*`", "", told(text, command))  # how to assume it, and what is to be copied
    assert WORD_OF_A_FILE.findall(said) == []


@pytest.mark.parametrize("name", sorted({*NAMES, *PROFILES} - {"filter", "login", "standard"}))
def test_every_choice_has_a_danish_name(name: str) -> None:
    if (message := catalogue().get(name)) is not None:
        assert message.string != name
    else:
        assert name in {name for policy in POLICY_NAMES for name in shipped_policy(policy).categories}


@pytest.mark.parametrize("name", POLICY_NAMES)
def test_every_category_that_ships_has_a_name_in_both_languages(name: str) -> None:
    labels = [each.label for each in shipped_policy(name).categories.values()]
    assert [label for label in labels if label is None or not (label.en and label.da)] == []


def test_a_fact_in_doubt_is_called_by_what_happened() -> None:
    assert " ".join(told(DOUBT, "can-cancel - --date 2020-09-25").split()).startswith(
        "Under alle omstændigheder fra den 15. januar 2021; fra den 15. oktober 2020, hvis opsigelsen skete senest den "
        "15. september 2020."
    )


def test_two_doubts_of_one_event_are_told_apart_by_their_places() -> None:
    two = f"{DOUBT}  - {{date: 2020-09-21, event: give_notice, disputed: true}}\n"
    said = told(two, "can-cancel - --date 2020-09-25")
    assert ("opsigelsen (hændelse 3): en dag fra" in said, "opsigelsen (hændelse 4): bestridt" in said) == (True, True)


def test_records_that_are_alike_share_a_row() -> None:
    said = told(HELD, "retention - --date 2022-12-31 --category bookkeeping")
    assert "regning 5, betaling 5" in said
    assert said.count("1. jan. 2028") == 2  # from when they may go, and not before when
