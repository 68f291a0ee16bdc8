"""The commands of `subsim portfolio`."""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from subsim.basics.texts import Message, Plural, join_words, system_message
from subsim.portfolio.columns import DIALECTS, FORMATS
from subsim.shell.help import Commands
from subsim.shell.options import LANG, LANG_ALONE, TERMS_AND_FACTS, Date, Month, OneOf, format_in, localize, options
from subsim.shell.output import check_folder, exit_on_input_errors, fail, print_result, require_extra
from subsim.shell.scenario_options import assumptions, check_policy_choice, has_terms_file, terms_of_file
from subsim.shell.streams import binary_input

if TYPE_CHECKING:
    from subsim.basics.dates import Day
    from subsim.pages.blocks import Blocks
    from subsim.pages.text import Page
    from subsim.portfolio.columns import Dialect, Format
    from subsim.portfolio.header import Header
    from subsim.portfolio.job import Work
    from subsim.portfolio.plots import Kind, Of
    from subsim.portfolio.pool import Elsewhere
    from subsim.portfolio.retention import Period
    from subsim.terms.choice import TermsChoice

    _Draw = Callable[[dict[str, Any], Page, Path], None]
    """Draws a summary into a folder, in the language of the page."""
    _PageOf = Callable[[dict[str, Any], Page], Blocks]
    """Makes the page of a summary."""

_HEADER = "header.yaml"
_ONE_THREAD = "OPENBLAS_NUM_THREADS", "1"
"""The other threads that numpy starts for algebra would wait in vain, and take time and memory to begin with."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_MODULES = ("msgspec", "numpy", "pyarrow", "tqdm", "duckdb", "backports", "backports.zstd")
_ENDINGS = (".ndjson", ".ndjson.gz", ".ndjson.zst", ".parquet")
_STDIN = "-"

_WORKERS = click.option(
    "--workers", type=click.IntRange(1, 256), help="Processes to work on.  [default: one a processor]"
)
_TO = click.option(
    "--to",
    type=OneOf(Message("format"), FORMATS),
    help="The format of the tables.  [default: parquet]",
)
_CSV = click.option(
    "--csv",
    type=OneOf(Message("kind of CSV"), DIALECTS),
    help="Write the tables as CSV: with commas and decimal points, or with semicolons and decimal commas.",
)
_DUPLICATES = click.option(
    "--duplicates",
    type=OneOf(Message("treatment"), ("keep", "reject")),
    default="keep",
    show_default=True,
    help="What becomes of a member's second record; it is reported either way.",
)
_PLOT = click.option(
    "--plot",
    type=OneOf(Message("format of pictures"), ("svg", "png")),
    is_flag=False,
    flag_value="svg",
    help="Draw the summary too, as SVG unless PNG is named.",
)
_ON_MEMBERS = options(
    click.option("-o", "--output", metavar="FOLDER", required=True, help="The folder of the results."),
    click.option("--resume", is_flag=True, help="Go on with a run that was stopped; finished parts are kept."),
    _WORKERS,
    click.option("--cluster", metavar="ADDRESS", help="Work on the dask cluster whose scheduler listens there."),
    click.option(
        *("--part", "lines_a_part"),
        type=click.IntRange(1, 1_000_000),
        default=5000,
        show_default=True,
        help="Lines a part: what a worker takes at a time.",
    ),
    _TO,
    _CSV,
    _DUPLICATES,
    TERMS_AND_FACTS,
    format_in("table", "json"),
    LANG,
)
"""The options of every command that does its work on all members."""
_MEMBERS = click.argument("members", nargs=-1, required=True, metavar="MEMBERS...")
_SHARED = click.option(
    "--header", metavar="FILE", help="What all members share.  [default: header.yaml beside MEMBERS]"
)


@click.group(cls=Commands)
@LANG_ALONE
def portfolio() -> None:
    """Replay all members at once, or make some up.

    Needs the extra `portfolio`.
    """
    os.environ.setdefault(*_ONE_THREAD)


@portfolio.command()
@options(
    click.option("--members", "number", type=click.IntRange(0, 10_000_000), required=True, help="How many members."),
    click.option("--seed", type=int, required=True, help="The same seed gives the same members."),
    click.option("--years", type=click.IntRange(1, 7), default=3, show_default=True, help="Years of history."),
    click.option(
        *("-o", "--output"),
        metavar="MEMBERS",
        required=True,
        help="The file to write: .ndjson, .ndjson.gz, .ndjson.zst or .parquet.",
    ),
    click.option("--retention", "policy", metavar="NAME|FILE", help="Make facts about personal data by this policy."),
    _WORKERS,
    LANG_ALONE,
)
def generate(number: int, seed: int, years: int, output: str, policy: str | None, workers: int | None) -> None:
    """Make up a realistic member base.

    Writes MEMBERS and, in the same folder, header.yaml.
    """
    with require_extra("portfolio", *_MODULES):
        from subsim.basics.atomic_file import atomic_file, remove_abandoned
        from subsim.files.policy import POLICY_NAMES, load_policy
        from subsim.portfolio.generate import blocks, header, is_own_header, maker
        from subsim.portfolio.members_file import atomic_members_file
        from subsim.portfolio.pool import in_turn, processors

        path = Path(output)
        if not path.name.endswith(_ENDINGS):
            fault = Message("{path} does not end in {endings}", path=repr(output), endings=join_words(_ENDINGS))
            raise click.BadParameter(localize(fault), param_hint="'--output'")
        beside = path.with_name(_HEADER)
        with _exit_on_file_faults():
            goes_by = load_policy(policy) if policy else None
            if beside.exists() and not is_own_header(beside.read_text(errors="replace")):
                fail(Message("{file} is not one that generate wrote: name another folder", file=str(beside)))
        with _exit_on_file_faults(), _progress(number, f" {localize(Message('members'))}") as (advance, _):
            with atomic_members_file(path) as file:
                for lines in in_turn(maker(seed, years, goes_by), blocks(number), workers or processors()):
                    file.write(lines)
                    advance(len(lines.splitlines()))
            remove_abandoned(beside)
            with atomic_file(beside) as file:
                named = policy if policy is None or policy in POLICY_NAMES else os.path.relpath(policy, beside.parent)
                file.write(header(years, goes_by, named or "").encode())


@portfolio.command()
@options(
    _MEMBERS,
    _SHARED,
    click.option("--decisions", is_flag=True, help="Write every decision too, with its clause and why."),
    _PLOT,
    _ON_MEMBERS,
)
def run(members: tuple[str, ...], header: str | None, decisions: bool, plot: "Kind | None", **how: Any) -> None:
    """Replay every member of a file, and sum up.

    MEMBERS are files, folders or `-` for standard input: NDJSON, one member a line, or CSV, one event a row, plain, .gz
    or .zst, or .parquet. Writes outcomes, invoices, rejected and the summary. The exit code is 0 if all records were
    replayed, 1 if some were rejected or a member stands there twice, 2 if an input cannot be read.
    """
    with require_extra("portfolio", *_MODULES):
        from subsim.portfolio.run import Run
        from subsim.portfolio.summary_page import summary_page

        _do(
            members,
            [header],
            partial(Run, decisions=decisions),
            lambda *_headers: summary_page,
            draw=_drawing(plot),
            **how,
        )


@portfolio.command()
@options(
    _MEMBERS,
    click.option(
        "--before", metavar="FILE", help="The header that is compared with.  [default: header.yaml beside MEMBERS]"
    ),
    click.option(
        "--after",
        metavar="FILE",
        help="The other header, with the same packages.  [default, with --terms: the header before]",
    ),
    _ON_MEMBERS,
)
def compare(members: tuple[str, ...], before: str | None, after: str | None, **how: Any) -> None:
    """Replay every member under two headers, and tell for whom something differs.

    The headers differ in prices, terms, readings, numbers or announcements. --terms holds for the header after alone:
    so a draft of terms is compared with those in force. --profile, --reading and --number hold for both. MEMBERS as for
    `run`. Writes differences, rejected and the summary; the exit codes are those of `run`.
    """
    with require_extra("portfolio", *_MODULES):
        from subsim.portfolio.compare import Compare
        from subsim.portfolio.compare_page import compare_page

        if after is None and not has_terms_file():
            raise click.UsageError(localize(Message("name what is compared with: --after, or --terms")))
        _do(members, [before, after or before], Compare, lambda *_headers: compare_page, **how)


@portfolio.command()
@options(_MEMBERS, _SHARED, _ON_MEMBERS)
def contested(members: tuple[str, ...], header: str | None, **how: Any) -> None:
    """Tell whose outcome depends on how an unclear clause is read, and by how much.

    Replays every member under each single other reading of each contested point. MEMBERS as for `run`. Writes
    contested, not_replayed, rejected and the summary; the exit codes are those of `run`.
    """
    with require_extra("portfolio", *_MODULES):
        from subsim.portfolio.contested import Contested
        from subsim.portfolio.contested_page import contested_page

        _do(members, [header], Contested, lambda *_headers: contested_page, **how)


@portfolio.command()
@options(_MEMBERS, _SHARED, _PLOT, _ON_MEMBERS)
def law(members: tuple[str, ...], header: str | None, plot: "Kind | None", **how: Any) -> None:
    """Tell to whom the contract gives less than mandatory law.

    Asks about every live subscription as of the last day: information, not legal advice. MEMBERS as for `run`. Writes
    law, rejected and the summary; the exit codes are those of `run`.
    """
    with require_extra("portfolio", *_MODULES):
        from subsim.portfolio.law import Law
        from subsim.portfolio.law_page import law_page

        _do(members, [header], Law, lambda *_headers: law_page, draw=_drawing(plot, "law"), **how)


@portfolio.command()
@options(
    _MEMBERS,
    _SHARED,
    click.option("--month", type=Month(), help="The month whose disposals are listed, such as 2026-01."),
    click.option("--from", "first", type=Date(), help="The first day of the period, instead of a month."),
    click.option("--until", "last", type=Date(), help="The last day of the period."),
    click.option(
        "--disposed-since",
        type=Date(),
        help="List what was disposed of on this day or later: to erase anew after a backup was restored.",
    ),
    click.option("--policy", metavar="NAME|FILE", help="Go by this policy, whatever the header says."),
    _PLOT,
    _ON_MEMBERS,
)
def retention(
    members: tuple[str, ...],
    header: str | None,
    month: "tuple[Day, Day] | None",
    first: "Day | None",
    last: "Day | None",
    disposed_since: "Day | None",
    policy: str | None,
    plot: "Kind | None",
    **how: Any,
) -> None:
    """List what is to be disposed of: the disposal list of all members.

    The header names the policy. Lists as of its last day, or of the period's where that is sooner; nothing is deleted.
    MEMBERS as for `run`. Writes disposals, kept, unclear, overdue, requests, rejected and the summary; the exit codes
    are those of `run`.
    """
    with require_extra("portfolio", *_MODULES):
        from subsim.portfolio.header import load_header
        from subsim.portfolio.retention import DisposalList, schedule_under
        from subsim.portfolio.retention_page import retention_page

        def page_under(shared: "Header") -> "_PageOf":
            return partial(retention_page, policy=schedule_under(shared).policy)

        period = _period(month, first, last)
        if period is None and disposed_since is None:
            raise click.UsageError(localize(Message("name a period: --month, or --from and --until")))
        if period is None and plot is not None:
            raise click.UsageError(localize(Message("--plot draws a period: name --month, or --from and --until")))
        work = partial(DisposalList, period=period, disposed_since=disposed_since)
        load = partial(load_header, policy=policy, policy_needed=True)
        _do(members, [header], work, page_under, draw=_drawing(plot, "retention"), load=load, **how)


def _period(month: "tuple[Day, Day] | None", first: "Day | None", last: "Day | None") -> "Period | None":
    """The period that is named in one of two ways; None where it is in neither."""
    from subsim.portfolio.retention import Period

    if month is not None and (first is not None or last is not None):
        raise click.UsageError(localize(Message("--month is a period of its own: leave out --from and --until")))
    if month is not None:
        return Period(*month)
    if first is None and last is None:
        return None
    if first is None or last is None:
        raise click.UsageError(localize(Message("--from and --until go together")))
    if last < first:
        fault = Message("--until is {last}, expected {first} (--from) or later", last=last, first=first)
        raise click.UsageError(localize(fault))
    return Period(first, last)


def _do(
    members: tuple[str, ...],
    headers: list[str | None],
    work_under: Callable[..., "Work"],
    page_under: "Callable[..., _PageOf]",
    *,
    draw: "_Draw | None" = None,
    load: "Callable[..., Header] | None" = None,
    output: str,
    resume: bool,
    workers: int | None,
    cluster: str | None,
    lines_a_part: int,
    to: "Format | None",
    csv: "Dialect | None",
    duplicates: Literal["keep", "reject"],
    form: str,
    page: "Page",
    choice: "TermsChoice",
) -> None:
    """Do the work on all members under these headers (None: the one beside the members), show its summary, and end.

    The terms that the command names go to the last of the headers.
    """
    from subsim.pages.blocks import stack
    from subsim.portfolio.inputs import sources_in
    from subsim.portfolio.job import CannotRun, Job, do
    from subsim.portfolio.summary_page import duplicates_block

    to = _format_of_tables(to, csv)
    check_folder(output, "--output")
    shared = _headers(members, headers, load, choice)
    page_of = page_under(*shared)
    with _exit_on_file_faults(goes_on=True):
        try:
            with sources_in(members, binary_input() if _STDIN in members else None) as sources:
                job = Job(
                    members=sources,
                    work=work_under(*shared),
                    output=Path(output),
                    to=to,
                    lines_a_part=lines_a_part,
                    duplicates=duplicates,
                    csv=csv or DIALECTS[0],
                )
                size = sum(source.path.stat().st_size for source in sources)
                with _progress(size, "B") as (_, reach), _at_work(workers, cluster) as those:
                    summary = do(job, those, resume, reach, _warn)
        except CannotRun as fault:
            fail(fault.args[0])
        if draw is not None:
            draw(summary, page, job.output)
    print_result(lambda: summary, lambda: stack(page_of(summary, page), duplicates_block(summary, page)), form, page)
    sys.exit(1 if summary["rejected"] or summary["duplicates"] else 0)


def _headers(
    members: tuple[str, ...],
    headers: list[str | None],
    load: "Callable[..., Header] | None",
    choice: "TermsChoice",
) -> "list[Header]":
    """The headers of these files, None for the one beside the members; only the last is under the terms named."""
    from subsim.portfolio.header import load_header

    with exit_on_input_errors():
        of_each = [*([None] * (len(headers) - 1)), terms_of_file()]
        found = [
            (load or load_header)(header or _header_beside(members[0]), choice, terms=terms, assume=assumptions())
            for header, terms in zip(headers, of_each, strict=True)
        ]
    check_policy_choice(each.policy for each in found if each.policy is not None)
    return found


def _format_of_tables(to: "Format | None", csv: "Dialect | None") -> "Format":
    """The format of the tables: CSV where its kind is asked for."""
    if csv is not None and to not in (None, "csv"):
        raise click.UsageError(localize(Message("--csv writes CSV: leave out --to {format}", format=to)))
    return "csv" if csv else to or FORMATS[0]


def _header_beside(members: str) -> str:
    """The header in the folder of the members, or in the folder that they are."""
    path = Path("." if members == _STDIN else members)
    return str(path / _HEADER if path.is_dir() else path.with_name(_HEADER))


def _warn(message: Message) -> None:
    click.echo(localize(message), err=True)


def _drawing(kind: "Kind | None", of: "Of" = "run") -> "_Draw | None":
    """What draws a summary; found before the run, so that it is told before it if matplotlib is not installed."""
    if kind is None:
        return None
    with require_extra("plot", "matplotlib"):
        from subsim.portfolio.plots import write_plots
    return partial(write_plots, kind=kind, of=of)


@contextmanager
def _at_work(number: int | None, cluster: str | None) -> "Iterator[int | Elsewhere]":
    """Who does the work: so many processes of this machine, or the workers of the cluster at an address."""
    if cluster is None:
        from subsim.portfolio.pool import processors

        yield number or processors()
        return
    if number is not None:
        raise click.UsageError(localize(Message("--workers is about this machine: leave it out with --cluster")))
    with require_extra("cluster", "dask", "distributed"):
        from subsim.portfolio.cluster import connected

        with connected(cluster) as workers:
            yield workers


@contextmanager
def _exit_on_file_faults(goes_on: bool = False) -> Iterator[None]:
    """Say which file cannot be read or written, and that a run without its worker, or on a full disk, can go on."""
    from subsim.portfolio.pool import WorkerLost

    try:
        with exit_on_input_errors():
            yield
    except WorkerLost:
        fail(Message("a worker was lost, perhaps for want of memory: the same command with --resume goes on"))
    except OSError as error:
        fault = Message("{file}: {why}", file=error.filename or Message("a file"), why=system_message(error))
        is_full = goes_on and error.errno in _FULL
        fail(fault, Message("make room: the same command with --resume goes on") if is_full else None)


@contextmanager
def _progress(total: int, unit: str) -> Iterator[tuple[Callable[[int], object], Callable[[int, int], None]]]:
    """A bar on a terminal: what advances it, and what lets it reach a place, with the records so far."""
    if not sys.stderr.isatty():
        yield (lambda _more: None), (lambda _place, _records: None)
        return
    from threading import RLock

    from tqdm import tqdm

    tqdm.set_lock(RLock())  # only this process writes: its own lock would be one between processes
    with tqdm(total=total, unit=unit, unit_scale=True, leave=False) as bar:

        def reach(place: int, records: int) -> None:
            bar.set_postfix_str(localize(Plural("{n} record", "{n} records", n=records)), refresh=False)
            bar.update(place - bar.n)

        yield bar.update, reach
