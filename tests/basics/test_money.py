import pytest

from subsim.basics.money import half_up, kroner
from subsim.basics.notation import ore, ore_of


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("149.00", 14900),
        ("149", 14900),
        ("149.5", 14950),
        ("0.05", 5),
        ("0", 0),
        ("0.00", 0),
        ("999999999.99", 99999999999),
    ],
)
def test_an_amount_of_kroner_is_read_as_whole_ore(text: str, amount: int) -> None:
    assert ore(text) == amount


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("149.005", "two decimals"),
        ("-1.00", r"0\.00 or more"),
        ("1000000000", "999999999.99"),
        ("149,00", "write 149.00, with a decimal point"),
        ("1,000.00", "not an amount"),
        ("1e3", "not an amount"),
        (".50", "not an amount"),
        ("149.", "not an amount"),
        ("149,00 kr.", "write 149.00: the number alone, with a decimal point"),
        ("kr. 149", "write 149.00: the number alone"),
        ("1.149,5 DKK", "write 1149.50: the number alone"),
        ("149,-", "write 149.00, with a decimal point"),
        ("1 149,00", "write 1149.00, with a decimal point"),
        ("-149,00", r"0\.00 or more"),
        ("kr.", "not an amount"),
        ("", "not an amount"),
    ],
)
def test_anything_else_is_no_amount(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        ore(text)


@pytest.mark.parametrize(
    ("amount", "text"), [(44700, "447.00"), (5, "0.05"), (0, "0.00"), (-44700, "-447.00"), (-5, "-0.05")]
)
def test_an_amount_is_written_with_two_decimals_and_read_again(amount: int, text: str) -> None:
    assert kroner(amount) == text
    assert ore_of(text) == amount


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(0, 1, 0), (1, 2, 1), (3, 2, 2), (149, 100, 1), (150, 100, 2), (151, 100, 2), (1, 3, 0), (2, 3, 1)],
)
def test_half_an_ore_is_rounded_up(numerator: int, denominator: int, rounded: int) -> None:
    assert half_up(numerator, denominator) == rounded
