"""What has been announced, and what a subscription knows of it."""

from subsim.basics.dates import Day
from subsim.membership.changes import PriceChanges
from subsim.membership.knowledge import Announcements, Knowledge


def test_the_days_of_effect_are_in_order_each_once() -> None:
    announced = Announcements()
    for month in (3, 2, 3, 4):
        announced.expect(Day(2020, month, 1))
    assert announced.days == [Day(2020, 2, 1), Day(2020, 3, 1), Day(2020, 4, 1)]


def test_what_is_made_of_a_shared_one_is_made_once_and_shared_too() -> None:
    shared = Knowledge({}, ())
    shared.is_shared = True
    made = [shared.kept("basis", lambda: Knowledge({}, ())) for _ in range(2)]
    assert made[0] is made[1]
    assert made[0].is_shared


def test_only_what_concerns_these_packages_is_kept() -> None:
    known = Knowledge({"basis": PriceChanges(100), "mini": PriceChanges(100)}, ())
    assert set(known.keeping("basis").price_changes) == {"basis"}
    assert known.keeping("basis", "mini") is known
