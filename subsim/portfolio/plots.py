"""Pictures of the summary of a run, for phone and paper, with patterns and strokes in place of colours.

Equal sums give equal bytes, whatever the settings of matplotlib on the machine.
"""

from collections.abc import Callable, Sequence
from itertools import chain, cycle, pairwise
from pathlib import Path
from typing import Any, Literal

import matplotlib
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from subsim.basics.atomic_file import atomic_file
from subsim.basics.dates import Day, months
from subsim.basics.enumerations import EndReason
from subsim.basics.money import half_up
from subsim.basics.notation import day_from_iso, iso_month, ore_of
from subsim.basics.texts import Message
from subsim.engine.changes import CHANGES
from subsim.engine.labels import END_REASONS, ROUTES
from subsim.engine.ways import WAYS
from subsim.membership.events import KINDS
from subsim.membership.ways import OPERATOR
from subsim.pages.law.table import LAW_COLUMNS
from subsim.pages.text import Page
from subsim.portfolio.summary_page import PHASES
from subsim.retention.labels import STATUSES
from subsim.rules.operator_termination import CAUSES

Kind = Literal["svg", "png"]
Of = Literal["run", "law", "retention"]
"""The summary that is drawn: that of `portfolio run`, `portfolio law`, or `portfolio retention`."""

_INK, _PAPER, _PALE, _DARK = "#1a1a1a", "#ffffff", "#d4d4d4", "#2f4858"
_WIDE = 6.0
"""The width in inches, at which letters of 11 points can be read on a phone."""
_STYLE: Any = {
    "axes.edgecolor": _INK,
    "axes.labelcolor": _INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.constrained_layout.h_pad": 0.08,
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.w_pad": 0.08,
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Liberation Sans", "Arial", "sans-serif"],
    "font.size": 11,
    "hatch.linewidth": 0.8,
    "legend.frameon": False,
    "legend.handleheight": 1.2,
    "legend.handlelength": 2.4,
    "savefig.dpi": 160,
    "svg.fonttype": "none",
    "svg.hashsalt": "subsim",
    "text.color": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
}
_METADATA: dict[Kind, dict[str, str | None]] = {"svg": {"Creator": None, "Date": None}, "png": {"Software": None}}
"""The day and the version of matplotlib are left out."""
_FILLS = (
    (_PALE, ""),
    (_DARK, ""),
    (_PAPER, "////"),
    (_PALE, "xxxx"),
    (_PAPER, "||||"),
    (_PAPER, ""),
    (_PAPER, "\\\\\\\\"),
    (_PALE, "----"),
    (_PAPER, "++++"),
    (_PAPER, "oo"),
    (_PALE, ".."),
    (_DARK, "////"),
    (_DARK, "xxxx"),
    (_DARK, "...."),
)
"""Fills and hatchings that can be distinguished in grey, in the order of a stack."""
_OWN_WAYS = tuple(route for route in reversed(WAYS) if route not in CHANGES)
_CAUSES = tuple(CAUSES)
_STACK: tuple[EndReason, ...] = (*_OWN_WAYS[:1], *CHANGES, *_OWN_WAYS[1:], _CAUSES[0], OPERATOR, *_CAUSES[1:])
_REASONS = dict(zip(_STACK, cycle(_FILLS), strict=False))
"""The reasons of an end from the bottom of a stack to its top, each with its fill and its hatching."""
_UNITS = ((Message("kr."), 1), (Message("1,000 kr."), 1_000), (Message("million kr."), 1_000_000))
"""The units of amounts, with their kroner; the largest is used of which there are at least ten."""
_MONEY = {
    "billed": Message("billed"),
    "paid": Message("paid"),
    "refunded": Message("refunded"),
    "owed": Message("owed as the month ends"),
}
_PERCENT = {"en": "#,##0.0%", "da": "#,##0.0\N{NO-BREAK SPACE}%"}
_MONTHS_NAMED, _QUARTERS_NAMED, _YEARS = 13, 36, 11
"""Up to how many months there is room to name each, or each third; beyond that, how many years can be named."""


def write_plots(summary: dict[str, Any], page: Page, folder: Path, kind: Kind, of: Of = "run") -> None:
    """Write the pictures of a summary of a run, or of the law, into a folder, each whole or not at all.

    OSError where that fails.
    """
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        for name, (title, draw) in _PICTURES[of].items():
            words = page.words(title.fill(day=day_from_iso(summary["until"])))
            figure = Figure()
            draw(figure, summary, page)
            figure.suptitle(words, x=0.01, horizontalalignment="left", fontsize=13, fontweight="bold")
            with atomic_file(folder / f"{name}.{kind}") as file:
                figure.savefig(file, format=kind, metadata=_METADATA[kind] | {"Title": words})


# The pictures


def _phases(figure: Figure, summary: dict[str, Any], page: Page) -> None:
    members, code = summary["members"], page.language.code
    figure.set_size_inches(_WIDE, 0.9 + 0.36 * len(members))
    whole = sum(members.values()) or 1
    names = [page.words(PHASES[phase]) for phase in members]
    shares = [format_percent(number / whole, _PERCENT[code], locale=code) for number in members.values()]
    values = [f"{_figures(number, page)}   {share}" for number, share in zip(members.values(), shares, strict=True)]
    _bars(figure.subplots(), page.words(Message("members")), names, list(members.values()), values, room=1.4)


def _ends(figure: Figure, summary: dict[str, Any], page: Page) -> None:
    if not summary["ends"]:
        _nothing(figure, page.words(Message("no subscription ended")))
        return
    figure.set_size_inches(_WIDE, 4.6)
    axes, span = figure.subplots(), _span(summary)
    sums = {(end["month"], end["reason"]): end["subscriptions"] for end in summary["ends"]}
    below = [0] * len(span)
    for reason, (fill, hatch) in _REASONS.items():
        found = [sums.get((iso_month(month), reason), 0) for month in span]
        if any(found):
            above = [low + number for low, number in zip(below, found, strict=True)]
            _steps(axes, above, page.words(END_REASONS[reason]), fill, hatch, below)
            below = above
    _name_months(axes, span, page)
    _name_heights(axes, below, page.words(Message("subscriptions a month")), page)
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower left", ncols=2, reverse=True)


def _money(figure: Figure, summary: dict[str, Any], page: Page) -> None:
    """The amounts billed and paid, refunded, and owed, with one scale for each."""
    if not summary["months"]:
        _nothing(figure, page.words(Message("nothing was billed, paid or refunded")))
        return
    figure.set_size_inches(_WIDE, 7)
    span, sums = _span(summary), _money_by_month(summary)
    panels = figure.subplots(3, sharex=True, height_ratios=(5, 3, 3))
    for axes, names in zip(panels, (("billed", "paid"), ("refunded",), ("owed",)), strict=True):
        most = max(abs(amount) for name in names for amount in sums[name])
        unit, kroner = next((each for each in reversed(_UNITS) if most >= 10 * each[1] * 100), _UNITS[0])
        in_unit = {name: [amount / (kroner * 100) for amount in sums[name]] for name in names}
        for name, heights in in_unit.items():
            words = page.words(_MONEY[name])
            if name in ("billed", "refunded"):
                _steps(axes, heights, words, _PALE)
            else:
                _line(axes, heights, words, 1 if name == "owed" else 0.5)
        _name_heights(axes, [*chain.from_iterable(in_unit.values())], page.words(unit), page)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0)
    figure.align_ylabels()
    _name_months(panels[-1], span, page)


def _money_by_month(summary: dict[str, Any]) -> dict[str, list[int]]:
    """The amounts in øre of every month of the span; `owed` keeps its value in a month without any."""
    rows, sums, owed = {row["month"]: row for row in summary["months"]}, dict[str, list[int]](), 0
    for month in _span(summary):
        row = rows.get(iso_month(month), {})
        for name in ("billed", "paid", "refunded"):
            sums.setdefault(name, []).append(ore_of(row.get(name, "0.00")))
        owed = ore_of(row["owed"]) if row else owed
        sums.setdefault("owed", []).append(owed)
    return sums


def _exits(figure: Figure, summary: dict[str, Any], page: Page) -> None:
    rows = summary["announcements"]
    if not rows:
        _nothing(figure, page.words(Message("nothing was announced")))
        return
    figure.set_size_inches(_WIDE, 0.9 + 0.5 * len(rows))
    left, right = figure.subplots(1, 2, sharey=True)
    changes = [page.words(ROUTES[row["event"].removeprefix("announce_")]) for row in rows]
    days = [page.language.short_day(day_from_iso(row["date"])) for row in rows]
    names = [f"{day}\n{change}" for day, change in zip(days, changes, strict=True)]
    members = [row["members_with_exit"] for row in rows]
    revenue = [half_up(ore_of(row["revenue_a_month"]), 100) for row in rows]
    numbers = [_figures(number, page) for number in members]
    amounts = [f"{_figures(kroner, page)} kr." for kroner in revenue]
    _bars(left, page.words(Message("members")), names, members, numbers, room=1.7)
    _bars(right, page.words(Message("revenue a month")), names, revenue, amounts, room=1.7)


def _law_days(figure: Figure, summary: dict[str, Any], page: Page) -> None:
    _by_provision(figure, summary, page, Message("days"), lambda row, column: int(row[f"{column}_days"]))


def _law_money(figure: Figure, summary: dict[str, Any], page: Page) -> None:
    words = Message("kr.")
    _by_provision(figure, summary, page, words, lambda row, column: ore_of(row[f"{column}_amount"]) // 100)


def _by_provision(
    figure: Figure, summary: dict[str, Any], page: Page, what: Message, of: Callable[[dict[str, Any], str], int]
) -> None:
    """Two bars for each provision and kind of agreement: what is sure, and what is arguable."""
    rows = [(row, column) for row in summary["provisions"] for column in ("sure", "arguable")]
    if not rows:
        _nothing(figure, page.words(Message("the law gives nobody more")))
        return
    figure.set_size_inches(_WIDE, 1.2 + 0.36 * len(rows))
    names = [_name_of(row, column, page) for row, column in rows]
    lengths = [of(row, column) for row, column in rows]
    values = [_figures(length, page) for length in lengths]
    _bars(figure.subplots(), page.words(what), names, lengths, values, room=1.4)
    figure.supxlabel(page.words(Message("information about the law as read here, not legal advice")), fontsize=8)


def _name_of(row: dict[str, Any], column: str, page: Page) -> str:
    parts = [row["provision"], *([page.words(KINDS[row["kind"]])] if row["kind"] else [])]
    return f"{', '.join(parts)}: {page.words(LAW_COLUMNS[column])}"


def _disposals(figure: Figure, summary: dict[str, Any], page: Page) -> None:
    """What falls due in each month of the period and of the twelve after it, stacked by clause."""
    rows = summary["months"]
    clauses = list(dict.fromkeys(clause for row in rows for clause in row["by_clause"]))
    if not clauses:
        _nothing(figure, page.words(Message("nothing falls due")))
        return
    figure.set_size_inches(_WIDE, 4.6)
    axes, below = figure.subplots(), [0] * len(rows)
    for clause, (fill, hatch) in zip(clauses, cycle(_REASONS.values()), strict=False):
        above = [low + row["by_clause"].get(clause, 0) for low, row in zip(below, rows, strict=True)]
        _steps(axes, above, clause, fill, hatch, below)
        below = above
    _name_months(axes, [day_from_iso(f"{row['month']}-01") for row in rows], page)
    _name_heights(axes, below, page.words(Message("holdings a month")), page)
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower left", ncols=2, reverse=True)


def _held(figure: Figure, summary: dict[str, Any], page: Page) -> None:
    holdings = summary["holdings"]
    figure.set_size_inches(_WIDE, 0.9 + 0.36 * len(holdings))
    names = [page.words(STATUSES[status]) for status in holdings]
    numbers = list(holdings.values())
    values = [_figures(number, page) for number in numbers]
    _bars(figure.subplots(), page.words(Message("holdings")), names, numbers, values, room=1.2)


_PICTURES: dict[Of, dict[str, tuple[Message, Callable[[Figure, dict[str, Any], Page], None]]]] = {
    "run": {
        "members-by-phase": (Message("Members by phase on {day}"), _phases),
        "ends-by-month": (Message("Ends by month and reason"), _ends),
        "money-by-month": (Message("Money by month"), _money),
        "open-exits": (Message("Open exits on the day of each announcement"), _exits),
    },
    "law": {
        "law-days": (Message("Days sooner by law than by contract, {day}"), _law_days),
        "law-money": (Message("Kroner more by law than by contract, {day}"), _law_money),
    },
    "retention": {
        "disposals-by-month": (Message("Falls due by month and clause"), _disposals),
        "holdings-by-status": (Message("Holdings by status on {day}"), _held),
    },
}
"""The pictures by what they are of and the names of their files, each with its title."""


# What they are made of


def _bars(
    axes: Axes, what: str, names: Sequence[str], lengths: Sequence[int], values: Sequence[str], room: float
) -> None:
    """Bars from the top down, each with its value beside it; `room` is the width for the values."""
    bars = axes.barh(range(len(names)), lengths, height=0.7, color=_PALE, edgecolor=_INK)
    axes.bar_label(bars, values, padding=4)
    axes.set_yticks(range(len(names)), names)
    axes.tick_params("y", length=0)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(0, room * max(*lengths, 1))
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.xaxis.set_label_position("top")
    axes.set_xlabel(what, loc="left")


def _steps(
    axes: Axes, heights: Sequence[float], words: str, fill: str, hatch: str = "", below: float | Sequence[float] = 0
) -> None:
    """A surface above those below it, with a step for each month."""
    axes.stairs(
        heights,
        baseline=below,
        fill=True,
        facecolor=fill,
        edgecolor=_INK,
        hatch=hatch,
        linewidth=0.8,
        clip_on=False,
        label=words,
    )


def _line(axes: Axes, heights: Sequence[float], words: str, within: float) -> None:
    """A line with a point for each month, marked where there are few months."""
    places = [place + within for place in range(len(heights))]
    point = "o" if len(heights) <= _MONTHS_NAMED else ""
    axes.plot(places, heights, color=_INK, linewidth=1.6, marker=point, markersize=4, clip_on=False, label=words)


def _nothing(figure: Figure, words: str) -> None:
    """A sentence instead of a picture."""
    figure.set_size_inches(_WIDE, 1)
    axes = figure.subplots()
    axes.set_axis_off()
    axes.text(0, 0.5, words)


def _name_heights(axes: Axes, heights: Sequence[float], what: str, page: Page) -> None:
    """A scale from 0, in whole numbers, that includes all of these."""
    low, high = min(0, *heights), max(0, *heights)
    axes.set_ylim(low * 1.05, high * 1.05 if high > low else 1)
    axes.set_ylabel(what)
    axes.yaxis.set_major_locator(MaxNLocator(4, steps=(1, 2, 2.5, 5, 10), integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _place: _figures(value, page)))


def _name_months(axes: Axes, span: list[Day], page: Page) -> None:
    """Label each month, every third one, each year, or every few years, as there is space."""
    axes.set_xlim(0, len(span))
    if len(span) > _QUARTERS_NAMED:
        every = -(-len(span) // (12 * _YEARS))
        begins = [n for n, month in enumerate(span) if n == 0 or (month.month == 1 and month.year % every == 0)]
        named = [n for n, after in pairwise([*begins, len(span)]) if after - n >= len(span) / _YEARS]
        axes.set_xticks(named, [str(span[place].year) for place in named], horizontalalignment="left")
        return
    step = 1 if len(span) <= _MONTHS_NAMED else 3
    named = [place for place, month in enumerate(span) if month.month % step == 1 % step]
    words = [
        format_date(span[place], "MMM", locale=page.language.code).rstrip(".")
        + (f"\n{span[place].year}" if place == named[0] or span[place].month == 1 else "\n")
        for place in named
    ]
    axes.set_xticks([place + 0.5 for place in named], words)


def _figures(number: float, page: Page) -> str:
    return format_decimal(number, "#,##0.##", locale=page.language.code)


def _span(summary: dict[str, Any]) -> list[Day]:
    """The first days of all months, from the first in which something was billed, paid or ended to the last."""
    found = [row["month"] for row in (*summary["months"], *summary["ends"])]
    first, last = (day_from_iso(f"{month}-01") for month in (min(found), max(found)))
    return [months(first, number) for number in range((last.year - first.year) * 12 + last.month - first.month + 1)]
