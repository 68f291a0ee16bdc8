"""Paraphrases and readings take the numbers of the terms from those in force."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subsim.basics.languages import CODES, Code, language
from subsim.terms.clauses import CLAUSES
from subsim.terms.readings import POINTS
from subsim.terms.terms import NUMBERS, Number, Numbers, question_words, reading_words, with_numbers

_PLACEHOLDER = re.compile(r"\{[a-z-]+\}")
_ITEM_OF_A_LIST = re.compile(r"\b\d[a-z]\b")
_CLAUSE_ID = re.compile(r"\b[a-z]+\.\d+[a-z]?\b")
_DAY_OF_A_MONTH = "1 January"


def paraphrase(id: str, code: Code, **numbers: int) -> str:
    """The paraphrase with these numbers in force."""
    values = {name.replace("_", "-"): value for name, value in numbers.items()}
    return CLAUSES[id].text(code, with_numbers(Numbers(), values)).text(language(code))


@pytest.mark.parametrize("code", CODES)
def test_no_digit_of_a_number_of_the_terms_stands_in_a_paraphrase(code: Code) -> None:
    with_a_number = {id for number in NUMBERS.values() for id in number.clauses}
    typed = {id: CLAUSES[id].da if code == "da" else CLAUSES[id].en for id in with_a_number}
    bare = {id: _ITEM_OF_A_LIST.sub("", _PLACEHOLDER.sub("", text)) for id, text in typed.items()}
    assert {id: text for id, text in bare.items() if re.search(r"\d", text)} == {}


def test_no_digit_of_a_number_of_the_terms_stands_in_a_reading() -> None:
    words = [text for point in POINTS.values() for text in (point.question, *point.readings.values())]
    bare = [_CLAUSE_ID.sub("", _PLACEHOLDER.sub("", text)).replace(_DAY_OF_A_MONTH, "") for text in words]
    allowed = [text for text in bare if re.search(r"\d", text) and "§" not in text]
    assert allowed == []


@given(st.sampled_from([number for number in NUMBERS.values() if number.unit != "kroner"]), st.sampled_from(CODES))
def test_every_clause_of_a_number_names_the_number_in_force(number: Number, code: Code) -> None:
    value = 12 if number.allowed else 47
    said = [paraphrase(id, code, **{number.name: value}) for id in number.clauses]
    assert all(re.search(rf"\b{value} ", text) for text in said)


def test_the_notice_of_a_price_exit_is_the_one_in_force_in_both_languages() -> None:
    assert "at least 10 days before that day" in paraphrase("prisaendringer.2", "en", price_exit_days=10)
    assert "senest 10 dage forinden" in paraphrase("prisaendringer.2", "da", price_exit_days=10)


def test_one_day_is_no_plural() -> None:
    assert "at least 1 day before that day" in paraphrase("prisaendringer.2", "en", price_exit_days=1)


def test_the_amount_of_a_credit_check_is_written_as_the_language_writes_it() -> None:
    assert "over 5,000.00 kr." in paraphrase("adgang.11", "en")
    assert "beløbet 5.000,00 kr." in paraphrase("adgang.11", "da")


def test_a_reading_names_the_numbers_in_force() -> None:
    numbers = with_numbers(Numbers(), {"overdue-days": 14})
    words = reading_words("late-payment-cure", "cures", numbers)
    assert str(words) == "no: only while an amount is more than 14 days overdue"


def test_a_question_names_the_numbers_in_force() -> None:
    numbers = with_numbers(Numbers(), {"price-notice-days": 45})
    asked = question_words("short-price-notice", numbers)
    assert str(asked) == "What becomes of a price rise announced less than 45 days ahead?"
