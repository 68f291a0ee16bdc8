"""The holdings of a member over time: which facts count for each, when it must go, what keeps it, when it went.

On each date the ends come first. Then each holding's last day is computed as known at that time, and an event of the
date counts only for holdings whose last day is not over. A hold may begin on the last day itself. Releases always
count, and so do answers, extensions and proofs of requests that counted.
"""

from collections.abc import Sequence
from itertools import groupby

from attrs import Factory, define, frozen

from subsim.basics.dates import Day
from subsim.basics.texts import Message
from subsim.membership import data_events
from subsim.retention.ends import assess
from subsim.retention.facts import Dealing, End, EndFixed, Fact, Start
from subsim.retention.holdings import Holding, Reach, Suspension
from subsim.retention.person_state import PersonState, with_fact
from subsim.retention.requests import Request, may_extend, rules_for
from subsim.retention.schedule import Schedule
from subsim.terms.policies import CategoryName


@frozen
class Refusal:
    """An event that came too late to count, or twice."""

    date: Day
    event: str
    clause: str | None
    because: Message


@define(eq=False)
class Life:
    """All data held about a member, and all requests, after the facts so far."""

    schedule: Schedule
    holdings: list[Holding] = Factory(list)
    requests: dict[str, Request] = Factory(dict)
    reached: dict[str, list[Holding]] = Factory(dict)
    """By request the holdings that it reaches and that were open when it was received."""
    suspensions: list[Suspension] = Factory(list)
    breaches: list[data_events.DataBreach] = Factory(list)
    refused: list[Refusal] = Factory(list)
    state: PersonState = Factory(PersonState)
    changes: int = 0
    """The number of changes of requests and suspensions."""


def live_through(story: Sequence[Fact], schedule: Schedule) -> Life:
    """The data held and the requests after facts in order of date."""
    life = Life(schedule)
    for date, facts in groupby(story, key=lambda fact: fact.date):
        _Day(life, date).take(list(facts))
    return life


def _last_day(life: Life, holding: Holding) -> Day | None:
    """The last day on which disposal is in time, as far as it is known."""
    state = holding.state
    hangs_on = (life.changes, len(holding.reaches), *(getattr(state, name) for name in sorted(holding.rules.asks)))
    if holding.ends_at is None or holding.ends_at[0] != hangs_on:
        holding.ends_at = hangs_on, assess(holding, life.schedule).dispose_by
    return holding.ends_at[1]


class _Day:
    """One date: its start, and its events in the order of the file."""

    def __init__(self, life: Life, date: Day) -> None:
        self.life, self.date = life, date
        self.begun: list[Holding] = []
        """The holdings that this date began."""
        self.open: list[Holding] = []
        """The holdings that were open at the start."""

    def take(self, facts: Sequence[Fact]) -> None:
        """Apply the facts of the date."""
        at_start = [fact for fact in facts if fact.at_start]
        for fact in at_start:
            self._end(fact)
        self.open = [each for each in self.life.holdings if self._is_open(each)]
        for fact in facts[len(at_start) :]:  # facts are in order, the ends of a date first
            self._happen(fact)

    def _is_open(self, holding: Holding) -> bool:
        if holding.disposed_on is not None:
            return False
        by = _last_day(self.life, holding)
        return by is None or by > self.date

    # The start of the date

    def _end(self, fact: Fact) -> None:
        """Apply an end, before anything falls due; the release of a hold always counts."""
        if isinstance(fact.what, End):
            going = [each for each in self.life.holdings if self._is_before_its_end(each)]
            self._learn(fact, going)
        else:
            self._lift(fact)

    def _is_before_its_end(self, holding: Holding) -> bool:
        if holding.disposed_on is not None:
            return False
        by = _last_day(self.life, holding)
        return by is None or by >= self.date

    def _lift(self, fact: Fact) -> None:
        shape = (
            data_events.DisputeOpened if isinstance(fact.what, data_events.DisputeClosed) else data_events.HoldPlaced
        )
        for each in reversed(self.life.suspensions):
            if isinstance(each.event, shape) and each.event.id == fact.what.id:
                if each.lifted_on is None:
                    each.lifted_on = self.date
                    self.life.changes += 1
                return

    # Its events

    def _happen(self, fact: Fact) -> None:
        life, what = self.life, fact.what
        match what:
            case data_events.DisputeOpened() | data_events.HoldPlaced():
                self._suspend(fact)
            case data_events.DisputeClosed() | data_events.HoldLifted():
                self._lift(fact)
            case data_events.DataRequest():
                self._receive(fact)
            case data_events.RequestEvent():
                self._go_on(fact)
            case data_events.Disposed():
                self._dispose(what)
            case data_events.DataBreach():
                life.breaches.append(what)
        if isinstance(what, _REMEMBERED):
            self._learn(fact, self._counting())
            self._begin_holdings(fact)

    def _counting(self) -> list[Holding]:
        """The holdings for which an event counts now: open at the start or begun today, and not disposed of."""
        return [each for each in (*self.open, *self.begun) if each.disposed_on is None]

    def _learn(self, fact: Fact, holdings: Sequence[Holding]) -> None:
        before = self.life.state
        self.life.state = after = with_fact(before, fact)
        for holding in holdings:
            holding.state = after if holding.state is before else with_fact(holding.state, fact)

    def _begin_holdings(self, fact: Fact) -> None:
        what, policy = fact.what, self.life.schedule.policy
        record = what if isinstance(what, data_events.DataRegistered) else None
        word = _STARTS.get(type(what))
        for name, category in policy.categories.items():
            starts = record is not None and record.category == name
            if word is not None and word in category.held_from:
                starts = word != "consent_given" or what.purpose == category.consent
            one_is_open = any(each.category == name for each in self._counting())
            if starts and (category.per == "record" or not one_is_open):
                self._begin(name, record)

    def _begin(self, category: str, record: data_events.DataRegistered | None) -> None:
        life = self.life
        taken = {each.id for each in life.holdings if each.category == category}
        number = len(taken) + 1
        while str(number) in taken:
            number += 1
        holding = Holding(
            category=category,
            id=(record.id if record else None) or str(number),
            held_from=self.date,
            rules=life.schedule.categories[category],
            state=life.state,
            record=record,
            suspensions=[each for each in life.suspensions if each.release is None or each.release > self.date],
        )
        life.holdings.append(holding)
        self.begun.append(holding)

    def _suspend(self, fact: Fact) -> None:
        """Begin a hold, at the latest on the last day of disposal; a later one is noted as too late."""
        life = self.life
        suspension = Suspension(fact.what)
        late: dict[str, str] = {}
        for holding in life.holdings:
            if holding.disposed_on is not None:
                continue
            by = _last_day(life, holding)
            if by is None or by >= self.date:
                holding.suspensions.append(suspension)
            elif rule := suspension.rule_among(holding.rules.holds, holding.category):
                late[holding.category] = rule.clause
        life.suspensions.append(suspension)
        life.changes += 1
        if late:
            reason = Message("it came after the last day of {categories}", categories=", ".join(late))
            life.refused.append(Refusal(self.date, fact.what.name, next(iter(late.values())), reason))

    # Requests

    def _receive(self, fact: Fact) -> None:
        life, event = self.life, fact.what
        request = Request(event)
        life.requests[event.id] = request
        reached = [each for each in self._counting() if self._is_reached(each, event)]
        life.reached[event.id] = reached
        for holding in reached:
            consent = holding.state.consent(life.schedule.policy.categories[_name(holding)].consent)
            holding.reaches.append(Reach(request, consent.given))
        life.changes += 1

    def _is_reached(self, holding: Holding, event: data_events.DataRequest) -> bool:
        """Whether a request reaches a holding: of others' data only if it is about them, else of the categories it
        names.

        An objection to direct marketing reaches data used for it.
        """
        category = self.life.schedule.policy.categories[_name(holding)]
        if event.about is not None:
            return holding.category == event.about
        if category.role == "processor" or (event.categories and holding.category not in event.categories):
            return False
        return event.purpose != "direct_marketing" or category.purpose == MARKETING

    def _go_on(self, fact: Fact) -> None:
        life, what = self.life, fact.what
        request = life.requests[what.request]
        match what:
            case data_events.IdentityAsked():
                request.ask(self.date)
            case data_events.IdentityProved():
                request.prove(self.date)
            case data_events.RequestExtended():
                self._extend(request)
            case data_events.RequestWithdrawn():
                self._withdraw(request)
            case data_events.RequestAnswered():
                if not request.is_over:
                    request.answered_on, request.outcome = self.date, what.outcome
        life.changes += 1

    def _extend(self, request: Request) -> None:
        schedule = self.life.schedule
        if may_extend(request, self.date, schedule):
            request.extended_on = self.date
            return
        policy, statute = rules_for(request, schedule)
        clause = statute.clause if statute else policy.clause if policy else None
        if request.extended_on is not None:
            reason = Message("it was extended already, on {day}", day=request.extended_on)
        elif request.is_over:
            reason = Message("the request is over")
        else:
            reason = Message("it came after the day on which the answer was due, or nothing lets it be extended")
        self.life.refused.append(Refusal(self.date, data_events.RequestExtended.name, clause, reason))

    def _withdraw(self, request: Request) -> None:
        if request.is_over:
            return
        request.withdrawn_on = self.date
        for holding in self._counting():
            for reach in holding.reaches:
                if reach.request is request:
                    reach.withdrawn = True

    # Disposal

    def _dispose(self, event: data_events.Disposed) -> None:
        for holding in self.life.holdings:
            named = not event.categories or holding.category in event.categories
            if holding.disposed_on is not None or not named or (event.ids and holding.id not in event.ids):
                continue
            if event.action == "inactivated":
                holding.is_inactivated = True
                continue
            found = assess(holding, self.life.schedule)
            on_hold = any(each.suspension.is_open(self.date) for each in found.held_by)
            if on_hold or (found.retain_until is not None and self.date < found.retain_until):
                holding.verdict = "too_early"
            elif found.dispose_by is not None and self.date > found.dispose_by:
                holding.verdict = "late"
            else:
                holding.verdict = "in_time"
            holding.disposed_on, holding.disposal = self.date, event.action


MARKETING = "marketing"
"""The purpose of data for direct marketing."""
_REMEMBERED = (
    *(Start, End, EndFixed, Dealing, data_events.Activity, data_events.Contact, data_events.DataRegistered),
    *(data_events.ConsentGiven, data_events.ConsentWithdrawn, data_events.DataRequest),
)
"""The facts that change the state of a member."""
_STARTS: dict[type[object], str] = {
    Start: "relationship_start",
    End: "relationship_end",
    data_events.Activity: "activity",
    data_events.Contact: "contact",
    Dealing: "dealing",
    data_events.ConsentGiven: "consent_given",
}
"""By word of `held_from` the facts that start a holding."""


def _name(holding: Holding) -> CategoryName:
    return CategoryName(holding.category)
