"""Two more invented policies, a rowing club's and a car park's, that run by their files alone."""

from pathlib import Path

import pytest

import subsim
from subsim.answers.question import case_of
from subsim.basics.dates import Day
from subsim.retention.report import Held, Retention
from subsim.retention.retention import retention

POLICIES = Path(__file__).parent / "policies"


def asked(policy: str, *events: str, on: str, readings: str = "", settings: str = "") -> Retention:
    timeline = "".join(f"- {{{event}}}\n" for event in events)
    text = (
        f"scenario: s\nretention: {{policy: {POLICIES / policy}.yaml, settings: {{{settings}}}}}\n"
        f"readings: {{{readings}}}\nuntil: {on}\ntimeline:\n{timeline}"
    )
    return retention(case_of(subsim.loads(text)), Day.fromisoformat(on))


def event(date: str, name: str, fields: str = "") -> str:
    return f"date: {date}, event: {name}{fields and ', '}{fields}"


def of(category: str, found: Retention) -> list[Held]:
    return [held for held in found.holdings if held.category == category]


# The club


def test_a_member_is_kept_two_years_from_the_end_of_the_year_in_which_they_left() -> None:
    found = asked(
        "club", event("2020-03-01", "relationship_start"), event("2021-05-31", "relationship_end"), on="2021-06-01"
    )
    (held,) = found.holdings
    assert (held.dispose_by, held.action, held.clause) == (Day(2023, 12, 31), "anonymise", "club.members.1")


@pytest.mark.parametrize(("joins", "by"), [(False, Day(2020, 3, 14)), (True, Day(2023, 12, 31))])
def test_a_guest_is_forgotten_in_six_weeks_unless_they_join(joins: bool, by: Day) -> None:
    joined = [event("2020-03-01", "relationship_start"), event("2021-05-31", "relationship_end")] if joins else []
    (held,) = of("guests", asked("club", event("2020-02-01", "contact"), *joined, on="2021-06-01"))
    assert held.dispose_by == by


WITHDRAWN = (
    event("2020-05-01", "consent_given", "purpose: photos"),
    event("2020-06-01", "data_registered", "category: photos, id: regatta"),
    event("2020-07-15", "consent_withdrawn", "purpose: photos"),
)


def test_where_a_policy_is_silent_the_statute_ends_the_use_of_what_rests_on_consent() -> None:
    (before,) = asked("club", *WITHDRAWN[:2], on="2020-07-15").holdings
    (after,) = asked("club", *WITHDRAWN, on="2020-07-15").holdings
    assert (before.use_ends_on, before.dispose_by) == (None, Day(2025, 6, 1))
    # 15 August 2020 is a Saturday
    assert (after.use_ends_on, after.dispose_by, after.clause) == (Day(2020, 7, 15), Day(2020, 8, 17), "gdpr.17-1")


def test_without_the_statute_nothing_ends_the_use(tmp_path: Path) -> None:
    text = (POLICIES / "club.yaml").read_text(encoding="utf-8").replace("statutes: [gdpr, bfl]", "statutes: [bfl]")
    (tmp_path / "club.yaml").write_text(text, encoding="utf-8")
    (held,) = asked(str(tmp_path / "club"), *WITHDRAWN, on="2020-07-15").holdings
    assert (held.use_ends_on, held.dispose_by) == (None, Day(2025, 6, 1))


@pytest.mark.parametrize(("paid", "until"), [("2020-06-30", Day(2025, 7, 1)), ("2020-07-01", Day(2026, 7, 1))])
def test_dues_are_kept_by_the_clubs_own_financial_year(paid: str, until: Day) -> None:
    (held,) = asked("club", event(paid, "data_registered", "category: dues"), on="2020-12-31").holdings
    assert (held.retain_until, held.dispose_by) == (until, until)


@pytest.mark.parametrize(("opened", "by"), [("2020-07-01", Day(2020, 9, 1)), ("2020-07-02", Day(2020, 7, 1))])
def test_a_case_about_damage_keeps_the_log_if_it_begins_in_time(opened: str, by: Day) -> None:
    events = event("2020-06-01", "activity"), event(opened, "dispute_opened", "id: oar")
    (held,) = asked("club", *events, event("2020-09-01", "dispute_closed", "id: oar"), on="2020-10-01").holdings
    assert held.dispose_by == by


@pytest.mark.parametrize(
    ("risk", "duties"), [("false", ["notify_authority"]), ("true", ["notify_authority", "notify_members"])]
)
def test_a_breach_is_told_those_concerned_where_the_risk_is_high(risk: str, duties: list[str]) -> None:
    breach = event("2020-02-28", "data_breach", f"high_risk: {risk}")
    found = asked("club", event("2020-01-01", "relationship_start"), breach, on="2020-02-28")
    assert [each.duty for each in found.duties] == duties


# The car park


@pytest.mark.parametrize(
    ("second", "by"), [("2021-03-02", ["2021-03-04"]), ("2021-03-03", ["2021-03-03", "2021-03-05"])]
)
def test_a_plate_seen_again_on_its_last_day_is_another_one(second: str, by: list[str]) -> None:
    found = asked("parking", event("2021-03-01", "activity"), event(second, "activity"), on="2021-03-03")
    assert [str(held.dispose_by) for held in found.holdings] == by


TICKET = event("2021-01-31", "data_registered", "category: tickets, id: one")


@pytest.mark.parametrize(
    ("reading", "emptied", "by", "not_before", "status"),
    [
        ("six-months", "null", Day(2021, 7, 31), None, "held"),
        ("emptying", "12-01", Day(2021, 12, 1), None, "held"),
        ("emptying", "07-31", Day(2021, 7, 31), None, "held"),
        ("emptying", "null", None, Day(2021, 7, 31), "unclear"),
        ("some-time", "12-01", None, None, "unclear"),
    ],
)
def test_a_point_may_have_three_readings(
    reading: str, emptied: str, by: Day | None, not_before: Day | None, status: str
) -> None:
    readings, settings = f"parking.tickets: {reading}", f"emptied_on: {emptied}"
    (held,) = asked("parking", TICKET, on="2021-02-01", readings=readings, settings=settings).holdings
    assert (held.dispose_by, held.not_before, held.status) == (by, not_before, status)
    assert held.retain_until == Day(2021, 4, 30)


TENANT = event("2020-02-01", "relationship_start"), event("2021-04-30", "relationship_end")


def test_a_tenant_is_inactive_and_unclear_until_they_ask() -> None:
    (held,) = asked("parking", *TENANT, on="2021-05-02").holdings
    assert (held.inactive_on, held.dispose_by, held.status) == (Day(2021, 4, 30), None, "inactive")


def test_an_answer_of_the_policy_alone_is_moved_and_extended_by_its_own_numbers() -> None:
    request = event("2021-05-03", "data_request", "right: erasure")
    extended = event("2021-05-25", "request_extended", "request: erasure")
    # 3 weeks: 24 May 2021, Whit Monday; 2 months: 3 July 2021, a Saturday
    days = []
    for events in ((request,), (request, extended)):
        found = asked("parking", *TENANT, *events, on="2021-05-25")
        days.append((found.requests[0].answer_by, found.holdings[0].dispose_by, found.requests[0].statute_by))
    assert days == [
        (Day(2021, 5, 25), Day(2021, 5, 25), None),
        (Day(2021, 7, 5), Day(2021, 7, 5), None),
    ]


def test_the_tenants_visitors_go_with_them_and_not_by_the_tenants_request() -> None:
    visitor = event("2020-03-01", "data_registered", "category: visitors, id: aunt")
    request = event("2021-04-01", "data_request", "right: erasure")
    found = asked("parking", TENANT[0], visitor, request, TENANT[1], on="2021-04-30")
    (held,) = of("visitors", found)
    assert (held.status, held.dispose_by, held.clause) == ("due", Day(2021, 4, 30), "parking.visitors.1")
