"""The replay: a member's facts and the deadlines they set, folded over the rules in the order of time.

A day runs in this order: its start, for each subscription in order of sign-up and for each through all steps of
`_start_of_day`; then its events in the order of the file. Work is done per event and deadline, never per day.
"""

import heapq
from collections.abc import Callable
from typing import Any

from subsim.basics.dates import Day, days_after
from subsim.basics.texts import Message
from subsim.engine import exits
from subsim.membership import events
from subsim.membership.changes import Change
from subsim.membership.events import AgreementEvent, Announcement, DataEvent, Facts, FaultInFacts, SubscriptionEvent
from subsim.membership.member import Member
from subsim.membership.phases import Transition
from subsim.membership.rulings import Ruling, accept, refuse
from subsim.membership.subscription import Subscription
from subsim.rules import (
    binding,
    complaints,
    eligibility,
    equipment,
    operator_termination,
    package_change,
    payment,
    price_change,
    renewal,
    service_change,
    terms_change,
    transfer,
    withdrawal,
)
from subsim.rules import termination as notices
from subsim.terms.terms import Terms


def play(facts: Facts, terms: Terms, until: Day) -> Member:
    """Where the member stands at the end of `until`, and all that happened on the way; later events are not replayed.

    FaultInFacts, with the event's place, if a live subscription is signed up again.
    """
    return Replay(facts, terms).end(until)


class Replay:
    """A replay under way, which can be halted: the `member`, always one and the same, and how many events are `taken`.

    FaultInFacts as for `play`.
    """

    def __init__(self, facts: Facts, terms: Terms) -> None:
        self.member = Member(facts, terms)
        self.taken = 0
        self._timeline = facts.timeline

    def begin(self, day: Day) -> Member:
        """Go on to the start of this day, before its events; all events before it have been taken."""
        _pass_time(self.member, day)
        return self.member

    def take(self) -> Member:
        """Go on to the next event, and take it."""
        self._take(self._timeline[self.taken])
        return self.member

    def end(self, day: Day) -> Member:
        """Go on to the end of this day."""
        for event in self._timeline[self.taken :]:
            if event.date > day:
                break
            self._take(event)
        return self.begin(day)

    def _take(self, event: Any) -> None:
        member, date, name = self.member, event.date, event.name
        _pass_time(member, date)
        if isinstance(event, DataEvent):  # what is held about the member decides nothing here
            self.taken += 1
            return
        try:
            verdict, clause, reason = _rule_on(member, event)
        except FaultInFacts as fault:
            fault.index = self.taken
            raise
        self.taken += 1
        subscription = None if name in _OF_NO_SUBSCRIPTION else event.subscription
        member.decisions.append((date, name, subscription, clause, verdict, reason))


# The start of a day


def _pass_time(member: Member, to: Day) -> None:
    """Begin every day up to and including `to` on which something may fall due.

    Where only periods of an only subscription are due, they are begun together.
    """
    agenda, subscriptions = member.agenda, member.subscriptions
    while True:
        today = agenda[0]
        for subscription in subscriptions:
            if subscription.next_period < today and subscription.ended_on is None:
                today = subscription.next_period
        if today > to:
            return
        if today < agenda[0] and len(subscriptions) == 1:
            renewal.begin_periods(member, subscriptions[0], to)
        else:
            _begin_day(member, today)


def _begin_day(member: Member, today: Day) -> None:
    """The start of a day: for each subscription all that may fall due, then the reminder of the card."""
    while member.agenda[0] == today:
        heapq.heappop(member.agenda)
    for subscription in member.subscriptions:
        if subscription.is_live:
            _start_of_day(member, subscription, today)
    if today == member.ledger.method.expires:
        renewal.remind_of_card(member, today)


def _start_of_day(member: Member, subscription: Subscription, today: Day) -> None:
    """An end due today; the trial's and binding's end; announced changes; a new period, with a pending downgrade."""
    notice = subscription.notice
    if notice is not None and notice.ends_on == today:
        clause = exits.CLAUSES[notice.route][0]
        reason = Message("the last day of service was {day}", day=days_after(today, -1))
        member.note(today, "end_takes_effect", subscription.id, clause, reason)
        subscription.end(notice.route, today)
        equipment.fall_due(member, subscription, today)
        return
    if today == subscription.trial_ends:
        subscription.make(Transition.TRIAL_ENDS, today)
        member.note(today, "trial_ends", subscription.id, "proevetilbud.2", _over(subscription))
    elif today == subscription.binding_ends and notice is None and not subscription.in_trial(today):
        subscription.make(Transition.BINDING_ENDS, today)
        member.note(today, "binding_ends", subscription.id, "betaling.5", _over(subscription))
    if today in member.days_of_changes:
        _take_changes(member, subscription, today)
    if today == subscription.next_period:
        renewal.begin_periods(member, subscription, today)


def _over(subscription: Subscription) -> Message:
    return Message("it ran from the sign-up on {day}", day=subscription.registered_on)


def _take_changes(member: Member, subscription: Subscription, today: Day) -> None:
    """Note the announced changes that take effect today; the price of a day is asked of the subscription itself."""
    package = subscription.package
    new_price = subscription.price_changes[package].on(today)
    if new_price is not None:
        reason = Message("{package} now costs {price:kr} a month", package=package, price=new_price.price)
        member.note(today, "price_change_takes_effect", subscription.id, "prisaendringer.1", new_price.because + reason)
    for change in subscription.changes_on(today):
        if change.touches(package):
            clause = "proevetilbud.3" if change.kind == "service_change" else "aendringer.1"
            member.note(today, f"{change.kind}_takes_effect", subscription.id, clause, change.because)


# The events


def _sign_up(member: Member, event: events.SignUp) -> Ruling:
    current = member.by_id.get(event.subscription)
    if current is not None and current.is_live:
        raise FaultInFacts(
            Message("the subscription '{id}' is signed up again while it is live", id=event.subscription),
            Message("sign up another id, or end this subscription first"),
        )
    subscription, bound_until = _candidate(member, event)
    first_period = subscription.price(event.package, event.date) * subscription.period_months
    refusal = eligibility.refusal(member, event, first_period)
    if refusal is not None:
        return refusal
    payment.name_method(member, event)
    member.subscriptions.append(subscription)
    member.by_id[subscription.id] = subscription
    subscription.make(Transition.SIGN_UP, event.date)
    member.expect_deadline(subscription.binding_ends, event.date)
    if event.trial_days:
        member.expect_deadline(subscription.next_period, event.date)
    else:
        renewal.begin_periods(member, subscription, event.date)
    return accept("adgang.1", bound_until)


def _candidate(member: Member, event: events.SignUp) -> tuple[Subscription, Message]:
    """The subscription that a sign-up asks for, before anyone has judged whether it may, and until when it is bound."""
    trial_ends = days_after(event.date, event.trial_days) if event.trial_days else None
    binding_ends, bound_until = binding.binding_ends(member, event.date, trial_ends)
    months = renewal.PERIOD_MONTHS[event.billing]
    subscription = Subscription(
        event,
        list_prices=member.list_prices,
        announced=member.announcements,
        trial_ends=trial_ends,
        binding_ends=binding_ends,
        period_months=months,
    )
    return subscription, bound_until


def _withdraw(member: Member, subscription: Subscription, event: events.Withdraw) -> Ruling:
    return withdrawal.refusal(member, subscription, event.date) or _take_withdrawal(member, subscription, event.date)


def _take_withdrawal(member: Member, subscription: Subscription, today: Day) -> Ruling:
    reason = withdrawal.period_words(member, subscription) + withdrawal.settle(member, subscription, today)
    subscription.end("withdrawal", today)
    equipment.fall_due(member, subscription, today)
    return accept("fortrydelse.1", reason)


def _give_notice(member: Member, subscription: Subscription, event: events.GiveNotice) -> Ruling:
    way = exits.way_of_notice(member, subscription, event)
    if way.ends_on is None:
        return refuse(way.clause, way.because)
    if way.route == "withdrawal":
        return _take_withdrawal(member, subscription, event.date)
    ruling = notices.give_notice(subscription, event, way.route, way.ends_on, way.clause, way.because)
    _expect_end(member, subscription, event.date)
    return ruling


def _terminate(member: Member, subscription: Subscription, event: events.Terminate) -> Ruling:
    if event.reason != "none":
        ordinary_end, _ = notices.end_if_it_counts(member, subscription, event.date)
        ruling = operator_termination.terminate_for_cause(member, subscription, event, ordinary_end)
    elif event.settlement == "refund":
        ruling = operator_termination.terminate_with_refund(member, subscription, event)
    else:
        ruling = operator_termination.terminate_with_access(member, subscription, event)
    _expect_end(member, subscription, event.date)
    return ruling


def _expect_end(member: Member, subscription: Subscription, today: Day) -> None:
    """After a notice or termination: wait for the end that stands, or see to what an end at once brings."""
    if not subscription.is_live:
        equipment.fall_due(member, subscription, today)
    elif subscription.notice is not None:
        member.expect_deadline(subscription.notice.ends_on, today)


_CHANGES: dict[str, tuple[Callable[[Member, Subscription, Any, int], list[Change]], str]] = {
    events.AnnouncePriceChange.name: (price_change.changes, "prisaendringer.1"),
    events.AnnounceServiceChange.name: (service_change.changes, "proevetilbud.3"),
    events.AnnounceTermsChange.name: (terms_change.changes, "aendringer.1"),
}
"""The announcements: how each reaches a subscription, and the clause that allows it."""


def _announce(member: Member, event: Announcement) -> Ruling:
    changes, clause = _CHANGES[event.name]
    order = len(member.announcements)
    reason = Message("announced for {effective}", effective=event.effective)
    member.expect_change(event.effective, event.date)
    for subscription in member.subscriptions:
        if subscription.is_live:
            for change in changes(member, subscription, event, order):
                subscription.learn(change)
                if change.reaches is not None:
                    member.expect_change(change.reaches, event.date)
                if change.touches(subscription.package):
                    if len(member.subscriptions) > 1:
                        reason += Message("for {subscription}", subscription=subscription.id)
                    reason += change.because
    member.announcements.append(event)
    return accept(clause, reason)


_MEMBER_RULES: dict[str, Callable[[Member, Any], Ruling]] = {
    events.SignUp.name: _sign_up,
    events.Pay.name: payment.pay,
    events.PaymentReturned.name: payment.payment_returned,
    events.CreditAdjusted.name: payment.credit_adjusted,
    events.CreditPaidOut.name: payment.credit_paid_out,
    events.Charge.name: payment.charge,
    events.PaymentMethodFails.name: payment.payment_method_fails,
    events.PaymentMethodRenewed.name: payment.payment_method_renewed,
    events.Complain.name: complaints.complain,
    events.Transfer.name: transfer.transfer,
    events.Move.name: eligibility.move,
    events.AnnouncePriceChange.name: _announce,
    events.AnnounceServiceChange.name: _announce,
    events.AnnounceTermsChange.name: _announce,
}
"""The events of the member as a whole, and the rule that decides each."""

_SUBSCRIPTION_RULES: dict[str, tuple[Callable[[Member, Subscription, Any], Ruling], str]] = {
    events.ConfirmationReceived.name: (withdrawal.confirmation_received, "fortrydelse.1"),
    events.LogIn.name: (withdrawal.log_in, "adgang.1"),
    events.Activate.name: (withdrawal.activate, "adgang.1"),
    events.Withdraw.name: (_withdraw, "fortrydelse.1"),
    events.GiveNotice.name: (_give_notice, "opsigelse.1a"),
    events.WithdrawNotice.name: (notices.withdraw_notice, "opsigelse.1a"),
    events.ChangePackage.name: (package_change.change_package, "priser.3"),
    events.Buy.name: (payment.buy, "betaling.2"),
    events.LendEquipment.name: (equipment.lend, "udstyr.1"),
    events.ReturnEquipment.name: (equipment.give_back, "udstyr.1"),
    events.InvoiceEquipment.name: (equipment.invoice, "udstyr.1"),
    events.Suspend.name: (operator_termination.suspend, "annullering.1"),
    events.Restore.name: (operator_termination.restore, "annullering.1"),
    events.Terminate.name: (_terminate, "annullering.1"),
}
"""The events of one subscription: the rule that decides each, and the clause that refuses it where none is live."""

_OF_NO_SUBSCRIPTION = frozenset(
    name for name, event in events.EVENTS.items() if not issubclass(event, SubscriptionEvent | AgreementEvent)
)
"""The events that can name no subscription."""

_AFTER_THE_END = (events.ReturnEquipment.name, events.InvoiceEquipment.name)
"""The events that an ended subscription still takes (`udstyr.1`)."""


def _rule_on(member: Member, event: Any) -> Ruling:
    rule_of_member = _MEMBER_RULES.get(event.name)
    if rule_of_member is not None:
        return rule_of_member(member, event)
    rule, clause = _SUBSCRIPTION_RULES[event.name]
    subscription = member.by_id.get(event.subscription)
    if subscription is None:
        return refuse(clause, Message("no subscription '{id}' has been accepted", id=event.subscription))
    if event.name in _AFTER_THE_END:
        subscription = equipment.holder(member, event) or subscription
    elif not subscription.is_live:
        return refuse(clause, Message("the subscription ended on {day}", day=subscription.ended_on))
    return rule(member, subscription, event)
