"""Files that nobody means well: each is refused in words, at once, and never by a traceback."""

from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subsim.basics.faults import InputErrors
from subsim.files.scenario import load, loads
from tests.support.faulty import SIGN_UP, said_of, with_timeline

STORY = with_timeline()
MANY = 9_000_000


@pytest.fixture(autouse=True)
def _stopwatch(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every single file is done with at once: in well under a second, and thrice that where the machine is busy."""
    began = process_time()
    yield
    assert process_time() - began < 3 or hasattr(request.function, "hypothesis")


def first_of(text: str | bytes) -> str:
    return said_of(text)[0]


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", " " * MANY, "\n" * MANY, "#" * MANY])
def test_a_file_of_nothing_is_empty(text: str) -> None:
    assert said_of(text) == ["1:1 the file is empty | a scenario begins with scenario: and a sentence"]


@pytest.mark.parametrize(("text", "found"), [("- a", "a list of 1"), ("a", "'a'"), ("~", "'~'"), ("[]", "a list of 0")])
def test_a_file_that_is_no_mapping_is_no_scenario(text: str, found: str) -> None:
    assert said_of(text) == [
        f"1:1 a scenario is {found}, expected a mapping (key: value) | a scenario begins with scenario: and a sentence"
    ]


def test_an_alias_bomb_does_not_go_off() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{last}, *{last}]\n" for last, name in zip("abcde", "bcdef", strict=True)
    )
    assert "2:8 aliases such as '*a' are not allowed | write the value out where it is needed" in said_of(bomb)


def test_a_hundred_thousand_aliases_end_the_reading() -> None:
    assert said_of("- &a x\n" + "- *a\n" * 20_000)[-1] == (
        "1000:3 reading stops here, after 1000 faults | mend these first: there may be more"
    )


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "{a: ", "[{a: "])
def test_deep_nesting_is_refused(opening: str) -> None:
    assert first_of(opening * 100_000).endswith("found more than 20 levels of nesting")


def test_deep_indentation_is_refused() -> None:
    assert (
        first_of("".join(f"{' ' * level}a:\n" for level in range(2000))) == "20:20 found more than 20 levels of nesting"
    )


@pytest.mark.parametrize("text", ["- a\n" * 2_400_000, f"[{'a,' * 4_900_000}]"])
def test_more_values_than_any_story_has_are_refused(text: str) -> None:
    assert said_of(text)[-1].endswith("found more than 50000 values")


def test_a_file_of_ten_million_bytes_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_bytes(STORY.encode() + b"#" * (10_000_000 - len(STORY)))
    assert load(path).sentence == "a story"


def test_a_larger_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_bytes(STORY.encode() + b"#" * (10_000_001 - len(STORY)))
    with pytest.raises(InputErrors, match=r"story\.yaml:1:1: the file is larger than 10 MB"):
        load(path)


def test_a_larger_text_is_refused() -> None:
    assert said_of("#" * 10_000_001) == ["1:1 the file is larger than 10 MB"]


def test_a_file_without_an_end_is_refused() -> None:
    with pytest.raises(InputErrors, match="the file is larger than 10 MB"):
        load("/dev/zero")


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(InputErrors, match="the file cannot be read: embedded null byte"):
        load("story\0.yaml")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"scenario: \xe6", "1:11 found the byte 0xe6, expected UTF-8 text | save the file as UTF-8"),
        (b"a: b\nc: \xc3", "2:4 found the byte 0xc3, expected UTF-8 text | save the file as UTF-8"),
        (STORY.encode("utf-16"), "1:1 found UTF-16, expected UTF-8 | save the file as UTF-8"),
        (STORY.encode("utf-16-be"), "1:1 found the character U+0000, expected text that can be read | remove it"),
        (bytes(1000), "1:1 found the character U+0000, expected text that can be read | remove it"),
        (b"\x7fELF\x02\x01\x01", "1:1 found the character U+007F, expected text that can be read | remove it"),
    ],
)
def test_what_is_no_utf_8_text_is_refused(data: bytes, found: str) -> None:
    assert said_of(data) == [found]


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x85", "\u2028", "\ud800", "\ufeff", "\uffff"])
def test_a_character_that_cannot_be_read_is_refused_where_it_stands(character: str) -> None:
    assert said_of(f"{STORY}until: {character}") == [
        f"5:8 found the character U+{ord(character):04X}, expected text that can be read | remove it"
    ]


def test_an_escaped_lone_surrogate_is_refused() -> None:
    assert first_of(r'scenario: "\ud800"') == (
        "1:14 this is not YAML: found invalid Unicode character escape code"
        " | write the character itself; in single quotes a backslash is only a backslash"
    )


@pytest.mark.parametrize("text", ["\ta: b", "timeline:\n\t- a", "a:\n  b: c\n\td: e"])
def test_tabs_are_no_indentation(text: str) -> None:
    assert first_of(text).endswith("found a tab, expected spaces | YAML indents with spaces only")


def test_a_tag_runs_nothing() -> None:
    assert first_of(f"{STORY}until: !!python/object/apply:os.system [ls]") == (
        "5:8 tags such as '!!python/object/apply:os.system' are not allowed"
        " | remove it: the format knows what each value is"
    )


def test_a_second_document_is_refused() -> None:
    assert said_of(f"{STORY}---\n{STORY}") == [
        "5:1 a second document begins here | one file holds one scenario: put this one into a file of its own"
    ]


def test_a_key_given_many_times_is_refused_many_times() -> None:
    assert len(said_of(STORY + "until: 2020-01-01\n" * 900)) == 899


@pytest.mark.parametrize("count", ["9" * MANY, "0x10", "1_000", "1e9", "१२", "²", "-1", "+1", "1.0", "Infinity", "NaN"])
def test_a_count_that_is_no_whole_number_is_refused(count: str) -> None:
    (fault,) = said_of(with_timeline(f"date: 2020-02-01, event: buy, item: film, amount: 1, access_days: {count}"))
    assert fault.startswith("5:72 access_days is '")
    assert fault.endswith(" | expected a whole number from 0 to 3660")


@pytest.mark.parametrize(
    "amount", ["9" * MANY, "0x10", "1_000", "1e400", ".5", "5.", "१२", "1,50", "+1", "nan", "1 000"]
)
def test_an_amount_that_is_none_is_refused(amount: str) -> None:
    (fault,) = said_of(f"scenario: a story\nprices: {{basis: '{amount}'}}\ntimeline:\n{SIGN_UP}")
    assert fault.startswith("2:17 prices.basis is '")
    assert fault.endswith(" | expected an amount of kroner such as 149.00")


@pytest.mark.parametrize(
    "date",
    [
        *("9999-12-31", "0000-01-01", "10000-01-01", "-2020-01-01", "२०२०-01-01", "2020-01-15T25:00:00Z"),
        *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2020-01-15T10:00:00+99:99", "9" * MANY),
    ],
)
def test_a_date_outside_the_calendar_is_refused(date: str) -> None:
    assert first_of(STORY.replace("2020-01-15", date)).startswith("4:12 date is '")


def test_a_thousand_unknown_packages_beside_a_long_price_list_are_still_told_quickly() -> None:
    prices = ", ".join(f"package{number}: 1" for number in range(10_000))
    events = "".join(f"  - {{date: 2020-01-15, event: change_package, to: pakage{number}}}\n" for number in range(2000))
    text = f"scenario: a story\nprices: {{basis: 1, {prices}}}\ntimeline:\n{SIGN_UP}{events}"
    assert said_of(text)[-1].endswith("mend these first: there may be more")


def test_the_longest_price_list_is_read_quickly() -> None:
    prices = ", ".join(f"package{number}: 1" for number in range(24_000))
    assert len(loads(f"scenario: a story\nprices: {{basis: 1, {prices}}}\ntimeline:\n{SIGN_UP}").facts.prices) == 24_001


@pytest.mark.parametrize(
    "sign", ['"', "'", ":", ": ", "!", "&", "*", "%", "%a\n", "---\n", "? ", ",", "}", "|\n x\n", "@"]
)
def test_a_file_of_nothing_but_signs_is_refused(sign: str) -> None:
    assert said_of(sign * (2_000_000 // len(sign)))


@given(st.text() | st.binary())
def test_no_text_makes_it_stumble(text: str | bytes) -> None:
    with pytest.raises(InputErrors):
        loads(text)


@given(st.data())
def test_no_change_of_a_good_file_makes_it_stumble(data: st.DataObject) -> None:
    story = with_timeline(
        "date: 2020-02-01, event: announce_price_change, prices: {basis: 159}, effective: 2020-04-01, via: [website]",
        rest="expect: {states: [[2020-01-15, bound]]}\nask: [{date: 2020-02-01, routes: {trial: closed}}]\n",
    )
    start = data.draw(st.integers(0, len(story)))
    end = data.draw(st.integers(start, min(start + 12, len(story))))
    put = data.draw(st.text("{}[]:,-#&*!|>'\"%@`~ \n\tnulltruebasis0123456789.", max_size=8))
    try:
        loads(story[:start] + put + story[end:])
    except InputErrors as caught:
        printed = str(caught)
        assert printed.startswith("<text>:")
