import pytest

from tests.support.story import ANNA, MONTHLY, SHOP, Story, story

FREE = "2020-08-01 announce_price_change prices: {basis: 169.00}"
BOUND = "2020-03-01 announce_price_change prices: {basis: 169.00}"
CUT = "2020-03-01 announce_price_change prices: {basis: 129.00}"
LATER = "2020-12-31"


def played(*events: str, under: str = "", numbers: str = "", until: str = LATER) -> Story:
    return story(*events, until=until, under=under, numbers=numbers)


def way_out(*events: str, on: str, under: str = "", numbers: str = "") -> str:
    return story(*events, until=on, under=under, numbers=numbers).row("price_change", on)


# Notice


@pytest.mark.parametrize(
    ("effective", "reading", "effects"),
    [
        ("2020-08-31", "deferred", ["2020-08-31 price_change"]),
        ("2020-08-31", "void", ["2020-08-31 price_change"]),
        ("2020-08-30", "deferred", ["2020-08-31 price_change"]),
        ("2020-08-30", "void", []),
    ],
)
def test_a_rise_needs_thirty_days_or_else_the_reading_of_short_price_notice(
    effective: str, reading: str, effects: list[str]
) -> None:
    told = played(ANNA, f"{FREE}, effective: {effective}", under=f"short-price-notice: {reading}")
    assert told.effects == effects


def test_the_notice_is_60_days_if_the_terms_said_so() -> None:
    # 2020-08-01 + 60 days = 2020-09-30
    told = played(ANNA, f"{FREE}, effective: 2020-08-31", numbers="price-notice-days: 60")
    assert told.effects == ["2020-09-30 price_change"]


def test_a_void_rise_is_never_charged() -> None:
    told = played(ANNA, f"{FREE}, effective: 2020-08-30", under="short-price-notice: void")
    assert told.lines[-1] == "2020-10-15 period 447.00"


def test_a_void_rise_gives_no_exit() -> None:
    change = f"{FREE}, effective: 2020-08-30"
    assert way_out(ANNA, change, on="2020-08-02", under="short-price-notice: void") == "closed"


# Binding: it ends on 2020-07-15


@pytest.mark.parametrize(
    ("reading", "april", "july"),
    [("deferred", "447.00", "507.00"), ("void", "447.00", "447.00"), ("applies", "507.00", "507.00")],
)
def test_a_rise_inside_the_binding_by_the_reading_of_price_in_binding(reading: str, april: str, july: str) -> None:
    told = played(ANNA, f"{BOUND}, effective: 2020-04-15", under=f"price-in-binding: {reading}", until="2020-07-15")
    assert told.lines[1:] == [f"2020-04-15 period {april}", f"2020-07-15 period {july}"]


@pytest.mark.parametrize(
    ("effective", "reading", "effects"),
    [
        ("2020-07-14", "deferred", ["2020-07-15 price_change"]),
        ("2020-07-14", "void", []),
        ("2020-07-14", "applies", ["2020-07-14 price_change"]),
        ("2020-07-15", "deferred", ["2020-07-15 price_change"]),
        ("2020-07-15", "void", ["2020-07-15 price_change"]),
        ("2020-07-15", "applies", ["2020-07-15 price_change"]),
    ],
)
def test_the_day_on_which_the_binding_ends_is_no_longer_inside_it(
    effective: str, reading: str, effects: list[str]
) -> None:
    told = played(ANNA, f"{BOUND}, effective: {effective}", under=f"price-in-binding: {reading}")
    assert told.effects == effects


@pytest.mark.parametrize(
    ("announced", "effects"), [("2020-06-14", ["2020-07-15 price_change"]), ("2020-06-16", ["2020-07-16 price_change"])]
)
def test_the_binding_is_asked_of_the_date_that_the_notice_gave(announced: str, effects: list[str]) -> None:
    # announced + 30 days = 2020-07-14, inside the binding, or 2020-07-16, after it
    change = f"{announced} announce_price_change prices: {{basis: 169.00}}, effective: 2020-06-20"
    assert played(ANNA, change).effects == effects


def test_a_short_rise_that_thirty_days_bring_out_of_the_binding_is_not_void_for_the_binding() -> None:
    change = "2020-06-16 announce_price_change prices: {basis: 169.00}, effective: 2020-06-20"
    assert played(ANNA, change, under="price-in-binding: void").effects == ["2020-07-16 price_change"]


@pytest.mark.parametrize(("notice", "binding"), [("void", "deferred"), ("deferred", "void"), ("void", "applies")])
def test_void_beats_deferred_where_both_points_apply(notice: str, binding: str) -> None:
    told = played(
        ANNA,
        f"{BOUND}, effective: 2020-03-10",
        under=f"short-price-notice: {notice}, price-in-binding: {binding}",
    )
    assert told.effects == []


def test_applies_still_needs_thirty_days() -> None:
    # 2020-03-01 + 30 days = 2020-03-31
    told = played(ANNA, f"{BOUND}, effective: 2020-03-10", under="price-in-binding: applies")
    assert told.effects == ["2020-03-31 price_change"]


# Cuts and cost grounds


def test_a_cut_takes_effect_on_its_date_however_short_and_inside_the_binding() -> None:
    assert played(ANNA, f"{CUT}, effective: 2020-03-02").effects == ["2020-03-02 price_change"]


@pytest.mark.parametrize(
    ("increase", "effects"),
    [
        ("20.00", ["2020-03-02 price_change"]),
        ("20.01", ["2020-03-02 price_change"]),
        ("19.99", ["2020-07-15 price_change"]),
    ],
)
def test_a_rise_within_the_cost_increase_takes_effect_on_its_date_and_a_larger_one_not(
    increase: str, effects: list[str]
) -> None:
    told = played(ANNA, f"{BOUND}, effective: 2020-03-02, grounds: cost, cost_increase: {increase}")
    assert told.effects == effects


def test_the_cost_increase_is_asked_package_by_package() -> None:
    told = played(
        SHOP,
        "2020-01-15 sign_up package: family, subscription: two, channel: shop",
        "2020-08-01 announce_price_change prices: {basis: 169.00, family: 329.00}, effective: 2020-08-02, "
        "grounds: cost, cost_increase: 20.00",
    )
    # basis rises by 20.00 at once, family by 30.00 after 30 days
    assert told.effects == ["2020-08-02 price_change", "2020-08-31 price_change"]


def test_a_rise_effective_today_counts_after_the_start_of_the_day() -> None:
    told = story(
        MONTHLY,
        "2020-08-15 announce_price_change prices: {basis: 169.00}, effective: 2020-08-15, "
        "grounds: cost, cost_increase: 20.00",
        until="2020-09-15",
    )
    assert told.lines[-2:] == ["2020-08-15 period 149.00", "2020-09-15 period 169.00"]


# What a rise is measured against


def test_a_rise_is_measured_against_the_price_that_was_announced_before_it() -> None:
    # after 169.00 on 1 October, 159.00 on 2 October is a cut, which needs no notice
    told = played(
        ANNA,
        f"{FREE}, effective: 2020-10-01",
        "2020-09-25 announce_price_change prices: {basis: 159.00}, effective: 2020-10-02",
    )
    assert told.effects == ["2020-10-01 price_change", "2020-10-02 price_change"]


def test_an_equal_price_takes_effect_and_gives_no_exit() -> None:
    change = "2020-08-01 announce_price_change prices: {basis: 149.00}, effective: 2020-08-10"
    told = played(ANNA, change)
    assert (told.effects, told.row("price_change", "2020-08-02")) == (["2020-08-10 price_change"], "closed")


def test_the_price_of_a_day_is_that_with_the_latest_announced_date() -> None:
    told = played(
        MONTHLY,
        f"{FREE}, effective: 2020-12-01",
        "2020-08-05 announce_price_change prices: {basis: 159.00}, effective: 2020-11-01",
    )
    assert told.lines[-3:] == ["2020-10-15 period 149.00", "2020-11-15 period 159.00", "2020-12-15 period 169.00"]


def test_of_two_changes_for_one_date_the_last_announced_holds() -> None:
    told = played(
        MONTHLY,
        f"{FREE}, effective: 2020-10-01",
        "2020-08-05 announce_price_change prices: {basis: 159.00}, effective: 2020-10-01",
        until="2020-10-15",
    )
    assert told.lines[-1] == "2020-10-15 period 159.00"


OVERTAKEN = (
    # 2020-08-05 + 30 days = 2020-09-04; the cut is announced for a later date and comes sooner
    "2020-08-05 announce_price_change prices: {basis: 169.00}, effective: 2020-08-10",
    "2020-08-06 announce_price_change prices: {basis: 139.00}, effective: 2020-08-20",
)


def test_a_change_overtaken_before_its_own_day_never_takes_effect() -> None:
    told = played(MONTHLY, *OVERTAKEN)
    assert (told.effects, told.lines[-1]) == (["2020-08-20 price_change"], "2020-12-15 period 139.00")


@pytest.mark.parametrize(("announcements", "row"), [(OVERTAKEN[:1], "2020-09-04 by 2020-09-01"), (OVERTAKEN, "closed")])
def test_a_change_overtaken_gives_no_exit_once_that_has_been_announced(announcements: tuple[str], row: str) -> None:
    assert way_out(ANNA, *announcements, on="2020-08-21") == row


def test_until_the_sooner_one_takes_effect_it_is_the_way_out() -> None:
    assert way_out(ANNA, *OVERTAKEN, on="2020-08-07") == "2020-08-20 by 2020-08-17"


def test_a_change_overtaken_on_its_own_day_gives_no_exit() -> None:
    # the second is a cut from 169.00 to 159.00, and under rises-only no exit itself
    told = way_out(
        ANNA,
        f"{FREE}, effective: 2020-10-01",
        "2020-08-05 announce_price_change prices: {basis: 159.00}, effective: 2020-10-01",
        on="2020-08-06",
        under="price-cut-exit: rises-only",
    )
    assert told == "closed"


# What was chosen knowing the price


def test_a_price_announced_before_the_sign_up_holds_from_its_date_even_inside_the_binding() -> None:
    told = played(
        "2020-01-14 announce_price_change prices: {basis: 169.00}, effective: 2020-01-20", MONTHLY, until="2020-02-15"
    )
    assert told.lines == ["2020-01-15 period 149.00", "2020-02-15 period 169.00"]


@pytest.mark.parametrize(
    ("events", "row"),
    [
        (("2020-01-15 announce_price_change prices: {basis: 139.00}, effective: 2020-03-01", ANNA), "closed"),
        (
            (ANNA, "2020-01-15 announce_price_change prices: {basis: 139.00}, effective: 2020-03-01"),
            "2020-03-01 by 2020-02-05",
        ),
    ],
)
def test_on_one_date_the_order_of_the_file_tells_what_was_known(events: tuple[str, str], row: str) -> None:
    assert way_out(*events, on="2020-02-01") == row


FAMILY_RISE = "2020-02-01 announce_price_change prices: {family: 349.00}, effective: 2020-03-01"


def test_the_price_of_a_package_not_chosen_changes_as_announced() -> None:
    # 349 - 149 = 200; × 3
    told = played(ANNA, FAMILY_RISE, "2020-03-01 change_package to: family", until="2020-03-01")
    assert told.lines[-1] == "2020-03-01 upgrade 600.00"


def test_who_changes_to_a_package_knowing_its_rise_pays_it_from_its_date() -> None:
    told = played(ANNA, FAMILY_RISE, "2020-02-10 change_package to: family", until="2020-04-15")
    assert told.lines[1:] == ["2020-02-10 upgrade 450.00", "2020-04-15 period 1047.00"]


def test_who_was_on_the_package_before_the_announcement_is_spared_the_rise_in_the_binding() -> None:
    told = played("2020-01-15 sign_up package: family", FAMILY_RISE, until="2020-07-15")
    assert told.lines[1:] == ["2020-04-15 period 897.00", "2020-07-15 period 1047.00"]


def test_who_has_asked_for_the_package_before_the_announcement_is_spared_the_rise_too() -> None:
    told = played(
        "2020-01-15 sign_up package: family",
        "2020-02-01 change_package to: mini",
        "2020-02-02 announce_price_change prices: {mini: 109.00}, effective: 2020-04-01",
        until="2020-07-15",
    )
    assert told.lines[1:] == ["2020-04-15 period 297.00", "2020-07-15 period 327.00"]


def test_who_asks_again_after_the_announcement_has_chosen_the_rise() -> None:
    told = played(
        "2020-01-15 sign_up package: family",
        "2020-02-01 change_package to: mini",
        "2020-02-02 announce_price_change prices: {mini: 109.00}, effective: 2020-04-01",
        "2020-02-03 change_package to: mini",
        until="2020-04-15",
    )
    assert told.lines[1:] == ["2020-04-15 period 327.00"]


def test_a_change_of_another_packages_price_gives_no_exit() -> None:
    change = "2020-08-01 announce_price_change prices: {family: 319.00}, effective: 2020-09-15"
    assert way_out(ANNA, change, on="2020-08-02") == "closed"


def test_a_change_of_the_price_of_a_pending_downgrade_gives_no_exit() -> None:
    told = way_out(
        ANNA,
        "2020-08-01 change_package to: mini",
        "2020-08-02 announce_price_change prices: {mini: 109.00}, effective: 2020-10-01",
        on="2020-08-03",
    )
    assert told == "closed"


# The exit of a free member


@pytest.mark.parametrize(("on", "row"), [("2020-08-29", "2020-09-01 by 2020-08-29"), ("2020-08-30", "closed")])
def test_a_free_member_may_leave_by_a_notice_three_days_before(on: str, row: str) -> None:
    assert way_out(ANNA, f"{FREE}, effective: 2020-09-01", on=on) == row


def test_the_notice_ends_the_subscription_on_the_day_of_effect() -> None:
    told = played(ANNA, f"{FREE}, effective: 2020-09-01", "2020-08-29 give_notice")
    assert (told.end, told.main.end_reason) == ("2020-09-01", "price_change")


def test_a_notice_two_days_before_is_refused_on_that_ground() -> None:
    told = played(ANNA, f"{FREE}, effective: 2020-09-01", "2020-08-30 give_notice ground: price_change")
    assert told.refused == ["2020-08-30 give_notice prisaendringer.2"]


def test_a_notice_two_days_before_is_an_ordinary_one_without_a_ground() -> None:
    # 2020-08-30 + 30 days = 2020-09-29; next quarter 2020-10-15
    assert played(ANNA, f"{FREE}, effective: 2020-09-01", "2020-08-30 give_notice").end == "2020-10-15"


def test_the_notice_is_ten_days_if_the_terms_said_so() -> None:
    change = f"{FREE}, effective: 2020-09-01"
    assert way_out(ANNA, change, on="2020-08-02", numbers="price-exit-days: 10") == "2020-09-01 by 2020-08-22"


@pytest.mark.parametrize(
    ("price", "reading", "row"),
    [
        ("139.00", "any-change", "2020-09-15 by 2020-09-12"),
        ("139.00", "rises-only", "closed"),
        ("159.00", "any-change", "2020-09-15 by 2020-09-12"),
        ("159.00", "rises-only", "2020-09-15 by 2020-09-12"),
    ],
)
def test_a_cut_is_a_way_out_by_the_reading_of_price_cut_exit(price: str, reading: str, row: str) -> None:
    change = f"2020-08-01 announce_price_change prices: {{basis: {price}}}, effective: 2020-09-15"
    assert way_out(ANNA, change, on="2020-08-02", under=f"price-cut-exit: {reading}") == row


def test_a_deferred_rise_is_a_way_out_on_its_deferred_day() -> None:
    # deferred to the end of the binding on 2020-07-15, which is not inside it
    assert way_out(SHOP, f"{BOUND}, effective: 2020-04-15", on="2020-05-01") == "2020-07-15 by 2020-07-12"


# The bound window


@pytest.mark.parametrize(
    ("on", "row"),
    [
        ("2020-03-02", "2020-03-10 by 2020-03-22"),
        ("2020-03-03", "2020-03-10 by 2020-03-22"),
        ("2020-03-04", "2020-03-11 by 2020-03-22"),
        ("2020-03-22", "2020-03-29 by 2020-03-22"),
        ("2020-03-23", "closed"),
    ],
)
def test_within_21_a_bound_member_may_leave_with_seven_days_notice(on: str, row: str) -> None:
    assert way_out(SHOP, f"{CUT}, effective: 2020-03-10", on=on) == row


@pytest.mark.parametrize(("on", "row"), [("2020-03-03", "2020-03-10 by 2020-03-03"), ("2020-03-04", "closed")])
def test_before_effect_the_notice_comes_seven_days_before_the_change(on: str, row: str) -> None:
    change = f"{CUT}, effective: 2020-03-10"
    assert way_out(SHOP, change, on=on, under="bound-exit-window: before-effect") == row


def test_a_rise_that_applies_inside_the_binding_opens_the_bound_window() -> None:
    told = way_out(SHOP, f"{BOUND}, effective: 2020-04-15", on="2020-03-22", under="price-in-binding: applies")
    assert told == "2020-04-15 by 2020-03-22"


def test_a_bound_member_who_leaves_in_the_window_gets_no_money_back() -> None:
    told = played(SHOP, f"{CUT}, effective: 2020-03-10", "2020-03-04 give_notice")
    assert (told.end, told.lines, told.totals["refunded"]) == ("2020-03-11", ["2020-01-15 period 447.00"], "0.00")


# Website only


@pytest.mark.parametrize(("reading", "effects"), [("counts", ["2020-09-15 price_change"]), ("email-only", [])])
def test_a_rise_on_the_website_only_by_the_reading_of_website_announcement(reading: str, effects: list[str]) -> None:
    told = played(ANNA, f"{FREE}, effective: 2020-09-15, via: [website]", under=f"website-announcement: {reading}")
    assert told.effects == effects


def test_a_rise_on_cost_grounds_on_the_website_only_never_takes_effect_either() -> None:
    change = f"{FREE}, effective: 2020-09-15, via: [website], grounds: cost, cost_increase: 20.00"
    assert played(ANNA, change, under="website-announcement: email-only").effects == []


def test_a_cut_on_the_website_only_takes_effect() -> None:
    told = played(ANNA, f"{CUT}, effective: 2020-03-10, via: [website]", under="website-announcement: email-only")
    assert told.effects == ["2020-03-10 price_change"]


def test_email_and_website_together_count_as_email() -> None:
    told = played(
        ANNA, f"{FREE}, effective: 2020-09-15, via: [email, website]", under="website-announcement: email-only"
    )
    assert told.effects == ["2020-09-15 price_change"]
