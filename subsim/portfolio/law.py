"""`subsim portfolio law`: the members to whom the contract gives less than mandatory law, by provision.

Each live subscription is asked about as of the last day, as if a notice or a withdrawal came then. Where the kind of
agreement is not known, each kind that differs has a row of its own, so that one member may count under several.
"""

from collections.abc import Callable, Iterator
from typing import Any

from attrs import frozen

from subsim.answers.can_cancel import cancellation_of
from subsim.answers.law import Floor, LawWay
from subsim.answers.statutory_ways import law_answer
from subsim.basics.dates import days_between
from subsim.basics.money import kroner
from subsim.basics.notation import iso_or_none
from subsim.membership.agreement import what_happened
from subsim.portfolio.columns import DATE, MONEY, NUMBER, TEXT, WHO, Columns
from subsim.portfolio.header import Header
from subsim.portfolio.members import MemberRecord, Reader
from subsim.portfolio.replays import by_cohorts, facts_under, halts, reader_under
from subsim.portfolio.sheets import Rows, RowSheets
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
    """Ask the law about every member as of the header's last day, and write where it gives more than the contract."""

    header: Header
    tables = _TABLES

    @property
    def reader(self) -> Reader:
        """What reads the lines under the header."""
        return reader_under(self.header)

    def sheets(self) -> RowSheets:
        """Its tables, without any rows."""
        return RowSheets(self.tables)

    def of_member(self, own: MemberRecord, line: int, sums: Sums) -> Rows:
        """A row for each way by which the law gives more, for sure or arguably; and the sums."""
        day, timeline = self.header.until, facts_under(self.header, own).timeline
        shared = by_cohorts(own, self.header, notes_all=True)
        member = next(halts(own, self.header, [day])) if shared is None else shared.member
        happened, rows = what_happened(member, timeline), list[_Row]()
        covered = False
        for subscription in member.subscriptions:
            if subscription.is_live:
                contract = cancellation_of(member, subscription.id, day)
                choices = self.header.law_choices
                law = law_answer(member, happened, contract, choices, with_points=False, with_notes=False)
                covered |= law.covered
                for way in law.ways:
                    if way.better in ("law", "depends"):
                        rows.append(
                            {"line": line, "member": own.member.id, "subscription": subscription.id} | _row(way)
                        )
                        _add(sums, way)
        sums["members"]["replayed"] += 1
        sums["members"]["covered"] += covered
        sums["members"]["given_less"] += bool(rows)
        sums["members"]["surely_given_less"] += any(row["better"] == "law" for row in rows)
        return {"law": rows}

    def summary(self, sums: Sums, rows: Callable[[str], Iterator[_Row]]) -> _Row:
        """What each provision is worth beside the contract, in the order of the index."""
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


def _row(way: LawWay) -> _Row:
    return {
        "provision": way.decisive,
        "route": way.route,
        "kind": way.kind,
        "better": way.better,
        "contract_ends_on": iso_or_none(way.contract.ends_on),
        "sure_ends_on": iso_or_none(way.sure.ends_on),
        "arguable_ends_on": iso_or_none(way.arguable.ends_on),
        "sure_days": _days(way.contract, way.sure),
        "arguable_days": _days(way.contract, way.arguable),
        "sure_amount": kroner(_amount(way.contract, way.sure)),
        "arguable_amount": kroner(_amount(way.contract, way.arguable)),
    }


def _add(sums: Sums, way: LawWay) -> None:
    key = way.decisive, way.route, way.kind or ""
    found = {
        "members": 1,
        "surely": way.better == "law",
        "sure_days": _days(way.contract, way.sure),
        "arguable_days": _days(way.contract, way.arguable),
        "sure_amount": _amount(way.contract, way.sure),
        "arguable_amount": _amount(way.contract, way.arguable),
    }
    for what, amount in found.items():
        sums["ways"][(*key, what)] += amount


def _days(contract: Floor, floor: Floor) -> int:
    """How many days sooner the law lets the member leave; none where one of the two has no end."""
    if contract.ends_on is None or floor.ends_on is None:
        return 0
    return max(0, days_between(floor.ends_on, contract.ends_on))


def _amount(contract: Floor, floor: Floor) -> int:
    """How much more comes back, and less is still to pay, in øre; of a closed way nothing."""
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
