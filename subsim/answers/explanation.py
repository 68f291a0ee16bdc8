"""The reasons of an outcome: decisions with their effects, and the subjects that can be asked for.

A *subject* is something that a decision can change. `invoice:3` and `refused:1` are entries of a list. `ends_on` is of
the only subscription, `main.ends_on` of one of several. Where an id was signed up more than once, these are of the
latest and `ends_on:1` or `main.ends_on:1` is of the first. The part after the last dot is a word of this module, so an
id may have dots and colons.
"""

from collections.abc import Callable
from typing import Any

from attrs import evolve, frozen

from subsim.answers.can_cancel import Cancellation
from subsim.answers.displayable import Displayable
from subsim.answers.interest import InterestOfLine
from subsim.answers.law import LawAnswer
from subsim.answers.outcome import Decision, Invoice, Outcome
from subsim.basics.dates import Day
from subsim.basics.faults import no_such
from subsim.basics.json_object import JsonObject, Key, Merge, table_of
from subsim.basics.money import kroner
from subsim.basics.texts import Message
from subsim.engine import ways
from subsim.membership.subscription import Subscription
from subsim.terms.clauses import clause

Value = Day | int | str | None
"""A day, an amount in øre, or a word."""

FACTS: dict[str, Callable[[Subscription, Day], Value]] = {
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
"""By name the facts of a subscription on a day that can be asked for."""

WAYS_WITH_LAST_DAY = tuple(route for route, row in ways.WAYS.items() if row.has_last_day)
"""The ways out that open and close; the end of an ordinary notice moves with every day."""

_COUNTED = ("invoice", "refused", "refund", "duty")
"""The lists of an outcome, whose entries are counted from 1."""


def _as_json(value: Value) -> str | None:
    if isinstance(value, int):
        return kroner(value)
    return value.isoformat() if isinstance(value, Day) else value


@frozen(kw_only=True)
class Effect(JsonObject):
    """A change by a decision: the subject, what of it, the value before and after.

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
    """The answers for the live subscriptions on the last day, with the law; empty where that is left out."""
    interest: tuple[InterestOfLine, ...] = ()
    """The interest of each line with its arithmetic, in the order of the outcome's invoices."""
    subject: str | None = None
    """What these reasons bear on; None where they are all."""

    @property
    def subjects(self) -> list[str]:
        """All subjects: those of each subscription, then the entries of lists."""
        counts = [f"{kind}:{number}" for kind in _COUNTED for number in range(1, self._count(kind) + 1)]
        return [*(name.of(what) for name in self._names for what in (*FACTS, *WAYS_WITH_LAST_DAY)), *counts]

    @property
    def subjects_in_short(self) -> list[str]:
        """All subjects in short: of each list, and of later subscriptions, only the first and the last."""
        counts = {kind: self._count(kind) for kind in _COUNTED}
        spans = [f"{kind}:1" + (f" … {kind}:{count}" if count > 1 else "") for kind, count in counts.items() if count]
        words = (*FACTS, *WAYS_WITH_LAST_DAY)
        first = [name.of(what) for name in self._names[:1] for what in words]
        return [*first, *spans, *(f"{name.of(words[0])} … {name.of(words[-1])}" for name in self._names[1:])]

    def about(self, subject: str) -> tuple[Reason, ...]:
        """The reasons that bear on a subject, in order of time; none where nothing has set it.

        ValueError where there is no such subject.
        """
        if subject not in self.subjects:
            raise ValueError(no_such(Message("subject"), subject, self.subjects, self.subjects_in_short))
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
    def _names(self) -> list["SubjectName"]:
        return names_of(self.outcome)

    def _count(self, kind: str) -> int:
        outcome = self.outcome
        lists = dict(zip(_COUNTED, (outcome.invoices, outcome.refused, outcome.refunds, outcome.duties), strict=True))
        return len(lists[kind])

    def _subjects_of(self, reason: Reason) -> set[str]:
        return {each.about for each in reason.effects} | {f"refused:{reason.refused}"}

    def _behind(self, issue: Reason) -> list[Reason]:
        """The last decisions before a line was issued that set its package and its price."""
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
    """The paragraph in the id of a clause: `2d` of `opsigelse.2d`."""
    return id.rpartition(".")[2]


@frozen
class SubjectName:
    """The names of the subjects of a subscription: the parts before and after the fact."""

    before: str
    after: str

    def of(self, what: str) -> str:
        """The name of the subject for a fact."""
        return f"{self.before}{what}{self.after}"


def names_of(outcome: Outcome) -> list[SubjectName]:
    """The names of the subjects of each subscription, in order of sign-up."""
    ids = [each.id for each in outcome.subscriptions]
    several = len(set(ids)) > 1
    return [
        SubjectName(
            before=f"{id}." if several else "",
            after=f":{ids[: place + 1].count(id)}" if id in ids[place + 1 :] else "",
        )
        for place, id in enumerate(ids)
    ]
