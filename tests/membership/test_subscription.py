import pytest

from subsim.basics.dates import Day
from subsim.engine.timeline import play
from subsim.membership.events import Amount, Count, Event, GiveNotice, PackageName, SignUp, Terminate
from subsim.membership.facts import Facts
from subsim.membership.member import Member
from subsim.membership.phases import TRANSITIONS, Phase, Transition
from subsim.membership.subscription import Subscription
from subsim.terms.terms import Numbers, Terms, with_numbers
from tests.support.story import ANNA, story

TRIAL, BOUND, FREE, ENDING, ENDED = Phase.TRIAL, Phase.BOUND, Phase.FREE, Phase.ENDING, Phase.ENDED

TABLE: list[tuple[Phase | None, Transition, tuple[Phase, ...]]] = [
    (None, Transition.SIGN_UP, (TRIAL, BOUND, FREE)),
    (None, Transition.TRIAL_ENDS, ()),
    (None, Transition.BINDING_ENDS, ()),
    (None, Transition.NOTICE, ()),
    (None, Transition.NOTICE_WITHDRAWN, ()),
    (None, Transition.END, ()),
    (TRIAL, Transition.SIGN_UP, ()),
    (TRIAL, Transition.TRIAL_ENDS, (BOUND, FREE)),
    (TRIAL, Transition.BINDING_ENDS, ()),
    (TRIAL, Transition.NOTICE, (ENDING,)),
    (TRIAL, Transition.NOTICE_WITHDRAWN, ()),
    (TRIAL, Transition.END, (ENDED,)),
    (BOUND, Transition.SIGN_UP, ()),
    (BOUND, Transition.TRIAL_ENDS, ()),
    (BOUND, Transition.BINDING_ENDS, (FREE,)),
    (BOUND, Transition.NOTICE, (ENDING,)),
    (BOUND, Transition.NOTICE_WITHDRAWN, ()),
    (BOUND, Transition.END, (ENDED,)),
    (FREE, Transition.SIGN_UP, ()),
    (FREE, Transition.TRIAL_ENDS, ()),
    (FREE, Transition.BINDING_ENDS, ()),
    (FREE, Transition.NOTICE, (ENDING,)),
    (FREE, Transition.NOTICE_WITHDRAWN, ()),
    (FREE, Transition.END, (ENDED,)),
    (ENDING, Transition.SIGN_UP, ()),
    (ENDING, Transition.TRIAL_ENDS, ()),
    (ENDING, Transition.BINDING_ENDS, ()),
    (ENDING, Transition.NOTICE, (ENDING,)),
    (ENDING, Transition.NOTICE_WITHDRAWN, (TRIAL, BOUND, FREE, ENDING)),
    (ENDING, Transition.END, (ENDED,)),
    (ENDED, Transition.SIGN_UP, ()),
    (ENDED, Transition.TRIAL_ENDS, ()),
    (ENDED, Transition.BINDING_ENDS, ()),
    (ENDED, Transition.NOTICE, ()),
    (ENDED, Transition.NOTICE_WITHDRAWN, ()),
    (ENDED, Transition.END, ()),
]

TODAY = Day(2020, 2, 1)
BASIS = PackageName("basis")
SIGN_UP = SignUp(date=Day(2020, 1, 15), package=BASIS, channel="shop")
IN_TRIAL = SignUp(date=Day(2020, 1, 15), package=BASIS, channel="shop", trial_days=Count(30))
LONG_AGO = SignUp(date=Day(2019, 1, 15), package=BASIS, channel="shop")
STORIES: dict[Phase, tuple[Event, ...]] = {
    TRIAL: (IN_TRIAL,),
    BOUND: (SIGN_UP,),
    FREE: (LONG_AGO,),
    ENDING: (SIGN_UP, GiveNotice(date=TODAY)),
    ENDED: (SIGN_UP, Terminate(date=TODAY, reason="misuse")),
}


def subscription_in(phase: Phase) -> Subscription:
    facts = Facts(prices={BASIS: Amount(14900)}, timeline=STORIES[phase])
    return play(facts, Terms(), TODAY).subscriptions[0]


@pytest.mark.parametrize(("phase", "move", "leads_to"), TABLE)
def test_a_cell_of_the_transition_table(phase: Phase | None, move: Transition, leads_to: tuple[Phase, ...]) -> None:
    assert TRANSITIONS[phase].get(move, ()) == leads_to


def test_every_phase_and_every_move_has_its_cell() -> None:
    assert [(phase, move) for phase, move, _ in TABLE] == [
        (phase, move) for phase in (None, *Phase) for move in Transition
    ]


def test_ended_is_final() -> None:
    assert TRANSITIONS[ENDED] == {}


@pytest.mark.parametrize("phase", Phase)
def test_the_stories_stand_where_they_say(phase: Phase) -> None:
    assert subscription_in(phase).phase is phase


@pytest.mark.parametrize(
    ("phase", "move"), [(phase, move) for phase, move, leads_to in TABLE if phase is not None and not leads_to]
)
def test_a_move_that_is_not_in_the_table_raises_and_changes_nothing(phase: Phase, move: Transition) -> None:
    subscription = subscription_in(phase)
    history = list(subscription.states)
    with pytest.raises(KeyError):
        subscription.make(move, TODAY)
    assert (subscription.phase, subscription.states) == (phase, history)


def test_the_words_of_the_phases_are_those_of_the_format() -> None:
    assert [phase.value for phase in Phase] == ["trial", "bound", "free", "ending", "ended"]


# The history


def test_a_history_has_one_entry_for_each_change_of_state() -> None:
    told = story(f"{ANNA}, trial_days: 30", "2020-08-01 give_notice", until="2021-12-31")
    # the trial runs to 2020-02-14; 2020-08-01 + 30 days = 2020-08-31; quarters turn on the 14th
    assert told.states == [
        "2020-01-15 trial",
        "2020-02-14 bound",
        "2020-07-15 free",
        "2020-08-01 ending",
        "2020-11-14 ended",
    ]


def test_a_period_that_begins_is_no_change_of_state() -> None:
    assert story(ANNA, until="2020-07-14").states == ["2020-01-15 bound"]


def test_signed_up_and_withdrawn_on_one_day_is_ended_only() -> None:
    assert story(ANNA, "2020-01-15 withdraw").states == ["2020-01-15 ended"]


def test_a_notice_on_the_day_the_binding_ends_leaves_only_that_days_last_state() -> None:
    assert story(ANNA, "2020-07-15 give_notice").states == ["2020-01-15 bound", "2020-07-15 ending"]


def test_a_notice_given_and_withdrawn_on_one_day_leaves_no_trace() -> None:
    told = story(ANNA, "2020-08-01 give_notice", "2020-08-01 withdraw_notice agreed: true")
    assert told.states == ["2020-01-15 bound", "2020-07-15 free"]


def test_a_notice_withdrawn_on_another_day_shows_the_way_back() -> None:
    told = story(ANNA, "2020-08-01 give_notice", "2020-08-02 withdraw_notice agreed: true")
    assert told.states == ["2020-01-15 bound", "2020-07-15 free", "2020-08-01 ending", "2020-08-02 free"]


def test_a_notice_withdrawn_while_bound_leads_back_to_bound() -> None:
    told = story(ANNA, "2020-03-01 give_notice", "2020-03-02 withdraw_notice agreed: true", until="2020-07-15")
    assert told.states == [
        "2020-01-15 bound",
        "2020-03-01 ending",
        "2020-03-02 bound",
        "2020-07-15 free",
    ]


def test_a_notice_withdrawn_in_the_trial_leads_back_to_the_trial() -> None:
    told = story(f"{ANNA}, trial_days: 30", "2020-01-20 give_notice", "2020-01-21 withdraw_notice agreed: true")
    assert told.states == ["2020-01-15 trial", "2020-01-20 ending", "2020-01-21 trial"]


def test_the_binding_that_ends_under_a_standing_notice_is_no_entry() -> None:
    told = story(ANNA, "2020-07-01 give_notice", until="2020-10-15")
    assert told.states == ["2020-01-15 bound", "2020-07-01 ending", "2020-10-15 ended"]


def test_a_second_sooner_notice_is_no_new_state() -> None:
    told = story(ANNA, "2020-08-01 give_notice wanted_end: 2021-01-15", "2020-08-02 give_notice", until="2020-08-02")
    assert told.states == ["2020-01-15 bound", "2020-07-15 free", "2020-08-01 ending"]


def test_suspended_is_a_flag_beside_the_state() -> None:
    told = story(ANNA, "2020-02-01 suspend")
    assert (told.main.state, told.main.suspended) == ("bound", True)


def test_a_subscription_signed_up_again_has_a_history_of_its_own() -> None:
    told = story(ANNA, "2020-01-20 withdraw", "2020-03-01 sign_up package: basis")
    assert [each.states for each in told.outcome.subscriptions] == [
        ((Day(2020, 1, 15), "bound"), (Day(2020, 1, 20), "ended")),
        ((Day(2020, 3, 1), "bound"),),
    ]


# What has been announced

ANNOUNCED = (
    ANNA,
    "2020-02-01 announce_price_change prices: {basis: 155.00, family: 310.00}, effective: 2020-09-01",
    "2020-02-02 announce_service_change packages: [mini, family], effective: 2020-10-01, disadvantage: material",
    "2020-02-03 announce_terms_change effective: 2020-11-01",
)


def member(*events: str, until: Day) -> Member:
    return play(story(*events).scenario.facts, Terms(), until)


def test_a_change_of_a_package_that_is_not_chosen_is_as_announced_and_without_an_exit() -> None:
    (anna,) = member(*ANNOUNCED, until=Day(2020, 2, 3)).subscriptions
    assert [(each.kind, each.package, each.reaches, each.may_exit, each.price) for each in anna.all_changes()] == [
        ("price_change", "basis", Day(2020, 9, 1), True, 155_00),
        ("price_change", "family", Day(2020, 9, 1), False, 310_00),
        ("service_change", "family", Day(2020, 10, 1), False, 0),
        ("service_change", "mini", Day(2020, 10, 1), False, 0),
        ("terms_change", None, Day(2020, 11, 1), True, 0),
    ]


@pytest.mark.parametrize(
    ("package", "day", "price"),
    [
        ("family", Day(2020, 8, 31), 299_00),
        ("family", Day(2020, 9, 1), 310_00),
        ("mini", Day(2020, 10, 1), 99_00),
    ],
)
def test_a_package_that_is_not_chosen_costs_what_was_announced(package: str, day: Day, price: int) -> None:
    (anna,) = member(*ANNOUNCED, until=Day(2020, 2, 3)).subscriptions
    assert anna.price(PackageName(package), day) == price


def test_a_package_chosen_again_has_the_changes_announced_meanwhile_without_an_exit() -> None:
    up_and_down = "2020-03-01 change_package to: family", "2020-03-02 change_package to: basis"
    (anna,) = member(
        *ANNOUNCED, *up_and_down, "2020-03-03 change_package to: family", until=Day(2020, 3, 3)
    ).subscriptions
    assert [(each.reaches, each.may_exit) for each in anna.price_changes["family"]] == [(Day(2020, 9, 1), False)]


def test_a_package_chosen_again_has_a_change_of_its_service_once_and_without_an_exit() -> None:
    told = "2020-02-03 announce_service_change packages: [basis], effective: 2020-10-01, disadvantage: material"
    asked = ANNA, "2020-02-01 change_package to: family", "2020-02-02 change_package to: basis", told
    (once,) = member(*asked, until=Day(2020, 2, 3)).subscriptions
    (twice,) = member(*asked, "2020-02-04 change_package to: basis", until=Day(2020, 2, 4)).subscriptions
    assert [[each.may_exit for each in anna.changes] for anna in (once, twice)] == [[True], [False]]


def test_the_changes_of_a_package_chosen_later_stand_in_order_of_announcement() -> None:
    of_service = "2020-02-01 announce_service_change packages: [family], effective: 2020-10-01, disadvantage: material"
    of_terms = "2020-02-02 announce_terms_change effective: 2020-11-01"
    (anna,) = member(
        ANNA, of_service, of_terms, "2020-02-03 change_package to: family", until=Day(2020, 2, 3)
    ).subscriptions
    assert [each.order for each in anna.changes] == [0, 1]


THREE_CHANGES = (
    *ANNOUNCED,
    "2020-02-04 announce_price_change prices: {basis: 159.00}, effective: 2020-12-01",
)


def after_three_changes() -> Subscription:
    """Two prices of its package are known, and a change of the terms between them."""
    (anna,) = member(*THREE_CHANGES, until=Day(2020, 2, 4)).subscriptions
    return anna


def test_the_changes_since_an_announcement_are_those_of_the_package_in_force_and_of_the_terms() -> None:
    asked_for_mini = (ANNA, "2020-01-20 change_package to: mini", *THREE_CHANGES[1:])
    (anna,) = member(*asked_for_mini, until=Day(2020, 2, 4)).subscriptions
    assert {each.package for each in anna.changes} == {"mini", None}
    assert [(each.order, each.package) for each in anna.changes_since(1)] == [(2, None), (3, "basis")]


def test_a_change_of_the_price_announced_before_others_was_not_just_announced() -> None:
    assert [each.order for each in after_three_changes().changes_just_announced(3)] == [3]


def test_of_several_changes_of_the_terms_only_the_last_was_just_announced() -> None:
    told = [f"2020-02-0{day} announce_terms_change effective: 2020-11-0{day}" for day in (1, 2, 3)]
    (anna,) = member(ANNA, *told, until=Day(2020, 2, 3)).subscriptions
    assert [each.effective for each in anna.changes_just_announced(2)] == [Day(2020, 11, 3)]


def test_a_change_is_known_as_it_reaches_the_subscription() -> None:
    anna = after_three_changes()
    price, terms = anna.price_changes["basis"].since(0)[0], anna.changes[-1]
    assert anna.as_known(price) is price
    assert anna.as_known(terms) is terms


def test_a_change_of_another_package_is_not_known() -> None:
    anna = after_three_changes()
    family = next(each for each in anna.all_changes() if each.package == "family")
    assert anna.as_known(family) is None


def test_a_price_is_overtaken_by_one_of_a_later_date_that_is_in_force_on_its_day() -> None:
    first, second = after_three_changes().price_changes["basis"]
    late = member(
        ANNA,
        "2020-08-01 announce_price_change prices: {basis: 155.00}, effective: 2020-08-10",
        "2020-08-02 announce_price_change prices: {basis: 145.00}, effective: 2020-08-15",
        until=Day(2020, 8, 2),
    )
    (anna,) = late.subscriptions
    rise, cut = anna.price_changes["basis"]
    assert (rise.reaches, cut.reaches) == (Day(2020, 8, 31), Day(2020, 8, 15))
    assert [anna.is_overtaken(each) for each in (rise, cut)] == [True, False]
    assert [after_three_changes().is_overtaken(each) for each in (first, second)] == [False, False]


@pytest.mark.parametrize(
    ("today", "spans"),
    [
        (Day(2020, 2, 3), [(Day.min, Day(2020, 2, 3), 30)]),
        (Day(2020, 2, 4), [(Day.min, Day(2020, 2, 3), 30), (Day(2020, 2, 4), Day(2020, 2, 4), 40)]),
        (Day(2020, 2, 9), [(Day.min, Day(2020, 2, 3), 30), (Day(2020, 2, 4), Day(2020, 2, 9), 40)]),
    ],
)
def test_terms_that_are_in_force_at_once_bind_from_the_start_of_the_next_day(
    today: Day, spans: list[tuple[Day, Day, int]]
) -> None:
    told = "2020-02-03 announce_terms_change effective: 2020-02-03, numbers: {notice-days: 40}"
    at_once = Terms(numbers=with_numbers(Numbers(), {"terms-notice-days": 0}))
    (anna,) = play(story(ANNA, told).scenario.facts, at_once, today).subscriptions
    assert [(span.first, span.last, span.terms.numbers.notice_days) for span in anna.spans_of_terms(today)] == spans


def test_the_next_day_may_be_that_of_the_next_period_of_who_lives() -> None:
    again = member(ANNA, "2020-01-20 withdraw", "2020-03-01 sign_up package: basis", until=Day(2020, 3, 5))
    assert again.next_day(Day(2020, 3, 5)) == Day(2020, 6, 1)


@pytest.mark.parametrize(
    ("after", "deadline"),
    [
        (Day(2020, 3, 5), Day(2020, 4, 30)),  # the card
        (Day(2020, 4, 30), Day(2020, 5, 1)),  # an announced change
        (Day(2020, 5, 1), Day(2020, 9, 1)),  # the binding
        (Day(2020, 9, 1), Day.max),
    ],
)
def test_the_deadlines_are_those_of_the_card_of_what_is_announced_and_of_who_lives(after: Day, deadline: Day) -> None:
    again = member(
        f"{ANNA}, card_expires: 2020-04",
        "2020-01-20 withdraw",
        "2020-03-01 sign_up package: basis",
        "2020-03-02 announce_terms_change effective: 2020-05-01",
        until=Day(2020, 3, 5),
    )
    assert again.next_deadline(after) == deadline
