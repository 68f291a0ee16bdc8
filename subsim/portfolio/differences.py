"""The differences between two results of one member, before and after, for the tables."""

from collections.abc import Hashable
from typing import Any, Literal

from attrs import frozen

from subsim.answers.compare import End, Result
from subsim.answers.outcome import REFUSED_EVENT, Decision
from subsim.basics.dates import Day, days_between
from subsim.basics.money import kroner
from subsim.basics.notation import iso_or_none
from subsim.basics.pairs import match
from subsim.portfolio.columns import DATE, MONEY, NUMBER, REFUSAL, TEXT, Columns, ListOf

SUMS = ("charged", "paid", "refunded", "adjusted", "owed", "interest")
"""The totals that are compared."""

_ENDS: Columns = {
    "id": TEXT,
    "registered_on": DATE,
    "signed_up": TEXT,
    "ends_on_before": DATE,
    "ends_on_after": DATE,
    "days": NUMBER,
    "reason_before": TEXT,
    "reason_after": TEXT,
}
DIFFERENCES: Columns = {
    "subscriptions": ListOf(_ENDS),
    "days_apart": NUMBER,
    **{f"{name}_{when}": MONEY for name in SUMS for when in ("before", "after", "change")},
    "refused": ListOf({"only": TEXT, **REFUSAL}),
}
"""The columns of `Differences.to_dict`."""

Fate = Literal["sooner", "later", "now_ending", "no_longer_ending", "now_signed_up", "no_longer_signed_up"]


@frozen
class Ends:
    """The end of one subscription before and after; None where it was not signed up."""

    before: End | None
    after: End | None

    @property
    def days(self) -> int | None:
        """The days from the end before to the end after, negative where it is sooner; None unless both are known."""
        before, after = _day(self.before), _day(self.after)
        return None if before is None or after is None else days_between(before, after)

    @property
    def is_one_sided(self) -> bool:
        """Whether only one of the ends is known."""
        return (_day(self.before) is None) != (_day(self.after) is None)

    @property
    def fate(self) -> Fate | None:
        """The change of the end; None where it is the same."""
        if self.before is None:
            return "now_signed_up"
        if self.after is None:
            return "no_longer_signed_up"
        if self.is_one_sided:
            return "now_ending" if self.before.ends_on is None else "no_longer_ending"
        if not self.days:
            return None
        return "sooner" if self.days < 0 else "later"

    def to_dict(self) -> dict[str, Any]:
        """The JSON of both ends; `signed_up` says where the subscription is: `both`, `before` or `after`."""
        end = self.after or self.before
        assert end is not None
        return {
            "id": end.subscription,
            "registered_on": end.registered_on.isoformat(),
            "signed_up": "after" if self.before is None else "before" if self.after is None else "both",
            "ends_on_before": iso_or_none(_day(self.before)),
            "ends_on_after": iso_or_none(_day(self.after)),
            "days": self.days,
            "reason_before": self.before and self.before.reason,
            "reason_after": self.after and self.after.reason,
        }


@frozen
class Differences:
    """The results of one member before and after."""

    before: Result
    after: Result

    @property
    def ends(self) -> list[Ends]:
        """The ends of all subscriptions, paired where the subscription is in both."""
        return [Ends(*pair) for pair in match(self.before.ends, self.after.ends, _of_end)]

    def change(self, name: str) -> int:
        """The increase of a total, in øre."""
        more: int = getattr(self.after.totals, name) - getattr(self.before.totals, name)
        return more

    def to_dict(self) -> dict[str, Any]:
        """The JSON: all ends, the days between them in all, every total with its change, the refusals of one only."""
        ends = self.ends
        return {
            "subscriptions": [each.to_dict() for each in ends],
            "days_apart": days_apart(ends),
            **{key: value for name in SUMS for key, value in self._sum(name).items()},
            "refused": [
                {"only": only, **REFUSED_EVENT.write(refusal)}
                for pair in match(self.before.refused, self.after.refused, _of_refusal)
                for only, refusal in zip(("before", "after"), pair, strict=True)
                if refusal is not None and None in pair
            ],
        }

    def _sum(self, name: str) -> dict[str, str]:
        before, after = getattr(self.before.totals, name), getattr(self.after.totals, name)
        amounts = {"before": before, "after": after, "change": after - before}
        return {f"{name}_{when}": kroner(amount) for when, amount in amounts.items()}


def days_apart(ends: list[Ends]) -> int:
    """The days between the ends, sooner or later, over all subscriptions."""
    return sum(abs(each.days or 0) for each in ends)


def _of_end(end: End) -> Hashable:
    return end.subscription, end.registered_on


def _of_refusal(refusal: Decision) -> Hashable:
    return refusal.date, refusal.event, refusal.subscription


def _day(end: End | None) -> Day | None:
    return None if end is None else end.ends_on
