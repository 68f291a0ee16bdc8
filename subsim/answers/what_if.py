"""What added events would change: the outcome of a scenario beside its outcome with the events."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from attrs import frozen

from subsim.answers.added_events import with_events
from subsim.answers.displayable import Displayable
from subsim.answers.outcome import REFUSED_EVENT, Decision, Duty, Invoice, Outcome, SubscriptionOutcome, Totals
from subsim.answers.question import Case, case_of
from subsim.basics.dates import Day
from subsim.basics.json_object import JsonObject, JsonTable, Key, money, table_of
from subsim.basics.pairs import match
from subsim.files.scenario import Scenario
from subsim.membership.member import Member
from subsim.terms.choice import OWN_TERMS, TermsChoice

SOURCE = "--try"
"""The name shown in faults of added events."""


T = TypeVar("T")


@frozen
class Difference(Generic[T]):
    """A value as it is and as it would be; None where only the other exists."""

    before: T | None
    after: T | None

    @property
    def either(self) -> T:
        """The value as it would be, else as it is."""
        found = self.after or self.before
        assert found is not None
        return found


def _difference_of(table: JsonTable, doc: str, *own: Key) -> JsonTable:
    """The table of differences between two values of a table."""
    before = Key("before", "as it is; null where only the other has it", by=table)
    after = Key("after", "as it would be; null where only the other has it", by=table)
    return JsonTable(f"{table.title}Difference", Difference, (*own, before, after), doc)


def _changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


def _subscriptions(differences: Iterable[Difference[SubscriptionOutcome]]) -> list[dict[str, Any]]:
    """Each with its id and both sides; where both exist, only the keys that differ."""
    return [{"id": each.either.id, **_sides(each)} for each in differences]


def _sides(difference: Difference[SubscriptionOutcome]) -> dict[str, Any]:
    before, after = difference.before and difference.before.to_dict(), difference.after and difference.after.to_dict()
    if before and after:
        changed = _changed(before, after)
        before = {name: was for name, (was, _becomes) in changed.items()}
        after = {name: becomes for name, (_was, becomes) in changed.items()}
    return {"before": before, "after": after}


def _id_of(subscription: SubscriptionOutcome) -> str:
    return subscription.id


_CHANGED_SUBSCRIPTION = JsonTable(
    "ChangedSubscription",
    SubscriptionOutcome,
    table_of(SubscriptionOutcome).entries,
    "A subscription; where both sides have it, only what differs.",
    is_partial=True,
)
_SUBSCRIPTIONS = _difference_of(
    _CHANGED_SUBSCRIPTION,
    "A subscription that stands otherwise.",
    Key("id", "the subscription", of="either", write=_id_of, kind=str),
)
_LINES = _difference_of(table_of(Invoice), "A line that differs.")
_REFUSALS = _difference_of(REFUSED_EVENT, "A refusal that differs.")
_DUTIES = _difference_of(table_of(Duty), "A duty that differs.")


@frozen
class SumDifference(JsonObject):
    """A sum as it is and as it would be.

    Both are in øre.
    """

    before: int
    after: int

    KEYS = (money("before", "as it is"), money("after", "as it would be"))


@frozen(kw_only=True, repr=False)
class WhatIf(Displayable, JsonObject):
    """Both outcomes up to and including the same day, what was decided of the events tried, and all that differs.

    `tried` lacks the events that lie after that day. The subscriptions, lines, refusals and duties that differ come in
    the order in which they arose.
    """

    before: Outcome
    after: Outcome
    tried: tuple[Decision, ...]

    @property
    def subscriptions(self) -> tuple[Difference[SubscriptionOutcome], ...]:
        """The subscriptions that differ in state or history."""
        return _differences(self.before.subscriptions, self.after.subscriptions, _of_subscription)

    @property
    def invoices(self) -> tuple[Difference[Invoice], ...]:
        """The lines that differ."""
        return _in_order(_differences(self.before.invoices, self.after.invoices, _of_invoice))

    @property
    def refused(self) -> tuple[Difference[Decision], ...]:
        """The refusals that differ, including those of the events tried."""
        return _in_order(_differences(self.before.refused, self.after.refused, _of_refusal))

    @property
    def duties(self) -> tuple[Difference[Duty], ...]:
        """The duties that differ."""
        return _in_order(_differences(self.before.duties, self.after.duties, _of_duty))

    @property
    def other_refusals(self) -> tuple[Difference[Decision], ...]:
        """The refusals that differ, without those of the events tried."""
        return tuple(pair for pair in self.refused if pair.after not in self.tried)

    @property
    def changes_nothing(self) -> bool:
        """Whether only the decisions on the events tried differ."""
        listed = self.subscriptions, self.invoices, self.other_refusals, self.duties
        return not any(listed) and self.before.totals == self.after.totals

    def __repr__(self) -> str:
        """What was tried and whether it changes anything, in one line."""
        tried = ", ".join(f"{each.event} {each.verdict}" for each in self.tried)
        change = "nothing changes" if self.changes_nothing else "something changes"
        return f"<WhatIf until {self.after.until}: {tried or 'nothing tried'}; {change}>"

    @property
    def totals(self) -> dict[str, SumDifference]:
        """The sums that differ, by their name."""
        names = [key.name for key in Totals.KEYS]
        sums = {
            name: SumDifference(getattr(self.before.totals, name), getattr(self.after.totals, name)) for name in names
        }
        return {name: each for name, each in sums.items() if each.before != each.after}

    KEYS = (
        Key("scenario", "the scenario's sentence", of="after.scenario"),
        Key("until", "the last day replayed", of="after.until"),
        Key("tried", "what is decided of the events tried"),
        Key("changes_nothing", "whether all comes out the same"),
        Key("subscriptions", "the subscriptions that stand otherwise", by=_SUBSCRIPTIONS, write=_subscriptions),
        Key("invoices", "the lines that differ", by=_LINES),
        Key("refused", "the refusals that differ", by=_REFUSALS),
        Key("duties", "the duties that differ", by=_DUTIES),
        Key("totals", "the sums that differ, by their name"),
    )


def what_if(
    scenario: Scenario,
    tries: Sequence[str],
    until: Day | None = None,
    choice: TermsChoice = OWN_TERMS,
) -> WhatIf:
    """What these events would change, each written `2020-04-15 change_package to=family`; the rest as for `replay`.

    Without `until` both are replayed to the scenario's last day, or that of the events, and on until the next due date,
    every end that stands and every change announced by then has come. InputErrors holds the faults of the events too.
    """
    with_tries = with_events(scenario, tries, SOURCE)
    return effect(scenario, with_tries, until, choice)


def effect(
    scenario: Scenario,
    changed: Scenario,
    until: Day | None = None,
    choice: TermsChoice = OWN_TERMS,
) -> WhatIf:
    """The same between a scenario and what became of it; the events tried are those that it names as added."""
    as_it_is, with_tries = case_of(scenario, choice), case_of(changed, choice)
    until = until or _until_settled(as_it_is, with_tries)
    after = with_tries.outcome(until)
    return WhatIf(before=as_it_is.outcome(until), after=after, tried=_of_the_tried(with_tries.scenario, after))


def _until_settled(*cases: Case) -> Day:
    last = max(case.scenario.until_of() for case in cases)
    return max([last, *(day for case in cases for day in _days_ahead(case.play(last)))])


def _days_ahead(member: Member) -> Iterable[Day]:
    """The days on which something known now takes effect: changes, ends, or without an end the next due date."""
    live = [subscription for subscription in member.subscriptions if subscription.is_live]
    if live:
        yield from member.announcements.days
    for subscription in live:
        yield subscription.next_period if subscription.notice is None else subscription.notice.ends_on


def _of_the_tried(scenario: Scenario, outcome: Outcome) -> tuple[Decision, ...]:
    """The decisions on the added events: every event has one, in the order of the timeline."""
    of_events = [decision for decision in outcome.decisions if decision.verdict != "took_effect"]
    return tuple(decision for index, decision in enumerate(of_events) if index in scenario.added)


# What differs


def _differences(before: Iterable[T], after: Iterable[T], key: Callable[[T], Hashable]) -> tuple[Difference[T], ...]:
    """The pairs with the same key whose values differ, and the entries that only one side has."""
    return tuple(Difference(old, new) for old, new in match(before, after, key) if old != new)


def _of_subscription(subscription: SubscriptionOutcome) -> Hashable:
    return subscription.id, subscription.registered_on


def _of_invoice(line: Invoice) -> Hashable:
    return line.date, line.kind, line.subscription


def _of_refusal(decision: Decision) -> Hashable:
    return decision.date, decision.event, decision.subscription, decision.clause


def _of_duty(duty: Duty) -> Hashable:
    return duty


_Dated = TypeVar("_Dated", Invoice, Decision, Duty)


def _in_order(differences: Iterable[Difference[_Dated]]) -> tuple[Difference[_Dated], ...]:
    """The differences in order of date; those without a date come last."""
    return tuple(sorted(differences, key=_date))


def _date(difference: Difference[_Dated]) -> Day:
    return difference.either.date or Day.max
