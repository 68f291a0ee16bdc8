import pytest

from tests.support.story import ANNA, story

TRIAL = f"{ANNA}, trial_days: 30"  # its last day is 2020-02-13


def test_a_trial_is_free_and_then_the_first_period_is_charged() -> None:
    assert story(TRIAL, until="2020-02-14").lines == ["2020-02-14 period 447.00"]


def test_on_its_last_day_nothing_is_charged_yet() -> None:
    told = story(TRIAL, until="2020-02-13")
    assert (told.main.state, told.lines) == ("trial", [])


def test_the_billing_anchor_is_the_end_of_the_trial() -> None:
    assert story(TRIAL, until="2020-05-14").lines[-1] == "2020-05-14 period 447.00"


@pytest.mark.parametrize("day", ["2020-01-15", "2020-01-29", "2020-02-13"])
def test_a_notice_inside_the_trial_ends_it_with_the_trial_and_nothing_is_charged(day: str) -> None:
    told = story(TRIAL, f"{day} give_notice", until="2020-03-01")
    assert (told.end, told.main.end_reason, told.lines) == ("2020-02-14", "trial", [])


def test_a_notice_on_the_day_after_the_trial_is_an_ordinary_one() -> None:
    # 2020-02-14 + 30 days = 2020-03-15, bound until 2020-07-15; quarters turn on 14 May and 14 August
    told = story(TRIAL, "2020-02-14 give_notice")
    assert told.end == "2020-08-14"


@pytest.mark.parametrize(("day", "row"), [("2020-02-13", "2020-02-14 by 2020-02-13"), ("2020-02-14", "closed")])
def test_the_way_out_of_a_trial_is_open_to_its_last_day(day: str, row: str) -> None:
    assert story(TRIAL).row("trial", day) == row


def test_in_a_trial_an_ordinary_notice_is_refused() -> None:
    told = story(TRIAL, "2020-02-01 give_notice ground: ordinary")
    assert told.refused == ["2020-02-01 give_notice proevetilbud.2"]


def test_in_a_trial_a_wished_end_means_the_ordinary_way_and_is_refused() -> None:
    told = story(TRIAL, "2020-02-01 give_notice wanted_end: 2020-08-14")
    assert told.refused == ["2020-02-01 give_notice proevetilbud.2"]


def test_outside_a_trial_a_notice_on_that_ground_is_refused() -> None:
    told = story(ANNA, "2020-02-01 give_notice ground: trial")
    assert told.refused == ["2020-02-01 give_notice proevetilbud.2"]


@pytest.mark.parametrize(
    ("ground", "clause"),
    [("price_change", "prisaendringer.2"), ("service_change", "proevetilbud.5"), ("terms_change", "aendringer.3")],
)
def test_in_a_trial_no_announced_change_is_a_way_out(ground: str, clause: str) -> None:
    told = story(
        TRIAL,
        "2020-01-20 announce_price_change prices: {basis: 139.00}, effective: 2020-03-01",
        "2020-01-20 announce_service_change packages: [basis], effective: 2020-03-01, disadvantage: material",
        "2020-01-20 announce_terms_change effective: 2020-03-01",
        f"2020-02-01 give_notice ground: {ground}",
        until="2020-02-01",
    )
    assert told.refused == [f"2020-02-01 give_notice {clause}"]


def test_a_change_announced_in_the_trial_is_a_way_out_after_it() -> None:
    # told on 2020-01-31 + 21 days = 2020-02-21; 2020-02-14 + 7 days is before the change
    told = story(TRIAL, "2020-01-31 announce_terms_change effective: 2020-03-15", until="2020-02-14")
    assert told.row("terms_change", "2020-02-14") == "2020-03-15 by 2020-02-21"


def test_a_trial_can_be_withdrawn_from_at_once() -> None:
    told = story(TRIAL, "2020-01-20 withdraw")
    assert (told.end, told.main.end_reason, told.lines) == ("2020-01-20", "withdrawal", ["2020-01-20 credit 0.00"])


def test_a_trial_of_one_day_ends_the_next() -> None:
    assert story(f"{ANNA}, trial_days: 1", until="2020-01-16").states == ["2020-01-15 trial", "2020-01-16 bound"]


def test_no_trial_days_are_no_trial() -> None:
    assert story(f"{ANNA}, trial_days: 0").states == ["2020-01-15 bound"]
