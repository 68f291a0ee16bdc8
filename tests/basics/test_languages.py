"""English and Danish: dates, amounts, lists, the locale, and the completeness of the Danish catalogue."""

import gettext
import pickle
from io import BytesIO
from string import Formatter

import pytest

from subsim.basics.dates import Day
from subsim.basics.languages import FileWording, language, language_of_locale
from subsim.basics.texts import Message, join_words
from tests.support.faulty import errors_of, with_timeline
from tools.catalogue import MO, catalogue, compiled, messages

ENGLISH, DANISH = language("en"), language("da")


def test_english_writes_the_day_before_the_month() -> None:
    assert ENGLISH.day(Day(2020, 4, 15)) == "15 April 2020"


def test_danish_writes_a_point_after_the_day() -> None:
    assert DANISH.day(Day(2020, 4, 5)) == "5. april 2020"


def test_tables_shorten_the_month() -> None:
    assert (ENGLISH.short_day(Day(2020, 7, 5)), DANISH.short_day(Day(2020, 7, 5))) == ("5 Jul 2020", "5. jul. 2020")


def test_english_amounts_have_a_point_before_the_oere() -> None:
    assert ENGLISH.amount(44700) == "447.00 kr."


def test_danish_amounts_have_a_comma_before_the_oere_and_points_in_the_thousands() -> None:
    assert DANISH.amount(123450) == "1.234,50 kr."


def test_a_credit_has_a_plain_minus_in_both() -> None:
    assert (ENGLISH.figures(-123405), DANISH.figures(-123405)) == ("-1,234.05", "-1.234,05")


def test_a_list_ends_with_and() -> None:
    assert join_words(["house", "summer", "boat"], "and").text(ENGLISH) == "house, summer and boat"


def test_a_list_of_one_is_itself() -> None:
    assert join_words(["hus"], "and").text(DANISH) == "hus"


def test_a_message_without_danish_stays_english() -> None:
    assert DANISH.translate("no such message") == "no such message"


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "da_DK.UTF-8"}, "da"),
        ({"LANG": "da"}, "da"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "da_DK.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "da_DK.UTF-8"}, "da"),
        ({"LANG": "da_DK.UTF-8", "LC_ALL": ""}, "da"),
        ({"LANG": "da_DK.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANGUAGE": "da", "LANG": "C.UTF-8"}, "en"),
        ({"LANGUAGE": "da"}, "da"),
        ({"LANGUAGE": "sv:da:en", "LANG": "en_US.UTF-8"}, "da"),
    ],
)
def test_the_locale_chooses_the_language(environment: dict[str, str], code: str) -> None:
    assert language_of_locale(environment) == code


# Faults of files


def in_danish(line: str) -> list[str]:
    """The faults of a scenario with this event, as the command prints them in Danish."""
    return [error.in_words(FileWording(DANISH)) for error in errors_of(line)]


def test_a_misspelt_event_in_danish() -> None:
    assert in_danish(with_timeline("date: 2020-04-15, event: give_notise")) == [
        "story.yaml:5:31: ingen hændelse hedder 'give_notise'\n"
        "  5 |   - {date: 2020-04-15, event: give_notise}\n"
        "    |                               ^\n"
        "mente du 'give_notice'?"
    ]


def test_an_unknown_field_in_danish() -> None:
    assert in_danish(with_timeline("date: 2020-04-15, event: give_notice, colour: red")) == [
        "story.yaml:5:44: give_notice har ikke feltet 'colour'\n"
        "  5 |   - {date: 2020-04-15, event: give_notice, colour: red}\n"
        "    |                                            ^\n"
        "felterne er date, event, subscription, ground, wanted_end, id og disputed"
    ]


def test_a_bad_date_in_danish() -> None:
    assert in_danish(with_timeline("date: 2020-02-30, event: give_notice")) == [
        "story.yaml:5:12: date er '2020-02-30': den dag findes ikke i kalenderen\n"
        "  5 |   - {date: 2020-02-30, event: give_notice}\n"
        "    |            ^\n"
        "forventet: en dato som 2020-04-15, et tidspunkt som 2020-04-15T09:30:00+02:00 eller et spænd som "
        "2020-03-01..2020-03-20"
    ]


def test_what_is_quoted_stays_as_it_was_written() -> None:
    fault = Message("{what} has no field {found}", what=Message("a scenario"), found="'{a text}'")
    assert str(fault) == "a scenario has no field '{a text}'"
    assert fault.text(DANISH) == "et scenarie har ikke feltet '{a text}'"


def test_every_fault_in_english_is_the_fault_itself() -> None:
    for error in errors_of(with_timeline("date: 2020-02-30, event: give_notise, form: 1")):
        assert error.in_words(FileWording(ENGLISH)) == str(error)


def test_a_message_survives_being_sent_to_another_process() -> None:
    sent = pickle.loads(pickle.dumps(Message("{key} is given twice", key="'a'")))
    assert sent.text(DANISH) == "'a' er angivet to gange"


# The catalogue


def test_every_message_of_the_sources_has_its_danish() -> None:
    danish = catalogue()
    known = {message.id for message in danish if message.id and message.string and all(message.string)}
    assert sorted(map(str, set(messages()) - known)) == []


def test_the_catalogue_holds_no_message_that_the_sources_lack() -> None:
    assert sorted(str(message.id) for message in catalogue() if message.id and message.id not in messages()) == []


def test_no_danish_names_another_value_than_its_english() -> None:
    assert [error for message in catalogue() for error in message.check(catalogue())] == []


def test_no_danish_is_filled_in_with_a_value_that_its_english_lacks() -> None:
    def values(message_or_its_forms: object) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(str(message_or_its_forms)) if name is not None}

    assert [message.id for message in catalogue() if values(message.string) - values(message.id)] == []


def test_the_compiled_catalogue_is_that_of_the_po_file() -> None:
    with MO.open("rb") as file:
        committed = gettext.GNUTranslations(file)
    fresh = gettext.GNUTranslations(BytesIO(compiled(catalogue())))
    ids = [message.id if isinstance(message.id, str) else message.id[0] for message in catalogue() if message.id]
    assert [id for id in ids if committed.gettext(id) != fresh.gettext(id)] == []
