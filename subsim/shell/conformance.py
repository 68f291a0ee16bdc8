"""The commands that hold another system to the terms: a run, and the export of its cases."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import subsim
from subsim.basics.texts import Message, Plural, system_message
from subsim.membership.events import EVENTS
from subsim.shell.help import Commands
from subsim.shell.options import LANG, TERMS, OneOf, Seconds, format_in, localize, options
from subsim.shell.output import (
    CANNOT_BE_READ,
    check_folder,
    counter,
    exit_on_input_errors,
    fail,
    print_result,
    require_extra,
)
from subsim.shell.scenario_options import check_policy_choice, terms_of_file

if TYPE_CHECKING:
    from subsim.pages.text import Page
    from subsim.terms.choice import TermsChoice
    from subsim.testing.conformance.cases import Question
    from subsim.testing.conformance.run import Result, Smallest

_DIFFERS = 1
_RESULTS = "results.ndjson"
_SMALLEST = "smallest"
_KINDS = ("scenario", "shortest", "random")

CASES = options(
    click.option(
        "--scenarios",
        "folder",
        metavar="FOLDER",
        help="The folder of the scenarios to ask.  [default: those that come with subsim]",
    ),
    click.option(
        "--only",
        type=OneOf(Message("kind of case"), _KINDS),
        multiple=True,
        help="Ask only cases of this kind; may be given several times.  [default: all three]",
    ),
    click.option(
        "--random",
        "number",
        type=click.IntRange(0, 1_000_000),
        default=200,
        show_default=True,
        help="How many drawn timelines are asked.",
    ),
    click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Which ones are drawn."),
    click.option(
        "--event",
        "events",
        type=OneOf(Message("event"), EVENTS),
        multiple=True,
        help="Draw only timelines of this event and of sign-ups; may be given several times.",
    ),
)
"""What is asked."""


@click.group(cls=Commands, invoke_without_command=True)
@options(
    click.option("--system", "system", metavar="MODULE:OBJECT", help="The system: a Python object that is called."),
    click.option(
        "--system-command", "command", metavar="CMD", help="The system: a command that reads and writes NDJSON."
    ),
    CASES,
    click.option(
        "--timeout",
        type=Seconds(0.01, 3600),
        default=10,
        show_default=True,
        help="How many seconds the system may take for a case.",
    ),
    click.option("--out", metavar="FOLDER", help="Keep the results there, and the smallest failing scenarios."),
    click.option(
        "--resume", is_flag=True, help="Go on with the run that --out holds; what has a result is not asked again."
    ),
    TERMS,
    format_in("table", "json", "junit"),
    LANG,
)
def conformance(
    system: str | None,
    command: str | None,
    timeout: float,
    out: str | None,
    resume: bool,
    choice: "TermsChoice",
    form: str,
    page: "Page",
    **cases: Any,
) -> None:
    """Hold another system to the terms, clause by clause.

    Asks every scenario, the shortest timeline to every clause, reading, move and route, and drawn timelines, and
    compares each outcome with the terms' own. The exit code is 0 if all that the system supports agrees, 1 if something
    differs, 2 if the system gave no outcome somewhere. See docs/conformance.md.
    """
    ctx = click.get_current_context()
    if ctx.invoked_subcommand is not None:
        return
    from subsim.testing.conformance.page import conformance_junit, conformance_page
    from subsim.testing.conformance.run import Conformance, Run
    from subsim.testing.conformance.systems import System

    name, words = _system_asked(system, command)
    if resume and out is None:
        raise click.UsageError(localize(Message("--resume goes with --out")))
    if out is not None:
        check_folder(out, "--out")
    questions = list(_questions(choice, **cases))
    header = {"subsim": subsim.__version__, "system": name, "questions": len(questions), "seed": cases["seed"]}
    asked = System(words, timeout)
    try:
        with _kept(out, resume, header) as (known, keep), counter(Plural("{n} case", "{n} cases")) as tell:
            run = Run(asked, keep, known)
            run.ask(questions, tell)
            for smallest in run.reduce():
                _keep_smallest(out, smallest)
    finally:
        asked.close()
    found = Conformance(
        name, tuple(run.results[each.id] for each in questions if each.id in run.results), run.smallest, run.stopped
    )
    if form == "junit":
        click.echo(conformance_junit(found))
    else:
        print_result(found.to_dict, lambda: conformance_page(found, page), form, page)
    ctx.exit(CANNOT_BE_READ if found.errors else _DIFFERS if found.count("differs") else 0)


@conformance.command()
@options(CASES, TERMS, LANG)
def export(choice: "TermsChoice", page: "Page", **cases: Any) -> None:
    """Write the cases with what the terms make of them, as NDJSON.

    Each line is {"case", "request", "expected"}, for a system that cannot be run from here.
    """
    for question in _questions(choice, **cases):
        line = {"case": question.id, "request": question.request.to_dict(), "expected": _outcome(question)}
        click.echo(json.dumps(line, ensure_ascii=False))


def _outcome(question: "Question") -> dict[str, Any]:
    from subsim.testing.outcomes.shape import plain_outcome

    return plain_outcome(question.expected)


def _system_asked(system: str | None, command: str | None) -> tuple[str, list[str]]:
    """The name of the system, and the command that runs it."""
    from subsim.testing.conformance.systems import command_of, command_of_object

    if (system is None) == (command is None):
        raise click.UsageError(localize(Message("name the system: either --system or --system-command")))
    try:
        if system is not None:
            return system, command_of_object(system)
        assert command is not None
        return command, command_of(command)
    except ValueError as fault:
        raise click.UsageError(localize(fault.args[0])) from None


def _questions(
    choice: "TermsChoice", folder: str | None, only: tuple[str, ...], number: int, seed: int, events: tuple[str, ...]
) -> "Iterator[Question]":
    from subsim.testing.conformance import cases

    kinds = only or _KINDS
    check_policy_choice(())
    with exit_on_input_errors():
        terms = terms_of_file()
        if "scenario" in kinds:
            place = _folder(folder)
            yield from cases.of_scenarios(_files(place), place, choice, terms)
        if "shortest" in kinds:
            yield from cases.of_shortest(choice, terms)
    if "random" in kinds and number:
        with require_extra("testing", "hypothesis"):
            yield from cases.of_random(number, seed, choice, terms, events=list(events) or None)


def _folder(given: str | None) -> Path:
    from subsim.testing.conformance.cases import scenarios_folder

    if given is None:
        found = scenarios_folder()
        if found is None:
            fail(Message("this installation has no scenarios: name their folder with --scenarios"))
        return found
    if not os.path.isdir(given):
        fail(Message("there is no folder {folder}", folder=repr(given)))
    return Path(given)


def _files(folder: Path) -> list[Path]:
    found = sorted(each for each in folder.rglob("*") if each.suffix.lower() in (".yaml", ".yml"))
    if not found:
        fail(
            Message(
                "the folder {folder} holds no scenario: no file that ends in .yaml or .yml", folder=repr(str(folder))
            )
        )
    return found


# What is kept


@contextmanager
def _kept(
    out: str | None, resume: bool, header: dict[str, Any]
) -> "Iterator[tuple[dict[str, Result], Callable[[Result], None]]]":
    """The results of an earlier run, and what keeps a new one: a line as soon as there is one."""
    if out is None:
        yield {}, lambda result: None
        return
    path = Path(out, _RESULTS)
    if not resume and path.exists():
        fail(Message("{path} holds a run: go on with it by --resume, or name another folder", path=repr(str(path))))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        known = _known(path, header) if resume and path.exists() else {}
        with path.open("a", encoding="utf-8") as file:
            if file.tell() == 0:
                file.write(json.dumps(header) + "\n")

            def keep(result: "Result") -> None:
                file.write(json.dumps(result.to_dict(), ensure_ascii=False) + "\n")
                file.flush()

            yield known, keep
    except OSError as error:
        fail(Message("{path}: {why}", path=repr(str(path)), why=system_message(error)))


def _known(path: Path, header: dict[str, Any]) -> "dict[str, Result]":
    """The results that a run left, but for a last line that was cut off, which is taken away."""
    from subsim.testing.conformance.run import result_of

    text = path.read_bytes()
    whole = text[: text.rfind(b"\n") + 1]
    if len(whole) < len(text):
        with path.open("r+b") as file:
            file.truncate(len(whole))
    lines = whole.splitlines()
    try:
        if lines and json.loads(lines[0]) != header:
            fail(
                Message(
                    "{path} holds a run of another system, other cases or another version: name another folder",
                    path=repr(str(path)),
                )
            )
        results = [result_of(json.loads(line)) for line in lines[1:]]
    except (ValueError, KeyError, TypeError):
        fail(Message("{path} is no file of results: name another folder", path=repr(str(path))))
    return {each.id: each for each in results}


def _keep_smallest(out: str | None, smallest: "Smallest") -> None:
    from subsim.basics.atomic_file import write_atomically

    if out is None:
        return
    path = Path(out, _SMALLEST, f"{smallest.clause}.yaml")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(smallest.text.encode(), path)
    except OSError as error:
        fail(Message("{path}: {why}", path=repr(str(path)), why=system_message(error)))
