import pytest
import yaml

from subsim.basics.faults import Faults, InputErrors, Place
from subsim.files import yaml_nodes as yaml_tree
from subsim.files.yaml_nodes import Entry, Mapping, Node, Scalar, Sequence, tree


@pytest.fixture(params=["libyaml", "pure Python"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure Python":
        monkeypatch.setattr(yaml_tree, "_LOADER", yaml.BaseLoader)


def parsed(text: str) -> Node | None:
    faults = Faults("story.yaml", text)
    root = tree(text, faults)
    if faults:
        raise faults.as_errors()
    return root


def faults_of(text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(InputErrors) as caught:
        parsed(text)
    return [(error.line, error.column, error.message) for error in caught.value.errors]


def test_a_scalar_stays_the_text_that_was_written() -> None:
    assert parsed("12:30") == Scalar("12:30", True, Place(1, 1))


def test_a_bare_on_or_yes_or_no_is_text() -> None:
    assert parsed("[on, yes, no]") == Sequence(
        (Scalar("on", True, Place(1, 2)), Scalar("yes", True, Place(1, 6)), Scalar("no", True, Place(1, 11))),
        Place(1, 1),
    )


def test_a_mapping_knows_the_places_of_its_keys_and_values() -> None:
    key, value = Scalar("item", True, Place(2, 3)), Scalar("boks", False, Place(2, 9))
    assert parsed("#\n  item: 'boks'\n") == Mapping({"item": Entry(key, value)}, Place(2, 3))


def test_columns_count_characters_and_not_bytes() -> None:
    assert parsed("[æøå😀, x]") == Sequence(
        (Scalar("æøå😀", True, Place(1, 2)), Scalar("x", True, Place(1, 8))), Place(1, 1)
    )


@pytest.mark.parametrize("text", ["~", "null", "Null", "NULL", "{a: }"])
def test_nothing_is_meant_by_an_empty_plain_value_a_tilde_or_a_bare_null(text: str) -> None:
    root = parsed(text)
    value = root.get("a") if isinstance(root, Mapping) else root
    assert isinstance(value, Scalar)
    assert value.is_null


@pytest.mark.parametrize("text", ["'~'", '"null"', "''", "nULL", "none"])
def test_a_quoted_or_another_word_is_text(text: str) -> None:
    value = parsed(text)
    assert isinstance(value, Scalar)
    assert not value.is_null


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing but a comment\n"])
def test_a_text_without_a_document_has_no_tree(text: str) -> None:
    assert parsed(text) is None


def test_lines_may_end_in_any_of_the_three_ways() -> None:
    for text in ("a: b\nc: d", "a: b\r\nc: d", "a: b\rc: d"):
        root = parsed(text)
        assert isinstance(root, Mapping)
        assert root.place_of("c") == Place(2, 4)


def test_a_duplicate_key_names_both_places() -> None:
    assert faults_of("a: 1\nb: 2\na: 3") == [(3, 1, "'a' is given twice, first on line 1, column 1")]


def test_a_key_that_is_quoted_the_second_time_is_a_duplicate_too() -> None:
    assert faults_of("{a: 1, 'a': 2}") == [(1, 8, "'a' is given twice, first on line 1, column 2")]


def test_anchors_and_aliases_are_refused_each_in_its_place() -> None:
    assert faults_of("- &a x\n- *a") == [
        (1, 3, "anchors such as '&a' are not allowed"),
        (2, 3, "aliases such as '*a' are not allowed"),
    ]


def test_a_merge_key_is_refused() -> None:
    assert faults_of("{<<: {a: 1}}") == [(1, 2, "merge keys ('<<') are not allowed")]


def test_tags_are_refused() -> None:
    assert faults_of("!!set {a: !odd b}") == [
        (1, 1, "tags such as '!!set' are not allowed"),
        (1, 11, "tags such as '!odd' are not allowed"),
    ]


def test_a_tag_directive_is_refused() -> None:
    assert faults_of("%TAG ! tag:example.com,2020:\n---\na")[0][2] == "tags are not allowed"


def test_a_yaml_directive_is_allowed() -> None:
    assert parsed("%YAML 1.2\n---\na") == Scalar("a", True, Place(3, 1))


def test_a_second_document_is_refused_where_it_begins() -> None:
    assert faults_of("a: 1\n---\nb: 2") == [(2, 1, "a second document begins here")]


def test_a_key_that_is_a_list_or_a_mapping_is_refused() -> None:
    assert faults_of("? [a]\n: 1") == [(1, 3, "found a list or a mapping as a key, expected a word")]


def test_an_empty_key_is_refused() -> None:
    assert faults_of("{~: 1}") == [(1, 2, "found a key that is empty, expected a word")]


def test_twenty_levels_are_read() -> None:
    assert parsed("[" * 20 + "]" * 20) is not None


def test_twenty_one_levels_are_too_many() -> None:
    assert faults_of("[" * 21 + "]" * 21) == [(1, 21, "found more than 20 levels of nesting")]


def test_all_that_is_refused_is_reported_at_once() -> None:
    assert [message for _, _, message in faults_of("a: &x 1\na: *x\nb: !t c")] == [
        "anchors such as '&x' are not allowed",
        "'a' is given twice, first on line 1, column 1",
        "aliases such as '*x' are not allowed",
        "tags such as '!t' are not allowed",
    ]


def test_an_escape_may_not_smuggle_a_control_character_in() -> None:
    assert faults_of(r'a: "\e[31m"') == [(1, 4, "found the character U+001B, expected text that can be read")]
