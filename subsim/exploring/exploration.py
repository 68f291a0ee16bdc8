"""A whole exploration: its scopes, its results, and their JSON.

It answers three questions:

- what can be reached: under `standard` by the scopes below, else under other readings;
- when there is no way out: under every profile, and with every single point read otherwise;
- whether two readings together break a property.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve, frozen

from subsim.basics.dates import Day
from subsim.basics.json_object import JsonObject, Key
from subsim.exploring.alphabet import (
    ALPHABET,
    COMMERCIAL,
    GRID,
    HORIZON,
    INVOICED,
    MINOR,
    ON_TRIAL,
    PLAIN,
    YEARLY,
    Scope,
    UndatedEvent,
    of_kinds,
)
from subsim.exploring.contradictions import PairComparison, compare
from subsim.exploring.no_way_out import Interval
from subsim.exploring.targets import TARGETS, Target
from subsim.exploring.walk import Progress, WalkResult, Witness, ignore, walk
from subsim.files.writer import scenario_text
from subsim.membership import events
from subsim.membership.facts import Facts
from subsim.rules.termination import ORDINARY
from subsim.terms.readings import PROFILES, ProfileName, profile, single_alternatives, with_choices
from subsim.terms.terms import Terms

SAMPLE = 30
"""About how many timelines, beside the shortest ones, are replayed under every pair of readings."""

DEEPER: dict[str, Scope] = {
    "announcements and notices": Scope(
        most_events=3,
        alphabet=(
            PLAIN,
            *of_kinds(events.AnnouncePriceChange, events.AnnounceServiceChange, events.AnnounceTermsChange),
            *of_kinds(events.GiveNotice),
        ),
    ),
    "payment": Scope(
        most_events=3,
        alphabet=(
            *(PLAIN, INVOICED),
            *of_kinds(events.Pay, events.PaymentReturned, events.CreditAdjusted, events.CreditPaidOut, events.Charge),
            *of_kinds(events.PaymentMethodFails, events.PaymentMethodRenewed, events.Buy),
            *of_kinds(events.ChangePackage, events.Terminate),
        ),
    ),
    "notices and terminations": Scope(
        most_events=4,
        alphabet=(PLAIN, YEARLY, ON_TRIAL, *of_kinds(events.GiveNotice, events.WithdrawNotice, events.Terminate)),
    ),
    "withdrawal and equipment": Scope(
        most_events=4,
        alphabet=(
            PLAIN,
            *of_kinds(events.LogIn, events.Activate, events.Withdraw),
            *of_kinds(events.LendEquipment, events.ReturnEquipment, events.InvoiceEquipment),
        ),
    ),
}
"""By name the scopes of few kinds of events but more of them, walked under `standard` too; fewer events first."""
SWEEP = Scope(
    most_events=2,
    alphabet=(
        *of_kinds(events.SignUp, events.ConfirmationReceived, events.LogIn, events.Activate, events.Withdraw),
        *of_kinds(events.AnnouncePriceChange, events.AnnounceServiceChange, events.AnnounceTermsChange),
        *of_kinds(events.ChangePackage),
        *(UndatedEvent(events.GiveNotice), UndatedEvent(events.GiveNotice, {"ground": ORDINARY})),
        UndatedEvent(events.Terminate, {"reason": events.NO_CAUSE}),
    ),
)
"""The scope walked under each of the other readings: the events that can open or close a way out."""


@frozen
class ProfileVariant:
    """The readings of a walk: a profile, with at most one point read otherwise."""

    profile: ProfileName = "standard"
    choices: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """The profile and the point, as in `standard, quarter-anchor=calendar`."""
        return ", ".join((self.profile, *(f"{point}={reading}" for point, reading in self.choices)))

    @property
    def terms(self) -> Terms:
        """The terms under these readings."""
        return Terms(readings=with_choices(profile(self.profile), dict(self.choices)))


def _all_readings() -> Iterator[ProfileVariant]:
    for name in PROFILES:
        yield ProfileVariant(name)
        for point, reading in single_alternatives(profile(name)):
            yield ProfileVariant(name, ((point, reading),))


ALL_READINGS: tuple[ProfileVariant, ...] = tuple(_all_readings())
"""Every profile, each as it is and with every single point read otherwise."""
STANDARD = ALL_READINGS[0]
_NO_WAY_OUT = "no-way-out"


def _scenario_of(found: Witness | Interval | None, variant: ProfileVariant, sentence: str) -> str | None:
    """The timeline of what was found as the text of a scenario file; None where nothing was."""
    return None if found is None else scenario_text(found.facts, variant.terms, sentence=sentence, until=found.until)


@frozen
class TargetResult(JsonObject):
    """A target and the shortest timeline to it; `witness` is None where no timeline of the scopes reaches it."""

    target: Target
    variant: ProfileVariant = STANDARD
    witness: Witness | None = None

    @property
    def events(self) -> int | None:
        """The number of events of the timeline."""
        return None if self.witness is None else self.witness.events

    @property
    def readings(self) -> str:
        """The readings under which it is reached."""
        return str(self.variant)

    @property
    def scenario(self) -> str | None:
        """The timeline as the text of a scenario file."""
        return _scenario_of(self.witness, self.variant, f"The shortest timeline to {self.target}")

    KEYS = (
        Key("kind", "the kind of the target", of="target.kind"),
        Key("name", "the name of the target among those of its kind", of="target.name"),
        Key("events", "how many events the shortest timeline has; null where none reaches the target"),
        Key("readings", "the readings under which it is reached"),
        Key("scenario", "the timeline as the text of a scenario file; null likewise"),
    )


@frozen
class NoWayOut(JsonObject):
    """The longest interval without a way out under some readings; `interval` is None where there is none."""

    variant: ProfileVariant
    interval: Interval | None

    @property
    def readings(self) -> str:
        """The readings."""
        return str(self.variant)

    @property
    def days(self) -> int:
        """The number of days; 0 where there is no such interval."""
        return 0 if self.interval is None else self.interval.days

    @property
    def since(self) -> Day | None:
        """The first day without a way out."""
        return None if self.interval is None else self.interval.since

    @property
    def until(self) -> Day | None:
        """The first day after it that has one again."""
        return None if self.interval is None else self.interval.until

    @property
    def scenario(self) -> str | None:
        """The timeline as the text of a scenario file."""
        return _scenario_of(self.interval, self.variant, f"No way out from {self.since} to {self.until}")

    KEYS = (
        Key("readings", "the readings"),
        Key("days", "the number of days without a way out; 0 where every day has one"),
        Key("from", "the first of them", of="since"),
        Key("to", "the first day after them", of="until"),
        Key("scenario", "the timeline as the text of a scenario file"),
    )


@frozen(kw_only=True)
class Exploration(JsonObject):
    """The result of an exploration of timelines of at most `events` events."""

    events: int
    merged: int
    replays: int
    reached: tuple[TargetResult, ...]
    unexpected: tuple[TargetResult, ...]
    """What was reached beside the targets."""
    no_way_out: tuple[NoWayOut, ...]
    compared: PairComparison

    @property
    def bounds(self) -> dict[str, Any]:
        """The bounds within which was explored."""
        return bounds(self.events)

    KEYS = (
        Key("bounds", "what was explored"),
        Key("merged", "how many timelines came to a state that was known"),
        Key("replays", "how many replays it took"),
        Key("reached", "each target with the shortest timeline to it"),
        Key("unexpected", "what was reached beside the targets"),
        Key("no_way_out", "by readings the longest interval without a way out"),
        Key("pairs_of_readings", "the properties tried under every pair of readings", of="compared"),
    )


def explore(most_events: int, progress: Progress = ignore) -> Exploration:
    """Explore all timelines of at most `most_events` events under `standard`, and those of the other scopes.

    `bounds` says which these are. With 2 events it takes some two minutes.
    """
    by_readings = {variant: _found(variant, most_events, progress) for variant in ALL_READINGS}
    reached = tuple(_shortest(target, by_readings) for target in TARGETS)
    surprises = {target for found in by_readings.values() for target in found.reached} - set(TARGETS)
    return Exploration(
        events=most_events,
        merged=sum(found.merged for found in by_readings.values()),
        replays=sum(found.replays for found in by_readings.values()),
        reached=reached,
        unexpected=tuple(_shortest(target, by_readings) for target in sorted(surprises)),
        no_way_out=tuple(NoWayOut(variant, found.longest) for variant, found in by_readings.items()),
        compared=compare(_sample(reached, by_readings[STANDARD].timelines), HORIZON, progress),
    )


SCENARIO_NAMES: tuple[str, ...] = (*map(str, TARGETS), *(f"{_NO_WAY_OUT} {variant}" for variant in ALL_READINGS))
"""The names by which `scenario_named` gives a scenario."""


def scenario_named(what: str, most_events: int, progress: Progress = ignore) -> str | None:
    """The text of the scenario with one of `SCENARIO_NAMES`; None where no timeline leads there.

    Timelines of one event are tried before those of two, and so on. The search ends with the first that is found.
    """
    for variant in ALL_READINGS:
        if what == f"{_NO_WAY_OUT} {variant}":
            return NoWayOut(variant, _found(variant, most_events, progress).longest).scenario
    target = next(target for target in TARGETS if str(target) == what)
    for variant in ALL_READINGS:
        for scope in scopes(variant, most_events):
            for number in range(1, scope.most_events + 1):
                found = walk(evolve(scope, most_events=number), variant.terms, progress)
                if target in found.reached:
                    return TargetResult(target, variant, found.reached[target]).scenario
    return None


def _found(variant: ProfileVariant, most_events: int, progress: Progress) -> WalkResult:
    found = WalkResult()
    for scope in scopes(variant, most_events):
        found.add(walk(scope, variant.terms, progress))
    return found


def scopes(variant: ProfileVariant, most_events: int) -> Iterator[Scope]:
    """The scopes walked under these readings. A later scope reaches nothing by fewer events than an earlier one."""
    if variant != STANDARD:
        yield evolve(SWEEP, most_events=min(SWEEP.most_events, most_events))
        return
    yield Scope(alphabet=ALPHABET, most_events=most_events)
    for person in (MINOR, COMMERCIAL):
        yield Scope(alphabet=of_kinds(events.SignUp), most_events=most_events, person=person)
    yield from (scope for scope in DEEPER.values() if scope.most_events > most_events)


def _shortest(target: Target, by_readings: dict[ProfileVariant, WalkResult]) -> TargetResult:
    """The shortest timeline to a target under the first readings that have one, `standard` before the others."""
    for variant, found in by_readings.items():
        if target in found.reached:
            return TargetResult(target, variant, found.reached[target])
    return TargetResult(target)


def _sample(reached: Iterable[TargetResult], timelines: list[Facts]) -> list[Facts]:
    """The shortest timeline to each target, and about `SAMPLE` others, evenly spread over those found."""
    shortest = [each.witness.facts for each in reached if each.witness is not None]
    step = max(1, len(timelines) // SAMPLE)
    by_words = {repr(facts): facts for facts in (*shortest, *timelines[::step])}
    return list(by_words.values())


# The JSON


def bounds(most_events: int) -> dict[str, Any]:
    """The bounds of an exploration, as its JSON has them."""
    return {
        "events": most_events,
        "alphabet": len(ALPHABET),
        "dates": [day.isoformat() for day in GRID],
        "until": HORIZON.isoformat(),
        "deeper": {name: scope.most_events for name, scope in DEEPER.items() if scope.most_events > most_events},
        "other_readings": {
            "events": min(SWEEP.most_events, most_events),
            "alphabet": len(SWEEP.alphabet),
            "readings": len(ALL_READINGS) - 1,
        },
    }
