"""The terms in force: their numbers, each with its clause, and the readings chosen for their contested points.

The rules take every number from here, so that it can be replaced in a question.
"""

from typing import Any, NewType

from attrs import Factory, field

from subsim.basics.dates import Day
from subsim.basics.money import kroner
from subsim.basics.notation import LARGEST, ore
from subsim.basics.texts import Message, Plural
from subsim.basics.values import Field, fields_of, frozen, with_fields
from subsim.terms.readings import POINTS, Choices, Readings, with_choices

TERMS_OF = Day(2019, 10, 30)
"""The first day of these terms."""
EMAIL, PHONE = "kundeservice@kabelplus.dk", "71 99 29 91"
"""The e-mail address and the phone number of Kabelplus in the terms."""
TERMS_ID = f"kabelplus-{TERMS_OF}"

UNITS: dict[str, Message] = {
    "years": Plural("{n} year", "{n} years"),
    "months": Plural("{n} month", "{n} months"),
    "days": Plural("{n} day", "{n} days"),
}
"""The units of time, with a number."""

UNIT_NAMES = {unit.template: unit for unit in (Message("days"), Message("months"), Message("years"))}
"""The same without a number."""


def _number(value: int, *clauses: str, unit: str, largest: int, allowed: tuple[int, ...] | None = None) -> Any:
    metadata = {"clauses": clauses, "unit": unit, "largest": largest, "allowed": allowed}
    return field(default=value, metadata=metadata)


@frozen(kw_only=True)
class Numbers:
    """The numbers of the terms; days, months and years are whole, the amount is in øre."""

    age_years: int = _number(18, "adgang.9", unit="years", largest=150)
    credit_check_over: int = _number(5000_00, "adgang.11", unit="kroner", largest=LARGEST)
    binding_months: int = _number(6, "betaling.5", unit="months", largest=1200)
    quarter_months: int = _number(3, "betaling.5", unit="months", largest=12, allowed=(1, 2, 3, 4, 6, 12))
    notice_days: int = _number(30, "opsigelse.2d", unit="days", largest=3660)
    overdue_days: int = _number(10, "betaling.4", "annullering.2c", unit="days", largest=3660)
    price_notice_days: int = _number(30, "prisaendringer.1", unit="days", largest=3660)
    price_exit_days: int = _number(3, "prisaendringer.2", unit="days", largest=3660)
    bound_exit_notice_days: int = _number(7, "prisaendringer.2", "opsigelse.2", unit="days", largest=3660)
    bound_exit_window_days: int = _number(21, "prisaendringer.2", "opsigelse.2", unit="days", largest=3660)
    service_notice_days: int = _number(30, "proevetilbud.3", unit="days", largest=3660)
    terms_notice_days: int = _number(30, "aendringer.3", unit="days", largest=3660)
    withdrawal_days: int = _number(14, "fortrydelse.1", unit="days", largest=3660)
    complaint_months: int = _number(1, "tvister.2", unit="months", largest=1200)


_MOST_DIGITS = 18
"""The most digits that are read, more than any allowed number has."""


@frozen(kw_only=True)
class Number:
    """A number of the terms as a catalogue shows it: where it stands and which values may replace it."""

    name: str
    value: int
    unit: str
    clauses: tuple[str, ...]
    largest: int
    allowed: tuple[int, ...] | None

    def read(self, text: str) -> int:
        """The value written as text; ValueError says what was expected."""
        if self.unit == "kroner":
            return ore(text)
        if not (text.isascii() and text.isdigit()):
            raise ValueError(Message("not a whole number of {unit}", unit=UNIT_NAMES[self.unit]))
        value = int(text) if len(text) <= _MOST_DIGITS else self.largest + 1
        if self.allowed is not None and value not in self.allowed:
            allowed = ", ".join(map(str, self.allowed))
            raise ValueError(Message("must be one of {numbers}: quarters divide the year", numbers=allowed))
        if value > self.largest:
            raise ValueError(Message("at most {largest} {unit}", largest=self.largest, unit=UNIT_NAMES[self.unit]))
        return value

    def write(self, value: int) -> int | str:
        """The value as JSON shows it: a whole number, or an amount with two decimals."""
        return kroner(value) if self.unit == "kroner" else value


def _as_number(attribute: Field) -> Number:
    return Number(name=attribute.name.replace("_", "-"), value=attribute.default or 0, **attribute.metadata)


NUMBERS: dict[str, Number] = {number.name: number for number in map(_as_number, fields_of(Numbers))}
"""The numbers of the terms by name, in the model's order."""


Replacements = NewType("Replacements", dict[str, int])
"""Values by number of the terms."""


@frozen(kw_only=True)
class Terms:
    """The terms as a replay applies them; `reference_rates` extend or replace the table, in 1/10000 percent."""

    numbers: Numbers = Factory(Numbers)
    readings: Readings = Factory(Readings)
    reference_rates: dict[Day, int] = Factory(dict)

    def amended(self, numbers: Replacements, readings: Choices) -> "Terms":
        """These terms with other values for some numbers and other readings of some points."""
        return Terms(
            numbers=with_numbers(self.numbers, numbers) if numbers else self.numbers,
            readings=with_choices(self.readings, readings) if readings else self.readings,
            reference_rates=self.reference_rates,
        )


def with_numbers(numbers: Numbers, values: dict[str, int]) -> Numbers:
    """These numbers with some replaced, by name."""
    return with_fields(numbers, **{name.replace("-", "_"): value for name, value in values.items()})


def as_values(numbers: Numbers) -> dict[str, int | str]:
    """Every number by its name, as JSON shows it."""
    return {name: number.write(getattr(numbers, name.replace("-", "_"))) for name, number in NUMBERS.items()}


def number_words(numbers: Numbers) -> dict[str, Message]:
    """Every number by its name, as a text says it: `3 days`, `5,000.00 kr.`"""
    return {name: _words(number, getattr(numbers, name.replace("-", "_"))) for name, number in NUMBERS.items()}


def reading_words(point: str, reading: str, numbers: Numbers) -> Message:
    """What a reading of a contested point says, with the numbers that are in force."""
    return Message(POINTS[point].readings[reading], **number_words(numbers))


def question_words(point: str, numbers: Numbers) -> Message:
    """The question of a contested point, with the numbers that are in force."""
    return Message(POINTS[point].question, **number_words(numbers))


def _words(number: Number, value: int) -> Message:
    return Message("{amount:kr}", amount=value) if number.unit == "kroner" else UNITS[number.unit].fill(n=value)
