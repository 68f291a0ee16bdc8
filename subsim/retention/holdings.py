"""The holdings: each of a category, with the requests, disputes and holds that count for it."""

from collections.abc import Sequence
from typing import Literal

from attrs import Factory, define

from subsim.basics.dates import Day
from subsim.membership import data_events
from subsim.retention.person_state import PersonState
from subsim.retention.requests import Request
from subsim.retention.schedule import Active, CategoryRules

Verdict = Literal["too_early", "in_time", "late"]
HoldEvent = data_events.DisputeOpened | data_events.HoldPlaced


@define(eq=False)
class Suspension:
    """A recorded dispute or hold; it suspends disposal from `begins` until it is lifted or its own `until` comes."""

    event: HoldEvent
    lifted_on: Day | None = None

    @property
    def begins(self) -> Day:
        """Its first day."""
        return self.event.date

    @property
    def release(self) -> Day | None:
        """The first day without it; None while that is not known."""
        until = self.event.until if isinstance(self.event, data_events.HoldPlaced) else None
        return min((day for day in (self.lifted_on, until) if day is not None), default=None)

    def is_open(self, day: Day) -> bool:
        """Whether it suspends on a day."""
        return self.begins <= day and (self.release is None or day < self.release)

    def rule_among(self, rules: Sequence[Active], category: str) -> Active | None:
        """The rule by which it suspends the disposal of a category, if any."""
        event = self.event
        if event.categories and category not in event.categories:
            return None
        kind = "dispute" if isinstance(event, data_events.DisputeOpened) else "hold"
        for each in rules:
            rule = each.rule
            based = not rule.basis or (isinstance(event, data_events.HoldPlaced) and event.basis in rule.basis)
            if kind in rule.kinds and based and (event.assessed or not rule.assessed):
                return each
        return None


@define(eq=False)
class Reach:
    """A request as it counts for one holding."""

    request: Request
    consents: int
    """How many times consent had been given by then."""
    withdrawn: bool = False
    """Whether it was withdrawn in time for this holding."""


@define(eq=False)
class Holding:
    """The data of a category, of the person or of one record, with everything that counts for it."""

    category: str
    id: str
    held_from: Day
    rules: CategoryRules
    state: PersonState
    record: data_events.DataRegistered | None = None
    reaches: list[Reach] = Factory(list)
    suspensions: list[Suspension] = Factory(list)
    disposed_on: Day | None = None
    disposal: str | None = None
    verdict: Verdict | None = None
    is_inactivated: bool = False
    ends_at: tuple[object, Day | None] | None = None
    """The last day of disposal and the values it depends on, so that it is computed again only when they change."""
