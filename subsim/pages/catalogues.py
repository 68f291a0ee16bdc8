"""Pages and JSON of the catalogues: clauses, contested points and numbers, the scenario format."""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any

from attrs import frozen

from subsim.basics.json_object import AMOUNT, JsonObject, Key
from subsim.basics.languages import language
from subsim.basics.texts import Message
from subsim.pages.blocks import Blocks, Column, Definition, Definitions, Paragraph, Section, Table, section, stack
from subsim.pages.law.information import information
from subsim.pages.law.provisions import provision_facts
from subsim.pages.law.table import LAW_COLUMNS
from subsim.pages.text import Page
from subsim.terms.clauses import Clause
from subsim.terms.law_points import LAW_POINTS, LawPoint
from subsim.terms.readings import POINTS, PROFILES, Point
from subsim.terms.statutes import PROVISIONS, Provision
from subsim.terms.terms import NUMBERS, UNITS, Number, Numbers, question_words, reading_words

Json = dict[str, Any]

_IDS = 17
"""The width of most clause ids."""
_LETTER = re.compile(r"\b[Be]\b")
LETTERS = Message("B is the end of the binding, e the day on which an announced change reaches the subscription")
"""The meaning of the letters that stand for dates in the descriptions of readings."""


def clauses_page(clauses: Iterable[Clause], page: Page) -> Blocks:
    """The clauses in the order of the terms: a paraphrase of each, and where it is modelled or why not."""
    by_heading = groupby(clauses, key=lambda clause: _both_headings(clause, page))
    return tuple(Definitions(tuple(_clause(each, page) for each in its), title, _IDS) for title, its in by_heading)


@frozen(kw_only=True)
class ClauseEntry(JsonObject):
    """A clause of the terms, and where it is modelled or why not."""

    TITLE = "Clause"

    id: str
    heading: str
    heading_en: str
    en: str
    da: str
    modelled: tuple[str, ...] | None
    left_out: Mapping[str, str] | None

    KEYS = (
        Key("id", "the clause id"),
        Key("heading", "the heading of the clause"),
        Key("heading_en", "the same in English"),
        Key("en", "what the clause says, in English"),
        Key("da", "the same in Danish"),
        Key("modelled", "the modules that model it; null where it is left out"),
        Key("left_out", "by language why it is left out; null where it is modelled"),
    )


def clause_as_dict(clause: Clause) -> dict[str, Any]:
    """The JSON of a clause in `clauses`."""
    entry = ClauseEntry(
        id=clause.id,
        heading=clause.heading,
        heading_en=clause.heading_en,
        en=str(clause.text("en", Numbers())),
        da=clause.text("da", Numbers()).text(language("da")),
        modelled=tuple(clause.modelled) or None,
        left_out=None if clause.left_out is None else dict(zip(("en", "da"), clause.left_out, strict=True)),
    )
    return entry.to_dict()


def _both_headings(clause: Clause, page: Page) -> str:
    return clause.heading if page.language.code == "da" else f"{clause.heading_en} ({clause.heading})"


def _clause(clause: Clause, page: Page) -> Definition:
    danish = page.language.code == "da"
    if clause.left_out is None:
        status = Message("modelled in {modules}", modules=", ".join(clause.modelled))
    else:
        status = Message("not modelled: {why}", why=clause.left_out[danish])
    return Definition(clause.id, (page.words(clause.text(page.language.code, Numbers())), page.words(status)))


def provisions_page(page: Page) -> Blocks:
    """The provisions of the law in the order of the index, by statute, then the law points and the note."""
    by_statute = groupby(PROVISIONS.values(), key=lambda provision: _statute(provision, page))
    return stack(
        *(Definitions(tuple(_provision(each, page) for each in its), name, _IDS) for name, its in by_statute),
        *(_law_point(each, page) for each in LAW_POINTS.values()),
        information(page),
    )


def _statute(provision: Provision, page: Page) -> str:
    return provision.statute.da if page.language.code == "da" else provision.statute.en


def _provision(provision: Provision, page: Page) -> Definition:
    danish = page.language.code == "da"
    heading, words = (provision.heading, provision.da) if danish else (provision.heading_en, provision.en)
    return Definition(provision.id, (f"{heading}. {words}", page.words(*provision_facts(provision, page))))


def _law_point(point: LawPoint, page: Page) -> Section | None:
    _ = page.translate
    columns = {reading: [name for name, pick in point.picks.items() if pick == reading] for reading in point.readings}
    table = page.table(
        Column(_("reading"), list(point.readings)),
        Column(_("column"), [", ".join(page.words(LAW_COLUMNS[name]) for name in names) for names in columns.values()]),
        Column(_("what it says"), [_(words) for words in point.readings.values()]),
    )
    return section(f"{point.name}: {_(point.question)} ({', '.join(point.provisions)})", table)


def provision_as_dict(provision: Provision) -> dict[str, Any]:
    """The JSON of a provision in `clauses --source law`: in force in `[from, until)`, null where it has no end."""
    return {
        "id": provision.id,
        "statute": provision.statute.da,
        "statute_en": provision.statute.en,
        "heading": provision.heading,
        "heading_en": provision.heading_en,
        "en": provision.en,
        "da": provision.da,
        "from": provision.starts.isoformat(),
        "until": None if provision.until is None else provision.until.isoformat(),
        "by": provision.by,
        "standing": provision.standing,
        "confidence": provision.weakest,
        "sources": list(provision.sources),
        "touches": list(provision.touches),
        "computed": provision.computed,
    }


def readings_page(page: Page) -> Blocks:
    """The profiles, the contested points with their readings, and the numbers that can be replaced."""
    _ = page.translate
    return stack(
        section(_("Profiles"), _profiles(page)),
        letters((_says(point, each, page) for point in POINTS.values() for each in point.readings), page),
        *(_point(point, page) for point in POINTS.values()),
        section(_("Numbers of the terms"), _numbers(page)),
    )


@frozen(kw_only=True)
class PointEntry(JsonObject):
    """A contested point with its readings."""

    TITLE = "ContestedPoint"

    point: str
    question: str
    clauses: tuple[str, ...]
    readings: Mapping[str, str]
    profiles: Mapping[str, str]

    KEYS = (
        Key("point", "the contested point"),
        Key("question", "what is unclear"),
        Key("clauses", "the clauses that it is about"),
        Key("readings", "by reading what it says"),
        Key("profiles", "by profile the reading that it takes"),
    )


@frozen(kw_only=True)
class NumberEntry(JsonObject):
    """A number of the terms."""

    TITLE = "NumberOfTheTerms"

    number: str
    value: int | str
    unit: str
    clauses: tuple[str, ...]

    KEYS = (
        Key("number", "the name of the number"),
        Key("value", "its value; an amount in kroner with two decimals"),
        Key("unit", "what it counts"),
        Key("clauses", "the clauses that name it"),
    )


@frozen(kw_only=True)
class ReadingsCatalogue(JsonObject):
    """The profiles, the contested points with their readings, and the numbers of the terms."""

    TITLE = "Readings"

    profiles: Mapping[str, str]
    points: tuple[PointEntry, ...]
    numbers: tuple[NumberEntry, ...]

    KEYS = (
        Key("profiles", "by profile which readings it takes"),
        Key("points", "the contested points in their order"),
        Key("numbers", "the numbers that can be replaced"),
    )


def readings_as_dict() -> dict[str, Any]:
    """The JSON of `readings`: the profiles, the contested points and the numbers."""
    points = (
        PointEntry(
            point=point.name,
            question=str(question_words(point.name, Numbers())),
            clauses=tuple(point.clauses),
            readings={each: str(reading_words(point.name, each, Numbers())) for each in point.readings},
            profiles=dict(point.picks.items()),
        )
        for point in POINTS.values()
    )
    numbers = (
        NumberEntry(
            number=number.name, value=number.write(number.value), unit=number.unit, clauses=tuple(number.clauses)
        )
        for number in NUMBERS.values()
    )
    catalogue = ReadingsCatalogue(profiles=dict(PROFILES.items()), points=tuple(points), numbers=tuple(numbers))
    return catalogue.to_dict()


def letters(words: Iterable[str], page: Page) -> Paragraph | None:
    """The meaning of the letters that stand for dates in these descriptions; None where they use none."""
    if not any(_LETTER.search(each) for each in words):
        return None
    return page.say(LETTERS)


def _profiles(page: Page) -> Table:
    _ = page.translate
    return page.table(Column("", list(PROFILES)), Column("", [_(reason) for reason in PROFILES.values()]))


def _point(point: Point, page: Page) -> Section | None:
    _ = page.translate
    picked = {reading: [name for name, pick in point.picks.items() if pick == reading] for reading in point.readings}
    title = f"{point.name}: {page.words(question_words(point.name, Numbers()))} ({', '.join(point.clauses)})"
    table = page.table(
        Column(_("reading"), list(point.readings)),
        Column(_("profiles"), [", ".join(profiles) for profiles in picked.values()]),
        Column(_("what it says"), [_says(point, each, page) for each in point.readings]),
    )
    return section(title, table)


def _says(point: Point, reading: str, page: Page) -> str:
    return page.words(reading_words(point.name, reading, Numbers()))


def _numbers(page: Page) -> Table:
    _ = page.translate
    return page.table(
        Column(_("number"), list(NUMBERS)),
        Column(_("value"), [_value(number, page) for number in NUMBERS.values()], right=True),
        Column(_("clauses"), [", ".join(number.clauses) for number in NUMBERS.values()]),
    )


def _value(number: Number, page: Page) -> str:
    if number.unit == "kroner":
        return page.language.amount(number.value)
    return page.words(UNITS[number.unit].fill(n=number.value))


def schema_page(what: str, schema: Json, page: Page) -> Blocks:
    """The JSON Schema of a kind of file as tables: what the file, each mapping and each event may hold."""
    mappings = {what: schema, **schema["$defs"]}
    return stack(*(_mapping(name, each, page) for name, each in mappings.items() if "description" in each))


def _mapping(name: str, schema: Json, page: Page) -> Section | None:
    _, keys = page.translate, schema["properties"]
    table = page.table(
        Column(_("key"), list(keys)),
        Column(_("needed"), [_("yes") if key in schema["required"] else "" for key in keys]),
        Column(_("default"), [_default(each) for each in keys.values()]),
        Column(_("takes"), [takes(each, _) for each in keys.values()]),
    )
    return section(f"{name}: {_(paragraphs_of(schema['description'])[0])}", table)


def paragraphs_of(description: str) -> list[str]:
    """The paragraphs of a description of the schema, each on one line, as they are translated."""
    return [" ".join(paragraph.split()) for paragraph in description.split("\n\n")]


def _default(schema: Json) -> str:
    default = schema.get("default", "")
    return str(default).lower() if isinstance(default, bool) else str(default)


_SEVERAL = {
    "event": Message("an event"),
    "event_not_in_doubt": Message("an event"),
    "rule": Message("a rule"),
}
"""What stands in several blocks, one for each that there is."""


def takes(schema: Json, translate: Callable[[str], str] = str) -> str:
    """The type of a value by its schema, in words."""

    def below(each: Json) -> str:
        return takes(each, translate)

    match schema:
        case {"type": "string", "format": "date"} if "description" not in schema:
            return "date"
        case {"pattern": pattern} if pattern == AMOUNT:
            return "amount"
        case {"const": word}:
            return str(word)
        case {"enum": words}:
            return " | ".join(map(str, words))
        case {"$ref": path}:
            name = str(path).rpartition("/")[2]
            return translate(_SEVERAL[name].template) if name in _SEVERAL else name
        case {"properties": {"one_of": _}}:
            return "{one_of: […]}"
        case {"anyOf": _, "description": words} if "$ref" not in str(schema):
            return translate(paragraphs_of(str(words))[0])
        case {"anyOf": kinds}:
            return " | ".join(map(below, kinds))
        case {"items": item}:
            return f"[{below(item)}, …]"
        case {"prefixItems": items}:
            return f"[{', '.join(map(below, items))}]"
        case {"propertyNames": key, "additionalProperties": value}:
            return f"{{{below(key)}: {below(value)}, …}}"
        case {"type": "object", "additionalProperties": dict(value)}:
            return f"{{name: {below(value)}, …}}"
        case {"description": words} | {"type": words}:
            return translate(paragraphs_of(str(words))[0])
    return ""
