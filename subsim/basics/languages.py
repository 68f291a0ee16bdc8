"""English and Danish: the words, dates and amounts of everything that people read.

Messages stand in the code in English; their Danish is in `locale/da/LC_MESSAGES`. A message that has none stays
English. JSON never passes through here.
"""

import gettext
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Literal, get_args

from subsim.basics.dates import Day
from subsim.basics.texts import JSON
from subsim.basics.values import frozen

Code = Literal["en", "da"]
CODES: tuple[Code, ...] = get_args(Code)
LOCALE = os.path.join(os.path.dirname(os.path.dirname(__file__)), "locale")
"""The folder of the compiled catalogues."""
_DOMAIN = "subsim"


@frozen(kw_only=True)
class Language:
    """A language that people read: its words, and how it writes days and amounts (in øre).

    `day` is for sentences, `short_day` and `figures` for tables.
    """

    code: Code
    translate: Callable[[str], str]
    count: Callable[[str, str, int], str]
    """The message for one or for several, by a number: `count("{n} file", "{n} files", 2)`."""
    day: Callable[[Day], str]
    short_day: Callable[[Day], str]
    full_day: Callable[[Day], str]
    """The day with its weekday."""
    whole: Callable[[int], str]
    """A whole number, its thousands set apart: `1,000,000`, `1.000.000`."""
    decimals: Callable[[int, int], str]
    """A number of so many decimals, given as a whole number of the last of them: `decimals(123450, 2)`."""

    def figures(self, amount: int) -> str:
        """The amount without its currency: `447.00`, `1.234,50`"""
        return self.decimals(amount, 2)

    def percent(self, rate: int) -> str:
        """A rate in 1/10000 percent, with two decimals or as many as it has: `0.05 %`."""
        more = next(places for places in (2, 3, 4) if not rate % 10 ** (4 - places))
        return f"{self.decimals(rate // 10 ** (4 - more), more)}\N{NO-BREAK SPACE}%"

    def amount(self, amount: int) -> str:
        """The amount with its currency: `447.00 kr.`, `1.234,50 kr.`"""
        return f"{self.figures(amount)} kr."


@frozen
class FileWording:
    """The wording of faults of files: in a language, but with days and amounts as files write them."""

    language: Language

    def translate(self, template: str) -> str:
        """The template in the language."""
        return self.language.translate(template)

    def count(self, one: str, several: str, number: int) -> str:
        """The template for one or for several in the language."""
        return self.language.count(one, several, number)

    def day(self, day: Day) -> str:
        """`2020-07-15`"""
        return JSON.day(day)

    def amount(self, amount: int) -> str:
        """`447.00 kr.`"""
        return JSON.amount(amount)

    def whole(self, number: int) -> str:
        """The whole number as the language writes it."""
        return self.language.whole(number)


@cache
def language(code: Code) -> Language:
    """The language of that code, its catalogue read once."""
    return _danish() if code == "da" else _english()


def language_of_locale(environment: Mapping[str, str]) -> Code:
    """The language that the locale's variables name; English for `C`, for no locale, and for any other language.

    As in gettext, `LANGUAGE` is a list of languages in order of preference. It comes before the locale, unless that is
    `C`.
    """
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    if locale.split(".")[0] in ("C", "POSIX"):
        return "en"
    wishes = (wish[:2] for wish in (*environment.get("LANGUAGE", "").split(":"), locale))
    return next((code for wish in wishes for code in CODES if code == wish), "en")


@contextmanager
def gettext_in(code: Code) -> Iterator[None]:
    """Let a library that translates its own texts by gettext find them in our catalogue, inside the block.

    The environment and the domain of gettext are set, and put back after the block. For English nothing is set, but
    inside the block of another language.
    """
    if code == "en" and gettext.textdomain() != _DOMAIN:
        yield
        return
    domain, wishes = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(_DOMAIN, LOCALE)
    gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = code
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if wishes is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = wishes


def _english() -> Language:
    messages = gettext.NullTranslations()
    return Language(
        code="en",
        translate=messages.gettext,
        count=messages.ngettext,
        day=lambda day: f"{day.day} {day:%B} {day.year}",
        short_day=lambda day: f"{day.day} {day:%b} {day.year}",
        full_day=lambda day: f"{day:%A} {day.day} {day:%B} {day.year}",
        whole=JSON.whole,
        decimals=_english_decimals,
    )


def _english_decimals(number: int, places: int) -> str:
    sign = "-" if number < 0 else ""
    whole, decimals = divmod(abs(number), 10**places)
    return f"{sign}{whole:,}.{decimals:0{places}d}"


def _danish() -> Language:
    messages = gettext.translation(_DOMAIN, LOCALE, ["da"])
    return Language(
        code="da",
        translate=messages.gettext,
        count=messages.ngettext,
        day=lambda day: _danish_day(day, "d. MMMM y"),
        short_day=lambda day: _danish_day(day, "d. MMM y"),
        full_day=lambda day: _danish_day(day, "EEEE 'den' d. MMMM y"),
        whole=lambda number: JSON.whole(number).replace(",", "."),
        decimals=_danish_decimals,
    )


def _danish_day(day: Day, pattern: str) -> str:
    from babel.dates import format_date  # JSON, which is the same in all languages, need not wait for it

    return format_date(day, pattern, locale="da")


def _danish_decimals(number: int, places: int) -> str:
    from decimal import Decimal

    from babel.numbers import format_decimal

    return format_decimal(Decimal(number).scaleb(-places), f"#,##0.{'0' * places}", locale="da").replace(
        "\N{NO-BREAK SPACE}", " "
    )
