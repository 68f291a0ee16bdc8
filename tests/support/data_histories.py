"""Random histories about personal data, as a scenario and as the plain events that the second opinion takes."""

from datetime import date, timedelta
from random import Random
from typing import Any

import yaml
from attrs import frozen

import subsim
from tests.oracle.retention import CATEGORIES, POINTS

Event = dict[str, Any]
POLICIES = tuple(CATEGORIES)
_RIGHTS = ("access", "rectification", "erasure", "erasure", "restriction", "portability", "objection", "objection")
_BY_MEMBER = ("withdrawal", "trial", "ordinary", "price_change", "service_change", "terms_change")
_DEALINGS = ("give_notice", "withdraw_notice", "change_package", "buy", "pay", "move", "return_equipment")


@frozen
class History:
    """A drawn history: the scenario's document, and the day asked about."""

    policy: str
    document: dict[str, Any]
    readings: dict[str, str]
    settings: dict[str, Any]
    on: date

    def text(self) -> str:
        """The scenario file."""
        return str(yaml.safe_dump(self.document, sort_keys=False, allow_unicode=True))

    def plain(self) -> list[Event]:
        """The events as the second opinion takes them."""
        events = [dict(each) for each in self.document["timeline"]]
        return _of_agreement(self, events) if self.policy == "kabelplus" else _neutral(events)


def history(random: Random) -> History:
    """One history of up to fourteen events within three years."""
    policy = random.choice(POLICIES)
    start = date(random.choice((2017, 2018, 2019, 2020)), random.randint(1, 12), random.randint(1, 28))
    days = sorted(start + timedelta(_step(random)) for _ in range(random.randint(2, 14)))
    timeline = _Timeline(random, policy)
    for day in days:
        timeline.add(day)
    readings = {
        name: random.choice(values)
        for name, values in POINTS.items()
        if name.split(".")[0] in (policy, "gdpr", "bfl") and random.random() < 0.3
    }
    settings: dict[str, Any] = {}
    if policy == "kabelplus" and random.random() < 0.6:
        settings["clean_up"] = random.choice(("02-01", "02-29", "12-31", "07-15"))
    if random.random() < 0.3:
        settings["financial_year_ends"] = random.choice(("2", "6", "12"))
    if policy == "courlux" and random.random() < 0.5:
        settings["bookkeeping_law"] = "dk"
    on = days[-1] + timedelta(random.choice((0, 0, 1, 30, 200, 900)))
    document: dict[str, Any] = {"scenario": "A drawn history", "retention": {"policy": policy}}
    if settings:
        document["retention"]["settings"] = settings
    if readings:
        document["readings"] = readings
    if policy == "kabelplus":
        document["prices"] = {"basis": "149.00", "family": "249.00"}
    return History(policy, document | {"until": on.isoformat(), "timeline": timeline.events}, readings, settings, on)


def _step(random: Random) -> int:
    """Often a day near a month's multiple, so that limits are met on both sides."""
    months = random.choice((0, 1, 1, 2, 2, 3, 12, 18, 24))
    return max(0, months * 30 + random.randint(-2, 5)) + random.choice((0, 0, 0, 59, 61, 365))


class _Timeline:
    """Events that a file may hold in this order."""

    def __init__(self, random: Random, policy: str) -> None:
        self.random, self.policy, self.events = random, policy, []
        self.live: dict[str, date] = {}
        self.open: dict[str, list[str]] = {"dispute": [], "hold": []}
        self.requests: list[str] = []
        self.count = 0

    events: list[Event]

    def add(self, day: date) -> None:
        kinds = ["relationship", "relationship", "use", "use", "contact", "record", "record", "consent", "withdrawal"]
        kinds += ["request", "request", "about_request", "about_request", "dispute", "hold", "close", "disposed"]
        kind = self.random.choice(kinds)
        event = getattr(self, f"_{kind}")(day)
        if event is not None:
            self.events.append({"date": day} | event)

    def _name(self) -> str:
        self.count += 1
        return f"n{self.count}"

    def _relationship(self, day: date) -> Event | None:
        if self.policy == "kabelplus":
            return self._agreement(day)
        name = self.random.choice(("main", "main", "second"))
        if name not in self.live:
            self.live[name] = day
            return {"event": "relationship_start", "relationship": name}
        began = self.live.pop(name)
        event: Event = {"event": "relationship_end", "relationship": name}
        event |= {"by": "controller"} if self.random.random() < 0.3 else {}
        notice = day - timedelta(self.random.choice((1, 30, 60)))
        return event | ({"notice_given": notice} if notice > began and self.random.random() < 0.6 else {})

    def _agreement(self, day: date) -> Event | None:
        if "main" not in self.live:
            self.live["main"] = day
            return {"event": "sign_up", "package": "basis", "billing": self.random.choice(("monthly", "quarterly"))}
        kind = self.random.choice(("give_notice", "give_notice", "withdraw", "terminate", "withdraw_notice", "pay"))
        if kind == "terminate":
            return {"event": kind, "reason": self.random.choice(("none", "breach"))}
        return {"event": kind} | (
            {"agreed": True} if kind == "withdraw_notice" else {"amount": "10.00"} if kind == "pay" else {}
        )

    def _use(self, day: date) -> Event:
        if self.policy == "kabelplus" and "main" in self.live and self.random.random() < 0.6:
            return {"event": self.random.choice(("log_in", "activate"))}
        return {"event": "activity"}

    def _contact(self, day: date) -> Event:
        if self.policy == "kabelplus" and "main" in self.live and self.random.random() < 0.4:
            return {"event": "complain"}
        return {"event": "contact"}

    def _record(self, day: date) -> Event:
        event: Event = {"event": "data_registered", "category": self.random.choice(list(CATEGORIES[self.policy]))}
        event |= {"id": self._name()} if self.random.random() < 0.4 else {}
        event |= {"ends": day + timedelta(20)} if self.random.random() < 0.6 else {}
        return event | ({"covers_until": day + timedelta(90)} if self.random.random() < 0.4 else {})

    def _consent(self, day: date) -> Event:
        return {"event": "consent_given"} | self._purpose()

    def _withdrawal(self, day: date) -> Event:
        purpose = {"purpose": "all"} if self.random.random() < 0.3 else self._purpose()
        return {"event": "consent_withdrawn"} | purpose

    def _purpose(self) -> Event:
        return {"purpose": "surveys"} if self.policy == "cs-movies" and self.random.random() < 0.7 else {}

    def _request(self, day: date) -> Event:
        right, name = self.random.choice(_RIGHTS), self._name()
        self.requests.append(name)
        event: Event = {"event": "data_request", "right": right, "request": name}
        if right == "objection":
            event["purpose"] = self.random.choice(("direct_marketing", "other"))
        if self.policy == "ciemtech" and self.random.random() < 0.4:
            return event | {"about": "users_of_users"}
        return event | self._some()

    def _some(self) -> Event:
        if self.random.random() < 0.7:
            return {}
        return {"categories": self.random.sample(list(CATEGORIES[self.policy]), 2)}

    def _about_request(self, day: date) -> Event | None:
        if not self.requests:
            return None
        kinds = ("identity_asked", "identity_proved", "request_extended", "request_withdrawn", "request_answered")
        kind = self.random.choice(kinds)
        event = {"event": kind, "request": self.random.choice(self.requests)}
        outcome = {"outcome": self.random.choice(("met", "partly", "refused"))}
        return event | (outcome if kind == "request_answered" else {})

    def _dispute(self, day: date) -> Event:
        name = self._name()
        self.open["dispute"].append(name)
        return {"event": "dispute_opened", "id": name, "assessed": self.random.random() < 0.7} | self._some()

    def _hold(self, day: date) -> Event:
        name, basis = self._name(), self.random.choice(("authority", "limitation", "misuse", "other"))
        self.open["hold"].append(name)
        event: Event = {"event": "hold_placed", "id": name, "basis": basis, "assessed": self.random.random() < 0.7}
        if basis == "limitation" or self.random.random() < 0.5:
            event["until"] = day + timedelta(self.random.choice((0, 1, 40, 400)))
        return event | self._some()

    def _close(self, day: date) -> Event | None:
        kind = self.random.choice(("dispute", "hold"))
        if not self.open[kind]:
            return None
        name = self.open[kind].pop()
        return {"event": "dispute_closed" if kind == "dispute" else "hold_lifted", "id": name}

    def _disposed(self, day: date) -> Event | None:
        if self.random.random() < 0.5:
            return None
        action = self.random.choice(("erased", "anonymised", "inactivated"))
        return {
            "event": "disposed",
            "action": action,
            "categories": self.random.sample(list(CATEGORIES[self.policy]), 2),
        }


def _neutral(events: list[Event]) -> list[Event]:
    """The events, with what is known of each end from its notice on."""
    found: list[tuple[date, int, Event]] = []
    for place, each in enumerate(events):
        notice = each.get("notice_given")
        if notice is not None and notice < each["date"]:
            known = {
                "event": "end_known",
                "date": notice,
                "to": each["date"],
                "by": each.get("by", "member"),
                "notice": notice,
            }
            found.append((notice, place, known | {"relationship": each.get("relationship", "main")}))
        found.append((each["date"], place, each))
    return [each for _, _, each in sorted(found, key=lambda entry: (entry[0], entry[1]))]


def _of_agreement(drawn: History, events: list[Event]) -> list[Event]:
    """The events with those of the terms as facts: what the replay says after each of them, and at the day asked."""
    final = _told(drawn, events, drawn.on)
    verdicts = [each for each in final["decisions"] if each["verdict"] != "took_effect"]
    found: list[tuple[date, int, Event]] = []
    known: Any = None
    arose: dict[tuple[str, int], int] = {}
    for place, each in enumerate(events):
        if each["date"] > drawn.on:
            break
        if place == 0 or events[place - 1]["date"] < each["date"]:
            _note(arose, _told(drawn, events[:place], each["date"]), -1)
        if each["event"] not in _OF_TERMS:
            found.append((each["date"], place, each))
            continue
        told = _told(drawn, events[: place + 1], each["date"])
        _note(arose, told, place)
        verdict = verdicts.pop(0)
        assert verdict["event"] == each["event"]
        if verdict["verdict"] == "accepted":
            kind = _AS_FACT.get(each["event"], "dealing" if each["event"] in _DEALINGS else None)
            if kind is not None:
                found.append((each["date"], place, {"date": each["date"], "event": kind}))
        stand = _standing(told)
        if stand != known and stand is not None and stand["to"] != each["date"]:
            found.append((each["date"], place, {"event": "end_known", "date": each["date"], **stand}))
        known = stand
    for subscription in final["subscriptions"]:
        if subscription["ended_on"]:
            ended = date.fromisoformat(subscription["ended_on"])
            by = "member" if subscription["end_reason"] in _BY_MEMBER else "controller"
            notice = known["notice"] if known else None
            end = {"date": ended, "event": "relationship_end", "by": by, "notice_given": notice}
            found.append((ended, len(events), end))
    for name in _LISTS:
        for number, line in enumerate(final[name], 1):
            day = date.fromisoformat(line["date"])
            until = date.fromisoformat(line["to"]) - timedelta(1) if line.get("to") else None
            record = {"date": day, "event": "data_registered", "category": "bookkeeping", "covers_until": until}
            found.append((day, arose.get((name, number), -1), record | {"id": f"{name[:-1]}:{number}"}))
    return [each for _, _, each in sorted(found, key=lambda entry: (entry[0], entry[1]))]


_LISTS = ("invoices", "payments", "refunds")


def _told(drawn: History, events: list[Event], until: date) -> Any:
    """What the replay says of the events of the terms among these, up to a day."""
    timeline = [each for each in events if each["event"] in _OF_TERMS]
    document = drawn.document | {"timeline": timeline, "until": until.isoformat()}
    return subsim.replay(subsim.loads(yaml.safe_dump(document, sort_keys=False)), until).to_dict()


def _note(arose: dict[tuple[str, int], int], told: Any, place: int) -> None:
    """Keep the place of the event after which each line and payment is there for the first time."""
    for name in _LISTS:
        for number in range(1, len(told[name]) + 1):
            arose.setdefault((name, number), place)


_AS_FACT = {"sign_up": "relationship_start", "log_in": "activity", "activate": "activity", "complain": "complaint"}
_OF_TERMS = ("sign_up", "log_in", "activate", "complain", "withdraw", "terminate", *_DEALINGS)


def _standing(told: Any) -> Event | None:
    """The end of the only subscription as it stands, with the day of the notice that gives it."""
    if not told["subscriptions"]:
        return None
    subscription = told["subscriptions"][-1]
    to = subscription["ended_on"] or subscription["ends_on"]
    if to is None:
        return {"to": None, "by": "member", "notice": None}
    accepted = [each for each in told["decisions"] if each["verdict"] == "accepted"]
    notices = [each for each in accepted if each["event"] in ("give_notice", "withdraw", "terminate")]
    giving = notices[-1] if notices else None
    taken_back = [place for place, each in enumerate(accepted) if each["event"] == "withdraw_notice"]
    if giving and taken_back and taken_back[-1] > accepted.index(giving):
        giving = [each for each in notices if each["event"] == "terminate"][-1]
    by = "member" if giving is None or giving["event"] != "terminate" else "controller"
    return {"to": date.fromisoformat(to), "by": by, "notice": date.fromisoformat(giving["date"]) if giving else None}
