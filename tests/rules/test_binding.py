import pytest

from tests.support.story import ANNA, story

TWO = "2020-05-20 sign_up package: mini, subscription: two"


def test_the_binding_is_six_months_from_registration() -> None:
    assert str(story(ANNA).main.binding_ends) == "2020-07-15"


@pytest.mark.parametrize(("until", "state"), [("2020-07-14", "bound"), ("2020-07-15", "free")])
def test_the_day_on_which_the_binding_ends_is_free(until: str, state: str) -> None:
    assert story(ANNA, until=until).main.state == state


def test_a_binding_from_31_august_ends_on_the_last_of_february() -> None:
    assert str(story("2020-08-31 sign_up package: basis").main.binding_ends) == "2021-02-28"


@pytest.mark.parametrize("package", ["family", "mini"])
def test_a_package_change_does_not_move_the_binding(package: str) -> None:
    told = story(ANNA, f"2020-03-01 change_package to: {package}", until="2020-07-15")
    assert told.states == ["2020-01-15 bound", "2020-07-15 free"]


def test_an_ended_subscription_signed_up_again_has_a_new_binding() -> None:
    told = story(ANNA, "2020-01-20 withdraw", "2020-03-01 sign_up package: basis")
    assert str(told.main.binding_ends) == "2020-09-01"


@pytest.mark.parametrize(("scope", "ends"), [("subscription", "2020-11-20"), ("member", "2020-07-15")])
def test_a_second_subscription_is_bound_by_the_reading_of_binding_scope(scope: str, ends: str) -> None:
    assert str(story(ANNA, TWO, under=f"binding-scope: {scope}").of("two").binding_ends) == ends


@pytest.mark.parametrize(("scope", "state"), [("subscription", "bound"), ("member", "free")])
def test_after_the_members_binding_a_new_subscription_is_free_under_binding_scope_member(
    scope: str, state: str
) -> None:
    told = story(ANNA, "2020-07-15 sign_up package: mini, subscription: two", under=f"binding-scope: {scope}")
    assert told.of("two").state == state


def test_the_members_first_binding_counts_even_if_that_subscription_has_ended() -> None:
    told = story(ANNA, "2020-01-20 withdraw", "2020-03-01 sign_up package: basis", under="binding-scope: member")
    assert str(told.main.binding_ends) == "2020-07-15"


def test_a_refused_sign_up_binds_nobody() -> None:
    told = story(
        "2019-12-01 sign_up package: basis, service: tv, subscription: tv", ANNA, under="binding-scope: member"
    )
    assert str(told.main.binding_ends) == "2020-07-15"


@pytest.mark.parametrize(("reading", "ends"), [("from-registration", "2020-07-15"), ("from-conversion", "2020-08-14")])
def test_after_a_trial_the_binding_runs_by_the_reading_of_trial_binding(reading: str, ends: str) -> None:
    # the trial ends on 2020-01-15 + 30 days = 2020-02-14
    told = story(f"{ANNA}, trial_days: 30", under=f"trial-binding: {reading}")
    assert str(told.main.binding_ends) == ends


@pytest.mark.parametrize("reading", ["from-registration", "from-conversion"])
def test_without_a_trial_the_reading_of_trial_binding_makes_no_difference(reading: str) -> None:
    assert str(story(ANNA, under=f"trial-binding: {reading}").main.binding_ends) == "2020-07-15"


def test_from_the_first_trials_end_if_both_readings_say_so() -> None:
    told = story(f"{ANNA}, trial_days: 30", TWO, under="binding-scope: member, trial-binding: from-conversion")
    assert str(told.of("two").binding_ends) == "2020-08-14"


@pytest.mark.parametrize(
    ("days", "states"),
    [
        (181, ["2020-01-15 trial", "2020-07-14 bound", "2020-07-15 free"]),
        (182, ["2020-01-15 trial", "2020-07-15 free"]),
        (183, ["2020-01-15 trial", "2020-07-16 free"]),
    ],
)
def test_a_trial_as_long_as_the_binding_leaves_no_bound_day(days: int, states: list[str]) -> None:
    # 2020-01-15 + 182 days = 2020-07-15
    assert story(f"{ANNA}, trial_days: {days}", until="2020-07-20").states == states


def test_the_binding_is_twelve_months_if_the_terms_said_so() -> None:
    assert str(story(ANNA, numbers="binding-months: 12").main.binding_ends) == "2021-01-15"


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ("subscription", "bound from 2020-05-20 for 6 months, until 2020-11-20"),
        ("member", "bound with the member's first subscription, until 2020-07-15"),
    ],
)
def test_a_second_subscription_is_told_by_which_sign_up_it_is_bound(scope: str, words: str) -> None:
    assert words in story(ANNA, TWO, under=f"binding-scope: {scope}").outcome.decisions[-1].reason
