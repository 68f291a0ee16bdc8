"""A whole exploration: the looks it takes, what came of them, and its result as JSON.

Three questions are asked. What can be reached: under `standard` by the looks below, and what is not reached there under
the other readings. Where there is no way out: under every profile and every single other reading on top of each. And
whether two readings together contradict a property.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve, frozen

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
    Letter,
    Look,
    of_kinds,
)
from subsim.exploring.contradictions import Compared, compare
from subsim.exploring.no_way_out import Stretch
from subsim.exploring.targets import TARGETS, Target
from subsim.exploring.walk import Found, Progress, Witness, ignore, walk
from subsim.files.writer import scenario_text
from subsim.membership import events
from subsim.membership.events import Facts
from subsim.terms.readings import PROFILES, ProfileName, profile, single_alternatives, with_choices
from subsim.terms.terms import Terms

SAMPLE = 30
"""How many timelines are replayed under every pair of readings, beside the shortest ones."""

DEEPER: dict[str, Look] = {
    "announcements and notices": Look(
        events=3,
        letters=(
            PLAIN,
            *of_kinds(events.AnnouncePriceChange, events.AnnounceServiceChange, events.AnnounceTermsChange),
            *of_kinds(events.GiveNotice),
        ),
    ),
    "payment": Look(
        events=3,
        letters=(
            *(PLAIN, INVOICED),
            *of_kinds(events.Pay, events.PaymentReturned, events.CreditAdjusted, events.CreditPaidOut, events.Charge),
            *of_kinds(events.PaymentMethodFails, events.PaymentMethodRenewed, events.Buy),
            *of_kinds(events.ChangePackage, events.Terminate),
        ),
    ),
    "notices and terminations": Look(
        events=4,
        letters=(PLAIN, YEARLY, ON_TRIAL, *of_kinds(events.GiveNotice, events.WithdrawNotice, events.Terminate)),
    ),
    "withdrawal and equipment": Look(
        events=4,
        letters=(
            PLAIN,
            *of_kinds(events.LogIn, events.Activate, events.Withdraw),
            *of_kinds(events.LendEquipment, events.ReturnEquipment, events.InvoiceEquipment),
        ),
    ),
}
"""What is also walked under `standard`, by name, those of fewer events first: few kinds of events, more of them."""
SWEEP = Look(
    events=2,
    letters=(
        *of_kinds(events.SignUp, events.ConfirmationReceived, events.LogIn, events.Activate, events.Withdraw),
        *of_kinds(events.AnnouncePriceChange, events.AnnounceServiceChange, events.AnnounceTermsChange),
        *of_kinds(events.ChangePackage),
        *(Letter(events.GiveNotice), Letter(events.GiveNotice, {"ground": "ordinary"})),
        Letter(events.Terminate, {"reason": "none"}),
    ),
)
"""What is walked under each of the other readings: the events that can open or close a way out."""


@frozen
class Under:
    """The readings of a walk: a profile, and at most one point read otherwise."""

    profile: ProfileName = "standard"
    choices: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """The readings as a table names them."""
        return ", ".join((self.profile, *(f"{point}={reading}" for point, reading in self.choices)))

    @property
    def terms(self) -> Terms:
        """The terms so read."""
        return Terms(readings=with_choices(profile(self.profile), dict(self.choices)))


def _all_readings() -> Iterator[Under]:
    for name in PROFILES:
        yield Under(name)
        for point, reading in single_alternatives(profile(name)):
            yield Under(name, ((point, reading),))


ALL_READINGS: tuple[Under, ...] = tuple(_all_readings())
"""Every profile, and every single other reading on top of each."""
STANDARD = ALL_READINGS[0]
_NO_WAY_OUT = "no-way-out"


@frozen
class Reached:
    """A target and the shortest timeline to it; None where no timeline within the bounds reaches it."""

    target: Target
    under: Under = STANDARD
    witness: Witness | None = None

    def scenario(self) -> str | None:
        """The timeline as a scenario file."""
        if self.witness is None:
            return None
        sentence = f"The shortest timeline to {self.target}"
        return scenario_text(self.witness.facts, self.under.terms, sentence=sentence, until=self.witness.until)


@frozen
class NoWayOut:
    """The longest stretch without a way out under some readings; None where there is none."""

    under: Under
    stretch: Stretch | None

    def scenario(self) -> str | None:
        """The timeline as a scenario file."""
        if self.stretch is None:
            return None
        sentence = f"No way out from {self.stretch.since} to {self.stretch.until}"
        return scenario_text(self.stretch.facts, self.under.terms, sentence=sentence, until=self.stretch.until)


@frozen(kw_only=True)
class Exploration:
    """What came of an exploration of timelines of at most `events` events."""

    events: int
    merged: int
    replays: int
    reached: tuple[Reached, ...]
    unexpected: tuple[Reached, ...]
    """What was reached that the model does not say."""
    no_way_out: tuple[NoWayOut, ...]
    compared: Compared

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `subsim explore`."""
        return {
            "bounds": bounds(self.events),
            "merged": self.merged,
            "replays": self.replays,
            "reached": [_reached_dict(each) for each in self.reached],
            "unexpected": [_reached_dict(each) for each in self.unexpected],
            "no_way_out": [_no_way_out_dict(each) for each in self.no_way_out],
            "pairs_of_readings": {
                "pairs": self.compared.pairs,
                "timelines": self.compared.timelines,
                "contradictions": [
                    {
                        "readings": each.choices,
                        "property": each.claim,
                        "what": each.what,
                        "scenario": scenario_text(each.facts, each.terms, sentence=each.claim, until=each.until),
                    }
                    for each in self.compared.contradictions
                ],
            },
        }


def explore(most_events: int, progress: Progress = ignore) -> Exploration:
    """Explore all timelines of at most so many events under `standard`, and fewer or other ones as `bounds` says."""
    by_readings = {under: _found(under, most_events, progress) for under in ALL_READINGS}
    reached = tuple(_shortest(target, by_readings) for target in TARGETS)
    surprises = {target for found in by_readings.values() for target in found.reached} - set(TARGETS)
    return Exploration(
        events=most_events,
        merged=sum(found.merged for found in by_readings.values()),
        replays=sum(found.replays for found in by_readings.values()),
        reached=reached,
        unexpected=tuple(_shortest(target, by_readings) for target in sorted(surprises)),
        no_way_out=tuple(NoWayOut(under, found.longest) for under, found in by_readings.items()),
        compared=compare(_sample(reached, by_readings[STANDARD].timelines), HORIZON, progress),
    )


SHOWN: tuple[str, ...] = (*map(str, TARGETS), *(f"{_NO_WAY_OUT} {under}" for under in ALL_READINGS))
"""What can be shown as a scenario."""


def shown(what: str, most_events: int, progress: Progress = ignore) -> str | None:
    """The scenario of one of `SHOWN`; None where there is none. Nothing more is explored than it takes.

    A timeline of one event is looked for before one of two, and so on: most targets are reached by few.
    """
    for under in ALL_READINGS:
        if what == f"{_NO_WAY_OUT} {under}":
            return NoWayOut(under, _found(under, most_events, progress).longest).scenario()
    target = next(target for target in TARGETS if str(target) == what)
    for under in ALL_READINGS:
        for look in looks(under, most_events):
            for number in range(1, look.events + 1):
                found = walk(evolve(look, events=number), under.terms, progress)
                if target in found.reached:
                    return Reached(target, under, found.reached[target]).scenario()
    return None


def _found(under: Under, most_events: int, progress: Progress) -> Found:
    found = Found()
    for look in looks(under, most_events):
        found.add(walk(look, under.terms, progress))
    return found


def looks(under: Under, most_events: int) -> Iterator[Look]:
    """What is walked under these readings; no later look reaches anything by fewer events than an earlier one."""
    if under != STANDARD:
        yield evolve(SWEEP, events=min(SWEEP.events, most_events))
        return
    yield Look(letters=ALPHABET, events=most_events)
    for person in (MINOR, COMMERCIAL):
        yield Look(letters=of_kinds(events.SignUp), events=most_events, person=person)
    yield from (look for look in DEEPER.values() if look.events > most_events)


def _shortest(target: Target, by_readings: dict[Under, Found]) -> Reached:
    """The shortest timeline under `standard`, else under the first of the other readings that has one."""
    for under, found in by_readings.items():
        if target in found.reached:
            return Reached(target, under, found.reached[target])
    return Reached(target)


def _sample(reached: Iterable[Reached], timelines: list[Facts]) -> list[Facts]:
    """The shortest timeline to each target, and so many evenly spread over all that were found."""
    shortest = [each.witness.facts for each in reached if each.witness is not None]
    step = max(1, len(timelines) // SAMPLE)
    by_words = {repr(facts): facts for facts in (*shortest, *timelines[::step])}
    return list(by_words.values())


# The JSON


def bounds(most_events: int) -> dict[str, Any]:
    """What is explored and what is not."""
    return {
        "events": most_events,
        "alphabet": len(ALPHABET),
        "dates": [day.isoformat() for day in GRID],
        "until": HORIZON.isoformat(),
        "deeper": {name: look.events for name, look in DEEPER.items() if look.events > most_events},
        "other_readings": {
            "events": min(SWEEP.events, most_events),
            "alphabet": len(SWEEP.letters),
            "readings": len(ALL_READINGS) - 1,
        },
    }


def _reached_dict(reached: Reached) -> dict[str, Any]:
    witness = reached.witness
    return {
        "kind": reached.target.kind,
        "name": reached.target.name,
        "events": None if witness is None else witness.events,
        "readings": str(reached.under),
        "scenario": reached.scenario(),
    }


def _no_way_out_dict(found: NoWayOut) -> dict[str, Any]:
    stretch = found.stretch
    return {
        "readings": str(found.under),
        "days": 0 if stretch is None else stretch.days,
        "from": None if stretch is None else stretch.since.isoformat(),
        "to": None if stretch is None else stretch.until.isoformat(),
        "scenario": found.scenario(),
    }
