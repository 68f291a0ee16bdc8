"""The values of the command line, with faults that name the nearest word, and the shared options."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from subsim.basics.dates import Day, last_day_of_month
from subsim.basics.faults import no_such
from subsim.basics.languages import CODES, FileWording, Language, language, language_of_locale
from subsim.basics.notation import FIRST_DAY, LAST_DAY, day_as_written
from subsim.basics.texts import Message
from subsim.desk.clock import current_day
from subsim.shell.completion import files, numbers, readings, subscriptions
from subsim.terms.choice import MOST_OF_A_POLICY, TermsChoice
from subsim.terms.law_points import LAW_POINTS
from subsim.terms.readings import POINTS, PROFILES, ProfileName
from subsim.terms.terms import NUMBERS

if TYPE_CHECKING:
    from subsim.pages.text import Page

_WIDTH_WHEN_PIPED = 100

# The language


def language_asked_for(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language of `--lang`, anywhere among the arguments; without it that of the locale."""
    code = language_of_locale(environment)
    for argument, following in zip(arguments, [*arguments, ""][1:], strict=True):
        if argument == "--":
            break
        option, equals, value = argument.partition("=")
        if option == "--lang":
            code = next((each for each in CODES if each == (value if equals else following)), code)
    return language(code)


class Localized(str):
    """A text in the language of a command, with the message that it was."""

    __slots__ = ("original",)
    original: Message

    def __new__(cls, text: str, original: Message) -> "Localized":
        """The text as it is."""
        found = super().__new__(cls, text)
        found.original = original
        return found


def localize(text: Message) -> Localized:
    """The text in the language of the running command."""
    return Localized(text.text(wording()), text)


def wording() -> FileWording:
    """The wording of faults of the running command."""
    return FileWording(click.get_current_context().obj)


# What may be written for an option


class OneOf(click.Choice[str]):
    """One of these words; the error for another one names the nearest."""

    def __init__(self, what: Message, words: Iterable[str]) -> None:
        super().__init__(list(words))
        self.what = what

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word itself, if it is one of them."""
        if value not in self.choices:
            self.fail(localize(no_such(self.what, value, self.choices)), param, ctx)
        return value


class Seconds(click.FloatRange):
    """So many seconds."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number that is written."""
        try:
            float(value)
        except ValueError:
            self.fail(localize(Message("{value} is not a number of seconds", value=repr(value))), param, ctx)
        return super().convert(value, param, ctx)


class Date(click.ParamType[Day]):
    """A date in any usual notation; one other than YYYY-MM-DD is repeated in words, with its weekday."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Day:
        """The day that is written."""
        try:
            day = day_as_written(value, current_day)
        except ValueError as fault:
            self.fail(f"{value!r}: {localize(fault.args[0])}", param, ctx)
        if value != day.isoformat():
            click.echo(f"{value}: {click.get_current_context().obj.full_day(day)}", err=True)
        return day


class Month(click.ParamType[tuple[Day, Day]]):
    """A month as `2026-01`: its first and its last day."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Day, Day]:
        """The month that is written."""
        year, dash, month = str(value).partition("-")
        whole = len(year) == 4 and len(month) == 2 and (year + month).isascii() and (year + month).isdigit()
        if not (dash and whole and FIRST_DAY.year <= int(year) <= LAST_DAY.year and 1 <= int(month) <= 12):
            self.fail(localize(Message("{text} is not a month such as 2026-01", text=repr(value))), param, ctx)
        return Day(int(year), int(month), 1), last_day_of_month(int(year), int(month))


class _Setting(click.ParamType[tuple[str, Any]]):
    """A name, an equals sign, and a value."""

    def __init__(self, what: Message, form: str, names: Iterable[str], read: Callable[[str, str], Any]) -> None:
        self.name, self.what, self.names, self.read = form, what, list(names), read

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Any]:
        name, equals, setting = value.partition("=")
        if not equals:
            self.fail(
                localize(Message("{value} is not of the form {form}", value=repr(value), form=self.name)), param, ctx
            )
        if name not in self.names and not _may_be_of_a_policy(name):
            self.fail(localize(no_such(self.what, name, self.names)), param, ctx)
        try:
            return name, self.read(name, setting)
        except ValueError as fault:
            self.fail(f"{value}: {localize(fault.args[0])}", param, ctx)


def _may_be_of_a_policy(name: str) -> bool:
    """Whether a name has the prefix of a policy or statute; the policy of a file decides what follows it."""
    return "." in name


def _read_reading(point: str, reading: str) -> str:
    if _may_be_of_a_policy(point):
        return reading
    readings = POINTS[point].readings if point in POINTS else LAW_POINTS[point].readings
    if reading not in readings:
        raise ValueError(no_such(Message("reading of this point"), reading, readings))
    return reading


def _read_number(name: str, value: str) -> int:
    if not _may_be_of_a_policy(name):
        return NUMBERS[name].read(value)
    if not (value.isascii() and value.isdigit()):
        raise ValueError(Message("not a whole number"))
    if len(value) > len(str(MOST_OF_A_POLICY)) or int(value) > MOST_OF_A_POLICY:
        raise ValueError(Message("at most {largest}", largest=MOST_OF_A_POLICY))
    return int(value)


def _each_once(_ctx: click.Context, param: click.Parameter, settings: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    """The settings by name; a name given twice is an error, as in a file."""
    chosen: dict[str, Any] = {}
    for name, setting in settings:
        if name in chosen:
            raise click.BadParameter(localize(Message("{key} is given twice", key=repr(name))), param=param)
        chosen[name] = setting
    return chosen


# The options that several commands share

_Command = TypeVar("_Command", bound=Callable[..., Any])


def options(*each: Callable[[Any], Any]) -> Callable[[_Command], _Command]:
    """Give a command these arguments and options, in the order in which its help lists them."""

    def with_options(command: _Command) -> _Command:
        for option in reversed(each):
            command = option(command)
        return command

    return with_options


def format_in(*formats: str) -> Callable[[Any], Any]:
    """The option `--format`; the first format is the default."""
    return click.option(
        "--format", "form", type=OneOf(Message("format"), formats), default=formats[0], show_default=True
    )


def _lang(*name: str, **more: Any) -> Callable[[Any], Any]:
    return click.option(
        "--lang",
        *name,
        is_eager=True,  # an unknown language is an error even where help is asked for
        type=OneOf(Message("language"), CODES),
        help="The language of what people read; JSON is the same in all.  [default: by locale]",
        **more,
    )


FILE = click.argument("file", shell_complete=files)
SUBSCRIPTION = click.option(
    "--subscription", metavar="ID", help="Which one, where the member has several.", shell_complete=subscriptions
)
LANG = _lang("page", callback=lambda context, _param, _code: _page(context.obj))
"""The option `--lang`, and the page in the language that `language_asked_for` has found."""
LANG_ALONE = _lang(expose_value=False)
"""The option `--lang` for commands without a page."""
LAW = click.option(
    "--law",
    type=OneOf(Message("choice"), ("beside", "off")),
    default="beside",
    show_default=True,
    help="Show what mandatory law gives beside the contract, or leave it out.",
)


def _chosen_terms(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with its three options about the terms as one value, `choice`."""

    @wraps(command)
    def with_choice(
        *given: Any, profile: ProfileName | None, readings: dict[str, str], numbers: dict[str, int], **more: Any
    ) -> Any:
        choice = TermsChoice(profile=profile, readings=readings, numbers=numbers)
        click.get_current_context().meta[CHOICE] = choice
        return command(*given, choice=choice, **more)

    return with_choice


class _Assumption(click.ParamType[tuple[str, Any]]):
    """The id of a fact in doubt, an equals sign, and the assumption."""

    name = "ID=VALUE"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Any]:
        id, equals, assumed = value.partition("=")
        if not equals:
            fault = Message("{value} is not of the form {form}", value=repr(value), form=self.name)
            self.fail(localize(fault), param, ctx)
        return id, {"yes": True, "no": False}.get(assumed, assumed)


def _store_assumed(ctx: click.Context, param: click.Parameter, settings: tuple[tuple[str, Any], ...]) -> None:
    """Store the assumptions for the reader of the scenario, so that commands need not pass them on."""
    ctx.meta[ASSUMPTIONS] = _each_once(ctx, param, settings)


ASSUMPTIONS = "subsim.assume"
"""The key of the assumptions in a command's context, by names of doubts."""
DOUBTS = "subsim.doubts"
"""Where it keeps the doubts of the scenario that it reads, with what is assumed of them."""


def _store_terms(ctx: click.Context, param: click.Parameter, file: str | None) -> None:
    """Store the file of terms for the reader of the scenario, so that commands need not pass it on."""
    ctx.meta[TERMS_PATH] = file


CHOICE = "subsim.choice"
"""The key of the chosen terms in a command's context, which are checked with the input."""
TERMS_PATH = "subsim.terms"
"""The key of the file of terms in a command's context, and of its terms once it is read."""


TERMS_FILE = click.option(
    "--terms",
    metavar="FILE",
    expose_value=False,
    callback=_store_terms,
    help="Put the numbers and readings of this file, and the changes it announces, in the place of the terms'; "
    "see `subsim terms`.",
    shell_complete=files,
)
"""The option that names a file of terms."""
TERMS = options(
    TERMS_FILE,
    click.option(
        "--profile",
        type=OneOf(Message("profile"), PROFILES),
        help="Read every contested point as this profile does, whatever the file says.",
    ),
    click.option(
        "--reading",
        "readings",
        type=_Setting(Message("contested point"), "POINT=READING", [*POINTS, *LAW_POINTS], _read_reading),
        multiple=True,
        callback=_each_once,
        help="Read one contested point so; see `subsim readings`.",
        shell_complete=readings,
    ),
    click.option(
        "--number",
        "numbers",
        type=_Setting(Message("number"), "NAME=VALUE", NUMBERS, _read_number),
        multiple=True,
        callback=_each_once,
        help="Put another number in the place of one of the terms'; see `subsim readings`.",
        shell_complete=numbers,
    ),
    _chosen_terms,
)
"""The options that choose the terms asked about; the command takes them as one `choice`."""
ASSUME = click.option(
    "--assume",
    metavar="ID=VALUE",
    type=_Assumption(),
    multiple=True,
    expose_value=False,
    callback=_store_assumed,
    help="Take a fact in doubt as settled: letter=2020-03-05, letter=2020-03-01..2020-03-13, activated=yes or =no.",
)
"""The option that settles facts in doubt."""
TERMS_AND_FACTS = options(TERMS, ASSUME)
"""The options about terms, and the assumptions on facts in doubt."""


def _page(language: Language) -> "Page":
    from shutil import get_terminal_size

    from subsim.pages.text import Page

    return Page(language, get_terminal_size((_WIDTH_WHEN_PIPED, 24)).columns)
