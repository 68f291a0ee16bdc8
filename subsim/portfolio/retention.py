"""`subsim portfolio retention`: what is due of all members in a period, and what is kept, unclear or overdue.

Each member is asked about as of the header's last day, or the last day of the period if that is earlier. Nothing is
deleted: the list is an order, and later `disposed` events prove that it was done.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from attrs import field, frozen

from subsim.basics.dates import Day, days_between, months
from subsim.basics.notation import iso_month, iso_or_none
from subsim.membership.facts import FaultInFacts
from subsim.portfolio.columns import DATE, NUMBER, TEXT, WHO, Columns
from subsim.portfolio.header import Header
from subsim.portfolio.members import MemberRecord, Reader
from subsim.portfolio.replays import facts_under, rejection
from subsim.portfolio.sheets import Rows, RowSheets
from subsim.portfolio.sums import Sums
from subsim.retention.facts import Fact, story_of
from subsim.retention.labels import STATUSES
from subsim.retention.report import Asked, Held, Retention
from subsim.retention.retention import retention_of
from subsim.retention.schedule import Schedule, schedule_of

_Row = dict[str, Any]
_HOLDING: Columns = {**WHO, "category": TEXT, "id": TEXT}
_LISTS: dict[str, Columns] = {
    "disposals": {**_HOLDING, "action": TEXT, "dispose_by": DATE, "clause": TEXT, "status": TEXT},
    "kept": {**_HOLDING, "due_but_for_this": DATE, "clause": TEXT, "kept_by": TEXT, "kept_until": DATE},
    "unclear": {**_HOLDING, "request": TEXT, "clause": TEXT, "point": TEXT, "not_before": DATE},
    "overdue": {**_HOLDING, "request": TEXT, "due_by": DATE, "clause": TEXT, "days": NUMBER},
    "requests": {
        **WHO,
        "request": TEXT,
        "right": TEXT,
        "received_on": DATE,
        "answer_by": DATE,
        "clause": TEXT,
        "status": TEXT,
    },
}
_DISPOSED: dict[str, Columns] = {"disposed": {**_HOLDING, "action": TEXT, "disposed_on": DATE}}
MONTHS_AHEAD = 12
"""How many months after the period the sums by month go on for."""


@frozen
class Period:
    """The days asked about, both included."""

    first: Day
    last: Day

    def holds(self, day: Day | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.first <= day <= self.last


@frozen
class DisposalList:
    """List what is due of every member in a period, and what was disposed of since a day; one may be None."""

    header: Header
    period: Period | None = None
    disposed_since: Day | None = None
    schedule: Schedule = field(init=False, repr=False, eq=False)

    @schedule.default
    def _schedule(self) -> Schedule:
        return schedule_under(self.header)

    @property
    def tables(self) -> dict[str, Columns]:
        """The tables: the lists of the period, and what must be erased again after a backup is restored."""
        return (_LISTS if self.period else {}) | (_DISPOSED if self.disposed_since else {})

    @property
    def reader(self) -> Reader:
        """The reader of lines, which gives events, as retention needs them."""
        return Reader(self.header.prices, self.header.policy, as_events=True, assume=self.header.assume)

    @property
    def date(self) -> Day:
        """The day as of whose end the members are asked about."""
        return min(self.header.until, self.period.last) if self.period else self.header.until

    def sheets(self) -> RowSheets:
        """Its tables, without any rows."""
        return RowSheets(self.tables)

    def of_member(self, own: MemberRecord, line: int, sums: Sums) -> Rows:
        """The rows of the lists; the sums."""
        found = retention_of(story_under(self.header, own, self.date), self.schedule, self.date)
        who = {"line": line, "member": own.member.id}
        sums["members"]["replayed"] += 1
        for held in found.holdings:
            sums["holdings"][held.status] += 1
        rows: Rows = {}
        if self.period is not None:
            rows |= {name: [who | row for row in made] for name, made in _lists(found, self.period)}
            _add(sums, found, rows, self.period)
        if self.disposed_since is not None:
            rows["disposed"] = [who | row for row in _disposed_since(found, self.disposed_since)]
            sums["members"]["disposed"] += len(rows["disposed"])
        return rows

    def summary(self, sums: Sums, rows: Callable[[str], Iterator[_Row]]) -> _Row:
        """The size of each list, by clause, by day, and by month until twelve months after the period."""
        replayed, rejected = sums["members"]["replayed"], sums["members"]["rejected"]
        policy = self.schedule.policy
        found: _Row = {
            "until": self.date.isoformat(),
            "policy": policy.id,
            "profile": self.schedule.profile,
            "records": replayed + rejected,
            "rejected": rejected,
            "replayed": replayed,
            "holdings": {status: sums["holdings"][status] for status in STATUSES},
        }
        if self.period is not None:
            found |= {
                "from": self.period.first.isoformat(),
                "to": self.period.last.isoformat(),
                **{name: sums["lists"][name] for name in _LISTS},
                "members_with_disposals": sums["lists"]["members"],
                "by_clause": _by_clause(sums),
                "by_day": [
                    {"date": day, "category": category, "clause": clause, "holdings": number}
                    for (day, category, clause), number in sorted(sums["days"].items())
                ],
                "months": _months(sums, self.period),
            }
        if self.disposed_since is not None:
            found |= {"disposed_since": self.disposed_since.isoformat(), "disposed": sums["members"]["disposed"]}
        return found


def schedule_under(header: Header) -> Schedule:
    """The policy that a header names, under what is chosen for it."""
    assert header.policy is not None, "the header names no policy"
    choice = header.policy_choice
    return schedule_of(
        header.policy, choice.profile_name, choice.policy_readings, choice.policy_numbers, header.settings
    )


def story_under(header: Header, own: MemberRecord, until: Day) -> Sequence[Fact]:
    """The story of a member under a header, up to a day; raises Rejected for a fault that only the replay finds."""
    assert header.policy is not None, "the header names no policy"
    facts = facts_under(header, own)
    try:
        return story_of(facts, header.terms, header.policy, until)
    except FaultInFacts as fault:
        raise rejection(fault, own, facts, header) from None


# The lists


def _lists(found: Retention, period: Period) -> Iterator[tuple[str, list[_Row]]]:
    there = [held for held in found.holdings if held.disposed_on is None]
    yield "disposals", [_disposal(held) for held in there if period.holds(held.dispose_by)]
    yield "kept", [row for held in there for row in _kept(held, period)]
    yield "unclear", list(_unclear(found))
    yield "overdue", [*_overdue(there, found.date), *_unanswered(found)]
    yield "requests", [_request(asked, found.date) for asked in _open(found) if period.holds(asked.answer_by)]


def _named(held: Held) -> _Row:
    return {"category": held.category, "id": held.id}


def _disposal(held: Held) -> _Row:
    return _named(held) | {
        "action": held.action,
        "dispose_by": iso_or_none(held.dispose_by),
        "clause": held.clause,
        "status": held.status,
    }


def _kept(held: Held, period: Period) -> Iterator[_Row]:
    """A row for each minimum and hold that keeps data whose limit ends on the last day of the period or before."""
    if held.limit is None or held.limit > period.last or (held.dispose_by and held.dispose_by <= period.last):
        return
    for kept in held.kept_longer:
        yield _named(held) | {
            "due_but_for_this": iso_or_none(held.limit),
            "clause": held.clause,
            "kept_by": kept.clause,
            "kept_until": iso_or_none(kept.until),
        }


def _unclear(found: Retention) -> Iterator[_Row]:
    not_before = {(held.category, held.id): held.not_before for held in found.holdings}
    for doubt in found.unclear:
        key = doubt.category or "", doubt.id or ""
        yield {
            "category": doubt.category,
            "id": doubt.id,
            "request": doubt.request,
            "clause": doubt.clause,
            "point": doubt.point,
            "not_before": iso_or_none(not_before.get(key)),
        }


def _overdue(there: Iterable[Held], date: Day) -> Iterator[_Row]:
    for held in there:
        if held.status == "overdue" and held.dispose_by is not None:
            yield _named(held) | _late(None, held.dispose_by, held.clause, date)


def _unanswered(found: Retention) -> Iterator[_Row]:
    for asked in _open(found):
        if asked.answer_by is not None and asked.answer_by < found.date:
            yield {"category": None, "id": None} | _late(asked.request, asked.answer_by, _clause(asked), found.date)


def _late(request: str | None, due_by: Day, clause: str | None, date: Day) -> _Row:
    return {"request": request, "due_by": iso_or_none(due_by), "clause": clause, "days": days_between(due_by, date)}


def _open(found: Retention) -> list[Asked]:
    return [asked for asked in found.requests if asked.answered_on is None and asked.withdrawn_on is None]


def _request(asked: Asked, date: Day) -> _Row:
    assert asked.answer_by is not None
    return {
        "request": asked.request,
        "right": asked.right,
        "received_on": iso_or_none(asked.received_on),
        "answer_by": iso_or_none(asked.answer_by),
        "clause": _clause(asked),
        "status": "overdue" if asked.answer_by < date else "due" if asked.answer_by == date else "open",
    }


def _clause(asked: Asked) -> str | None:
    """The clause that gives the day: of policy or statute, whichever is sooner."""
    return asked.policy_clause if asked.policy_by == asked.answer_by else asked.statute_clause


def _disposed_since(found: Retention, day: Day) -> Iterator[_Row]:
    for held in found.holdings:
        if held.disposed_on is not None and held.disposed_on >= day:
            yield _named(held) | {"action": held.disposal, "disposed_on": iso_or_none(held.disposed_on)}


# The sums


def _add(sums: Sums, found: Retention, rows: Rows, period: Period) -> None:
    for name, made in rows.items():
        sums["lists"][name] += len(made)
        for row in made:
            sums["clauses"][row["clause"] or "", name] += 1
    sums["lists"]["members"] += bool(rows["disposals"])
    for row in rows["disposals"]:
        sums["days"][row["dispose_by"], row["category"], row["clause"]] += 1
    last = _last_month(period)
    for held in found.holdings:
        if held.disposed_on is None and held.dispose_by is not None:
            month = iso_month(held.dispose_by)
            if iso_month(period.first) <= month <= last and held.dispose_by >= period.first:
                sums["months"][month, held.clause or ""] += 1


def _by_clause(sums: Sums) -> list[_Row]:
    clauses = sorted({clause for clause, _name in sums["clauses"]})
    return [
        {"clause": clause or None, **{name: sums["clauses"][clause, name] for name in _LISTS}} for clause in clauses
    ]


def _months(sums: Sums, period: Period) -> list[_Row]:
    """Every month of the period and the twelve after it, with what falls due in it by clause."""
    first, last, rows = period.first.replace(day=1), _last_month(period), list[_Row]()
    due = sorted(sums["months"].items())
    while (month := iso_month(first)) <= last:
        by_clause = {clause: number for (of_month, clause), number in due if of_month == month}
        rows.append({"month": month, "holdings": sum(by_clause.values()), "by_clause": by_clause})
        first = months(first, 1)
    return rows


def _last_month(period: Period) -> str:
    return iso_month(months(period.last, MONTHS_AHEAD))
