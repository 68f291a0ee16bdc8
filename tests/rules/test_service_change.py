import pytest

from subsim.basics.dates import Day
from subsim.membership.events import AnnounceServiceChange, PackageName
from subsim.rules.service_change import needs_urgency
from subsim.terms.terms import Terms
from tests.support.story import ANNA, SHOP, story

FREE = "2020-08-01 announce_service_change packages: [basis], disadvantage: material"
BOUND = "2020-03-01 announce_service_change packages: [basis], disadvantage: material"


def way_out(*events: str, on: str, under: str = "", numbers: str = "") -> str:
    return story(*events, until=on, under=under, numbers=numbers).row("service_change", on)


# Whether and when it takes effect


@pytest.mark.parametrize(("effective", "reaches"), [("2020-08-31", "2020-08-31"), ("2020-08-30", "2020-08-31")])
def test_a_service_change_needs_thirty_days(effective: str, reaches: str) -> None:
    told = story(ANNA, f"{FREE}, effective: {effective}", until="2020-12-31")
    assert told.effects == [f"{reaches} service_change"]


def test_an_urgent_service_change_takes_effect_on_its_date() -> None:
    told = story(ANNA, f"{FREE}, effective: 2020-08-05, urgent: true", until="2020-12-31")
    assert told.effects == ["2020-08-05 service_change"]


def test_the_notice_is_45_days_if_the_terms_said_so() -> None:
    # 2020-08-01 + 45 days = 2020-09-15
    assert way_out(ANNA, f"{FREE}, effective: 2020-08-31", on="2020-08-02", numbers="service-notice-days: 45") == (
        "2020-09-15 by 2020-09-14"
    )


@pytest.mark.parametrize(("reading", "effects"), [("counts", ["2020-09-15 service_change"]), ("email-only", [])])
def test_a_service_change_on_the_website_only_by_the_reading_of_website_announcement(
    reading: str, effects: list[str]
) -> None:
    told = story(
        ANNA,
        f"{FREE}, effective: 2020-09-15, via: [website]",
        until="2020-12-31",
        under=f"website-announcement: {reading}",
    )
    assert told.effects == effects


@pytest.mark.parametrize(("via", "row"), [("[website]", "closed"), ("[website, email]", "2020-09-15 by 2020-09-14")])
def test_a_change_that_never_takes_effect_gives_no_exit(via: str, row: str) -> None:
    change = f"{FREE}, effective: 2020-09-15, via: {via}"
    assert way_out(ANNA, change, on="2020-08-02", under="website-announcement: email-only") == row


def test_an_urgent_change_on_the_website_only_never_takes_effect_either() -> None:
    change = f"{FREE}, effective: 2020-08-05, via: [website], urgent: true"
    assert story(ANNA, change, until="2020-12-31", under="website-announcement: email-only").effects == []


# The exit of a free member


@pytest.mark.parametrize(("on", "row"), [("2020-09-14", "2020-09-15 by 2020-09-14"), ("2020-09-15", "closed")])
def test_a_free_member_may_leave_until_the_day_before_the_change(on: str, row: str) -> None:
    assert way_out(ANNA, f"{FREE}, effective: 2020-09-15", on=on) == row


def test_the_notice_ends_the_subscription_on_the_day_of_effect() -> None:
    told = story(ANNA, f"{FREE}, effective: 2020-09-15", "2020-09-14 give_notice", until="2020-09-15")
    assert (told.end, told.main.end_reason) == ("2020-09-15", "service_change")


def test_a_notice_on_the_day_of_effect_is_too_late() -> None:
    told = story(ANNA, f"{FREE}, effective: 2020-09-15", "2020-09-15 give_notice ground: service_change")
    assert told.refused == ["2020-09-15 give_notice proevetilbud.5"]


def test_a_change_that_is_no_disadvantage_gives_no_exit() -> None:
    change = "2020-08-01 announce_service_change packages: [basis], effective: 2020-09-15"
    assert way_out(ANNA, change, on="2020-08-02") == "closed"


def test_a_change_of_another_package_gives_no_exit() -> None:
    change = "2020-08-01 announce_service_change packages: [family], effective: 2020-09-15, disadvantage: material"
    assert way_out(ANNA, change, on="2020-08-02") == "closed"


def test_a_change_of_several_packages_touches_each() -> None:
    change = (
        "2020-08-01 announce_service_change packages: [family, basis], effective: 2020-09-15, disadvantage: material"
    )
    assert way_out(ANNA, change, on="2020-08-02") == "2020-09-15 by 2020-09-14"


# What was chosen knowing the change


def test_who_signed_up_after_the_announcement_chose_the_change() -> None:
    change = "2020-01-14 announce_service_change packages: [basis], effective: 2020-03-01, disadvantage: material"
    assert way_out(change, ANNA, on="2020-01-31") == "closed"


@pytest.mark.parametrize("order", ["sign-up first", "announcement first"])
def test_on_one_date_the_order_of_the_file_tells_what_was_known(order: str) -> None:
    change = "2020-01-15 announce_service_change packages: [basis], effective: 2020-03-01, disadvantage: material"
    # 2020-01-15 + 21 days = 2020-02-05
    events, row = (
        ((ANNA, change), "2020-03-01 by 2020-02-05") if order == "sign-up first" else ((change, ANNA), "closed")
    )
    assert way_out(*events, on="2020-02-01") == row


def test_who_changed_to_the_package_after_the_announcement_chose_the_change() -> None:
    mini = "2020-01-15 sign_up package: mini"
    upgrade = "2020-08-02 change_package to: basis"
    assert way_out(mini, f"{FREE}, effective: 2020-09-15", upgrade, on="2020-08-03") == "closed"


@pytest.mark.parametrize("disadvantage", ["material", "none"])
def test_what_was_chosen_knowing_the_change_takes_effect_as_announced_however_short(disadvantage: str) -> None:
    change = f"announce_service_change packages: [basis], effective: 2020-01-20, disadvantage: {disadvantage}"
    assert story(f"2020-01-14 {change}", ANNA, until="2020-12-31").effects == ["2020-01-20 service_change"]


def test_what_was_chosen_by_a_package_change_takes_effect_as_announced_too() -> None:
    mini = "2020-01-15 sign_up package: mini"
    change = f"{FREE}, effective: 2020-08-05"
    told = story(mini, change, "2020-08-02 change_package to: basis", until="2020-12-31")
    assert told.effects == ["2020-08-05 service_change"]


# The bound window: e before the end of the binding on 2020-07-15


@pytest.mark.parametrize(("on", "row"), [("2020-03-22", "2020-04-01 by 2020-03-22"), ("2020-03-23", "closed")])
def test_a_bound_member_may_leave_within_21_days_of_the_announcement(on: str, row: str) -> None:
    assert way_out(SHOP, f"{BOUND}, effective: 2020-04-01", on=on) == row


@pytest.mark.parametrize(
    ("on", "row"), [("2020-03-13", "2020-03-20 by 2020-03-22"), ("2020-03-14", "2020-03-21 by 2020-03-22")]
)
def test_within_21_the_end_is_e_or_seven_days_after_the_notice_if_later(on: str, row: str) -> None:
    assert way_out(SHOP, f"{BOUND}, effective: 2020-03-20, urgent: true", on=on) == row


def test_within_21_the_window_stays_open_after_the_change_took_effect() -> None:
    told = story(SHOP, f"{BOUND}, effective: 2020-03-05, urgent: true", "2020-03-22 give_notice", until="2020-03-29")
    assert (told.end, told.main.end_reason) == ("2020-03-29", "service_change")


@pytest.mark.parametrize(
    ("effective", "on", "row"),
    [
        ("2020-03-26", "2020-03-19", "2020-03-26 by 2020-03-19"),
        ("2020-03-26", "2020-03-20", "closed"),
        ("2020-04-15", "2020-03-22", "2020-04-15 by 2020-03-22"),
        ("2020-04-15", "2020-03-23", "closed"),
    ],
)
def test_before_effect_the_notice_comes_seven_days_before_and_within_21(effective: str, on: str, row: str) -> None:
    change = f"{BOUND}, effective: {effective}, urgent: true"
    assert way_out(SHOP, change, on=on, under="bound-exit-window: before-effect") == row


def test_before_effect_no_window_opens_where_seven_days_are_not_left() -> None:
    change = f"{BOUND}, effective: 2020-03-07, urgent: true"
    assert way_out(SHOP, change, on="2020-03-01", under="bound-exit-window: before-effect") == "closed"


@pytest.mark.parametrize(
    ("effective", "row"), [("2020-07-14", "2020-07-14 by 2020-06-22"), ("2020-07-15", "2020-07-15 by 2020-07-14")]
)
def test_the_bound_window_is_for_changes_before_the_end_of_the_binding(effective: str, row: str) -> None:
    change = f"2020-06-01 announce_service_change packages: [basis], disadvantage: material, effective: {effective}"
    assert way_out(SHOP, change, on="2020-06-15") == row


def test_the_bound_window_asks_when_the_change_took_effect_even_if_the_member_is_free_by_now() -> None:
    # in effect on 2020-07-14; told on 2020-07-01 + 21 days = 2020-07-22; 2020-07-20 + 7 days = 2020-07-27
    change = "2020-07-01 announce_service_change packages: [basis], disadvantage: material, effective: 2020-07-14"
    assert way_out(SHOP, f"{change}, urgent: true", on="2020-07-20") == "2020-07-27 by 2020-07-22"


def test_the_window_and_the_notice_are_those_of_the_terms_in_force() -> None:
    # 2020-03-01 + 10 days = 2020-03-11; 2020-03-11 + 14 days = 2020-03-25
    change = f"{BOUND}, effective: 2020-03-05, urgent: true"
    numbers = "bound-exit-window-days: 10, bound-exit-notice-days: 14"
    assert way_out(SHOP, change, on="2020-03-11", numbers=numbers) == "2020-03-25 by 2020-03-11"


@pytest.mark.parametrize(
    ("urgent", "effective", "needed"),
    [
        (True, Day(2020, 8, 30), True),
        (True, Day(2020, 8, 31), False),
        (False, Day(2020, 8, 30), False),
    ],
)
def test_urgency_is_needed_for_a_date_within_the_notice(urgent: bool, effective: Day, needed: bool) -> None:
    event = AnnounceServiceChange(
        date=Day(2020, 8, 1), packages=(PackageName("basis"),), effective=effective, urgent=urgent
    )
    assert needs_urgency(event, Terms()) == needed
