"""A second opinion of the law, written from the page on the law alone: what `law` holds in the JSON of `can-cancel`.

The contract's side is that of the other files. Names are the page's: c the day of the agreement, i that of the
information, n the day asked, s the first activation, u the day of sending, T an end.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tests.oracle.changes import price
from tests.oracle.charges import access_lines, package_on, period_amount, periods_between
from tests.oracle.days import Json, day_of, half_up, iso, kroner, months, ore, plus, true
from tests.oracle.facts import Line, Subscription, World
from tests.oracle.outcome import answer, chosen_terms
from tests.oracle.periods import period_start
from tests.oracle.walk import run

POINTS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {  # section 3: readings; sure and arguable
    "law-tele-month": (("to-month-end", "from-receipt"), ("to-month-end", "from-receipt")),
    "law-28-early": (("refused", "counts"), ("refused", "counts")),
    "law-tv-box": (("unknown", "applies"), ("unknown", "applies")),
    "law-bundle-before": (("later", "sooner"), ("later", "sooner")),
    "law-25-pay": (("pro-rata", "nothing"), ("pro-rata", "nothing")),
    "law-25-base": (("period", "binding"), ("period", "period")),
    "law-content": (("service", "digital-content"), ("digital-content", "service")),
    "law-short-change": (("deferred", "void"), ("deferred", "void")),
    "law-change-window": (("shorter", "longer"), ("shorter", "longer")),
    "law-arrears-warning": (("none", "warned"), ("none", "warned")),
    "law-acceleration": (("to-statutory-end", "arrears-only"), ("to-statutory-end", "arrears-only")),
    "law-interest-start": (("due-agreed", "demand"), ("due-agreed", "demand")),
    "law-version": (("by-conclusion", "by-event"), ("by-conclusion", "by-event")),
}

INDEX: dict[str, str] = {  # section 2: the weakest letter of each provision that a row may name
    "fal.4": "A",
    "fal.18": "A",
    "fal.19": "A",
    "fal.20": "A",
    "fal.22": "A",
    "fal.25": "A",
    "fal.18.trial": "A",
    "fal.28": "A",
    "fal.29": "S",
    "tele.7": "m",
    "tele.10": "m",
}

ACT, ORDER = date(2014, 6, 13), date(2020, 12, 21)
KINDS = ("internet", "tv", "bundle")
CLOSED: Json = {
    "open": False,
    "ends_on": None,
    "give_notice_by": None,
    "refund": None,
    "refund_by": None,
    "still_to_pay": None,
}

# ------------------------------------------------------------------------------------------ the calendar (0)


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian reckoning."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


def hverdag(day: date) -> bool:
    """A working day of the withdrawal period."""
    sunday = easter(day.year)
    moving = [-3, -2, 0, 1, 39, 49, 50] + ([26] if day.year <= 2023 else [])
    fixed = [(1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)]
    return day.isoweekday() < 6 and (day - sunday).days not in moving and (day.month, day.day) not in fixed


def fwd(day: date) -> date:
    """The first working day on or after a day."""
    return day if hverdag(day) else fwd(plus(day, 1))


def m0(day: date) -> date:
    """The first of a day's month."""
    return date(day.year, day.month, 1)


# --------------------------------------------------------------------------------------------- the facts (0)


class Case:
    """One live subscription on the day asked, with the facts that the law needs."""

    def __init__(self, doc: Json, world: World, sub: Subscription, contract: Json) -> None:
        self.world, self.sub, self.contract, self.n = world, sub, contract, world.today
        own = [
            (event, seq in world.refused_seqs)
            for seq, event in enumerate(doc["timeline"])
            if seq >= sub.signed_seq and day_of(event["date"]) <= self.n and event.get("subscription", "main") == sub.id
        ]
        self.sign_up = own[0][0]
        self.c = sub.registered_on
        self.i = self.information()
        started = [event for event, _ in own if event["event"] == "activate"]
        self.s = day_of(started[0]["date"]) if started else None
        asked = [e["express_request"] for e in (*started[:1], self.sign_up) if "express_request" in e]
        self.asked = true(asked[0]) if asked else None
        self.consent = true(self.sign_up.get("content_consent"))
        self.withdrawals = [event for event, refused in own if event["event"] == "withdraw" and refused]
        self.buys = [event for event, refused in own if event["event"] == "buy" and not refused]
        notices = [event for event, refused in own if event["event"] == "give_notice" and not refused]
        self.notice = notices[-1] if sub.standing is not None and sub.standing.by_member else None
        self.lines = access_lines(world, sub)
        self.paid = sum(line.paid for line in self.lines)

    def information(self) -> date | None:
        """i: None stands for none, or none yet."""
        told = self.sign_up.get("withdrawal_info")
        if told is None:
            return self.sub.confirmed_on
        return {"same-day": self.c, "none": None}[told] if told in ("same-day", "none") else date.fromisoformat(told)

    def row(self, route: str) -> Json:
        """The contract's row."""
        return next(row for row in self.contract["routes"] if row["route"] == route)


# -------------------------------------------------------------------------------------------- withdrawal (2)


def rights(case: Case) -> list[tuple[date, date]]:
    """The days on which a withdrawal may be sent, `[first, last + 1)` each."""
    if case.sign_up.get("channel", "online") == "shop":
        return []
    c, i = case.c, case.i
    cap = months(plus(c, 14), 12)
    if i is None:
        last = fwd(cap)
    elif i <= c:
        last = fwd(plus(c, 14))
    else:
        last = fwd(min(plus(i, 14), cap))
    found = [(c, plus(last, 1))]
    v = case.sub.trial_end
    if v is not None and case.sign_up.get("trial_price_told", "true").lower() == "false":
        again = (v, plus(fwd(plus(v, 14)), 1))
        if again[0] <= found[0][1]:
            return [(c, max(found[0][1], again[1]))]
        found.append(again)
    return found


def allowed(case: Case, u: date, reading: dict[str, str]) -> date | None:
    """The last day of the period that u lies in; None where the law allows nothing on u."""
    gone = case.consent and reading["law-content"] == "digital-content" and case.s is not None and case.s <= u
    return None if gone else next((plus(end, -1) for first, end in rights(case) if first <= u < end), None)


def days_within(line: Line, start: date, end: date) -> int:
    """How many of the days that a line covers lie in `[start, end)`."""
    assert line.start is not None
    assert line.end is not None
    return sum(start <= plus(line.start, k) < end for k in range((line.end - line.start).days))


def length(line: Line) -> int:
    """The days that a line covers."""
    assert line.start is not None
    assert line.end is not None
    return (line.end - line.start).days


def owed(case: Case, u: date, reading: dict[str, str]) -> int:
    """What the operator may keep for used days."""
    asked = (reading["law-25-pay"] == "pro-rata") if case.asked is None else case.asked
    if case.s is None or case.i is None or case.i > case.s or not asked or u <= case.s:
        return 0
    if reading["law-25-base"] == "binding":
        span = (months(case.c, 6) - case.c).days
        return half_up(Fraction(6 * price_on_sign_up(case) * (u - case.s).days, span))
    return sum(half_up(Fraction(line.amount * days_within(line, case.s, u), length(line))) for line in case.lines)


def price_on_sign_up(case: Case) -> int:
    """The monthly price on c of the package signed up for, by what had been announced until then."""
    package = case.sign_up["package"]
    known = [
        change
        for change in case.world.announcements
        if change.seq < case.sub.signed_seq and package in change.prices and change.effective <= case.c
    ]
    last = max(known, key=lambda change: (change.effective, change.seq), default=None)
    return case.world.terms.prices[package] if last is None else last.prices[package]


def withdrawal(case: Case, kind: str, reading: dict[str, str], column: str) -> Json:
    """The row of withdrawal."""
    contract = case.row("withdrawal")
    sent = [(day_of(e["date"]), day_of(e.get("sent", e["date"]))) for e in case.withdrawals]
    stands = next(((came, u) for came, u in sent if allowed(case, u, reading)), None)
    came, u = stands or (case.n, case.n)
    last = allowed(case, u, reading)
    if last is None and not contract["open"]:
        return CLOSED
    by, refund = contract["give_notice_by"], ore_or_none(contract["refund"]) or 0
    if last is not None:
        refund = max(refund, case.paid - owed(case, u, reading), 0)
        if not contract["open"]:
            by = iso(last)
        elif by is not None:
            by = max(by, iso(last))
    return {
        "open": True,
        "ends_on": iso(u),
        "give_notice_by": by,
        "refund": kroner(refund),
        "refund_by": iso(plus(came, 14)) if refund else None,
        "still_to_pay": "0.00",
    }


def ore_or_none(text: str | None) -> int | None:
    """Øre of an amount in JSON."""
    return None if text is None else ore(text)


# -------------------------------------------------------------------------------------- ordinary notice (2)


def by_act(case: Case, n: date, reading: dict[str, str]) -> date | None:
    """T of fal.28."""
    e5 = months(case.c, 5)
    if n < e5:
        return None if reading["law-28-early"] == "refused" else months(m0(e5), 2)
    return months(m0(n), 2)


def by_order(case: Case, n: date, reading: dict[str, str]) -> date:
    """T of tele.7."""
    x = months(n, 1) if reading["law-tele-month"] == "from-receipt" else months(m0(n), 2)
    return max(months(case.c, 6), x)


def statutory(case: Case, kind: str, n: date, reading: dict[str, str]) -> date | None:
    """T by law, for a notice of n."""
    if kind == "tv":
        lent = any(not item.returned for item in case.sub.items.values())
        return None if lent and reading["law-tv-box"] == "unknown" else by_act(case, n, reading)
    rules_of = case.c if n < ORDER or reading["law-version"] == "by-conclusion" else n
    if kind == "internet" or rules_of >= ORDER:
        return by_order(case, n, reading)
    parts = [by_act(case, n, reading), by_order(case, n, reading)]
    if reading["law-bundle-before"] == "later":
        return None if None in parts else max(part for part in parts if part is not None)
    return min(part for part in parts if part is not None)


def ordinary(case: Case, kind: str, reading: dict[str, str], column: str) -> Json:
    """The row of ordinary notice."""
    standing = case.sub.standing
    ends: list[date | None] = [
        date_or_none(case.row("ordinary")["ends_on"]),
        standing.end if standing else None,
        statutory(case, kind, case.n, reading),
    ]
    if case.notice is not None:
        end = statutory(case, kind, day_of(case.notice["date"]), reading)
        if end is not None and "wanted_end" in case.notice:
            end = max(end, day_of(case.notice["wanted_end"]))
        ends.append(end)
    known = [end for end in ends if end is not None]
    if not known:
        return CLOSED
    t = min(known)
    after = [line for line in case.lines if line.end is not None and line.end > t]
    back = half_up(
        sum((Fraction(line.amount * days_within(line, t, date.max), length(line)) for line in after), Fraction(0))
    )
    refund = max(0, back - sum(line.open for line in after))
    to_pay = 0
    for k in periods_between(case.sub, case.n, t):
        start, end_ = period_start(case.sub, k), period_start(case.sub, k + 1)
        package = package_on(case.sub, start)
        whole = price(case.world, case.sub, package, start) * case.sub.billing
        to_pay += half_up(Fraction(whole * (min(t, end_) - start).days, (end_ - start).days))
    return {
        "open": True,
        "ends_on": iso(t),
        "give_notice_by": None,
        "refund": kroner(refund),
        "refund_by": iso(case.n) if refund else None,
        "still_to_pay": kroner(to_pay),
    }


def date_or_none(text: str | None) -> date | None:
    """A date of JSON."""
    return None if text is None else date.fromisoformat(text)


# ------------------------------------------------------------------------------------ the other two rows (6)


def cold_call(case: Case, kind: str, reading: dict[str, str], column: str) -> Json:
    """The row of a call that was not asked for."""
    if column == "sure":
        return CLOSED
    return CLOSED | {"open": True, "ends_on": iso(case.n), "refund": kroner(case.paid), "still_to_pay": "0.00"}


def purchase(case: Case, kind: str, reading: dict[str, str], column: str) -> Json:
    """The row of one-off purchases."""
    open_ones = []
    for event in case.buys:
        last = fwd(plus(day_of(event["date"]), 14))
        if case.n <= last and not true(event.get("content_consent")):
            open_ones.append((last, ore(event["amount"])))
    if not open_ones:
        return CLOSED
    refund = sum(amount for _, amount in open_ones)
    return {
        "open": True,
        "ends_on": None,
        "give_notice_by": iso(max(last for last, _ in open_ones)),
        "refund": kroner(refund),
        "refund_by": iso(plus(case.n, 14)) if refund else None,
        "still_to_pay": "0.00",
    }


ROWS = {"withdrawal": withdrawal, "ordinary": ordinary, "cold_call": cold_call, "purchase": purchase}

# ------------------------------------------------------------------------------------------------ better (6)


def beats(route: str, one: Json, other: Json) -> bool:
    """Whether a row is strictly better for the member than another."""
    if one["open"] != other["open"]:
        return bool(one["open"])
    if not one["open"]:
        return False
    for key, sign in (("ends_on", 1), ("refund", -1), ("still_to_pay", 1)):
        a, b = one[key], other[key]
        if a != b:
            if key != "ends_on":
                a, b = sign * ore(a), sign * ore(b)
            return bool(a < b)
    if route == "withdrawal" and one["give_notice_by"] != other["give_notice_by"]:
        return (one["give_notice_by"] or "9999") > (other["give_notice_by"] or "9999")
    return False


def opponent(case: Case, route: str) -> Json:
    """The row of the contract that a row of the law is set against."""
    if route == "withdrawal":
        return case.row("withdrawal")
    if route != "ordinary":
        return CLOSED
    ways = [row for row in case.contract["routes"] if row["open"] and row["route"] != "withdrawal"]
    standing = case.sub.standing
    if standing is not None:
        ahead = periods_between(case.sub, case.n, standing.end)
        cost = sum(period_amount(case.world, case.sub, k, standing.end) for k in ahead)
        ways.append(
            CLOSED | {"open": True, "ends_on": iso(standing.end), "refund": "0.00", "still_to_pay": kroner(cost)}
        )
    return min(ways, key=lambda row: (row["ends_on"], ore(row["still_to_pay"])), default=CLOSED)


def better(case: Case, route: str, sure: Json, arguable: Json) -> str:
    """`law`, `depends`, `contract` or `same`."""
    contract = opponent(case, route)
    if beats(route, sure, contract):
        return "law"
    if beats(route, arguable, contract):
        return "depends"
    return "contract" if beats(route, contract, sure) else "same"


# ---------------------------------------------------------------------------------------------- the answer (6)


def columns(case: Case, route: str, kind: str, chosen: dict[str, str]) -> Json:
    """A row's two columns and which is better, under the law points chosen."""
    result: Json = {}
    for place, column in enumerate(("sure", "arguable")):
        reading = {point: picks[place] for point, (_, picks) in POINTS.items()} | chosen
        result[column] = ROWS[route](case, kind, reading, column)
    return result | {"better": better(case, route, result["sure"], result["arguable"])}


def provisions(case: Case, route: str, kinds: tuple[str, ...]) -> list[str]:
    """The provisions of a row, in the order of the index."""
    found: set[str] = set()
    for kind in kinds:
        if route == "withdrawal":
            found |= {"fal.18", "fal.19", "fal.20", "fal.22", "fal.25"}
            found |= {"fal.18.trial"} if case.sub.trial_end else set()
        elif route == "cold_call":
            found.add("fal.4")
        elif route == "purchase":
            found |= {"fal.18", "fal.19", "fal.22"}
        elif kind == "tv":
            found |= {"fal.28", "fal.29"}
        else:
            found |= {"fal.29", "tele.7"}
            if kind == "bundle":
                found |= {"fal.28"} if case.c < ORDER else set()
                found |= {"tele.10"} if case.n >= ORDER else set()
    return [id_ for id_ in INDEX if id_ in found]


def ways(case: Case, kinds: tuple[str, ...], chosen: dict[str, str]) -> Iterator[Json]:
    """Every row of the answer."""
    routes = ["withdrawal", "ordinary"]
    if case.sign_up.get("channel") == "phone" and case.sign_up.get("solicited", "true").lower() == "false":
        routes.append("cold_call")
    if case.buys:
        routes.append("purchase")
    for route in routes:
        by_kind = {kind: columns(case, route, kind, chosen) for kind in kinds}
        alike = all(row == by_kind[kinds[0]] for row in by_kind.values())
        for group in [kinds] if alike else [(kind,) for kind in kinds]:
            named = provisions(case, route, group)
            changing = [
                point
                for point, (readings, _) in POINTS.items()
                if point not in chosen
                and any(
                    columns(case, route, kind, {**chosen, point: reading}) != by_kind[kind]
                    for kind in group
                    for reading in readings
                )
            ]
            yield {
                "route": route,
                "kind": None if alike else group[0],
                **by_kind[group[0]],
                "provisions": named,
                "standing": "mandatory",
                "confidence": max((INDEX[id_] for id_ in named), key="SAm".index),
                "points": changing,
            }


def law(doc: Json, day: date, sub_id: str, readings: dict[str, str] | None = None) -> Json:
    """What the law says beside the contract as of the end of a day; `readings` come on top of the file's."""
    taken = {**doc.get("readings", {}), **(readings or {})}
    chosen = {point: reading for point, reading in taken.items() if point in POINTS}
    of_contract = {point: reading for point, reading in taken.items() if point not in POINTS}
    plain = {**doc, "readings": of_contract}
    world = run(plain, chosen_terms(plain, None, None, None), day)
    sub = world.find(sub_id)
    if sub is None or sub.ended_on is not None:
        return {"covered": False, "why_not": "not-live", "kinds": [], "ways": []}
    case = Case(doc, world, sub, answer(world, sub_id))
    kinds = (case.sign_up["kind"],) if "kind" in case.sign_up else KINDS
    why_not = None
    if case.c < ACT:
        why_not = "before-2014-06-13"
    elif doc.get("member", {}).get("use", "private") == "commercial":
        why_not = "commercial"
    rows = [] if why_not else list(ways(case, kinds, chosen))
    return {"covered": why_not is None, "why_not": why_not, "kinds": list(kinds), "ways": rows}
