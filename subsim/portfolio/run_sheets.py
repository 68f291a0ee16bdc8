"""The tables and the sums of `subsim portfolio run`, made from the columns of its members: runs become periods here."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from subsim.basics.dates import Day
from subsim.engine.cohorts import Exits
from subsim.membership.ledger import Line
from subsim.membership.member import Member
from subsim.portfolio import member_columns as of
from subsim.portfolio.arrow import Batch, Schema, Values, schema_of, whole_numbers
from subsim.portfolio.columns import Columns
from subsim.portfolio.sheets import Rows, RowSheets
from subsim.portfolio.sums import Sums

Numbers = np.ndarray[Any, np.dtype[np.int64]]
"""A column of whole numbers."""
_BEFORE_1970 = Day(1970, 1, 1).toordinal()


class Replayed(NamedTuple):
    """A member replayed: the number of his line, the interest on late lines, who could leave, rows of other tables."""

    line: int
    member: Member
    late: dict[Line, int]
    leaving: Sequence[Exits]
    rows: Rows


class RunSheets:
    """The outcomes and the invoices of members, and tables whose rows are given."""

    def __init__(self, tables: Mapping[str, Columns]) -> None:
        self._outcomes, self._invoices = schema_of(tables["outcomes"]), schema_of(tables["invoices"])
        self._rows = RowSheets({name: tables[name] for name in tables if name not in ("outcomes", "invoices")})
        self._columns = of.MemberColumns()

    def add(self, found: Replayed) -> None:
        """Add a member."""
        self._columns.add(found.line, found.member, found.late, found.leaving)
        self._rows.add(found.rows)

    def take(self, sums: Sums) -> dict[str, Batch]:
        """The rows since the last time, and their sums."""
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
        self._texts = pa.array(columns.texts, pa.string())
        self._words = columns.texts
        self._ids = pa.array(columns.ids, pa.string())
        self._phases = columns.phases
        self._members = _by_name(columns.members, of.MEMBERS)
        self._subscriptions = _by_name(columns.subscriptions, of.SUBSCRIPTIONS)
        self._states = _by_name(columns.states, of.STATES)
        self._refunds = _by_name(columns.refunds, of.REFUNDS)
        self._refused = _by_name(columns.refused, of.REFUSED)
        self._payments = _by_name(columns.payments, of.MONEY)
        self._adjustments = _by_name(columns.adjustments, of.MONEY)
        self._exits = _by_name(columns.exits, of.EXITS)
        self._lines = _lines(_by_name(columns.entries, of.ENTRIES), whole_numbers(columns.days).to_numpy())

    # The tables

    def outcomes(self, schema: Schema) -> Batch:
        """A row a member."""
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
        """The sums of each member: charged - paid + refunded - adjusted is what he owes."""
        lines = self._lines
        charged, paid, refunded, adjusted = (
            _sums_at(each["member"], each["amount"], len(self._ids))
            for each in (lines, self._payments, self._refunds, self._adjustments)
        )
        paid += _sums_at(lines["member"], lines["amount"] * lines["settled"], len(self._ids))
        owed = charged - paid + refunded - adjusted
        return {"charged": charged, "paid": paid, "refunded": refunded, "adjusted": adjusted, "owed": owed}

    def invoices(self, schema: Schema) -> Batch:
        """A row a line, those of runs among them."""
        lines = self._lines
        found = {
            **lines,
            "line": self._members["line"][lines["member"]],
            "member": self._ids.take(pa.array(lines["member"])),
            "date": lines["due"],
        }
        return self._batch(found, schema)

    def _batch(self, found: Mapping[str, Any], schema: Schema) -> Batch:
        arrays = [self._values(found[field.name], field.type) for field in schema]
        return pa.RecordBatch.from_arrays(arrays, schema=schema)

    def _values(self, found: Any, kind: Any) -> Values:
        """A column from whole numbers, from the columns of a structure, or from the lengths of lists and what is in."""
        if pa.types.is_list(kind):
            lengths, inner = found
            ends = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
            return pa.ListArray.from_arrays(pa.array(ends), self._values(inner, kind.value_type), type=kind)
        if pa.types.is_struct(kind):
            inner_values = [self._values(found[field.name], field.type) for field in kind]
            return pa.StructArray.from_arrays(inner_values, fields=list(kind))
        if not isinstance(found, np.ndarray):
            return found
        if pa.types.is_string(kind):
            return self._texts.take(pa.array(found))
        if pa.types.is_date(kind):
            return pa.array((found - _BEFORE_1970).astype(np.int32), pa.int32(), mask=found == 0).view(kind)
        if pa.types.is_boolean(kind):
            return pa.array(found.astype(np.bool_))
        whole = np.ascontiguousarray(found)  # numbers, or øre, which are the decimals of kroner
        return pa.Array.from_buffers(kind, len(whole), [None, pa.py_buffer(whole)])

    # The sums

    def add_to(self, sums: Sums) -> None:
        """Add where the members stand, all the money, and who could leave through each announcement."""
        for phase, number in self._phases.items():
            sums["members"][phase] += number
        subscriptions = self._subscriptions
        for state, number in _counted(subscriptions["state"]):
            sums["subscriptions"][str(self._words[state])] += number
        ended = subscriptions["ended_on"] > 0
        months = _months(subscriptions["ended_on"][ended])
        for month_and_reason, number in _counted(months * len(self._words) + subscriptions["end_reason"][ended]):
            month, reason = divmod(month_and_reason, len(self._words))
            sums["ends"][_as_text(month), str(self._words[reason])] += number
        lines = self._lines
        settled = lines["settled"] > 0
        for name, days, amounts in (
            ("billed", lines["due"], lines["amount"]),
            ("paid", lines["due"][settled], lines["amount"][settled]),
            ("paid", self._payments["date"], self._payments["amount"]),
            ("refunded", self._refunds["date"], self._refunds["amount"]),
            ("adjusted", self._adjustments["date"], self._adjustments["amount"]),
        ):
            for month, amount in _added_up(_months(days), amounts):
                sums[name][_as_text(month)] += amount
        sums["interest"]["all"] += int(self._members["interest"].sum())
        exits = self._exits
        for name, amounts in (("members", np.ones_like(exits["revenue"])), *exits.items()):
            if name != "announcement":
                for order, amount in _added_up(exits["announcement"], amounts):
                    sums["exits"][f"{order}", name] += amount


def _by_name(values: list[int], names: Sequence[str]) -> dict[str, Numbers]:
    """The columns of rows whose values stand one after the other."""
    table = whole_numbers(values).to_numpy().reshape(-1, len(names))
    return {name: table[:, number] for number, name in enumerate(names)}


def _lines(entries: dict[str, Numbers], days: Numbers) -> dict[str, Numbers]:
    """The lines, those of runs among them, each paid on its first day: `settled` is 1 for these, and 0 for others."""
    periods = entries["periods"]
    rows = np.maximum(periods, 1)
    lines = {name: np.repeat(values, rows) for name, values in entries.items()}
    settled = lines["periods"] > 0
    of_run = periods[periods > 0]
    begins = np.arange(of_run.sum()) + np.repeat(np.arange(len(of_run)), of_run)  # each run has one day more
    for name in ("due", "from", "paid_on"):
        lines[name][settled] = days[begins]
    lines["to"][settled] = days[begins + 1]
    return {**lines, "settled": settled.astype(np.int64)}


def _months(days: Numbers) -> Numbers:
    """The months of days, counted from January 1970."""
    return (days - _BEFORE_1970).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _as_text(month: int) -> str:
    return f"{1970 + month // 12}-{month % 12 + 1:02d}"


def _counted(values: Numbers) -> list[tuple[int, int]]:
    """Each value, and how often it is there."""
    return _added_up(values, np.ones_like(values))


def _added_up(keys: Numbers, amounts: Numbers) -> list[tuple[int, int]]:
    """Each key, and the sum of the amounts at it, exactly."""
    found, places = np.unique(keys, return_inverse=True)
    return list(zip(found.tolist(), _sums_at(places, amounts, len(found)).tolist(), strict=True))


def _sums_at(places: Numbers, amounts: Numbers, number: int) -> Numbers:
    """The sum of the amounts at each of so many places."""
    added = np.zeros(number, np.int64)
    np.add.at(added, places, amounts)
    return added
