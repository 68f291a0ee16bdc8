"""What the law says of agreements that have much in common, as in several courses of events: each part found once."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from subsim.basics.dates import Day
from subsim.law import consumer_contracts, telecoms
from subsim.membership.agreement import End
from subsim.terms.law_points import LawReadings

T = TypeVar("T")


class CommonLaw:
    """What has been found for one question, of which the day and the law points that are set stay the same."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: dict[Hashable, Any] = {}  # each value is of the type that is found under its key
        """By what each part is, and all that it depends on."""

    def kept(self, key: Hashable, find: Callable[[], T]) -> T:
        """What was found under this key, or is found now."""
        if key not in self._found:
            self._found[key] = find()
        found: T = self._found[key]
        return found

    def end_by_telecoms(self, concluded_on: Day, notice: Day, readings: LawReadings) -> End:
        """The end of a notice by the orders on telecoms, which ask one reading only."""
        key = "end by telecoms", concluded_on, notice, readings.law_tele_month
        return self.kept(key, lambda: telecoms.ordinary_end(concluded_on, notice, readings))

    def end_by_consumer_contracts(self, concluded_on: Day, notice: Day, readings: LawReadings) -> End:
        """The end of a notice by the act on consumer contracts, which asks one reading only."""
        key = "end by consumer contracts", concluded_on, notice, readings.law_28_early
        return self.kept(key, lambda: consumer_contracts.ordinary_end(concluded_on, notice, readings))

    def read(self, points: tuple[str, ...], readings: LawReadings) -> tuple[str, ...]:
        """What the readings say of these points."""
        # the readings are kept too, so that their `id` stays theirs
        return self.kept(("read", points, id(readings)), lambda: (readings, tuple(map(readings.of, points))))[1]
