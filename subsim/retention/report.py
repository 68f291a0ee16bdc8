"""What comes out of retention: frozen values, and the JSON of `subsim retention`."""

from collections.abc import Mapping
from typing import Any

from attrs import evolve, frozen

from subsim.basics.dates import Day
from subsim.basics.texts import Message
from subsim.retention.ends import Kept
from subsim.terms.readings import ProfileName


@frozen(kw_only=True)
class Held:
    """One holding: what is held of a category since `held_from`, and until when.

    `retain_until` and the `until` of what keeps it are the first days on which they no longer keep; `dispose_by` is
    the last day on which disposal is in time, `limit` what it would be but for them; `not_before` the day from which
    only a missing setting keeps it open; `disposal` is how it went.
    """

    category: str
    id: str
    held_from: Day
    status: str
    inactive_on: Day | None
    use_ends_on: Day | None
    restricted_from: Day | None
    retain_until: Day | None
    retain_clause: str | None
    dispose_by: Day | None
    not_before: Day | None
    action: str | None
    clause: str | None
    moved_by: str | None
    limit: Day | None
    kept_longer: tuple[Kept, ...]
    disposed_on: Day | None
    disposal: str | None
    verdict: str | None
    because: Message | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the holding."""
        return {
            "category": self.category,
            "id": self.id,
            "held_from": _iso(self.held_from),
            "status": self.status,
            "inactive_on": _iso(self.inactive_on),
            "use_ends_on": _iso(self.use_ends_on),
            "restricted_from": _iso(self.restricted_from),
            "retain_until": _iso(self.retain_until),
            "retain_clause": self.retain_clause,
            "dispose_by": _iso(self.dispose_by),
            "not_before": _iso(self.not_before),
            "action": self.action,
            "clause": self.clause,
            "moved_by": self.moved_by,
            "kept_longer": [{"clause": each.clause, "until": _iso(each.until)} for each in self.kept_longer],
            "disposed_on": _iso(self.disposed_on),
            "verdict": self.verdict,
            "because": _text(self.because),
        }


@frozen(kw_only=True)
class Effect:
    """What became of a request for one holding: `erase` by `until`, `keep` until then, and so on."""

    category: str
    id: str
    outcome: str
    until: Day | None
    clauses: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the outcome."""
        return {
            "category": self.category,
            "id": self.id,
            "outcome": self.outcome,
            "until": _iso(self.until),
            "clauses": list(self.clauses),
        }


@frozen(kw_only=True)
class Asked:
    """One request: by when it is to be answered, by whom, and what became of it."""

    request: str
    right: str
    received_on: Day
    clock_from: Day | None
    policy_by: Day | None
    policy_clause: str | None
    statute_by: Day | None
    statute_clause: str | None
    answer_by: Day | None
    refuse_by: Day | None
    extended: bool
    answered_on: Day | None
    withdrawn_on: Day | None
    verdict: str | None
    because: Message | None
    outcomes: tuple[Effect, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the request."""
        return {
            "request": self.request,
            "right": self.right,
            "received_on": _iso(self.received_on),
            "clock_from": _iso(self.clock_from),
            "policy_by": _iso(self.policy_by),
            "policy_clause": self.policy_clause,
            "statute_by": _iso(self.statute_by),
            "statute_clause": self.statute_clause,
            "answer_by": _iso(self.answer_by),
            "refuse_by": _iso(self.refuse_by),
            "extended": self.extended,
            "answered_on": _iso(self.answered_on),
            "verdict": self.verdict,
            "because": _text(self.because),
            "outcomes": [each.to_dict() for each in self.outcomes],
        }


@frozen(kw_only=True)
class DataDuty:
    """What the controller owes by a date; None where no day is named."""

    date: Day | None
    duty: str
    clause: str | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the duty."""
        return {"date": _iso(self.date), "duty": self.duty, "clause": self.clause}


@frozen(kw_only=True)
class TooLate:
    """An event that came too late to count."""

    date: Day
    event: str
    clause: str | None
    because: Message | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the event."""
        return {
            "date": _iso(self.date),
            "event": self.event,
            "clause": self.clause,
            "reason": _text(self.because),
        }


@frozen(kw_only=True)
class Doubt:
    """A holding or request without a day, with the sentence that names none and the point that is read so."""

    category: str | None
    id: str | None
    request: str | None
    clause: str | None
    point: str | None
    readings: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the doubt."""
        return {
            "category": self.category,
            "id": self.id,
            "request": self.request,
            "clause": self.clause,
            "point": self.point,
            "readings": list(self.readings),
        }


@frozen(kw_only=True)
class Otherwise:
    """What a single other reading makes of a holding or a request."""

    point: str
    reading: str
    category: str | None = None
    id: str | None = None
    request: str | None = None
    dispose_by: Day | None = None
    retain_until: Day | None = None
    inactive_on: Day | None = None
    answer_by: Day | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the other reading."""
        return {
            "point": self.point,
            "reading": self.reading,
            "category": self.category,
            "id": self.id,
            "request": self.request,
            "dispose_by": _iso(self.dispose_by),
            "retain_until": _iso(self.retain_until),
            "inactive_on": _iso(self.inactive_on),
            "answer_by": _iso(self.answer_by),
        }


@frozen(kw_only=True)
class Retention:
    """All that is held about a member as of a date, and every request."""

    date: Day
    policy: str
    profile: ProfileName
    readings: Mapping[str, str]
    settings: Mapping[str, str | None]
    holdings: tuple[Held, ...]
    requests: tuple[Asked, ...]
    duties: tuple[DataDuty, ...]
    refused: tuple[TooLate, ...]
    unclear: tuple[Doubt, ...]
    contested: tuple[Otherwise, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `subsim retention`."""
        return {
            "date": _iso(self.date),
            "policy": self.policy,
            "profile": self.profile,
            "readings": dict(self.readings),
            "settings": dict(self.settings),
            "holdings": [each.to_dict() for each in self.holdings],
            "requests": [each.to_dict() for each in self.requests],
            "duties": [each.to_dict() for each in self.duties],
            "refused": [each.to_dict() for each in self.refused],
            "unclear": [each.to_dict() for each in self.unclear],
            "contested": [each.to_dict() for each in self.contested],
        }

    def of(self, category: str | None) -> "Retention":
        """Only what concerns a category; all of it where none is named."""
        if category is None:
            return self
        return evolve(
            self,
            holdings=tuple(each for each in self.holdings if each.category == category),
            unclear=tuple(each for each in self.unclear if each.category in (None, category)),
            contested=tuple(each for each in self.contested if each.category in (None, category)),
        )

    @property
    def faults(self) -> int:
        """How much is overdue, was disposed of too early or late, or answered late or past its day not at all."""
        late = [each for each in self.holdings if each.status == "overdue" or each.verdict in ("too_early", "late")]
        unanswered = [
            each
            for each in self.requests
            if each.verdict == "late"
            or (each.answered_on is None and each.answer_by is not None and each.answer_by < self.date)
        ]
        return len(late) + len(unanswered)


def _text(because: Message | None) -> str:
    return "" if because is None else str(because)


def _iso(day: Day | None) -> str | None:
    return None if day is None else day.isoformat()
