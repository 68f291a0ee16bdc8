import pytest

from subsim.terms.clauses import CLAUSES
from subsim.terms.terms import NUMBERS, Numbers, Terms, as_values, with_numbers

# the model, section 11
TABLE = [
    ("age-years", 18, ("adgang.9",)),
    ("credit-check-over", "5000.00", ("adgang.11",)),
    ("binding-months", 6, ("betaling.5",)),
    ("quarter-months", 3, ("betaling.5",)),
    ("notice-days", 30, ("opsigelse.2d",)),
    ("overdue-days", 10, ("betaling.4", "annullering.2c")),
    ("price-notice-days", 30, ("prisaendringer.1",)),
    ("price-exit-days", 3, ("prisaendringer.2",)),
    ("bound-exit-notice-days", 7, ("prisaendringer.2", "opsigelse.2")),
    ("bound-exit-window-days", 21, ("prisaendringer.2", "opsigelse.2")),
    ("service-notice-days", 30, ("proevetilbud.3",)),
    ("terms-notice-days", 30, ("aendringer.3",)),
    ("withdrawal-days", 14, ("fortrydelse.1",)),
    ("complaint-months", 1, ("tvister.2",)),
]


def test_the_numbers_are_those_of_the_terms_in_the_models_order() -> None:
    assert list(as_values(Numbers()).items()) == [(name, value) for name, value, _ in TABLE]


@pytest.mark.parametrize(("name", "clauses"), [(name, clauses) for name, _, clauses in TABLE])
def test_every_number_stands_beside_its_clauses(name: str, clauses: tuple[str, ...]) -> None:
    assert NUMBERS[name].clauses == clauses


def test_the_clauses_of_the_numbers_are_in_the_catalogue() -> None:
    assert [clause for _, _, clauses in TABLE for clause in clauses if clause not in CLAUSES] == []


def test_the_terms_in_force_have_their_own_numbers_unless_told_otherwise() -> None:
    assert Terms().numbers == Numbers()


def test_a_number_can_be_replaced_and_the_others_stay() -> None:
    changed = as_values(with_numbers(Numbers(), {"overdue-days": 14}))
    assert (changed["overdue-days"], changed["notice-days"]) == (14, 30)


def test_a_replaced_amount_is_in_ore_and_shown_in_kroner() -> None:
    assert as_values(with_numbers(Numbers(), {"credit-check-over": 100050}))["credit-check-over"] == "1000.50"


@pytest.mark.parametrize(("name", "text", "value"), [("notice-days", "0", 0), ("notice-days", "45", 45)])
def test_a_number_of_days_is_read_from_text(name: str, text: str, value: int) -> None:
    assert NUMBERS[name].read(text) == value


def test_the_limit_of_the_credit_assessment_is_read_as_kroner() -> None:
    assert NUMBERS["credit-check-over"].read("7500.50") == 750050


@pytest.mark.parametrize("text", ["-1", "1.5", "ten", "", "+3", "٣"])
def test_days_are_whole_numbers(text: str) -> None:
    with pytest.raises(ValueError, match="whole number of days"):
        NUMBERS["notice-days"].read(text)


@pytest.mark.parametrize("months", [1, 2, 3, 4, 6, 12])
def test_a_quarter_may_be_any_divisor_of_the_year(months: int) -> None:
    assert NUMBERS["quarter-months"].read(str(months)) == months


@pytest.mark.parametrize("months", ["0", "5", "7", "11", "13", "24"])
def test_a_quarter_that_does_not_divide_the_year_is_refused(months: str) -> None:
    with pytest.raises(ValueError, match="1, 2, 3, 4, 6, 12"):
        NUMBERS["quarter-months"].read(months)


@pytest.mark.parametrize("text", ["3661", "1" * 18, "0" * 18 + "1"])
def test_a_number_of_more_digits_than_any_has_is_too_large(text: str) -> None:
    with pytest.raises(ValueError, match="at most 3660 days"):
        NUMBERS["notice-days"].read(text)
