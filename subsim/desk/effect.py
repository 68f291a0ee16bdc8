"""What an event changes, in tables of two columns: as it is, and with the event."""

from collections.abc import Sequence
from typing import Any

from subsim.answers.what_if import Difference, WhatIf
from subsim.basics.dates import Day
from subsim.desk.blocks import Row, Table, plain, stopped
from subsim.desk.words import EVENT_NAMES, labels
from subsim.engine.labels import DUTIES, LINES
from subsim.pages.text import Page
from subsim.pages.what_if import TOTALS, subscription_facts


class Effect:
    """Makes tables of the changes, in the language of a page."""

    def __init__(self, page: Page) -> None:
        self.page, self.labels = page, labels(page.language.code)

    def tables(self, changes: WhatIf) -> list[Table]:
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
                EVENT_NAMES[each.event].text(self.page),
                _("refused") if each.verdict == "refused" else _("accepted"),
                each.clause,
                stopped(self.page.words(each.because)),
            ]
            for each in changes.tried
        ]
        headings = [_("date"), _("event"), self.labels["what"], _("clause"), _("why")]
        return Table(caption=self.labels["event"], headings=headings, rows=rows)

    def _subscriptions(self, changes: WhatIf) -> Table:
        several = len(changes.after.subscriptions) > 1
        rows = []
        for pair in changes.subscriptions:
            before, after = (subscription_facts(each, self.page) for each in (pair.before, pair.after))
            either = pair.after or pair.before
            assert either is not None
            for name in dict.fromkeys((*before, *after)):
                if before.get(name, "") != after.get(name, ""):
                    what = f"{either.id}: {name}" if several else name
                    rows.append([what, before.get(name, "") or "–", after.get(name, "") or "–"])
        return self._both(self.labels["subscriptions"], [self.labels["what"]], rows)

    def _lines(self, changes: WhatIf) -> Table:
        _, figures = self.page.translate, self.page.language.figures
        rows = []
        for pair in changes.invoices:
            either = pair.after or pair.before
            assert either is not None
            span = f"{self._short(either.starts)}-{self._short(either.ends)}" if either.starts or either.ends else ""
            amounts = [figures(each.amount) if each else "–" for each in (pair.before, pair.after)]
            paid = [self._short(each.paid_on) if each else "" for each in (pair.before, pair.after)]
            sums = [
                f"{amount} ({_('paid on')} {day})" if day else amount for amount, day in zip(amounts, paid, strict=True)
            ]
            rows.append(
                [self._short(either.date), LINES[either.kind].text(self.page), either.package or "", span, *sums]
            )
        what = [_("date"), _("line"), _("package"), _("from")]
        return self._both(self.labels["invoices"], what, rows)

    def _refused(self, changes: WhatIf) -> Table:
        _ = self.page.translate
        rows = []
        for pair in changes.other_refusals:
            either = pair.after or pair.before
            assert either is not None
            why = [f"{each.clause}: {plain(self.page.words(each.because))}" if each else "–" for each in _sides(pair)]
            rows.append([self._short(either.date), EVENT_NAMES[either.event].text(self.page), *why])
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
        before, after = changes.before.totals, changes.after.totals
        figures = self.page.language.figures
        rows = [
            [self.page.words(words), figures(getattr(before, name)), figures(getattr(after, name))]
            for name, words in TOTALS.items()
            if getattr(before, name) != getattr(after, name)
        ]
        return self._both(self.labels["totals"], [self.labels["what"]], rows, figures=(1, 2))

    def _short(self, day: Day | None) -> str:
        return "" if day is None else self.page.language.short_day(day)


def _sides(pair: Difference[Any]) -> Sequence[Any]:
    return pair.before, pair.after
