"""A state machine of hypothesis in which the member, the operator and time take turns."""

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from subsim.basics.dates import Day, days_after
from subsim.files.scenario import Scenario
from subsim.files.writer import scenario_text
from subsim.membership.events import (
    AnnouncePriceChange,
    AnnounceServiceChange,
    AnnounceTermsChange,
    Charge,
    CreditAdjusted,
    CreditPaidOut,
    Event,
    InvoiceEquipment,
    LendEquipment,
    PaymentReturned,
    Reminder,
    Restore,
    Suspend,
    Terminate,
)
from subsim.membership.facts import Facts
from subsim.terms.terms import Terms
from subsim.testing import strategies
from subsim.testing.stories.abilities import ALL, Abilities
from subsim.testing.stories.scene import Scene

_OPERATORS = (
    *(AnnouncePriceChange, AnnounceServiceChange, AnnounceTermsChange),
    *(PaymentReturned, Reminder, CreditAdjusted, CreditPaidOut, Charge),
    *(LendEquipment, InvoiceEquipment, Suspend, Restore, Terminate),
)
"""The events by Kabelplus or a bank; all others are the member's, including faults of the payment method."""


class SubscriptionMachine(RuleBasedStateMachine):
    """A growing timeline. Subclass it, drive your system in the three methods, and run `YourMachine.TestCase`.

    `can` limits the events, as given by `abilities(...)`; `terms_drawn` is the strategy of the terms. In a run `facts`
    has the events so far, `terms` their terms, and `today` the last day that has begun; `scenario()` is all of it until
    today. A run that fails prints its events as a scenario file.
    """

    can: Abilities = ALL
    terms_drawn: st.SearchStrategy[Terms] = strategies.terms()
    terms: Terms
    today: Day
    _scene: Scene

    def on_start(self) -> None:
        """Override: a member has asked to sign up; it is the first event of `facts`."""

    def on_event(self, event: Event) -> None:
        """Override: this event happened today; it is the last of `facts`."""

    def on_day(self) -> None:
        """Override: the day `today` has begun, without events so far."""

    @property
    def facts(self) -> Facts:
        """The person, the prices, and the events so far."""
        return Facts(person=self._scene.person, prices=self._scene.prices, timeline=tuple(self._scene.events))

    def scenario(self) -> Scenario:
        """The scenario of the events so far, until today."""
        return strategies.scenario_of_facts(self.facts, self.terms, until=self.today)

    @initialize(data=st.data())
    def a_member_asks_to_sign_up(self, data: st.DataObject) -> None:
        """Begin with a first sign-up."""
        self._scene, self.terms = data.draw(strategies.scenes(self.can)), data.draw(self.terms_drawn)
        self.today = self._scene.today
        self.on_start()

    @rule(data=st.data())
    def the_member_acts(self, data: st.DataObject) -> None:
        """Let an event of the member happen."""
        self._act(data, of_operator=False)

    @rule(data=st.data())
    def the_operator_acts(self, data: st.DataObject) -> None:
        """Let an event of Kabelplus, or of a bank, happen."""
        self._act(data, of_operator=True)

    @rule(data=st.data())
    def time_passes(self, data: st.DataObject) -> None:
        """Begin a day within some months, usually one on which something may change."""
        soon = days_after(self.today, data.draw(st.integers(1, 40)))
        ahead = self._scene.days_between(days_after(self.today, 1), days_after(self.today, 190))
        days = sorted({day for days in ahead for day in days} | {soon})
        self._go_to(min(self._scene.last, data.draw(st.sampled_from(days))))

    def _act(self, data: st.DataObject, *, of_operator: bool) -> None:
        scene, kinds = self._scene, self._scene.kinds
        scene.kinds = tuple(kind for kind in kinds if issubclass(kind.event, _OPERATORS) is of_operator)
        if scene.kinds or (not of_operator and scene.free_ids()):
            scene.today = self.today
            event = data.draw(strategies.event_of_scene(scene, may_sign_up=not of_operator))
            self._go_to(event.date)
            scene.add(event)
            self.on_event(event)
        scene.kinds = kinds

    def _go_to(self, day: Day) -> None:
        self.today = max(self.today, day)
        self.on_day()

    def teardown(self) -> None:
        """Print the events, if the run has failed."""
        if hasattr(self, "_scene"):
            note(scenario_text(self.facts, self.terms, sentence="A drawn timeline", until=self.today))
