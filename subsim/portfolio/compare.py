"""`subsim portfolio compare`: the members for whom two headers give different results."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from heapq import nsmallest
from typing import Any, get_args

from attrs import frozen

from subsim.answers.compare import differs, result_of
from subsim.basics.dates import Day
from subsim.basics.money import kroner
from subsim.basics.notation import ore_of
from subsim.basics.pairs import match
from subsim.basics.texts import Message, join_words
from subsim.engine import ways
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.portfolio.columns import DATE, TEXT, TEXTS, WHO, Columns, ListOf
from subsim.portfolio.differences import DIFFERENCES, SUMS, Differences, Fate
from subsim.portfolio.header import Header
from subsim.portfolio.job import CannotRun
from subsim.portfolio.members import MemberRecord, Reader, Rejected
from subsim.portfolio.replays import faults_rejected, halts, reader_under
from subsim.portfolio.sheets import Rows, RowSheets
from subsim.portfolio.sums import Sums

_Row = dict[str, Any]
_CHARGED = ("more", "less")
_WAYS = ("gained", "lost")
_MOST_AFFECTED = 10
_OF_THE_MOST_AFFECTED = ("line", "member", "charged_before", "charged_after", "charged_change", "days_apart")
_TABLES: dict[str, Columns] = {
    "differences": {
        **WHO,
        **DIFFERENCES,
        "ways_out": ListOf({"date": DATE, "subscription": TEXT, **dict.fromkeys(_WAYS, TEXTS)}),
    }
}


@frozen
class Compare:
    """Replay every member under both headers until the earlier of their last days, and write the differences."""

    before: Header
    after: Header
    tables = _TABLES

    def __attrs_post_init__(self) -> None:
        """CannotRun unless the headers have the same packages."""
        in_one = sorted(self.before.prices.keys() ^ self.after.prices.keys())
        if in_one:
            raise CannotRun(
                Message(
                    "the headers must have the same packages, but only one of them has a price for {packages}: "
                    "add the price to the other",
                    packages=join_words(in_one, "and"),
                )
            )

    @property
    def reader(self) -> Reader:
        """The reader of lines under the header before; both headers have the same packages."""
        return reader_under(self.before)

    @property
    def until(self) -> Day:
        """The last day replayed."""
        return min(self.before.until, self.after.until)

    def sheets(self) -> RowSheets:
        """The sheets, without rows."""
        return RowSheets(self.tables)

    def of_member(self, own: MemberRecord, line: int, sums: Sums) -> Rows:
        """The row of a member whose results differ, and the sums; the ways out are compared on certain days."""
        days, ways_out = self._days_asked(), list[_Row]()
        for day, before, after in zip(days, halts(own, self.before, days), self._halts_after(own, days), strict=True):
            ways_out += _gained_and_lost(before, after, day)
        with faults_rejected():
            result = result_of(before, self.until)
        with _under_the_other(), faults_rejected():
            other = result_of(after, self.until)
        differences = Differences(result, other)
        _add(sums, differences, ways_out)
        if not ways_out and result.totals == other.totals and not differs(result, other):
            sums["members"]["unchanged"] += 1
            return {}
        return {"differences": [{"line": line, "member": own.member.id, **differences.to_dict(), "ways_out": ways_out}]}

    def _days_asked(self) -> list[Day]:
        """The days on which the ways out are compared: that of each announcement, and the last."""
        announced = (each.date for each in (*self.before.announcements, *self.after.announcements))
        return sorted({self.until, *(day for day in announced if day < self.until)})

    def _halts_after(self, own: MemberRecord, days: list[Day]) -> Iterator[Member]:
        with _under_the_other():
            yield from halts(own, self.after, days)

    def summary(self, sums: Sums, rows: Callable[[str], Iterator[_Row]]) -> _Row:
        """The sums, and the members who are most affected."""
        compared, rejected = sums["members"]["compared"], sums["members"]["rejected"]
        routes = {route for route, _ in sums["routes"]}
        return {
            "until": self.until.isoformat(),
            "records": compared + rejected,
            "rejected": rejected,
            "compared": compared,
            "unchanged": sums["members"]["unchanged"],
            "ends": {fate: sums["ends"][fate] for fate in get_args(Fate)},
            "charged": {
                how: {"members": sums["members"][how], "amount": kroner(sums["charged"][how])} for how in _CHARGED
            },
            "ways_out": {how: sums["members"][how] for how in _WAYS},
            "routes": [
                {"route": route, **{how: sums["routes"][route, how] for how in _WAYS}}
                for route in ways.CLAUSES
                if route in routes
            ],
            "totals": {name: _of_both(sums["before"][name], sums["after"][name]) for name in SUMS},
            "most_affected": [
                {name: row[name] for name in _OF_THE_MOST_AFFECTED}
                for row in nsmallest(_MOST_AFFECTED, rows("differences"), key=_rank)
            ],
        }


@contextmanager
def _under_the_other() -> Iterator[None]:
    """The rejection, with the remark that it holds under the header after."""
    try:
        yield
    except Rejected as fault:
        raise Rejected(Message("under the header after: {reason}", reason=fault.message)) from None


def _gained_and_lost(before: Member, after: Member, day: Day) -> Iterator[_Row]:
    """The ways out that only one header gives, for each subscription that is live under both as the day ends.

    A way counts if it ends before the end in force under either header.
    """
    for old, new in match(before.subscriptions, after.subscriptions, _of_subscription):
        if old is None or new is None or not (old.is_live and new.is_live):
            continue
        current_end = min((end for end in (old.ends_on, new.ends_on) if end is not None), default=None)
        had, has = ways.sooner_routes(before, old, day, current_end), ways.sooner_routes(after, new, day, current_end)
        if had != has:
            yield {
                "date": day.isoformat(),
                "subscription": old.id,
                "gained": [route for route in has if route not in had],
                "lost": [route for route in had if route not in has],
            }


def _of_subscription(subscription: Subscription) -> Hashable:
    return subscription.id, subscription.registered_on


def _add(sums: Sums, differences: Differences, ways_out: list[_Row]) -> None:
    sums["members"]["compared"] += 1
    for fate in {ends.fate for ends in differences.ends} - {None}:
        sums["ends"][str(fate)] += 1
    more = differences.change("charged")
    if more:
        how = _CHARGED[more < 0]
        sums["members"][how] += 1
        sums["charged"][how] += abs(more)
    for how in _WAYS:
        routes = {route for each in ways_out for route in each[how]}
        if routes:
            sums["members"][how] += 1
        for route in routes:
            sums["routes"][route, how] += 1
    for name in SUMS:
        sums["before"][name] += getattr(differences.before.totals, name)
        sums["after"][name] += getattr(differences.after.totals, name)


def _of_both(before: int, after: int) -> dict[str, str]:
    return {"before": kroner(before), "after": kroner(after), "change": kroner(after - before)}


def _rank(row: _Row) -> tuple[int, int, int]:
    """The order of members: the largest change in charges first, then in days, then by line."""
    return -abs(ore_of(row["charged_change"])), -row["days_apart"], row["line"]
