import pytest

from tests.support.story import ANNA, INVOICED, SHOP, story

LEND = "2020-01-15 lend_equipment item: box, value: 800.00"
END = "2020-02-01 terminate reason: misuse"
INVOICE = "2020-02-01 invoice_equipment item: box"
NOTHING_MORE = "acceleration: arrears-only"


def test_an_item_lent_is_to_be_returned_at_the_actual_end() -> None:
    told = story(SHOP, LEND, "2020-03-01 give_notice", until="2020-07-15")
    assert told.duties == ["2020-07-15 return_equipment udstyr.1"]


def test_before_the_end_nothing_is_to_be_returned() -> None:
    assert story(SHOP, LEND, "2020-03-01 give_notice", until="2020-07-14").duties == []


@pytest.mark.parametrize(
    "end", ["withdraw", "give_notice", "terminate reason: misuse", "terminate reason: none, settlement: refund"]
)
def test_an_end_at_once_asks_the_item_back_that_day(end: str) -> None:
    told = story(ANNA, LEND, f"2020-01-20 {end}")
    assert "2020-01-20 return_equipment udstyr.1" in told.duties


def test_each_item_lent_is_a_duty_of_its_own() -> None:
    told = story(SHOP, LEND, "2020-01-16 lend_equipment item: dish, value: 500.00", END)
    assert told.duties == ["2020-02-01 return_equipment udstyr.1", "2020-02-01 return_equipment udstyr.1"]


def test_an_item_returned_before_the_end_is_no_duty() -> None:
    assert story(SHOP, LEND, "2020-01-20 return_equipment item: box", END).duties == []


def test_the_end_of_another_subscription_asks_nothing_back() -> None:
    told = story(SHOP, LEND, "2020-01-16 sign_up package: mini, subscription: two", f"{END}, subscription: two")
    assert told.duties == []


@pytest.mark.parametrize(
    ("day", "refused"), [("2020-07-14", ["2020-07-14 invoice_equipment udstyr.1"]), ("2020-07-15", [])]
)
def test_an_item_may_be_invoiced_once_the_subscription_has_ended(day: str, refused: list[str]) -> None:
    told = story(SHOP, LEND, "2020-03-01 give_notice", f"{day} invoice_equipment item: box")
    assert told.refused == refused


def test_an_invoiced_item_is_a_line_of_its_value_without_a_package_or_dates() -> None:
    told = story(SHOP, LEND, END, INVOICE, under=NOTHING_MORE)
    assert told.invoices[-1].to_dict() == {
        "date": "2020-02-01",
        "due": "2020-02-01",
        "kind": "equipment",
        "subscription": "main",
        "package": None,
        "from": None,
        "to": None,
        "amount": "800.00",
        "paid_on": "2020-02-01",
        "interest": "0.00",
        "clause": "udstyr.1",
    }


def test_an_invoiced_member_pays_equipment_of_their_own_accord() -> None:
    told = story(INVOICED, LEND, END, INVOICE, under=NOTHING_MORE)
    assert told.paid_on == ["None", "None"]


def test_an_item_is_invoiced_once() -> None:
    assert story(SHOP, LEND, END, INVOICE, INVOICE).refused == ["2020-02-01 invoice_equipment udstyr.1"]


def test_an_item_returned_is_not_invoiced() -> None:
    told = story(SHOP, LEND, END, "2020-02-01 return_equipment item: box", INVOICE)
    assert told.refused == ["2020-02-01 invoice_equipment udstyr.1"]


def test_an_item_never_lent_is_not_invoiced() -> None:
    assert story(SHOP, END, INVOICE).refused == ["2020-02-01 invoice_equipment udstyr.1"]


def test_a_return_after_the_invoice_is_accepted_and_gives_nothing_back() -> None:
    told = story(SHOP, LEND, END, INVOICE, "2020-03-01 return_equipment item: box", under=NOTHING_MORE)
    assert (told.refused, told.totals["refunded"], told.totals["charged"]) == ([], "0.00", "1247.00")


def test_an_item_is_lent_once_at_a_time() -> None:
    again = "2020-01-16 lend_equipment item: box, value: 800.00"
    assert story(SHOP, LEND, again).refused == ["2020-01-16 lend_equipment udstyr.1"]


def test_an_item_returned_may_be_lent_again() -> None:
    back, again = "2020-01-16 return_equipment item: box", "2020-01-17 lend_equipment item: box, value: 800.00"
    assert story(SHOP, LEND, back, again, END).duties == ["2020-02-01 return_equipment udstyr.1"]


def test_an_item_that_is_not_lent_cannot_be_returned() -> None:
    told = story(SHOP, LEND, "2020-01-16 return_equipment item: dish")
    assert told.refused == ["2020-01-16 return_equipment udstyr.1"]


def test_an_item_is_returned_once() -> None:
    back = "2020-01-16 return_equipment item: box"
    assert story(SHOP, LEND, back, back).refused == ["2020-01-16 return_equipment udstyr.1"]


def test_nothing_is_lent_after_the_end() -> None:
    told = story(SHOP, END, "2020-02-02 lend_equipment item: box, value: 800.00")
    assert told.refused == ["2020-02-02 lend_equipment udstyr.1"]


def test_an_item_lent_before_its_id_was_signed_up_again_can_still_be_returned() -> None:
    told = story(
        "2020-01-15 sign_up package: basis, channel: shop",
        "2020-02-01 lend_equipment item: modem, value: 500.00",
        "2020-03-01 terminate reason: breach",
        "2020-04-01 sign_up package: basis, channel: shop",
        "2020-04-02 return_equipment item: modem",
        "2020-04-03 return_equipment item: modem",
    )
    assert told.refused == ["2020-04-03 return_equipment udstyr.1"]
