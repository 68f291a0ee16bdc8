"""The state of a member on which the triggers of rules depend: relationships, uses, contacts, consents."""

from enum import Enum
from typing import Final, Literal, TypeAlias

from attrs import Factory, evolve, frozen

from subsim.basics.dates import Day
from subsim.membership import data_events
from subsim.retention.facts import By, Dealing, End, EndFixed, Fact, Start


class Mark(Enum):
    """A value in place of a day: the rule waits for a fact, or no reading names the day."""

    TO_COME = "to come"
    NO_NUMBER = "no number"


Moment: TypeAlias = Day | Mark | None
"""The day of a fact; None where it has not happened."""


@frozen
class Life:
    """A relationship `[began, ends)`; with a known end, who ended it and when notice was given."""

    name: str
    began: Day
    ended: bool = False
    ends: Day | None = None
    by: By = "member"
    notice_on: Day | None = None


@frozen
class Consent:
    """The consent to a use; `withdrawn_on` after it was last given, `all_on` if all consents were withdrawn."""

    is_valid: bool = False
    withdrawn_on: Day | None = None
    all_on: Day | None = None
    given: int = 0
    """How many times it was given: a later consent cancels an objection."""


EVERY: Final = "all"
"""The purpose of a withdrawal of all consents."""


@frozen
class PersonState:
    """The state of a member; a later fact makes a new value."""

    lives: tuple[Life, ...] = ()
    activity: Day | None = None
    contact: Day | None = None
    dealing: Day | None = None
    consents: dict[str, Consent] = Factory(dict)
    """By purpose; under `all` for uses that no event names."""
    records: dict[str, Day] = Factory(dict)
    """The latest record of each category."""

    def consent(self, purpose: str) -> Consent:
        """The consent to a use."""
        return self.consents.get(purpose) or self.consents.get(EVERY) or Consent()

    @property
    def was_ever_customer(self) -> bool:
        """Whether any relationship ever began."""
        return bool(self.lives)

    def was_live_on(self, day: Day) -> bool:
        """Whether some relationship is live on a day."""
        return any(life.began <= day and (life.ends is None or day < life.ends) for life in self.lives)

    def _last(self) -> Life | None:
        """The relationship that ends last; None while one has no known end."""
        if not self.lives or any(life.ends is None for life in self.lives):
            return None
        latest = max(life.ends for life in self.lives if life.ends is not None)
        return next(life for life in reversed(self.lives) if life.ends == latest)

    def relationship_end(self) -> Moment:
        """The first day without any relationship."""
        if not self.lives:
            return None
        last = self._last()
        return last.ends if last else Mark.TO_COME

    def members_end(self) -> Moment:
        """The same, if the member ended the last one."""
        last = self._last()
        if last is None:
            return Mark.TO_COME if self.lives else None
        return last.ends if last.by == "member" else None

    def notice(self) -> Moment:
        """The day by which each relationship had its notice; of one without, its end."""
        days = [life.notice_on or life.ends for life in self.lives]
        if None in days:
            return Mark.TO_COME
        return max((day for day in days if day is not None), default=None)

    def members_notice(self) -> Moment:
        """The same, if the member ended the last one."""
        end = self.members_end()
        return self.notice() if isinstance(end, Day) else end


def with_fact(state: PersonState, fact: Fact) -> PersonState:
    """The state after one more fact; facts that no rule uses change nothing."""
    day, what = fact.date, fact.what
    match what:
        case Start(name):
            return evolve(state, lives=(*state.lives, Life(name, day)))
        case EndFixed(name, ends_on, by, notice_on):
            return _with_life(state, name, ended=False, ends=ends_on, by=by, notice_on=notice_on)
        case End(name, by, notice_on):
            return _with_life(state, name, ended=True, ends=day, by=by, notice_on=notice_on)
        case data_events.Activity():
            return evolve(state, activity=day, dealing=day)
        case data_events.Contact():
            return evolve(state, contact=day, dealing=day)
        case Dealing() | data_events.DataRequest():
            return evolve(state, dealing=day)
        case data_events.DataRegistered():
            return evolve(state, records=state.records | {what.category: day})
        case data_events.ConsentGiven():
            given = Consent(is_valid=True, given=state.consent(what.purpose).given + 1)
            return evolve(state, dealing=day, consents=state.consents | {what.purpose: given})
        case data_events.ConsentWithdrawn():
            return _without_consent(state, what.purpose, day)
    return state


def _with_life(
    state: PersonState, name: str, *, ended: bool, ends: Day | None, by: By, notice_on: Day | None
) -> PersonState:
    """The state with the end of the latest relationship of that name, which must be live."""
    lives = list(state.lives)
    for place in range(len(lives) - 1, -1, -1):
        if lives[place].name == name and not lives[place].ended:
            lives[place] = evolve(lives[place], ended=ended, ends=ends, by=by, notice_on=notice_on)
            break
    return evolve(state, lives=tuple(lives))


def _without_consent(state: PersonState, purpose: str, day: Day) -> PersonState:
    everything = purpose == EVERY

    def withdrawn(consent: Consent) -> Consent:
        all_on = consent.all_on or (day if everything else None)
        return evolve(consent, is_valid=False, withdrawn_on=consent.withdrawn_on or day, all_on=all_on)

    consents = state.consents | {purpose: state.consent(purpose)}
    reached = consents if everything else (purpose,)
    changed = {name: withdrawn(consents[name]) for name in reached}
    return evolve(state, dealing=day, consents=consents | changed)


def single_fact(state: PersonState, name: str, purpose: str, only_all: Literal["all"] | str | None = None) -> Moment:
    """The day of a fact that is not in a holding itself; `purpose` is that of the consent asked for."""
    match name:
        case "relationship_start":
            return max((life.began for life in state.lives), default=None)
        case "relationship_end":
            return state.relationship_end()
        case "members_end":
            return state.members_end()
        case "notice":
            return state.notice()
        case "members_notice":
            return state.members_notice()
        case "activity":
            return state.activity
        case "contact":
            return state.contact
        case "dealing":
            return state.dealing
    assert name == "consent_withdrawn"
    consent = state.consent(only_all if only_all and only_all != EVERY else purpose)
    if consent.is_valid:
        return Mark.TO_COME
    return consent.all_on if only_all == EVERY else consent.withdrawn_on
