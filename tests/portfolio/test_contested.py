"""`subsim portfolio contested`: whose outcome depends on how an unclear clause is read, and the price tag of each."""

import json
from pathlib import Path

import pytest

from subsim.answers.compare import Comparison, compare
from subsim.terms.choice import TermsChoice
from subsim.terms.readings import ProfileName
from tests.support.portfolios import PRICES, Results, Row, generate, on_members, on_two_workers, results, scenario

HEADER = PRICES + "until: 2021-01-20\n"
ANNA = "2020-01-15 sign_up package: basis"
"""447.00 a quarter from 15 January; bound until 15 July."""

LEAVES = [ANNA, "2020-09-01 give_notice"]
"""1 September + 30 = 1 October; the quarter turns on 15 October, the calendar's on 1 October."""
TAKES_MORE = [ANNA, "2020-06-15 change_package to: family"]
"""450.00 more a quarter; 148.35 for 30 of 91 days; 897.00 in full."""
JUST_JOINS = ["2020-02-01 sign_up package: family"]
LEAVES_BOUND = ["2020-10-01 sign_up package: basis", "2020-12-01 give_notice"]
"""Bound until 1 April 2021, a turn of quarters either way, on which the notice ends it unless it is refused."""
COMES_AGAIN = [ANNA, "2020-03-01 give_notice", "2020-07-20 sign_up package: family"]
"""Ends on 15 July with the binding; on 1 October by the calendar, and never if refused: then 20 July is too soon."""
ALL = LEAVES, TAKES_MORE, JUST_JOINS, LEAVES_BOUND, COMES_AGAIN


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """What is contested of all of them."""
    return results(tmp_path_factory.mktemp("contested"), "contested", {"header": HEADER}, *ALL)


def row(found: Results, point: str, reading: str, line: int) -> Row:
    """What a reading changes for the member in a line."""
    names = {"line": line, "point": point, "reading": reading}
    return next(each for each in found.rows("contested") if names.items() <= each.items())


def price_tag(found: Results, point: str, reading: str) -> Row:
    """The sums of a reading."""
    return next(each for each in found.summary["readings"] if (each["point"], each["reading"]) == (point, reading))


# Each member


def test_a_row_for_each_member_and_reading_that_changes_something_and_no_other(found: Results) -> None:
    assert [(each["line"], each["point"], each["reading"]) for each in found.rows("contested")] == [
        (1, "ordinary-notice", "thirty-days"),
        (1, "ordinary-notice", "earliest"),
        (1, "quarter-anchor", "calendar"),
        (2, "upgrade-charge", "prorated"),
        (2, "upgrade-charge", "full"),
        (4, "notice-in-binding", "refused"),
    ]


def test_a_sooner_end_is_told_in_days(found: Results) -> None:
    (subscription,) = row(found, "ordinary-notice", "thirty-days", 1)["subscriptions"]
    assert (subscription["ends_on_before"], subscription["ends_on_after"]) == ("2020-10-15", "2020-10-01")
    assert subscription["days"] == -14


@pytest.mark.parametrize(
    ("reading", "after", "change"), [("prorated", "3733.35", "-301.65"), ("full", "4482.00", "447.00")]
)
def test_what_is_charged_is_told_in_kroner(found: Results, reading: str, after: str, change: str) -> None:
    # as read here 2 × 447.00 + 450.00 + 3 × 897.00
    other = row(found, "upgrade-charge", reading, 2)
    assert (other["charged_before"], other["charged_after"], other["charged_change"]) == ("4035.00", after, change)


def test_a_refund_alone_is_enough_to_depend(tmp_path: Path) -> None:
    # the withdrawal credits all that was charged, 447.00 and 450.00, or 447.00 and 897.00
    member = [ANNA, "2020-01-20 change_package to: family", "2020-01-25 withdraw"]
    full = row(results(tmp_path, "contested", {"header": HEADER}, member), "upgrade-charge", "full", 1)
    assert (full["charged_change"], full["refunded_before"], full["refunded_after"]) == ("0.00", "897.00", "1344.00")


def test_a_notice_that_is_refused_leaves_no_end(found: Results) -> None:
    refused = row(found, "notice-in-binding", "refused", 4)
    (subscription,) = refused["subscriptions"]
    assert (subscription["ends_on_before"], subscription["ends_on_after"], subscription["days"]) == (
        "2021-04-01",
        None,
        None,
    )
    assert [(each["only"], each["date"], each["event"]) for each in refused["refused"]] == [
        ("after", "2020-12-01", "give_notice")
    ]


def test_a_reading_under_which_a_member_cannot_be_replayed_counts_apart(found: Results) -> None:
    assert (found.exit_code, found.rows("rejected")) == (0, [])
    reason = "event 3: the subscription 'main' is signed up again while it is live (sign up another id, or end this"
    not_replayed = found.rows("not_replayed")
    assert [(each["line"], each["point"], each["reading"]) for each in not_replayed] == [
        (5, "quarter-anchor", "calendar"),
        (5, "notice-in-binding", "refused"),
    ]
    assert all(each["reason"].startswith(reason) for each in not_replayed)


# The price tags


def test_the_readings_come_with_the_most_kroner_first_then_the_most_days_then_members(found: Results) -> None:
    tags = [
        (each["reading"], each["charged_apart"], each["charged_change"], each["days_apart"], each["members"])
        for each in found.summary["readings"]
    ]
    assert tags == [
        ("full", "447.00", "447.00", 0, 1),
        ("prorated", "301.65", "-301.65", 0, 1),
        ("thirty-days", "0.00", "0.00", 14, 1),
        ("earliest", "0.00", "0.00", 14, 1),
        ("calendar", "0.00", "0.00", 14, 1),
        ("refused", "0.00", "0.00", 0, 1),
        ("quarter-end", "0.00", "0.00", 0, 0),
        ("period-end", "0.00", "0.00", 0, 0),
        ("ends-at-binding", "0.00", "0.00", 0, 0),
    ]


def test_a_price_tag_names_the_point_with_its_clauses_and_the_reading_that_was_chosen(found: Results) -> None:
    assert price_tag(found, "notice-in-binding", "refused") == {
        "point": "notice-in-binding",
        "clauses": ["opsigelse.2", "betaling.5"],
        "as_read": "counts",
        "reading": "refused",
        "members": 1,
        "days_apart": 0,
        "one_sided_ends": 1,
        "charged_apart": "0.00",
        "charged_change": "0.00",
        "not_replayed": 1,
    }


def test_what_some_pay_more_and_others_less_stands_in_full_and_net(tmp_path: Path) -> None:
    monthly = "sign_up package: basis, billing: monthly"
    # + 30 = 10 October: 15 October, or 1 January 2021 after three more periods
    later = [f"2020-01-15 {monthly}", "2020-09-10 give_notice"]
    # + 30 = 25 December: 20 March 2021, or 1 January before one more period of 20 January
    sooner = [f"2020-03-20 {monthly}", "2020-11-25 give_notice"]
    calendar = price_tag(
        results(tmp_path, "contested", {"header": HEADER}, later, sooner), "quarter-anchor", "calendar"
    )
    assert (calendar["charged_apart"], calendar["charged_change"]) == ("596.00", "298.00")
    assert (calendar["days_apart"], calendar["members"]) == (156, 2)


def test_a_point_that_no_member_depends_on_is_settled_for_them(found: Results) -> None:
    settled = found.summary["settled"]
    assert [each["point"] for each in settled] == [
        "binding-scope",
        "trial-binding",
        "withdrawal-channel",
        "withdrawal-waiver",
        "final-period",
        "short-price-notice",
        "price-in-binding",
        "price-cut-exit",
        "bound-exit-window",
        "website-announcement",
        "acceleration",
        "late-payment-cure",
    ]
    assert settled[4]["clauses"] == ["betaling.2", "opsigelse.3"]


def test_the_sums_of_all_members(found: Results) -> None:
    # 3 × 447.00; 4035.00; 4 × 897.00; 2 × 447.00; 2 × 447.00 + 3 × 897.00
    summary = {key: value for key, value in found.summary.items() if not isinstance(value, list)}
    assert summary == {
        "until": "2021-01-20",
        "records": 5,
        "rejected": 0,
        "replayed": 5,
        "depending": 3,
        "charged": "13443.00",
        "duplicates": 0,
    }


def test_another_reading_is_put_on_top_of_those_asked_for(tmp_path: Path) -> None:
    found = results(tmp_path, "contested", {"header": HEADER}, LEAVES, more="--reading ordinary-notice=thirty-days")
    assert [(each["reading"], each["days_apart"], each["as_read"]) for each in found.summary["readings"]] == [
        ("quarterly", 14, "thirty-days"),
        ("quarter-end", 14, "thirty-days"),
        ("period-end", 14, "thirty-days"),
        ("earliest", 0, "thirty-days"),
    ]


def test_a_bad_record_is_rejected_and_the_rest_goes_on(tmp_path: Path) -> None:
    found = results(tmp_path, "contested", {"header": HEADER}, [ANNA, ANNA.replace("2020", "2021")], LEAVES)
    assert found.exit_code == 1
    assert [each["line"] for each in found.rows("rejected")] == [1]
    assert (found.summary["rejected"], found.summary["replayed"], found.summary["depending"]) == (1, 1, 1)


def test_the_tables_have_a_line_for_each_reading_and_for_each_settled_point(found: Results) -> None:
    assert (
        "How an unclear clause is read decides what comes of 3 of 5 members; 13,443.00 kr. is charged" in found.stdout
    )
    lines = [line.split() for line in found.stdout.splitlines()]
    assert ["upgrade-charge", "full", "447.00", "447.00", "1", "priser.3"] in lines
    assert ["quarter-anchor", "calendar", "0.00", "0.00", "1", "14", "1", "betaling.5"] in lines
    assert lines.index(["final-period", "betaling.2,", "opsigelse.3"]) > lines.index(
        ["Settled:", "no", "other", "reading", "changes", "anything"]
    )


def test_nothing_is_called_settled_where_there_is_no_member(tmp_path: Path) -> None:
    found = results(tmp_path, "contested", {"header": HEADER})
    assert (found.exit_code, found.stdout) == (0, "0 records replayed until 20 January 2021, 0 of them rejected.\n")


# As generated


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 60 generated members, and what is contested of them in `out`."""
    folder = tmp_path_factory.mktemp("generated")
    generate(folder, 60, seed=5)
    assert on_members(folder, "contested").exit_code == 0
    return folder


def test_two_workers_give_the_same_bytes_as_one(base: Path) -> None:
    two = on_two_workers(base, "contested", "--format", "json", "--lang", "da")
    for name in ("contested.ndjson", "not_replayed.ndjson", "rejected.ndjson", "summary.json"):
        assert (two.folder / name).read_bytes() == (base / "out" / name).read_bytes()
    assert (two.exit_code, json.loads(two.stdout)) == (0, two.summary)


def test_what_is_contested_that_is_resumed_shows_its_summary_in_danish(base: Path) -> None:
    again = on_members(base, "contested", "--resume", lang="da")
    assert "\nHvad hver anden fortolkning ændrer\n" in again.stdout


@pytest.mark.parametrize("profile", [None, "member"])
def test_the_rows_are_what_compare_says_of_each_member(tmp_path: Path, profile: ProfileName | None) -> None:
    records, header = generate(tmp_path, 24, seed=8)
    found = on_members(tmp_path, "contested", *(["--profile", profile] if profile else []))
    compared = [compare(scenario(record, header), choice=TermsChoice(profile=profile)) for record in records]
    assert found.rows("contested")
    assert list(map(shortly, found.rows("contested"))) == [
        plain for line, each in enumerate(compared, start=1) for plain in plainly(line, each)
    ]
    assert found.rows("not_replayed") == []


def shortly(row: Row) -> Row:
    """What a row and `compare` both say."""
    return {
        **{name: row[name] for name in ("line", "point", "reading")},
        "ends": [(each["ends_on_before"], each["ends_on_after"]) for each in row["subscriptions"]],
        **{name: (row[f"{name}_before"], row[f"{name}_after"]) for name in ("charged", "refunded", "interest")},
    }


def plainly(line: int, comparison: Comparison) -> list[Row]:
    """The same of each other reading of a comparison."""
    own, rows = comparison.result.to_dict(), []
    for other in (each.to_dict() for each in comparison.others):
        ends = zip(own["ends"], other["outcome"]["ends"], strict=True)
        rows.append(
            {
                "line": line,
                "point": other["point"],
                "reading": other["reading"],
                "ends": [(before["ends_on"], after["ends_on"]) for before, after in ends],
                **{name: (own[name], other["outcome"][name]) for name in ("charged", "refunded", "interest")},
            }
        )
    return rows
