"""`subsim portfolio law`: the members to whom the contract gives less than mandatory law, by provision.

Each live subscription is asked about as of the header's last day, as if a notice or a withdrawal came that day. Where
the kind of agreement is not known, each kind that differs has its own row, so a member may have several rows.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from attrs import frozen

from subsim.answers.law import Floor, LawWay
from subsim.answers.statutory_ways.answer import ways_giving_more, why_not_covered
from subsim.basics.dates import Day, days_between
from subsim.basics.enumerations import Better, LawRoute
from subsim.basics.money import kroner
from subsim.membership.agreement import Happened, what_happened
from subsim.membership.events import Kind
from subsim.membership.member import Member
from subsim.portfolio.arrow import Batch, batch_of
from subsim.portfolio.columns import DATE, MONEY, NUMBER, TEXT, WHO, Columns
from subsim.portfolio.header import Header
from subsim.portfolio.members import MemberRecord, Reader
from subsim.portfolio.replays import by_cohorts, facts_under, halts, reader_under
from subsim.portfolio.sums import Sums
from subsim.terms.statutes import PROVISIONS

_Row = dict[str, Any]
_TABLES: dict[str, Columns] = {
    "law": {
        **WHO,
        "subscription": TEXT,
        "provision": TEXT,
        "route": TEXT,
        "kind": TEXT,
        "better": TEXT,
        "contract_ends_on": DATE,
        "sure_ends_on": DATE,
        "arguable_ends_on": DATE,
        "sure_days": NUMBER,
        "arguable_days": NUMBER,
        "sure_amount": MONEY,
        "arguable_amount": MONEY,
    },
}


@frozen
class Law:
    """Ask the law about every member as of the header's last day, and write the ways by which it gives more."""

    header: Header
    tables = _TABLES

    @property
    def reader(self) -> Reader:
        """What reads the lines under the header."""
        return reader_under(self.header)

    def sheets(self) -> "LawSheets":
        """Its table, without any rows."""
        return LawSheets()

    def of_member(self, own: MemberRecord, line: int, sums: Sums) -> list["LawRow"]:
        """A row for each way by which the law gives more, for sure or arguably; and how many members there are."""
        day, choices = self.header.until, self.header.law_choices
        member, happened = self._replayed(own)
        covered = [each for each in member.subscriptions if each.is_live and why_not_covered(member, each) is None]
        rows = [
            LawRow.of(line, own.member.id, subscription.id, way)
            for subscription in covered
            for way in ways_giving_more(member, subscription, happened, day, choices)
        ]
        members = sums["members"]
        members["replayed"] += 1
        members["covered"] += bool(covered)
        members["given_less"] += bool(rows)
        members["surely_given_less"] += any(row.better == "law" for row in rows)
        return rows

    def _replayed(self, own: MemberRecord) -> tuple[Member, list[Happened]]:
        """The member as the last day ends, and the contract's decision on each of his own events."""
        shared = by_cohorts(own, self.header, asks_exits=False)
        if shared is None:
            member = next(halts(own, self.header, [self.header.until]))
            return member, what_happened(member, facts_under(self.header, own).timeline)
        taken = enumerate(own.timeline[: shared.taken])
        return shared.member, [(event, "refused" if at in shared.refused else "accepted") for at, event in taken]

    def summary(self, sums: Sums, rows: Callable[[str], Iterator[_Row]]) -> _Row:
        """The sums of each provision, in the order of the index of provisions."""
        replayed, rejected = sums["members"]["replayed"], sums["members"]["rejected"]
        found = sorted({(way[0], way[1], way[2]) for way in sums["ways"]}, key=_place)
        return {
            "until": self.header.until.isoformat(),
            "records": replayed + rejected,
            "rejected": rejected,
            "replayed": replayed,
            "covered": sums["members"]["covered"],
            "given_less": sums["members"]["given_less"],
            "surely_given_less": sums["members"]["surely_given_less"],
            "provisions": [_of_provision(sums, *way) for way in found],
        }


class LawRow(NamedTuple):
    """A way by which the law gives a member more, in days and øre, in the sure and in the arguable column."""

    line: int
    member: str | None
    subscription: str
    provision: str
    route: LawRoute
    kind: Kind | None
    better: Better
    contract_ends_on: Day | None
    sure_ends_on: Day | None
    arguable_ends_on: Day | None
    sure_days: int
    arguable_days: int
    sure_amount: int
    arguable_amount: int

    @classmethod
    def of(cls, line: int, member: str | None, subscription: str, way: LawWay) -> "LawRow":
        """The row of a way: its member and subscription, and what the law adds in each column."""
        contract, sure, arguable = way.contract, way.sure, way.arguable
        return cls(
            line=line,
            member=member,
            subscription=subscription,
            provision=way.decisive,
            route=way.route,
            kind=way.kind,
            better=way.better,
            contract_ends_on=contract.ends_on,
            sure_ends_on=sure.ends_on,
            arguable_ends_on=arguable.ends_on,
            sure_days=_days(contract, sure),
            arguable_days=_days(contract, arguable),
            sure_amount=_amount(contract, sure),
            arguable_amount=_amount(contract, arguable),
        )


_SUMMED = ("sure_days", "arguable_days", "sure_amount", "arguable_amount")


class LawSheets:
    """The rows of members, and the sums over them."""

    def __init__(self) -> None:
        self._rows: list[LawRow] = []

    def add(self, found: list[LawRow]) -> None:
        """Add the rows of a member."""
        self._rows += found

    def take(self, sums: Sums) -> dict[str, Batch]:
        """The rows since the last time; of each way the sums of its subscriptions, days and amounts."""
        ways = sums["ways"]
        for row in self._rows:
            key = row.provision, row.route, row.kind or ""
            ways[(*key, "members")] += 1
            ways[(*key, "surely")] += row.better == "law"
            for name in _SUMMED:
                ways[(*key, name)] += getattr(row, name)
        values = zip(*self._rows, strict=True) if self._rows else [()] * len(LawRow._fields)
        found = dict(zip(LawRow._fields, values, strict=True))
        self._rows = []
        return {"law": batch_of(found, _TABLES["law"])}


def _days(contract: Floor, floor: Floor) -> int:
    """By how many days the law lets the member leave sooner; 0 where either has no end."""
    if contract.ends_on is None or floor.ends_on is None:
        return 0
    return max(0, days_between(floor.ends_on, contract.ends_on))


def _amount(contract: Floor, floor: Floor) -> int:
    """The higher refund plus the lower amount still to pay, in øre; 0 for a closed way."""
    if not floor.open:
        return 0
    saved = (contract.still_to_pay or 0) - (floor.still_to_pay or 0) if contract.open else 0
    return (floor.refund or 0) - (contract.refund or 0) + saved


def _of_provision(sums: Sums, provision: str, route: str, kind: str) -> _Row:
    def sum_of(what: str) -> int:
        return sums["ways"][provision, route, kind, what]

    return {
        "provision": provision,
        "confidence": PROVISIONS[provision].weakest,
        "route": route,
        "kind": kind or None,
        "subscriptions": sum_of("members"),
        "surely": sum_of("surely"),
        "sure_days": sum_of("sure_days"),
        "arguable_days": sum_of("arguable_days"),
        "sure_amount": kroner(sum_of("sure_amount")),
        "arguable_amount": kroner(sum_of("arguable_amount")),
    }


def _place(way: tuple[str, str, str]) -> tuple[int, str, str]:
    provision, route, kind = way
    return list(PROVISIONS).index(provision), route, kind
