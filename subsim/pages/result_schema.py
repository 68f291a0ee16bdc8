"""The JSON Schema of a result as tables: the keys of each object, their types and meanings."""

from typing import Any

from subsim.pages.blocks import Blocks, Column, Section, Table, section, stack
from subsim.pages.catalogues import takes
from subsim.pages.text import Page

Json = dict[str, Any]


def result_schema_page(schema: Json, page: Page) -> Blocks:
    """Every object in the result, the result itself first."""
    return stack(*(object_section(name, each, page) for name, each in schema["$defs"].items()))


def object_section(name: str, schema: Json, page: Page) -> Section | None:
    """One object with its description and its keys."""
    says = schema["description"]
    return section(f"{name}: {page.translate(says)}", keys_table(schema, page))


def keys_table(schema: Json, page: Page) -> Table:
    """The keys of an object; optional ones are marked."""
    _, keys = page.translate, schema["properties"]
    says = [each["description"] for each in keys.values()]
    may_lack = set(keys) - set(schema.get("required", ()))
    return page.table(
        Column(_("key"), list(keys)),
        Column(_("may lack"), [_("yes") if key in may_lack else "" for key in keys]),
        Column(_("takes"), [_takes(each) for each in keys.values()]),
        Column(_("what it says"), [*map(_, says)]),
    )


def _takes(schema: Json) -> str:
    """The type of a value, without its description."""
    return takes({key: value for key, value in schema.items() if key != "description"})
