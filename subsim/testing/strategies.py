"""Strategies of hypothesis for timelines of members, their terms, days to ask about, and next events.

Their values are valid: in date order, with known packages and subscriptions, and no live id signed up again. They
shrink towards one plain subscription of 2020 under the standard readings.

The strategies of timelines take the abilities of the system under test, which `Abilities` explains: `events`,
`subscriptions`, `billing`, `prices`, `first`, `last`, `end`, `days`, `length`, `fields`. ValueError says what is wrong.
"""

from collections.abc import Collection, Sequence
from typing import Any, get_args

from attrs import evolve
from hypothesis import note
from hypothesis import strategies as st

from subsim.api.arguments import check_name
from subsim.basics.dates import Day, days_after, months
from subsim.basics.texts import Message
from subsim.files.scenario import Scenario, loads
from subsim.files.writer import scenario_text
from subsim.membership.events import Event, PackageName, SignUp, SubscriptionEvent
from subsim.membership.facts import Facts, Person
from subsim.terms.readings import POINTS, ProfileName, profile, with_choices
from subsim.terms.terms import Numbers, Terms, with_numbers
from subsim.testing.stories.abilities import ALL, PLAIN_PRICES, Abilities, abilities
from subsim.testing.stories.kinds import AMOUNT, NUMBERS_CHANGED, READINGS_CHANGED, SELDOM, SIGN_UP, themes
from subsim.testing.stories.limits import turns
from subsim.testing.stories.scene import Kind, Scene, limit, one_of, pick

LAST_ASKED = Day(2023, 12, 31)
"""The last day to ask about, so that later dates are in the table of reference rates too."""
LAST_DAY = Day(2026, 12, 31)
"""The last day of that table."""
_PROFILES: tuple[ProfileName, ...] = get_args(ProfileName)

# The terms


def readings(*, points: Collection[str] | None = None, most: int = 6) -> st.SearchStrategy[dict[str, str]]:
    """Readings by contested point, at most `most`, of these points only if given; the simplest value is empty."""
    for name in points or ():
        check_name(Message("contested point"), name, POINTS)
    choices = [(name, reading) for name in POINTS if points is None or name in points for reading in _of(name)]
    return st.lists(st.sampled_from(choices), max_size=most).map(dict) if choices else st.just({})


def _of(point: str) -> Collection[str]:
    return POINTS[point].readings


_RATES = st.dictionaries(
    one_of(*(Day(year, month, 1) for year in range(2012, 2025) for month in (1, 7))),
    st.integers(-7_0000, 10_0000),
    max_size=1,
)


def terms(
    *,
    profiles: Collection[str] = _PROFILES,
    points: Collection[str] | None = None,
    numbers: bool = True,
) -> st.SearchStrategy[Terms]:
    """The terms under a profile with some readings of these points chosen otherwise.

    With `numbers`, one time in four with other numbers and reference rates as well.
    """
    for name in profiles:
        check_name(Message("profile"), name, _PROFILES)
    names = [name for name in _PROFILES if name in profiles] or ["standard"]
    return _terms(st.sampled_from(names), READINGS_CHANGED if points is None else readings(points=points), numbers)


@st.composite
def _terms(
    draw: st.DrawFn, names: st.SearchStrategy[ProfileName], chosen: st.SearchStrategy[Any], with_others: bool
) -> Terms:
    read = with_choices(profile(draw(names)), dict(draw(chosen)))
    if not with_others or not draw(SELDOM):
        return Terms(readings=read)
    return Terms(
        numbers=with_numbers(Numbers(), dict(draw(NUMBERS_CHANGED))), readings=read, reference_rates=draw(_RATES)
    )


# One event


def _event(draw: st.DrawFn, scene: Scene, kind: Kind, ids: Sequence[str]) -> Event:
    values: dict[str, Any] = {"date": scene.today}
    if issubclass(kind.event, SubscriptionEvent):
        values["subscription"] = ids[0] if len(ids) == 1 else pick(draw, ids)
    for name, what in (kind.fields | scene.abilities.fields.get(kind.event.name, {})).items():
        values[name] = what(draw, scene) if callable(what) else draw(what)
    if kind.event is SignUp:
        values["trial_price_told"] |= not values["trial_days"]
        values["solicited"] |= values["channel"] != "phone"
    return kind.event(**values)


_WHEN = one_of("today", "soon", "on a limit", "on a limit")
_SOON = st.integers(1, 60)


@st.composite
def event_of_scene(draw: st.DrawFn, scene: Scene, *, may_sign_up: bool = True) -> Event:
    """An event that may come next: today, within two months, or, as often as both together, on a later limit.

    The day of the scene becomes that of the event; the caller adds the event to the scene.
    """
    when = draw(_WHEN)
    if when == "soon":
        scene.today = min(scene.last, days_after(scene.today, draw(_SOON)))
    elif when == "on a limit":
        scene.today = min(scene.last, limit(draw, scene, 0, 190))
    free_ids = scene.free_ids() if may_sign_up else []
    kind = pick(draw, scene.kinds + (SIGN_UP,) * SIGN_UP.weight if free_ids else scene.kinds)
    return _event(draw, scene, kind, free_ids if kind is SIGN_UP else scene.signed_up)


def next_events(scenario: Scenario, *, may_sign_up: bool = True, **can: Any) -> st.SearchStrategy[Event]:
    """The events that may come next in a scenario, not before its last one.

    `with_events` gives the scenario with such an event. ValueError where nothing can come next.
    """
    scene = _scene_after(scenario.facts, abilities(**can))
    if not scene.kinds and not (may_sign_up and scene.free_ids()):
        raise ValueError(Message("nothing can happen next: give more events or subscriptions"))
    return st.builds(_scene_after, st.just(scenario.facts), st.just(scene.abilities)).flatmap(
        lambda drawn: event_of_scene(drawn, may_sign_up=may_sign_up)
    )


def _scene_after(facts: Facts, can: Abilities) -> Scene:
    start = facts.timeline[0].date
    last = max(can.last_day(start), facts.timeline[-1].date)
    scene = Scene(facts.person, dict(facts.prices), start, last, themes(can)[-1], can)
    for event in facts.timeline:
        scene.add(event)
    return scene


# A timeline

_PLAIN_STARTS = (
    *(Day(2020, 1, 15), Day(2020, 1, 31), Day(2019, 8, 30), Day(2020, 2, 29), Day(2012, 10, 31)),
    *(Day(2014, 6, 12), Day(2014, 6, 13), Day(2020, 7, 31), Day(2020, 12, 20), Day(2020, 12, 21)),
)


def _starts(can: Abilities) -> st.SearchStrategy[Day]:
    plain = [day for day in _PLAIN_STARTS if can.first <= day <= can.last] or [can.first]
    return st.one_of(st.sampled_from(plain), st.dates(can.first, can.last))


def _person(draw: st.DrawFn, start: Day) -> Person:
    """Usually a plain member; else one who comes of age in these days, lives abroad, or is a commercial user."""
    if draw(one_of(*[True] * 7, False)):
        return Person()
    of_age = draw(one_of(None, -1, 0, 1, 40))
    return Person(
        id=draw(one_of(None, "10042")),
        born=None if of_age is None else days_after(months(start, -216), of_age),
        resident=draw(one_of("DK", "DK", "SE")),
        use=draw(one_of("private", "private", "commercial")),
        written_agreement=draw(st.booleans()),
    )


_PACKAGES = tuple(PLAIN_PRICES)


def scenes(can: Abilities = ALL) -> st.SearchStrategy[Scene]:
    """A scene with a first sign-up only."""
    return _scenes(can, _starts(can), st.sampled_from(themes(can)))


@st.composite
def _scenes(
    draw: st.DrawFn, can: Abilities, starts: st.SearchStrategy[Day], kinds: st.SearchStrategy[tuple[Kind, ...]]
) -> Scene:
    start = draw(starts)
    prices = can.prices
    scene = Scene(
        person=_person(draw, start),
        prices=_prices(draw) if prices is None else prices,
        today=start,
        last=can.last_day(start),
        kinds=draw(kinds),
        abilities=can,
    )
    scene.add(_event(draw, scene, SIGN_UP, ["main"]))
    return scene


def _prices(draw: st.DrawFn) -> dict[PackageName, Any]:
    return {package: draw(AMOUNT) for package in _PACKAGES} if draw(SELDOM) else PLAIN_PRICES


_GOES_ON = one_of(False, *[True] * 15)


def timelines(**can: Any) -> st.SearchStrategy[Facts]:
    """The facts about one member: the person, the prices, and the events in order.

    A failing test shows it as a scenario file.
    """
    return timelines_unshown(**can).map(_noted)


def timelines_unshown(**can: Any) -> st.SearchStrategy[Facts]:
    """The same without showing it, for tests that show more themselves."""
    return _timelines(scenes(abilities(**can)))


def _noted(facts: Facts) -> Facts:
    note(scenario_text(facts, Terms(), sentence=_SENTENCE))
    return facts


@st.composite
def _timelines(draw: st.DrawFn, begun: st.SearchStrategy[Scene]) -> Facts:
    scene = draw(begun)
    while len(scene.events) < scene.abilities.length and (scene.kinds or scene.free_ids()) and draw(_GOES_ON):
        scene.add(draw(event_of_scene(scene)))
    return Facts(person=scene.person, prices=scene.prices, timeline=tuple(scene.events))


# A day, and a whole scenario


def days_of(scenario: Scenario | Facts) -> st.SearchStrategy[Day]:
    """A day to ask about: that of an event, a limit of one, or a day beside it."""
    return _days_of(scenario.facts if isinstance(scenario, Scenario) else scenario)


@st.composite
def _days_of(draw: st.DrawFn, facts: Facts) -> Day:
    event = draw(st.sampled_from(facts.timeline))
    return pick(draw, [day for day in turns(event) if day <= LAST_ASKED]) if draw(st.booleans()) else event.date


def scenarios(
    *, terms: st.SearchStrategy[Terms] | None = None, asks: int = 1, **can: Any
) -> st.SearchStrategy[Scenario]:
    """A whole scenario, as `subsim.load` gives it: a timeline under drawn terms, with a last day and some questions.

    `terms` draws others than `terms()` does; there are at most `asks` questions, about days of `days_of`. A failing
    test shows it as a file.
    """
    return _scenarios(timelines_unshown(**can), _TERMS if terms is None else terms, asks)


@st.composite
def _scenarios(
    draw: st.DrawFn, stories: st.SearchStrategy[Facts], drawn_terms: st.SearchStrategy[Terms], most_asks: int
) -> Scenario:
    facts = draw(stories)
    sign_ups = [event for event in facts.timeline if isinstance(event, SignUp)]
    asks = []
    for _ in range(draw(st.integers(0, most_asks))):
        day = draw(_days_of(facts))
        asks.append((day, pick(draw, [event.subscription for event in sign_ups if event.date <= day] or ["main"])))
    last = max([facts.timeline[-1].date, *(day for day, _ in asks)])
    until = min(LAST_DAY, days_after(last, draw(one_of(0, 1, 35, 370))))
    scenario = scenario_of_facts(facts, draw(drawn_terms), until=max(until, last), asks=sorted(asks))
    note(scenario.text)
    return scenario


_TERMS = terms()
_SENTENCE = "A drawn timeline"


def scenario_of_facts(
    facts: Facts, terms: Terms, *, until: Day | None = None, asks: Sequence[tuple[Day, str]] = ()
) -> Scenario:
    """The scenario of these facts under these terms, read from its own file."""
    return loads(scenario_text(facts, terms, sentence=_SENTENCE, until=until, asks=asks), "<drawn>")


def with_events(scenario: Scenario, *events: Event) -> Scenario:
    """The scenario after these events too, replayed until the last of them at least; it expects nothing."""
    from subsim.answers.question import case_of

    facts = evolve(scenario.facts, timeline=(*scenario.facts.timeline, *events))
    until = None if scenario.until is None else max(scenario.until, *(event.date for event in events))
    asks = [(ask.date, ask.subscription) for ask in scenario.asks]
    return scenario_of_facts(facts, case_of(scenario).terms, until=until, asks=asks)
