"""`subsim portfolio law`: to whom the contract gives less than mandatory law, by provision, in days and DKK."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings

from subsim.answers.question import case_of
from subsim.basics.dates import days_after
from subsim.portfolio.header import load_header
from subsim.portfolio.members import Reader
from subsim.portfolio.replays import facts_under
from tests.support.portfolio_law import rows_of_answers, rows_of_portfolio
from tests.support.portfolios import PRICES, Results, event, generate, results, scenario
from tests.support.timelines import Story, stories

HEADER = PRICES + "until: 2021-01-20\n"
INTERNET = ["2020-01-15 sign_up package: basis, kind: internet"]
"""By contract 15 April 2021; by law 1 March, 223.50 back, or 20 February, 268.20 back."""
TV = ["2020-01-15 sign_up package: basis, kind: tv"]
"""By law 1 March, 223.50 back."""
UNKNOWN = ["2020-01-15 sign_up package: basis"]
"""Internet, bundle and TV differ; the bundle has both parts' ends."""
OLD = ["2014-06-12 sign_up package: basis, kind: internet"]
ENDED = ["2020-01-15 sign_up package: basis, kind: internet", "2020-08-01 give_notice"]
ALL = INTERNET, TV, UNKNOWN, OLD, ENDED


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """What the law gives all of them."""
    return results(tmp_path_factory.mktemp("law"), "law", {"header": HEADER}, *ALL)


def test_each_way_by_which_the_law_gives_more_has_a_row(found: Results) -> None:
    assert [(row["line"], row["provision"], row["kind"]) for row in found.rows("law")] == [
        (1, "tele.7", None),
        (2, "fal.28", None),
        (3, "tele.7", "internet"),
        (3, "fal.28", "tv"),
        (3, "tele.7", "bundle"),
    ]


def test_a_row_tells_days_and_amounts_of_both_columns(found: Results) -> None:
    row = found.rows("law")[0]
    assert {key: row[key] for key in ("contract_ends_on", "sure_ends_on", "arguable_ends_on", "better")} == {
        "contract_ends_on": "2021-04-15",
        "sure_ends_on": "2021-03-01",
        "arguable_ends_on": "2021-02-20",
        "better": "law",
    }
    # 1 March to 15 April: 45 days, 447.00 / 2; 20 February to 15 April: 54 days of 90
    assert (row["sure_days"], row["arguable_days"]) == (45, 54)
    assert (str(row["sure_amount"]), str(row["arguable_amount"])) == ("223.50", "268.20")


def test_the_summary_counts_members_and_sums_by_provision(found: Results) -> None:
    summary = found.summary
    assert {key: summary[key] for key in ("replayed", "covered", "given_less", "surely_given_less")} == {
        "replayed": 5,
        "covered": 3,
        "given_less": 3,
        "surely_given_less": 3,
    }
    assert summary["provisions"][0] == {
        "provision": "fal.28",
        "confidence": "A",
        "route": "ordinary",
        "kind": None,
        "subscriptions": 1,
        "surely": 1,
        "sure_days": 45,
        "arguable_days": 45,
        "sure_amount": "223.50",
        "arguable_amount": "223.50",
    }


def test_the_page_says_that_it_is_information(found: Results) -> None:
    assert "not legal advice" in " ".join(found.stdout.split())


def test_what_rests_on_memory_is_called_unconfirmed(found: Results) -> None:
    assert [words in found.stdout for words in ("tele.7 (m, unconfirmed)", "fal.28 (A) ")] == [True, True]


def test_a_law_point_of_the_header_sets_both_columns(tmp_path: Path) -> None:
    header = HEADER + "readings: {law-tele-month: from-receipt}\n"
    (row,) = results(tmp_path, "law", {"header": header}, INTERNET).rows("law")
    assert (row["sure_ends_on"], row["arguable_ends_on"]) == ("2021-02-20", "2021-02-20")


def test_every_row_is_what_can_cancel_answers(found: Results) -> None:
    header = yaml.load(HEADER, yaml.BaseLoader) | {"announcements": []}
    for row in found.rows("law"):
        case = case_of(scenario({"timeline": list(map(event, ALL[row["line"] - 1]))}, header))
        answer = case.answer("main", case.scenario.until_of())
        assert answer.law is not None
        (way,) = [each for each in answer.law.ways if (each.route, each.kind) == (row["route"], row["kind"])]
        assert str(way.sure.ends_on) == row["sure_ends_on"]


@settings(max_examples=60)
@given(stories())
def test_a_drawn_member_has_the_rows_of_the_single_answers_and_no_others(story: Story) -> None:
    assert rows_of_portfolio(story) == rows_of_answers(story)


def test_no_row_is_passed_over_in_the_days_after_the_agreement(tmp_path: Path) -> None:
    """Each made-up member as of another of the 24 days that begin with the first event."""
    generate(tmp_path, 240, seed=3)
    header = load_header(str(tmp_path / "header.yaml"))
    read = Reader(header.prices, as_events=True).record
    routes = set()
    for number, line in enumerate((tmp_path / "members.ndjson").read_bytes().splitlines()):
        facts = facts_under(header, read(line))
        day = days_after(next(each.date for each in facts.timeline if each.name == "sign_up"), number % 24)
        story = Story(facts=facts, terms=header.terms, day=day, until=day, subscription="main")
        assert rows_of_portfolio(story) == rows_of_answers(story)
        routes |= {row.route for row in rows_of_portfolio(story)}
    assert routes >= {"withdrawal", "ordinary"}


def test_a_notice_that_stands_counts_by_law_from_its_own_day(tmp_path: Path) -> None:
    noticed = ["2020-01-15 sign_up package: basis, kind: internet", "2020-12-20 give_notice"]
    (row,) = results(tmp_path, "law", {"header": HEADER}, noticed).rows("law")
    assert (row["sure_ends_on"], row["arguable_ends_on"]) == ("2021-02-01", "2021-01-20")
