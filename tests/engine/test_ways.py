import pytest

import subsim
from subsim.basics.dates import Day
from subsim.basics.enumerations import EndReason, Route
from subsim.engine.changes import CHANGES
from subsim.engine.timeline import play
from subsim.engine.ways import WAYS, exits_of, is_pending, is_withdrawal, open_ways, pending, sooner_routes, ways_out
from subsim.membership.changes import Change
from subsim.membership.ways import Exit
from subsim.terms.readings import Readings, with_choices
from subsim.terms.terms import Terms
from tests.support.story import ANNA, INVOICED, MONTHLY, SHOP, Story, story

ROUTES = ["withdrawal", "trial", "price_change", "service_change", "terms_change", "ordinary"]


# The rows


def test_the_rows_stand_in_the_order_of_the_table() -> None:
    assert [way.route for way in story(ANNA).ask("2020-02-01").routes] == ROUTES


@pytest.mark.parametrize(
    ("route", "clauses"),
    [
        ("withdrawal", ("fortrydelse.1", "fortrydelse.2", "fortrydelse.3")),
        ("trial", ("proevetilbud.2",)),
        ("price_change", ("prisaendringer.2", "opsigelse.2a")),
        ("service_change", ("proevetilbud.5", "opsigelse.2b")),
        ("terms_change", ("aendringer.3", "opsigelse.2c")),
        ("ordinary", ("betaling.5", "opsigelse.1a", "opsigelse.2d")),
    ],
)
def test_a_row_cites_the_clauses_of_the_table_whether_open_or_closed(route: Route, clauses: tuple[str, ...]) -> None:
    assert {way.route: way.clauses for way in story(ANNA).ask("2020-02-01").routes}[route] == clauses


def test_a_closed_row_has_no_end_and_no_money() -> None:
    row = story(ANNA).ask("2020-02-01").routes[0].to_dict()
    assert {key: row[key] for key in ("open", "ends_on", "give_notice_by", "refund", "still_to_pay")} == {
        "open": False,
        "ends_on": None,
        "give_notice_by": None,
        "refund": None,
        "still_to_pay": None,
    }


def test_every_row_says_why() -> None:
    assert all(way.to_dict()["because"] for way in story(ANNA).ask("2020-02-01").routes)


@pytest.mark.parametrize(("on", "row"), [("2020-01-29", "2020-01-29 by 2020-01-29"), ("2020-01-30", "closed")])
def test_the_row_of_withdrawal_ends_at_once_and_names_its_last_day(on: str, row: str) -> None:
    assert story(ANNA).row("withdrawal", on) == row


def test_while_the_confirmation_is_pending_the_withdrawal_has_no_last_day() -> None:
    told = story(f"{ANNA}, confirmation: pending", until="2020-06-01")
    assert told.row("withdrawal", "2020-06-01") == "2020-06-01 by None"


def test_the_ordinary_row_has_no_last_day() -> None:
    assert story(ANNA).row("ordinary", "2020-08-01") == "2020-10-15 by None"


@pytest.mark.parametrize("on", ["2020-01-14", "2020-02-14"])
def test_the_trial_row_is_closed_outside_a_trial(on: str) -> None:
    assert story(f"{ANNA}, trial_days: 30").row("trial", on) == "closed"


def test_in_a_trial_the_ordinary_row_is_closed() -> None:
    assert story(f"{ANNA}, trial_days: 30").row("ordinary", "2020-02-01") == "closed"


# The money of a row


def refund_of(*events: str, on: str) -> str:
    return str(story(*events, until=on).ask(on).routes[0].to_dict()["refund"])


def test_a_withdrawal_would_refund_what_was_paid_for_periods_and_upgrades() -> None:
    events = (ANNA, "2020-01-16 change_package to: family", "2020-01-17 buy item: film, amount: 49.00")
    assert refund_of(*events, on="2020-01-20") == "897.00"


def test_a_withdrawal_refunds_nothing_where_nothing_was_paid() -> None:
    assert refund_of(INVOICED, on="2020-01-20") == "0.00"


def test_no_other_row_refunds_anything() -> None:
    told = story(ANNA, "2020-08-01 announce_terms_change effective: 2020-09-15", until="2020-08-01")
    assert {way.refund for way in told.ask("2020-08-02").routes if way.open} == {0}


@pytest.mark.parametrize(("on", "amount"), [("2020-04-14", "447.00"), ("2020-04-15", "0.00")])
def test_still_to_pay_are_the_periods_after_the_day_and_before_the_end(on: str, amount: str) -> None:
    # the end is 2020-07-15
    assert story(SHOP).still_to_pay("ordinary", on) == amount


def test_with_monthly_billing_every_month_until_the_end_is_still_to_pay() -> None:
    # 2020-08-01: the periods of 15 August and 15 September
    assert story(MONTHLY).still_to_pay("ordinary", "2020-08-01") == "298.00"


def test_withdrawal_and_trial_cost_nothing_more() -> None:
    told = story(f"{ANNA}, trial_days: 30")
    assert (told.still_to_pay("withdrawal", "2020-01-20"), told.still_to_pay("trial", "2020-01-20")) == ("0.00", "0.00")


def test_a_known_rise_is_counted_in_what_is_still_to_pay() -> None:
    told = story(MONTHLY, "2020-07-20 announce_price_change prices: {basis: 169.00}, effective: 2020-09-01")
    # 149.00 on 15 August and 169.00 on 15 September
    assert told.still_to_pay("ordinary", "2020-08-01") == "318.00"


def test_a_rise_not_announced_yet_is_not_counted() -> None:
    told = story(MONTHLY, "2020-08-02 announce_price_change prices: {basis: 169.00}, effective: 2020-09-10")
    assert told.still_to_pay("ordinary", "2020-08-01") == "298.00"


def test_a_pending_downgrade_is_counted_in_what_is_still_to_pay() -> None:
    told = story(SHOP, "2020-02-01 change_package to: mini")
    assert told.still_to_pay("ordinary", "2020-02-01") == "297.00"


@pytest.mark.parametrize(("reading", "amount"), [("full", "447.00"), ("prorated", "77.74")])
def test_the_last_period_is_counted_as_if_the_notice_were_given_that_day(reading: str, amount: str) -> None:
    # 2020-07-01 + 30 days = 2020-07-31; 447.00 × 16 / 92 = 77.739
    told = story(SHOP, under=f"ordinary-notice: thirty-days, final-period: {reading}")
    assert told.still_to_pay("ordinary", "2020-07-01") == amount


def test_a_standing_end_that_is_sooner_bounds_what_is_still_to_pay() -> None:
    told = story(
        f"{MONTHLY}, channel: shop",
        "2020-08-01 announce_terms_change effective: 2020-09-10",
        "2020-08-02 give_notice",
        until="2020-08-02",
    )
    # ordinary: 2020-10-15; the standing end on 2020-09-10 leaves the period of 15 August
    assert told.still_to_pay("ordinary", "2020-08-02") == "149.00"


# The answer


def gist(told: Story, on: str) -> tuple[object, ...]:
    answer = told.ask(on)
    return answer.state, answer.can_cancel, answer.earliest_end and str(answer.earliest_end), answer.route


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2020-01-15", ("bound", True, "2020-01-15", "withdrawal")),
        ("2020-01-29", ("bound", True, "2020-01-29", "withdrawal")),
        ("2020-01-30", ("bound", True, "2020-07-15", "ordinary")),
        ("2020-07-14", ("bound", True, "2020-10-15", "ordinary")),
        ("2020-07-15", ("free", True, "2020-10-15", "ordinary")),
    ],
)
def test_the_answer_is_the_way_that_ends_soonest(on: str, expected: tuple[object, ...]) -> None:
    assert gist(story(ANNA), on) == expected


def test_the_answer_cites_the_clauses_of_its_route() -> None:
    assert story(ANNA).ask("2020-02-01").clauses == ("betaling.5", "opsigelse.1a", "opsigelse.2d")


def test_in_a_trial_the_route_is_the_trials_though_a_withdrawal_would_be_sooner() -> None:
    assert gist(story(f"{ANNA}, trial_days: 30"), "2020-01-20") == ("trial", True, "2020-02-14", "trial")


def test_bound_without_any_way_out_the_member_cannot_cancel() -> None:
    told = story(SHOP, under="notice-in-binding: refused")
    assert gist(told, "2020-07-14") == ("bound", False, None, None)


def test_what_keeps_a_bound_member_is_cited() -> None:
    told = story(SHOP, under="notice-in-binding: refused")
    assert told.ask("2020-07-14").clauses == ("betaling.5", "opsigelse.2")


def test_on_the_day_the_binding_ends_the_member_can_cancel_again() -> None:
    told = story(SHOP, under="notice-in-binding: refused")
    assert gist(told, "2020-07-15") == ("free", True, "2020-10-15", "ordinary")


def test_before_the_sign_up_there_is_no_state_and_no_way_out() -> None:
    told = story(ANNA)
    assert (*gist(told, "2020-01-14"), told.ask("2020-01-14").clauses) == (None, False, None, None, ())


def test_after_a_refused_sign_up_there_is_no_state_either() -> None:
    assert gist(story(f"{ANNA}, service: tv"), "2020-02-01") == (None, False, None, None)


def test_after_the_end_there_is_no_way_out() -> None:
    told = story(ANNA, "2020-01-20 withdraw")
    assert (*gist(told, "2020-01-20"), told.ask("2020-01-20").clauses) == ("ended", False, None, None, ())


def test_after_the_end_every_row_is_closed() -> None:
    told = story(ANNA, "2020-01-20 withdraw")
    assert [way.open for way in told.ask("2020-01-20").routes] == [False] * 6


def test_the_question_is_asked_at_the_end_of_its_date() -> None:
    told = story(ANNA, "2020-08-01 announce_terms_change effective: 2020-09-15", until="2020-08-01")
    assert gist(told, "2020-08-01") == ("free", True, "2020-09-15", "terms_change")


def test_what_happens_later_is_not_known_on_the_date_of_the_question() -> None:
    told = story(ANNA, "2020-08-01 announce_terms_change effective: 2020-09-15", until="2020-08-01")
    assert gist(told, "2020-07-31") == ("free", True, "2020-10-15", "ordinary")


# While a notice stands


def test_a_standing_notice_gives_the_end_and_the_route() -> None:
    told = story(SHOP, "2020-08-01 give_notice")
    assert gist(told, "2020-09-20") == ("ending", True, "2020-10-15", "ordinary")


def test_beside_a_standing_notice_the_rows_are_those_of_a_fresh_one() -> None:
    told = story(SHOP, "2020-08-01 give_notice")
    # 2020-09-20 + 30 days is past 2020-10-15
    assert told.row("ordinary", "2020-09-20") == "2021-01-15 by None"


@pytest.mark.parametrize(
    ("on", "routes"),
    [
        ("2020-01-20", ["withdrawal", "ordinary"]),
        ("2020-01-30", ["ordinary"]),
        # told on 1 March, rises on 1 May, inside the binding and within the costs: 21 days and 7 days' notice
        ("2020-03-22", ["price_change", "ordinary"]),
        ("2020-03-23", ["ordinary"]),
        # told on 20 June, on 1 August after the binding: it is over from then on
        ("2020-07-29", ["price_change", "ordinary"]),
        ("2020-08-01", ["ordinary"]),
        # told on 1 September, on 1 November after the binding: 3 days before it at the latest
        ("2020-10-29", ["price_change", "ordinary"]),
        ("2020-10-30", ["ordinary"]),
        ("2020-11-01", ["ordinary"]),
    ],
)
def test_the_open_ways_are_those_of_the_table_that_are_open(on: str, routes: list[str]) -> None:
    told = story(
        ANNA,
        "2020-03-01 announce_price_change effective: 2020-05-01, grounds: cost, cost_increase: 9.00, "
        "prices: {basis: 155.00}",
        "2020-06-20 announce_price_change effective: 2020-08-01, prices: {basis: 160.00}",
        "2020-09-01 announce_price_change effective: 2020-11-01, prices: {basis: 165.00}",
    )
    day = Day.fromisoformat(on)
    member = play(told.scenario.facts, Terms(), day)
    found = open_ways(member, member.by_id["main"], day)
    assert [way.route for way in found] == routes
    assert found == [way for way in ways_out(member, member.by_id["main"], day) if way.ends_on is not None]


@pytest.mark.parametrize(
    ("standing", "routes"),
    [
        (None, ["withdrawal", "ordinary"]),
        (Day(2020, 7, 16), ["withdrawal", "ordinary"]),
        (Day(2020, 7, 15), ["withdrawal"]),
        (Day(2020, 1, 20), []),
    ],
)
def test_sooner_are_the_open_routes_that_end_before_the_standing_end(standing: Day | None, routes: list[str]) -> None:
    # on 2020-01-20 a withdrawal ends at once, an ordinary notice with the binding on 2020-07-15
    on = Day(2020, 1, 20)
    member = play(story(ANNA).scenario.facts, Terms(), on)
    assert sooner_routes(member, member.by_id["main"], on, standing) == routes


def test_a_row_that_is_sooner_than_the_standing_end_gives_the_route() -> None:
    told = story(
        SHOP, "2020-08-01 give_notice", "2020-08-02 announce_terms_change effective: 2020-09-15", until="2020-08-02"
    )
    assert gist(told, "2020-08-02") == ("ending", True, "2020-09-15", "terms_change")


def test_a_row_of_the_same_end_leaves_the_route_to_the_standing_notice() -> None:
    told = story(
        ANNA, "2020-08-01 announce_terms_change effective: 2020-10-15", "2020-08-02 give_notice ground: ordinary"
    )
    assert gist(told, "2020-08-03") == ("ending", True, "2020-10-15", "ordinary")


def test_kabelplus_own_termination_is_the_route_operator() -> None:
    told = story(SHOP, "2020-08-01 terminate reason: none")
    assert gist(told, "2020-08-01") == ("ending", True, "2020-10-15", "operator")


def test_under_refused_a_standing_end_is_still_an_answer() -> None:
    told = story(SHOP, "2020-02-01 terminate reason: none", under="notice-in-binding: refused")
    assert gist(told, "2020-02-01") == ("ending", True, "2020-07-15", "operator")


# The question and the event


@pytest.mark.parametrize("on", ["2020-01-20", "2020-02-01", "2020-06-20", "2020-08-01", "2020-09-16"])
def test_a_notice_given_that_day_ends_it_as_the_answer_said(on: str) -> None:
    assert story(ANNA, f"{on} give_notice").end == str(story(ANNA).ask(on).earliest_end)


# The other readings


def test_contested_are_the_single_other_readings_that_change_the_answer() -> None:
    told = story(SHOP)
    answer = subsim.can_cancel(told.scenario, told.ask("2020-08-01").date)
    assert [(other.point, other.reading, str(other.earliest_end)) for other in answer.contested] == [
        ("ordinary-notice", "thirty-days", "2020-08-31"),
        ("ordinary-notice", "earliest", "2020-08-31"),
        ("quarter-anchor", "calendar", "2020-10-01"),
    ]


def test_contested_replays_the_whole_history_under_the_other_reading() -> None:
    told = story(SHOP, "2020-03-01 give_notice")
    answer = subsim.can_cancel(told.scenario, told.ask("2020-03-01").date)
    # 2020-03-31 or 2020-04-15 come before the end of the binding, so only these change the answer
    assert [(other.point, other.reading, other.can_cancel, str(other.earliest_end)) for other in answer.contested] == [
        ("quarter-anchor", "calendar", True, "2020-10-01"),
        ("notice-in-binding", "refused", False, "None"),
    ]


# The changes through which a member can leave

OF_EVERY_KIND = (
    ANNA,
    "2020-07-20 change_package to: mini",
    "2020-08-01 announce_price_change effective: 2020-08-10, prices: {basis: 155.00, mini: 109.00}",
    "2020-08-02 announce_price_change effective: 2020-08-15, prices: {basis: 145.00}",
    "2020-08-03 announce_price_change effective: 2020-10-01, prices: {basis: 160.00}",
    "2020-08-04 announce_service_change effective: 2020-11-01, packages: [basis, mini], disadvantage: material",
    "2020-08-05 announce_service_change effective: 2020-11-01, packages: [basis], disadvantage: none",
    "2020-08-06 announce_terms_change effective: 2020-11-01",
)


VOID = Terms(readings=with_choices(Readings(), {"short-price-notice": "void"}))


def changes_under(terms: Terms) -> list[Change]:
    """The changes known on 6 August, in order of announcement."""
    return play(story(*OF_EVERY_KIND).scenario.facts, terms, Day(2020, 8, 6)).by_id["main"].all_changes()


def pending_by_each(terms: Terms) -> tuple[list[tuple[int, str | None]], list[tuple[int, str | None]]]:
    """The changes pending on 6 August, by order and package: asked one by one, and by kind."""
    subscription = play(story(*OF_EVERY_KIND).scenario.facts, terms, Day(2020, 8, 6)).by_id["main"]
    one_by_one = [each for each in subscription.all_changes() if is_pending(subscription, each)]
    by_kind = [each for kind in CHANGES for each in pending(subscription, kind)]
    return [(each.order, each.package) for each in one_by_one], [(each.order, each.package) for each in by_kind]


def test_pending_are_the_changes_of_the_package_in_force_and_the_terms_that_are_not_overtaken() -> None:
    found = [(1, "basis"), (2, "basis"), (3, "basis"), (5, None)]
    assert pending_by_each(Terms()) == (found, found)


def test_a_rise_that_never_takes_effect_is_not_pending() -> None:
    found = [(1, "basis"), (2, "basis"), (3, "basis"), (5, None)]
    assert pending_by_each(VOID) == (found, found)


def test_a_change_lets_free_members_out_until_the_day_before_it_and_bound_ones_for_21_days() -> None:
    assert exits_of(changes_under(Terms())[-1]) == [
        Exit(Day(2020, 11, 1), Day(2020, 10, 31)),
        Exit(Day(2020, 11, 1), Day(2020, 8, 27), is_bound=True),
    ]


def test_before_the_effect_a_bound_member_must_give_7_days_notice_of_it() -> None:
    before_effect = Terms(readings=with_choices(Readings(), {"bound-exit-window": "before-effect"}))
    of_price = changes_under(before_effect)[0]
    assert exits_of(of_price) == [
        Exit(Day(2020, 8, 31), Day(2020, 8, 28)),
        Exit(Day(2020, 8, 31), Day(2020, 8, 22), is_bound=True),
    ]


def test_a_change_that_never_takes_effect_lets_nobody_out() -> None:
    assert exits_of(changes_under(VOID)[0]) == []


def test_of_two_exits_of_one_day_the_way_is_that_of_the_change_announced_first() -> None:
    told = "announce_price_change grounds: cost, cost_increase: 9.00, prices:"
    bound = story(
        ANNA,
        f"2020-02-01 {told} {{basis: 151.00}}, effective: 2020-02-03",
        f"2020-02-02 {told} {{basis: 153.00}}, effective: 2020-02-04",
    )
    # 7 days' notice ends both on 17 February; the first was told of 21 days before 22 February
    assert bound.row("price_change", "2020-02-10") == "2020-02-17 by 2020-02-22"


@pytest.mark.parametrize(
    ("reason", "withdrawn"),
    [("withdrawal", True), ("ordinary", False), ("misuse", False), ("operator", False), (None, False)],
)
def test_only_an_end_by_withdrawal_is_one(reason: EndReason | None, withdrawn: bool) -> None:
    assert is_withdrawal(reason) == withdrawn


def test_only_the_end_of_an_ordinary_notice_moves_with_the_notice() -> None:
    assert [name for name, row in WAYS.items() if not row.has_last_day] == ["ordinary"]
