"""Tables as columns in memory: their types in Arrow, and columns made from numbers and from rows.

Amounts are whole øre, days the days since 1 January 1970. Texts are not dictionary-encoded, so the bytes of a file do
not depend on how its rows were cut into parts.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from pyarrow._compute import call_function  # `pyarrow.compute` itself takes a sixth of the start of a run

from subsim.basics.dates import Day
from subsim.portfolio.columns import DATE, MONEY, NUMBER, TEXT, TEXTS, TRUTH, Column, Columns, ListOf

Batch: TypeAlias = Any
"""Some rows of a table, a `pyarrow.RecordBatch`: pyarrow has no type hints."""
Schema: TypeAlias = Any
"""The names and types of its columns, a `pyarrow.Schema`."""
Values: TypeAlias = Any
"""The values of a column, a `pyarrow.Array`."""

pa.set_memory_pool(pa.system_memory_pool())  # its own grows by a megabyte with each part

_TYPES: dict[str, Any] = {
    NUMBER: pa.int64(),
    TEXT: pa.string(),
    MONEY: pa.decimal64(18, 2),
    DATE: pa.date32(),
    TRUTH: pa.bool_(),
    TEXTS: pa.list_(pa.string()),
}
_WHOLE = pa.int64()


def schema_of(columns: Columns) -> Schema:
    """The Arrow schema of a table."""
    return pa.schema(_fields(columns))


def type_of(column: Column) -> Any:
    """The Arrow type of a column."""
    if isinstance(column, str):
        return _TYPES[column]
    if isinstance(column, ListOf):
        return pa.list_(type_of(column.columns))
    return pa.struct(_fields(column))


def _fields(columns: Columns) -> list[Any]:
    return [pa.field(name, type_of(column)) for name, column in columns.items()]


# From values and rows


def whole_numbers(values: Iterable[int]) -> Values:
    """A column of whole numbers of 64 bits."""
    held = array("q", values)
    return pa.Array.from_buffers(pa.int64(), len(held), [None, pa.py_buffer(held)])


def numbers_as_column(values: Any, kind: Any = _WHOLE, are_there: Any = None) -> Values:
    """A column of numbers or days from a numpy array of its width, null where `are_there` is false; nothing is copied.

    `pyarrow.array` would import numpy's masked arrays, and look for pandas.
    """
    there = None
    if are_there is not None and not are_there.all():
        there = pa.py_buffer(np.packbits(are_there, bitorder="little"))
    return pa.Array.from_buffers(kind, len(values), [there, pa.py_buffer(np.ascontiguousarray(values))])


def truths_as_column(values: Any) -> Values:
    """A column of truth values from a numpy array."""
    return pa.Array.from_buffers(pa.bool_(), len(values), [None, pa.py_buffer(np.packbits(values, bitorder="little"))])


def taken(values: Values, places: Any) -> Values:
    """The values at these places, from 0, a numpy array of 64 bits."""
    return call_function("take", [values, numbers_as_column(places)])


def batch_of(found: Mapping[str, Sequence[Any]], columns: Columns) -> Batch:
    """Columns of single values by their names: days as such, amounts and numbers whole, none of them null."""
    arrays = [_column(found[name], type_of(column)) for name, column in columns.items()]
    return pa.RecordBatch.from_arrays(arrays, schema=schema_of(columns))


def _column(found: Sequence[Any], kind: Any) -> Values:
    return whole_numbers(found).view(kind) if kind in (_TYPES[NUMBER], _TYPES[MONEY]) else pa.array(found, kind)


def rows_as_batch(rows: Sequence[Mapping[str, Any]], columns: Columns) -> Batch:
    """The batch of rows whose values are JSON, days or messages; missing values are null."""
    arrays = [_values([row.get(name) for row in rows], column) for name, column in columns.items()]
    return pa.RecordBatch.from_arrays(arrays, schema=schema_of(columns))


def _values(found: list[Any], column: Column) -> Values:
    if isinstance(column, ListOf) or column == TEXTS:
        inner = column.columns if isinstance(column, ListOf) else TEXT
        ends = pa.array(accumulate((len(each or ()) for each in found), initial=0), pa.int32())
        items = _values([item for each in found for item in each or ()], inner)
        return pa.ListArray.from_arrays(ends, items, type=type_of(column), mask=_nulls(found))
    if isinstance(column, Mapping):
        inner_values = [_values([(each or {}).get(name) for each in found], kind) for name, kind in column.items()]
        return pa.StructArray.from_arrays(inner_values, fields=_fields(column), mask=_nulls(found))
    read = _READ[column]
    return pa.array([None if each is None else read(each) for each in found], type_of(column))


def _nulls(found: list[Any]) -> Values:
    return pa.array([each is None for each in found], pa.bool_())


def _day(value: Day | str) -> Day:
    return value if isinstance(value, Day) else Day.fromisoformat(value)


_READ: dict[str, Callable[[Any], Any]] = {NUMBER: int, TEXT: str, MONEY: Decimal, DATE: _day, TRUTH: bool}
