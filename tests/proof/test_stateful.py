"""The member, the operator and the clock play against the machine, one move at a time.

What holds from one move to the next, and after each, is asserted on the way. A run that fails prints what was played
as a scenario file.
"""

from hypothesis import settings
from hypothesis.stateful import invariant

from subsim.answers.can_cancel import answer_of
from subsim.answers.outcome import Outcome
from subsim.basics.dates import Day
from subsim.basics.enumerations import State
from subsim.engine.timeline import play
from subsim.membership.events import Event
from subsim.membership.phases import TRANSITIONS, Phase, Transition
from subsim.testing import SubscriptionMachine
from tests.support.timelines import outcome_of

_BY_AN_EVENT = frozenset({Transition.NOTICE, Transition.NOTICE_WITHDRAWN, Transition.END})
_BY_THE_CLOCK = frozenset({Transition.TRIAL_ENDS, Transition.BINDING_ENDS, Transition.END})


class Play(SubscriptionMachine):
    """The machine of the testing kit, with the engine as the system under test."""

    outcome: Outcome

    def on_start(self) -> None:
        self.outcome = self._outcome()

    def on_event(self, event: Event) -> None:
        self._see(self._outcome(), _BY_AN_EVENT)
        self._see_that_it_was_decided(event)

    def on_day(self) -> None:
        self._see(self._outcome(), _BY_THE_CLOCK)

    def _outcome(self) -> Outcome:
        return outcome_of(self.facts, self.terms, self.today)

    # What must hold from one move to the next

    def _see(self, now: Outcome, moves: frozenset[Transition]) -> None:
        """Nothing decided, issued, paid or ended is otherwise now; the states went where the table lets these moves.

        What was paid is open again where a payment went back.
        """
        before, self.outcome = self.outcome, now
        went_back = any(payment.amount < 0 for payment in now.payments[len(before.payments) :])
        assert now.decisions[: len(before.decisions)] == before.decisions
        assert now.payments[: len(before.payments)] == before.payments
        assert now.refunds[: len(before.refunds)] == before.refunds
        for line, same in zip(before.invoices, now.invoices, strict=False):
            assert (line.date, line.kind, line.subscription, line.starts, line.ends, line.amount) == (
                *(same.date, same.kind, same.subscription, same.starts, same.ends, same.amount),
            )
            assert line.paid_on in (None, same.paid_on) or went_back
        for earlier, later in zip(before.subscriptions, now.subscriptions, strict=False):
            assert (later.id, later.registered_on, later.binding_ends) == (
                *(earlier.id, earlier.registered_on, earlier.binding_ends),
            )
            assert later.state in _reached(earlier.state, moves)
            assert earlier.state != "ended" or later == earlier

    def _see_that_it_was_decided(self, event: Event) -> None:
        decision = self.outcome.decisions[-1]
        assert (decision.date, decision.event) == (event.date, event.name)
        assert decision.verdict in ("accepted", "refused")

    # What holds at any time

    @invariant()
    def what_is_owed_is_what_was_charged_less_what_was_paid_and_not_given_back(self) -> None:
        ledger, outcome = play(self.facts, self.terms, self.today).ledger, self.outcome
        charged = sum(line.amount for line in outcome.invoices)
        paid = sum(payment.amount for payment in outcome.payments)
        refunded = sum(refund.amount for refund in outcome.refunds)
        adjusted = sum(adjustment.amount for adjustment in outcome.adjustments)
        assert outcome.totals.owed == charged - paid + refunded - adjusted
        assert outcome.totals.owed == sum(line.open for line in ledger.lines) - ledger.credit

    @invariant()
    def every_open_way_out_ends_today_or_later_and_only_a_live_subscription_has_one(self) -> None:
        member = play(self.facts, self.terms, self.today)
        for sub in {sub.id: sub for sub in self.outcome.subscriptions}.values():
            rows = [row for row in answer_of(member, sub.id, self.today).routes if row.ends_on is not None]
            assert all((row.ends_on or Day.min) >= self.today for row in rows)
            assert all((row.give_notice_by or Day.max) >= self.today for row in rows)
            assert not rows or sub.state != "ended"

    @invariant()
    def a_standing_end_lies_ahead_and_one_that_has_come_does_not(self) -> None:
        for sub in self.outcome.subscriptions:
            assert (sub.ends_on is not None) == (sub.state == "ending")
            assert (sub.ended_on is not None) == (sub.state == "ended")
            assert sub.ends_on is None or sub.ends_on > self.today
            assert sub.ended_on is None or sub.ended_on <= self.today


def _reached(state: State, moves: frozenset[Transition]) -> set[State]:
    """The states that such moves of the table lead to from a state, and the state itself."""
    found = {Phase(state)}
    while (
        more := {target for phase in found for move, to in TRANSITIONS[phase].items() if move in moves for target in to}
        - found
    ):
        found |= more
    return {phase.value for phase in found}


TestPlay = Play.TestCase
TestPlay.settings = settings(stateful_step_count=20)
