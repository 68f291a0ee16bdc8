"""The changes of one package's price as they reach a subscription."""

from subsim.basics.dates import Day
from subsim.basics.texts import Message
from subsim.membership.changes import Change, PriceChanges
from subsim.membership.events import AnnouncePriceChange

ANNOUNCED = Day(2020, 1, 1)


def a_change(order: int, effective: Day, reaches: Day | None = None) -> Change:
    """A change to as many øre as its order, which reaches the subscription on its date unless `reaches` is later."""
    announced = AnnouncePriceChange(date=ANNOUNCED, prices={}, effective=effective)
    return Change(announced, order, reaches or effective, Message(""), may_exit=False, price=order)


def test_the_latest_change_is_the_one_announced_last_whatever_its_day() -> None:
    changes = PriceChanges(100)
    assert changes.latest is None
    last = a_change(3, Day(2020, 3, 1))
    for change in (a_change(1, Day(2020, 5, 1)), a_change(2, Day(2020, 7, 1)), last):
        changes.add(change)
    assert changes.latest is last


def test_a_change_of_a_day_between_two_others_holds_from_its_day_to_the_next() -> None:
    changes = PriceChanges(100)
    for change in (a_change(1, Day(2020, 3, 1)), a_change(2, Day(2020, 7, 1)), a_change(3, Day(2020, 5, 1))):
        changes.add(change)
    days = (Day(2020, 2, 29), Day(2020, 3, 1), Day(2020, 4, 30), Day(2020, 5, 1), Day(2020, 6, 30), Day(2020, 7, 1))
    assert [changes.price(day) for day in days] == [100, 1, 1, 3, 3, 2]


def test_each_change_takes_effect_on_its_own_day_in_whatever_order_they_were_announced() -> None:
    changes = PriceChanges(100)
    first, last, between = a_change(1, Day(2020, 3, 1)), a_change(2, Day(2020, 7, 1)), a_change(3, Day(2020, 5, 1))
    for change in (first, last, between):
        changes.add(change)
    days = (Day(2020, 3, 1), Day(2020, 4, 30), Day(2020, 5, 1), Day(2020, 7, 1))
    assert [changes.on(day) for day in days] == [first, None, between, last]


def test_a_change_that_comes_late_never_applies_after_one_of_a_later_date() -> None:
    changes = PriceChanges(100)
    changes.add(a_change(1, Day(2020, 6, 1)))
    changes.add(a_change(2, Day(2020, 7, 1)))
    changes.add(a_change(3, Day(2020, 6, 15), reaches=Day(2020, 7, 10)))
    assert changes.price(Day(2020, 7, 10)) == 2


def test_a_change_overtakes_only_those_of_an_earlier_date_that_come_late() -> None:
    changes = PriceChanges(100)
    changes.add(a_change(1, Day(2020, 6, 1), reaches=Day(2020, 7, 20)))
    changes.add(a_change(2, Day(2020, 9, 1)))
    changes.add(a_change(3, Day(2020, 7, 10)))
    days = (Day(2020, 7, 9), Day(2020, 7, 10), Day(2020, 7, 20), Day(2020, 8, 31), Day(2020, 9, 1))
    assert [changes.price(day) for day in days] == [100, 3, 3, 3, 2]


def test_a_change_overtakes_the_last_one_where_that_comes_late() -> None:
    changes = PriceChanges(100)
    changes.add(a_change(1, Day(2020, 3, 1)))
    changes.add(a_change(2, Day(2020, 6, 1), reaches=Day(2020, 7, 20)))
    changes.add(a_change(3, Day(2020, 7, 10)))
    days = (Day(2020, 2, 29), Day(2020, 3, 1), Day(2020, 7, 9), Day(2020, 7, 10), Day(2020, 7, 20))
    assert [changes.price(day) for day in days] == [100, 1, 1, 3, 3]


def test_a_change_after_one_that_was_overtaken_holds_from_its_day() -> None:
    changes = PriceChanges(100)
    changes.add(a_change(1, Day(2020, 6, 1), reaches=Day(2020, 7, 20)))
    changes.add(a_change(2, Day(2020, 7, 10)))
    changes.add(a_change(3, Day(2020, 9, 1)))
    assert [each.order for each in changes.taking_effect()] == [2, 3]
    assert [changes.price(day) for day in (Day(2020, 7, 9), Day(2020, 7, 20), Day(2020, 9, 1))] == [100, 2, 3]


def test_those_with_one_more_leave_these_as_they_are() -> None:
    changes = PriceChanges(100)
    more = changes.after(a_change(1, Day(2020, 6, 1)))
    assert (changes.price(Day(2020, 6, 1)), more.price(Day(2020, 6, 1))) == (100, 1)
