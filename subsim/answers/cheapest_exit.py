"""The cheapest way out: every way out within a year, by the day of notice, with what it costs.

The timeline is replayed to the date asked about and then from deadline to deadline; between two of them only the day of
the notice changes. Each advice is checked by a replay with that notice until its end.

Left out: a wanted end later than the first permitted one, which never costs less.
"""

from collections.abc import Iterable, Iterator

from attrs import evolve, frozen

from subsim.answers.account import Account
from subsim.answers.can_cancel import Answer, WayOut, answer_of, cancellation_of
from subsim.answers.displayable import Displayable
from subsim.answers.forecast import intervals, known_on
from subsim.answers.question import Case, case_of
from subsim.basics.dates import Day, days_after, days_between, months
from subsim.basics.enumerations import Route
from subsim.basics.json_object import JsonObject, Key, Merge, money
from subsim.basics.money import kroner
from subsim.basics.texts import Message
from subsim.engine.ways import WAYS
from subsim.files.scenario import Scenario
from subsim.membership.events import Event, GiveNotice, SubscriptionEvent, Withdraw
from subsim.membership.lines import Line
from subsim.membership.member import Member
from subsim.terms.choice import OWN_TERMS, TermsChoice

MONTHS_AHEAD = 12
"""The months in which a notice may be given."""


class BrokenAdvice(Exception):  # noqa: N818 - a fault of the model, not of its input
    """An advice whose replay gives another end or cost."""


@frozen(kw_only=True)
class Advice(JsonObject):
    """A way out, and the days from `first` to `last` on which a notice has the same cost and effect; amounts in øre.

    A notice on any of these days ends the subscription on `ends_on`. With `moves_along` that is the end for the first
    day, and each later day ends it one day later. `still_to_pay` are the period lines due after the date asked about
    and before the end. A withdrawal pays back the `refund`, and cancels what is charged and still open: it
    `falls_away`. `because` is the reason for the last day.
    """

    route: Route
    first: Day
    last: Day
    ends_on: Day
    moves_along: bool
    still_to_pay: int
    refund: int
    falls_away: int
    clauses: tuple[str, ...]
    because: Message

    @property
    def cost(self) -> int:
        """What this way costs after the date asked about; negative where it gives money back."""
        return self.still_to_pay - self.refund - self.falls_away

    def end_of(self, notice: Day) -> Day:
        """The end of a notice on one of the days."""
        return days_after(self.ends_on, days_between(self.first, notice)) if self.moves_along else self.ends_on

    @property
    def ends_on_at_latest(self) -> Day:
        """The end of a notice on the last of the days."""
        return self.end_of(self.last)

    KEYS = (
        Key("route", "the way out"),
        Key("give_notice_from", "the first day of notice that costs and does the same", of="first"),
        Key("give_notice_by", "the last of these days", of="last"),
        Key("ends_on", "the first day without service, for a notice of the first day"),
        Key("ends_on_at_latest", "the same for a notice of the last day"),
        money("still_to_pay", "the period lines due before the end"),
        money("refund", "what a withdrawal pays back"),
        money("falls_away", "what was charged, is still open, and falls away"),
        money("cost", "still_to_pay - refund - falls_away"),
        Key("clauses", "the clauses that open it"),
        Key("because", "the reason with its arithmetic, for the last day"),
    )


@frozen(kw_only=True)
class PresentEnd(JsonObject):
    """The end that a subscription has on the day asked about, by which way it came, and what is still to pay before it.

    The amount is in øre.
    """

    route: Route
    ends_on: Day
    still_to_pay: int

    KEYS = (
        Key("route", "the way out by which it came"),
        Key("ends_on", "the first day without service"),
        money("still_to_pay", "what is still to pay before it"),
    )


@frozen(kw_only=True)
class AdviceBesideAccount(JsonObject):
    """A way out, and what the member owes on the day asked about, which no way out changes."""

    advice: Advice
    account: Account

    KEYS = (Merge("advice"), Merge("account"))


@frozen(kw_only=True, repr=False)
class CheapestExit(Displayable, JsonObject):
    """The ways out of a subscription as of the end of a day: the cheapest first, of equals the soonest.

    `now` is the answer of that day. `until` is the last day of notice thought of. Where an end stands already, only
    what ends sooner is advised. The member's `arrears`, due already and still open, and the `credit`, which covers
    what falls due first, are in øre and in no advice.
    """

    now: Answer
    until: Day
    arrears: int
    credit: int
    standing: PresentEnd | None
    advice: tuple[Advice, ...]

    @property
    def account(self) -> Account:
        """What the member owes as of the date asked about, which no way out changes."""
        return self.now.account

    def __repr__(self) -> str:
        """Of what and from which day on, and the cheapest way, in one line."""
        best = next(iter(self.advice), None)
        way = "no way out" if best is None else f"{best.ends_on} by {best.route} for {kroner(best.cost)}"
        return f"<CheapestExit from {self.now.subscription} on {self.now.date}: {way}>"

    @property
    def advice_beside_account(self) -> tuple[AdviceBesideAccount, ...]:
        """The ways out, beside each what the member owes."""
        return tuple(AdviceBesideAccount(advice=each, account=self.account) for each in self.advice)

    KEYS = (
        Key("date", "the day from which on notice can be given", of="now.date"),
        Key("until", "the last day of notice thought of"),
        Key("subscription", "the subscription", of="now.subscription"),
        Key("state", "its state; null where there is none", of="now.state"),
        money("arrears", "what is due already and still open"),
        money("credit", "the credit, which covers what falls due first"),
        Key("standing", "the end that stands already"),
        Key("advice", "the ways out, the cheapest first", of="advice_beside_account"),
        Key(
            "law", "what the law gives beside the contract; left out where it is not asked", of="now.law", optional=True
        ),
    )


def cheapest_exit(
    scenario: Scenario,
    date: Day,
    subscription: str | None = None,
    choice: TermsChoice = OWN_TERMS,
    *,
    with_law: bool = True,
) -> CheapestExit:
    """When to give notice from `date` on so as to pay least, if nothing else happens; the rest as for `can_cancel`."""
    name = scenario.subscription_meant(date, subscription)
    return cheapest_exit_of(case_of(scenario, choice), name, date, with_law=with_law)


def cheapest_exit_of(case: Case, subscription: str, date: Day, *, with_law: bool = False) -> CheapestExit:
    """The same of a case, for the subscription of that id, with what the law gives on that day where it is wanted."""
    question = _Question(known_on(case, date), subscription, date)
    member = question.case.play(date)
    present = question.present_end(member)
    before = Day.max if present is None else present.ends_on
    advice = _advice(found for found in question.findings() if found.ends_on < before)
    for each in advice:
        for day in {each.first, each.last}:
            question.try_out(each, day, member)
    now = answer_of(member, subscription, date)
    return CheapestExit(
        now=evolve(now, law=case.law(member, now)) if with_law else now,
        until=question.until,
        arrears=sum(line.open for line in member.ledger.open_lines),
        credit=member.ledger.credit,
        standing=present,
        advice=tuple(sorted(advice, key=lambda each: (each.cost, each.ends_on))),
    )


@frozen
class _Finding:
    """A way out open to a notice of one day, with the amounts charged by then and those that fall away."""

    day: Day
    way: WayOut
    charged: int
    falls_away: int

    @property
    def ends_on(self) -> Day:
        assert self.way.ends_on is not None
        return self.way.ends_on

    @property
    def amounts(self) -> tuple[int, int, int]:
        """What is still to pay, what is paid back, and what falls away."""
        return self.charged + (self.way.still_to_pay or 0), self.way.refund or 0, self.falls_away


@frozen
class _Question:
    """A question: a case as known at the end of a date, the subscription's id, and the date."""

    case: Case
    name: str
    date: Day

    @property
    def until(self) -> Day:
        return months(self.date, MONTHS_AHEAD)

    def findings(self) -> Iterator[_Finding]:
        """Every way out that is open on some day, day by day."""
        for interval in intervals(self.case, self.date, days_after(self.until, 1)):
            lines = interval.member.by_id[self.name].lines if self.name in interval.member.by_id else []
            charged = sum(line.amount for line in lines if line.due > self.date)
            still_open = sum(line.open for line in lines)
            for day in (days_after(interval.first, n) for n in range(days_between(interval.first, interval.after))):
                for way in cancellation_of(interval.member, self.name, day).routes:
                    if way.open:
                        yield _Finding(day, way, charged, still_open if WAYS[way.route].cost == "paid_back" else 0)

    def present_end(self, member: Member) -> PresentEnd | None:
        """The end that stands already, and what the replay charges until then."""
        subscription = member.by_id.get(self.name)
        notice = subscription and subscription.notice
        if not notice:
            return None
        charged = self._charged_since(member, self.case.play(notice.ends_on))
        return PresentEnd(route=notice.route, ends_on=notice.ends_on, still_to_pay=charged)

    def try_out(self, advice: Advice, day: Day, before: Member) -> None:
        """Replay the notice of an advice on one of its days; BrokenAdvice if its end or cost differs.

        `before` is the member as of the date asked about.
        """
        after = self._with(_notice(advice.route, self.name, day)).play(advice.end_of(day))
        subscription = after.by_id[self.name]
        refunded = sum(refund.amount for refund in after.ledger.refunds[len(before.ledger.refunds) :])
        found = subscription.ended_on, subscription.end_reason, self._charged_since(before, after), refunded
        if found != (advice.end_of(day), advice.route, advice.cost, advice.refund):
            raise BrokenAdvice(f"{advice.route} on {day}: {found}, advised was {advice}")

    def _with(self, event: Event) -> Case:
        facts = self.case.scenario.facts
        return evolve(
            self.case,
            scenario=evolve(self.case.scenario, facts=evolve(facts, timeline=(*facts.timeline, event))),
        )

    def _charged_since(self, before: Member, after: Member) -> int:
        """The charges for the subscription, less credits, that a longer replay adds to a shorter one."""
        lines: list[Line] = after.ledger.lines[len(before.ledger.lines) :]
        return sum(line.amount for line in lines if line.subscription == self.name)


def _notice(route: Route, subscription: str, day: Day) -> SubscriptionEvent:
    """The event that takes a way out."""
    if WAYS[route].is_withdrawal:
        return Withdraw(date=day, subscription=subscription)
    return GiveNotice(date=day, subscription=subscription, ground=route)


# From single days to ranges of days


def _advice(findings: Iterable[_Finding]) -> list[Advice]:
    ranges: dict[Route, list[list[_Finding]]] = {}
    for found in findings:
        of_route = ranges.setdefault(found.way.route, [])
        if of_route and _goes_on(of_route[-1], found):
            of_route[-1].append(found)
        else:
            of_route.append([found])
    return [_as_advice(days) for of_route in ranges.values() for days in of_route]


def _goes_on(days: list[_Finding], found: _Finding) -> bool:
    """Whether a range can take this day: the next one at the same cost, whose end is the same or moves along."""
    last = days[-1]
    if days_between(last.day, found.day) != 1 or found.amounts != last.amounts:
        return False
    step = days_between(last.ends_on, found.ends_on)
    return step in (0, 1) and (len(days) == 1 or step == days_between(days[-2].ends_on, last.ends_on))


def _as_advice(days: list[_Finding]) -> Advice:
    first, last = days[0], days[-1]
    still_to_pay, refund, falls_away = first.amounts
    return Advice(
        route=first.way.route,
        first=first.day,
        last=last.day,
        ends_on=first.ends_on,
        moves_along=first.ends_on != last.ends_on,
        still_to_pay=still_to_pay,
        refund=refund,
        falls_away=falls_away,
        clauses=last.way.clauses,
        because=last.way.because,
    )
