"""The columns of the tables of a job, from the classes of the outcome."""

from collections.abc import Mapping
from types import NoneType
from typing import Annotated, Any, Literal, NamedTuple, NewType, TypeAlias, get_args, get_origin

import attrs

from subsim.answers.outcome import Decision
from subsim.basics.dates import Day
from subsim.basics.texts import Message

Format = Literal["parquet", "ndjson", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)
"""The formats of a table, which are the endings of its name too."""
Dialect = Literal["international", "danish"]
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)
"""The dialects of CSV: with commas and decimal points, or for a Danish spreadsheet."""


class ListOf(NamedTuple):
    """A list of rows with these columns."""

    columns: "Columns"


Column: TypeAlias = "str | ListOf | Columns"
"""A type of SQL, a list of rows, or one row."""
Columns: TypeAlias = Mapping[str, Column]
"""Columns by their names, in their order."""

NUMBER, TEXT, MONEY, DATE, TRUTH = "BIGINT", "VARCHAR", "DECIMAL(18,2)", "DATE", "BOOLEAN"
TEXTS = f"{TEXT}[]"
"""A list of texts."""
WHO: Columns = {"line": NUMBER, "member": TEXT}
"""The member of a row: the number of the record in the input, and the id."""
STATE: Columns = {"from": DATE, "state": TEXT}
"""A phase of a subscription, and its first day."""
_TYPES: dict[Any, str] = {str: TEXT, Message: TEXT, bool: TRUTH, int: MONEY, Day: DATE}
"""By type of a field of the outcome the type of its column; the only whole numbers are øre."""


def columns_of(shape: type, names: Mapping[str, str] | None = None, **types: Column) -> dict[str, Column]:
    """The columns of a class of the outcome; `names` has other names for fields in JSON, and `types` other types."""
    return {
        (names or {}).get(field.name, field.name): types[field.name] if field.name in types else _type(field.type)
        for field in attrs.fields(shape)
    }


def _type(annotation: Any) -> str:
    if annotation in _TYPES:
        return _TYPES[annotation]
    if get_origin(annotation) in (Literal, Annotated):
        return TEXT
    if isinstance(annotation, NewType):
        return _type(annotation.__supertype__)
    (inner,) = (each for each in get_args(annotation) if each is not NoneType)
    return _type(inner)


DECISION = columns_of(Decision)
REFUSAL: Columns = {
    "reason" if name == "because" else name: kind for name, kind in DECISION.items() if name != "verdict"
}
"""The columns of a refused event, as `refused` has them."""
