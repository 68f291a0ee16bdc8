import pytest

from tests.support.story import ANNA, SHOP, story

CHANGE = "2020-08-01 announce_terms_change"


def way_out(*events: str, on: str, under: str = "", numbers: str = "") -> str:
    return story(*events, until=on, under=under, numbers=numbers).row("terms_change", on)


@pytest.mark.parametrize(("effective", "reaches"), [("2020-08-31", "2020-08-31"), ("2020-08-30", "2020-08-31")])
def test_a_material_change_needs_thirty_days(effective: str, reaches: str) -> None:
    told = story(ANNA, f"{CHANGE} effective: {effective}", until="2020-12-31")
    assert told.effects == [f"{reaches} terms_change"]


def test_a_change_that_is_not_material_applies_on_its_date() -> None:
    told = story(ANNA, f"{CHANGE} effective: 2020-08-02, material: false", until="2020-12-31")
    assert told.effects == ["2020-08-02 terms_change"]


@pytest.mark.parametrize("reading", ["counts", "email-only"])
def test_a_material_change_that_was_not_sent_by_email_never_binds_the_member(reading: str) -> None:
    told = story(
        ANNA,
        f"{CHANGE} effective: 2020-09-15, via: [website]",
        until="2020-12-31",
        under=f"website-announcement: {reading}",
    )
    assert (told.effects, told.row("terms_change", "2020-08-02")) == ([], "closed")


@pytest.mark.parametrize(("reading", "effects"), [("counts", ["2020-09-15 terms_change"]), ("email-only", [])])
def test_a_change_that_is_not_material_on_the_website_only_by_the_reading(reading: str, effects: list[str]) -> None:
    told = story(
        ANNA,
        f"{CHANGE} effective: 2020-09-15, via: [website], material: false",
        until="2020-12-31",
        under=f"website-announcement: {reading}",
    )
    assert told.effects == effects


def test_email_and_website_together_count_as_email() -> None:
    change = f"{CHANGE} effective: 2020-09-15, via: [website, email]"
    assert way_out(ANNA, change, on="2020-08-02", under="website-announcement: email-only") == (
        "2020-09-15 by 2020-09-14"
    )


@pytest.mark.parametrize(("on", "row"), [("2020-09-14", "2020-09-15 by 2020-09-14"), ("2020-09-15", "closed")])
def test_a_free_member_may_leave_until_the_day_before_the_change(on: str, row: str) -> None:
    assert way_out(ANNA, f"{CHANGE} effective: 2020-09-15", on=on) == row


def test_the_notice_ends_the_subscription_on_the_day_of_effect() -> None:
    told = story(ANNA, f"{CHANGE} effective: 2020-09-15", "2020-09-14 give_notice", until="2020-09-15")
    assert (told.end, told.main.end_reason) == ("2020-09-15", "terms_change")


def test_a_notice_on_the_day_of_effect_is_too_late() -> None:
    told = story(ANNA, f"{CHANGE} effective: 2020-09-15", "2020-09-15 give_notice ground: terms_change")
    assert told.refused == ["2020-09-15 give_notice aendringer.3"]


@pytest.mark.parametrize("more", ["material: false", "favourable: true"])
def test_only_a_material_change_that_is_not_undisputedly_favourable_gives_an_exit(more: str) -> None:
    assert way_out(ANNA, f"{CHANGE} effective: 2020-09-15, {more}", on="2020-08-02") == "closed"


def test_a_terms_change_reaches_every_subscription() -> None:
    two = "2020-02-01 sign_up package: mini, subscription: two, channel: shop"
    told = story(SHOP, two, f"{CHANGE} effective: 2020-09-15", until="2020-08-02")
    # both bindings have ended by then: on 2020-07-15 and 2020-08-01
    assert [told.row("terms_change", "2020-08-02", name) for name in ("main", "two")] == [
        "2020-09-15 by 2020-09-14",
        "2020-09-15 by 2020-09-14",
    ]


def test_who_signed_up_after_the_announcement_agreed_to_the_change() -> None:
    change = "2020-01-14 announce_terms_change effective: 2020-03-01"
    assert way_out(change, ANNA, on="2020-01-31") == "closed"


def test_the_choice_of_a_package_is_no_agreement_to_the_change() -> None:
    told = way_out(ANNA, f"{CHANGE} effective: 2020-09-15", "2020-08-02 change_package to: family", on="2020-08-03")
    assert told == "2020-09-15 by 2020-09-14"


@pytest.mark.parametrize(("on", "row"), [("2020-03-22", "2020-04-15 by 2020-03-22"), ("2020-03-23", "closed")])
def test_a_bound_member_may_leave_within_21_days_of_the_announcement(on: str, row: str) -> None:
    assert way_out(SHOP, "2020-03-01 announce_terms_change effective: 2020-04-15", on=on) == row


@pytest.mark.parametrize(
    ("effective", "row"), [("2020-07-14", "2020-07-14 by 2020-06-22"), ("2020-07-15", "2020-07-15 by 2020-07-14")]
)
def test_the_bound_window_is_for_changes_before_the_end_of_the_binding(effective: str, row: str) -> None:
    change = f"2020-06-01 announce_terms_change effective: {effective}"
    assert way_out(SHOP, change, on="2020-06-15") == row


def test_of_several_changes_the_one_that_ends_soonest_is_the_way_out() -> None:
    told = way_out(ANNA, f"{CHANGE} effective: 2020-10-01", f"{CHANGE} effective: 2020-09-15", on="2020-08-02")
    assert told == "2020-09-15 by 2020-09-14"


def test_once_the_first_has_taken_effect_the_second_is_the_way_out() -> None:
    told = way_out(ANNA, f"{CHANGE} effective: 2020-10-01", f"{CHANGE} effective: 2020-09-15", on="2020-09-15")
    assert told == "2020-10-01 by 2020-09-30"


def test_the_notice_is_60_days_if_the_terms_said_so() -> None:
    # 2020-08-01 + 60 days = 2020-09-30
    change = f"{CHANGE} effective: 2020-09-15"
    assert way_out(ANNA, change, on="2020-08-02", numbers="terms-notice-days: 60") == "2020-09-30 by 2020-09-29"


def test_a_package_change_does_not_move_a_terms_change() -> None:
    told = story(
        "2020-01-15 sign_up package: basis, channel: shop",
        "2020-08-01 announce_terms_change effective: 2020-08-11",
        "2020-08-02 change_package to: family",
        until="2020-12-31",
    )
    assert told.effects == ["2020-08-31 terms_change"]


def test_a_terms_change_that_never_binds_takes_no_effect_after_a_package_change() -> None:
    told = story(
        "2020-01-15 sign_up package: basis, channel: shop",
        "2020-08-01 announce_terms_change effective: 2020-09-11, via: [website]",
        "2020-08-02 change_package to: family",
        until="2020-12-31",
    )
    assert told.effects == []


# What the new terms say


def test_the_day_of_effect_is_told_with_what_the_new_terms_say() -> None:
    change = f"{CHANGE} effective: 2020-09-01, numbers: {{notice-days: 60}}, readings: {{quarter-anchor: calendar}}"
    decision = story(ANNA, change, until="2020-09-01").outcome.decisions[-1]
    assert (decision.event, decision.clause) == ("terms_change_takes_effect", "aendringer.1")
    assert decision.reason == (
        "announced 2020-08-01 + 30 days = 2020-08-31; the change takes effect on 2020-09-01; "
        "notice-days is now 60; quarter-anchor is now calendar"
    )


@pytest.mark.parametrize(("until", "since"), [("2020-08-31", "None"), ("2020-09-01", "2020-09-01")])
def test_a_subscription_is_under_the_new_terms_from_the_day_of_effect(until: str, since: str) -> None:
    assert str(story(ANNA, f"{CHANGE} effective: 2020-09-01", until=until).main.terms_since) == since


@pytest.mark.parametrize(("effective", "since"), [("2020-01-10", "2020-01-15"), ("2020-01-20", "2020-01-20")])
def test_a_change_announced_before_the_sign_up_binds_however_it_was_published(effective: str, since: str) -> None:
    change = f"2020-01-01 announce_terms_change effective: {effective}, via: [website]"
    assert str(story(change, ANNA, until="2020-02-01").main.terms_since) == since


def test_an_event_is_judged_by_what_was_announced_before_it_on_its_day() -> None:
    change = f"{CHANGE} effective: 2020-08-01, material: false, numbers: {{notice-days: 90}}"
    before, after = "2020-08-01 give_notice", "2020-08-01 change_package to: basis"
    assert story(SHOP, before, change, after).end == "2020-10-15"
    assert story(SHOP, change, before, after).end == "2021-01-15"


def test_the_replay_tells_the_numbers_of_the_start() -> None:
    change = f"{CHANGE} effective: 2020-09-01, numbers: {{notice-days: 60}}"
    assert story(ANNA, change, until="2020-12-31").outcome.to_dict()["numbers"]["notice-days"] == 30
