"""The kinds of single values of a file: the reader, the name of what was expected, and the JSON Schema of each."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from subsim.basics.countries import COUNTRIES, USUAL_MISTAKES
from subsim.basics.dates import Day, half_year, last_day_of_month
from subsim.basics.enumerations import DutyName, LineKind, State
from subsim.basics.money import kroner
from subsim.basics.names import checked_name, checked_text
from subsim.basics.notation import copenhagen_day, day_from_iso, ore
from subsim.basics.texts import Message
from subsim.basics.values import with_fields
from subsim.engine.ways import END_REASONS, GROUNDS, WAYS
from subsim.files.annotations import (
    Assumed,
    Clause,
    DoubtId,
    DoubtName,
    EndReasonName,
    EventName,
    HalfYear,
    IsoDay,
    Kroner,
    LawPointName,
    Moment,
    MomentOrSpan,
    Percent,
    PolicyClauseId,
    ProvisionId,
    RouteName,
    RouteTaken,
    SubscriptionId,
)
from subsim.files.doubts import Span, span
from subsim.files.kinds import EnumKind, NullableKind, ScalarKind
from subsim.membership.data_events import EVERY_EVENT
from subsim.membership.events import (
    NO_CAUSE,
    Amount,
    CardMonth,
    Count,
    Country,
    FactDay,
    Ground,
    ItemName,
    KnownDay,
    MemberId,
    PackageName,
    Paid,
    Reason,
    SignedAmount,
)
from subsim.membership.owed import DUTIES, LINES
from subsim.membership.phases import STATES
from subsim.membership.ways import OPERATOR
from subsim.rules.operator_termination import CAUSES
from subsim.terms.law_points import LAW_POINTS
from subsim.terms.policies import (
    CategoryName,
    LineNumber,
    NumberName,
    PartName,
    PurposeName,
    SettingName,
    SettingValue,
    Value,
)
from subsim.terms.terms import Number

MOST_COUNTED = 3660
"""The largest count of days, ten years."""


def kind_of_number(number: Number) -> ScalarKind:
    """The kind of value of a number of the terms."""
    if number.unit == "kroner":
        return with_fields(_AMOUNT, read=number.read)
    if number.allowed is not None:
        expected = Message("one of {numbers}", numbers=", ".join(map(str, number.allowed)))
        return ScalarKind(expected, number.read, {"enum": list(number.allowed)}, bare=True)
    return _whole_number(number.read, number.largest)


def count_up_to(largest: int, least: int = 0) -> ScalarKind:
    """The kind of a whole number from `least` to `largest`."""
    return _whole_number(lambda text: _count(text, largest, least), largest, least)


def _whole_number(read: Callable[[str], int], largest: int, least: int = 0) -> ScalarKind:
    expected = Message("a whole number from {least} to {largest}", least=least, largest=largest)
    return ScalarKind(expected, read, {"type": "integer", "minimum": least, "maximum": largest}, bare=True)


def _boolean(text: str) -> bool:
    if text.lower() not in ("true", "false") or text not in (text.lower(), text.upper(), text.capitalize()):
        raise ValueError(Message("neither true nor false"))
    return text.lower() == "true"


def _moment(text: str) -> Day:
    return copenhagen_day(text) if re.match(r"\d{4}-\d\d-\d\d[Tt ]", text, re.ASCII) else day_from_iso(text)


def _moment_or_span(text: str) -> Day | Span:
    return span(text) if ".." in text else _moment(text)


def _doubt_id(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", text, re.ASCII):
        raise ValueError(Message("not 1 to 64 of a-z, A-Z, 0-9, - and _"))
    return text


def _assumed(text: str) -> str | bool:
    if text in ("true", "false"):
        return text == "true"
    if ".." in text:
        span(text)
    else:
        day_from_iso(text)
    return text


def _fact_day(text: str) -> Day:
    return day_from_iso(text)


def _information(text: str) -> Day | str:
    return text if text in ("same-day", "none") else day_from_iso(text)


def _iso_day(text: str) -> IsoDay:
    return IsoDay(day_from_iso(text).isoformat())


def _half_year(text: str) -> Day:
    day = day_from_iso(text)
    if day != half_year(day):
        raise ValueError(Message("a half-year begins on 1 January or 1 July"))
    return day


def _card_month(text: str) -> Day:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text, re.ASCII):
        raise ValueError(Message("not a month of the form YYYY-MM"))
    first = day_from_iso(f"{text}-01")
    return last_day_of_month(first.year, first.month)


def _country(text: str) -> str:
    if not re.fullmatch("[A-Z]{2}", text):
        raise ValueError(Message("not two capital letters"))
    if text in USUAL_MISTAKES:
        raise ValueError(Message("no code of ISO 3166: write {code}", code=USUAL_MISTAKES[text]))
    if text not in COUNTRIES:
        raise ValueError(Message("no code of ISO 3166"))
    return text


def _count(text: str, largest: int, least: int = 0) -> int:
    if not re.fullmatch(r"\d+", text, re.ASCII):
        raise ValueError(Message("not a whole number"))
    digits = text.lstrip("0")
    if len(digits) > len(str(largest)) or int(digits or 0) > largest:
        raise ValueError(Message("at most {largest}", largest=largest))
    if int(digits or 0) < least:
        raise ValueError(Message("at least {least}", least=least))
    return int(digits or 0)


def _percent(text: str) -> int:
    match = re.fullmatch(r"(-?)(\d{1,3})(?:\.(\d{1,4}))?", text, re.ASCII)
    if match is None:
        if re.fullmatch(r"-?\d{1,3},\d{1,4}", text, re.ASCII):
            raise ValueError(Message("write {amount}, with a decimal point", amount=text.replace(",", ".")))
        raise ValueError(Message("not a percentage of at most three digits and four decimals"))
    sign, whole, decimals = match.groups()
    value = int(whole) * 10_000 + int((decimals or "0").ljust(4, "0"))
    if sign and value > 80_000:
        raise ValueError(Message("a reference rate is -8.00 or more: the rate of interest is 8.00 above it"))
    return -value if sign else value


def _paid_ore(text: str) -> int:
    if text.startswith("-"):
        raise ValueError(Message("an amount is 0.00 or more; a payment that went back is the event payment_returned"))
    return ore(text)


def _signed_ore(text: str) -> int:
    if not text.startswith("-"):
        return ore(text)
    try:
        return -ore(text.removeprefix("-"))
    except ValueError as fault:
        why = fault.args[0]
        raise ValueError(why.fill(amount=f"-{why.values['amount']}") if "amount" in why.values else why) from None


def _kroner(text: str) -> str:
    return kroner(_signed_ore(text))


def _clause(text: str) -> str:
    if text not in _clauses() and text not in _provisions():
        raise ValueError(Message("the terms have no such clause"))
    return text


def _part(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+([._-][a-z0-9]+)*", text, re.ASCII):
        raise ValueError(Message("not a name of small letters, digits, dots and dashes"))
    return text


def _line(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,5}", text, re.ASCII):
        raise ValueError(Message("not the number of a line"))
    return int(text)


def _clauses() -> Iterable[str]:
    from subsim.terms.clauses import CLAUSES  # the catalogues are needed only where one of their ids is expected

    return CLAUSES


def _provision(text: str) -> str:
    if text not in _provisions():
        raise ValueError(Message("the catalogue of the law has no such provision"))
    return text


def _provisions() -> Iterable[str]:
    from subsim.terms.statutes import PROVISIONS

    return PROVISIONS


_DAY_SCHEMA = {"type": "string", "pattern": r"^(19|20|21)\d\d-\d\d-\d\d$"}

_TEXT_SCHEMA = {"type": ["string", "number"], "minLength": 1}

_NAME_SCHEMA = {"type": ["string", "number"], "pattern": r"^\S+( \S+)*$"}

_PART_SCHEMA = {"type": ["string", "number"], "pattern": r"^[a-z0-9]+([._-][a-z0-9]+)*$"}

_DAY = Message("a date such as 2020-04-15")

_AMOUNT = ScalarKind(
    Message("an amount of kroner such as 149.00"),
    ore,
    {"type": ["number", "string"], "minimum": 0, "maximum": 999_999_999.99, "pattern": r"^\d{1,9}(\.\d{1,2})?$"},
)

_SIGNED = ScalarKind(
    Message("an amount of kroner such as 149.00 or -149.00"),
    _signed_ore,
    {
        "type": ["number", "string"],
        "minimum": -999_999_999.99,
        "maximum": 999_999_999.99,
        "pattern": r"^-?\d{1,9}(\.\d{1,2})?$",
    },
)

SCALARS: dict[Any, ScalarKind | EnumKind] = {
    Ground: EnumKind(tuple(sorted(GROUNDS))),
    Reason: EnumKind((NO_CAUSE, *CAUSES)),
    RouteName: EnumKind(tuple(WAYS)),
    RouteTaken: EnumKind((*WAYS, OPERATOR)),
    EndReasonName: EnumKind(END_REASONS),
    LineKind: EnumKind(tuple(LINES)),
    DutyName: EnumKind(tuple(DUTIES)),
    State: EnumKind(STATES),
    str: ScalarKind(Message("a text"), checked_text, _TEXT_SCHEMA),
    bool: ScalarKind(Message("true or false"), _boolean, {"type": "boolean"}, bare=True),
    Day: ScalarKind(_DAY, day_from_iso, _DAY_SCHEMA),
    IsoDay: ScalarKind(_DAY, _iso_day, _DAY_SCHEMA),
    FactDay: ScalarKind(_DAY, _fact_day, _DAY_SCHEMA),
    Moment: ScalarKind(
        Message("a date such as 2020-04-15, or a timestamp such as 2020-04-15T09:30:00+02:00"),
        _moment,
        {
            "type": "string",
            "pattern": r"^(19|20|21)\d\d-\d\d-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d))?$",
        },
    ),
    MomentOrSpan: ScalarKind(
        Message(
            "a date such as 2020-04-15, a timestamp such as 2020-04-15T09:30:00+02:00, "
            "or a range such as 2020-03-01..2020-03-20"
        ),
        _moment_or_span,
        {
            "type": "string",
            "pattern": r"^(19|20|21)\d\d-\d\d-\d\d(\.\.(19|20|21)\d\d-\d\d-\d\d"
            r"|[Tt ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?([Zz]|[+-]\d\d:\d\d))?$",
        },
    ),
    DoubtId: ScalarKind(
        Message("an id of 1 to 64 letters, digits, - and _"),
        _doubt_id,
        {"type": ["string", "number"], "pattern": "^[A-Za-z0-9_-]{1,64}$"},
    ),
    DoubtName: ScalarKind(
        Message("an event in doubt, by its id or as give_notice:3"),
        checked_name,
        {"type": ["string", "number"], "pattern": "^[A-Za-z0-9_:-]{1,64}$"},
    ),
    Assumed: ScalarKind(
        Message("a date, a range of dates, true or false"),
        _assumed,
        {
            "anyOf": [
                {"type": "boolean"},
                {
                    "type": "string",
                    "pattern": r"^(19|20|21)\d\d-\d\d-\d\d(\.\.(19|20|21)\d\d-\d\d-\d\d)?$",
                },
            ]
        },
    ),
    HalfYear: ScalarKind(
        Message("a date such as 2027-01-01 or 2027-07-01"),
        _half_year,
        {"type": "string", "pattern": r"^(19|20|21)\d\d-0[17]-01$"},
    ),
    CardMonth: ScalarKind(
        Message("a month such as 2021-05"),
        _card_month,
        {"type": "string", "pattern": r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$"},
    ),
    Amount: _AMOUNT,
    Paid: with_fields(_AMOUNT, read=_paid_ore),
    SignedAmount: _SIGNED,
    Kroner: with_fields(_SIGNED, read=_kroner),
    Percent: ScalarKind(
        Message("a percentage such as 2.00 or -0.65"),
        _percent,
        {
            "type": ["number", "string"],
            "minimum": -8,
            "exclusiveMaximum": 1000,
            "pattern": r"^-?\d{1,3}(\.\d{1,4})?$",
        },
    ),
    Count: count_up_to(MOST_COUNTED),
    Country: ScalarKind(
        Message("a country of two capital letters such as DK"),
        _country,
        {"type": "string", "pattern": "^[A-Z]{2}$"},
    ),
    MemberId: ScalarKind(Message("the id of a member"), checked_name, _NAME_SCHEMA),
    ItemName: ScalarKind(Message("the name of an item"), checked_name, _NAME_SCHEMA),
    PackageName: ScalarKind(Message("a package of the price list"), checked_name, _NAME_SCHEMA),
    SubscriptionId: ScalarKind(Message("the id of a subscription"), checked_name, _NAME_SCHEMA),
    Clause: ScalarKind(
        Message("a clause id such as betaling.5"),
        _clause,
        {"type": "string", "pattern": r"^[a-z]+\.\d+[a-z]?$"},
        words=_clauses,
    ),
    KnownDay: ScalarKind(Message("a day such as 2020-04-15"), day_from_iso, _DAY_SCHEMA),
    CategoryName: ScalarKind(Message("a category of the policy"), _part, _PART_SCHEMA),
    NumberName: ScalarKind(Message("the name of a number of the policy"), _part, _PART_SCHEMA),
    SettingName: ScalarKind(Message("a setting of the policy"), _part, _PART_SCHEMA),
    PolicyClauseId: ScalarKind(Message("a clause id such as cekura.opbevaring.7"), _part, _PART_SCHEMA),
    PurposeName: ScalarKind(Message("a purpose such as marketing"), checked_name, _NAME_SCHEMA),
    PartName: ScalarKind(Message("a name such as opbevaring.1"), _part, _PART_SCHEMA),
    SettingValue: ScalarKind(Message("what the setting is set to, such as 02-01"), checked_name, _NAME_SCHEMA),
    LineNumber: ScalarKind(Message("the number of a line"), _line, {"type": "integer", "minimum": 1}, bare=True),
    Value: count_up_to(MOST_COUNTED),
    ProvisionId: ScalarKind(
        Message("the id of a provision such as fal.19"),
        _provision,
        {"type": "string", "pattern": r"^[a-z]+\.[a-z0-9.]+$"},
        words=_provisions,
    ),
    LawPointName: EnumKind(tuple(LAW_POINTS)),
    EventName: EnumKind(tuple(EVERY_EVENT), are_events=True),
}

PACKAGE, SUBSCRIPTION, ITEM = SCALARS[PackageName], SCALARS[SubscriptionId], SCALARS[ItemName]
"""The kinds of text that name something; packages and subscriptions are declared by the file itself."""

CATEGORY, POLICY_CLAUSE = SCALARS[CategoryName], SCALARS[PolicyClauseId]
"""The two that name something of the policy."""

NAMES = (PACKAGE, SUBSCRIPTION, ITEM, CATEGORY, POLICY_CLAUSE)

INFORMATION = ScalarKind(
    Message("same-day, none or a date such as 2020-04-15"),
    _information,
    {"type": "string", "pattern": r"^(same-day|none|(19|20|21)\d\d-\d\d-\d\d)$"},
)

DATES = (SCALARS[Day], SCALARS[Moment], NullableKind(SCALARS[Day]))
"""The kinds of date that a replay may have to reach; the month in which a card expires is not one."""
