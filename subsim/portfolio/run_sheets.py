"""The tables and sums of `subsim portfolio run`, made from the columns of its members. Here runs become periods."""

from collections.abc import Callable, Mapping, Sequence
from struct import pack
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from subsim.basics.dates import Day
from subsim.engine.cohorts import Exits
from subsim.membership.lines import Line
from subsim.membership.member import Member
from subsim.portfolio import member_columns as of
from subsim.portfolio.arrow import (
    Batch,
    Schema,
    Values,
    numbers_as_column,
    schema_of,
    taken,
    truths_as_column,
)
from subsim.portfolio.columns import Columns
from subsim.portfolio.sheets import Rows, RowSheets
from subsim.portfolio.sums import Sums

Numbers = np.ndarray[Any, np.dtype[np.signedinteger[Any]]]
"""A column of whole numbers, or of days since 1 January 1970."""
_NO_DAY = of.NO_DAY.toordinal() - Day(1970, 1, 1).toordinal()


class Replayed(NamedTuple):
    """A replayed member: the number of his line, the interest in øre by late line, his exits, rows of other tables."""

    line: int
    member: Member
    late: dict[Line, int]
    leaving: Sequence[Exits]
    rows: Rows


class RunSheets:
    """The rows of outcomes and invoices, and of the tables whose rows are given as dicts."""

    def __init__(self, tables: Mapping[str, Columns]) -> None:
        self._outcomes, self._invoices = schema_of(tables["outcomes"]), schema_of(tables["invoices"])
        self._rows = RowSheets({name: tables[name] for name in tables if name not in ("outcomes", "invoices")})
        self._columns = of.MemberColumns()

    def add(self, found: Replayed) -> None:
        """Add a member."""
        self._columns.add(found.line, found.member, found.late, found.leaving)
        if found.rows:
            self._rows.add(found.rows)

    def take(self, sums: Sums) -> dict[str, Batch]:
        """The rows since the last call, whose sums are added to `sums`."""
        held = _Held(self._columns)
        found = {
            "outcomes": held.outcomes(self._outcomes),
            "invoices": held.invoices(self._invoices),
            **self._rows.take(sums),
        }
        held.add_to(sums)
        self._columns.begin()
        return found


class _Held:
    """The columns of some members, by their names."""

    def __init__(self, columns: of.MemberColumns) -> None:
        self._ids = pa.array(columns.ids, pa.string())
        self._phases = columns.phases
        self._members = _by_name(columns.members, of.MEMBERS)
        self._subscriptions = {
            **_by_name(columns.subscriptions, of.SUBSCRIPTIONS),
            **_by_name(columns.subscription_days, of.SUBSCRIPTION_DAYS, _days),
        }
        self._states = {"state": _whole(columns.states), "from": _days(columns.state_days)}
        self._refunds = {
            **_by_name(columns.refunds, of.MONEY),
            "clause": _whole(columns.refund_clauses),
            "date": _days(columns.refund_days),
        }
        self._refused = {**_by_name(columns.refused, of.REFUSED), "date": _days(columns.refused_days)}
        self._payments = {**_by_name(columns.payments, of.MONEY), "date": _days(columns.payment_days)}
        self._adjustments = {**_by_name(columns.adjustments, of.MONEY), "date": _days(columns.adjustment_days)}
        self._exits = _by_name(columns.exits, of.EXITS)
        entries = _by_name(columns.entries, of.ENTRIES)
        self._lines = _lines(entries, _by_name(columns.line_days, of.LINE_DAYS, _days), _days(columns.run_days))
        self._words = list(columns.texts)
        self._texts = pa.array(self._words, pa.string())

    # The tables

    def outcomes(self, schema: Schema) -> Batch:
        """One row for each member."""
        members, totals = self._members, self._totals()
        lists = {
            "subscriptions": {**self._subscriptions, "states": (self._subscriptions["states"], self._states)},
            "refunds": self._refunds,
            "refused": self._refused,
        }
        found = {
            "line": members["line"],
            "member": self._ids,
            "totals": {**totals, "interest": members["interest"]},
            **{name: (members[name], inner) for name, inner in lists.items()},
        }
        return self._batch(found, schema)

    def _totals(self) -> dict[str, Numbers]:
        """The totals of each member in øre; owed = charged - paid + refunded - adjusted."""
        lines = self._lines
        charged, paid, refunded, adjusted = (
            _sums_at(each["member"], each["amount"], len(self._ids))
            for each in (lines, self._payments, self._refunds, self._adjustments)
        )
        paid += _sums_at(lines["member"], lines["amount"] * lines["settled"], len(self._ids))
        owed = charged - paid + refunded - adjusted
        return {"charged": charged, "paid": paid, "refunded": refunded, "adjusted": adjusted, "owed": owed}

    def invoices(self, schema: Schema) -> Batch:
        """One row for each line, and for each period of a run."""
        lines = self._lines
        found = {
            **lines,
            "line": self._members["line"][lines["member"]],
            "member": taken(self._ids, lines["member"]),
            "date": lines["due"],
        }
        return self._batch(found, schema)

    def _batch(self, found: Mapping[str, Any], schema: Schema) -> Batch:
        arrays = [self._values(found[field.name], field.type) for field in schema]
        return pa.RecordBatch.from_arrays(arrays, schema=schema)

    def _values(self, found: Any, kind: Any) -> Values:
        """A column of this Arrow type. A list is given as its lengths and its values, a struct as its columns."""
        if pa.types.is_list(kind):
            lengths, inner = found
            ends = numbers_as_column(np.concatenate(([0], np.cumsum(lengths))).astype(np.int32), pa.int32())
            return pa.ListArray.from_arrays(ends, self._values(inner, kind.value_type), type=kind)
        if pa.types.is_struct(kind):
            inner_values = [self._values(found[field.name], field.type) for field in kind]
            return pa.StructArray.from_arrays(inner_values, fields=list(kind))
        if not isinstance(found, np.ndarray):
            return found
        if pa.types.is_string(kind):
            return taken(self._texts, found)
        if pa.types.is_date(kind):
            return numbers_as_column(found, kind, found != _NO_DAY)
        if pa.types.is_boolean(kind):
            return truths_as_column(found)
        return numbers_as_column(found, kind)  # numbers, or øre, which are the decimals of kroner

    # The sums

    def add_to(self, sums: Sums) -> None:
        """Add the phases, the ends, all money, and the exits at each announcement."""
        for phase, number in self._phases.items():
            sums["members"][phase] += number
        subscriptions = self._subscriptions
        for state, number in _counted(subscriptions["state"]):
            sums["subscriptions"][str(self._words[state])] += number
        ended = subscriptions["ended_on"] != _NO_DAY
        months = _months(subscriptions["ended_on"][ended])
        for month_and_reason, number in _counted(months * len(self._words) + subscriptions["end_reason"][ended]):
            month, reason = divmod(month_and_reason, len(self._words))
            sums["ends"][_as_text(month), str(self._words[reason])] += number
        lines = self._lines
        months, settled = _months(lines["due"]), lines["settled"] > 0
        for name, due, amounts in (
            ("billed", months, lines["amount"]),
            ("paid", months[settled], lines["amount"][settled]),
            *(
                (name, _months(table["date"]), table["amount"])
                for name, table in {
                    "paid": self._payments,
                    "refunded": self._refunds,
                    "adjusted": self._adjustments,
                }.items()
            ),
        ):
            for month, amount in _added_up(due, amounts):
                sums[name][_as_text(month)] += amount
        sums["interest"]["all"] += int(self._members["interest"].sum())
        exits = self._exits
        for name, amounts in (("members", np.ones_like(exits["revenue"])), *exits.items()):
            if name != "announcement":
                for order, amount in _added_up(exits["announcement"], amounts):
                    sums["exits"][f"{order}", name] += amount


def _whole(values: Sequence[int]) -> Numbers:
    return np.frombuffer(pack(f"{len(values)}q", *values), np.int64)  # takes two thirds of the time of an array


def _days(days: Sequence[Day]) -> Numbers:
    """The days since 1 January 1970, _NO_DAY for none."""
    if not days:
        return np.empty(0, np.int32)
    return np.frombuffer(pa.array(days, pa.date32()).buffers()[1], np.int32, len(days))


def _by_name(
    values: Sequence[Any], names: Sequence[str], as_numbers: Callable[[Sequence[Any]], Numbers] = _whole
) -> dict[str, Numbers]:
    """The columns of rows whose values follow one another in one list."""
    table = as_numbers(values).reshape(-1, len(names))
    return {name: table[:, number] for number, name in enumerate(names)}


def _lines(entries: dict[str, Numbers], of_lines: dict[str, Numbers], of_runs: Numbers) -> dict[str, Numbers]:
    """The lines, and the periods of runs; `settled` is 1 for a period, which is paid on its first day, else 0."""
    periods = entries["periods"]
    lines = {name: np.repeat(values, np.maximum(periods, 1)) for name, values in entries.items()}
    settled = lines["periods"] > 0
    runs = periods[periods > 0]
    begins = np.arange(runs.sum()) + np.repeat(np.arange(len(runs)), runs)  # each run has one day more
    of_periods = {**dict.fromkeys(of_lines, of_runs[begins]), "to": of_runs[begins + 1]}
    for name, days in of_lines.items():
        lines[name] = np.empty(len(settled), np.int32)
        lines[name][settled], lines[name][~settled] = of_periods[name], days
    return {**lines, "settled": settled.astype(np.int64)}


def _months(days: Numbers) -> Numbers:
    """The months of days; both are counted from January 1970."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _as_text(month: int) -> str:
    return f"{1970 + month // 12}-{month % 12 + 1:02d}"


def _counted(values: Numbers) -> list[tuple[int, int]]:
    """Each value with the number of times that it occurs."""
    found, numbers = np.unique(values, return_counts=True)
    return list(zip(found.tolist(), numbers.tolist(), strict=True))


def _added_up(keys: Numbers, amounts: Numbers) -> list[tuple[int, int]]:
    """Each key with the exact sum of its amounts; the memory used grows with the range of the keys."""
    if not len(keys):
        return []
    first = keys.min()
    places = keys - first
    found = np.flatnonzero(np.bincount(places))
    added = _sums_at(places, amounts, int(found[-1]) + 1)
    return list(zip((found + first).tolist(), added[found].tolist(), strict=True))


def _sums_at(places: Numbers, amounts: Numbers, number: int) -> Numbers:
    """The sums of the amounts by place, for the places from 0 up to `number`."""
    added = np.zeros(number, np.int64)
    np.add.at(added, places, amounts)
    return added
