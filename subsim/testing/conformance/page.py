"""A conformance run as a page, and as JUnit XML."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from subsim.basics.names import visible
from subsim.basics.texts import Message
from subsim.pages.blocks import Blocks, Bullets, Column, Paragraph, section, stack
from subsim.pages.junit import junit_of
from subsim.pages.text import Page
from subsim.testing.conformance.run import Conformance, Result

_MOST_ERRORS = 10
_COUNTS = Message(
    "cases: {questions}; agree: {agrees}; differ: {differs}; not supported: {not_supported}; "
    "without an outcome: {errors}"
)


def conformance_page(found: Conformance, page: Page) -> Blocks:
    """By clause how often the system agrees, differs, or does not support it; then where it parts, and what failed."""
    _ = page.translate
    rows = {clause: counts for clause, counts in found.by_clause().items() if any(counts.values())}
    table = page.table(
        Column(_("clause"), list(rows)),
        Column(_("agrees"), [str(counts["agrees"]) for counts in rows.values()], right=True),
        Column(_("differs"), [str(counts["differs"]) for counts in rows.values()], right=True),
        Column(_("not supported"), [str(counts["not_supported"]) for counts in rows.values()], right=True),
    )
    counts = _COUNTS.fill(
        questions=len(found.results),
        agrees=found.count("agrees"),
        differs=found.count("differs"),
        not_supported=found.count("not_supported"),
        errors=len(found.errors),
    )
    return stack(
        table if rows else None,
        Paragraph(page.words(counts)),
        section(_("Where it parts from the terms"), _parts(found)),
        section(_("Cases without an outcome"), _errors(found, page)),
    )


def _parts(found: Conformance) -> Bullets | None:
    lines = []
    for clause, smallest in found.smallest.items():
        first = next(each.differences[0] for each in found.results if each.parts_at == clause)
        lines.append(f"{first}; {smallest.line}")
    return Bullets(tuple(map(Paragraph, lines))) if lines else None


def _errors(found: Conformance, page: Page) -> Bullets | None:
    lines = [f"{each.id}: {_reason(each, page)}" for each in found.errors[:_MOST_ERRORS]]
    if more := len(found.errors) - len(lines):
        lines.append(page.words(Message("and {number} more", number=more)))
    if found.stopped is not None:
        lines.append(page.words(found.stopped))
    return Bullets(tuple(map(Paragraph, lines))) if lines else None


def _reason(result: Result, page: Page) -> str:
    return page.words(result.reason) if isinstance(result.reason, Message) else result.reason or ""


def conformance_junit(found: Conformance) -> str:
    """The XML of a run: a suite for each kind of question, a test for each question."""
    return junit_of(found.system, found.results, lambda each: each.kind, _counts, _test)


def _counts(results: Sequence[Result]) -> dict[str, int]:
    statuses: list[str] = [each.status for each in results]
    by_status = {"failures": "differs", "errors": "error", "skipped": "not_supported"}
    return {"tests": len(statuses)} | {key: statuses.count(status) for key, status in by_status.items()}


def _test(result: Result) -> Element:
    test = Element("testcase", classname=f"subsim.conformance.{result.kind}", name=visible(result.id))
    if result.status == "differs":
        failure = SubElement(test, "failure", message=visible(str(result.differences[0])))
        failure.text = visible("\n".join(map(str, result.differences)))
    elif result.status == "error":
        SubElement(test, "error", message=visible(str(result.reason)))
    elif result.status == "not_supported":
        SubElement(test, "skipped", message=visible(str(result.reason)))
    return test
