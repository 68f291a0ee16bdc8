"""What comes out of the question whether a member can cancel: frozen values, and the JSON of `subsim can-cancel`."""

from typing import Any

from attrs import frozen

from subsim.days import Day
from subsim.money import kroner
from subsim.vocabulary import Route, State
from subsim.words import Because, sentence


@frozen(kw_only=True)
class WayOut:
    """One way out as of a date: open with its end and what it costs, or closed; `because` says why either way.

    `give_notice_by` is the last day on which this window is open (null: no last day); amounts are in øre.
    """

    route: Route
    ends_on: Day | None
    give_notice_by: Day | None
    refund: int | None
    still_to_pay: int | None
    clauses: tuple[str, ...]
    because: Because

    @property
    def open(self) -> bool:
        """Whether a notice that day would take this way."""
        return self.ends_on is not None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the way out."""
        return {
            "route": self.route,
            "open": self.open,
            "ends_on": _iso(self.ends_on),
            "give_notice_by": _iso(self.give_notice_by),
            "refund": _kroner(self.refund),
            "still_to_pay": _kroner(self.still_to_pay),
            "clauses": list(self.clauses),
            "because": sentence(self.because),
        }


@frozen(kw_only=True)
class Contested:
    """Another reading of one point, and the answer that it gives."""

    point: str
    reading: str
    can_cancel: bool
    earliest_end: Day | None
    route: Route | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the other reading."""
        return {
            "point": self.point,
            "reading": self.reading,
            "can_cancel": self.can_cancel,
            "earliest_end": _iso(self.earliest_end),
            "route": self.route,
        }


@frozen(kw_only=True)
class Answer:
    """Can this member cancel as of the end of `date`: from when, by which route, at what cost, and why."""

    date: Day
    subscription: str
    state: State | None
    can_cancel: bool
    earliest_end: Day | None
    route: Route | None
    clauses: tuple[str, ...]
    because: Because
    routes: tuple[WayOut, ...]
    contested: tuple[Contested, ...] = ()
    notice_stands: bool = False
    """Whether the end is that of a notice already given, or of Kabelplus' own termination."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `subsim can-cancel`."""
        return {
            "date": self.date.isoformat(),
            "subscription": self.subscription,
            "state": self.state,
            "can_cancel": self.can_cancel,
            "earliest_end": _iso(self.earliest_end),
            "route": self.route,
            "clauses": list(self.clauses),
            "because": sentence(self.because),
            "routes": [way.to_dict() for way in self.routes],
            "contested": [other.to_dict() for other in self.contested],
        }


def _iso(day: Day | None) -> str | None:
    return None if day is None else day.isoformat()


def _kroner(amount: int | None) -> str | None:
    return None if amount is None else kroner(amount)
