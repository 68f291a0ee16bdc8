"""The law where facts are in doubt: asked in as many worlds as show what it says in all of them."""

from collections.abc import Hashable, Iterable
from typing import NamedTuple

from subsim.answers.can_cancel import Answer
from subsim.answers.common_law import CommonLaw
from subsim.answers.law import LawAnswer, LawWay
from subsim.answers.worlds import InWorlds, ScenarioQuestion, World
from subsim.basics.values import with_fields
from subsim.membership.member import Member
from subsim.terms.law_routes import LAW_ROUTES


def law_at_turns(
    asked: ScenarioQuestion,
    found: InWorlds[Answer],
    members: dict[int, Member],
    runs: Iterable[list[World]],
    *,
    by_parts: bool,
) -> list[Answer]:
    """The answers with the law of some worlds, in order: each part of it that they share is shared by all worlds.

    `members` are those of the answers, by the `id` of each. Of each of the `runs` the first and the last world are
    asked: where both give the same, so do the worlds between. Between two that differ more are asked. But along the
    days of a notice each end and amount moves in one direction: `by_parts` then asks more only where a part that has
    been the same so far is another, and where one may come and go.
    """
    search = _Search(asked, found, members, by_parts)
    for run in runs:
        search.ask_along(run)
    return [search.known[id(answer)].answer for answer in found.values() if id(answer) in search.known]


class _ByLaw(NamedTuple):
    """An answer with the law, and each part of the law's answer by itself."""

    answer: Answer
    law: LawAnswer
    parts: dict[Hashable, object]


class _Search:
    """The worlds that have been asked, by the `id` of their answers, and what has been the same in all of them."""

    def __init__(
        self, asked: ScenarioQuestion, found: InWorlds[Answer], members: dict[int, Member], by_parts: bool
    ) -> None:
        self._asked, self._found, self._members, self._by_parts = asked, found, members, by_parts
        self._common = CommonLaw()
        self.known: dict[int, _ByLaw] = {}
        self._same: dict[Hashable, object] | None = None

    def ask_along(self, run: list[World]) -> None:
        """Ask the worlds of a run, as far as they may say something new."""
        first, last = self._ask(run[0]), self._ask(run[-1])
        if len(run) > 2 and not self._are_settled_between(first, last):
            middle = len(run) // 2
            self.ask_along(run[: middle + 1])
            self.ask_along(run[middle:])

    def _ask(self, world: World) -> _ByLaw:
        answer = self._found.found[world]
        if id(answer) not in self.known:
            case = self._asked.case(self._found, world)
            law = case.law(self._members[id(answer)], answer, self._common)
            parts = _parts(law)
            self.known[id(answer)] = _ByLaw(with_fields(answer, law=law), law, parts)
            so_far = parts if self._same is None else self._same
            self._same = {part: value for part, value in so_far.items() if part in parts and parts[part] == value}
        return self.known[id(answer)]

    def _are_settled_between(self, first: _ByLaw, last: _ByLaw) -> bool:
        """Whether the worlds between these of a run differ in nothing that has been the same so far."""
        if first.parts == last.parts:
            return True
        if not self._by_parts or first.parts.keys() != last.parts.keys():
            return False
        if any(first.parts[part] != last.parts[part] for part in self._same or () if part in first.parts):
            return False
        rows = zip(first.law.ways, last.law.ways, strict=True)
        return all(self._cannot_come_and_go(one, other, len(first.law.kinds)) for one, other in rows)

    def _cannot_come_and_go(self, one: LawWay, other: LawWay, kinds: int) -> bool:
        """Whether between two worlds a row stays one, and what compares its columns moves in one direction.

        A row of several kinds may be several for a while. Where the contract's column moves too, either may be better
        for a while, and so may a reading of a point.
        """
        if one.gist == other.gist and one.contract.gist == other.contract.gist:
            return True
        if kinds > 1 and one.kind is None and LAW_ROUTES[one.route].by_kind:
            return False
        compares = ((one.route, one.kind, name) in (self._same or ()) for name in ("better", "points"))
        return one.contract.gist == other.contract.gist or not any(compares)


def _parts(law: LawAnswer) -> dict[Hashable, object]:
    """The parts of the law's answer that are each the same in all worlds or not, by row and name."""
    parts: dict[Hashable, object] = {"why_not": law.why_not, "kinds": law.kinds, "notes": law.notes}
    for row in law.ways:
        for name, floor in (("sure", row.sure), ("arguable", row.arguable)):
            parts |= {(row.route, row.kind, name, place): value for place, value in enumerate(floor.gist)}
        rest = {"better": row.better, "provisions": row.provisions, "points": row.points, "because": str(row.because)}
        parts |= {(row.route, row.kind, name): value for name, value in rest.items()}
    return parts
