"""What the terms decide about each event: the tables of rules, and the rules to which several headings contribute.

A rule decides one event under its own heading. Where an event calls for several headings, they are joined here.
"""

from typing import Any, Final

from subsim.basics.dates import days_after
from subsim.basics.texts import Message
from subsim.engine import ways
from subsim.engine.changes import CHANGES, announce
from subsim.law import late_payment
from subsim.membership import events
from subsim.membership.facts import FaultInFacts
from subsim.membership.member import Member
from subsim.membership.phases import Transition
from subsim.membership.rules import MemberRule, Rule, SubscriptionRule, of_member, of_subscription
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
    renewal,
    termination,
    transfer,
    withdrawal,
)


def decide_for_subscription(rule: SubscriptionRule, member: Member, event: Any) -> Ruling:
    """Decide an event of one subscription by its rule, which changes the member if it accepts the event."""
    decide, subscription = rule.decide, member.by_id.get(event.subscription)
    if subscription is None:
        reason = Message("no subscription '{id}' has been accepted", id=event.subscription)
        return refuse(rule.refused_by[-1], reason)
    if rule.after_the_end:
        return decide(member, equipment.holder(member, event) or subscription, event)
    if subscription.ended_on is not None:
        return refuse(rule.refused_by[-1], Message("the subscription ended on {day}", day=subscription.ended_on))
    ruling = decide(member, subscription, event)
    if subscription.end_reason is not None:
        equipment.fall_due(member, subscription, event.date)
    return ruling


# The events that call for several headings


def _sign_up(member: Member, event: events.SignUp) -> Ruling:
    current = member.by_id.get(event.subscription)
    if current is not None and current.ended_on is None:
        raise FaultInFacts(
            Message("the subscription '{id}' is signed up again while it is live", id=event.subscription),
            Message("sign up another id, or end this subscription first"),
        )
    trial_ends = days_after(event.date, event.trial_days) if event.trial_days else None
    subscription = Subscription(
        event,
        member.list_prices,
        member.announcements,
        member.terms,
        trial_ends=trial_ends,
        period_months=renewal.PERIOD_MONTHS[event.billing],
    )
    bound = binding.binding(member, subscription.signed_under, event.date, trial_ends)
    subscription.binding_ends = bound.ends
    first_period = subscription.price_at_sign_up * subscription.period_months
    refusal = eligibility.refusal(member, event, first_period, subscription.signed_under.numbers)
    if refusal is not None:
        return refusal
    payment.name_method(member, event)
    member.subscriptions.append(subscription)
    member.by_id[subscription.id] = subscription
    subscription.make(Transition.SIGN_UP, event.date)
    return accept("adgang.1", bound.because)


def _give_notice(member: Member, subscription: Subscription, event: events.GiveNotice) -> Ruling:
    way = ways.way_of_notice(member, subscription, event)
    if way.ends_on is None:
        return refuse(way.clause, way.because)
    return ways.WAYS[way.route].take(member, subscription, event.date, way)


def _terminate(member: Member, subscription: Subscription, event: events.Terminate) -> Ruling:
    if event.reason != events.NO_CAUSE:
        ordinary = termination.end_if_it_counts(member, subscription, event.date)
        return operator_termination.terminate_for_cause(member, subscription, event, ordinary.day)
    return operator_termination.terminate_without_cause(member, subscription, event)


# The tables

_RULES: tuple[Rule, ...] = (
    of_member(events.SignUp, _sign_up, "adgang.9", "adgang.10", "adgang.14", "tv.1", "proevetilbud.1", "adgang.11"),
    of_subscription(events.GiveNotice, _give_notice, *ways.REFUSED_BY, "opsigelse.1a"),
    of_subscription(events.Terminate, _terminate, "betaling.4", "annullering.1a", "annullering.1"),
    *(MemberRule(rule.event, announce, ()) for rule in CHANGES.values()),
    *(*complaints.RULES, *eligibility.RULES, *equipment.RULES, *operator_termination.RULES, *package_change.RULES),
    *(*payment.RULES, *termination.RULES, *transfer.RULES, *withdrawal.RULES, *late_payment.RULES),
)
MEMBER_RULES: Final[dict[str, MemberRule]] = {rule.event.name: rule for rule in _RULES if isinstance(rule, MemberRule)}
"""The rule of each event of the member as a whole."""
SUBSCRIPTION_RULES: Final[dict[str, SubscriptionRule]] = {
    rule.event.name: rule for rule in _RULES if isinstance(rule, SubscriptionRule)
}
"""The rule of each event of one subscription."""
