"""Names that look like markup, or steer what shows them, are shown as what they are in every form of a page."""

from xml.etree.ElementTree import fromstring

import pytest

from subsim.basics.names import visible
from subsim.checks.check import CaseResult
from subsim.pages.blocks import Lines, Paragraph
from subsim.pages.html import html_of
from subsim.pages.junit import junit_xml
from subsim.pages.markdown import markdown_of


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a[U+001B][31mb"),
        ("a\u202eb", "a[U+202E]b"),
        ("a\udcffb", "a[U+DCFF]b"),
        ("a\nb\tc", "a\nb\tc"),
        ("blåbær 日本", "blåbær 日本"),
    ],
)
def test_what_is_not_seen_is_shown_as_its_code_point(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_name_that_would_open_a_list_stays_a_line_of_its_own() -> None:
    assert markdown_of("T", [Lines(("Answer", "1. Anna"))]) == "# T\n\nAnswer  \n1\\. Anna\n"


@pytest.mark.parametrize("text", ["1. Anna", "- Anna"])
def test_within_a_line_nothing_opens_a_list(text: str) -> None:
    assert markdown_of("T", [Paragraph(text, "Name:")]) == f"# T\n\n**Name:** {text}\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("&lt;b&gt;", r"\&lt;b\&gt;"),
        ("A & B", "A & B"),
        ("https://example.com", r"https\://example.com"),
        ("www.example.com", r"www\.example.com"),
        ("a\u202eb", r"a\[U+202E\]b"),
        ("1. Anna", r"1\. Anna"),
        ("12) Anna", r"12\) Anna"),
        ("- Anna", r"\- Anna"),
        ("+ Anna", r"\+ Anna"),
        ("# Anna", r"\# Anna"),
        ("> Anna", r"\> Anna"),
        ("---", r"\---"),
        ("==", r"\=="),
        ("-100.00", "-100.00"),
        ("1.5", "1.5"),
        ("2020-01-15", "2020-01-15"),
    ],
)
def test_markdown_shows_a_name_letter_by_letter(text: str, written: str) -> None:
    assert markdown_of("T", [Paragraph(text)]) == f"# T\n\n{written}\n"


def test_html_shows_a_name_letter_by_letter() -> None:
    assert html_of([Paragraph("&lt;\u202e<b>")]) == "<p>&amp;lt;[U+202E]&lt;b&gt;</p>"


def test_junit_is_well_formed_whatever_a_file_is_called() -> None:
    case = CaseResult(file="a\x1b\x00b.yaml", variant=None, mismatches=())
    (suite,) = fromstring(junit_xml([case]))
    assert suite.get("name") == "a[U+001B][U+0000]b.yaml"
