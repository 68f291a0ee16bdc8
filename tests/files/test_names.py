"""A name is kept letter by letter or refused, whatever it names; an amount with a comma is told in one error."""

import pytest

from subsim.basics.names import visible
from subsim.files.scenario import loads
from tests.support.faulty import said_of


def story(prices: str, *events: str, member: str = "") -> str:
    lines = "".join(f"  - {{{each}}}\n" for each in events)
    return f"scenario: x\nprices: {{{prices}}}\n{member}timeline:\n{lines}"


SIGN_UP = "date: 2020-01-01, event: sign_up, package: basis"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('"A\\u00a01"', "it has the white space U+00A0"),
        ('"A\\t1"', "it has the white space U+0009"),
        ('" A"', "it has spaces too many"),
        ('"A  1"', "it has spaces too many"),
        ('" "', "there is nothing in it"),
    ],
)
@pytest.mark.parametrize("named", ["member", "subscription", "package", "item"])
def test_white_space_that_could_be_overlooked_is_refused_in_every_name(named: str, written: str, said: str) -> None:
    text = {
        "member": story("basis: 1.00", SIGN_UP, member=f"member: {{id: {written}}}\n"),
        "subscription": story("basis: 1.00", f"{SIGN_UP}, subscription: {written}"),
        "package": story(f"basis: 1.00, {written}: 2.00", SIGN_UP),
        "item": story("basis: 1.00", SIGN_UP, f"date: 2020-01-02, event: buy, amount: 1.00, item: {written}"),
    }[named]
    (found,) = said_of(text)
    assert said in found


def test_a_name_with_one_space_within_is_kept() -> None:
    assert loads(story("basis: 1.00", SIGN_UP, member='member: {id: "A 1"}\n')).facts.person.id == "A 1"


def test_a_no_break_space_after_a_colon_is_the_only_fault() -> None:
    assert said_of(story("basis: 1.00", "date:\u00a02020-01-01, event: sign_up, package: basis")) == [
        "4:6 found the white space U+00A0 | write a plain space"
    ]


def test_a_package_that_cannot_be_read_leaves_no_price_list_empty() -> None:
    assert said_of(story('"ba\\asis": 1.00', SIGN_UP)) == [
        "2:10 found the character U+0007, expected text that can be read | remove it"
    ]


def test_a_moment_that_falls_on_a_day_too_late_is_told_by_its_day() -> None:
    (found,) = said_of(story("basis: 1.00", 'date: "2199-12-31T23:30:00Z", event: sign_up, package: basis'))
    assert "dates lie in 1900-2199" in found


def test_what_turns_letters_round_is_shown_as_its_code_point() -> None:
    assert visible("M\u202e1 æ") == "M[U+202E]1 æ"


def test_a_package_in_other_code_points_is_told_with_both() -> None:
    text = story('"gr\u00e5": 1.00', 'date: 2020-01-01, event: sign_up, package: "gra\u030a"')
    assert said_of(text) == [
        "4:49 'gra\u030a' has the letters of another name in other code points | "
        "write it as 'gr\u00e5': U+00E5 where this has U+0061"
    ]


def test_two_subscriptions_that_look_alike_are_refused() -> None:
    text = story("basis: 1.00", *(f'{SIGN_UP}, subscription: "{each}"' for each in ("\u00e5", "a\u030a")))
    (found,) = said_of(text)
    assert "has the letters of another name in other code points" in found


@pytest.mark.parametrize("prices", ["basis: 149,00", "basis: 149,00, family: 299.00", 'basis: "149,00"'])
def test_a_decimal_comma_is_one_error_that_writes_the_point(prices: str) -> None:
    (found,) = said_of(story(prices, SIGN_UP))
    assert "prices.basis is '149,00': write 149.00, with a decimal point" in found


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("149,-", "149.00"),
        ("kr. 149,-", "149.00"),
        ("DKK 149,50", "149.50"),
        ("1 149,00", "1149.00"),
        ("149,00 kr.", "149.00"),
        ("kr 1.149,5", "1149.50"),
    ],
)
def test_an_amount_as_danes_write_it_between_braces_is_one_error(written: str, right: str) -> None:
    (found,) = said_of(story(f"basis: {written}, family: 299.00", SIGN_UP))
    assert f"prices.basis is '{written}': write {right}" in found


def test_three_digits_after_a_comma_are_one_error_that_proposes_nothing() -> None:
    (found,) = said_of(story("basis: 149,000", SIGN_UP))
    assert found == (
        "2:17 prices.basis is '149,000': not an amount of kroner such as 149.00 | "
        "expected an amount of kroner such as 149.00"
    )


def test_the_sign_of_an_adjustment_stays_in_what_is_proposed() -> None:
    (found,) = said_of(story("basis: 149.00", SIGN_UP, "date: 2020-01-02, event: credit_adjusted, amount: -1.149,50"))
    assert "amount is '-1.149,50': write -1149.50, with a decimal point" in found


@pytest.mark.parametrize(("written", "right"), [("49,5", "49.50"), ("1.234,50", "1234.50"), ("0,99", "0.99")])
def test_a_decimal_comma_of_an_event_is_told_so_too(written: str, right: str) -> None:
    (found,) = said_of(story("basis: 149.00", SIGN_UP, f"date: 2020-01-02, event: pay, amount: {written}"))
    assert f"write {right}, with a decimal point" in found
