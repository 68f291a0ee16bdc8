"""A second opinion on retention, written from the page alone: no policy file, all reckoned anew from lists.

A history is a list of plain events in date order. Every answer is reckoned anew from the events that count, so it is
slow and has little in common with the evaluator. Policies stand here as Python, rule by rule.
"""

import calendar
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import holidays

Event = dict[str, Any]
WAIT = "wait"
OPEN = "open"
_FIXED = {2: 28}

POINTS: dict[str, tuple[str, ...]] = {
    "gdpr.undue-delay": ("one-month", "at-once", "no-date"),
    "gdpr.identity-clock": ("suspended", "receipt", "proved"),
    "gdpr.closed-days": ("public-holidays", "customary"),
    "bfl.year": ("voucher", "period"),
    "kabelplus.clean-up": ("next-clean-up", "no-grace"),
    "kabelplus.live-subscription": ("keeps", "counts-as-activity", "ignored"),
    "kabelplus.activity": ("use", "any-dealing"),
    "kabelplus.inactive-from": ("end", "notice", "clean-up"),
    "kabelplus.whose-end": ("any-end", "members-own"),
    "cekura.main-rule": ("firm", "as-needed"),
    "cekura.stop-or-contact": ("later", "stop"),
    "cekura.calls-end": ("end", "notice"),
    "cekura.longer": ("assessed", "automatic"),
    "cekura.consent-reach": ("consent-based", "all"),
    "ciemtech.after-deactivation": ("need-recorded", "as-needed"),
    "ciemtech.thirty-days": ("plain", "working-day"),
    "cs-movies.no-longer-needed": ("no-date", "membership"),
    "courlux.some-time-after": ("until-withdrawn", "relationship-end", "no-date"),
}
"""The readings of each point, the standard one first."""

CATEGORIES: dict[str, dict[str, dict[str, Any]]] = {
    "kabelplus": {
        "profile": {"from": ("relationship_start",), "needed": True},
        "usage": {"from": ("activity",)},
        "correspondence": {"from": ("contact",)},
        "contract": {"from": ("relationship_start",), "needed": True},
        "bookkeeping": {"per": "record", "duty": True},
        "marketing": {"from": ("consent_given",), "consent": "marketing", "purpose": "marketing"},
    },
    "cekura": {
        "customer": {"from": ("relationship_start", "contact"), "needed": True},
        "sensitive": {"needed": True},
        "usage": {"from": ("activity",)},
        "correspondence": {"from": ("contact",)},
        "bookkeeping": {"per": "record", "duty": True},
        "marketing_material": {"per": "record", "consent": "marketing", "purpose": "marketing"},
        "calls": {"per": "record"},
        "competitions": {"per": "record"},
    },
    "ciemtech": {
        "account": {"from": ("relationship_start",), "needed": True},
        "sessions": {"from": ("activity",)},
        "users_of_users": {"processor": True},
        "applicants": {"per": "record"},
        "forum_posts": {"per": "record"},
        "marketing": {"from": ("consent_given",), "consent": "marketing", "purpose": "marketing"},
        "bookkeeping": {"per": "record", "duty": True},
    },
    "cs-movies": {
        "account": {"from": ("relationship_start",), "needed": True},
        "viewing": {"from": ("activity",)},
        "devices": {"per": "record"},
        "billing": {"per": "record", "duty": True},
        "communications": {"from": ("contact",)},
        "surveys": {"from": ("consent_given",), "consent": "surveys", "purpose": "surveys"},
    },
    "courlux": {
        "customer": {"from": ("relationship_start",), "needed": True},
        "profiling": {"from": ("relationship_start",), "consent": "marketing", "purpose": "marketing"},
        "marketing": {"from": ("consent_given",), "consent": "marketing", "purpose": "marketing"},
        "billing": {"per": "record", "duty": True},
    },
}
IN_FORCE = date(2018, 5, 25)


# Dates


def m(anchor: date, count: int) -> date:
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(anchor.day, last))


def moved(day: date, readings: dict[str, str]) -> date:
    while True:
        closed = day.weekday() > 4 or day in holidays.country_holidays("DK", years=day.year)
        if readings["gdpr.closed-days"] == "customary":
            closed = closed or (day.month, day.day) in ((6, 5), (12, 24), (12, 31))
        if not closed:
            return day
        day += timedelta(1)


def five_years(day: date, month: int) -> date:
    """The first day that a voucher of a day may go, the year ending with a month."""
    year = day.year if day.month <= month else day.year + 1
    end = date(year, month, calendar.monthrange(year, month)[1])
    return m(end, 60) + timedelta(1)


def clean_up(day: date, setting: str) -> date:
    month, number = map(int, setting.split("-"))
    options = [
        date(year, month, min(number, calendar.monthrange(year, month)[1])) for year in range(day.year, day.year + 2)
    ]
    return min(option for option in options if option >= day)


# What counts for one holding


class View:
    """The events that count for a holding, and what they say."""

    def __init__(self, events: Iterable[Event], readings: dict[str, str]) -> None:
        self.events = list(events)
        self.readings = readings

    def all(self, *kinds: str) -> list[Event]:
        return [each for each in self.events if each["event"] in kinds]

    def last(self, *kinds: str) -> date | None:
        return max((each["date"] for each in self.all(*kinds)), default=None)

    def lives(self) -> list[dict[str, Any]]:
        lives: list[dict[str, Any]] = []
        for each in self.events:
            name = each.get("relationship", "main")
            mine = [life for life in lives if life["name"] == name and not life["over"]]
            if each["event"] == "relationship_start":
                lives.append(
                    {"name": name, "from": each["date"], "to": None, "by": None, "notice": None, "over": False}
                )
            elif each["event"] == "end_known" and mine:
                mine[-1].update(to=each["to"], by=each["by"], notice=each["notice"])
            elif each["event"] == "relationship_end" and mine:
                notice = each.get("notice_given")
                mine[-1].update(to=each["date"], by=each.get("by", "member"), notice=notice, over=True)
        return lives

    def end(self) -> Any:
        lives = self.lives()
        if not lives:
            return None
        return WAIT if any(life["to"] is None for life in lives) else max(life["to"] for life in lives)

    def members_end(self) -> Any:
        end = self.end()
        if not isinstance(end, date):
            return end
        last = [life for life in self.lives() if life["to"] == end][-1]
        return end if last["by"] == "member" else None

    def notice(self) -> Any:
        days = [life["notice"] or life["to"] for life in self.lives()]
        if not days:
            return None
        return WAIT if None in days else max(days)

    def live_on(self, day: date) -> bool:
        return any(life["from"] <= day and (life["to"] is None or day < life["to"]) for life in self.lives())

    def consent(self, purpose: str, only_all: bool = False) -> Any:
        """WAIT while it stands, the day it was withdrawn, or None where neither ever was."""
        state: Any = None
        for each in self.events:
            if each["event"] == "consent_given" and each.get("purpose", "marketing") == purpose:
                state = WAIT
            elif each["event"] == "consent_withdrawn":
                named = each.get("purpose", "marketing")
                hits = named == "all" if only_all else named in ("all", purpose)
                if hits and not isinstance(state, date):
                    state = each["date"]
        return state

    def stands(self, purpose: str) -> bool:
        return bool(self.consent(purpose) == WAIT)

    def given_after(self, event: Event, purpose: str) -> bool:
        place = self.events.index(event)
        return any(
            each["event"] == "consent_given" and each.get("purpose", "marketing") == purpose
            for each in self.events[place:]
        )


def latest(*facts: Any) -> Any:
    """The latest of the facts that were; WAIT if one is to come, OPEN if one has no day."""
    if WAIT in facts:
        return WAIT
    if OPEN in facts:
        return OPEN
    return max((fact for fact in facts if fact is not None), default=None)


def due(day: Any, readings: dict[str, str]) -> Any:
    if not isinstance(day, date):
        return day
    delay = readings["gdpr.undue-delay"]
    return day if delay == "at-once" else OPEN if delay == "no-date" else moved(m(day, 1), readings)


def shift(day: Any, months: int) -> Any:
    return m(day, months) if isinstance(day, date) else day


# The policies: of a category the limits, `(clause, own, day)`, and the sentences without a number


Limits = tuple[list[tuple[str, Any]], list[str]]


def kabelplus(category: str, view: View, record: Event, keep: date | None, settings: dict[str, Any]) -> Limits:
    if category == "bookkeeping":
        return [("kabelplus.opbevaring.3a", keep)], []
    r = view.readings
    use = ["relationship_start", "activity"]
    if r["kabelplus.activity"] == "any-dealing":
        use += ["contact", "complaint", "dealing", "consent_given", "consent_withdrawn", "data_request"]
    used, end = view.last(*use), view.end()
    if used is None and not isinstance(end, date):
        return [], []
    live = r["kabelplus.live-subscription"]
    if live == "ignored":
        day = shift(used, 18)
    elif live == "counts-as-activity":
        day = shift(latest(used, end), 18)
    else:
        day = WAIT if end == WAIT else latest(shift(used, 18), end)
        if used is None:
            day = None
    return [("kabelplus.opbevaring.2a", day)], []


def cekura(category: str, view: View, record: Event, keep: date | None, settings: dict[str, Any]) -> Limits:
    r, limits, vague = view.readings, [], []
    end, contact, ever = view.end(), view.last("contact"), bool(view.lives())
    if category in ("customer", "sensitive", "usage", "correspondence"):
        if r["cekura.main-rule"] == "as-needed":
            if isinstance(latest(end, contact), date):
                vague.append("cekura.opbevaring.1")
        elif r["cekura.stop-or-contact"] == "later":
            limits.append(("cekura.opbevaring.3", shift(latest(end, contact), 2)))
        else:
            limits.append(("cekura.opbevaring.3", shift(end if ever else contact, 2)))
    if category == "calls":
        if not ever:
            if r["cekura.main-rule"] == "firm":
                limits.append(("cekura.opbevaring.3", m(record["date"], 2)))
            else:
                vague.append("cekura.opbevaring.1")
        elif r["cekura.calls-end"] == "end":
            limits.append(("cekura.opbevaring.7", shift(end, 2)))
        else:
            limits.append(("cekura.opbevaring.7", latest(shift(view.notice(), 2), end)))
    if category == "bookkeeping":
        limits.append(("cekura.opbevaring.5", keep))
    if category == "marketing_material":
        limits.append(("cekura.opbevaring.6", m(record["date"], 12)))
    if category == "competitions" and record.get("ends"):
        limits.append(("cekura.opbevaring.8", m(record["ends"], 12)))
    if category != "bookkeeping" and r["cekura.consent-reach"] == "all":
        limits.append(("cekura.samtykke.1", due_of_all(view)))
    return limits, vague


def due_of_all(view: View) -> Any:
    if view.stands("marketing"):
        return WAIT
    place = max((n for n, each in enumerate(view.events) if is_given(each)), default=-1)
    after = View(view.events[place + 1 :], view.readings)
    return due(after.consent("marketing", only_all=True), view.readings)


def is_given(event: Event) -> bool:
    return bool(event["event"] == "consent_given" and event.get("purpose", "marketing") == "marketing")


def ciemtech(category: str, view: View, record: Event, keep: date | None, settings: dict[str, Any]) -> Limits:
    if category == "applicants":
        return [], ["ciemtech.ansoegere.1"]
    if category == "forum_posts":
        return [], ["ciemtech.forum.1"]
    end = view.end()
    if view.readings["ciemtech.after-deactivation"] == "as-needed":
        return [], ["ciemtech.opbevaring.2"] if isinstance(end, date) else []
    return [("ciemtech.opbevaring.1", end)], []


def cs_movies(category: str, view: View, record: Event, keep: date | None, settings: dict[str, Any]) -> Limits:
    end = view.end()
    if view.readings["cs-movies.no-longer-needed"] == "no-date":
        return [], ["cs-movies.lagring.1"] if isinstance(end, date) else []
    return [("cs-movies.lagring.3", end)], []


def courlux(category: str, view: View, record: Event, keep: date | None, settings: dict[str, Any]) -> Limits:
    reading, end = view.readings["courlux.some-time-after"], view.end()
    if reading == "relationship-end":
        return [("courlux.opbevaring.2", end)], []
    withdrawn = due(view.consent("marketing"), view.readings)
    vague = ["courlux.opbevaring.2"] if reading == "no-date" and isinstance(end, date) else []
    return [("courlux.opbevaring.2", latest(end, withdrawn))], vague


LIMITS: dict[str, Callable[..., Limits]] = {
    "kabelplus": kabelplus,
    "cekura": cekura,
    "ciemtech": ciemtech,
    "cs-movies": cs_movies,
    "courlux": courlux,
}


def minimum(policy: str, category: str, record: Event, settings: dict[str, Any], r: dict[str, str]) -> Any:
    if not CATEGORIES[policy][category].get("duty"):
        return None, None
    month = int(settings.get("financial_year_ends") or 12)
    day = record["date"]
    period = (record.get("covers_until") or day) if r["bfl.year"] == "period" else day
    statute = five_years(period, month)
    if policy == "kabelplus":
        own = date(period.year + 6, 1, 1)
        return (own, "kabelplus.opbevaring.3b") if own >= statute else (statute, "bfl.12")
    if policy == "cekura":
        own = five_years(day, month)
        return (own, "cekura.opbevaring.5") if own >= statute else (statute, "bfl.12")
    if policy == "courlux" and settings.get("bookkeeping_law", "none") != "dk":
        return None, None
    return statute, "bfl.12"


def hold_clause(policy: str, hold: Event, r: dict[str, str]) -> str | None:
    basis = hold.get("basis")
    if policy == "kabelplus":
        return "kabelplus.opbevaring.2b" if basis == "limitation" else "kabelplus.grundlag.1"
    if policy == "cekura":
        kept = hold.get("assessed") or r["cekura.longer"] == "automatic"
        return "cekura.opbevaring.9" if kept else None
    return {"ciemtech": "ciemtech.opbevaring.2", "cs-movies": "cs-movies.lagring.3"}.get(policy)


# A member's life


class Opinion:
    """What the page says of a history as of a day."""

    def __init__(self, policy: str, history: list[Event], readings: dict[str, str], settings: dict[str, Any], on: date):
        self.policy, self.settings, self.on = policy, settings, on
        self.r = {name: values[0] for name, values in POINTS.items()} | readings
        self.categories = CATEGORIES[policy]
        self.holdings: list[dict[str, Any]] = []
        self.requests: dict[str, dict[str, Any]] = {}
        self.holds: list[Event] = []
        self.refused: list[tuple[date, str]] = []
        self.past: list[Event] = []
        known = [each for each in history if each["date"] <= on]
        for day in sorted({each["date"] for each in known}):
            self.live(day, [each for each in known if each["date"] == day])

    def live(self, day: date, events: list[Event]) -> None:
        ends = self.ends_of_the_morning(events)
        for each in ends:
            if each["event"] == "relationship_end":
                self.past.append(each)
                for h in self.holdings:
                    if h["disposed_on"] is None and not (isinstance(self.by(h), date) and self.by(h) < day):
                        h["counted"].append(each)
            else:
                self.lift(each)
        still = [h for h in self.holdings if h["disposed_on"] is None]
        closed = [h for h in still if isinstance(self.by(h), date) and self.by(h) <= day]
        for each in events:
            if not any(each is end for end in ends):
                self.take(each, closed)

    def ends_of_the_morning(self, events: list[Event]) -> list[Event]:
        live = {life["name"] for life in View(self.past, self.r).lives() if not life["over"]}
        open_ones = {(h["event"], h["id"]) for h in self.holds if h.get("lifted") is None}
        found = []
        for each in events:
            if each["event"] == "relationship_end" and each.get("relationship", "main") in live:
                live.discard(each.get("relationship", "main"))
                found.append(each)
            opened = {"dispute_closed": "dispute_opened", "hold_lifted": "hold_placed"}.get(each["event"])
            if opened and (opened, each["id"]) in open_ones:
                open_ones.discard((opened, each["id"]))
                found.append(each)
        return found

    def lift(self, event: Event) -> None:
        opened = {"dispute_closed": "dispute_opened", "hold_lifted": "hold_placed"}[event["event"]]
        for hold in reversed(self.holds):
            if (hold["event"], hold["id"]) == (opened, event["id"]):
                hold.setdefault("lifted", event["date"])
                return

    def take(self, event: Event, closed: list[dict[str, Any]]) -> None:
        kind = event["event"]
        if kind in ("dispute_opened", "hold_placed"):
            hold = dict(event)
            late = False
            for h in self.holdings:
                if h["disposed_on"] is None:
                    by = self.by(h)
                    if not isinstance(by, date) or by >= event["date"]:
                        h["holds"].append(hold)
                    elif self.covers(hold, h["category"]):
                        late = True
            self.holds.append(hold)
            if late:
                self.refused.append((event["date"], kind))
            return
        if kind in ("dispute_closed", "hold_lifted"):
            self.lift(event)
            return
        counting = [h for h in self.holdings if h["disposed_on"] is None and not any(h is each for each in closed)]
        if kind == "disposed":
            self.dispose(event)
        elif kind == "data_request":
            self.requests[event.get("request") or event["right"]] = {"event": event, "spans": []}
            for h in counting:
                if self.reaches(event, h["category"]):
                    h["requests"].append(event)
        elif kind.startswith(("identity", "request_")):
            self.go_on(event, counting)
        self.past.append(event)
        for h in counting:
            h["counted"].append(event)
        self.begin(event, counting)

    def reaches(self, event: Event, category: str) -> bool:
        here = self.categories[category]
        if event.get("about"):
            return bool(category == event["about"])
        if here.get("processor") or (event.get("categories") and category not in event["categories"]):
            return False
        return event.get("purpose") != "direct_marketing" or here.get("purpose") == "marketing"

    def begin(self, event: Event, counting: list[dict[str, Any]]) -> None:
        for name, here in self.categories.items():
            starts = event["event"] == "data_registered" and event["category"] == name
            word = {"complaint": "contact"}.get(event["event"], event["event"])
            if word in here.get("from", ()):
                starts = word != "consent_given" or event.get("purpose", "marketing") == here["consent"]
            if not starts:
                continue
            if here.get("per") != "record" and any(h["category"] == name for h in counting):
                continue
            taken = {h["id"] for h in self.holdings if h["category"] == name}
            number = len(taken) + 1
            while str(number) in taken:
                number += 1
            self.holdings.append(
                {
                    "category": name,
                    "id": event.get("id") or str(number) if event["event"] == "data_registered" else str(number),
                    "record": event,
                    "counted": list(self.past),
                    "requests": [],
                    "withdrawn": [],
                    "holds": [h for h in self.holds if self.release(h) is None or self.release(h) > event["date"]],
                    "disposed_on": None,
                    "verdict": None,
                    "inactivated": False,
                }
            )

    # Requests

    def go_on(self, event: Event, counting: list[dict[str, Any]]) -> None:
        request = self.requests[event["request"]]
        over = "answered" in request or "withdrawn" in request
        if event["event"] == "identity_asked" and not over and request.get("asked") is None:
            request["asked"] = event["date"]
        elif event["event"] == "identity_proved" and request.get("asked") is not None:
            request["spans"].append((request.pop("asked"), event["date"]))
        elif event["event"] == "request_extended":
            day = self.statute_by(request, 1)
            ok = not over and "extended" not in request and self.has_statute(request)
            if ok and (day is None or event["date"] <= day):
                request["extended"] = event["date"]
            else:
                self.refused.append((event["date"], "request_extended"))
        elif event["event"] == "request_withdrawn" and not over:
            request["withdrawn"] = event["date"]
            for h in counting:
                h["withdrawn"].append(request["event"])
        elif event["event"] == "request_answered" and not over:
            request["answered"], request["outcome"] = event["date"], event["outcome"]

    def has_statute(self, request: dict[str, Any]) -> bool:
        return request["event"]["date"] >= IN_FORCE and not request["event"].get("about")

    def statute_by(self, request: dict[str, Any], months: int) -> Any:
        if not self.has_statute(request):
            return None
        received, reading = request["event"]["date"], self.r["gdpr.identity-clock"]
        if reading != "receipt" and request.get("asked") is not None:
            return None
        if reading == "proved" and request["spans"]:
            return moved(m(request["spans"][-1][1], months), self.r)
        extra = sum((b - a).days for a, b in request["spans"]) if reading == "suspended" else 0
        return moved(m(received, months) + timedelta(extra), self.r)

    def policy_by(self, request: dict[str, Any]) -> Any:
        event = request["event"]
        if self.policy == "ciemtech" and event.get("about") and event["right"] == "erasure":
            day = event["date"] + timedelta(30)
            return moved(day, self.r) if self.r["ciemtech.thirty-days"] == "working-day" else day
        return None

    def answer_by(self, request: dict[str, Any]) -> Any:
        if "withdrawn" in request:
            return None
        days = [self.policy_by(request), self.statute_by(request, 3 if "extended" in request else 1)]
        return min((day for day in days if day is not None), default=None)

    def request_of(self, event: Event) -> dict[str, Any]:
        return self.requests[event.get("request") or event["right"]]

    # Ends

    def release(self, hold: Event) -> Any:
        return min((d for d in (hold.get("lifted"), hold.get("until")) if d is not None), default=None)

    def covers(self, hold: Event, category: str) -> str | None:
        if hold.get("categories") and category not in hold["categories"]:
            return None
        return hold_clause(self.policy, hold, self.r)

    def orders(self, h: dict[str, Any], view: View, keep: date | None) -> list[tuple[str, bool, Any]]:
        here, found = self.categories[h["category"]], []
        for event in h["requests"]:
            request = self.request_of(event)
            if any(event is each for each in h["withdrawn"]) or request.get("outcome") == "refused":
                continue
            purpose = here.get("purpose", "marketing")
            right, statute = event["right"], self.has_statute(request)
            marketing = right == "objection" and event["purpose"] == "direct_marketing"
            if marketing and view.given_after(event, purpose):
                continue
            met = right == "objection" and event["purpose"] == "other" and request.get("outcome") == "met"
            if here.get("needed") and view.live_on(event["date"]):
                continue
            day: Any = self.answer_by(request)
            delay = {"at-once": event["date"], "no-date": OPEN}.get(self.r["gdpr.undue-delay"], day)
            clauses: list[tuple[str, bool, Any]] = []
            if right == "erasure" and self.policy == "cekura":
                clauses.append((f"cekura.opbevaring.{7 if h['category'] == 'calls' else 4}", True, delay))
            if right == "erasure" and self.policy == "ciemtech" and event.get("about"):
                clauses.append(("ciemtech.brugere.2", True, day))
            if statute and (right == "erasure" or marketing or met):
                clauses.append(("gdpr.17-1", False, delay))
            found += [each for each in clauses if not (keep and isinstance(each[2], date) and keep > each[2])]
        withdrawn = view.consent(here["consent"]) if here.get("consent") else None
        if isinstance(withdrawn, date) and withdrawn >= IN_FORCE:
            found.append(("gdpr.17-1", False, due(withdrawn, self.r)))
        return [each for each in found if each[2] is not None]

    def assess(self, h: dict[str, Any]) -> dict[str, Any]:
        view = View(h["counted"], self.r)
        keep, keep_clause = minimum(self.policy, h["category"], h["record"], self.settings, self.r)
        own, vague = LIMITS[self.policy](h["category"], view, h["record"], keep, self.settings)
        candidates = [(clause, True, day, True) for clause, day in own if day is not None and day != WAIT]
        candidates += [(clause, mine, day, False) for clause, mine, day in self.orders(h, view, keep)]
        holds = [(hold, self.covers(hold, h["category"])) for hold in h["holds"]]
        holds = [(hold, clause) for hold, clause in holds if clause]
        ends, not_before, is_open = [], [], False
        for order, (clause, mine, day, movable) in enumerate(candidates):
            if day == OPEN:
                vague.append(clause)
                continue
            releases = [self.release(hold) for hold, _ in holds]
            if None in releases:
                is_open = True
                continue
            end = max([day, *([keep] if keep else []), *releases])
            if self.policy == "kabelplus" and movable and self.r["kabelplus.clean-up"] == "next-clean-up":
                if not self.settings.get("clean_up"):
                    not_before.append(end)
                    continue
                end = clean_up(end, self.settings["clean_up"])
            ends.append((end, day, not mine, order, clause))
        best = min(ends, default=None)
        unclear = best is None and not is_open and bool(vague or not_before)
        return {
            "retain_until": keep,
            "retain_clause": keep_clause,
            "dispose_by": best[0] if best else None,
            "clause": best[4] if best else None,
            "not_before": min(not_before, default=None) if best is None and not is_open else None,
            "unclear": unclear,
            "holds": [hold for hold, _ in holds],
        }

    def by(self, h: dict[str, Any]) -> Any:
        return self.assess(h)["dispose_by"]

    def dispose(self, event: Event) -> None:
        day = event["date"]
        for h in self.holdings:
            if h["disposed_on"] is not None or (event.get("categories") and h["category"] not in event["categories"]):
                continue
            if event.get("ids") and h["id"] not in event["ids"]:
                continue
            if event.get("action") == "inactivated":
                h["inactivated"] = True
                continue
            found = self.assess(h)
            held = any(hold["date"] <= day and not self.is_over(hold, day) for hold in found["holds"])
            h["disposed_on"] = day
            if held or (found["retain_until"] and day < found["retain_until"]):
                h["verdict"] = "too_early"
            else:
                h["verdict"] = "late" if found["dispose_by"] and day > found["dispose_by"] else "in_time"

    def is_over(self, hold: Event, day: date) -> bool:
        release = self.release(hold)
        return release is not None and release <= day

    # The answer

    def inactive_on(self, h: dict[str, Any], view: View) -> Any:
        if self.policy != "kabelplus" or h["category"] == "bookkeeping":
            return None
        own = self.r["kabelplus.whose-end"] == "members-own"
        end = view.members_end() if own else view.end()
        start = self.r["kabelplus.inactive-from"]
        if start == "notice":
            if own and end != WAIT and end is None:
                return None
            day = view.notice() if not own or isinstance(end, date) else end
        else:
            day = end
        if not isinstance(day, date):
            return None
        if start == "clean-up":
            return clean_up(day, self.settings["clean_up"]) if self.settings.get("clean_up") else None
        return day

    def use_ends_on(self, h: dict[str, Any], view: View) -> Any:
        here = self.categories[h["category"]]
        days = []
        if here.get("consent"):
            withdrawn = view.consent(here["consent"])
            own = self.policy in ("kabelplus", "cekura", "ciemtech", "cs-movies", "courlux")
            if isinstance(withdrawn, date) and (own or withdrawn >= IN_FORCE):
                days.append(withdrawn)
        for event in h["requests"]:
            if event["right"] == "objection" and event["purpose"] == "direct_marketing":
                gone = any(event is each for each in h["withdrawn"])
                of_others = here.get("purpose") is None  # only the statute ends the use of others' data
                gone |= of_others and event["date"] < IN_FORCE
                if not gone and not view.given_after(event, here.get("purpose", "marketing")):
                    days.append(event["date"])
        return min(days, default=None)

    def restricted_from(self, h: dict[str, Any]) -> Any:
        days = []
        for event in h["requests"]:
            request = self.request_of(event)
            asks = event["right"] == "restriction" or (event["right"] == "objection" and event["purpose"] == "other")
            binds = self.has_statute(request) or (self.policy == "kabelplus" and event["right"] == "objection")
            if asks and binds and "answered" not in request and "withdrawn" not in request:
                days.append(event["date"])
        return min(days, default=None)

    def status(self, h: dict[str, Any], found: dict[str, Any], inactive: Any) -> str:
        if h["disposed_on"] is not None:
            return "disposed"
        if any(hold["date"] <= self.on and not self.is_over(hold, self.on) for hold in found["holds"]):
            return "on_hold"
        by = found["dispose_by"]
        if by is not None and by <= self.on:
            return "due" if by == self.on else "overdue"
        if h["inactivated"] or (inactive is not None and inactive <= self.on):
            return "inactive"
        return "unclear" if found["unclear"] else "held"

    def answer(self) -> dict[str, Any]:
        holdings = []
        for h in self.holdings:
            view, found = View(h["counted"], self.r), self.assess(h)
            inactive = self.inactive_on(h, view)
            holdings.append(
                {
                    "category": h["category"],
                    "id": h["id"],
                    "held_from": h["record"]["date"],
                    "status": self.status(h, found, inactive),
                    "inactive_on": inactive,
                    "use_ends_on": self.use_ends_on(h, view),
                    "restricted_from": self.restricted_from(h),
                    "retain_until": found["retain_until"],
                    "retain_clause": found["retain_clause"],
                    "dispose_by": found["dispose_by"],
                    "not_before": found["not_before"],
                    "disposed_on": h["disposed_on"],
                    "verdict": h["verdict"],
                    **({"clause": found["clause"]} if found["dispose_by"] else {}),
                }
            )
        requests = {}
        for name, request in self.requests.items():
            by, answered = self.answer_by(request), request.get("answered")
            requests[name] = {
                "answer_by": by,
                "extended": "extended" in request,
                "answered_on": answered,
                "verdict": None if by is None or answered is None else "in_time" if answered <= by else "late",
            }
        return {"holdings": holdings, "requests": requests, "refused": self.refused}
