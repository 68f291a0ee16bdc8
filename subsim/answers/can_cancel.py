"""The answer to the question whether a member can cancel: frozen values, and the JSON of `subsim can-cancel`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

from subsim.answers.account import Account, account_of
from subsim.answers.displayable import Displayable
from subsim.answers.law import LawAnswer
from subsim.basics.dates import Day
from subsim.basics.enumerations import Route, State
from subsim.basics.json_object import JsonObject, Key, Merge, money
from subsim.basics.texts import NOTHING, Message
from subsim.basics.values import frozen
from subsim.engine.ways import CLAUSES, WAYS, best_way, open_ways, ways_out
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.membership.ways import OPERATOR, Way
from subsim.rules import renewal, withdrawal

if TYPE_CHECKING:
    from subsim.files.doubts import Span


@frozen(kw_only=True)
class WayOut(JsonObject):
    """One way out as of a date: open with its end and what it costs, or closed; `because` says why either way.

    `give_notice_by` is the last day on which this window is open (null: no last day); amounts are in øre.
    """

    route: Route
    ends_on: Day | None
    give_notice_by: Day | None
    refund: int | None
    still_to_pay: int | None
    clauses: tuple[str, ...]
    because: Message

    @property
    def open(self) -> bool:
        """Whether a notice that day would take this way."""
        return self.ends_on is not None

    KEYS = (
        Key("route", "the way out"),
        Key("open", "whether a notice that day would take it"),
        Key("ends_on", "the first day without service"),
        Key("give_notice_by", "the last day on which it is open; null where it has none"),
        money("refund", "what a withdrawal pays back"),
        money("still_to_pay", "what is still to pay until the end"),
        Key("clauses", "the clauses that open or close it"),
        Key("because", "why it is open or closed, with the arithmetic"),
    )


@frozen(kw_only=True)
class Contested(JsonObject):
    """Another reading of one point, and the answer that it gives.

    Where the timeline cannot be replayed under it, `fault` says why, and there is no answer.
    """

    point: str
    reading: str
    can_cancel: bool | None = None
    earliest_end: Day | None = None
    route: Route | None = None
    fault: Message | None = None
    says: Message = NOTHING
    """What the reading says, with the numbers in force."""

    @classmethod
    def of(
        cls, point: str, reading: str, says: Message, gist: tuple[bool | None, Day | None, Route | None]
    ) -> "Contested":
        """A reading with its answer: whether, when and how; each None where facts in doubt leave it open."""
        can_cancel, earliest_end, route = gist
        return cls(
            point=point, reading=reading, says=says, can_cancel=can_cancel, earliest_end=earliest_end, route=route
        )

    @property
    def replayable(self) -> bool | None:
        """False where the timeline cannot be replayed under the reading; None where it can."""
        return None if self.fault is None else False

    KEYS = (
        Key("point", "the contested point"),
        Key("reading", "the other reading"),
        Key("can_cancel", "whether the member can then cancel"),
        Key("earliest_end", "the first day without service then"),
        Key("route", "the way out then"),
        Key("replayable", "false where the timeline cannot be replayed so; else left out", optional=True),
        Key("reason", "why it cannot", of="fault", optional=True),
    )


@frozen(kw_only=True, repr=False)
class Cancellation(Displayable):
    """Can this member cancel as of the end of `date`: from when, by which route, at what cost, and why."""

    date: Day
    subscription: str
    state: State | None
    can_cancel: bool
    earliest_end: Day | None
    route: Route | None
    clauses: tuple[str, ...]
    because: Message
    routes: tuple[WayOut, ...]
    registered_on: Day | None = None
    """The day of the subscription's sign-up; None where there is no subscription."""
    notice_stands: bool = False
    """Whether the end is that of a notice already given, or of Kabelplus' own termination."""
    law: LawAnswer | None = None
    """What the law says beside the contract; None where it was not asked."""

    @property
    def gist(self) -> tuple[bool, Day | None, Route | None]:
        """Whether, when and how the member can leave: what another reading may change."""
        return self.can_cancel, self.earliest_end, self.route

    def __repr__(self) -> str:
        """Of what and of which day the answer is, and whether, when and how the member can leave, in one line."""
        end = f"{self.earliest_end} by {self.route}" if self.can_cancel else "no way out"
        return f"<{type(self).__name__} about {self.subscription} on {self.date}: {end}>"


OF_DOUBT = ("worlds", "certain", "cases", "decisive")
"""The keys of JSON that tell of facts in doubt, of an answer without any too."""


@frozen(kw_only=True)
class WorldCount(JsonObject):
    """How many courses of events the facts in doubt leave: one where nothing is in doubt."""

    possible: int
    impossible: int

    KEYS = (
        Key("possible", "how many are possible"),
        Key("impossible", "how many are not, by what their days say"),
    )


@frozen(kw_only=True)
class Certain(JsonObject):
    """Whether, when and how the member can leave, each as far as it is the same in all possible worlds."""

    can_cancel: bool | None
    earliest_end: Day | None
    route: Route | None

    KEYS = (
        Key("can_cancel", "whether the member can leave"),
        Key("earliest_end", "the first day without service"),
        Key("route", "the way out"),
    )


Row: TypeAlias = "dict[str, Span | Day | bool]"
"""Facts by the names of their doubts, in the order of the file. It stands for the worlds in which all of them hold."""


def rows_as_json(rows: Iterable[Row]) -> list[dict[str, str | bool]]:
    """The JSON of rows: days and ranges as text."""
    return [{id: fact if isinstance(fact, bool) else str(fact) for id, fact in row.items()} for row in rows]


@frozen(kw_only=True)
class CaseInDoubt(JsonObject):
    """One of the different answers, and the facts that give it."""

    facts: tuple[Row, ...]
    can_cancel: bool
    earliest_end: Day | None
    route: Route | None

    KEYS = (
        Key("facts", "rows of facts in doubt that give it", write=rows_as_json, kind=list[dict[str, str | bool]]),
        Key("can_cancel", "whether the member can then leave"),
        Key("earliest_end", "the first day without service then"),
        Key("route", "the way out then"),
    )


@frozen(kw_only=True)
class Reach:
    """An end that can be reached, and how: by a notice of `give_notice_by` at the latest; None where it stands."""

    ends_on: Day
    route: Route
    give_notice_by: Day | None = None
    because: Message = NOTHING


def _notice_of(reach: Reach) -> str | None:
    return None if reach.give_notice_by is None else reach.give_notice_by.isoformat()


def _end_of(reach: Reach) -> str:
    return reach.ends_on.isoformat()


@frozen(kw_only=True)
class WantedEnd(JsonObject):
    """What reaches exactly the end that is wanted; where nothing does, the nearest ends on both sides, if any."""

    wanted: Day
    exact: Reach | None = None
    before: Reach | None = None
    after: Reach | None = None

    @property
    def is_exact(self) -> bool:
        """Whether some notice ends the subscription on the day that is wanted."""
        return self.exact is not None

    KEYS = (
        Key("wanted", "the day that is wanted"),
        Key("exact", "whether some notice ends on it", of="is_exact"),
        Key("route", "the way out that does", of="exact", write=lambda reach: reach.route, kind=Route),
        Key("give_notice_by", "the last day of notice for it", of="exact", write=_notice_of, kind=Day),
        Key("before", "the nearest end before it", write=_end_of, kind=Day),
        Key("after", "the nearest end after it", write=_end_of, kind=Day),
    )


@frozen(kw_only=True, repr=False)
class Answer(Cancellation, JsonObject):
    """Whether a subscription can be cancelled, what is owed, which other readings change the answer, and why."""

    account: Account
    contested: tuple[Contested, ...] = ()
    wanted_end: WantedEnd | None = None

    KEYS = (
        Key("date", "the day as of whose end is asked"),
        Key("subscription", "the subscription asked about"),
        Key("state", "its state; null where there is none"),
        Key("can_cancel", "whether the member can leave"),
        Key("earliest_end", "the first day without service"),
        Key("route", "the way out that ends soonest"),
        Key("clauses", "the clauses that decide"),
        Key("because", "the reason with its arithmetic"),
        Key("routes", "every way out"),
        Key("contested", "the other readings that change the answer, and those under which there is none"),
        Merge("account"),
        Key("wanted_end", "what reaches the end that is wanted, if one is"),
        Key("worlds", "how many courses of events the facts leave"),
        Key("certain", "what is the same in all of them, each by itself"),
        Key("cases", "the different answers, each with the facts that give it"),
        Key("decisive", "the facts in doubt each of which settles the answer alone"),
        Key("law", "what the law gives beside the contract; left out where it is not asked", optional=True),
    )

    @property
    def worlds(self) -> WorldCount:
        """One world, since nothing is in doubt."""
        return WorldCount(possible=1, impossible=0)

    @property
    def certain(self) -> Certain:
        """Whether, when and how: all of it is certain."""
        return Certain(can_cancel=self.can_cancel, earliest_end=self.earliest_end, route=self.route)

    @property
    def cases(self) -> tuple[CaseInDoubt, ...]:
        """The only case."""
        can_cancel, earliest_end, route = self.gist
        return (CaseInDoubt(facts=({},), can_cancel=can_cancel, earliest_end=earliest_end, route=route),)

    @property
    def decisive(self) -> tuple[str, ...]:
        """No doubt is decisive."""
        return ()

    def without_doubt(self) -> dict[str, Any]:
        """The JSON without the keys about facts in doubt, from which letters and stored answers are checked."""
        return {key: value for key, value in self.to_dict().items() if key not in OF_DOUBT}


_WITHOUT_ROUTE = ("betaling.5", "opsigelse.2")
"""The clauses that keep a bound member without any way out."""


def answer_of(member: Member, name: str, date: Day) -> Answer:
    """The answer for a subscription as of the end of the last replayed day, `date`; without other readings."""
    return Answer(**vars(cancellation_of(member, name, date)), account=account_of(member, date))


def cancellation_of(member: Member, name: str, date: Day) -> Cancellation:
    """Whether a subscription can be cancelled by a notice received on `date`, with the member in this state.

    `date` may lie after the last replayed day as long as nothing falls due in between.
    """
    subscription = member.by_id.get(name)
    if subscription is None or not subscription.is_live:
        return _no_subscription(subscription, name, date)
    ways = ways_out(member, subscription, date)
    routes = tuple(_priced(member, subscription, way, date) for way in ways)
    best, notice = best_way(subscription, date, ways), subscription.notice
    route, ends_on, reason = best.route if best.ends_on else None, best.ends_on, best.because
    notice_stands = notice is not None and (ends_on is None or notice.ends_on <= ends_on)
    if notice is not None and notice_stands:
        route, ends_on = notice.route, notice.ends_on
        reason = Message("a notice stands: the subscription ends on {ends}", ends=ends_on)
        if route == OPERATOR:
            reason = Message("Kabelplus has ended the subscription as of {ends}", ends=ends_on)
    return Cancellation(
        date=date,
        subscription=name,
        state=_state(subscription),
        can_cancel=route is not None,
        earliest_end=ends_on,
        route=route,
        clauses=_WITHOUT_ROUTE if route is None else CLAUSES[route],
        because=reason,
        routes=routes,
        registered_on=subscription.registered_on,
        notice_stands=notice_stands,
    )


def open_routes(member: Member, subscription: Subscription, date: Day) -> list[WayOut]:
    """The ways out of a live subscription that are open, as `cancellation_of` has them."""
    return [_priced(member, subscription, way, date) for way in open_ways(member, subscription, date)]


def _no_subscription(subscription: Subscription | None, name: str, date: Day) -> Cancellation:
    if subscription is None:
        state, reason = None, Message("there is no such subscription on {date}", date=date)
    else:
        state, reason = _state(subscription), Message("the subscription ended on {day}", day=subscription.ended_on)
    closed: list[WayOut] = [
        WayOut(
            route=route,
            ends_on=None,
            give_notice_by=None,
            refund=None,
            still_to_pay=None,
            clauses=CLAUSES[route],
            because=reason,
        )
        for route in WAYS
    ]
    return Cancellation(
        date=date,
        subscription=name,
        state=state,
        can_cancel=False,
        earliest_end=None,
        route=None,
        clauses=(),
        because=reason,
        routes=tuple(closed),
    )


def _state(subscription: Subscription) -> State:
    assert subscription.phase is not None
    return subscription.phase.value


def _priced(member: Member, subscription: Subscription, way: Way, notice: Day) -> WayOut:
    refund = still_to_pay = None
    if way.ends_on is not None:
        cost = WAYS[way.route].cost
        refund = withdrawal.paid_so_far(subscription) if cost == "paid_back" else 0
        still_to_pay = still_to_pay_until(member, subscription, way.ends_on) if cost == "until_end" else 0
    return WayOut(
        route=way.route,
        ends_on=way.ends_on,
        give_notice_by=way.give_notice_by,
        refund=refund,
        still_to_pay=still_to_pay,
        clauses=CLAUSES[way.route],
        because=way.because,
    )


def still_to_pay_until(member: Member, subscription: Subscription, ends_on: Day) -> int:
    """The period lines to come before this end, or before the end in force if that is sooner, in øre."""
    if subscription.notice is not None:
        ends_on = min(ends_on, subscription.notice.ends_on)
    count = subscription.period_months
    return sum(
        renewal.period_charge(
            subscription, subscription.price(period.package, period.starts) * count, period.starts, period.ends, ends_on
        )
        for period in subscription.coming_periods(ends_on)
    )
