"""A run as JUnit XML, which continuous integration reads: a suite for each file, a test for each case."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from subsim.basics.names import visible
from subsim.checks.run import tally
from subsim.pages.run import mismatch_line

if TYPE_CHECKING:
    from subsim.checks.check import CaseResult


def junit_xml(cases: Sequence["CaseResult"]) -> str:
    """The XML of a run."""
    root = _suite("testsuites", "subsim", cases)
    for file, its in groupby(cases, key=lambda case: case.file):
        of_file = list(its)
        suite = _suite("testsuite", file, of_file)
        suite.extend(map(_test, of_file))
        root.append(suite)
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode")


def _suite(tag: str, name: str, cases: Sequence["CaseResult"]) -> Element:
    counts = tally(cases)
    numbers = {"tests": counts.cases, "failures": counts.failed, "errors": counts.errors}
    return Element(tag, {"name": visible(name)} | {key: str(number) for key, number in numbers.items()})


def _test(case: "CaseResult") -> Element:
    test = Element("testcase", classname=visible(case.file), name=visible(case.variant or "as written"))
    if case.errors is not None:
        SubElement(test, "error", message="cannot be read").text = visible(str(case.errors))
    elif not case.ok:
        failure = SubElement(test, "failure", message=visible(", ".join(each.path for each in case.mismatches)))
        failure.text = visible("\n".join(map(mismatch_line, case.mismatches)))
    return test
