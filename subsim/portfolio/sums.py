"""The sums over all members: whole numbers by names, so that those of the parts add up to the same in any order."""

from typing import Any

from subsim.money import kroner
from subsim.portfolio.header import Header


class Sums(dict[str, Any]):
    """Sums under several names; JSON writes and reads them as they are."""

    def add(self, *names: str, amount: int = 1) -> None:
        """Add to the sum of that name."""
        *outer, last = names
        table: dict[str, Any] = self
        for name in outer:
            table = table.setdefault(name, {})
        table[last] = table.get(last, 0) + amount

    def of(self, *names: str) -> int:
        """The sum of that name; 0 where nothing was added to it."""
        found: Any = self
        for name in names:
            found = found.get(name, {})
        return found or 0

    def add_all(self, other: dict[str, Any]) -> None:
        """Add all sums of another."""
        _add_up(self, other)


def _add_up(into: dict[str, Any], other: dict[str, Any]) -> None:
    for name, value in other.items():
        if isinstance(value, dict):
            _add_up(into.setdefault(name, {}), value)
        else:
            into[name] = into.get(name, 0) + value


def summary(sums: Sums, header: Header) -> dict[str, Any]:
    """The JSON of the sums, every list in order; `owed` is what was owed as that month ended."""
    phases = ("trial", "bound", "free", "ending", "ended", "none")
    members, subscriptions = sums.get("members", {}), sums.get("subscriptions", {})
    return {
        "until": header.until.isoformat(),
        "records": sum(members.values()) + sums.get("rejected", {}).get("all", 0),
        "rejected": sums.get("rejected", {}).get("all", 0),
        "members": {phase: members.get(phase, 0) for phase in phases},
        "subscriptions": {phase: subscriptions.get(phase, 0) for phase in phases[:-1]},
        "ends": [
            {"month": month, "reason": reason, "subscriptions": number}
            for month, reasons in sorted(sums.get("ends", {}).items())
            for reason, number in sorted(reasons.items())
        ],
        "months": _months(sums.get("months", {})),
        "totals": _totals(sums),
        "announcements": [_announcement(sums, header, number) for number in range(len(header.announcements))],
    }


_MONEY = ("billed", "paid", "refunded")


def _months(months: dict[str, dict[str, int]]) -> list[dict[str, str]]:
    rows, owed = [], 0
    for month, sums in sorted(months.items()):
        billed, paid, refunded = (sums.get(name, 0) for name in _MONEY)
        owed += billed - paid + refunded
        amounts = zip((*_MONEY, "owed"), (billed, paid, refunded, owed), strict=True)
        rows.append({"month": month, **{name: kroner(amount) for name, amount in amounts}})
    return rows


def _totals(sums: Sums) -> dict[str, str]:
    months = sums.get("months", {}).values()
    billed, paid, refunded = (sum(month.get(name, 0) for month in months) for name in _MONEY)
    amounts = {"billed": billed, "paid": paid, "refunded": refunded, "owed": billed - paid + refunded}
    interest = sums.get("interest", {}).get("all", 0)
    return {name: kroner(amount) for name, amount in (amounts | {"interest": interest}).items()}


def _announcement(sums: Sums, header: Header, number: int) -> dict[str, Any]:
    announcement = header.announcements[number]
    found = sums.get("exits", {}).get(f"{number}", {})
    return {
        "date": announcement.date.isoformat(),
        "event": announcement.name,
        "effective": announcement.effective.isoformat(),
        "members_with_exit": found.get("members", 0),
        "subscriptions_with_exit": found.get("subscriptions", 0),
        "revenue_a_month": kroner(found.get("revenue", 0)),
    }
