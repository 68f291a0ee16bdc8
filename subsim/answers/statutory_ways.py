"""The ways out by law beside those of the contract, route by route and for every kind of agreement at hand.

Each column shows what the member has by law and contract: a row is open if either's is, with the sooner end, the later
last day and the higher refund. The rules of the law are in `subsim.law`; prices, periods and the contract's answer come
from the contract.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple

from subsim.answers.can_cancel import Cancellation, WayOut, open_routes, still_to_pay_until
from subsim.answers.common_law import CommonLaw
from subsim.answers.law import Floor, LawAnswer, LawByReading, LawWay
from subsim.basics.dates import Day, days_between
from subsim.basics.enumerations import Better, LawGap, LawRoute
from subsim.basics.money import half_up
from subsim.basics.texts import NOTHING, Message, join_messages
from subsim.engine.ways import WAYS
from subsim.law import consumer_contracts, contracts_act, telecoms
from subsim.membership.agreement import Agreement, End, Happened, Note, agreement_of
from subsim.membership.events import KINDS, Kind
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.rules import termination, withdrawal
from subsim.terms.law_points import LAW_POINTS, LawReadings, law_readings
from subsim.terms.law_routes import COLD_CALL, LAW_ROUTES, ORDINARY, PURCHASE, WITHDRAWAL
from subsim.terms.statutes import in_order

_CLOSED = Floor(open=False)


class _Cost(NamedTuple):
    """The refund for an end with its reason, and what is still to pay, in øre."""

    refund: int
    back: Message
    still_to_pay: int


class _LawQuestion(NamedTuple):
    """A question to the law: the agreement as of the end of a day, and the contract's ways out of that day."""

    member: Member
    subscription: Subscription
    agreement: Agreement
    contract: list[WayOut]
    """The contract's ways out that are open."""
    by_contract: End
    """The soonest of the contract's ordinary end and the end in force."""
    day: Day
    with_reasons: bool
    common: CommonLaw
    """What has been found for agreements that have something in common with this one."""
    costs: dict[Day, "_Cost"]
    """By end its refund and what is still to pay, as computed so far."""
    floors: dict[object, Floor]
    """The columns that have been found, by all that they depend on."""
    ends: dict[tuple[Day, int], tuple[Message, Floor]]
    """By end and reason the column of a notice, with the reason, which so stays the one of its `id`."""

    @classmethod
    def about(
        cls,
        member: Member,
        subscription: Subscription,
        happened: Iterable[Happened],
        contract: list[WayOut],
        day: Day,
        common: CommonLaw,
        *,
        with_reasons: bool = True,
    ) -> "_LawQuestion":
        """The question about a live subscription; `contract` are the contract's ways out that are open."""
        agreement, ends_on = agreement_of(subscription, happened), _end_by_contract(contract, subscription.ends_on)
        return cls(member, subscription, agreement, contract, ends_on, day, with_reasons, common, {}, {}, {})

    def cost_of(self, ends_on: Day) -> "_Cost":
        """The refund for an end, and what is still to pay; computed once."""
        if ends_on not in self.costs:
            prepaid = consumer_contracts.prepaid(self.agreement.issued.newest_first(), ends_on)
            refund = prepaid.refund
            back = prepaid.because if refund and self.with_reasons else NOTHING
            self.costs[ends_on] = _Cost(refund, back, _prorated_to(self, ends_on))
        return self.costs[ends_on]

    def contract_way(self, route: str) -> WayOut | None:
        """The contract's way out by a route; None where it is closed."""
        return next((way for way in self.contract if way.route == route), None)


def law_answer(
    member: Member,
    happened: Iterable[Happened],
    contract: Cancellation,
    choices: Mapping[str, str],
    common: CommonLaw | None = None,
) -> LawAnswer:
    """What the law says beside the contract's answer, as of its day; `choices` are the law points that are set.

    `common` spares time where the same is asked of several courses of events.
    """
    day, subscription = contract.date, member.by_id.get(contract.subscription)
    if subscription is None or not subscription.is_live:
        return LawAnswer(why_not="not-live", kinds=())
    kinds = kinds_of(subscription)
    if (why_not := why_not_covered(member, subscription)) is not None:
        return LawAnswer(why_not=why_not, kinds=kinds)
    routes = [way for way in contract.routes if way.open]
    asked = _LawQuestion.about(member, subscription, happened, routes, day, common or CommonLaw())
    return LawAnswer(
        why_not=None,
        kinds=kinds,
        ways=tuple(row for route in _routes(asked) for row in _common_rows(asked, route, kinds, choices)),
        notes=_notes(asked, kinds),
    )


def ways_giving_more(
    member: Member, subscription: Subscription, happened: Iterable[Happened], day: Day, choices: Mapping[str, str]
) -> Iterator[LawWay]:
    """The rows by which the law gives more than the contract, surely or arguably; of a covered, live subscription.

    They are those of `law_answer`, without `points`: a portfolio has no time for what it does not write.
    """
    routes = open_routes(member, subscription, day)
    asked = _LawQuestion.about(member, subscription, happened, routes, day, CommonLaw(), with_reasons=False)
    for route in _routes(asked):
        if _RULES[route].may_be_open(asked):
            for way in _rows(asked, route, kinds_of(subscription), choices, with_points=False):
                if way.better in ("law", "depends"):
                    yield way


def _may_withdraw(asked: _LawQuestion) -> bool:
    """Whether a withdrawal of today, or one that the contract refused, may be in time by law; if not, none is."""
    sent = [asked.day, *(each.sent for each in asked.agreement.refused_withdrawals)]
    return any(consumer_contracts.may_be_in_time(asked.agreement, day) for day in sent)


def law_by_readings(
    member: Member, happened: Iterable[Happened], contract: Cancellation, choices: Mapping[str, str]
) -> list[LawByReading]:
    """The law's answers under every other reading of a law point that is not set, where a row changes."""
    happened, found = list(happened), []
    usual = {way.gist for way in law_answer(member, happened, contract, choices).ways}
    for point in LAW_POINTS.values():
        for reading in point.readings if point.name not in choices else ():
            other = law_answer(member, happened, contract, {**choices, point.name: reading})
            changed = tuple(way for way in other.ways if way.gist not in usual)
            if changed:
                name = contract.subscription
                found.append(LawByReading(subscription=name, point=point.name, reading=reading, ways=changed))
    return found


def kinds_of(subscription: Subscription) -> tuple[Kind, ...]:
    """The kinds of agreement that a subscription may be: the one that is known, else all of them."""
    return tuple(KINDS) if subscription.sign_up.kind is None else (subscription.sign_up.kind,)


def why_not_covered(member: Member, subscription: Subscription) -> LawGap | None:
    """Why the law column does not cover a live subscription; None where it does."""
    if subscription.registered_on < consumer_contracts.IN_FORCE_FROM:
        return "before-2014-06-13"
    return "commercial" if member.person.use == "commercial" else None


def _notes(asked: _LawQuestion, kinds: tuple[Kind, ...]) -> tuple[Note, ...]:
    """What provisions say that compute nothing here, in their order."""
    agreement, day = asked.agreement, asked.day

    def find() -> tuple[Note, ...]:
        found = consumer_contracts.notes(agreement, day)
        if kinds != ("tv",):
            found += telecoms.notes(day)
        found += contracts_act.notes()
        places = in_order({note.provision for note in found})
        return tuple(sorted(found, key=lambda note: places.index(note.provision)))

    return asked.common.kept(("notes", agreement.concluded_on, agreement.sign_up.channel, day, kinds), find)


# Rows


def _routes(asked: _LawQuestion) -> list[LawRoute]:
    return [route for route in LAW_ROUTES if _RULES[route].is_at_hand(asked)]


class _Columns(NamedTuple):
    """The two columns of a row, and which of law and contract gives more."""

    sure: Floor
    arguable: Floor
    better: Better

    @property
    def gist(self) -> tuple[object, ...]:
        return self.sure.gist, self.arguable.gist, self.better


def _common_rows(
    asked: _LawQuestion, route: LawRoute, kinds: tuple[Kind, ...], choices: Mapping[str, str]
) -> list[LawWay]:
    """The rows with their points, found once for all agreements that are alike in what the route depends on."""
    depends_on = _RULES[route].depends_on(asked)
    if depends_on is None:
        return _rows(asked, route, kinds, choices, with_points=True)
    key = "rows", route, kinds, depends_on
    return asked.common.kept(key, lambda: _rows(asked, route, kinds, choices, with_points=True))


def _rows(
    asked: _LawQuestion, route: LawRoute, kinds: tuple[Kind, ...], choices: Mapping[str, str], with_points: bool
) -> list[LawWay]:
    """The rows of a route: one where it is the same for all kinds, else one for each."""
    contract = _RULES[route].of_contract(asked)
    if not LAW_ROUTES[route].by_kind:
        found = _columns(asked, route, kinds[0], contract, choices)
        return [_row(asked, route, None, dict.fromkeys(kinds, found), contract, choices, with_points)]
    columns = {kind: _columns(asked, route, kind, contract, choices) for kind in kinds}
    if len({found.gist for found in columns.values()}) == 1:
        return [_row(asked, route, None, columns, contract, choices, with_points)]
    return [_row(asked, route, kind, {kind: found}, contract, choices, with_points) for kind, found in columns.items()]


def _row(
    asked: _LawQuestion,
    route: LawRoute,
    kind: Kind | None,
    columns: dict[Kind, _Columns],
    contract: Floor,
    choices: Mapping[str, str],
    with_points: bool,
) -> LawWay:
    found = next(iter(columns.values()))
    return LawWay(
        route=route,
        kind=kind,
        contract=contract,
        sure=found.sure,
        arguable=found.arguable,
        better=found.better,
        provisions=in_order([id for each in columns for id in _RULES[route].provisions(asked, each)]),
        points=tuple(
            point for point in LAW_POINTS if with_points and _changes(asked, route, columns, contract, choices, point)
        ),
    )


def _changes(
    asked: _LawQuestion,
    route: LawRoute,
    columns: dict[Kind, _Columns],
    contract: Floor,
    choices: Mapping[str, str],
    point: str,
) -> bool:
    """Whether a law point is not set and some reading of it changes the columns."""
    if point in choices:
        return False
    return any(
        _columns(asked, route, kind, contract, {**choices, point: reading}).gist != found.gist
        for kind, found in columns.items()
        if point in _RULES[route].points(asked, kind)
        for reading in LAW_POINTS[point].readings
    )


def _points_of_withdrawal(asked: _LawQuestion, _kind: Kind) -> tuple[str, ...]:
    return () if asked.agreement.activated_on is None else _POINTS_OF_USE


def _points_of_notice(_asked: _LawQuestion, kind: Kind) -> tuple[str, ...]:
    return _POINTS_OF_NOTICE[kind]


_POINTS_OF_NOTICE: dict[Kind, tuple[str, ...]] = {
    "internet": ("law-tele-month",),
    "tv": ("law-28-early", "law-tv-box"),
    "bundle": ("law-tele-month", "law-28-early", "law-bundle-before", "law-version"),
}
_POINTS_OF_USE = "law-25-pay", "law-25-base", "law-content"
"""Those of a withdrawal: every one is about a service that was used."""


def _columns(asked: _LawQuestion, route: LawRoute, kind: Kind, contract: Floor, choices: Mapping[str, str]) -> _Columns:
    sure = _floor(asked, route, kind, law_readings("sure", choices), False)
    arguable = _floor(asked, route, kind, law_readings("arguable", choices), True)
    return _Columns(sure, arguable, _better(route, contract, sure, arguable))


def _floor(asked: _LawQuestion, route: LawRoute, kind: Kind, readings: LawReadings, arguable: bool) -> Floor:
    """A column of a row; found once for all readings that say the same of what the row asks."""
    if not asked.with_reasons:
        return _RULES[route].floor(asked, kind, readings, arguable)
    read = asked.common.read(_RULES[route].points(asked, kind), readings)
    key = route, kind if LAW_ROUTES[route].by_kind else None, arguable and route == COLD_CALL, read
    found = asked.floors.get(key)
    if found is None:
        found = asked.floors[key] = _RULES[route].floor(asked, kind, readings, arguable)
    return found


# Each route's column


def _withdrawal(asked: _LawQuestion, _kind: Kind, readings: LawReadings, _arguable: bool) -> Floor:
    """The right to withdraw. A withdrawal that the contract refused and the law allows stays valid."""
    agreement, contract = asked.agreement, asked.contract_way(withdrawal.WITHDRAWAL)
    sent, received = asked.day, asked.day
    window = consumer_contracts.withdrawal_window(agreement, sent, readings)
    for refused in agreement.refused_withdrawals:
        if (its := consumer_contracts.withdrawal_window(agreement, refused.sent, readings)) is not None:
            sent, received, window = refused.sent, refused.received, its
            break
    last: Day | None
    if window is not None:
        owed, use = consumer_contracts.owed_for_use(agreement, sent, readings)
        last, refund, reason = window.last, max(0, agreement.paid - owed), window.because + use
        if contract is not None:
            last, refund = _later(contract.give_notice_by, last), max(contract.refund or 0, refund)
    elif contract is not None:
        last, refund, reason = contract.give_notice_by, contract.refund or 0, contract.because
    else:
        return Floor(open=False, because=consumer_contracts.why_no_withdrawal(agreement, sent, readings))
    return Floor(
        ends_on=sent,
        give_notice_by=last,
        refund=refund,
        refund_by=consumer_contracts.refund_by(received) if refund else None,
        still_to_pay=0,
        because=reason,
    )


def _later(one: Day | None, other: Day | None) -> Day | None:
    """The later last day; None, no last day yet, is the latest."""
    return None if one is None or other is None else max(one, other)


def _ordinary(asked: _LawQuestion, kind: Kind, readings: LawReadings, _arguable: bool) -> Floor:
    """The soonest of the contract's ordinary end, the end in force, and the statutory end of a notice of either day."""
    ends_on, reason = asked.by_contract
    by_law = _statutory_end(asked, kind, asked.day, readings)
    for end in (by_law, _end_of_own_notice(asked, kind, readings)):
        if end is not None and end.ends_on is not None and _is_sooner(end.ends_on, ends_on):
            ends_on, reason = end
    if ends_on is None:
        return Floor(open=False, because=by_law.because)
    known = asked.ends.get((ends_on, id(reason)))
    if known is None:
        known = asked.ends[ends_on, id(reason)] = reason, _of_end(asked, ends_on, reason)
    return known[1]


def _of_end(asked: _LawQuestion, ends_on: Day, reason: Message) -> Floor:
    """The column of a notice with this end."""
    cost = asked.cost_of(ends_on)
    return Floor(
        ends_on=ends_on,
        refund=cost.refund,
        refund_by=asked.day if cost.refund else None,
        still_to_pay=cost.still_to_pay,
        because=reason + cost.back if cost.refund else reason,
    )


def _end_by_contract(contract: Iterable[WayOut], standing: Day | None) -> End:
    """The soonest of the contract's ordinary end and the end in force."""
    ordinary = next((way for way in contract if way.route == termination.ORDINARY), None)
    ends_on, reason = (None, NOTHING) if ordinary is None else (ordinary.ends_on, ordinary.because)
    if standing is not None and _is_sooner(standing, ends_on):
        return End(standing, Message("the end on {day} stands", day=standing))
    return End(ends_on, reason)


def _is_sooner(day: Day, other: Day | None) -> bool:
    return other is None or day < other


def _end_of_own_notice(asked: _LawQuestion, kind: Kind, readings: LawReadings) -> End | None:
    """The statutory end of the member's notice in force, counted from its own day, and not before a wanted end."""
    own = asked.agreement.own_notice
    if own is None:
        return None
    end = _statutory_end(asked, kind, own.received, readings)
    if end.ends_on is not None and own.wanted_end is not None and own.wanted_end > end.ends_on:
        return End(own.wanted_end, end.because + Message("asked for on {day}", day=own.wanted_end))
    return end


def _statutory_end(asked: _LawQuestion, kind: Kind, notice: Day, readings: LawReadings) -> End:
    """The end by law of an agreement of this kind, for a notice of this day."""
    agreement, common = asked.agreement, asked.common
    concluded = agreement.concluded_on
    if kind == "tv":
        if agreement.has_receiver and readings.law_tv_box == "unknown":
            return End(None, Message("a receiver is lent: special rules exist, whose content is not known"))
        return common.end_by_consumer_contracts(concluded, notice, readings)
    tele = common.end_by_telecoms(concluded, notice, readings)
    if kind == "internet" or concluded >= telecoms.BUNDLES_FROM:
        return tele
    if notice >= telecoms.BUNDLES_FROM and readings.law_version == "by-event":
        return tele
    return _of_both_parts(tele, common.end_by_consumer_contracts(concluded, notice, readings), readings)


def _of_both_parts(internet: End, tv: End, readings: LawReadings) -> End:
    """The end of a bundle whose parts have different rules; that of internet always exists."""
    assert internet.ends_on is not None
    if readings.law_bundle_before == "later":
        return tv if tv.ends_on is None or tv.ends_on > internet.ends_on else internet
    return tv if tv.ends_on is not None and tv.ends_on < internet.ends_on else internet


def _prorated_to(asked: _LawQuestion, ends_on: Day) -> int:
    """The charges of the periods that begin before this end, for their days until then, in øre."""
    subscription = asked.subscription
    total = 0
    for starts, ends, package in subscription.coming_periods(ends_on):
        whole = subscription.price(package, starts) * subscription.period_months
        total += half_up(whole * days_between(starts, min(ends, ends_on)), days_between(starts, ends))
    return total


def _cold_call(asked: _LawQuestion, _kind: Kind, _readings: LawReadings, arguable: bool) -> Floor:
    """An agreement made in an unsolicited call does not bind the member; no date limits how long."""
    reason = Message("a call that was not asked for binds the member to nothing, unless they wait too long")
    if not arguable:
        return Floor(open=False, because=reason)
    return Floor(ends_on=asked.day, refund=asked.agreement.paid, still_to_pay=0, because=reason)


def _purchase(asked: _LawQuestion, _kind: Kind, _readings: LawReadings, _arguable: bool) -> Floor:
    """The one-off purchases that can still be withdrawn from, together."""
    lasts = [(consumer_contracts.last_day_for_purchase(each), each) for each in asked.agreement.purchases]
    within = [(last, each) for last, each in lasts if last is not None and asked.day <= last]
    if not within:
        return Floor(open=False, because=Message("no purchase is within its days"))
    refund = sum(each.amount for _, each in within)
    reasons = [
        Message("bought on {day} for {amount:kr}: until {last}", day=each.bought_on, amount=each.amount, last=last)
        for last, each in within
    ]
    return Floor(
        give_notice_by=max(last for last, _ in within),
        refund=refund,
        refund_by=consumer_contracts.refund_by(asked.day) if refund else None,
        still_to_pay=0,
        because=join_messages(reasons),
    )


# What they depend on


def _withdrawal_depends_on(asked: _LawQuestion) -> Hashable:
    """The contract's way, and all of the agreement but notices and purchases; the lines where one may be in time."""
    its, contract = asked.agreement, asked.contract_way(withdrawal.WITHDRAWAL)
    lines = its.lines if contract is not None or _may_withdraw(asked) else []
    return (
        *(contract, its.sign_up, its.trial_ends, its.informed_on, its.express_request, its.activated_on, its.price),
        its.refused_withdrawals,
        tuple((line.kind, line.amount, line.open, line.cancelled, line.starts, line.ends) for line in lines),
    )


# Which is better


def _withdrawal_of_contract(asked: _LawQuestion) -> Floor:
    way = asked.contract_way(withdrawal.WITHDRAWAL)
    return _CLOSED if way is None else _as_floor(way)


def _notice_of_contract(asked: _LawQuestion) -> Floor:
    """The contract's soonest way out by notice, or the end in force."""
    ways = [_as_floor(way) for way in asked.contract if not WAYS[way.route].is_withdrawal]
    ends_on = asked.subscription.ends_on
    if ends_on is not None:
        cost = still_to_pay_until(asked.member, asked.subscription, ends_on)
        ways.append(Floor(ends_on=ends_on, refund=0, still_to_pay=cost))
    return min(ways, key=lambda way: _rank(ORDINARY, way), default=_CLOSED)


def _as_floor(way: WayOut) -> Floor:
    return Floor(
        open=way.open,
        ends_on=way.ends_on,
        give_notice_by=way.give_notice_by,
        refund=way.refund,
        still_to_pay=way.still_to_pay,
    )


def _better(route: LawRoute, contract: Floor, sure: Floor, arguable: Floor) -> Better:
    by_contract, surely = _rank(route, contract), _rank(route, sure)
    if surely < by_contract:
        return "law"
    if _rank(route, arguable) < by_contract:
        return "depends"
    return "contract" if by_contract < surely else "same"


def is_better(route: LawRoute, one: Floor, other: Floor) -> bool:
    """Whether one row of a route is better for the member than another."""
    return _rank(route, one) < _rank(route, other)


def _rank(route: LawRoute, floor: Floor) -> tuple[object, ...]:
    """The better a row, the smaller its rank: open, then the earlier end, the higher refund, less still to pay.

    Where a route has a last day then the later one; none yet counts as the latest.
    """
    last = 0
    if LAW_ROUTES[route].has_last_day and floor.open:
        last = -(floor.give_notice_by or Day.max).toordinal()
    return (
        not floor.open,
        floor.ends_on or Day.min,
        -(floor.refund or 0),
        floor.still_to_pay or 0,
        last,
    )


# Provisions


def _of_withdrawal(asked: _LawQuestion, _kind: Kind) -> Iterable[str]:
    of_trial = ("fal.18.trial",) if asked.agreement.trial_ends is not None else ()
    return ("fal.18", "fal.19", "fal.20", "fal.22", "fal.25", *of_trial)


def _of_ordinary(asked: _LawQuestion, kind: Kind) -> Iterable[str]:
    if kind == "tv":
        return ("fal.28", "fal.29")
    if kind == "internet":
        return ("fal.29", "tele.7")
    before = ("fal.28",) if asked.agreement.concluded_on < telecoms.BUNDLES_FROM else ()
    since = ("tele.10",) if asked.day >= telecoms.BUNDLES_FROM else ()
    return (*before, "fal.29", "tele.7", *since)


def _of_cold_call(_asked: _LawQuestion, _kind: Kind) -> Iterable[str]:
    return ("fal.4",)


def _of_purchase(_asked: _LawQuestion, _kind: Kind) -> Iterable[str]:
    return ("fal.18", "fal.19", "fal.22")


# The table


class _Rule(NamedTuple):
    """How a way out by law is found: its column, its provisions and the law points that it asks, for a kind.

    `of_contract` is the contract's side of its row. It has a row where it `is_at_hand`; where it may not be open by any
    reading, `may_be_open` says so at less cost. Agreements that are alike in what it `depends_on` have the same rows;
    None where that is not worth finding out.
    """

    floor: Callable[[_LawQuestion, Kind, LawReadings, bool], Floor]
    provisions: Callable[[_LawQuestion, Kind], Iterable[str]]
    points: Callable[[_LawQuestion, Kind], tuple[str, ...]] = lambda _asked, _kind: ()
    of_contract: Callable[[_LawQuestion], Floor] = lambda _asked: _CLOSED
    is_at_hand: Callable[[_LawQuestion], bool] = lambda _asked: True
    may_be_open: Callable[[_LawQuestion], bool] = lambda _asked: True
    depends_on: Callable[[_LawQuestion], Hashable | None] = lambda _asked: None


_RULES: dict[LawRoute, _Rule] = {
    WITHDRAWAL: _Rule(
        floor=_withdrawal,
        provisions=_of_withdrawal,
        points=_points_of_withdrawal,
        of_contract=_withdrawal_of_contract,
        may_be_open=_may_withdraw,
        depends_on=_withdrawal_depends_on,
    ),
    ORDINARY: _Rule(
        floor=_ordinary,
        provisions=_of_ordinary,
        points=_points_of_notice,
        of_contract=_notice_of_contract,
    ),
    COLD_CALL: _Rule(
        floor=_cold_call,
        provisions=_of_cold_call,
        is_at_hand=lambda asked: consumer_contracts.is_cold_call(asked.agreement),
    ),
    PURCHASE: _Rule(
        floor=_purchase,
        provisions=_of_purchase,
        is_at_hand=lambda asked: bool(asked.agreement.purchases),
    ),
}
"""The rule of each row of `LAW_ROUTES`."""
