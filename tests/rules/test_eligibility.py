import pytest

from tests.support.story import ANNA, story


def refusals_of(sign_up: str, *, member: str = "", prices: str = "basis: 149.00", numbers: str = "") -> list[str]:
    return story(sign_up, member=member, prices=prices, numbers=numbers).refused


# adgang.9


def test_who_is_18_today_may_sign_up() -> None:
    assert refusals_of(ANNA, member="born: 2002-01-15") == []


def test_who_is_18_tomorrow_may_not() -> None:
    assert refusals_of(ANNA, member="born: 2002-01-16") == ["2020-01-15 sign_up adgang.9"]


def test_who_is_born_on_29_february_is_of_age_on_28_february() -> None:
    assert refusals_of("2018-02-28 sign_up package: basis", member="born: 2000-02-29") == []


def test_who_is_born_on_29_february_is_not_of_age_on_27_february() -> None:
    refused = refusals_of("2018-02-27 sign_up package: basis", member="born: 2000-02-29")
    assert refused == ["2018-02-27 sign_up adgang.9"]


def test_a_refusal_for_age_says_when_the_member_is_18() -> None:
    refused = story(ANNA, member="born: 2002-01-16").outcome.refused
    assert refused[0].reason == "born on 2002-01-16, the member is 18 on 2020-01-16, after 2020-01-15"


def test_without_a_birthday_the_member_counts_as_of_age() -> None:
    assert refusals_of(ANNA) == []


@pytest.mark.parametrize(("born", "refused"), [("1999-01-15", []), ("1999-01-16", ["2020-01-15 sign_up adgang.9"])])
def test_of_age_at_21_if_the_terms_said_so(born: str, refused: list[str]) -> None:
    assert refusals_of(ANNA, member=f"born: {born}", numbers="age-years: 21") == refused


# adgang.10


def test_who_lives_in_sweden_may_not_sign_up() -> None:
    assert refusals_of(ANNA, member="resident: SE") == ["2020-01-15 sign_up adgang.10"]


def test_who_moves_to_denmark_may_sign_up() -> None:
    assert story("2020-01-14 move resident: DK", ANNA, member="resident: SE").refused == []


def test_a_move_abroad_refuses_later_sign_ups_only() -> None:
    told = story(
        ANNA, "2020-02-01 move resident: SE", "2020-03-01 sign_up package: mini, subscription: two", until="2020-04-15"
    )
    assert told.refused == ["2020-03-01 sign_up adgang.10"]
    assert told.lines == ["2020-01-15 period 447.00", "2020-04-15 period 447.00"]


# adgang.14


def test_commercial_use_needs_a_written_agreement() -> None:
    assert refusals_of(ANNA, member="use: commercial") == ["2020-01-15 sign_up adgang.14"]


def test_commercial_use_with_a_written_agreement_may_sign_up() -> None:
    assert refusals_of(ANNA, member="use: commercial, written_agreement: true") == []


# tv.1


def test_tv_is_not_governed_by_these_terms() -> None:
    assert refusals_of(f"{ANNA}, service: tv") == ["2020-01-15 sign_up tv.1"]


# proevetilbud.1


def test_a_trial_is_for_new_customers() -> None:
    told = story(ANNA, "2020-03-01 sign_up package: mini, subscription: two, trial_days: 30")
    assert told.refused == ["2020-03-01 sign_up proevetilbud.1"]


def test_who_has_left_again_is_no_new_customer() -> None:
    told = story(ANNA, "2020-01-20 withdraw", "2020-03-01 sign_up package: basis, trial_days: 30")
    assert told.refused == ["2020-03-01 sign_up proevetilbud.1"]


def test_a_refused_sign_up_leaves_the_member_a_new_customer() -> None:
    told = story(f"{ANNA}, service: tv", "2020-03-01 sign_up package: basis, trial_days: 30")
    assert told.refused == ["2020-01-15 sign_up tv.1"]


def test_a_second_sign_up_without_a_trial_is_accepted() -> None:
    assert story(ANNA, "2020-03-01 sign_up package: mini, subscription: two").refused == []


# adgang.11


@pytest.mark.parametrize(
    ("price", "billing", "check", "refused"),
    [
        ("5000.00", "monthly", "failed", []),
        ("5000.01", "monthly", "failed", ["2020-01-15 sign_up adgang.11"]),
        ("5000.01", "monthly", "passed", []),
        ("1666.66", "quarterly", "failed", []),
        ("1666.67", "quarterly", "failed", ["2020-01-15 sign_up adgang.11"]),
        ("416.66", "yearly", "failed", []),
        ("416.67", "yearly", "failed", ["2020-01-15 sign_up adgang.11"]),
    ],
)
def test_a_failed_credit_assessment_refuses_a_first_period_of_more_than_5000(
    price: str, billing: str, check: str, refused: list[str]
) -> None:
    sign_up = f"{ANNA}, billing: {billing}, credit_check: {check}"
    assert refusals_of(sign_up, prices=f"basis: {price}") == refused


def test_without_a_credit_assessment_any_first_period_is_accepted() -> None:
    assert refusals_of(ANNA, prices="basis: 9000.00") == []


@pytest.mark.parametrize(("day", "refused"), [("2020-01-31", []), ("2020-02-01", ["2020-02-01 sign_up adgang.11"])])
def test_the_first_period_is_judged_at_that_days_price(day: str, refused: list[str]) -> None:
    told = story(
        "2020-01-01 announce_price_change prices: {basis: 5000.01}, effective: 2020-02-01",
        f"{day} sign_up package: basis, billing: monthly, credit_check: failed",
        prices="basis: 5000.00",
    )
    assert told.refused == refused


def test_a_failed_credit_assessment_counts_at_a_trial_too() -> None:
    refused = refusals_of(f"{ANNA}, trial_days: 30, credit_check: failed", prices="basis: 2000.00")
    assert refused == ["2020-01-15 sign_up adgang.11"]


# The order of the guards

MINOR, ABROAD, COMMERCIAL = "born: 2010-01-01", "resident: SE", "use: commercial"


@pytest.mark.parametrize(
    ("member", "service", "clause"),
    [
        (f"{MINOR}, {ABROAD}, {COMMERCIAL}", "tv", "adgang.9"),
        (f"{ABROAD}, {COMMERCIAL}", "tv", "adgang.10"),
        (COMMERCIAL, "tv", "adgang.14"),
        ("", "tv", "tv.1"),
    ],
)
def test_the_first_guard_that_fails_gives_the_clause(member: str, service: str, clause: str) -> None:
    sign_up = f"{ANNA}, service: {service}, credit_check: failed"
    assert refusals_of(sign_up, member=member, prices="basis: 9000.00") == [f"2020-01-15 sign_up {clause}"]


@pytest.mark.parametrize(("service", "clause"), [("tv", "tv.1"), ("ip", "proevetilbud.1")])
def test_the_trial_is_judged_after_the_service_and_before_the_credit_assessment(service: str, clause: str) -> None:
    second = f"package: basis, subscription: two, trial_days: 30, service: {service}, credit_check: failed"
    told = story(ANNA, f"2020-03-01 sign_up {second}", prices="basis: 9000.00")
    assert told.refused == [f"2020-03-01 sign_up {clause}"]


def test_a_sign_up_from_before_these_terms_is_accepted() -> None:
    assert story("2015-03-01 sign_up package: basis").main.state == "bound"
