import pytest

from tests.support.story import ANNA, MONTHLY, SHOP, Story, story

# Joined in a shop, so that no notice is a withdrawal. Bound until 2020-07-15; quarters turn on the 15th of January,
# April, July and October.
SHOP_MONTHLY = f"{MONTHLY}, channel: shop"
SHOP_YEARLY = f"{SHOP}, billing: yearly"


def end(*events: str, under: str = "", numbers: str = "") -> str | None:
    return story(*events, under=under, numbers=numbers).end


def notice(day: str, *, sign_up: str = SHOP, under: str = "", wanted_end: str = "") -> str | None:
    wish = f" wanted_end: {wanted_end}" if wanted_end else ""
    return end(sign_up, f"{day} give_notice{wish}", under=under)


# A free member, by each reading of ordinary-notice


@pytest.mark.parametrize(("day", "ends"), [("2020-09-15", "2020-10-15"), ("2020-09-16", "2021-01-15")])
def test_quarterly_ends_at_the_first_quarter_at_least_thirty_days_ahead(day: str, ends: str) -> None:
    assert notice(day) == ends


@pytest.mark.parametrize("reading", ["quarterly", "thirty-days", "earliest"])
def test_notice_on_15_april_ends_on_15_may_as_in_the_terms_own_example(reading: str) -> None:
    sign_up = "2019-08-15 sign_up package: basis, channel: shop"
    assert notice("2020-04-15", sign_up=sign_up, under=f"ordinary-notice: {reading}") == "2020-05-15"


@pytest.mark.parametrize(("day", "ends"), [("2020-10-14", "2020-10-15"), ("2020-10-15", "2021-01-15")])
def test_quarter_end_ends_at_the_first_quarter_after_the_notice(day: str, ends: str) -> None:
    assert notice(day, under="ordinary-notice: quarter-end") == ends


@pytest.mark.parametrize(("day", "ends"), [("2020-07-15", "2020-08-14"), ("2020-08-01", "2020-08-31")])
def test_thirty_days_ends_thirty_days_after_the_notice(day: str, ends: str) -> None:
    assert notice(day, under="ordinary-notice: thirty-days") == ends


@pytest.mark.parametrize(("day", "ends"), [("2020-08-14", "2020-08-15"), ("2020-08-15", "2020-09-15")])
def test_period_end_ends_with_the_billing_period_of_the_notice(day: str, ends: str) -> None:
    assert notice(day, sign_up=SHOP_MONTHLY, under="ordinary-notice: period-end") == ends


@pytest.mark.parametrize(
    ("sign_up", "day", "ends"),
    [
        (SHOP_MONTHLY, "2020-08-01", "2020-08-15"),
        (SHOP_YEARLY, "2020-08-01", "2020-08-31"),
        (SHOP, "2020-09-14", "2020-10-14"),
        (SHOP, "2020-09-15", "2020-10-15"),
        (SHOP, "2020-09-16", "2020-10-15"),
    ],
)
def test_earliest_ends_at_the_sooner_of_thirty_days_and_the_periods_end(sign_up: str, day: str, ends: str) -> None:
    assert notice(day, sign_up=sign_up, under="ordinary-notice: earliest") == ends


@pytest.mark.parametrize(
    ("anchor", "day", "ends"),
    [
        ("subscription", "2020-09-01", "2020-10-15"),
        ("calendar", "2020-09-01", "2020-10-01"),
        ("subscription", "2020-09-02", "2020-10-15"),
        ("calendar", "2020-09-02", "2021-01-01"),
    ],
)
def test_quarters_turn_by_the_reading_of_quarter_anchor(anchor: str, day: str, ends: str) -> None:
    assert notice(day, under=f"quarter-anchor: {anchor}") == ends


def test_quarters_are_those_of_the_anchor_whatever_the_billing() -> None:
    assert notice("2020-08-20", sign_up=SHOP_MONTHLY) == "2020-10-15"


def test_quarters_run_from_the_end_of_a_trial() -> None:
    # the trial ends on 2020-02-14; 2020-08-01 + 30 days = 2020-08-31
    assert notice("2020-08-01", sign_up=f"{SHOP}, trial_days: 30") == "2020-11-14"


def test_quarters_from_the_last_of_a_month_are_clipped() -> None:
    # quarters turn on 31 August, 30 November, 28 February
    assert notice("2021-01-01", sign_up="2019-08-31 sign_up package: basis, channel: shop") == "2021-02-28"


@pytest.mark.parametrize(("day", "ends"), [("2020-08-16", "2020-10-15"), ("2020-08-17", "2021-01-15")])
def test_the_notice_is_sixty_days_if_the_terms_said_so(day: str, ends: str) -> None:
    assert end(SHOP, f"{day} give_notice", numbers="notice-days: 60") == ends


@pytest.mark.parametrize(("months", "ends"), [(1, "2020-09-15"), (3, "2020-10-15"), (12, "2021-01-15")])
def test_a_quarter_is_as_many_months_as_the_terms_say(months: int, ends: str) -> None:
    assert end(SHOP, "2020-08-01 give_notice", numbers=f"quarter-months: {months}") == ends


# A bound member


@pytest.mark.parametrize(
    ("rule", "ends"),
    [
        ("quarterly", "2020-07-15"),
        ("quarter-end", "2020-07-15"),
        ("thirty-days", "2020-07-15"),
        ("period-end", "2020-07-15"),
        ("earliest", "2020-07-15"),
    ],
)
@pytest.mark.parametrize("in_binding", ["counts", "ends-at-binding"])
def test_a_notice_early_in_the_binding_ends_with_it_where_a_boundary_lies_there(
    rule: str, ends: str, in_binding: str
) -> None:
    under = f"ordinary-notice: {rule}, notice-in-binding: {in_binding}"
    assert notice("2020-03-01", under=under) == ends


@pytest.mark.parametrize(
    ("rule", "in_binding", "ends"),
    [
        # yearly periods turn on 2021-01-15
        ("period-end", "counts", "2021-01-15"),
        ("period-end", "ends-at-binding", "2021-01-15"),
        ("earliest", "counts", "2020-07-15"),
        ("earliest", "ends-at-binding", "2020-07-15"),
    ],
)
def test_a_notice_in_the_binding_with_yearly_billing(rule: str, in_binding: str, ends: str) -> None:
    under = f"ordinary-notice: {rule}, notice-in-binding: {in_binding}"
    assert notice("2020-03-01", sign_up=SHOP_YEARLY, under=under) == ends


@pytest.mark.parametrize(
    ("in_binding", "day", "ends"),
    [
        # + 30 days = 2020-07-01, a calendar quarter before the end of the binding; one day later it is past it
        ("counts", "2020-06-01", "2020-10-01"),
        ("counts", "2020-06-02", "2020-10-01"),
        ("ends-at-binding", "2020-06-01", "2020-07-15"),
        ("ends-at-binding", "2020-06-02", "2020-10-01"),
    ],
)
def test_a_notice_in_the_binding_by_calendar_quarters(in_binding: str, day: str, ends: str) -> None:
    assert notice(day, under=f"quarter-anchor: calendar, notice-in-binding: {in_binding}") == ends


@pytest.mark.parametrize("in_binding", ["counts", "ends-at-binding"])
@pytest.mark.parametrize(
    ("day", "rule", "ends"),
    [
        ("2020-06-15", "quarterly", "2020-07-15"),
        ("2020-06-16", "quarterly", "2020-10-15"),
        ("2020-06-14", "thirty-days", "2020-07-15"),
        ("2020-06-15", "thirty-days", "2020-07-15"),
        ("2020-06-16", "thirty-days", "2020-07-16"),
        ("2020-07-14", "quarter-end", "2020-07-15"),
    ],
)
def test_a_notice_in_the_last_month_of_the_binding(day: str, rule: str, ends: str, in_binding: str) -> None:
    assert notice(day, under=f"ordinary-notice: {rule}, notice-in-binding: {in_binding}") == ends


@pytest.mark.parametrize(
    ("day", "refused"), [("2020-07-14", ["2020-07-14 give_notice opsigelse.2"]), ("2020-07-15", [])]
)
def test_under_refused_an_ordinary_notice_is_given_from_the_day_the_binding_ends(day: str, refused: list[str]) -> None:
    assert story(SHOP, f"{day} give_notice", under="notice-in-binding: refused").refused == refused


def test_under_refused_a_bound_member_may_still_leave_through_a_change() -> None:
    told = story(
        SHOP,
        "2020-03-01 announce_terms_change effective: 2020-04-15",
        "2020-03-02 give_notice",
        until="2020-04-15",
        under="notice-in-binding: refused",
    )
    assert (told.end, told.main.end_reason) == ("2020-04-15", "terms_change")


# A wished end


@pytest.mark.parametrize(
    ("rule", "sign_up", "wanted", "ends"),
    [
        ("quarterly", SHOP, "2020-08-05", "2020-10-15"),
        ("quarterly", SHOP, "2020-10-15", "2020-10-15"),
        ("quarterly", SHOP, "2020-10-16", "2021-01-15"),
        ("quarter-end", SHOP, "2020-10-16", "2021-01-15"),
        ("thirty-days", SHOP, "2020-08-30", "2020-08-31"),
        ("thirty-days", SHOP, "2020-08-31", "2020-08-31"),
        ("thirty-days", SHOP, "2020-09-10", "2020-09-10"),
        ("period-end", SHOP_MONTHLY, "2020-09-15", "2020-09-15"),
        ("period-end", SHOP_MONTHLY, "2020-09-16", "2020-10-15"),
        ("earliest", SHOP_MONTHLY, "2020-08-10", "2020-08-15"),
        ("earliest", SHOP_MONTHLY, "2020-08-16", "2020-08-31"),
        ("earliest", SHOP_MONTHLY, "2020-09-10", "2020-09-10"),
    ],
)
def test_a_wished_end_is_the_first_permitted_end_on_or_after_it(
    rule: str, sign_up: str, wanted: str, ends: str
) -> None:
    assert notice("2020-08-01", sign_up=sign_up, under=f"ordinary-notice: {rule}", wanted_end=wanted) == ends


@pytest.mark.parametrize(
    ("in_binding", "wanted", "ends"),
    [
        ("counts", "2020-03-10", "2020-10-01"),
        ("counts", "2020-07-15", "2020-10-01"),
        ("ends-at-binding", "2020-07-14", "2020-07-15"),
        ("ends-at-binding", "2020-07-15", "2020-07-15"),
        ("ends-at-binding", "2020-07-16", "2020-10-01"),
    ],
)
def test_a_wished_end_in_the_binding_by_calendar_quarters(in_binding: str, wanted: str, ends: str) -> None:
    under = f"quarter-anchor: calendar, notice-in-binding: {in_binding}"
    assert notice("2020-03-01", under=under, wanted_end=wanted) == ends


@pytest.mark.parametrize("in_binding", ["counts", "ends-at-binding"])
@pytest.mark.parametrize(("wanted", "ends"), [("2020-07-14", "2020-07-15"), ("2020-07-16", "2020-07-16")])
def test_a_wished_end_in_the_binding_under_thirty_days(wanted: str, ends: str, in_binding: str) -> None:
    under = f"ordinary-notice: thirty-days, notice-in-binding: {in_binding}"
    assert notice("2020-03-01", under=under, wanted_end=wanted) == ends


def test_a_wished_end_means_the_ordinary_way_though_another_is_sooner() -> None:
    told = story(
        ANNA,
        "2020-08-01 announce_terms_change effective: 2020-09-15",
        "2020-08-02 give_notice wanted_end: 2020-09-01",
    )
    assert told.end == "2020-10-15"


def test_a_wished_end_in_the_withdrawal_period_is_no_withdrawal() -> None:
    assert notice("2020-01-20", sign_up=ANNA, wanted_end="2020-01-20") == "2020-07-15"


# What a notice without a ground takes


@pytest.mark.parametrize(("day", "ends"), [("2020-01-29", "2020-01-29"), ("2020-01-30", "2020-07-15")])
def test_a_notice_inside_the_withdrawal_period_is_a_withdrawal(day: str, ends: str) -> None:
    assert notice(day, sign_up=ANNA) == ends


def test_a_notice_with_the_ordinary_ground_is_no_withdrawal() -> None:
    assert end(ANNA, "2020-01-20 give_notice ground: ordinary") == "2020-07-15"


@pytest.mark.parametrize(("effective", "reason"), [("2020-10-14", "terms_change"), ("2020-10-16", "ordinary")])
def test_it_takes_the_way_that_ends_soonest(effective: str, reason: str) -> None:
    told = story(
        ANNA, f"2020-08-01 announce_terms_change effective: {effective}", "2020-08-02 give_notice", until="2020-10-16"
    )
    assert told.main.end_reason == reason


PRICE = "2020-08-01 announce_price_change prices: {basis: 159.00}, effective: 2020-10-15"
SERVICE = "2020-08-01 announce_service_change packages: [basis], effective: 2020-10-15, disadvantage: material"
TERMS = "2020-08-01 announce_terms_change effective: 2020-10-15"


@pytest.mark.parametrize(
    ("announcements", "reason"),
    [
        ((TERMS, SERVICE, PRICE), "price_change"),
        ((TERMS, SERVICE), "service_change"),
        ((TERMS,), "terms_change"),
        ((), "ordinary"),
    ],
)
def test_of_equal_ends_it_takes_the_first_way_of_the_table(announcements: tuple[str, ...], reason: str) -> None:
    told = story(ANNA, *announcements, "2020-08-02 give_notice", until="2020-10-15")
    assert told.main.end_reason == reason


def test_with_a_ground_it_takes_that_way_though_another_is_sooner() -> None:
    told = story(
        ANNA,
        "2020-08-01 announce_terms_change effective: 2020-09-15",
        "2020-08-02 give_notice ground: ordinary",
        until="2020-10-15",
    )
    assert (told.end, told.main.end_reason) == ("2020-10-15", "ordinary")


@pytest.mark.parametrize(
    ("ground", "clause"),
    [
        ("trial", "proevetilbud.2"),
        ("price_change", "prisaendringer.2"),
        ("service_change", "proevetilbud.5"),
        ("terms_change", "aendringer.3"),
    ],
)
def test_a_ground_whose_way_is_closed_is_refused_under_its_clause(ground: str, clause: str) -> None:
    told = story(ANNA, f"2020-08-02 give_notice ground: {ground}")
    assert told.refused == [f"2020-08-02 give_notice {clause}"]


# A second notice

LATE = "2020-08-01 give_notice wanted_end: 2021-01-15"


def test_a_second_notice_that_ends_sooner_is_accepted() -> None:
    assert end(SHOP, LATE, "2020-08-10 give_notice") == "2020-10-15"


@pytest.mark.parametrize(("wanted", "refused"), [("2021-01-15", True), ("2021-01-16", True), ("2020-10-15", False)])
def test_a_second_notice_that_is_not_strictly_sooner_is_refused(wanted: str, refused: bool) -> None:
    told = story(SHOP, LATE, f"2020-08-10 give_notice wanted_end: {wanted}")
    assert bool(told.refused) is refused


def test_a_refused_second_notice_leaves_the_first() -> None:
    told = story(SHOP, "2020-08-01 give_notice", "2020-08-10 give_notice")
    assert (told.end, told.refused) == ("2020-10-15", ["2020-08-10 give_notice betaling.5"])


def test_a_second_notice_is_refused_under_the_clause_of_the_way_it_would_take() -> None:
    told = story(ANNA, TERMS, "2020-08-02 give_notice", "2020-08-03 give_notice", until="2020-08-03")
    assert told.refused == ["2020-08-03 give_notice aendringer.3"]


def test_a_second_notice_through_a_change_is_sooner_than_an_ordinary_one() -> None:
    told = story(
        SHOP,
        "2020-08-01 give_notice",
        "2020-08-02 announce_terms_change effective: 2020-09-15",
        "2020-08-03 give_notice",
        until="2020-09-15",
    )
    assert (told.end, told.main.end_reason) == ("2020-09-15", "terms_change")


# Taking a notice back


def test_a_notice_is_taken_back_if_kabelplus_agreed() -> None:
    told = story(SHOP, "2020-08-01 give_notice", "2020-08-10 withdraw_notice agreed: true", until="2020-12-31")
    assert (told.refused, told.end, told.main.state) == ([], None, "free")


@pytest.mark.parametrize("agreed", ["", " agreed: false"])
def test_a_notice_is_not_taken_back_without_agreement(agreed: str) -> None:
    told = story(SHOP, "2020-08-01 give_notice", f"2020-08-10 withdraw_notice{agreed}")
    assert (told.refused, told.end) == (["2020-08-10 withdraw_notice opsigelse.1a"], "2020-10-15")


def test_where_no_notice_stands_none_is_taken_back() -> None:
    told = story(SHOP, "2020-08-10 withdraw_notice agreed: true")
    assert told.refused == ["2020-08-10 withdraw_notice opsigelse.1a"]


def test_the_operators_own_termination_is_not_taken_back_by_the_member() -> None:
    told = story(SHOP, "2020-08-01 terminate reason: none", "2020-08-10 withdraw_notice agreed: true")
    assert (told.refused, told.end) == (["2020-08-10 withdraw_notice opsigelse.1a"], "2020-10-15")


def test_no_charge_is_mended_when_a_notice_is_taken_back() -> None:
    # 2020-07-01 + 30 days = 2020-07-31; 447.00 × 16 / 92 = 77.739
    told = story(
        SHOP,
        "2020-07-01 give_notice",
        "2020-07-20 withdraw_notice agreed: true",
        until="2020-10-15",
        under="ordinary-notice: thirty-days, final-period: prorated",
    )
    assert told.lines[2:] == ["2020-07-15 period 77.74", "2020-10-15 period 447.00"]


def test_after_taking_it_back_a_new_notice_may_end_later() -> None:
    told = story(SHOP, "2020-08-01 give_notice", "2020-08-10 withdraw_notice agreed: true", "2020-09-16 give_notice")
    assert told.end == "2021-01-15"


# The end


def standing() -> Story:
    return story(SHOP, "2020-08-01 give_notice", until="2020-10-15")


def test_the_subscription_ends_on_its_first_day_without_service() -> None:
    told = story(SHOP, "2020-08-01 give_notice", until="2020-10-14")
    assert (told.main.state, standing().main.state) == ("ending", "ended")


def test_before_the_end_there_is_no_reason_yet_and_after_it_no_standing_end() -> None:
    before, after = story(SHOP, "2020-08-01 give_notice").main, standing().main
    assert (before.ended_on, before.end_reason, after.ends_on) == (None, None, None)


def test_no_end_gives_money_back_but_withdrawal() -> None:
    told = story(SHOP_YEARLY, "2020-08-01 give_notice", until="2020-10-15")
    assert (told.end, told.totals["refunded"], told.totals["charged"]) == ("2020-10-15", "0.00", "1788.00")


def test_a_notice_on_a_periods_first_day_comes_after_its_charge() -> None:
    told = story(SHOP_MONTHLY, "2020-08-15 give_notice", under="ordinary-notice: thirty-days")
    assert (told.lines[-1], told.end) == ("2020-08-15 period 149.00", "2020-09-14")


def test_a_standing_notice_is_never_recomputed() -> None:
    told = story(
        ANNA,
        "2020-08-01 announce_price_change prices: {basis: 169.00}, effective: 2020-09-15",
        "2020-08-02 give_notice",
        "2020-08-03 announce_price_change prices: {basis: 149.00}, effective: 2020-09-15",
        until="2020-09-15",
    )
    assert (told.end, told.main.end_reason) == ("2020-09-15", "price_change")


def test_a_decision_shows_its_arithmetic() -> None:
    told = story(SHOP, "2020-08-01 give_notice")
    assert told.outcome.decisions[-1].reason == (
        "notice of 2020-08-01 + 30 days = 2020-08-31; next quarter boundary 2020-10-15; "
        "the subscription ends on 2020-10-15"
    )


@pytest.mark.parametrize(
    ("wanted", "words"),
    [("2020-10-15", None), ("2020-10-16", "the end wanted is 2020-10-16: 2020-10-15 is passed over")],
)
def test_an_end_wanted_is_told_where_it_is_later_than_the_first(wanted: str, words: str | None) -> None:
    told = story(SHOP, f"2020-08-01 give_notice wanted_end: {wanted}", until="2020-08-01")
    reason = told.outcome.decisions[-1].reason
    assert (words in reason) if words else ("wanted" not in reason)
