"""Tables as columns in memory: their types in Arrow, columns made from rows, and the JSON of rows.

Amounts are whole øre, days the days since 1 January 1970. Texts are not dictionary-encoded, so the bytes of a file do
not depend on how its rows were cut into parts.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any, TypeAlias

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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
_ESCAPED = r'["\\\x00-\x1f\x7f]'
"""The characters of a text that JSON may have to escape."""

_NULLS: Any = {"null_handling": "replace", "null_replacement": "null"}


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


# The JSON of rows


def lines_of(batch: Batch) -> bytes:
    """The rows as NDJSON."""
    if not batch.num_rows:
        return b""
    lines = pc.binary_join_element_wise(_objects(batch.schema.names, batch.columns), "\n", "")
    _, ends, text = lines.buffers()
    return bytes(memoryview(text)[: memoryview(ends).cast("i")[len(lines)]])


def nested_as_text(batch: Batch) -> Batch:
    """The rows with nested values as JSON text."""
    columns = [_json(each) if pa.types.is_nested(each.type) else each for each in batch.columns]
    return pa.RecordBatch.from_arrays(columns, batch.schema.names)


def _json(values: Values) -> Values:
    """The JSON of each value as text; null stays null."""
    kind = values.type
    if pa.types.is_struct(kind):
        return _null_as(values, _objects([field.name for field in kind], values.flatten()))
    if pa.types.is_list(kind):
        items = pa.ListArray.from_arrays(values.offsets, _json(values.values).fill_null("null"))
        return _null_as(values, pc.binary_join_element_wise("[", pc.binary_join(items, ","), "]", ""))
    if pa.types.is_string(kind):
        return _quoted(values)
    text = values.cast(pa.string())
    return text if pa.types.is_integer(kind) or pa.types.is_boolean(kind) else _in_quotes(text)


def _objects(names: Sequence[str], columns: Sequence[Values]) -> Values:
    """The JSON objects with these values by name; equal values are encoded once."""
    pieces: list[Any] = []
    for number, (name, values) in enumerate(zip(names, columns, strict=True)):
        key = f"{',' if number else '{'}{msgspec.json.encode(name).decode()}:"
        if pa.types.is_nested(values.type):
            pieces += [key, _json(values)]
        else:
            is_money = values.type == _TYPES[MONEY]  # a type that Arrow cannot encode directly
            coded = (values.view(pa.int64()) if is_money else values).dictionary_encode("encode")
            each = _json(coded.dictionary.view(_TYPES[MONEY]) if is_money else coded.dictionary)
            pieces.append(pc.binary_join_element_wise(key, each, "", **_NULLS).take(coded.indices))
    return pc.binary_join_element_wise(*pieces, "}", "", **_NULLS)


def _null_as(values: Values, text: Values) -> Values:
    return pc.if_else(values.is_valid(), text, None) if values.null_count else text


def _quoted(values: Values) -> Values:
    if pc.any(pc.match_substring_regex(values, _ESCAPED)).as_py():
        texts = values.to_pylist()
        return pa.array([None if each is None else msgspec.json.encode(each).decode() for each in texts], pa.string())
    return _in_quotes(values)


def _in_quotes(text: Values) -> Values:
    return pc.binary_join_element_wise('"', text, '"', "")
