"""Every decision of a replay with its reason and its effect, and the reason of any date or line that came out.

What a decision changed is seen by replaying the timeline as far as before it and as far as after it: no rule is known
here. What can be asked for, a *subject*, is what some decision changes. Each has one name: `invoice:3`, `refused:1` is
one of a list; `ends_on` is of the only subscription, `main.ends_on` of one of several; where an id was signed up more
than once, that is the latest, and `ends_on:1` or `main.ends_on:1` is of the first. What follows the last dot is a word
of this module, so that an id may have dots and colons of its own.
"""

from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve, frozen

from subsim.answers.can_cancel import Cancellation, cancellation_of
from subsim.answers.displayable import Displayable
from subsim.answers.interest import InterestOfLine, interest_of_line
from subsim.answers.law import LawAnswer
from subsim.answers.outcome import Decision, Invoice, Outcome
from subsim.answers.statutory_ways import law_answer
from subsim.basics.dates import Day, days_after
from subsim.basics.json_object import JsonObject, Key, Merge, table_of
from subsim.basics.money import kroner
from subsim.engine import ways
from subsim.engine.timeline import Timeline
from subsim.files.one_world import one_world
from subsim.files.scenario import Scenario
from subsim.membership.agreement import what_happened
from subsim.membership.events import Facts
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.terms.clauses import clause
from subsim.terms.terms import Terms

Value = Day | int | str | None
"""A day, an amount in øre, or a word."""

_FACTS: dict[str, Callable[[Subscription, Day], Value]] = {
    "state": lambda subscription, _day: subscription.phase.value if subscription.phase else None,
    "registered_on": lambda subscription, _day: subscription.registered_on,
    "package": lambda subscription, _day: subscription.package,
    "next_package": lambda subscription, _day: subscription.downgrade,
    "price": lambda subscription, day: subscription.price(subscription.package, day),
    "binding_ends": lambda subscription, _day: subscription.binding_ends,
    "ends_on": lambda subscription, _day: subscription.notice.ends_on if subscription.notice else subscription.ended_on,
    "ended_on": lambda subscription, _day: subscription.ended_on,
    "terms_since": lambda subscription, _day: subscription.terms_since,
    "access": lambda subscription, _day: "suspended" if subscription.is_suspended else "given",
}
"""What is to be known of a subscription on a day, by the name under which it can be asked for."""
_WAYS = tuple(route for route, row in ways.WAYS.items() if row.has_last_day)
"""The ways out that open and close; the end of an ordinary notice moves with every day."""
_COUNTED = ("invoice", "refused", "refund", "duty")
"""What an outcome lists, and so is counted from 1."""

_OF_A_DEADLINE: dict[str, tuple[str, ...]] = {
    "end_takes_effect": ("state", "ended_on", "next_package", "return_equipment"),
    "trial_ends": ("state",),
    "binding_ends": ("state",),
    "price_change_takes_effect": ("price",),
    "terms_change_takes_effect": ("terms_since",),
    "downgrade_takes_effect": ("package", "next_package", "price"),
    "period_begins": ("issued", "open", "receipt"),
    "card_expires": ("card_reminder",),
}
"""What each deadline changes, to tell apart those that fall on one day."""


def _as_json(value: Value) -> str | None:
    if isinstance(value, int):
        return kroner(value)
    return value.isoformat() if isinstance(value, Day) else value


@frozen(kw_only=True)
class Effect(JsonObject):
    """What a decision changed: of which subject, what of it, from what and to what.

    `subscription` is its place among the member's, in order of sign-up; None for what is the member's own.
    """

    about: str
    what: str
    before: Value
    after: Value
    subscription: int | None = None

    KEYS = (
        Key("about", "the subject, as `--about` names it"),
        Key("what", "what of it changed"),
        Key("from", "what it was; null where there was nothing", of="before", write=_as_json, kind=str),
        Key("to", "what it is now; null where there is nothing", of="after", write=_as_json, kind=str),
    )


@frozen
class Reason(JsonObject):
    """A decision with what it changed; one that is refused changes nothing, but is counted, from 1."""

    decision: Decision
    effects: tuple[Effect, ...] = ()
    refused: int | None = None

    @property
    def heading(self) -> str:
        """The heading of the clause, in the terms' own language."""
        return clause(self.decision.clause).heading

    @property
    def heading_en(self) -> str:
        """The heading of the clause in English."""
        return clause(self.decision.clause).heading_en

    @property
    def paragraph(self) -> str:
        """The paragraph of the clause under its heading."""
        return paragraph(clause(self.decision.clause).id)

    KEYS = (
        Merge("decision"),
        Key("heading", "the heading of the clause"),
        Key("heading_en", "the same in English"),
        Key("paragraph", "the paragraph under it"),
        Key("effects", "what the decision changed"),
    )


@frozen(repr=False)
class Explanation(Displayable, JsonObject):
    """All reasons of an outcome in order of time, an event before what it brings about the same day."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    answers: tuple[Cancellation, ...] = ()
    """Of each live subscription what `can-cancel` answers on the last day, with the law; none where it is left out."""
    interest: tuple[InterestOfLine, ...] = ()
    """The interest of each line with its arithmetic, in the order of the outcome's invoices."""
    subject: str | None = None
    """What these reasons bear on; None where they are all."""

    @property
    def subjects(self) -> list[str]:
        """All that can be asked for: of each subscription, then what is counted."""
        counts = [f"{kind}:{number}" for kind in _COUNTED for number in range(1, self._count(kind) + 1)]
        return [*(name.of(what) for name in self._names for what in (*_FACTS, *_WAYS)), *counts]

    @property
    def subjects_in_short(self) -> list[str]:
        """The same, shorter: the first and the last of what is counted, and of each subscription but the first."""
        counts = {kind: self._count(kind) for kind in _COUNTED}
        spans = [f"{kind}:1" + (f" … {kind}:{count}" if count > 1 else "") for kind, count in counts.items() if count]
        words = (*_FACTS, *_WAYS)
        first = [name.of(what) for name in self._names[:1] for what in words]
        return [*first, *spans, *(f"{name.of(words[0])} … {name.of(words[-1])}" for name in self._names[1:])]

    def about(self, subject: str) -> tuple[Reason, ...]:
        """The reasons that bear on a subject, in order of time; none where nothing has set it."""
        wanted = {subject, *(name.of("ends_on") for name in self._names if name.of("ended_on") == subject)}
        found = [reason for reason in self.reasons if self._subjects_of(reason) & wanted]
        return tuple([*self._behind(found[0]), *found] if self.invoice(subject) else found)

    def invoice(self, subject: str) -> Invoice | None:
        """The line that is asked for, if one is."""
        return None if (place := _place_of_line(subject)) is None else self.outcome.invoices[place]

    def interest_on(self, subject: str) -> InterestOfLine | None:
        """The interest of the line that is asked for, if one is."""
        return None if (place := _place_of_line(subject)) is None else self.interest[place]

    def __repr__(self) -> str:
        """What is explained and by how many decisions, in one line."""
        return f"<Explanation until {self.outcome.until}: {len(self.reasons)} decisions>"

    def only(self, subject: str) -> "Explanation":
        """Only the reasons that bear on a subject, without the law."""
        return evolve(self, subject=subject, reasons=self.about(subject), answers=())

    @property
    def interest_asked_for(self) -> InterestOfLine | None:
        """The interest of the line that is asked for, if one is."""
        return None if self.subject is None else self.interest_on(self.subject)

    @property
    def law(self) -> dict[str, LawAnswer] | None:
        """What the law gives beside the contract, by subscription; None where it gives nothing or is left out."""
        return {each.subscription: each.law for each in self.answers if each.law} or None

    def to_dict(self, about: str | None = None) -> dict[str, Any]:
        """The JSON of `explain`, of a subject only its reasons."""
        return table_of(Explanation).write(self if about is None else self.only(about))

    KEYS = (
        Key("scenario", "the scenario's sentence", of="outcome.scenario"),
        Key("until", "the last day replayed", of="outcome.until"),
        Key("profile", "the profile of readings", of="outcome.profile"),
        Key("about", "the subject asked for; null where all is", of="subject"),
        Key("decisions", "the decisions in order of time, each with its effects", of="reasons"),
        Key("interest", "of a line its interest with the arithmetic", of="interest_asked_for", optional=True),
        Key("law", "by subscription what the law gives; left out where a subject is asked for", optional=True),
    )

    @property
    def _names(self) -> list["_Name"]:
        return _names(self.outcome)

    def _count(self, kind: str) -> int:
        outcome = self.outcome
        lists = dict(zip(_COUNTED, (outcome.invoices, outcome.refused, outcome.refunds, outcome.duties), strict=True))
        return len(lists[kind])

    def _subjects_of(self, reason: Reason) -> set[str]:
        return {each.about for each in reason.effects} | {f"refused:{reason.refused}"}

    def _behind(self, issue: Reason) -> list[Reason]:
        """The decisions behind the package and the price of a line: the last of each before it was issued."""
        place = next(effect.subscription for effect in issue.effects if effect.what == "issued")
        before = self.reasons[: self.reasons.index(issue)]
        last = {
            effect.what: index
            for index, reason in enumerate(before)
            for effect in reason.effects
            if effect.subscription == place and effect.what in ("package", "price")
        }
        return [before[index] for index in sorted(set(last.values()))]


def _place_of_line(subject: str) -> int | None:
    """The place among the invoices of the line that a subject names, from 0; None where it names no line."""
    kind, _, number = subject.partition(":")
    return int(number) - 1 if kind == "invoice" and number.isdecimal() else None


def paragraph(id: str) -> str:
    """The paragraph that a clause's id names under its heading: `2d` of `opsigelse.2d`."""
    return id.rpartition(".")[2]


@frozen
class _Name:
    """How the subjects of a subscription are called: what stands before the fact and after it."""

    before: str
    after: str

    def of(self, what: str) -> str:
        """The subject that is this fact of the subscription."""
        return f"{self.before}{what}{self.after}"


def _names(outcome: Outcome) -> list[_Name]:
    """How the subscriptions are called, in order of sign-up."""
    ids = [each.id for each in outcome.subscriptions]
    several = len(set(ids)) > 1
    return [
        _Name(
            before=f"{id}." if several else "",
            after=f":{ids[: place + 1].count(id)}" if id in ids[place + 1 :] else "",
        )
        for place, id in enumerate(ids)
    ]


# From replays to reasons


def explain(scenario: Scenario, outcome: Outcome, *, with_law: bool = True) -> Explanation:
    """The reasons of an outcome of this scenario, with what the law gives on its last day unless that is left out."""
    scenario = one_world(scenario)
    terms = Terms(numbers=outcome.numbers, readings=outcome.readings, reference_rates=scenario.reference_rates)
    names = _names(outcome)
    reasons, refused = list[Reason](), 0
    decided_facts = evolve(scenario.facts, timeline=scenario.facts.decided)
    behind, ahead = Timeline(decided_facts, terms), Timeline(decided_facts, terms)
    for day, is_event in _moments(decided_facts, outcome):
        before, after = behind.member, _go_on(ahead, day, is_event)
        decided = list(outcome.decisions[before.decided : after.decided])
        if is_event:
            decided.insert(0, decided.pop())
        if decided and decided[0].verdict == "refused":
            refused += 1
            reasons.append(Reason(decided[0], refused=refused))
        else:
            effects = list(_effects(before, after, day, is_event, names))
            reasons += _shared_out(effects, decided, after, is_event)
        _go_on(behind, day, is_event)
    member = ahead.end_day(outcome.until)
    return Explanation(
        outcome,
        tuple(reasons),
        tuple(_answers(member, scenario, outcome)) if with_law else (),
        tuple(interest_of_line(line, outcome.until, scenario.reference_rates) for line in member.ledger.lines),
    )


def _answers(member: Member, scenario: Scenario, outcome: Outcome) -> Iterator[Cancellation]:
    """What can be answered of each live subscription on the last day."""
    happened = what_happened(member, scenario.facts.timeline)
    for subscription in member.subscriptions:
        if subscription.is_live:
            answer = cancellation_of(member, subscription.id, outcome.until)
            yield evolve(answer, law=law_answer(member, happened, answer, outcome.law_choices))


def _moments(facts: Facts, outcome: Outcome) -> list[tuple[Day, bool]]:
    """The start of every day that changed something, and every event: the day, and whether it is an event."""
    starts = {each.date for each in outcome.decisions if each.verdict == "took_effect"}
    events = [(event.date, True) for event in facts.timeline if event.date <= outcome.until]
    return sorted([(day, False) for day in starts] + events)


def _go_on(replay: Timeline, day: Day, is_event: bool) -> Member:
    return replay.take_event() if is_event else replay.begin_day(day)


def _shared_out(effects: list[Effect], decided: list[Decision], after: Member, is_event: bool) -> list[Reason]:
    """The decisions of one moment, each with its effects; what no deadline claims is the event's."""
    if not decided:
        return []
    shares: list[list[Effect]] = [[] for _decision in decided]
    rest = 0 if is_event else len(decided) - 1
    for effect in effects:
        id = None if effect.subscription is None else after.subscriptions[effect.subscription].id
        claims = [place for place, each in enumerate(decided) if _is_of(effect, id, each)]
        shares[claims[-1] if claims else rest].append(effect)
    return [Reason(decision, tuple(share)) for decision, share in zip(decided, shares, strict=True)]


def _is_of(effect: Effect, id: str | None, decision: Decision) -> bool:
    return effect.what in _OF_A_DEADLINE.get(decision.event, ()) and id in (None, decision.subscription)


# From what stood before and after to effects


def _effects(before: Member, after: Member, day: Day, is_event: bool, names: list[_Name]) -> Iterator[Effect]:
    """Everything that differs, in the order in which people are told."""
    for place, now in enumerate(after.subscriptions):
        then = before.subscriptions[place] if place < len(before.subscriptions) else None
        found = list(_of_facts(then, now, day if is_event else days_after(day, -1), day))
        if is_event and now.is_live:
            found += _of_ways(_ways(before, then, day), _ways(after, now, day))
        for what, was, becomes in found:
            yield Effect(about=names[place].of(what), what=what, before=was, after=becomes, subscription=place)
    yield from _of_lines(before, after)
    known = len(before.ledger.refunds)
    for number, refund in enumerate(after.ledger.refunds, 1):
        if number > known:
            yield Effect(about=f"refund:{number}", what="refund", before=None, after=refund.amount)
    yield from _of_duties(before, after)


def _of_facts(
    then: Subscription | None, now: Subscription, day_before: Day, day: Day
) -> Iterator[tuple[str, Value, Value]]:
    if then is not None and not then.is_live:
        return
    for what, known in _FACTS.items():
        was, becomes = None if then is None else known(then, day_before), known(now, day)
        if was != becomes and not (then is None and becomes == "given"):
            yield what, was, becomes


def _ways(member: Member, subscription: Subscription | None, day: Day) -> dict[str, Value]:
    """By way out `closed`, or the last day on which it is open, or `open` where it has none."""
    if subscription is None:
        return dict.fromkeys(_WAYS, "closed")
    found = ways.ways_out(member, subscription, day)
    return {way.route: "closed" if way.ends_on is None else way.give_notice_by or "open" for way in found}


def _of_ways(then: dict[str, Value], now: dict[str, Value]) -> list[tuple[str, Value, Value]]:
    return [(route, then[route], now[route]) for route in _WAYS if then[route] != now[route]]


def _of_lines(before: Member, after: Member) -> Iterator[Effect]:
    """The lines issued, and what has become of what was open."""
    known = before.ledger.lines
    for number, line in enumerate(after.ledger.lines, 1):
        about, was_open, place = f"invoice:{number}", 0, None
        if number <= len(known):
            was_open = known[number - 1].open
        else:
            place = _place(after, line.subscription)
            yield Effect(about=about, what="issued", before=None, after=line.amount, subscription=place)
        if line.open != was_open:
            yield Effect(about=about, what="open", before=was_open, after=line.open, subscription=place)


def _of_duties(before: Member, after: Member) -> list[Effect]:
    """The duties that arose; credit is used on the first lines of a day, so that receipts are of its last."""
    new_lines = after.ledger.lines[len(before.ledger.lines) :]
    owners: dict[str, list[int | None]] = {
        "receipt": [_place(after, line.subscription) for line in new_lines if line.paid_on],
        "return_equipment": [
            place
            for place, now in enumerate(after.subscriptions)
            if not now.is_live and not (place < len(before.subscriptions) and not before.subscriptions[place].is_live)
            for lent in now.equipment.values()
            if not lent.is_returned
        ],
    }
    effects = []
    duties = after.ledger.duties
    for number in range(len(duties), len(before.ledger.duties), -1):
        duty = duties[number - 1]
        its = owners.get(duty.duty)
        owner = its.pop() if its else None
        effects.append(Effect(about=f"duty:{number}", what=duty.duty, before=None, after=duty.date, subscription=owner))
    return effects[::-1]


def _place(member: Member, id: str | None) -> int | None:
    return None if id is None else member.subscriptions.index(member.by_id[id])
