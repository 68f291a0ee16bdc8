"""The contested points of the terms, their readings, and the three profiles: the choices and their reasons.

Where the terms contradict themselves or leave a question open, they have more than one defensible reading. The choice
between readings is made here only. The rules that depend on it are in `subsim.rules`, each under its own heading.
"""

from collections.abc import Mapping
from typing import Any, Literal, NewType, Protocol

from attrs import field

from subsim.basics.values import Field, fields_of, frozen

ProfileName = Literal["standard", "member", "operator"]
PROFILES: dict[ProfileName, str] = {
    "standard": "the reading that fits most of the terms' own words",
    "member": "doubt favours the consumer (aftaleloven § 38 b)",
    "operator": "the reading that Kabelplus would argue for",
}


def _point(question: str, clauses: str, readings: dict[str, str], *, standard: str, member: str, operator: str) -> Any:
    picks = {"standard": standard, "member": member, "operator": operator}
    metadata = {"question": question, "clauses": tuple(clauses.split()), "readings": readings, "picks": picks}
    return field(default=standard, metadata=metadata)


@frozen(kw_only=True)
class Readings:
    """One reading for every contested point; the defaults are those of the profile `standard`.

    In the explanations n is the day on which a notice was received, B the end of the binding, A the day of an
    announcement, E its effective date, and e the day on which the change reaches the subscription.
    """

    ordinary_notice: Literal["quarterly", "quarter-end", "thirty-days", "period-end", "earliest"] = _point(
        "When does an ordinary notice end the subscription?",
        "betaling.5 opsigelse.2d opsigelse.1a",
        {
            "quarterly": (
                "at the first quarter boundary at least {notice-days} after the notice: all three clauses hold"
            ),
            "quarter-end": "at the first quarter boundary after the notice: betaling.5 alone",
            "thirty-days": "{notice-days} after the notice: opsigelse.2d alone",
            "period-end": "at the end of the billing period in which the notice came: opsigelse.1a alone",
            "earliest": "at the sooner of {notice-days} and the end of the billing period",
        },
        standard="quarterly",
        member="earliest",
        operator="quarterly",
    )
    quarter_anchor: Literal["subscription", "calendar"] = _point(
        "From which day do quarters run?",
        "betaling.5",
        {
            "subscription": "every {quarter-months} from the subscription's own billing anchor",
            "calendar": "every {quarter-months} from 1 January on",
        },
        standard="subscription",
        member="subscription",
        operator="calendar",
    )
    notice_in_binding: Literal["counts", "ends-at-binding", "refused"] = _point(
        "What does an ordinary notice do that comes before the binding has ended?",
        "opsigelse.2 betaling.5",
        {
            "counts": "it counts, and ends the subscription at its first end that does not lie before B",
            "ends-at-binding": "it ends the subscription at B itself, if its own end would have come no later",
            "refused": "it is refused: only a free member can give it",
        },
        standard="counts",
        member="ends-at-binding",
        operator="refused",
    )
    binding_scope: Literal["subscription", "member"] = _point(
        "Does a further subscription bind the member anew?",
        "betaling.5",
        {
            "subscription": "yes: each subscription is bound from its own registration",
            "member": "no: all are bound from the member's first registration",
        },
        standard="subscription",
        member="member",
        operator="subscription",
    )
    trial_binding: Literal["from-registration", "from-conversion"] = _point(
        "From when does the binding run after a free trial?",
        "betaling.5 proevetilbud.2",
        {
            "from-registration": "from the registration, so that the trial counts",
            "from-conversion": "from the end of the trial",
        },
        standard="from-registration",
        member="from-registration",
        operator="from-conversion",
    )
    withdrawal_channel: Literal["online", "distance"] = _point(
        "Who has a right to withdraw?",
        "fortrydelse.1",
        {
            "online": "who joined on the internet, as the clause says",
            "distance": "who joined at a distance: on the internet or by phone",
        },
        standard="online",
        member="distance",
        operator="online",
    )
    withdrawal_waiver: Literal["activation", "filter", "login"] = _point(
        "What ends the right to withdraw early?",
        "fortrydelse.2 fortrydelse.3",
        {
            "activation": "a service was activated",
            "filter": "a service was activated and the filter replaced for it",
            "login": "the member logged in or activated a service",
        },
        standard="activation",
        member="filter",
        operator="login",
    )
    upgrade_charge: Literal["difference", "prorated", "full"] = _point(
        "What does an upgrade cost for the period already paid?",
        "priser.3",
        {
            "difference": "the difference of the two prices for the whole period",
            "prorated": "the difference for the days that are left",
            "full": "the new price for the whole period",
        },
        standard="difference",
        member="prorated",
        operator="full",
    )
    final_period: Literal["full", "prorated"] = _point(
        "What does a period cost whose end is known when it is charged?",
        "betaling.2 opsigelse.3",
        {
            "full": "the whole period, of which nothing is paid back",
            "prorated": "the days until the end",
        },
        standard="full",
        member="prorated",
        operator="full",
    )
    short_price_notice: Literal["deferred", "void"] = _point(
        "What becomes of a price rise announced less than {price-notice-days} ahead?",
        "prisaendringer.1",
        {
            "deferred": "it takes effect {price-notice-days} after its announcement",
            "void": "it never takes effect for the member",
        },
        standard="deferred",
        member="void",
        operator="deferred",
    )
    price_in_binding: Literal["deferred", "void", "applies"] = _point(
        "What becomes of a price rise that would fall inside the binding?",
        "prisaendringer.1",
        {
            "deferred": "it takes effect when the binding ends",
            "void": "it never takes effect for the member",
            "applies": "it takes effect on its date",
        },
        standard="deferred",
        member="void",
        operator="applies",
    )
    price_cut_exit: Literal["any-change", "rises-only"] = _point(
        "Does a lower price let the member leave?",
        "prisaendringer.2 opsigelse.2a",
        {
            "any-change": "yes: the clause speaks of changes",
            "rises-only": "no: only a rise does",
        },
        standard="any-change",
        member="any-change",
        operator="rises-only",
    )
    bound_exit_window: Literal["within-21", "before-effect"] = _point(
        "Until when may a bound member use an announced change to leave?",
        "opsigelse.2 prisaendringer.2",
        {
            "within-21": (
                "until {bound-exit-window-days} after being told; "
                "the end is e, or {bound-exit-notice-days} after the notice if later"
            ),
            "before-effect": (
                "until {bound-exit-window-days} after being told and {bound-exit-notice-days} before e; the end is e"
            ),
        },
        standard="within-21",
        member="within-21",
        operator="before-effect",
    )
    website_announcement: Literal["counts", "email-only"] = _point(
        "Does a change count that was published on the website only?",
        "prisaendringer.1 proevetilbud.3",
        {
            "counts": "yes, as if it had come by e-mail",
            "email-only": "no: a rise, a service change or a terms change then never takes effect; a cut does",
        },
        standard="counts",
        member="email-only",
        operator="counts",
    )
    acceleration: Literal["to-binding-end", "to-notice-end", "arrears-only"] = _point(
        "Which remaining payments fall due when Kabelplus terminates for cause?",
        "annullering.2c annullering.2b annullering.2a sikkerhed.1",
        {
            "to-binding-end": "those of the periods that begin before B",
            "to-notice-end": "those of the periods that begin before an ordinary notice of that day would end it",
            "arrears-only": "none beyond what is already due",
        },
        standard="to-binding-end",
        member="arrears-only",
        operator="to-notice-end",
    )
    late_payment_cure: Literal["cures", "persists"] = _point(
        "Does late payment, once made good, still let Kabelplus terminate?",
        "betaling.4 annullering.2c",
        {
            "cures": "no: only while an amount is more than {overdue-days} overdue",
            "persists": "yes: once an amount has been more than {overdue-days} overdue",
        },
        standard="cures",
        member="cures",
        operator="persists",
    )


@frozen(kw_only=True)
class Point:
    """A contested point in the catalogue: its question, clauses, readings in words, and the reading of each profile."""

    name: str
    question: str
    clauses: tuple[str, ...]
    readings: dict[str, str]
    picks: dict[ProfileName, str]


def _as_point(attribute: Field) -> Point:
    return Point(name=attribute.name.replace("_", "-"), **attribute.metadata)


POINTS: dict[str, Point] = {point.name: point for point in map(_as_point, fields_of(Readings))}
"""The sixteen contested points by name, in the model's order."""


class _WithReadings(Protocol):
    """A point of the contract, the law or a policy, with its readings in words."""

    @property
    def readings(self) -> dict[str, str]: ...


def place_of_reading(points: Mapping[str, _WithReadings], point: str, reading: str) -> tuple[int, int]:
    """The place of a reading in the order of these points, and of the point's readings."""
    return list(points).index(point), list(points[point].readings).index(reading)


def profile(name: ProfileName) -> Readings:
    """The readings that a profile picks."""
    return with_choices(Readings(), {point.name: point.picks[name] for point in POINTS.values()})


Choices = NewType("Choices", dict[str, str])
"""Readings by contested point."""


def with_choices(readings: Readings, choices: dict[str, str]) -> Readings:
    """These readings with other ones for single points; names and readings must be those of the catalogue."""
    chosen: dict[str, Any] = {name: getattr(readings, name) for name in _POINT_OF}
    chosen |= {point.replace("-", "_"): reading for point, reading in choices.items()}
    return type(readings)(**chosen)


def as_choices(readings: Readings) -> dict[str, str]:
    """The reading of every point by its name, in the model's order."""
    return {point: getattr(readings, point.replace("-", "_")) for point in POINTS}


@frozen(kw_only=True)
class NotedReadings(Readings):
    """Readings that note each point a replay asks for. A point that it never asks for cannot change it."""

    asked: set[str] = field(factory=set, init=False, eq=False, repr=False)

    def __getattribute__(self, name: str) -> Any:
        """Note the point and return its reading."""
        point = _POINT_OF.get(name)
        if point is not None:
            self.asked.add(point)
        return object.__getattribute__(self, name)


_POINT_OF = {point.replace("-", "_"): point for point in POINTS}


def noted(readings: Readings) -> NotedReadings:
    """The same readings, with no point noted yet."""
    return NotedReadings(**{name: getattr(readings, name) for name in _POINT_OF})


def single_alternatives(readings: Readings) -> list[tuple[str, str]]:
    """Every other reading of every point, one at a time, in the model's order."""
    chosen = as_choices(readings)
    return [(name, other) for name, point in POINTS.items() for other in point.readings if other != chosen[name]]
