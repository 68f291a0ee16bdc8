"""`subsim portfolio contested`: the members whose outcome depends on the reading of an unclear clause, and by how much.

Where the header names a privacy policy, its points count too, in records and days: see `contested_data`.
"""

from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve, field, frozen

from subsim.answers.compare import Result, differs, result_of
from subsim.basics.money import kroner
from subsim.basics.notation import ore_of
from subsim.portfolio.columns import TEXT, WHO, Columns
from subsim.portfolio.contested_data import DATA_TABLES, ContestedData
from subsim.portfolio.differences import DIFFERENCES, Differences, days_apart
from subsim.portfolio.header import Header
from subsim.portfolio.members import MemberRecord, Reader, Rejected
from subsim.portfolio.replays import faults_rejected, halts, reader_under
from subsim.portfolio.sheets import Rows, RowSheets
from subsim.portfolio.sums import Sums
from subsim.terms.readings import POINTS, Readings, as_choices, noted, single_alternatives, with_choices

_Row = dict[str, Any]
_READING: Columns = {**WHO, "point": TEXT, "reading": TEXT}
_TABLES: dict[str, Columns] = {
    "contested": {**_READING, **DIFFERENCES},
    "not_replayed": {**_READING, "reason": TEXT},
}


@frozen
class Contested:
    """Replay every member under a header, and under each single other reading of it, and write the differences."""

    header: Header
    _others: list[tuple[str, str, Header]] = field(init=False, repr=False, eq=False)
    """Every other reading of every point, with the header under it."""

    @_others.default
    def _single_alternatives(self) -> list[tuple[str, str, Header]]:
        own = self.header.terms.readings
        return [
            (point, reading, _under(self.header, with_choices(own, {point: reading})))
            for point, reading in single_alternatives(own)
        ]

    _data: ContestedData | None = field(init=False, repr=False, eq=False)

    @_data.default
    def _of_policy(self) -> ContestedData | None:
        return ContestedData(self.header) if self.header.policy else None

    @property
    def tables(self) -> dict[str, Columns]:
        """What differs by the contract, who cannot be replayed, and with a policy what differs of personal data."""
        return _TABLES | (DATA_TABLES if self._data else {})

    @property
    def reader(self) -> Reader:
        """The reader of lines under the header."""
        return self._data.reader if self._data else reader_under(self.header)

    def sheets(self) -> RowSheets:
        """The sheets, without rows."""
        return RowSheets(self.tables)

    def of_member(self, own: MemberRecord, line: int, sums: Sums) -> Rows:
        """A row for each other reading that changes the outcome, or under which the replay fails; and the sums.

        A point that the replay under the header never asks for is skipped, since no other reading of it changes
        anything.
        """
        readings = noted(self.header.terms.readings)
        result = _result(own, _under(self.header, readings))
        changed, not_replayed = list[_Row](), list[_Row]()
        for point, reading, header in self._others:
            if point not in readings.asked:
                continue
            names = {"line": line, "member": own.member.id, "point": point, "reading": reading}
            try:
                other = _result(own, header)
            except Rejected as fault:
                not_replayed.append({**names, "reason": fault.reason})
                sums["readings"][point, reading, "not_replayed"] += 1
                continue
            if differs(result, other):
                differences = Differences(result, other)
                changed.append({**names, **differences.to_dict()})
                _add(sums, point, reading, differences)
        sums["members"]["replayed"] += 1
        sums["members"]["depending"] += bool(changed)
        sums["charged"]["all"] += result.totals.charged
        rows: Rows = {"contested": changed, "not_replayed": not_replayed}
        return rows | (self._data.of_member(own, line, sums) if self._data else {})

    def summary(self, sums: Sums, rows: Callable[[str], Iterator[_Row]]) -> _Row:
        """By other reading the amounts that depend on it, the largest first, and the points that are settled."""
        replayed, rejected = sums["members"]["replayed"], sums["members"]["rejected"]
        open_points = {point for point, *_ in sums["readings"]}
        tags = [self._price_tag(sums, point, reading) for point, reading, _ in self._others if point in open_points]
        return {
            "until": self.header.until.isoformat(),
            "records": replayed + rejected,
            "rejected": rejected,
            "replayed": replayed,
            "depending": sums["members"]["depending"],
            "charged": kroner(sums["charged"]["all"]),
            "readings": sorted(tags, key=_rank),
            "settled": [
                {"point": name, "clauses": list(point.clauses)}
                for name, point in POINTS.items()
                if name not in open_points
            ],
            **(self._data.summary(sums) if self._data else {}),
        }

    def _price_tag(self, sums: Sums, point: str, reading: str) -> _Row:
        def sum_of(what: str) -> int:
            return sums["readings"][point, reading, what]

        return {
            "point": point,
            "clauses": list(POINTS[point].clauses),
            "as_read": as_choices(self.header.terms.readings)[point],
            "reading": reading,
            "members": sum_of("members"),
            "days_apart": sum_of("days_apart"),
            "one_sided_ends": sum_of("one_sided_ends"),
            "charged_apart": kroner(sum_of("charged_apart")),
            "charged_change": kroner(sum_of("charged_change")),
            "not_replayed": sum_of("not_replayed"),
        }


def _under(header: Header, readings: Readings) -> Header:
    return evolve(header, terms=evolve(header.terms, readings=readings))


def _result(own: MemberRecord, header: Header) -> Result:
    (member,) = halts(own, header, [header.until])
    with faults_rejected():
        return result_of(member, header.until)


def _add(sums: Sums, point: str, reading: str, differences: Differences) -> None:
    change, ends = differences.change("charged"), differences.ends
    found = {
        "members": 1,
        "days_apart": days_apart(ends),
        "one_sided_ends": sum(each.is_one_sided for each in ends),
        "charged_apart": abs(change),
        "charged_change": change,
    }
    for what, amount in found.items():
        sums["readings"][point, reading, what] += amount


def _rank(tag: _Row) -> tuple[int, int, int]:
    """The order of readings: by DKK at stake, then days, then members; equal ones in the model's order."""
    return -ore_of(tag["charged_apart"]), -tag["days_apart"], -tag["members"]
