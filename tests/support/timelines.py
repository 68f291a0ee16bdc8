"""Whole timelines of one member, for tests that must hold of every one of them.

`facts()` draws a member with one or two subscriptions and any events of the format, on the days on which limits turn;
it is valid by construction: in date order, with known packages and ids, and no live id signed up again. `terms()` draws
the terms, `days_of` a day worth asking about, and `stories()` all of these together. `Scene` and `next_event` build a
timeline one event at a time. `as_scenario` writes a drawn timeline as a file that can be saved and run.

All shrink towards one plain subscription of 2020 under the standard readings.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from attrs import Factory, define, evolve, field, frozen
from hypothesis import note
from hypothesis import strategies as st

from subsim.answers.can_cancel import Answer, answer_of
from subsim.answers.outcome import Outcome
from subsim.api import replay
from subsim.basics.dates import Day, days_after, last_day_of_month, months
from subsim.engine.timeline import play
from subsim.files.scenario import Scenario
from subsim.files.writer import scenario_text
from subsim.membership.events import (
    Activate,
    Amount,
    AnnouncePriceChange,
    AnnounceServiceChange,
    AnnounceTermsChange,
    Buy,
    ChangePackage,
    Charge,
    Complain,
    ConfirmationReceived,
    CreditAdjusted,
    CreditPaidOut,
    Event,
    Facts,
    GiveNotice,
    InvoiceEquipment,
    LendEquipment,
    LogIn,
    Move,
    PackageName,
    Pay,
    PaymentMethodFails,
    PaymentMethodRenewed,
    PaymentReturned,
    Person,
    Reminder,
    Restore,
    ReturnEquipment,
    SignUp,
    SubscriptionEvent,
    Suspend,
    Terminate,
    Transfer,
    Withdraw,
    WithdrawNotice,
)
from subsim.membership.member import Member
from subsim.terms.law_points import LAW_POINTS
from subsim.terms.readings import POINTS, PROFILES, as_choices, profile, with_choices
from subsim.terms.terms import NUMBERS, Numbers, Terms, with_numbers

T = TypeVar("T")

IDS = ("main", "second")
PACKAGES = tuple(map(PackageName, ("basis", "family", "cinema", "sport")))
FIRST_START, LAST_START = Day(2012, 2, 1), Day(2020, 12, 31)
LONGEST = 900
"""The most days from the first event of a timeline to its last."""
LAST_ASKED = Day(2023, 12, 31)
"""No later day is asked about, so that what follows from an answer lies within the table of reference rates as well."""
LAST_DAY = Day(2026, 12, 31)
"""The last day of that table."""

# The terms


def _one_of(*choices: object) -> st.SearchStrategy[Any]:
    return st.sampled_from(choices)


_INSTEAD = {"days": (0, 1, 5, 12, 14, 31, 60), "months": (0, 1, 5, 12), "years": (0, 16, 21), "kroner": (0, 447_00)}
_NUMBERS = st.lists(
    _one_of(*((name, value) for name, of in NUMBERS.items() for value in of.allowed or _INSTEAD[of.unit])), max_size=2
)
_READINGS = st.lists(
    _one_of(*((name, reading) for name, point in POINTS.items() for reading in point.readings)), max_size=6
)
_LAW_CHOICES = st.lists(
    _one_of(*((name, reading) for name, point in LAW_POINTS.items() for reading in point.readings)), max_size=2
)
_RATES = st.dictionaries(
    _one_of(*(Day(year, month, 1) for year in range(2012, 2025) for month in (1, 7))),
    st.integers(-7_0000, 10_0000),
    max_size=1,
)


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    """The terms under a profile with some readings chosen otherwise; one time in four with other numbers."""
    readings = with_choices(profile(draw(_one_of(*PROFILES))), dict(draw(_READINGS)))
    if not draw(_SELDOM):
        return Terms(readings=readings)
    return Terms(numbers=with_numbers(Numbers(), dict(draw(_NUMBERS))), readings=readings, reference_rates=draw(_RATES))


_SELDOM, _MOSTLY = _one_of(False, False, False, True), _one_of(True, True, True, False)
_PLACE = st.integers(0, 9_999)
"""A place in a list that only the scene knows; a strategy made anew for every draw takes far longer."""


def _pick(draw: st.DrawFn, choices: Sequence[T]) -> T:
    return choices[draw(_PLACE) % len(choices)]


# The days on which something may turn


def limits(event: Event) -> set[Day]:
    """The days on which something may turn because of this event, by the terms' own numbers."""
    today = event.date
    match event:
        case SignUp():
            return _limits_of_sign_up(event)
        case AnnouncePriceChange() | AnnounceServiceChange() | AnnounceTermsChange():
            told_by, in_time, effective = days_after(today, 21), days_after(today, 30), event.effective
            return {told_by, in_time, effective, days_after(effective, -3), days_after(effective, -7)}
        case GiveNotice():
            return {days_after(today, 30), event.wanted_end or today}
        case ConfirmationReceived():
            return {days_after(today, 14)}
        case Buy():
            return {days_after(today, 14)}
        case PaymentMethodRenewed(card_expires=Day() as expires):
            return {expires}
    return set()


_BUNDLES_FROM = Day(2020, 12, 21)
_MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}


def _limits_of_sign_up(event: SignUp) -> set[Day]:
    """The ends of trial, binding and withdrawal; for two years the boundaries, and what is counted from them."""
    anchor = days_after(event.date, event.trial_days)
    step = min(3, _MONTHS[event.billing])
    boundaries = {months(anchor, count) for count in range(0, 25, step)} | {months(event.date, 6)}
    boundaries |= {Day(event.date.year + ahead, month, 1) for ahead in (0, 1) for month in (1, 4, 7, 10)}
    found = {days_after(day, count) for day in boundaries for count in (-30, 0, 10)}
    found |= {days_after(event.date, 14)} | ({event.card_expires} if event.card_expires else set())
    return found | _limits_in_law(event)


def _limits_in_law(event: SignUp) -> set[Day]:
    """Five months, six and the turns of the months after; the ends of the withdrawal period and of that without
    information; the day from which bundles are one agreement.
    """
    turns = {months(event.date.replace(day=1), count) for count in (5, 6, 7)}
    lasts = {days_after(event.date, 14), days_after(months(days_after(event.date, 14), 12), 1)}
    if isinstance(event.withdrawal_info, Day):
        lasts.add(days_after(event.withdrawal_info, 14))
    return {months(event.date, 5), *turns, *lasts, *(days_after(day, 3) for day in lasts), _BUNDLES_FROM}


def _turns(event: Event) -> list[Day]:
    """The day of an event, the limits that it sets, and the days beside these."""
    beside = {days_after(day, count) for day in limits(event) for count in (-1, 0, 1)}
    return sorted({event.date, *beside})


@st.composite
def days_of(draw: st.DrawFn, facts: Facts) -> Day:
    """A day worth asking about: that of an event, or a limit that one sets, or a day beside it."""
    event = draw(st.sampled_from(facts.timeline))
    return _pick(draw, [day for day in _turns(event) if day <= LAST_ASKED]) if draw(st.booleans()) else event.date


# A timeline, one event at a time


@define(eq=False)
class Scene:
    """What the next event of a timeline must know of those before, so as to be valid and to fall on a limit.

    `last` is the last day on which something may happen, `kinds` what may happen besides a sign-up. `turns` are the
    days that each event makes worth a look, `wanted` the packages that were asked for, `signed_up` the ids that may be
    named, and `may_be_live` those of them that are live under some terms or other, and so can't be signed up again.
    """

    person: Person
    prices: dict[PackageName, Amount]
    today: Day
    last: Day
    kinds: "tuple[_Kind, ...]"
    events: list[Event] = Factory(list)
    turns: list[list[Day]] = Factory(list)
    wanted: list[PackageName] = Factory(list)
    signed_up: list[str] = Factory(list)
    may_be_live: set[str] = Factory(set)
    resident: str = field(default=Factory(lambda self: self.person.resident, takes_self=True))

    def add(self, event: Event) -> None:
        """Let the event happen."""
        self.events.append(event)
        self.today = event.date
        self.turns.append(_turns(event))
        match event:
            case SignUp():
                self.wanted.append(event.package)
                if event.subscription not in self.signed_up:
                    self.signed_up.append(event.subscription)
                if not self._is_surely_refused(event):
                    self.may_be_live.add(event.subscription)
            case ChangePackage():
                self.wanted.append(event.to)
            case Terminate() if event.reason in ("breach", "misuse", "security") or event.settlement == "refund":
                self.may_be_live.discard(event.subscription)
            case Move():
                self.resident = event.resident

    def _is_surely_refused(self, event: SignUp) -> bool:
        """Whether no terms, whatever their numbers and readings, accept the sign-up."""
        unagreed = self.person.use == "commercial" and not self.person.written_agreement
        return unagreed or self.resident != "DK" or event.service == "tv"

    def free_ids(self) -> list[str]:
        """The ids that can be signed up now."""
        return [id for id in IDS if id not in self.may_be_live]

    def days_between(self, first: Day, last: Day) -> list[list[Day]]:
        """The days worth a look from the first to the last, by the event that makes them so; none is empty."""
        found = [days[bisect_left(days, first) : bisect_right(days, last)] for days in self.turns]
        return [days for days in found if days]


_Field = st.SearchStrategy[Any] | Callable[[st.DrawFn, Scene], Any]
"""What a field of an event may be: any of a strategy's, or what is drawn for a scene."""


@frozen
class _Kind:
    """A kind of event, how often it comes beside the others, and its fields."""

    event: type[Event]
    weight: int
    fields: dict[str, _Field]


def _kind(event: type[Event], weight: int, **fields: _Field) -> _Kind:
    return _Kind(event, weight, fields)


def _limit(draw: st.DrawFn, scene: Scene, first: int, last: int) -> Day:
    """A limit, or a day beside one, that lies so many days from today; today if there is none."""
    days = scene.days_between(days_after(scene.today, first), days_after(scene.today, last))
    return _pick(draw, _pick(draw, days)) if days else scene.today


def _wanted_end(draw: st.DrawFn, scene: Scene) -> Day:
    return _limit(draw, scene, -20, 400)


_COUNTS_AHEAD = _one_of(30, 29, 31, 0, 1, 3, 7, 8, 21, 22, 40, 60, 90, 120, *[None] * 14)


def _day_ahead(draw: st.DrawFn, scene: Scene) -> Day:
    """The effective date of an announcement: so many days ahead, or, as often, on a limit."""
    count = draw(_COUNTS_AHEAD)
    return _limit(draw, scene, 0, 250) if count is None else days_after(scene.today, count)


_MONTHS_AHEAD = _one_of(*[None] * 26, *range(13))


def _card_month(draw: st.DrawFn, scene: Scene) -> Day | None:
    """No expiry as a rule, else one within a year."""
    count = draw(_MONTHS_AHEAD)
    if count is None:
        return None
    day = months(scene.today, count)
    return last_day_of_month(day.year, day.month)


def _payment(draw: st.DrawFn, scene: Scene) -> int:
    """What one to twelve months of some package cost, or another amount."""
    dues = sorted({price * count for price in scene.prices.values() for count in (1, 3, 6, 12)})
    return _pick(draw, [*dues, 1, 100_00, 777_77, 3000_00])


def _part_of_payment(draw: st.DrawFn, scene: Scene) -> int:
    """What may be left as credit: nothing, an øre, one month of some package, or more."""
    return _pick(draw, [0, 1, 100_00, *sorted(scene.prices.values())])


def _correction(draw: st.DrawFn, scene: Scene) -> int:
    """As much of a credit as may be paid out, upwards or downwards; or a payment's worth."""
    amount = _part_of_payment(draw, scene) if draw(st.booleans()) else _payment(draw, scene)
    return amount if draw(_MOSTLY) else -amount


def _some_packages(draw: st.DrawFn, scene: Scene) -> tuple[PackageName, ...]:
    """One or two packages, as a rule one that was asked for among them."""
    one, other = _pick(draw, (*scene.wanted * 2, *PACKAGES)), draw(_PACKAGE)
    return (one,) if one == other or draw(st.booleans()) else (one, other)


def _new_prices(draw: st.DrawFn, scene: Scene) -> dict[PackageName, Amount]:
    return {package: draw(_AMOUNT) for package in _some_packages(draw, scene)}


def _information(draw: st.DrawFn, scene: Scene) -> Day | str | None:
    """When the right to withdraw was explained: as a rule with the confirmation."""
    count = draw(_one_of(*[None] * 4, "same-day", "none", 0, 1, 3, 20, 40, 360, 380, 400))
    return days_after(scene.today, count) if isinstance(count, int) else count


def _day_of_sending(draw: st.DrawFn, scene: Scene) -> Day | None:
    count = draw(_one_of(None, None, 0, 1, 2, 3, 5))
    return None if count is None else days_after(scene.today, -count)


def _id_or_none(draw: st.DrawFn, scene: Scene) -> str | None:
    """The subscription that an event of the agreement names, if any."""
    return _pick(draw, (None, *scene.signed_up))


_AMOUNT = _one_of(149_00, 299_00, 99_95, 0, 1, 33_33, 77_77, 123_45, 416_66, 416_67, 1666_66, 1666_67, 5000_00)
"""Prices, some of them to be rounded, some at the limit of the credit assessment; in øre."""
_PACKAGE = _one_of(*PACKAGES)
_VIA = _one_of(("email",), ("website",), ("email", "website"))
_ITEM = _one_of("box", "box", "box", "remote")

_SIGN_UP = _kind(
    SignUp,
    4,
    package=_PACKAGE,
    channel=_one_of("online", "phone", "shop"),
    billing=_one_of("quarterly", "monthly", "half-yearly", "yearly"),
    payment=_one_of(None, "card", "invoice", "betalingsservice"),
    card_expires=_card_month,
    trial_days=_one_of(0, 0, 0, 14, 30, 200),
    confirmation=_one_of("same-day", "same-day", "pending"),
    credit_check=_one_of(None, None, "passed", "failed"),
    service=_one_of(*["ip"] * 19, "tv"),
    kind=_one_of(None, "internet", "tv", "bundle"),
    withdrawal_info=_information,
    express_request=_one_of(None, True, False),
    content_consent=_one_of(False, False, True),
    trial_price_told=st.booleans(),
    solicited=st.booleans(),
)
_LEAVING = (
    _kind(GiveNotice, 6, ground=_one_of(*[None] * 5, "ordinary", "price_change", "service_change", "terms_change")),
    _kind(GiveNotice, 1, ground=_one_of("trial", "ordinary", "price_change", "service_change", "terms_change")),
    _kind(GiveNotice, 2, ground=_one_of(None, "ordinary"), wanted_end=_wanted_end),
    _kind(WithdrawNotice, 3, agreed=_MOSTLY),
    _kind(ChangePackage, 6, to=_PACKAGE),
    _kind(AnnouncePriceChange, 6, prices=_new_prices, effective=_day_ahead, via=_VIA),
    _kind(
        AnnouncePriceChange,
        2,
        prices=_new_prices,
        effective=_day_ahead,
        via=_VIA,
        grounds=st.just("cost"),
        cost_increase=_one_of(50_00, 10_00, 150_00),
    ),
    _kind(
        AnnounceServiceChange,
        4,
        packages=_some_packages,
        effective=_day_ahead,
        via=_VIA,
        disadvantage=_one_of("material", "material", "none"),
        urgent=_SELDOM,
    ),
    _kind(AnnounceTermsChange, 2, effective=_day_ahead, via=_VIA, material=_MOSTLY, favourable=_SELDOM),
    _kind(
        AnnounceTermsChange,
        4,
        effective=_day_ahead,
        via=_VIA,
        material=st.booleans(),
        favourable=_SELDOM,
        numbers=_NUMBERS.map(dict),
        readings=_READINGS.map(dict),
    ),
    _kind(Terminate, 2, reason=st.just("none"), settlement=_one_of("access", "refund")),
)
_STAYING = (
    _kind(Pay, 4, amount=_payment),
    _kind(PaymentReturned, 4, amount=_payment),
    _kind(CreditAdjusted, 3, amount=_correction, note=_one_of(None, "goodwill")),
    _kind(CreditPaidOut, 2, amount=_part_of_payment),
    _kind(Charge, 2, item=st.just("cable"), amount=_AMOUNT),
    _kind(PaymentMethodFails, 3),
    _kind(PaymentMethodRenewed, 3, card_expires=_card_month),
    _kind(Terminate, 3, reason=_one_of("overdue", "overdue", "breach", "misuse", "security")),
    _kind(Withdraw, 2, sent=_day_of_sending),
    _kind(Activate, 2, filter_changed=st.booleans(), express_request=_one_of(None, True, False)),
    _kind(LogIn, 1),
    _kind(ConfirmationReceived, 1),
    _kind(Buy, 2, item=st.just("film"), amount=_AMOUNT, access_days=_one_of(None, 30, 0), content_consent=_SELDOM),
    _kind(Reminder, 2, fee=_one_of(0, 50_00, 100_00, 100_00, 100_00, 100_01)),
    _kind(LendEquipment, 3, item=_ITEM, value=_AMOUNT),
    _kind(ReturnEquipment, 1, item=_ITEM),
    _kind(InvoiceEquipment, 2, item=_ITEM),
    _kind(Suspend, 1),
    _kind(Restore, 1),
    _kind(Complain, 1, subscription=_id_or_none),
    _kind(Transfer, 1, subscription=_id_or_none),
    _kind(Move, 1, resident=_one_of("DK", "SE")),
)
_THEMES = _one_of(
    *(tuple(kind for kind in kinds for _ in range(kind.weight)) for kinds in (_LEAVING, _LEAVING + _STAYING))
)
"""What may happen in a timeline besides a sign-up, each kind as often as its weight: all, or what lets one leave."""


def _draw(draw: st.DrawFn, scene: Scene, kind: _Kind, ids: Sequence[str]) -> Event:
    values: dict[str, Any] = {"date": scene.today}
    if issubclass(kind.event, SubscriptionEvent):
        values["subscription"] = ids[0] if len(ids) == 1 else _pick(draw, ids)
    for name, what in kind.fields.items():
        values[name] = what(draw, scene) if callable(what) else draw(what)
    if kind.event is SignUp:
        values["trial_price_told"] |= not values["trial_days"]
        values["solicited"] |= values["channel"] != "phone"
    return kind.event(**values)


_WHEN = _one_of("today", "soon", "on a limit", "on a limit")
_SOON = st.integers(1, 60)


@st.composite
def next_event(draw: st.DrawFn, scene: Scene, *, may_sign_up: bool = True) -> Event:
    """An event that may come next: today, within two months, or as often as these together on a limit ahead.

    The scene moves on to its day; the caller adds it to the scene.
    """
    when = draw(_WHEN)
    if when == "soon":
        scene.today = min(scene.last, days_after(scene.today, draw(_SOON)))
    elif when == "on a limit":
        scene.today = min(scene.last, _limit(draw, scene, 0, 190))
    free_ids = scene.free_ids() if may_sign_up else []
    kind = _pick(draw, scene.kinds + (_SIGN_UP,) * _SIGN_UP.weight if free_ids else scene.kinds)
    return _draw(draw, scene, kind, free_ids if kind is _SIGN_UP else scene.signed_up)


# The facts

_PLAIN_PRICES = dict(zip(PACKAGES, map(Amount, (149_00, 299_00, 99_95, 299_00)), strict=True))
_PLAIN_STARTS = _one_of(
    *(Day(2020, 1, 15), Day(2020, 1, 31), Day(2019, 8, 30), Day(2020, 2, 29), Day(2012, 10, 31)),
    *(Day(2014, 6, 12), Day(2014, 6, 13), Day(2020, 7, 31), Day(2020, 12, 20), Day(2020, 12, 21)),
)
_STARTS = st.one_of(_PLAIN_STARTS, st.dates(FIRST_START, LAST_START))


def _person(draw: st.DrawFn, start: Day) -> Person:
    """A plain member as a rule; else one who comes of age in these days, lives abroad, or is no private user."""
    if draw(_one_of(*[True] * 7, False)):
        return Person()
    of_age = draw(_one_of(None, -1, 0, 1, 40))
    return Person(
        id=draw(_one_of(None, "10042")),
        born=None if of_age is None else days_after(months(start, -216), of_age),
        resident=draw(_one_of("DK", "DK", "SE")),
        use=draw(_one_of("private", "private", "commercial")),
        written_agreement=draw(st.booleans()),
    )


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """A member who has just asked to sign up for the first time."""
    start = draw(_STARTS)
    scene = Scene(
        person=_person(draw, start),
        prices={package: draw(_AMOUNT) for package in PACKAGES} if draw(_SELDOM) else _PLAIN_PRICES,
        today=start,
        last=days_after(start, LONGEST),
        kinds=draw(_THEMES),
    )
    scene.add(_draw(draw, scene, _SIGN_UP, ["main"]))
    return scene


_GOES_ON = _one_of(False, *[True] * 15)


@st.composite
def facts(draw: st.DrawFn, most_events: int = 12) -> Facts:
    """All that a replay is told of one member: who, at which prices, and so many events at most."""
    scene = draw(scenes())
    while len(scene.events) < most_events and draw(_GOES_ON):
        scene.add(draw(next_event(scene)))
    return Facts(person=scene.person, prices=scene.prices, timeline=tuple(scene.events))


# A whole story


@frozen(repr=False)
class Story:
    """Facts and terms, and a day on which something is asked about one subscription; `until` is no earlier."""

    facts: Facts
    terms: Terms
    day: Day
    until: Day
    subscription: str
    law_choices: dict[str, str] = Factory(dict)

    def __repr__(self) -> str:
        return f"<{len(self.facts.timeline)} events, {self.subscription} asked on {self.day}, until {self.until}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))  # the facts are shown as a file instead

    def questions(self) -> Iterator["Story"]:
        """The same story asked about each subscription at the end of each day of an event, and of its own day."""
        sign_ups = [event for event in self.facts.timeline if isinstance(event, SignUp)]
        for day in sorted({self.day, *(event.date for event in self.facts.timeline)}):
            for id in dict.fromkeys(event.subscription for event in sign_ups if event.date <= day):
                note(f"{id} asked on {day}")
                yield evolve(self, day=day, subscription=id)

    def facts_so_far(self, *more: Event) -> Facts:
        """The facts up to and including the day asked about, and these more."""
        so_far = tuple(event for event in self.facts.timeline if event.date <= self.day)
        return evolve(self.facts, timeline=so_far + more)

    def outcome(self, facts: Facts | None = None, until: Day | None = None) -> Outcome:
        """The outcome of the facts, or of others, under the terms of the story."""
        return outcome_of(self.facts if facts is None else facts, self.terms, until or self.until)

    def member(self, facts: Facts | None = None, until: Day | None = None) -> Member:
        """The member at the end of the day asked about, or of another, after the facts or others."""
        return play(self.facts if facts is None else facts, self.terms, until or self.day)

    def answer(self, facts: Facts | None = None, day: Day | None = None) -> Answer:
        """What `can-cancel` answers on the day asked about, or on another."""
        day = day or self.day
        return answer_of(self.member(facts, day), self.subscription, day)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Facts, terms, and days to ask about; a failing test shows it as a scenario file."""
    told = draw(facts())
    day = draw(days_of(told))
    last = max(day, told.timeline[-1].date)
    until = draw(st.sampled_from([max(day, days_after(last, count)) for count in (0, 1, 35, 370)]))
    sign_ups = [event for event in told.timeline if isinstance(event, SignUp)]
    ids = sorted({event.subscription for event in sign_ups if event.date <= day}) or ["main"]
    law_choices = dict(draw(_LAW_CHOICES))
    story = Story(told, draw(terms()), day, min(until, LAST_DAY), _pick(draw, ids), law_choices)
    note(as_scenario(told, story.terms, until=story.until, asks=[(day, story.subscription)], law_choices=law_choices))
    return story


def outcome_of(facts: Facts, terms: Terms, until: Day) -> Outcome:
    """The outcome of a replay up to and including `until`."""
    scenario = Scenario(
        source="<drawn>",
        sentence="A drawn timeline",
        facts=facts,
        readings=as_choices(terms.readings),
        numbers={name: getattr(terms.numbers, name.replace("-", "_")) for name in NUMBERS},
        reference_rates=terms.reference_rates,
    )
    return replay(scenario, until)


# As a file


def as_scenario(
    facts: Facts,
    terms: Terms,
    *,
    until: Day | None = None,
    asks: Iterable[tuple[Day, str]] = (),
    law_choices: dict[str, str] | None = None,
) -> str:
    """The scenario file that tells these facts under these terms, and asks on each day about a subscription."""
    return scenario_text(facts, terms, sentence="A drawn timeline", until=until, asks=asks, law_choices=law_choices)
