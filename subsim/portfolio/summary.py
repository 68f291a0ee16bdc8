"""The summary of a run: its sums in order, as JSON has them."""

from typing import Any

from subsim.basics.money import kroner
from subsim.membership.phases import STATES
from subsim.portfolio.header import Header
from subsim.portfolio.sums import Sums


def summary(sums: Sums, header: Header) -> dict[str, Any]:
    """The JSON of the sums, every list in order; `owed` is the amount owed at the end of the month."""
    phases = (*STATES, "none")
    members = {phase: sums["members"][phase] for phase in phases}
    rejected = sums["members"]["rejected"]
    return {
        "until": header.until.isoformat(),
        "records": sum(members.values()) + rejected,
        "rejected": rejected,
        "members": members,
        "subscriptions": {phase: sums["subscriptions"][phase] for phase in phases[:-1]},
        "ends": [
            {"month": month, "reason": reason, "subscriptions": number}
            for (month, reason), number in sorted(sums["ends"].items())
        ],
        "months": _months(sums),
        "totals": _totals(sums),
        "announcements": [_announcement(sums, header, number) for number in range(len(header.announcements))],
    }


_MONEY = ("billed", "paid", "refunded", "adjusted")


def _months(sums: Sums) -> list[dict[str, str]]:
    by_month = {name: sums[name] for name in _MONEY}
    rows, owed = [], 0
    for month in sorted(set().union(*by_month.values())):
        amounts = {name: by_month[name][month] for name in _MONEY}
        owed += _owed(**amounts)
        amounts["owed"] = owed
        rows.append({"month": month, **{name: kroner(amount) for name, amount in amounts.items()}})
    return rows


def _totals(sums: Sums) -> dict[str, str]:
    amounts = {name: sum(sums[name].values()) for name in _MONEY}
    amounts |= {"owed": _owed(**amounts), "interest": sums["interest"]["all"]}
    return {name: kroner(amount) for name, amount in amounts.items()}


def _owed(billed: int, paid: int, refunded: int, adjusted: int) -> int:
    return billed - paid + refunded - adjusted


def _announcement(sums: Sums, header: Header, number: int) -> dict[str, Any]:
    announcement = header.announcements[number]
    return {
        "date": announcement.date.isoformat(),
        "event": announcement.name,
        "effective": announcement.effective.isoformat(),
        "members_with_exit": sums["exits"][f"{number}", "members"],
        "subscriptions_with_exit": sums["exits"][f"{number}", "subscriptions"],
        "revenue_a_month": kroner(sums["exits"][f"{number}", "revenue"]),
    }
