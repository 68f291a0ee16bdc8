"""The JSON of rows that are columns in memory: as lines, and of what is nested in them."""

from collections.abc import Sequence
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from subsim.portfolio.arrow import Batch, Values, type_of
from subsim.portfolio.columns import MONEY

_MONEY = type_of(MONEY)
_ESCAPED = r'["\\\x00-\x1f\x7f]'
"""The characters of a text that JSON may have to escape."""
_NULLS: Any = {"null_handling": "replace", "null_replacement": "null"}


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
            is_money = values.type == _MONEY  # a type that Arrow cannot encode directly
            coded = (values.view(pa.int64()) if is_money else values).dictionary_encode("encode")
            each = _json(coded.dictionary.view(_MONEY) if is_money else coded.dictionary)
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
