"""Lists of outcomes compared entry by entry: lines, payments, refunds, refusals, duties and decisions."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from subsim.terms.clauses import CLAUSES
from subsim.testing.outcomes.difference import LAST_DAY, Difference, clauses_of, says

Json = Any


def _matched(
    ours: list[Json], theirs: list[Json], keys: Iterable[str]
) -> tuple[list[tuple[int, Json, Json]], list[tuple[int, Json]], list[tuple[int, Json]]]:
    """The entries that belong together and differ, with their place in ours; then those of ours alone, of theirs alone.

    Entries equal in all values of theirs are paired first, then entries with equal values under the keys, as far as
    theirs has them. The order of a list matters for nothing else.
    """
    left, alone = dict(enumerate(ours)), []
    for place, entry in enumerate(theirs):
        same = next((index for index, each in left.items() if says(each, entry, entry)), None)
        if same is None:
            alone.append((place, entry))
        else:
            del left[same]
    pairs, unexpected = [], []
    for place, entry in alone:
        like = next((index for index, each in left.items() if says(each, entry, keys)), None)
        if like is None:
            unexpected.append((place, entry))
        else:
            pairs.append((like, left.pop(like), entry))
    return pairs, list(left.items()), unexpected


def of_list(
    identity: tuple[str, ...], clauses: Callable[[Json, Json], tuple[str, ...]]
) -> Callable[[str, Json, Json, Json], Iterator[Difference]]:
    """The comparison of a list whose entries are identified by these keys; `clauses` gives those of an entry."""

    def compare(part: str, ours: Json, theirs: Json, outcome: Json) -> Iterator[Difference]:
        pairs, missing, unexpected = _matched(ours, theirs, identity)
        for index, mine, other in pairs:
            for key, value in other.items():
                if key in mine and mine[key] != value:
                    yield Difference(
                        date=_earlier(mine, other),
                        path=f"{part}[{index}].{key}",
                        ours=mine.get(key),
                        theirs=value,
                        clauses=clauses_of(mine) or clauses(outcome, mine),
                    )
        for index, mine in missing:
            yield Difference(
                date=mine.get("date") or LAST_DAY,
                path=f"{part}[{index}]",
                ours=_in_short(mine),
                theirs=None,
                clauses=clauses_of(mine) or clauses(outcome, mine),
            )
        for _, other in unexpected:
            yield Difference(
                date=other.get("date") or LAST_DAY,
                path=part,
                ours=None,
                theirs=_in_short(other),
                clauses=clauses(outcome, other),
            )

    return compare


def _earlier(ours: Json, theirs: Json) -> str:
    return min(ours.get("date") or LAST_DAY, theirs.get("date") or LAST_DAY)


def _in_short(entry: Json) -> Json:
    return {key: entry[key] for key in ("date", "event", "duty", "kind", "subscription", "amount") if entry.get(key)}


def clauses_of_decision(outcome: Json, entry: Json) -> tuple[str, ...]:
    """The clauses of a decision: that of theirs, if it is one of the terms, and ours."""
    alike = [each for each in outcome.get("decisions", ()) if says(each, entry, ("date", "event", "subscription"))]
    theirs = [each for each in clauses_of(entry) if each in CLAUSES]
    return tuple(dict.fromkeys((*theirs, *clauses_of(alike[0] if alike else {}))))


def clauses_until(outcome: Json, entry: Json) -> tuple[str, ...]:
    """The clause of our last decision on the subscription of an entry that only theirs has, up to its date."""
    date, id = entry.get("date") or LAST_DAY, entry.get("subscription")
    decisions = outcome.get("decisions", ())
    made = [each for each in decisions if each["date"] <= date and (id is None or each["subscription"] in (None, id))]
    return clauses_of(made[-1] if made else decisions[0] if decisions else {})
