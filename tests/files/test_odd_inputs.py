"""What people hand in who have not seen the format: other files, free text, no dashes, Danish words."""

import pytest

from subsim.basics.faults import InputErrors
from subsim.files.scenario import loads
from subsim.files.words import WRITTEN, word_meant
from subsim.membership.events import EVENTS

HEAD = "scenario: a story\nprices: {basis: 149.00}\n"


def said(text: str | bytes) -> list[str]:
    """Each fault and its remedy, without its place."""
    with pytest.raises(InputErrors) as raised:
        loads(text)
    return [" | ".join(filter(None, (each.message, each.remedy))) for each in raised.value.errors]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04\x14\x00\x00\x00xl/workbook.xml", "Excel"),
        (b"PK\x03\x04\x14\x00\x00\x00word/document.xml", "Word"),
        (b"PK\x03\x04\x14\x00\x00\x00story.yaml", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel"),
        (b"%PDF-1.7\n\xe2\xe3", "PDF"),
    ],
)
def test_a_file_of_another_kind_is_called_by_its_kind(data: bytes, kind: str) -> None:
    assert said(data) == [f"it is a file of {kind}, expected text in YAML | write it as text in YAML, in UTF-8"]


def test_a_packed_file_is_to_be_unpacked() -> None:
    assert said(b"\x1f\x8b\x08\x00") == [
        "it is a file of gzip, expected text in YAML | unpack it; members are read by subsim portfolio"
    ]


def test_free_text_is_told_how_a_scenario_begins() -> None:
    assert said("Jeg vil gerne opsige.") == [
        "a scenario is 'Jeg vil gerne opsige.', expected a mapping (key: value)"
        " | a scenario begins with scenario: and a sentence"
    ]


DASH = "begin each event with a dash: - {date: 2020-04-15, event: give_notice}"


def test_free_text_in_place_of_a_timeline_is_told_how_an_event_is_written() -> None:
    assert said(f"{HEAD}timeline: Anna left in May\n") == [f"timeline is 'Anna left in May', expected a list | {DASH}"]


def test_a_timeline_without_dashes_is_told_to_have_them() -> None:
    text = f"{HEAD}timeline:\n  date: 2020-01-01\n  event: sign_up\n  package: basis\n"
    assert said(text) == [f"timeline is a mapping, expected a list | {DASH}"]


def test_free_text_in_place_of_an_event_is_told_how_one_is_written() -> None:
    assert said(f"{HEAD}timeline:\n  - Anna leaves\n") == [
        "an entry of timeline is 'Anna leaves', expected a mapping (key: value)"
        " | write the event as {date: 2020-04-15, event: give_notice}"
    ]


@pytest.mark.parametrize(
    ("danish", "event"),
    [
        ("opsigelse", "give_notice"),
        ("Tilmelding", "sign_up"),
        ("betaling", "pay"),
        ("skift pakke", "change_package"),
        ("fortrydelse", "withdraw"),
        ("payment", "pay"),
    ],
)
def test_another_word_for_an_event_leads_to_it(danish: str, event: str) -> None:
    text = f"{HEAD}timeline:\n  - {{date: 2020-01-01, event: {danish}}}\n"
    assert said(text) == [f"no event is called '{danish}' | did you mean '{event}'?"]


def test_a_danish_key_leads_to_that_of_the_format() -> None:
    assert said(f"{HEAD}timeline:\n  - {{dato: 2020-01-01, event: sign_up, package: basis}}\n") == [
        "sign_up has no field 'dato' | did you mean 'date'?"
    ]


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_has_another_word(event: str) -> None:
    assert {word_meant(word, tuple(EVENTS)) for word in WRITTEN[event].split()} == {event}


def test_a_notice_without_a_sign_up_is_told_that_the_sign_up_is_missing() -> None:
    assert said(f"{HEAD}timeline:\n  - {{date: 2020-02-01, event: give_notice}}\n") == [
        "the timeline has no sign_up, which give_notice needs before it"
        " | add the sign-up with its own date: {date: 2020-02-01, event: sign_up, package: basis}"
    ]


def test_without_a_sign_up_one_fault_is_told_for_many_events() -> None:
    text = f"{HEAD}timeline:\n" + "  - {date: 2020-02-01, event: log_in, subscription: tv}\n" * 3
    assert len(said(text)) == 1


def test_an_event_that_names_no_subscription_is_told_the_one_there_is() -> None:
    text = (
        f"{HEAD}timeline:\n  - {{date: 2020-01-01, event: sign_up, package: basis, subscription: house}}\n"
        "  - {date: 2020-02-01, event: give_notice}\n"
    )
    assert said(text) == ["no sign_up of the timeline names the subscription 'main' | add subscription: house"]
