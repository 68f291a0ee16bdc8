"""The expectations of a scenario file (scenario-format.md); from the command line: checks the files that are named."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tests.oracle.days import Json, day_of, ore
from tests.oracle.law import law
from tests.oracle.outcome import can_cancel, end_of, only_id, replay

Mismatch = tuple[str, Any, Any]

AMOUNT_KEYS = {"amount", "charged", "paid", "refunded", "adjusted", "owed", "interest", "refund", "still_to_pay"}


def same(key: str, expected: Any, found: Any) -> bool:
    """Whether an expected value, as text, is what was found."""
    if isinstance(expected, list):
        return isinstance(found, list) and list(expected) == found
    if str(expected).lower() in ("null", "~", ""):
        return found is None
    if isinstance(found, bool):
        return str(expected).lower() == str(found).lower()
    if key in AMOUNT_KEYS and found is not None:
        return ore(expected) == ore(found)
    return bool(expected == found)


def compare(path: str, expected: Json, found: Json) -> Iterator[Mismatch]:
    """The given keys that differ."""
    for key, value in expected.items():
        if not same(key, value, found.get(key)):
            yield (f"{path}.{key}", value, found.get(key))


def compare_rows(path: str, expected: list[Json], found: list[Json]) -> Iterator[Mismatch]:
    """Rows that must match one by one, in order and number."""
    if len(expected) != len(found):
        yield (path, expected, found)
        return
    for index, (want, have) in enumerate(zip(expected, found, strict=True)):
        yield from compare(f"{path}[{index}]", want, have)


def check_subscription(path: str, expected: Json, found: Json | None) -> Iterator[Mismatch]:
    """The expectations of one subscription; one never accepted has only nulls."""
    have = dict(found or {})
    have["states"] = [[entry["from"], entry["state"]] for entry in have.get("states", [])]
    yield from compare(path, expected, have)


def check_expect(expected: Json, found: Json) -> Iterator[Mismatch]:
    """The mismatches of one `expect`."""
    by_id = {sub["id"]: sub for sub in found["subscriptions"]}
    own: Json = {}
    for key, value in expected.items():
        if key == "subscriptions":
            for sub_id, wanted in value.items():
                yield from check_subscription(f"expect.subscriptions.{sub_id}", wanted, by_id.get(sub_id))
        elif key in ("invoices", "refused"):
            yield from compare_rows(f"expect.{key}", value, found[key])
        elif key == "totals":
            yield from compare("expect.totals", value, found["totals"])
        elif key == "duties":
            for want in value:
                if not any(not list(compare("", want, have)) for have in found["duties"]):
                    yield ("expect.duties", want, found["duties"])
        else:
            own[key] = value
    if own:
        if len(by_id) > 1:
            raise ValueError("several subscriptions: expect them under subscriptions")
        yield from check_subscription("expect", own, next(iter(by_id.values()), None))


def check_ask(index: int, expected: Json, found: Json) -> Iterator[Mismatch]:
    """The mismatches of one `ask`."""
    path = f"ask[{index}]"
    plain = {k: v for k, v in expected.items() if k not in ("date", "subscription", "routes", "law")}
    yield from compare(path, plain, found)
    rows = {row["route"]: row for row in found["routes"]}
    for route, want in expected.get("routes", {}).items():
        if want == "closed":
            if rows[route]["open"]:
                yield (f"{path}.routes.{route}", "closed", rows[route])
        else:
            yield from compare(f"{path}.routes.{route}", want, rows[route])


def check_law(path: str, expected: Json, found: Json) -> Iterator[Mismatch]:
    """The mismatches of the law's rows, each named by its route or by route and kind."""
    for name, want in expected.items():
        if name in ("covered", "why_not"):
            yield from compare(path, {name: want}, found)
            continue
        route, _, kind = name.partition(".")
        known = not kind or kind in found["kinds"]
        rows = [row for row in found["ways"] if known and row["route"] == route and row["kind"] in (None, kind)]
        if not rows or want in ("null", "~", ""):
            if rows or want not in ("null", "~", ""):
                yield (f"{path}.{name}", want, rows or None)
            continue
        for key, value in want.items():
            if key not in ("sure", "arguable"):
                yield from compare(f"{path}.{name}", {key: value}, rows[0])
            elif value == "closed":
                if rows[0][key]["open"]:
                    yield (f"{path}.{name}.{key}", value, rows[0][key])
            else:
                yield from compare(f"{path}.{name}.{key}", value, rows[0][key])


def check_case(doc: Json, until: date, expect: Json, asks: list[Json]) -> list[Mismatch]:
    """All mismatches of a scenario, or of one of its variants."""
    wrong = list(check_expect(expect, replay(doc, until)))
    for index, ask in enumerate(asks):
        found = can_cancel(doc, day_of(ask["date"]), ask.get("subscription"), contested=False)
        wrong += check_ask(index, ask, found)
        if "law" in ask:
            its = law(doc, day_of(ask["date"]), ask.get("subscription") or only_id(doc))
            wrong += check_law(f"ask[{index}].law", ask["law"], its)
    return wrong


def cases(doc: Json) -> Iterator[tuple[str, Json, date, Json, list[Json]]]:
    """The scenario and its variants: name, document under its readings, until, expectations, asks."""
    yield ("", doc, end_of(doc), doc.get("expect", {}), doc.get("ask", []))
    for variant in doc.get("variants", []):
        under = dict(doc)
        under |= {key: variant[key] for key in ("profile", "until") if key in variant}
        under["readings"] = {**doc.get("readings", {}), **variant.get("readings", {})}
        expect, asks = variant.get("expect", {}), variant.get("ask", [])
        yield (variant["name"], under, end_of(under, expect, asks), expect, asks)


def main(paths: list[str]) -> int:
    """Check files; print each mismatch; 1 if there is any."""
    failed = False
    for path in paths:
        doc = yaml.load(Path(path).read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
        for name, under, until, expect, asks in cases(doc):
            for where, expected, found in check_case(under, until, expect, asks):
                failed = True
                title = f"{path} ({name})" if name else path
                print(f"{title}: {where}: expected {expected}, found {found}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
