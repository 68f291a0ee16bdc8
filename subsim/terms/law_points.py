"""The law points: questions on which the law has two tenable readings, and the reading of each column.

The column `sure` is what the member has under every tenable reading, `arguable` the most that one of them gives. A
scenario or the command line may set a point, which then has that reading in both columns. Profiles, numbers and changed
terms never change the law.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from attrs import field

from subsim.basics.values import Field, fields_of, frozen

Column = Literal["sure", "arguable"]
COLUMNS: tuple[Column, ...] = ("sure", "arguable")


def _point(question: str, provisions: str, readings: dict[str, str], *, sure: str, arguable: str) -> Any:
    metadata = {
        "question": question,
        "provisions": tuple(provisions.split()),
        "readings": readings,
        "picks": {"sure": sure, "arguable": arguable},
    }
    return field(default=sure, metadata=metadata)


@frozen(kw_only=True)
class LawReadings:
    """A reading for every law point; the defaults are those of the column `sure`.

    In the explanations n is the day of a notice, c that of the agreement, A that of an announcement.
    """

    law_tele_month: Literal["to-month-end", "from-receipt"] = _point(
        "When does one month's notice end a telecoms agreement?",
        "tele.7",
        {
            "to-month-end": "with the month after the one in which the notice came",
            "from-receipt": "one month after the notice came",
        },
        sure="to-month-end",
        arguable="from-receipt",
    )
    law_28_early: Literal["refused", "counts"] = _point(
        "What does a notice do that comes before five months have passed?",
        "fal.28",
        {
            "refused": "there is no statutory end: notice is to be given again once five months have passed",
            "counts": "it counts as if it had come on the day on which five months had passed",
        },
        sure="refused",
        arguable="counts",
    )
    law_tv_box: Literal["unknown", "applies"] = _point(
        "Does the rule on running services cover TV with a receiver that is lent?",
        "fal.28",
        {
            "unknown": "special rules exist that have not been seen: nothing is claimed",
            "applies": "yes, as for other running services",
        },
        sure="unknown",
        arguable="applies",
    )
    law_bundle_before: Literal["later", "sooner"] = _point(
        "Which end has a bundle of internet and TV by the rules before 21 December 2020?",
        "fal.28 tele.7",
        {
            "later": "the later of its two parts' ends; none where one part has none",
            "sooner": "the sooner of its two parts' ends",
        },
        sure="later",
        arguable="sooner",
    )
    law_25_pay: Literal["pro-rata", "nothing"] = _point(
        "Are used days paid for where it is not known if the member asked for the start?",
        "fal.25",
        {
            "pro-rata": "yes, by time",
            "nothing": "no, nothing is owed",
        },
        sure="pro-rata",
        arguable="nothing",
    )
    law_25_base: Literal["period", "binding"] = _point(
        "Which price are the used days a part of?",
        "fal.25",
        {
            "period": "the charge of each line, by the days that it covers",
            "binding": "six monthly prices, by the days of the first six months",
        },
        sure="period",
        arguable="period",
    )
    law_content: Literal["service", "digital-content"] = _point(
        "Is the subscription a service or digital content?",
        "fal.18",
        {
            "service": "a service: the right to withdraw lasts while it runs",
            "digital-content": "digital content: with consent, the right is gone once it was activated",
        },
        sure="digital-content",
        arguable="service",
    )
    law_short_change: Literal["deferred", "void"] = _point(
        "What becomes of a change that is told less than a month before?",
        "tele.6",
        {
            "deferred": "it takes effect one month after A",
            "void": "it never takes effect for the member",
        },
        sure="deferred",
        arguable="void",
    )
    law_change_window: Literal["shorter", "longer"] = _point(
        "Until when may the member leave because of a change?",
        "tele.6",
        {
            "shorter": "until a month after A or the day before its effect, whichever comes first",
            "longer": "until a month after A or the day before its effect, whichever comes last",
        },
        sure="shorter",
        arguable="longer",
    )
    law_arrears_warning: Literal["none", "warned"] = _point(
        "Is a written warning needed before a closing for arrears?",
        "tele.arrears",
        {
            "none": "no",
            "warned": "yes: without one it is refused",
        },
        sure="none",
        arguable="warned",
    )
    law_acceleration: Literal["to-statutory-end", "arrears-only"] = _point(
        "Which remaining payments can be claimed on termination for cause?",
        "law.acceleration",
        {
            "to-statutory-end": "those of the days before the statutory end",
            "arrears-only": "none beyond what is already due",
        },
        sure="to-statutory-end",
        arguable="arrears-only",
    )
    law_interest_start: Literal["due-agreed", "demand"] = _point(
        "From when does interest run on lines other than periods?",
        "rl.3",
        {
            "due-agreed": "from the due date",
            "demand": "from 30 days after it",
        },
        sure="due-agreed",
        arguable="demand",
    )
    law_version: Literal["by-conclusion", "by-event"] = _point(
        "Which rules apply to a bundle agreed before 21 December 2020 and ended later?",
        "tele.10",
        {
            "by-conclusion": "those of the day of the agreement",
            "by-event": "those of the day of the notice",
        },
        sure="by-conclusion",
        arguable="by-event",
    )

    def of(self, point: str) -> str:
        """The reading of a point, by its name as people write it."""
        reading: str = getattr(self, _ATTRIBUTES[point])
        return reading


@frozen(kw_only=True)
class LawPoint:
    """A law point in the catalogue: its question, provisions, readings in words, and the reading of each column."""

    name: str
    question: str
    provisions: tuple[str, ...]
    readings: dict[str, str]
    picks: dict[Column, str]


def _as_point(attribute: Field) -> LawPoint:
    return LawPoint(name=attribute.name.replace("_", "-"), **attribute.metadata)


LAW_POINTS: dict[str, LawPoint] = {point.name: point for point in map(_as_point, fields_of(LawReadings))}
"""The law points by name, in the order of the page."""
_ATTRIBUTES = {name: name.replace("-", "_") for name in LAW_POINTS}


def law_readings(column: Column, choices: Mapping[str, str]) -> LawReadings:
    """The readings of a column; `choices` sets single points."""
    return _law_readings(column, tuple(choices.items()) if choices else ())


@lru_cache(maxsize=256)
def _law_readings(column: Column, choices: tuple[tuple[str, str], ...]) -> LawReadings:
    picks = {name: point.picks[column] for name, point in LAW_POINTS.items()} | dict(choices)
    fields_chosen: dict[str, Any] = {name.replace("-", "_"): reading for name, reading in picks.items()}
    return LawReadings(**fields_chosen)


def split(choices: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The choices in two parts: of contested points of the contract, and of law points."""
    of_law = {name: reading for name, reading in choices.items() if name in LAW_POINTS}
    return {name: reading for name, reading in choices.items() if name not in of_law}, of_law
