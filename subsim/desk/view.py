"""What the pages show of a member: values and words ready for the templates, in one language."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from attrs import frozen

from subsim.answers.can_cancel import Answer, WayOut
from subsim.answers.coming import coming_of
from subsim.answers.outcome import Outcome, SubscriptionOutcome
from subsim.answers.question import Case
from subsim.answers.what_if import Difference, WhatIf
from subsim.base.member import Stored
from subsim.basics.dates import Day, days_after
from subsim.basics.faults import InputErrors
from subsim.basics.instants import Instant, in_copenhagen, moment_of
from subsim.basics.texts import Message
from subsim.desk.problems import told_in
from subsim.desk.typed import day_in_words
from subsim.desk.words import choice_label, field_label, labels
from subsim.engine.labels import DUTIES, END_REASONS, EVENTS, LINES, ROUTES, STATES
from subsim.files.given import Given
from subsim.pages import blocks
from subsim.pages.blocks import stack
from subsim.pages.coming import item_words
from subsim.pages.law import law_blocks, law_sentence
from subsim.pages.text import Page
from subsim.terms.readings import POINTS

Row = list[str]


@frozen(kw_only=True)
class Table:
    """A table: its caption, the headings of its columns, and its rows; the first columns of amounts are numbers."""

    caption: str
    headings: Row
    rows: list[Row]
    figures: tuple[int, ...] = ()


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
    """A row of the events: the fact's id, None of an announcement to all; what happened, and who recorded it when."""

    fact: int | None
    day: str
    event: str
    fields: str
    recorded_at: str
    recorded_by: str
    note: str


class View:
    """Puts values into the words of a page."""

    def __init__(self, page: Page) -> None:
        self.page, self.code = page, page.language.code
        self.labels = labels(self.code)

    def day(self, day: Day | None) -> str:
        """A day as a sentence names it; empty for none."""
        return "" if day is None else self.page.language.day(day)

    def long_day(self, day: Day) -> str:
        """A day with its weekday."""
        return day_in_words(day, self.code)

    def iso(self, text: str) -> str:
        """An ISO date, or the beginning of a timestamp, as a table writes it."""
        return self.page.language.short_day(Day.fromisoformat(text[:10]))

    def amount(self, amount: int | None) -> str:
        """An amount with its currency; empty for none."""
        return "" if amount is None else self.page.language.amount(amount)

    def instant(self, instant: Instant | None) -> str:
        """An instant by the clock of Copenhagen, to the second."""
        if instant is None:
            return ""
        moment = in_copenhagen(moment_of(instant))
        return f"{self.page.language.short_day(moment.date())} {moment:%H:%M:%S}"

    def told(self, message: Message) -> str:
        """A message in the language of the page."""
        return told_in(message, self.code)

    def fields(self, event: Given) -> str:
        """The fields of an event that is given, without its date and its name."""
        parts = []
        for name, value in event.items():
            if name in ("date", "event"):
                continue
            if isinstance(value, dict):
                parts += [f"{field_label(f'{name}.{key}', self.code)}: {each}" for key, each in value.items()]
            else:
                values = value if isinstance(value, list) else [value]
                words = ", ".join(
                    choice_label(str(each).lower() if isinstance(each, bool) else str(each), self.code)
                    for each in values
                )
                parts.append(f"{field_label(name, self.code)}: {words}")
        return "; ".join(parts)

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
            because=self._stopped(self.page.words(way.because)),
        )

    def _stopped(self, sentence: str) -> str:
        text = _plain(sentence).rstrip(".")
        return f"{text[:1].upper()}{text[1:]}."

    def other_readings(self, answer: Answer) -> Table | None:
        """The other readings that would change the answer; None where there is none."""
        _ = self.page.translate
        if not answer.contested:
            return None
        rows = []
        for other in answer.contested:
            gives = _("cannot cancel")
            if other.earliest_end is not None and other.route is not None:
                gives = f"{self.page.language.short_day(other.earliest_end)}, {ROUTES[other.route].text(self.page)}"
            rows.append([other.point, other.reading, gives, _plain(_(POINTS[other.point].readings[other.reading]))])
        headings = [_("point"), _("reading"), _("answer"), _("what it says")]
        return Table(caption=self.labels["other_readings"], headings=headings, rows=rows)

    def law(self, answer: Answer) -> list[Table | str]:
        """The law beside the contract: its tables, and its sentences; where it covers nothing, why not."""
        blocks = law_blocks(answer, self.page) or stack(law_sentence(answer, self.page))
        return list(chain.from_iterable(map(self._shown, blocks)))

    def _shown(self, block: blocks.Block, caption: str = "") -> Iterator[Table | str]:
        match block:
            case blocks.Section(title=title, blocks=inner):
                for each in inner:
                    yield from self._shown(each, title)
            case blocks.Table(shown_columns=columns):
                rows = [list(map(_plain, cells)) for cells in zip(*(column.cells for column in columns), strict=True)]
                yield Table(caption=caption, headings=[column.heading for column in columns], rows=rows)
            case blocks.Paragraph(text=text):
                yield _plain(text)
            case _:
                raise AssertionError(f"no part of the law is shown as {block}")

    def coming(self, case: Case, subscription: str, day: Day) -> Table | str | None:
        """All that lies ahead in order of date; a sentence where it cannot be told, None where nothing does."""
        try:
            found = coming_of(case, subscription, day)
        except InputErrors as errors:
            return self.told(errors.errors[0].text)
        if not found.items:
            return None
        _, page = self.page.translate, self.page
        rows = [
            [
                self._short(item.date),
                _plain(page.words(item_words(item, page))),
                "" if item.amount is None else page.language.figures(item.amount),
                item.clause,
                self._stopped(page.words(item.because)),
            ]
            for item in found.items
        ]
        headings = [_("date"), _("what comes"), _("kr."), _("clause"), _("why")]
        return _without_empty(Table(caption=self.labels["coming"], headings=headings, rows=rows, figures=(2,)))

    def invoices(self, case: Case, day: Day) -> Table | str | None:
        """The lines up to a day with their sum; a sentence where they cannot be told, None where there are none."""
        try:
            outcome = case.outcome(day)
        except InputErrors as errors:
            return self.told(errors.errors[0].text)
        if not outcome.invoices:
            return None
        _, short, figures = self.page.translate, self._short, self.page.language.figures
        rows = [
            [
                short(line.date),
                LINES[line.kind].text(self.page),
                (line.subscription or "") if len(outcome.subscriptions) > 1 else "",
                line.package or "",
                short(line.starts),
                short(line.ends),
                figures(line.amount),
                short(line.paid_on),
                line.clause,
            ]
            for line in outcome.invoices
        ]
        headings = [
            *(_("date"), _("line"), _("subscription"), _("package"), _("from"), _("until"), _("kr."), _("paid on")),
            _("clause"),
        ]
        total = ["", _("in all"), "", "", "", "", figures(outcome.totals.charged), "", ""]
        return _without_empty(
            Table(caption=self.labels["invoices"], headings=headings, rows=[*rows, total], figures=(6,))
        )

    def _short(self, day: Day | None) -> str:
        return "" if day is None else self.page.language.short_day(day)

    def events(self, stored: Stored) -> list[EventRow]:
        """The events of a member in their order, the announcements to all among them."""
        facts = {id(fact.event): fact for fact in stored.facts}
        rows = []
        for event in stored.document(Day.max)["timeline"]:
            fact = facts.get(id(event))
            rows.append(
                EventRow(
                    fact=fact.fact if fact else None,
                    day=self.iso(event["date"]),
                    event=EVENTS[event["event"]].text(self.page),
                    fields=self.fields(event),
                    recorded_at=self.instant(fact.recorded_at) if fact else self.labels["to_all"],
                    recorded_by=(fact.recorded_by or "") if fact else "",
                    note=(fact.note or "") if fact else "",
                )
            )
        return rows

    # What an event changes

    def effect(self, changes: WhatIf) -> list[Table]:
        """The tables of what changes, each with how it is and how it would be."""
        tables = [
            self._tried(changes),
            self._subscriptions(changes),
            self._lines(changes),
            self._refused(changes),
            self._duties(changes),
            self._totals(changes),
        ]
        return [table for table in tables if table.rows]

    def _both(self, caption: str, what: list[str], rows: list[Row], figures: tuple[int, ...] = ()) -> Table:
        headings = [*what, self.labels["as_it_is"], self.labels["with_event"]]
        return Table(caption=caption, headings=headings, rows=rows, figures=figures)

    def _tried(self, changes: WhatIf) -> Table:
        _ = self.page.translate
        rows = [
            [
                self._short(each.date),
                EVENTS[each.event].text(self.page),
                _("refused") if each.verdict == "refused" else _("accepted"),
                each.clause,
                self._stopped(self.page.words(each.because)),
            ]
            for each in changes.tried
        ]
        headings = [_("date"), _("event"), self.labels["what"], _("clause"), _("why")]
        return Table(caption=self.labels["event"], headings=headings, rows=rows)

    def _subscriptions(self, changes: WhatIf) -> Table:
        several = len(changes.after.subscriptions) > 1
        rows = []
        for pair in changes.subscriptions:
            before, after = (self._facts_of(each) for each in (pair.before, pair.after))
            either = pair.after or pair.before
            assert either is not None
            for name in dict.fromkeys((*before, *after)):
                if before.get(name, "") != after.get(name, ""):
                    what = f"{either.id}: {name}" if several else name
                    rows.append([what, before.get(name, "") or "–", after.get(name, "") or "–"])
        return self._both(self.labels["subscriptions"], [self.labels["what"]], rows)

    def _facts_of(self, subscription: SubscriptionOutcome | None) -> dict[str, str]:
        if subscription is None:
            return {}
        _, short = self.page.translate, self._short
        reason = subscription.end_reason
        states = ", ".join(f"{short(day)} {STATES[state].text(self.page)}" for day, state in subscription.states)
        return {
            _("state"): STATES[subscription.state].text(self.page),
            _("package"): subscription.package,
            _("bound until"): short(subscription.binding_ends),
            _("ends on"): short(subscription.ends_on),
            _("ended on"): short(subscription.ended_on),
            _("why"): "" if reason is None else END_REASONS[reason].text(self.page),
            _("access"): _("suspended") if subscription.suspended else "",
            _("states"): states,
        }

    def _lines(self, changes: WhatIf) -> Table:
        _, figures = self.page.translate, self.page.language.figures
        rows = []
        for pair in changes.invoices:
            either = pair.after or pair.before
            assert either is not None
            span = f"{self._short(either.starts)}-{self._short(either.ends)}" if either.starts or either.ends else ""
            amounts = [figures(each.amount) if each else "–" for each in (pair.before, pair.after)]
            paid = [self._short(each.paid_on) if each else "" for each in (pair.before, pair.after)]
            shown = [
                f"{amount} ({_('paid on')} {day})" if day else amount for amount, day in zip(amounts, paid, strict=True)
            ]
            rows.append(
                [self._short(either.date), LINES[either.kind].text(self.page), either.package or "", span, *shown]
            )
        what = [_("date"), _("line"), _("package"), _("from")]
        return self._both(self.labels["invoices"], what, rows)

    def _refused(self, changes: WhatIf) -> Table:
        _ = self.page.translate
        rows = []
        for pair in changes.other_refusals:
            either = pair.after or pair.before
            assert either is not None
            why = [f"{each.clause}: {_plain(self.page.words(each.because))}" if each else "–" for each in _sides(pair)]
            rows.append([self._short(either.date), EVENTS[either.event].text(self.page), *why])
        return self._both(self.labels["refused"], [_("date"), _("event")], rows)

    def _duties(self, changes: WhatIf) -> Table:
        _ = self.page.translate
        rows = []
        for pair in changes.duties:
            either = pair.after or pair.before
            assert either is not None
            marks = [self.labels["yes"] if each else "–" for each in _sides(pair)]
            day = self._short(either.date) or _("no date in the terms")
            rows.append([day, DUTIES[either.duty].text(self.page), *marks])
        return self._both(self.labels["duties"], [_("date"), _("duty")], rows)

    def _totals(self, changes: WhatIf) -> Table:
        before, after = _totals(changes.before), _totals(changes.after)
        figures, _ = self.page.language.figures, self.page.translate
        rows = [
            [_(_TOTALS.get(name, name)), figures(before[name]), figures(after[name])]
            for name in before
            if before[name] != after[name]
        ]
        return self._both(self.labels["totals"], [self.labels["what"]], rows, figures=(1, 2))


_TOTALS = {"interest": "interest, apart"}


def _totals(outcome: Outcome) -> dict[str, int]:
    totals = outcome.totals
    return {name: getattr(totals, name) for name in totals.to_dict()}


def _sides(pair: Difference[Any]) -> Sequence[Any]:
    return pair.before, pair.after


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _without_empty(table: Table) -> Table:
    """The table without columns in which no row says anything."""
    used = [index for index, _ in enumerate(table.headings) if any(row[index] for row in table.rows)]
    return Table(
        caption=table.caption,
        headings=[table.headings[index] for index in used],
        rows=[[row[index] for index in used] for row in table.rows],
        figures=tuple(place for place, index in enumerate(used) if index in table.figures),
    )


def state_words(subscriptions: Iterable[dict[str, str]], page: Page) -> str:
    """The packages and states of a member in a list."""
    return ", ".join(f"{each['package']} {STATES[each['state']].text(page)}" for each in subscriptions)
