"""The members whose data are disposed of earlier or later under other readings of a privacy policy, in records and
days.
"""

from typing import Any

from attrs import field, frozen

from subsim.basics.dates import days_between
from subsim.basics.notation import iso_or_none
from subsim.portfolio.columns import DATE, NUMBER, TEXT, WHO, Columns
from subsim.portfolio.header import Header
from subsim.portfolio.members import MemberRecord, Reader
from subsim.portfolio.retention import schedule_under, story_under
from subsim.portfolio.sums import Sums
from subsim.retention.report import OtherResult, Retention
from subsim.retention.retention import OtherSchedule, other_readings, other_schedules, retention_of
from subsim.retention.schedule import Schedule

_Row = dict[str, Any]
DATA_TABLES: dict[str, Columns] = {
    "contested_data": {
        **WHO,
        "point": TEXT,
        "reading": TEXT,
        "category": TEXT,
        "id": TEXT,
        "request": TEXT,
        "due_before": DATE,
        "due_after": DATE,
        "days": NUMBER,
        "retain_until": DATE,
        "inactive_on": DATE,
    }
}


@frozen
class ContestedData:
    """Evaluate the data of every member under each single other reading of the header's policy."""

    header: Header
    _schedule: Schedule = field(init=False, repr=False, eq=False)
    _others: list[OtherSchedule] = field(init=False, repr=False, eq=False)

    @_schedule.default
    def _own(self) -> Schedule:
        return schedule_under(self.header)

    @_others.default
    def _single_alternatives(self) -> list[OtherSchedule]:
        return other_schedules(self._schedule)

    @property
    def reader(self) -> Reader:
        """The reader of lines, which gives events."""
        return Reader(self.header.prices, self.header.policy, as_events=True, assume=self.header.assume)

    def of_member(self, own: MemberRecord, line: int, sums: Sums) -> dict[str, list[Any]]:
        """A row for each holding and request that another reading gives other days; the sums."""
        until = self.header.until
        story = story_under(self.header, own, until)
        found = retention_of(story, self._schedule, until)
        rows, met = list[_Row](), set[tuple[str, str]]()
        for other in other_readings(found, story, self._others):
            row = _row(found, other)
            rows.append({"line": line, "member": own.member.id, **row})
            of = sums["data"]
            of[other.point, other.reading, "requests" if other.request else "records"] += 1
            of[other.point, other.reading, "days_apart"] += abs(row["days"] or 0)
            of[other.point, other.reading, "one_sided"] += (row["due_before"] is None) != (row["due_after"] is None)
            if (other.point, other.reading) not in met:
                met.add((other.point, other.reading))
                of[other.point, other.reading, "members"] += 1
        return {"contested_data": rows}

    def summary(self, sums: Sums) -> _Row:
        """By other reading the records that depend on it, the most first, and the points that are settled."""
        open_points = {point for point, *_ in sums["data"]}
        readings = [
            {
                "point": other.point,
                "as_read": self._schedule.readings[other.point],
                "reading": other.reading,
                **{
                    what: sums["data"][other.point, other.reading, what]
                    for what in ("members", "records", "requests", "days_apart", "one_sided")
                },
            }
            for other in self._others
            if other.point in open_points
        ]
        return {
            "policy": self._schedule.policy.id,
            "data_readings": sorted(readings, key=lambda row: (-row["records"], -row["requests"], -row["days_apart"])),
            "data_settled": [name for name in self._schedule.policy.all_points() if name not in open_points],
        }


def _row(found: Retention, other: OtherResult) -> _Row:
    """The row of a holding or request with its day under another reading."""
    if other.request is not None:
        before = next(each.answer_by for each in found.requests if each.request == other.request)
        after = other.answer_by
    else:
        same = (each for each in found.holdings if (each.category, each.id) == (other.category, other.id))
        usual = next(same, None)
        before, after = usual.dispose_by if usual else None, other.dispose_by
    return {
        "point": other.point,
        "reading": other.reading,
        "category": other.category,
        "id": other.id,
        "request": other.request,
        "due_before": iso_or_none(before),
        "due_after": iso_or_none(after),
        "days": days_between(before, after) if before and after else None,
        "retain_until": iso_or_none(other.retain_until),
        "inactive_on": iso_or_none(other.inactive_on),
    }
