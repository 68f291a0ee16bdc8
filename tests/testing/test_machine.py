"""The state machine to subclass: what it plays is what the system can do, and it tells the subclass of each turn."""

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from subsim.basics.dates import Day
from subsim.membership.events import Event
from subsim.testing import SubscriptionMachine, abilities, differences, engine

FEW = settings(max_examples=5, stateful_step_count=6, database=None)


class Plays(SubscriptionMachine):
    can = abilities(events=["give_notice", "change_package"], subscriptions=1, billing="monthly", first="2021-01-01")
    played: set[str]
    told: list[Day]

    def on_start(self) -> None:
        self.told = [self.today]
        assert [event.name for event in self.facts.timeline] == ["sign_up"]

    def on_event(self, event: Event) -> None:
        assert event is self.facts.timeline[-1]
        assert event.date == self.today
        assert event.name in ("sign_up", "give_notice", "change_package")

    def on_day(self) -> None:
        assert self.today >= self.told[-1]
        self.told.append(self.today)
        assert differences(self.scenario(), engine.replay) == []


class Fails(SubscriptionMachine):
    def on_event(self, event: Event) -> None:
        raise ValueError("something happened")


def test_a_machine_plays_what_the_system_can_do_day_by_day() -> None:
    run_state_machine_as_test(Plays, settings=FEW)


def test_a_run_that_fails_shows_what_happened_as_a_scenario_file() -> None:
    unshrunk = settings(FEW, max_examples=20, phases=[Phase.generate])
    with pytest.raises(ValueError, match="something happened") as caught:
        run_state_machine_as_test(Fails, settings=unshrunk)
    assert any(note.startswith("scenario: A drawn timeline") for note in caught.value.__notes__)
