"""The values and texts about a member for the templates, in one language."""

from collections.abc import Callable, Iterable

from attrs import evolve, frozen

from subsim.answers.can_cancel import Answer, WayOut
from subsim.answers.coming import DAYS_AHEAD, coming_of
from subsim.answers.every_world import coming_in_doubt, outcome_in_doubt
from subsim.answers.in_doubt.answer import AnswerInDoubt
from subsim.answers.question import Case
from subsim.base.member import StoredMember
from subsim.basics.dates import Day, days_after
from subsim.basics.faults import InputErrors
from subsim.basics.instants import Instant, in_copenhagen, moment_of
from subsim.basics.notation import ore_of
from subsim.basics.texts import Message
from subsim.desk.blocks import Part, parts_of, stopped
from subsim.desk.forms import Choosable, FormField, is_amount, is_date
from subsim.desk.problems import in_language
from subsim.desk.words import EVENT_NAMES, choice_label, field_label, labels
from subsim.engine.labels import ROUTES, STATES
from subsim.files.doubts import Doubt, world_count
from subsim.files.key_values import KeyValues
from subsim.files.keys import keys_in_timeline
from subsim.files.kinds import MappingKind, ValueKind
from subsim.files.scenario import Scenario
from subsim.membership.data_events import EVERY_EVENT
from subsim.pages.answer import other_readings
from subsim.pages.blocks import Table, stack
from subsim.pages.coming import coming_table
from subsim.pages.every_world import coming_in_doubt_table, invoices_in_doubt_table
from subsim.pages.in_doubt import answer_in_doubt_page, capital, law_in_doubt
from subsim.pages.law.in_doubt import law_in_any_case
from subsim.pages.law.sentence import law_sentence
from subsim.pages.law.table import law_blocks
from subsim.pages.outcome import invoices_table
from subsim.pages.text import Page
from subsim.retention.page import retention_page
from subsim.retention.retention import retention
from subsim.terms.choice import OWN_TERMS

MOST_AHEAD = 100
"""In so many courses of events at most the page tells what comes and what was charged: each is some milliseconds."""


@frozen(kw_only=True)
class Route:
    """A way out: its key and name, whether it is open, what it gives, and why."""

    key: str
    name: str
    is_open: bool
    now: str
    facts: list[tuple[str, str]]
    because: str


@frozen(kw_only=True)
class EventRow:
    """A row of the events: the fact's id (None: an announcement to all), the event, and who recorded it when."""

    fact: int | None
    day: str
    event: str
    fields: str
    recorded_at: str
    recorded_by: str
    note: str


class View:
    """Writes values in the language of a page."""

    def __init__(self, page: Page) -> None:
        self.page, self.code = page, page.language.code
        self.labels = labels(self.code)

    def day(self, day: Day | None) -> str:
        """A day as a sentence names it; empty for none."""
        return "" if day is None else self.page.language.day(day)

    def iso(self, text: str) -> str:
        """An ISO date, or the beginning of a timestamp, as a table writes it."""
        return self.page.language.short_day(Day.fromisoformat(text[:10]))

    def days(self, text: str) -> str:
        """The date of an event as a table writes it, or the two of a range."""
        return "–".join(map(self.iso, text.split("..")))

    def amount(self, amount: int | None) -> str:
        """An amount with its currency; empty for none."""
        return "" if amount is None else self.page.language.amount(amount)

    def instant(self, instant: Instant | None) -> str:
        """An instant by the clock of Copenhagen, to the second."""
        if instant is None:
            return ""
        moment = in_copenhagen(moment_of(instant))
        return f"{self.page.language.short_day(moment.date())} {moment:%H:%M:%S}"

    def in_words(self, message: Message) -> str:
        """A message in the language of the page."""
        return in_language(message, self.code)

    def fields(self, event: KeyValues) -> str:
        """The fields of an event that is given, without its date and its name."""
        keys, parts = keys_in_timeline(EVERY_EVENT[event["event"]]), []
        for name, value in event.items():
            if name in ("date", "event"):
                continue
            kind = keys[name].kind
            if isinstance(kind, MappingKind) and isinstance(value, dict):
                parts += [(f"{name}.{key}", self._field(name, each, kind.value)) for key, each in value.items()]
            elif isinstance(value, dict):
                parts += [(f"{name}.{key}", self._field(name, each, kind)) for key, each in value.items()]
            elif isinstance(value, list):
                parts.append((name, ", ".join(self._field(name, each, kind) for each in value)))
            else:
                parts.append((name, self._field(name, value, kind)))
        return "; ".join(f"{field_label(name, self.code)}: {words}" for name, words in parts)

    def _field(self, name: str, value: object, kind: ValueKind) -> str:
        """A value of a field, dates and amounts as a table writes them."""
        text = str(value).lower() if isinstance(value, bool) else str(value)
        if is_date(kind) and len(text) == len("2020-04-15"):
            return self.iso(text)
        return self.page.language.figures(ore_of(text)) if is_amount(kind) else choice_label(text, name, self.code)

    # The answer

    def routes(self, answer: Answer) -> list[Route]:
        """The ways out, the open ones first and of them the soonest."""
        if answer.state in (None, "ended"):
            return []
        return [self._route(way) for way in sorted(answer.routes, key=lambda way: way.ends_on or Day.max)]

    def _route(self, way: WayOut) -> Route:
        words, _ = self.labels, self.page.translate
        last = None if way.ends_on is None else days_after(way.ends_on, -1)
        facts = [
            (words["ends_on"], self.day(way.ends_on)),
            (words["last_day"], self.day(last)),
            (words["notice_by"], self.day(way.give_notice_by)),
            (words["still_to_pay"], self.amount(way.still_to_pay)),
            (words["refund"], self.amount(way.refund)),
            (words["clause"], ", ".join(way.clauses)),
        ]
        return Route(
            key=way.route,
            name=ROUTES[way.route].text(self.page),
            is_open=way.open,
            now=_("open") if way.open else _("closed"),
            facts=[(name, value) for name, value in facts if value],
            because=stopped(self.page.words(way.because)),
        )

    def in_doubt(self, answer: AnswerInDoubt) -> list[Part]:
        """What depends on which fact, and what holds in every possible world; without the other readings."""
        others = other_readings(answer, self.page)
        _sentence, _worlds, *blocks = answer_in_doubt_page(answer, self.page)
        return parts_of([block for block in blocks if block not in others], self.labels["ways_out"])

    def law_in_doubt(self, answer: AnswerInDoubt) -> list[Part]:
        """The law's share of the first paragraph, and where to find what is certain by law, if anything is."""
        answers = [*answer.found.values(), *answer.by_law]
        sentences = [self.page.say(capital(each, self.page)) for each in law_in_any_case(answers, self.page)]
        is_above = law_in_doubt(answer.to_dict(), self.page) is not None
        return [*parts_of(sentences, self.labels["law"]), *([self.labels["law_above"]] if is_above else [])]

    def doubt(self, doubt: Doubt, chosen: str) -> FormField:
        """The form field of a fact in doubt, with its settings to choose from."""
        words = {f"{doubt.id}=": self.labels["open_doubt"]}
        for setting in evolve(doubt, assumed=None).settings:
            if isinstance(setting, Day):
                words[f"{doubt.id}={setting.isoformat()}"] = self._short(setting)
            else:
                value = "yes" if setting else "no"
                words[f"{doubt.id}={value}"] = self.labels["did_happen" if setting else "did_not_happen"]
        value = f"{doubt.id}={chosen}"
        words.setdefault(value, chosen)
        label = self.labels["assume"].format(fact=doubt.called.text(self.page))
        choices = tuple(Choosable(value=each, label=label, chosen=each == value) for each, label in words.items())
        return FormField(name="assume", label=label, kind="select", value=value, choices=choices)

    def other_readings(self, answer: Answer | AnswerInDoubt) -> list[Part]:
        """The other readings that would change the answer; a sentence where there is none."""
        return parts_of(other_readings(answer, self.page), self.labels["other_readings"])

    def law(self, answer: Answer) -> list[Part]:
        """The law beside the contract: a sentence and its tables, or the reason why it does not apply."""
        return parts_of(stack(law_sentence(answer, self.page), law_blocks(answer, self.page)), self.labels["law"])

    def coming(self, case: Case, subscription: str, day: Day) -> list[Part]:
        """What comes, in order of date; a sentence where it cannot be computed, empty where nothing comes."""
        try:
            found = coming_of(case, subscription, day)
        except InputErrors as errors:
            return [self.in_words(errors.errors[0].text)]
        return parts_of(stack(coming_table(found.items, self.page)), self.labels["coming"])

    def coming_in_doubt(self, scenario: Scenario, subscription: str, day: Day) -> list[Part]:
        """The same in every course of events, with the facts on which it hangs; a sentence where there are many."""
        return self._in_every_world(
            scenario,
            lambda: coming_in_doubt_table(
                coming_in_doubt(scenario, day, subscription, DAYS_AHEAD, OWN_TERMS, with_law=False), self.page
            ),
            "coming",
        )

    def invoices(self, case: Case, day: Day) -> list[Part]:
        """The lines up to a day with their sum; a sentence where they cannot be computed, empty without lines."""
        try:
            outcome = case.outcome(day)
        except InputErrors as errors:
            return [self.in_words(errors.errors[0].text)]
        return parts_of(stack(invoices_table(outcome, self.page)), self.labels["invoices"])

    def invoices_in_doubt(self, scenario: Scenario, day: Day) -> list[Part]:
        """The lines in every course of events, with the facts on which each hangs; a sentence where there are many."""
        return self._in_every_world(
            scenario, lambda: invoices_in_doubt_table(outcome_in_doubt(scenario, day, OWN_TERMS), self.page), "invoices"
        )

    def _in_every_world(self, scenario: Scenario, table: Callable[[], Table | None], title: str) -> list[Part]:
        """A table over all courses of events; a sentence where they are too many, or where it cannot be computed."""
        if world_count(scenario.doubts) > MOST_AHEAD:
            return [self.labels["one_course"]]
        try:
            return parts_of(stack(table()), self.labels[title])
        except InputErrors as errors:
            return [self.in_words(errors.errors[0].text)]

    def retention(self, case: Case, day: Day) -> list[Part]:
        """The data held and until when; a sentence without a policy, or where it cannot be computed."""
        policy = case.scenario.policy
        if policy is None:
            return [self.labels["no_policy"]]
        try:
            found = retention(case, day)
        except InputErrors as errors:
            return [self.in_words(errors.errors[0].text)]
        return parts_of(retention_page(found, policy, self.page), self.labels["retention"])

    def _short(self, day: Day | None) -> str:
        return "" if day is None else self.page.language.short_day(day)

    def events(self, stored: StoredMember) -> list[EventRow]:
        """The events of a member in order, including the announcements to all."""
        facts = {id(fact.event): fact for fact in stored.facts}
        rows = []
        for event in stored.document(Day.max)["timeline"]:
            fact = facts.get(id(event))
            rows.append(
                EventRow(
                    fact=fact.fact if fact else None,
                    day=self.days(event["date"]),
                    event=EVENT_NAMES[event["event"]].text(self.page),
                    fields=self.fields(event),
                    recorded_at=self.instant(fact.recorded_at) if fact else self.labels["to_all"],
                    recorded_by=(fact.recorded_by or "") if fact else "",
                    note=(fact.note or "") if fact else "",
                )
            )
        return rows


def state_words(subscriptions: Iterable[dict[str, str]], page: Page) -> str:
    """The packages and states of a member in a list."""
    return ", ".join(f"{each['package']} {STATES[each['state']].text(page)}" for each in subscriptions)
