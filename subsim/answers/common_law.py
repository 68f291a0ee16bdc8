"""What the law says of agreements that have much in common, as in several courses of events: each part found once."""

from collections.abc import Callable, Hashable

from subsim.answers.law import LawWay
from subsim.basics.dates import Day
from subsim.law import consumer_contracts, telecoms
from subsim.membership.agreement import End, Note
from subsim.terms.law_points import LawReadings


class CommonLaw:
    """What has been found for one question, of which the day and the law points that are set stay the same."""

    __slots__ = ("_of_consumers", "_of_telecoms", "_read", "_rows", "notes")

    def __init__(self) -> None:
        self._of_telecoms: dict[tuple[Day, Day, str], End] = {}
        self._of_consumers: dict[tuple[Day, Day, str], End] = {}
        """By act the statutory ends: by the days of the agreement and the notice, and the only reading they ask."""
        self._rows: dict[Hashable, list[LawWay]] = {}
        self._read: dict[tuple[tuple[str, ...], int], tuple[LawReadings, tuple[str, ...]]] = {}
        """By points and the `id` of readings these readings, which so stay alive, and what they say of the points."""
        self.notes: dict[Hashable, tuple[Note, ...]] = {}
        """The notes, by all that they depend on."""

    def end_by_telecoms(self, concluded_on: Day, notice: Day, readings: LawReadings) -> End:
        """The end of a notice by the orders on telecoms."""
        key = concluded_on, notice, readings.law_tele_month
        end = self._of_telecoms.get(key)
        if end is None:
            end = self._of_telecoms[key] = telecoms.ordinary_end(concluded_on, notice, readings)
        return end

    def end_by_consumer_contracts(self, concluded_on: Day, notice: Day, readings: LawReadings) -> End:
        """The end of a notice by the act on consumer contracts."""
        key = concluded_on, notice, readings.law_28_early
        end = self._of_consumers.get(key)
        if end is None:
            end = self._of_consumers[key] = consumer_contracts.ordinary_end(concluded_on, notice, readings)
        return end

    def read(self, points: tuple[str, ...], readings: LawReadings) -> tuple[str, ...]:
        """What the readings say of these points."""
        key = points, id(readings)
        known = self._read.get(key)
        if known is None:
            known = self._read[key] = readings, tuple(map(readings.of, points))
        return known[1]

    def rows(self, depends_on: Hashable, find: Callable[[], list[LawWay]]) -> list[LawWay]:
        """The rows of a route, by all that they depend on."""
        rows = self._rows.get(depends_on)
        if rows is None:
            rows = self._rows[depends_on] = find()
        return rows
