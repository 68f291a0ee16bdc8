import pytest

from tests.support.story import ANNA, INVOICED, SHOP, story

UP = "2020-02-01 change_package to: family"
DOWN = "2020-02-01 change_package to: mini"


# Upgrades


@pytest.mark.parametrize(("reading", "amount"), [("difference", "450.00"), ("prorated", "365.93"), ("full", "897.00")])
def test_an_upgrade_costs_by_the_reading_of_upgrade_charge(reading: str, amount: str) -> None:
    # (299 - 149) × 3; × 74 / 91 days from 1 February to 15 April = 365.934; 299 × 3
    assert story(ANNA, UP, under=f"upgrade-charge: {reading}").lines[-1] == f"2020-02-01 upgrade {amount}"


def test_an_upgrade_in_a_later_period_is_prorated_by_the_days_of_that_one_where_nothing_is_collected() -> None:
    # (299 - 149) × 3 × 75 / 91 days from 1 May to 15 July
    told = story(INVOICED, "2020-05-01 change_package to: family", under="upgrade-charge: prorated")
    assert told.lines[-1] == "2020-05-01 upgrade 370.88"


def test_an_upgrade_line_names_the_new_package_and_runs_to_the_periods_end() -> None:
    assert story(ANNA, UP).covers[-1] == "family 2020-02-01 2020-04-15"


def test_an_upgrade_is_at_once() -> None:
    assert story(ANNA, UP).main.package == "family"


def test_after_an_upgrade_the_next_period_costs_the_new_price() -> None:
    assert story(ANNA, UP, until="2020-04-15").lines[-1] == "2020-04-15 period 897.00"


def test_an_upgrade_cites_its_clause() -> None:
    assert story(ANNA, UP).invoices[-1].clause == "priser.3"


@pytest.mark.parametrize("reading", ["difference", "prorated"])
def test_an_upgrade_on_a_periods_first_day_is_charged_beside_the_old_packages_period(reading: str) -> None:
    told = story(ANNA, "2020-04-15 change_package to: family", under=f"upgrade-charge: {reading}")
    assert told.lines[-2:] == ["2020-04-15 period 447.00", "2020-04-15 upgrade 450.00"]


def test_an_upgrade_on_a_periods_last_day_is_prorated_to_one_day() -> None:
    # 450.00 / 91 = 4.945
    told = story(ANNA, "2020-04-14 change_package to: family", under="upgrade-charge: prorated")
    assert told.lines[-1] == "2020-04-14 upgrade 4.95"


@pytest.mark.parametrize(("reading", "amount"), [("difference", "450.00"), ("prorated", "88.04"), ("full", "897.00")])
def test_an_upgrade_runs_only_to_a_known_end(reading: str, amount: str) -> None:
    # 2020-07-20 + 30 days = 2020-08-19; 450.00 × 18 / 92 = 88.043
    told = story(
        ANNA,
        "2020-07-20 give_notice",
        "2020-08-01 change_package to: family",
        under=f"ordinary-notice: thirty-days, upgrade-charge: {reading}",
    )
    assert (told.lines[-1], told.covers[-1]) == (f"2020-08-01 upgrade {amount}", "family 2020-08-01 2020-08-19")


def test_two_upgrades_are_charged_each_by_itself() -> None:
    told = story(
        "2020-01-15 sign_up package: mini",
        "2020-02-01 change_package to: basis",
        "2020-03-01 change_package to: family",
    )
    assert told.lines[1:] == ["2020-02-01 upgrade 150.00", "2020-03-01 upgrade 450.00"]


def test_a_member_who_is_bound_may_change_packages() -> None:
    assert story(ANNA, UP).refused == []


# Downgrades


def test_a_downgrade_costs_nothing_and_changes_nothing_today() -> None:
    told = story(ANNA, DOWN)
    assert (told.lines, told.main.package) == (["2020-01-15 period 447.00"], "basis")


@pytest.mark.parametrize(("until", "package"), [("2020-04-14", "basis"), ("2020-04-15", "mini")])
def test_a_downgrade_takes_effect_with_the_next_period(until: str, package: str) -> None:
    assert story(ANNA, DOWN, until=until).main.package == package


def test_the_period_of_a_downgrade_costs_the_new_price() -> None:
    assert story(ANNA, DOWN, until="2020-04-15").lines[-1] == "2020-04-15 period 297.00"


def test_a_downgrade_on_a_periods_first_day_waits_for_the_following_period() -> None:
    told = story(ANNA, "2020-04-15 change_package to: mini", until="2020-07-15")
    assert told.lines[1:] == ["2020-04-15 period 447.00", "2020-07-15 period 297.00"]


def test_a_new_change_replaces_a_pending_downgrade_and_is_compared_with_the_package_in_force() -> None:
    told = story(ANNA, DOWN, "2020-02-10 change_package to: family", until="2020-04-15")
    assert told.lines[1:] == ["2020-02-10 upgrade 450.00", "2020-04-15 period 897.00"]


def test_a_new_downgrade_replaces_a_pending_one() -> None:
    told = story(
        "2020-01-15 sign_up package: family",
        "2020-02-01 change_package to: mini",
        "2020-02-10 change_package to: basis",
        until="2020-04-15",
    )
    assert told.covers[-1] == "basis 2020-04-15 2020-07-15"


def test_asking_for_the_package_in_force_drops_the_pending_downgrade() -> None:
    told = story(ANNA, DOWN, "2020-02-10 change_package to: basis", until="2020-04-15")
    assert (told.refused, told.lines[1:]) == ([], ["2020-04-15 period 447.00"])


def test_asking_for_the_package_in_force_costs_nothing() -> None:
    assert story(ANNA, "2020-02-01 change_package to: basis").lines == ["2020-01-15 period 447.00"]


def test_an_end_drops_a_pending_downgrade() -> None:
    told = story(SHOP, "2020-03-01 give_notice", "2020-05-01 change_package to: mini", until="2020-07-15")
    assert (told.end, told.main.package) == ("2020-07-15", "basis")


# Neither


def test_a_package_of_the_same_price_is_changed_at_once_without_charge() -> None:
    told = story(ANNA, "2020-02-01 change_package to: sport", prices="basis: 149.00, sport: 149.00")
    assert (told.main.package, told.lines) == ("sport", ["2020-01-15 period 447.00"])


def test_a_package_of_the_same_price_drops_a_pending_downgrade() -> None:
    prices = "mini: 99.00, basis: 149.00, sport: 149.00"
    told = story(ANNA, DOWN, "2020-02-02 change_package to: sport", until="2020-04-15", prices=prices)
    assert told.covers[-1] == "sport 2020-04-15 2020-07-15"


@pytest.mark.parametrize(("package", "amount"), [("family", "897.00"), ("mini", "297.00")])
def test_in_a_trial_any_change_is_at_once_and_free(package: str, amount: str) -> None:
    # the trial ends on 2020-02-14
    told = story(f"{ANNA}, trial_days: 30", f"2020-02-01 change_package to: {package}", until="2020-02-14")
    assert told.lines == [f"2020-02-14 period {amount}"]


def test_in_a_trial_the_new_package_is_in_force_the_same_day() -> None:
    assert story(f"{ANNA}, trial_days: 30", DOWN).main.package == "mini"


@pytest.mark.parametrize(
    ("day", "line"), [("2020-02-09", "2020-02-09 upgrade 450.00"), ("2020-02-10", "2020-01-15 period 447.00")]
)
def test_packages_are_compared_at_the_prices_of_the_day(day: str, line: str) -> None:
    cut = "2020-02-01 announce_price_change prices: {family: 129.00}, effective: 2020-02-10"
    assert story(ANNA, cut, f"{day} change_package to: family").lines[-1] == line


@pytest.mark.parametrize("change", [UP, DOWN])
def test_neither_billing_dates_nor_a_standing_end_are_moved(change: str) -> None:
    told = story(SHOP, "2020-01-20 give_notice", change, until="2020-04-15")
    assert (told.end, str(told.invoices[-1].date)) == ("2020-07-15", "2020-04-15")
