"""The result of retention: frozen values, and the JSON of `subsim retention`."""

from collections.abc import Mapping

from attrs import evolve, frozen

from subsim.basics.dates import Day
from subsim.basics.json_object import JsonObject, JsonTable, Key
from subsim.basics.texts import Message
from subsim.retention.ends import KeepReason
from subsim.terms.readings import ProfileName


def _text(because: Message | None) -> str:
    return "" if because is None else str(because)


_KEPT = JsonTable(
    "KeepReason",
    KeepReason,
    (Key("clause", "the clause that keeps it"), Key("until", "the first day on which it no longer does")),
    "What keeps a holding longer than its limit.",
)


@frozen(kw_only=True)
class Held(JsonObject):
    """One holding: the data held of a category since `held_from`.

    `retain_until` and the `until` of each reason in `kept_longer` are the first days on which data need not be kept.
    `dispose_by` is the last day on which disposal is in time, and `limit` the last day without those reasons. From
    `not_before` on, only a missing setting keeps the date open. `disposal` is what was done on `disposed_on`, and
    `verdict` says whether it was in time.
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
    kept_longer: tuple[KeepReason, ...]
    disposed_on: Day | None
    disposal: str | None
    verdict: str | None
    because: Message | None

    @property
    def reason(self) -> str:
        """The reason in English; empty where there is none."""
        return _text(self.because)

    KEYS = (
        Key("category", "the category of data"),
        Key("id", "the holding"),
        Key("held_from", "the first day on which it is held"),
        Key("status", "where it stands"),
        Key("inactive_on", "the day on which the member counts as inactive"),
        Key("use_ends_on", "the day from which it may no longer be used"),
        Key("restricted_from", "the day from which it is restricted"),
        Key("retain_until", "the first day on which no limit keeps it"),
        Key("retain_clause", "the clause of that limit"),
        Key("dispose_by", "the last day on which disposal is in time"),
        Key("not_before", "the day from which only a missing setting keeps it open"),
        Key("action", "what is to be done with it"),
        Key("clause", "the clause that says so"),
        Key("moved_by", "what moved the date"),
        Key("kept_longer", "what keeps it longer", by=_KEPT),
        Key("disposed_on", "the day of disposal"),
        Key("verdict", "whether it was disposed of in time"),
        Key("because", "the reason with its arithmetic; empty where there is none", of="reason"),
    )


@frozen(kw_only=True)
class Effect(JsonObject):
    """The effect of a request on one holding: `erase` by `until`, `keep` until then, and so on."""

    category: str
    id: str
    outcome: str
    until: Day | None
    clauses: tuple[str, ...]

    TITLE = "EffectOfRequest"

    KEYS = (
        Key("category", "the category of data"),
        Key("id", "the holding"),
        Key("outcome", "what became of the request for it"),
        Key("until", "by when, or until when"),
        Key("clauses", "the clauses that decide"),
    )


@frozen(kw_only=True)
class Asked(JsonObject):
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

    @property
    def reason(self) -> str:
        """The reason in English; empty where there is none."""
        return _text(self.because)

    KEYS = (
        Key("request", "the request"),
        Key("right", "the right that it uses"),
        Key("received_on", "the day on which it came"),
        Key("clock_from", "the day from which the time runs"),
        Key("policy_by", "by when the policy answers"),
        Key("policy_clause", "the clause of the policy"),
        Key("statute_by", "by when the statute wants an answer"),
        Key("statute_clause", "the clause of the statute"),
        Key("answer_by", "by when it is to be answered"),
        Key("refuse_by", "by when a refusal is to be told"),
        Key("extended", "whether the time was extended"),
        Key("answered_on", "the day of the answer"),
        Key("verdict", "whether the answer was in time"),
        Key("because", "the reason with its arithmetic; empty where there is none", of="reason"),
        Key("outcomes", "what became of it for each holding"),
    )


@frozen(kw_only=True)
class DataDuty(JsonObject):
    """A duty of the controller, by a date; None where no day can be named."""

    date: Day | None
    duty: str
    clause: str | None

    KEYS = (
        Key("date", "by when it is to be done; null where no day is named"),
        Key("duty", "what is to be done"),
        Key("clause", "the clause"),
    )


@frozen(kw_only=True)
class TooLate(JsonObject):
    """An event that came too late to count."""

    date: Day
    event: str
    clause: str | None
    because: Message | None

    @property
    def reason(self) -> str:
        """The reason in English; empty where there is none."""
        return _text(self.because)

    KEYS = (
        Key("date", "the day of the event"),
        Key("event", "the event"),
        Key("clause", "the clause by which it does not count"),
        Key("reason", "why; empty where there is none"),
    )


@frozen(kw_only=True)
class Doubt(JsonObject):
    """A holding or request without a day, with the sentence that names none and the point that is read so."""

    category: str | None
    id: str | None
    request: str | None
    clause: str | None
    point: str | None
    readings: tuple[str, ...]

    KEYS = (
        Key("category", "the category of data"),
        Key("id", "the holding"),
        Key("request", "the request"),
        Key("clause", "the sentence that names no day"),
        Key("point", "the contested point that is read so"),
        Key("readings", "the readings of that point that name one"),
    )


@frozen(kw_only=True)
class OtherResult(JsonObject):
    """The result for a holding or a request under another reading; `point` is empty for a whole profile."""

    point: str = ""
    reading: str = ""
    category: str | None = None
    id: str | None = None
    request: str | None = None
    dispose_by: Day | None = None
    retain_until: Day | None = None
    inactive_on: Day | None = None
    answer_by: Day | None = None

    KEYS = (
        Key("point", "the contested point"),
        Key("reading", "its other reading"),
        Key("category", "the category of data"),
        Key("id", "the holding"),
        Key("request", "the request"),
        Key("dispose_by", "the last day of disposal then"),
        Key("retain_until", "the first day without a limit then"),
        Key("inactive_on", "the day of inactivity then"),
        Key("answer_by", "by when the request is to be answered then"),
    )


@frozen(kw_only=True)
class Retention(JsonObject):
    """All that is held about a member as of a date, and every request."""

    date: Day
    policy: str
    profile: ProfileName
    readings: Mapping[str, str]
    settings: Mapping[str, str | None]
    numbers: Mapping[str, int]
    """The numbers of the policy by their prefixed names."""
    holdings: tuple[Held, ...]
    requests: tuple[Asked, ...]
    duties: tuple[DataDuty, ...]
    refused: tuple[TooLate, ...]
    unclear: tuple[Doubt, ...]
    contested: tuple[OtherResult, ...] = ()

    KEYS = (
        Key("date", "the day as of whose end is asked"),
        Key("policy", "the policy"),
        Key("profile", "the profile of readings"),
        Key("readings", "the reading of every contested point of the policy"),
        Key("settings", "the settings of the policy"),
        Key("holdings", "what is held"),
        Key("requests", "the requests of the person"),
        Key("duties", "what the controller owes"),
        Key("refused", "the events that came too late to count"),
        Key("unclear", "the holdings and requests without a day"),
        Key("contested", "what single other readings make of them"),
    )

    def of(self, category: str | None) -> "Retention":
        """The part about a category; everything where none is named."""
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
        """The number of faults: overdue, disposed of too early or too late, answered too late or not in time."""
        late = [each for each in self.holdings if each.status == "overdue" or each.verdict in ("too_early", "late")]
        unanswered = [
            each
            for each in self.requests
            if each.verdict == "late"
            or (each.answered_on is None and each.answer_by is not None and each.answer_by < self.date)
        ]
        return len(late) + len(unanswered)
