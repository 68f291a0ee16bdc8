"""Renteloven on reminders: the fee that Kabelplus may charge for a reminder of overdue amounts (`rl.9b`).

The terms name no fee: the right is statutory. Interest (`rl.3`, `rl.5`) stands under Betalingsoplysninger, in
`subsim.rules.interest`. Left out: the costs of collection (`rl.9a`), for which the format has no event.
"""

from itertools import pairwise
from typing import NamedTuple

from subsim.basics.dates import Day, days_after, days_between
from subsim.basics.texts import Message
from subsim.membership.events import Reminder
from subsim.membership.ledger import Ledger
from subsim.membership.lines import Balance, Line
from subsim.membership.member import Member
from subsim.membership.owed import FEE
from subsim.membership.rules import Rule, of_member
from subsim.membership.rulings import Ruling, accept, refuse
from subsim.terms.statutes import PROVISIONS

MOST_EACH = 100_00
"""The highest fee of one reminder, in øre."""
MOST_FEES = 3
DAYS_APART = 10


def remind(member: Member, event: Reminder) -> Ruling:
    """Charge a reminder's fee at once, if something is overdue and the limits of number, time and fee are kept.

    A reminder without a fee is always allowed; it counts for the days between two reminders.
    """
    today, fee, ledger = event.date, event.fee, member.ledger
    refusal = _refusal(ledger, today, fee) if fee else None
    if refusal is not None:
        return refusal
    ledger.charge(Line(FEE, None, None, None, None, today, fee, "rl.9b"))
    return accept("rl.9b", Message("a reminder of what is overdue, for {fee:kr}", fee=fee))


def _refusal(ledger: Ledger, today: Day, fee: int) -> Ruling | None:
    """Why a fee cannot be charged, or None."""
    if not PROVISIONS["rl.9b"].in_force(today):
        starts = PROVISIONS["rl.9b"].starts
        return refuse("rl.9b", Message("reminder fees have been allowed since {day} only", day=starts))
    if fee > MOST_EACH:
        return refuse("rl.9b", Message("a reminder costs at most {most:kr}, not {fee:kr}", most=MOST_EACH, fee=fee))
    since = overdue_since(ledger, today)
    if since is None:
        return refuse("rl.9b", Message("nothing is overdue on {day}", day=today))
    reminders = [line for line in ledger.lines if line.kind == FEE]
    charged = [line for line in reminders if line.amount and line.due >= since]
    if len(charged) >= MOST_FEES:
        reason = Message("{count} fees already in the arrears that began on {day}", count=MOST_FEES, day=since)
        return refuse("rl.9b", reason)
    if reminders and days_between(reminders[-1].due, today) < DAYS_APART:
        reason = Message("less than {days} days after the reminder of {day}", days=DAYS_APART, day=reminders[-1].due)
        return refuse("rl.9b", reason)
    return None


def overdue_since(ledger: Ledger, today: Day) -> Day | None:
    """The first day of the arrears without a gap until today; None where nothing is overdue."""
    if not any(line.open and line.due < today for line in ledger.open_lines):
        return None
    since = today
    for days in sorted(_late_days(ledger, today), reverse=True, key=lambda days: days.last):
        if days.last < days_after(since, -1):
            break
        since = min(since, days.first)
    return since


class _Days(NamedTuple):
    """A run of days, both its first and its last included."""

    first: Day
    last: Day


def _late_days(ledger: Ledger, today: Day) -> list[_Days]:
    """By line the runs of days that began with a part of it overdue."""
    found = []
    for line in ledger.lines:
        for balance, following in pairwise([*(line.balances or ()), Balance(today, 0)]):
            if balance.amount and balance.day < following.day:
                found.append(_Days(days_after(balance.day, 1), following.day))
    return found


RULES: tuple[Rule, ...] = (of_member(Reminder, remind, "rl.9b"),)
"""The events that this statute decides."""
