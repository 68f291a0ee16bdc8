"""Checks the end of an ordinary notice for every day of sign-up and every day of notice: `python -m tools.dates`.

The days of sign-up are those of four years with a leap year (2020-2023) and those around a turn of the century without
one (2099-2100). The days of notice are those of the two years after each. Every reading of the end, every billing and
some lengths of a trial are tried; the suite tries a sample. The end found is that of `subsim.rules`, for a subscription
signed up by the engine. The end expected is computed here from the calendar alone.

The laws: the end is not before the end of the binding, not before the days of notice, and not on the day of the notice.
It is the first boundary that keeps these. A later notice never ends sooner. In a trial the end is that of the trial.
While bound, the notice is refused where the reading says so.
"""

import argparse
import sys
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

from attrs import frozen

from subsim.engine.timeline import play
from subsim.engine.ways import best_way, ways_out
from subsim.membership.events import Amount, Billing, Count, PackageName, SignUp
from subsim.membership.facts import Facts
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.rules import termination
from subsim.terms.readings import Readings, with_choices
from subsim.terms.terms import Terms

Day = date
CYCLE = (Day(2020, 1, 1), Day(2023, 12, 31))
CENTURY = (Day(2099, 1, 1), Day(2100, 12, 31))
NOTICE_DAYS = 731
TRIALS = (0, 14, 30, 200)
_PACKAGE = PackageName("basis")
_MONTHS: dict[Billing, int] = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
_NOTICE, _BINDING = 30, 6
"""The terms' own numbers, typed again."""


@frozen
class Rule:
    """A reading of the end, with the anchor of the quarters or the billing that it depends on."""

    ordinary_notice: str
    quarter_anchor: str
    billing: Billing

    def boundaries(self, anchor: Day) -> list[Day] | None:
        """The days on which a subscription may end, in order; None for every day."""
        if self.ordinary_notice == "thirty-days":
            return None
        if self.ordinary_notice in ("quarterly", "quarter-end"):
            if self.quarter_anchor == "calendar":
                return [Day(anchor.year + ahead, month, 1) for ahead in range(5) for month in (1, 4, 7, 10)]
            return _every(anchor, 3)
        return _every(anchor, _MONTHS[self.billing])

    def first(self, not_before: Day, notice: Day, boundaries: list[Day] | None) -> Day:
        """The end by the laws: the first allowed day from `not_before` on that keeps the days of notice."""
        in_time = max(not_before, notice + timedelta(days=_NOTICE))
        if self.ordinary_notice == "thirty-days" or boundaries is None:
            return in_time
        later = max(not_before, notice + timedelta(days=1))
        if self.ordinary_notice == "quarterly":
            later = in_time
        on_boundary = boundaries[bisect_left(boundaries, later)]
        return min(on_boundary, in_time) if self.ordinary_notice == "earliest" else on_boundary


def _every(anchor: Day, step: int) -> list[Day]:
    """The same day number every so many months, for more than five years; the last day of a month that is shorter."""
    found = []
    for count in range(0, 76, step):
        year, month = divmod(anchor.month - 1 + count, 12)
        year += anchor.year
        last = (Day(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
        found.append(Day(year, month + 1, min(anchor.day, last)))
    return found


RULES = (
    *(
        Rule(reading, anchor, "quarterly")
        for reading in ("quarterly", "quarter-end")
        for anchor in ("subscription", "calendar")
    ),
    Rule("thirty-days", "subscription", "quarterly"),
    *(Rule(reading, "subscription", billing) for reading in ("period-end", "earliest") for billing in _MONTHS),
)
"""Every reading of the end with all that it hangs on; the rest changes nothing."""


def walk(sign_up: Day, trial_days: int, step: int = 1) -> Iterator[str | None]:
    """Check the ends of the notices after one sign-up: for each, None or what is wrong.

    `step` is the distance between two days of notice. The rules see the first day of the first period and the end of
    the binding, and not the trial before them; so a combination that a sign-up without a trial has covered is left out.
    """
    if not trial_days:
        for rule, in_binding in product(RULES, _IN_BINDING):
            member = _member(sign_up, 0, rule, _TRIAL_BINDINGS[0], in_binding)
            yield from _of_member(member, rule, in_binding, range(0, NOTICE_DAYS, step))
        return
    for trial_binding in _TRIAL_BINDINGS:
        member = _member(sign_up, trial_days, RULES[0], trial_binding, "counts")
        yield from _of_member(member, RULES[0], "counts", range(0, trial_days, step))
    is_walked = _is_tried(sign_up + timedelta(days=trial_days))
    for trial_binding, rule, in_binding in product(_TRIAL_BINDINGS, RULES, _IN_BINDING):
        member = _member(sign_up, trial_days, rule, trial_binding, in_binding)
        bound = (member.subscriptions[0].binding_ends - sign_up).days
        until = NOTICE_DAYS if not is_walked else bound if trial_binding == "from-registration" else 0
        yield from _of_member(member, rule, in_binding, range(trial_days, until, step))


def _is_tried(day: Day) -> bool:
    return any(first <= day <= last for first, last in (CYCLE, CENTURY))


_IN_BINDING = ("counts", "ends-at-binding", "refused")
_TRIAL_BINDINGS = ("from-registration", "from-conversion")


def _member(sign_up: Day, trial_days: int, rule: Rule, trial_binding: str, in_binding: str) -> Member:
    choices = {
        "ordinary-notice": rule.ordinary_notice,
        "quarter-anchor": rule.quarter_anchor,
        "trial-binding": trial_binding,
        "notice-in-binding": in_binding,
    }
    readings = with_choices(Readings(), choices)
    event = SignUp(date=sign_up, package=_PACKAGE, billing=rule.billing, trial_days=Count(trial_days))
    facts = Facts(prices={_PACKAGE: Amount(149_00)}, timeline=(event,))
    return play(facts, Terms(readings=readings), sign_up)


def _of_member(member: Member, rule: Rule, in_binding: str, days: range) -> Iterator[str | None]:
    subscription, sign_up = member.subscriptions[0], member.subscriptions[0].registered_on
    trial = 0 if subscription.trial_ends is None else (subscription.trial_ends - sign_up).days
    anchor, binds_from = sign_up + timedelta(days=trial), sign_up
    if trial and subscription.binding_ends != _every(sign_up, 1)[_BINDING]:
        binds_from = anchor
    binding_ends, boundaries, before = _every(binds_from, 1)[_BINDING], rule.boundaries(anchor), Day.min
    if subscription.binding_ends != binding_ends:
        yield f"signed up {sign_up}, trial {trial}: bound until {subscription.binding_ends}, not {binding_ends}"
    for ahead in days:
        notice = sign_up + timedelta(days=ahead)
        if in_binding != "counts" and notice >= binding_ends:
            return  # free: as under `counts`
        found, expected = (
            _end(member, subscription, notice),
            _expected(rule, in_binding, notice, binding_ends, boundaries),
        )
        if notice < anchor:
            expected = anchor
        wrong = found != expected or (found is not None and found < before and notice > anchor)
        yield f"{rule}, {in_binding}, {sign_up}, trial {trial}, {notice}: {found}, not {expected}" if wrong else None
        before = found or before


def _end(member: Member, subscription: Subscription, notice: Day) -> Day | None:
    """The end of a notice, in a trial or after it; None where the notice is refused."""
    if subscription.in_trial(notice):
        return best_way(subscription, notice, ways_out(member, subscription, notice)).ends_on
    return termination.way(member, subscription, notice).ends_on


def _expected(rule: Rule, in_binding: str, notice: Day, binding_ends: Day, boundaries: list[Day] | None) -> Day | None:
    if notice >= binding_ends:
        return rule.first(notice, notice, boundaries)
    if in_binding == "refused":
        return None
    if in_binding == "ends-at-binding" and rule.first(notice, notice, boundaries) <= binding_ends:
        return binding_ends
    return rule.first(binding_ends, notice, boundaries)


def sign_ups() -> Iterator[Day]:
    """Every day of sign-up that is tried."""
    for first, last in (CYCLE, CENTURY):
        yield from (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def main(arguments: list[str]) -> int:
    """Check all ends and print the counts; the exit code is 1 if a law is broken."""
    parser = argparse.ArgumentParser(description="the laws of the ends on every date")
    parser.add_argument("--part", default="1/1", help="only this part of the sign-up days, such as 1/2")
    parser.add_argument("--step", type=int, default=1, help="only every so many notice days")
    options = parser.parse_args(arguments)
    part, parts = map(int, options.part.split("/"))
    days = list(sign_ups())[part - 1 :: parts]
    ends = wrong = 0
    for sign_up, trial in product(days, TRIALS):
        for fault in walk(sign_up, trial, options.step):
            ends += 1
            if fault is not None:
                wrong += 1
                print(fault)
    print(f"{len(days)} sign-up days, trials of {TRIALS} days, {len(RULES)} rules: {ends:,} ends, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
