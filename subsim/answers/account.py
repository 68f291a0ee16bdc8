"""The account of a member at the end of a day: what is owed, what is overdue, and the interest (`betaling.2`)."""

from subsim.answers.outcome_of_member import interest_of, totals_of
from subsim.basics.dates import Day
from subsim.basics.json_object import JsonObject, Key, money
from subsim.basics.values import frozen
from subsim.membership.facts import FaultInFacts
from subsim.membership.member import Member


@frozen(kw_only=True)
class Account(JsonObject):
    """The member's money at the end of `date`, in øre, over all subscriptions.

    `owed` is that of the totals of a replay until then, negative for a credit. `overdue` is what is open of amounts due
    before that date, `overdue_since` the oldest of their due dates (None: none), `several_overdue` whether there are
    more. `interest` stands apart from what is
    owed; None where a reference rate is not known.
    """

    date: Day
    owed: int
    overdue: int
    overdue_since: Day | None
    several_overdue: bool
    interest: int | None

    KEYS = (
        money("owed", "what the member owes as the day ends; negative for a credit"),
        money("overdue", "what of it was due before that day"),
        Key("overdue_since", "the oldest due date of that; null where nothing is"),
        money("interest", "the interest so far, apart; null where a reference rate is not known"),
    )


def account_of(member: Member, date: Day) -> Account:
    """The account as of the end of the last replayed day, `date`."""
    late = [line for line in member.ledger.open_lines if line.due < date]
    due_dates = {line.due for line in late}
    try:
        interest = sum(interest_of(member, date))
    except FaultInFacts:  # a reference rate is not known
        interest = None
    return Account(
        date=date,
        owed=totals_of(member, 0).owed,
        overdue=sum(line.open for line in late),
        overdue_since=min(due_dates, default=None),
        several_overdue=len(due_dates) > 1,
        interest=interest,
    )
