"""`subsim portfolio compare`: who ends sooner or later, pays more or less, and gains or loses a way out."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import subsim
from subsim.answers.can_cancel import answer_of
from subsim.answers.question import case_of
from subsim.basics.dates import Day
from subsim.files.scenario import Scenario
from tests.support.portfolios import (
    BASIS,
    PRICES,
    UNTIL,
    Results,
    Row,
    announced,
    generate,
    on_members,
    on_two_workers,
    results,
    scenario,
)

AS_IT_IS = PRICES + UNTIL
DEARER = AS_IT_IS + announced("2020-09-01 announce_price_change prices: {basis: 159.00}, effective: 2020-11-01")
"""Who is on `basis` may leave on 1 November, by a notice until 29 October."""

STAYS = [BASIS]
LEAVES = [BASIS, "2020-09-20 give_notice"]
"""20 September + 30 = 20 October; the quarter turns on 15 January 2021. Through the rise it is 1 November 2020."""
JOINS = ["2020-09-05 sign_up package: basis"]
"""447.00 a quarter on the 5th; knows of the rise, so pays 477.00 from 5 December and may not leave through it."""
OTHER = ["2020-01-15 sign_up package: family"]
"""897.00 a quarter, which does not change."""
ON_GROUND = [BASIS, "2020-09-10 give_notice ground: price_change"]
ALL = STAYS, LEAVES, JOINS, OTHER, ON_GROUND


def compared(folder: Path, before: str, after: str, *members: list[str], more: str = "") -> Results:
    """What comes of these members before and after."""
    return results(folder, "compare", {"before": before, "after": after}, *members, more=more)


@pytest.fixture(scope="module")
def rise(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A rise compared with none."""
    return compared(tmp_path_factory.mktemp("rise"), AS_IT_IS, DEARER, *ALL)


@pytest.fixture(scope="module")
def no_rise(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The same the other way round."""
    return compared(tmp_path_factory.mktemp("no-rise"), DEARER, AS_IT_IS, *ALL)


def row(found: Results, line: int) -> Row:
    """The differences of the member in a line."""
    return next(each for each in found.rows("differences") if each["line"] == line)


def end(found: Results, line: int) -> Row:
    """The end of that member's only subscription."""
    (subscription,) = row(found, line)["subscriptions"]
    assert isinstance(subscription, dict)
    return subscription


def charged(found: Results, line: int) -> tuple[str, str, str]:
    """What is charged before and after, and the change."""
    each = row(found, line)
    return each["charged_before"], each["charged_after"], each["charged_change"]


# Each member


def test_only_members_for_whom_something_differs_have_a_row(rise: Results) -> None:
    assert [each["line"] for each in rise.rows("differences")] == [1, 2, 3, 5]


def test_who_stays_pays_the_rise_from_his_next_due_date(rise: Results, no_rise: Results) -> None:
    assert charged(rise, 1) == ("1788.00", "1808.00", "20.00")
    assert charged(no_rise, 1) == ("1808.00", "1788.00", "-20.00")


def test_who_leaves_through_the_rise_ends_sooner_and_pays_less(rise: Results) -> None:
    assert end(rise, 2) == {
        "id": "main",
        "registered_on": "2020-01-15",
        "signed_up": "both",
        "ends_on_before": "2021-01-15",
        "ends_on_after": "2020-11-01",
        "days": -75,
        "reason_before": None,
        "reason_after": "price_change",
    }
    assert charged(rise, 2) == ("1788.00", "1490.00", "-298.00")
    assert row(rise, 2)["days_apart"] == 75


def test_without_the_rise_he_ends_later_and_pays_more(no_rise: Results) -> None:
    assert end(no_rise, 2)["days"] == 75
    assert charged(no_rise, 2) == ("1490.00", "1788.00", "298.00")
    assert row(no_rise, 2)["days_apart"] == 75


def test_a_notice_that_only_the_rise_allows_ends_the_subscription_after_and_is_refused_before(rise: Results) -> None:
    assert (end(rise, 5)["ends_on_before"], end(rise, 5)["ends_on_after"], end(rise, 5)["days"]) == (
        None,
        "2020-11-01",
        None,
    )
    (refused,) = row(rise, 5)["refused"]
    assert (refused["only"], refused["date"], refused["event"]) == ("before", "2020-09-10", "give_notice")
    assert refused["clause"] == "prisaendringer.2"


def test_all_amounts_stand_beside_one_another(rise: Results) -> None:
    amounts = {key: value for key, value in row(rise, 1).items() if key.endswith(("_before", "_after", "_change"))}
    dearer, nothing = ("1788.00", "1808.00", "20.00"), ("0.00", "0.00", "0.00")
    sums = {"charged": dearer, "paid": dearer}
    sums |= dict.fromkeys(("refunded", "adjusted", "owed", "interest"), nothing)
    assert amounts == {
        f"{name}_{when}": amount
        for name, three in sums.items()
        for when, amount in zip(("before", "after", "change"), three, strict=True)
    }


# Ways out


def test_a_rise_is_a_way_out_gained_on_the_day_of_its_announcement(rise: Results, no_rise: Results) -> None:
    gained = {"date": "2020-09-01", "subscription": "main", "gained": ["price_change"], "lost": []}
    lost = {"date": "2020-09-01", "subscription": "main", "gained": [], "lost": ["price_change"]}
    assert (row(rise, 1)["ways_out"], row(no_rise, 1)["ways_out"]) == ([gained], [lost])


def test_who_joins_later_knows_of_the_rise_and_gains_none(rise: Results) -> None:
    assert row(rise, 3)["ways_out"] == []


def test_who_has_given_notice_for_a_sooner_end_gains_none(tmp_path: Path) -> None:
    # 20 August + 30 = 19 September; the quarter turns on 15 October, before the rise
    found = compared(tmp_path, AS_IT_IS, DEARER, [BASIS, "2020-08-20 give_notice"])
    assert found.rows("differences") == []


def test_who_has_given_notice_for_a_later_end_gains_one(tmp_path: Path) -> None:
    found = compared(tmp_path, AS_IT_IS, DEARER, [BASIS, "2020-08-20 give_notice wanted_end: 2020-12-01"])
    assert row(found, 1)["ways_out"][0]["gained"] == ["price_change"]


def test_whose_notice_stands_in_one_only_has_not_lost_the_ways_that_come_later(tmp_path: Path) -> None:
    # as 5 October ends: a notice stands for 1 November after, none before, and the ordinary one would end on 15 January
    until = "until: 2020-10-05\n"
    later = DEARER.replace(UNTIL, until), (PRICES + until)
    found = compared(tmp_path, later[1], later[0], ON_GROUND)
    assert [each["date"] for each in row(found, 1)["ways_out"]] == ["2020-09-01"]


def test_the_ways_out_are_compared_on_the_last_day_too(tmp_path: Path) -> None:
    by_phone = ["2020-12-28 sign_up package: basis, channel: phone"]
    found = compared(tmp_path, AS_IT_IS, AS_IT_IS + "readings: {withdrawal-channel: distance}\n", by_phone)
    gained = {"date": "2020-12-31", "subscription": "main", "gained": ["withdrawal"], "lost": []}
    assert row(found, 1)["ways_out"] == [gained]
    assert found.summary["routes"] == [{"route": "withdrawal", "gained": 1, "lost": 0}]


def test_a_subscription_that_only_one_header_accepts_is_counted_apart(tmp_path: Path) -> None:
    # three months cost 447.00: the failed credit assessment matters only where it is asked for from 400.00 on
    member = ["2020-01-15 sign_up package: basis, credit_check: failed"]
    strict = AS_IT_IS + "numbers: {credit-check-over: 400.00}\n"
    found = compared(tmp_path, AS_IT_IS, strict, member)
    assert (end(found, 1)["signed_up"], charged(found, 1)) == ("before", ("1788.00", "0.00", "-1788.00"))
    assert found.summary["ends"]["no_longer_signed_up"] == 1
    assert row(found, 1)["ways_out"] == []


# The sums


def test_the_sums_of_a_rise(rise: Results) -> None:
    assert (rise.exit_code, rise.rows("rejected")) == (0, [])
    summary = rise.summary
    assert summary["until"] == "2020-12-31"
    assert (summary["records"], summary["rejected"], summary["compared"], summary["unchanged"]) == (5, 0, 5, 1)
    assert summary["ends"] == {
        "sooner": 1,
        "later": 0,
        "now_ending": 1,
        "no_longer_ending": 0,
        "now_signed_up": 0,
        "no_longer_signed_up": 0,
    }
    assert summary["charged"] == {
        "more": {"members": 2, "amount": "50.00"},
        "less": {"members": 2, "amount": "596.00"},
    }
    assert summary["ways_out"] == {"gained": 3, "lost": 0}
    assert summary["routes"] == [{"route": "price_change", "gained": 3, "lost": 0}]
    # before 2 × 1788.00 + 894.00 + 3588.00 + 1788.00; after 1808.00 + 1490.00 + 924.00 + 3588.00 + 1490.00
    assert summary["totals"]["charged"] == {"before": "9846.00", "after": "9300.00", "change": "-546.00"}


def test_the_sums_of_no_rise_are_the_other_way_round(no_rise: Results) -> None:
    summary = no_rise.summary
    assert (summary["ends"]["later"], summary["ends"]["no_longer_ending"], summary["ends"]["sooner"]) == (1, 1, 0)
    assert summary["ways_out"] == {"gained": 0, "lost": 3}
    assert summary["charged"]["less"] == {"members": 2, "amount": "50.00"}


def test_the_most_affected_come_first_by_what_is_charged_then_by_days_then_by_line(rise: Results) -> None:
    most = rise.summary["most_affected"]
    assert [(each["line"], each["charged_change"], each["days_apart"]) for each in most] == [
        (2, "-298.00", 75),
        (5, "-298.00", 0),
        (3, "30.00", 0),
        (1, "20.00", 0),
    ]


def test_no_more_than_ten_are_listed(tmp_path: Path) -> None:
    found = compared(tmp_path, AS_IT_IS, DEARER, *[STAYS] * 11)
    assert [each["line"] for each in found.summary["most_affected"]] == list(range(1, 11))


def test_a_header_compared_with_itself_changes_nothing(tmp_path: Path) -> None:
    found = compared(tmp_path, DEARER, DEARER, *ALL)
    assert (found.summary["unchanged"], found.rows("differences")) == (5, [])


# The headers


def test_the_earlier_of_two_last_days_is_the_last_replayed(tmp_path: Path) -> None:
    found = compared(tmp_path, AS_IT_IS, DEARER.replace("2020-12-31", "2020-11-30"), STAYS)
    assert found.summary["until"] == "2020-11-30"
    assert charged(found, 1) == ("1639.00", "1649.00", "10.00")


def test_a_reading_of_the_command_line_holds_for_both_headers(tmp_path: Path) -> None:
    # at the end of a billing period: 15 October both before and after, and so sooner than the rise
    found = compared(tmp_path, AS_IT_IS, DEARER, LEAVES, more="--reading ordinary-notice=period-end")
    assert (row(found, 1)["days_apart"], row(found, 1)["charged_change"]) == (0, "0.00")


def test_headers_with_other_packages_are_not_compared(tmp_path: Path) -> None:
    found = compared(tmp_path, "prices: {basis: 149.00, mini: 99.00}\n" + UNTIL, DEARER, STAYS)
    assert (found.exit_code, found.stderr) == (
        2,
        "the headers must have the same packages, but only one of them has a price for family and mini: "
        "add the price to the other\n",
    )
    assert not found.folder.exists()


def test_the_faults_of_the_other_header_are_shown_in_their_places(tmp_path: Path) -> None:
    found = compared(tmp_path, AS_IT_IS, PRICES, STAYS)
    assert found.exit_code == 2
    assert f"{tmp_path / 'after.yaml'}:1:1: a header lacks the field 'until'" in found.stderr


def test_the_header_beside_the_members_is_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "header.yaml").write_text(AS_IT_IS)
    found = results(tmp_path, "compare", {"after": DEARER}, STAYS)
    assert charged(found, 1) == ("1788.00", "1808.00", "20.00")


def test_a_member_who_can_be_replayed_under_one_header_only_is_rejected_with_the_reason(tmp_path: Path) -> None:
    again = [*ON_GROUND, "2020-11-20 sign_up package: family"]
    reason = "event 3: the subscription 'main' is signed up again while it is live (sign up another id, or end this"
    before = compared(tmp_path / "before", AS_IT_IS, DEARER, again, STAYS)
    after = compared(tmp_path / "after", DEARER, AS_IT_IS, again, STAYS)
    assert (before.exit_code, after.exit_code) == (1, 1)
    assert before.rows("rejected")[0]["reason"].startswith(reason)
    assert after.rows("rejected")[0]["reason"].startswith(f"under the header after: {reason}")
    assert [each["line"] for each in (*before.rows("differences"), *after.rows("differences"))] == [2, 2]


# What people read


def test_the_tables_say_how_many_and_how_much(rise: Results) -> None:
    assert rise.stdout.startswith(
        """\
5 records replayed until 31 December 2020, 0 of them rejected.

5 members compared; for 1 of them nothing changes.

Members for whom something changes
what changes     members     kr.
---------------  -------  ------
is charged more        2   50.00
is charged less        2  596.00
"""
    )


# A draft of terms

DRAFT = "numbers: {notice-days: 14}\nreadings: {ordinary-notice: thirty-days}\n"
"""A notice of 20 September then ends it on 4 October."""


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The terms in force compared with a draft, under one header."""
    folder = tmp_path_factory.mktemp("draft")
    (folder / "draft.yaml").write_text(DRAFT)
    (folder / "header.yaml").write_text(AS_IT_IS)
    return results(folder, "compare", {}, STAYS, LEAVES, OTHER, more=f"--terms {folder / 'draft.yaml'}")


def test_a_draft_of_terms_is_compared_with_the_terms_in_force(draft: Results) -> None:
    assert (draft.exit_code, draft.summary["compared"], draft.summary["unchanged"]) == (0, 3, 2)
    assert end(draft, 2) == {
        "id": "main",
        "registered_on": "2020-01-15",
        "signed_up": "both",
        "ends_on_before": "2021-01-15",
        "ends_on_after": "2020-10-04",
        "days": -103,
        "reason_before": None,
        "reason_after": "ordinary",
    }
    assert charged(draft, 2) == ("1788.00", "1341.00", "-447.00")


def test_a_change_that_a_draft_announces_is_compared_with_none(tmp_path: Path) -> None:
    change = "date: 2020-08-01, event: announce_terms_change, effective: 2020-09-20, material: false"
    (tmp_path / "draft.yaml").write_text(f"announcements:\n  - {{{change}, {DRAFT.replace(chr(10), ', ')[:-2]}}}\n")
    (tmp_path / "header.yaml").write_text(AS_IT_IS)
    earlier = [BASIS, "2020-09-19 give_notice"]
    found = results(tmp_path, "compare", {}, LEAVES, earlier, more=f"--terms {tmp_path / 'draft.yaml'}")
    assert [(each["line"], each["charged_change"]) for each in found.rows("differences")] == [
        (1, "-447.00"),
        (2, "0.00"),
    ]
    assert row(found, 2)["ways_out"] == [
        {"date": "2020-12-31", "subscription": "main", "gained": ["ordinary"], "lost": []}
    ]


def test_a_header_may_name_the_file_of_its_terms(tmp_path: Path) -> None:
    tmp_path.joinpath("draft.yaml").write_text(DRAFT)
    found = compared(tmp_path, AS_IT_IS, AS_IT_IS + "terms: draft.yaml\n", LEAVES)
    assert charged(found, 1) == ("1788.00", "1341.00", "-447.00")
    on_top = AS_IT_IS + "terms: draft.yaml\nreadings: {ordinary-notice: quarterly}\n"
    assert (
        compared(tmp_path / "on-top", AS_IT_IS, on_top.replace("draft", "../draft"), LEAVES).summary["unchanged"] == 0
    )


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (
            "kabelplus-2020",
            "terms is 'kabelplus-2020', expected kabelplus-2019-10-30\nor a file of terms, which ends in",
        ),
        ("none.yaml", "the file cannot be read: No such file or directory"),
        ("bad.yaml", "bad.yaml:1:24: notice-days is '3661': at most 3660 days"),
    ],
)
def test_terms_that_a_header_cannot_have_are_told(terms: str, said: str, tmp_path: Path) -> None:
    tmp_path.joinpath("bad.yaml").write_text("numbers: {notice-days: 3661}\n")
    found = compared(tmp_path, AS_IT_IS, f"{AS_IT_IS}terms: {terms}\n", LEAVES)
    assert found.exit_code == 2
    assert said.partition("\n")[0] in found.stderr
    assert said.partition("\n")[2] in found.stderr


def test_without_another_header_and_without_terms_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    found = results(tmp_path, "compare", {"before": AS_IT_IS}, LEAVES)
    assert (found.exit_code, found.stderr.splitlines()[-1]) == (
        2,
        "Error: name what is compared with: --after, or --terms",
    )


# As generated


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 80 generated members, and what a comparison of them gives in `out`: without the last rise."""
    folder = tmp_path_factory.mktemp("generated")
    _, header = generate(folder, 80, seed=11)
    after = header | {"announcements": header["announcements"][:-1], "readings": OTHER_READINGS}
    (folder / "after.yaml").write_text(json.dumps(after))
    assert on_members(folder, "compare", "--after", folder / "after.yaml").exit_code == 0
    return folder


OTHER_READINGS = {"ordinary-notice": "thirty-days", "withdrawal-channel": "distance"}


def test_two_workers_give_the_same_bytes_as_one(base: Path) -> None:
    two = on_two_workers(base, "compare", "--after", base / "after.yaml", "--format", "json", "--lang", "da")
    for name in ("differences.ndjson", "rejected.ndjson", "summary.json"):
        assert (two.folder / name).read_bytes() == (base / "out" / name).read_bytes()
    assert (two.exit_code, json.loads(two.stdout)) == (0, two.summary)


def test_a_comparison_that_is_resumed_shows_its_summary_in_danish(base: Path) -> None:
    again = on_members(base, "compare", "--after", base / "after.yaml", "--resume", lang="da")
    assert "\n80 medlemmer sammenlignet; for " in again.stdout
    assert "\nOpsigelsesmuligheder, der kommer til eller falder bort\n" in again.stdout


def test_the_differences_are_those_of_two_plain_replays(base: Path) -> None:
    headers = [yaml.load((base / name).read_text(), yaml.BaseLoader) for name in ("header.yaml", "after.yaml")]
    rows = {row["line"]: row for row in map(json.loads, (base / "out" / "differences.ndjson").open())}
    records = list(map(json.loads, (base / "members.ndjson").open()))
    sampled = {line: plainly(*(scenario(records[line - 1], header) for header in headers)) for line in range(1, 81, 3)}
    assert {line: shortly(rows[line]) for line in sampled if line in rows} == {
        line: plain for line, plain in sampled.items() if something_differs(plain)
    }
    assert 0 < len(rows.keys() & sampled.keys()) < len(sampled)


WHEN = "before", "after"
DAYS = [Day(2020, 9, 1), Day(2021, 4, 1), Day(2021, 9, 1), Day(2022, 9, 1), Day(2022, 12, 31)]
"""The days of the announcements, and the last."""


def shortly(row: Row) -> Row:
    """A row in the order of what plain replays say."""
    sums = ("charged", "paid", "refunded", "adjusted", "owed", "interest")
    return {
        "ends": [[(each["id"], each[f"ends_on_{when}"]) for each in row["subscriptions"]] for when in WHEN],
        "totals": [{name: row[f"{name}_{when}"] for name in sums} for when in WHEN],
        "refused": [
            {(each["date"], each["event"]) for each in row["refused"] if each["only"] == when} for when in WHEN
        ],
        "ways_out": [
            (each["date"], each["subscription"], set(each["gained"]), set(each["lost"])) for each in row["ways_out"]
        ],
    }


def plainly(before: Scenario, after: Scenario) -> Row:
    """What two plain replays say."""
    outcomes = [subsim.replay(told).to_dict() for told in (before, after)]
    refused = [{(each["date"], each["event"]) for each in outcome["refused"]} for outcome in outcomes]
    return {
        "ends": [
            [(each["id"], each["ended_on"] or each["ends_on"]) for each in it["subscriptions"]] for it in outcomes
        ],
        "totals": [outcome["totals"] for outcome in outcomes],
        "refused": [refused[0] - refused[1], refused[1] - refused[0]],
        "ways_out": [changed for day in DAYS for changed in plain_ways_out(before, after, day)],
    }


def something_differs(plain: Row) -> bool:
    """Whether the two replays say different things."""
    return bool(plain["ways_out"]) or any(
        one != other for one, other in (plain["ends"], plain["totals"], plain["refused"])
    )


def plain_ways_out(before: Scenario, after: Scenario, day: Day) -> Iterator[tuple[str, str, set[str], set[str]]]:
    """Of each subscription that is live in both, the ways out that `can-cancel` has open in one and not in the other,
    but for those that end it no sooner than what stands in either.
    """
    told = [subsim.replay(each, until=day) for each in (before, after)]
    live = [{each.id: each for each in outcome.subscriptions if each.ended_on is None} for outcome in told]
    for name in filter(live[1].__contains__, live[0]):
        standing = min(each[name].ends_on or Day.max for each in live)
        answers = [answer_of(case_of(each).play(day), name, day) for each in (before, after)]
        had, has = ({way.route for way in each.routes if (way.ends_on or Day.max) < standing} for each in answers)
        if had != has:
            yield str(day), name, set(has - had), set(had - has)
