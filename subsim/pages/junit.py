"""JUnit XML for continuous integration. A run has a suite for each file and a test for each case."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from subsim.basics.names import visible
from subsim.checks.run import tally
from subsim.pages.run import mismatch_line

if TYPE_CHECKING:
    from subsim.checks.check import CaseResult


T = TypeVar("T")


def junit_xml(cases: Sequence["CaseResult"]) -> str:
    """The XML of a run."""
    return junit_of("subsim", cases, lambda case: case.file, _counts, _test)


def junit_of(
    name: str,
    cases: Sequence[T],
    suite_of: Callable[[T], str],
    counts: Callable[[Sequence[T]], Mapping[str, int]],
    test: Callable[[T], Element],
) -> str:
    """The XML of cases of any kind; adjacent cases with the same suite name share a suite, which has counts."""

    def suite(tag: str, title: str, its: Sequence[T]) -> Element:
        return Element(tag, {"name": visible(title)} | {key: str(number) for key, number in counts(its).items()})

    root = suite("testsuites", name, cases)
    for title, group in groupby(cases, key=suite_of):
        its = list(group)
        root.append(suite("testsuite", title, its))
        root[-1].extend(map(test, its))
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode")


def _counts(cases: Sequence["CaseResult"]) -> dict[str, int]:
    counts = tally(cases)
    return {"tests": counts.cases, "failures": counts.failed, "errors": counts.errors}


def _test(case: "CaseResult") -> Element:
    test = Element("testcase", classname=visible(case.file), name=visible(case.variant or "as written"))
    if case.errors is not None:
        SubElement(test, "error", message="cannot be read").text = visible(str(case.errors))
    elif not case.ok:
        failure = SubElement(test, "failure", message=visible(", ".join(each.path for each in case.mismatches)))
        failure.text = visible("\n".join(map(mismatch_line, case.mismatches)))
    return test
