"""What comes: the dates ahead of a subscription if nothing else happens, in order, each with its clause.

The timeline known on the date asked about is replayed to that day and to the last day ahead. What the longer replay
adds is what comes. The last days of notice are found by asking for each day what a notice would do.
"""

from collections.abc import Iterator
from typing import Annotated

from attrs import evolve, frozen

from subsim.answers.account import Account, account_of
from subsim.answers.can_cancel import Cancellation, cancellation_of
from subsim.answers.displayable import Displayable
from subsim.answers.forecast import LastDay, known_on, last_days_of_notice
from subsim.answers.outcome import Decision
from subsim.answers.outcome_of_member import decisions_of
from subsim.answers.question import Case, case_of
from subsim.basics.dates import Day, days_after
from subsim.basics.enumerations import DutyName, Route
from subsim.basics.json_object import JsonObject, Key, money
from subsim.basics.texts import NOTHING, Message
from subsim.engine.changes import CHANGES
from subsim.engine.ways import WAYS
from subsim.files.scenario import Scenario
from subsim.membership.deadlines import (
    BINDING_ENDS,
    CARD_EXPIRES,
    DEADLINES,
    END_TAKES_EFFECT,
    PERIOD_BEGINS,
    TRIAL_ENDS,
    takes_effect,
)
from subsim.membership.ledger import Duty
from subsim.membership.member import Member
from subsim.membership.owed import DUTIES
from subsim.membership.subscription import Subscription
from subsim.terms.choice import OWN_TERMS, TermsChoice

DAYS_AHEAD = 365
"""The number of days ahead, unless another is given."""

Kind = Annotated[str, "kind of what comes"]
"""What may come: one of `KINDS`."""
_ENDS, _CHARGE, _DUTY, _WITHDRAW_BY, _GIVE_NOTICE_BY = "ends", "charge", "duty", "withdraw_by", "give_notice_by"
_BY_CHANGE: dict[str, Kind] = {takes_effect(kind): kind for kind in CHANGES}
"""What comes on the deadline of an announced change."""
KINDS: dict[Kind, Message] = {
    _ENDS: DEADLINES[END_TAKES_EFFECT].label,
    TRIAL_ENDS: DEADLINES[TRIAL_ENDS].label,
    BINDING_ENDS: DEADLINES[BINDING_ENDS].label,
    **{kind: DEADLINES[deadline].label for deadline, kind in _BY_CHANGE.items()},
    _CHARGE: Message("charge"),
    CARD_EXPIRES: DEADLINES[CARD_EXPIRES].label,
    _DUTY: Message("duty"),
    _WITHDRAW_BY: Message("last day to withdraw"),
    _GIVE_NOTICE_BY: Message("last day to give notice"),
}
"""What may come, with its label, in the order in which it is told of one date."""
PLACES: dict[Kind, int] = {kind: place for place, kind in enumerate(KINDS)}
"""The place of each in that order."""


@frozen(kw_only=True)
class Item(JsonObject):
    """Something that comes on `date`.

    `amount`, in øre, is of a charge; `ends_on` of the last days to withdraw and to give notice. `route` is the way out
    of a last day or an end, `duty` the duty; they are told in `because` too.
    """

    date: Day
    kind: Kind
    amount: int | None = None
    ends_on: Day | None = None
    clause: str
    because: Message
    route: Route | None = None
    duty: DutyName | None = None

    KEYS = (
        Key("date", "the day on which it comes"),
        Key("kind", "what comes"),
        money("amount", "of a charge, how much"),
        Key("ends_on", "of a last day, the end that it gives"),
        Key("clause", "the clause"),
        Key("because", "why, with the arithmetic"),
    )


@frozen(kw_only=True, repr=False)
class Coming(Displayable, JsonObject):
    """What comes after a day if nothing else happens; last days of notice and withdrawal from that day on.

    It goes up to and including `until`.
    `whose` tells this member from others, in the ids of a calendar; `several` says that he has signed up more than one
    id. `moves_along` says that every day some ordinary
    notice would end on a day of its own, of which no last day is told. `now` is the answer of `date`, with the law
    unless that is left out.
    """

    date: Day
    until: Day
    subscription: str
    whose: str
    several: bool
    account: Account
    now: Cancellation
    moves_along: bool
    items: tuple[Item, ...]

    def __repr__(self) -> str:
        """Of what and from when to when, and how much comes, in one line."""
        return f"<Coming for {self.subscription}, {self.date} to {self.until}: {len(self.items)} items>"

    KEYS = (
        Key("date", "the day from which on is told"),
        Key("subscription", "the subscription"),
        Key("coming", "what comes, in order of date", of="items"),
        Key(
            "law", "what the law gives beside the contract; left out where it is not asked", of="now.law", optional=True
        ),
    )


def coming(
    scenario: Scenario,
    date: Day,
    subscription: str | None = None,
    days: int = DAYS_AHEAD,
    choice: TermsChoice = OWN_TERMS,
    *,
    with_law: bool = True,
) -> Coming:
    """What comes within so many days after `date`; the rest as for `can_cancel`."""
    name = scenario.subscription_meant(date, subscription)
    case = case_of(scenario, choice)
    return coming_of(case, name, date, days, with_law=with_law)


def coming_of(case: Case, subscription: str, date: Day, days: int = DAYS_AHEAD, *, with_law: bool = False) -> Coming:
    """The same of a case, for the subscription of that id; InputErrors where it cannot be replayed."""
    known, until = known_on(case, date), days_after(date, days)
    before, after = known.play(date), known.play(until)
    last_days = last_days_of_notice(known, subscription, date, until)
    items = [
        *_deadlines(before.by_id.get(subscription), date),
        *_changes_and_charges(before, after, subscription),
        *_duties(before, after, subscription, date),
        *_last_day_to_withdraw(before, subscription, date),
        *map(_last_day_to_give_notice, last_days.days),
    ]
    found = sorted((item for item in items if item.date <= until), key=lambda item: (item.date, PLACES[item.kind]))
    now = cancellation_of(before, subscription, date)
    return Coming(
        date=date,
        until=until,
        subscription=subscription,
        whose=case.scenario.facts.person.id or case.scenario.sentence,
        several=len(after.by_id) > 1,
        account=account_of(before, date),
        now=evolve(now, law=known.law(before, now)) if with_law else now,
        moves_along=last_days.moves_along,
        items=tuple(found),
    )


def _deadlines(subscription: Subscription | None, date: Day) -> Iterator[Item]:
    """The end in force, and the ends of trial and binding before it."""
    if subscription is None or not subscription.is_live:
        return
    notice = subscription.notice
    end = Day.max if notice is None else notice.ends_on
    if notice is not None:
        reason = Message("the last day of service is {day}", day=days_after(end, -1))
        yield Item(date=end, kind=_ENDS, clause=notice.clause, because=reason, route=notice.route)
    signed_up = Message("it runs from the sign-up on {day}", day=subscription.registered_on)
    if subscription.trial_ends is not None and date < subscription.trial_ends < end:
        yield Item(date=subscription.trial_ends, kind=TRIAL_ENDS, clause="proevetilbud.2", because=signed_up)
    if date < subscription.binding_ends < end:
        yield Item(date=subscription.binding_ends, kind=BINDING_ENDS, clause="betaling.5", because=signed_up)


def _changes_and_charges(before: Member, after: Member, name: str) -> Iterator[Item]:
    decided = [each for each in _new_decisions(before, after) if each.subscription == name]
    for each in decided:
        if each.event in _BY_CHANGE:
            yield Item(date=each.date, kind=_BY_CHANGE[each.event], clause=each.clause, because=each.because)
    reasons = {each.date: each.because for each in decided if each.event == PERIOD_BEGINS}
    for line in after.ledger.lines[len(before.ledger.lines) :]:
        if line.subscription == name:
            yield Item(
                date=line.due,
                kind=_CHARGE,
                amount=line.amount,
                clause=line.clause,
                because=reasons.get(line.due, NOTHING),
            )


def _new_decisions(before: Member, after: Member) -> tuple[Decision, ...]:
    return decisions_of(after)[before.decided :]


def _duties(before: Member, after: Member, name: str, date: Day) -> Iterator[Item]:
    """The duties of the subscription and of the member, and the last day on which the card can be charged."""
    for each in _new_decisions(before, after):
        if each.event == CARD_EXPIRES:
            yield Item(date=each.date, kind=CARD_EXPIRES, clause=each.clause, because=each.because)
    for owed in _duties_of(before, after, name):
        if owed.date is not None and owed.date > date:
            yield Item(date=owed.date, kind=_DUTY, clause=owed.clause, because=DUTIES[owed.duty].label, duty=owed.duty)


def _duties_of(before: Member, after: Member, name: str) -> Iterator[Duty]:
    """The duties known and to come; of receipts and equipment only those of this subscription."""
    subscription = after.by_id.get(name)
    own: dict[str, list[Day | None]] = {
        "line": [line.due for line in after.ledger.lines[len(before.ledger.lines) :] if line.subscription == name],
        "item": [
            subscription.ended_on
            for lent in (subscription.equipment.values() if subscription else ())
            if subscription and not lent.is_returned
        ],
    }
    for each in after.ledger.duties:
        days = own.get(DUTIES[each.duty].arises_from)
        if days is None:
            yield each
        elif each.date in days:
            days.remove(each.date)
            yield each


def _last_day_to_withdraw(member: Member, name: str, date: Day) -> Iterator[Item]:
    for way in cancellation_of(member, name, date).routes:
        if WAYS[way.route].is_withdrawal and way.open and way.give_notice_by is not None:
            last = way.give_notice_by
            yield Item(
                date=last, kind=_WITHDRAW_BY, ends_on=last, clause=way.clauses[0], because=way.because, route=way.route
            )


def _last_day_to_give_notice(last: LastDay) -> Item:
    return Item(
        date=last.day,
        kind=_GIVE_NOTICE_BY,
        ends_on=last.ends_on,
        clause=last.clause,
        because=last.because,
        route=last.route,
    )
