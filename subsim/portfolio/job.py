"""A piece of work on all members of a file, part by part; a part that is finished is never done again.

Every part writes files of its own, whole or not at all, and its sums last: where these stand, the part is finished. In
the end the files are put together in the order of the parts; so the result is the same for any number of workers, and
for a job that was killed and resumed.
"""

import gc
import json
import platform
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, Protocol

import msgspec
from attrs import evolve, field, frozen

from subsim.basics.atomic_file import UNFINISHED, atomic_file, remove_unfinished
from subsim.basics.faults import InputErrors, quote
from subsim.basics.texts import Message
from subsim.portfolio.arrow import lines_of
from subsim.portfolio.columns import FORMATS, NUMBER, TEXT, Columns, Dialect, Format
from subsim.portfolio.duplicates import Duplicate, Duplicates, duplicates_as_dict, duplicates_in
from subsim.portfolio.files import Part, fingerprint, parts_of
from subsim.portfolio.inputs import Source, as_sources, is_in_order, members_in
from subsim.portfolio.lock import LOCK, FolderInUse, locked
from subsim.portfolio.members import MemberRecord, Reader, Rejected
from subsim.portfolio.pool import Elsewhere, in_turn, processors
from subsim.portfolio.sheets import Rows, RowSheets, Sheets
from subsim.portfolio.stored_part import StoredPart, batches_in, part_written
from subsim.portfolio.sums import Sums

LINES_A_PART = 5000
SUMMARY = "summary.json"
_REJECTED = "rejected"
_REJECTED_COLUMNS = {"line": NUMBER, "reason": TEXT}
_RUN, _PARTS = "run.json", "parts"
_RECORDS_AT_ONCE = 1000
"""So many members are held as columns before their rows are written, so that memory is bounded."""


class CannotRun(Exception):  # noqa: N818 - the user's fault, told in one sentence
    """A job that cannot begin, go on or be resumed; the message says why."""


class NoSuchDoubt(CannotRun):
    """Something is assumed of what is in doubt in no record."""


class Work(Protocol):
    """What is done with each member: a frozen value that is sent to every worker; its repr tells it from other work."""

    @property
    def tables(self) -> Mapping[str, Columns]:
        """The tables that it writes, besides the rejected records, with all their columns."""

    @property
    def reader(self) -> Reader:
        """What reads the lines: it knows what packages there are."""

    def sheets(self) -> Sheets[Any]:
        """Where what comes of members is kept as columns: its tables, without any rows."""

    def of_member(self, own: MemberRecord, line: int, sums: Sums) -> Any:
        """What comes of the member in this line, for the sheets; the sums have it then, or when the sheets are taken.

        Raises Rejected for a fault that only the replay shows; nothing has been added then.
        """

    def summary(self, sums: Sums, rows: Callable[[str], Iterator[dict[str, Any]]]) -> dict[str, Any]:
        """The JSON of the sums over all members; `rows` reads a table again, in the order of the members."""


@frozen(kw_only=True)
class Job:
    """The files of the members, what is done with them, where and as what the results go, and how the work is cut.

    `duplicates` says what becomes of a member's second record.
    """

    members: tuple[Source, ...] = field(converter=as_sources)
    work: Work
    output: Path
    to: Format = "parquet"
    lines_a_part: int = LINES_A_PART
    duplicates: Literal["keep", "reject"] = "keep"
    csv: Dialect = "international"

    @property
    def parts(self) -> Path:
        """The folder of the parts."""
        return self.output / _PARTS

    @property
    def tables(self) -> dict[str, Columns]:
        """All tables that are written."""
        return {**self.work.tables, _REJECTED: _REJECTED_COLUMNS}


def do(
    job: Job,
    workers: int | Elsewhere,
    resume: bool = False,
    progress: Callable[[int, int], None] | None = None,
    warn: Callable[[Message], None] | None = None,
) -> Any:
    """The summary of the job as JSON has it; all results are in the folder then.

    `progress` hears after each part how many of the input's bytes were read, and how many records are done; `warn`
    hears of what is done again. CannotRun where the folder holds another run, or one that is going on; InputErrors
    where the members cannot be read; OSError where there are none or a file cannot be written.
    """
    from subsim.portfolio.tables import write_tables, writer  # workers need none of it

    write = partial(
        write_tables,
        write=writer(job.to, job.parts, job.csv),  # told before the work if a library is missing
        at_once=workers if isinstance(workers, int) else processors(),
    )
    with members_in(job.members):
        pass  # what cannot be read is told before anything is written
    with _folder_of(job, resume):
        if not (job.output / SUMMARY).exists():
            try:
                done = _work_through(job, workers, progress, warn)
                _check_assumed(job, done.sums)
            except (InputErrors, NoSuchDoubt):
                _undo(job)
                raise
            _finish(job, done, write)
        shutil.rmtree(job.parts, ignore_errors=True)
    return json.loads((job.output / SUMMARY).read_bytes())


@contextmanager
def _folder_of(job: Job, resume: bool) -> Iterator[None]:
    """Make the folder, or make sure that it holds this very run, and keep all others out of it meanwhile."""
    folder = quote(str(job.output))
    try:
        held = any(each.name == LOCK for each in job.output.iterdir()) if job.output.is_dir() else False
        if not (resume or held) and _holds_anything(job.output):
            raise _not_empty(folder)
        job.output.mkdir(parents=True, exist_ok=True)
        with locked(job.output):
            _begin(job, resume)
            yield
    except FileExistsError:
        raise CannotRun(Message("{folder} is a file: name a folder for the results", folder=folder)) from None
    except FolderInUse as other:
        raise CannotRun(
            Message(
                "{folder} is in use by the process {process} on {host}: wait for its end, or name another folder",
                folder=folder,
                process=other.process,
                host=other.host,
            )
        ) from None


def _holds_anything(folder: Path) -> bool:
    """Whether a folder holds more than what a run leaves that was killed before it had begun."""
    return folder.exists() and any(
        each.name != LOCK and each.name != _PARTS and not each.name.endswith(UNFINISHED) for each in folder.iterdir()
    )


def _not_empty(folder: str) -> CannotRun:
    return CannotRun(Message("{folder} is not empty: name another folder, or add --resume to go on", folder=folder))


def _begin(job: Job, resume: bool) -> None:
    """Make sure that the folder holds this very run, or nothing."""
    identity, marker, folder = _identity(job), job.output / _RUN, quote(str(job.output))
    if _holds_anything(job.output):
        if not resume:
            raise _not_empty(folder)
        if not marker.exists():
            raise CannotRun(Message("{folder} holds no run to resume: name another folder", folder=folder))
        if marker.read_bytes() != identity:
            raise CannotRun(
                Message(
                    "{folder} holds a run of other members, another header, other options or another version of "
                    "subsim: name another folder",
                    folder=folder,
                )
            )
        finished = (job.output / SUMMARY).exists()
        if finished and not all(_table_path(job, table, job.to).exists() for table in job.tables):
            raise CannotRun(
                Message(
                    "{folder} holds this run finished, but not as {format}: name another folder",
                    folder=folder,
                    format=job.to,
                )
            )
    else:
        shutil.rmtree(job.parts, ignore_errors=True)
        job.parts.mkdir(parents=True)
        with atomic_file(marker) as file:
            file.write(identity)
    job.parts.mkdir(exist_ok=True)
    remove_unfinished(job.output)
    remove_unfinished(job.parts)


def _check_assumed(job: Job, sums: Sums) -> None:
    for id in job.work.reader.assume or ():
        if not sums["assumed"][id]:
            raise NoSuchDoubt(Message("no record has an event in doubt called {id}", id=quote(id)))


def _undo(job: Job) -> None:
    """Leave the folder empty: a job whose members cannot be read to the end is never finished."""
    shutil.rmtree(job.parts)
    (job.output / _RUN).unlink()


def _identity(job: Job) -> bytes:
    """What must be the same for a job to go on: the input, the work with its header, subsim itself, and the cut."""
    identity = {
        "subsim": _own_sources(),
        "members": [fingerprint(source.path)._asdict() for source in job.members],
        "work": repr(job.work),
        "lines_a_part": job.lines_a_part,
        "duplicates": job.duplicates,
    }
    return json.dumps(identity, indent=2).encode() + b"\n"


@cache
def _own_sources() -> str:
    """The SHA-256 of the sources that this process began with: parts of two versions must not be put together."""
    sources = Path(__file__).parents[1]
    files = sorted(file for ending in ("*.py", "*.csv") for file in sources.rglob(ending))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


@frozen
class _Done:
    """What has come of all parts: their numbers in order, the sums, and the members who stood in the input twice."""

    numbers: list[int]
    sums: Sums
    duplicates: list[Duplicate]


def _work_through(
    job: Job,
    workers: int | Elsewhere,
    progress: Callable[[int, int], None] | None = None,
    warn: Callable[[Message], None] | None = None,
) -> _Done:
    """Do every part that is not finished."""
    done = _Done([], Sums(), [])
    work = partial(_do, evolve(job, members=(), output=job.output.absolute()), (job.output / _RUN).read_bytes())
    needs = __name__, type(job.work).__module__
    twice = _duplicates(job)

    def judge(line: bytes, number: int) -> str | None:
        seen = twice.seen(line, number)
        if seen is not None:
            done.duplicates.append(seen)
        return seen.reason if seen and job.duplicates == "reject" else None

    records = 0
    with members_in(job.members) as members:
        parts = parts_of(members.records, job.lines_a_part, judge)
        for number, lines, part_sums in in_turn(work, _unless_done(job, parts, warn), workers, needs):
            done.numbers.append(number)
            done.sums.add_all(part_sums)
            records += lines
            if progress is not None:
                progress(members.reached(), records)
    return done


def _duplicates(job: Job) -> Duplicates:
    """What tells who stands in the input twice; nobody does where the order of the ids is checked."""
    if len(job.members) == 1 and is_in_order(job.members[0]):
        return Duplicates(frozenset())
    with members_in(job.members) as members:
        return duplicates_in(members.records)


def _unless_done(job: Job, parts: Iterable[Part], warn: Callable[[Message], None] | None) -> Iterator[Part]:
    """The parts, those that are finished without their lines; a damaged one is done again."""
    for part in parts:
        stored = StoredPart(job.parts, part.number)
        if stored.is_whole():
            yield part._replace(lines=[b""] * len(part.lines), done=True)
            continue
        if stored.exists() and warn is not None:
            warn(Message("part {number} is damaged, and is done again", number=part.number))
        stored.remove()
        yield part


def _do(job: Job, run: bytes, part: Part) -> tuple[int, int, Sums]:
    """Do a part, or find it done; its number, how many lines it has, and its sums."""
    _check_place(job, run)
    stored = StoredPart(job.parts, part.number)
    if not part.done and not stored.exists():
        stored.write(_replay(job, part), list(job.tables))
    return part.number, len(part.lines), stored.sums()


def _check_place(job: Job, run: bytes) -> None:
    """CannotRun unless this process, maybe on another machine, sees the folder of this run and has the same subsim."""
    marker, host = job.output / _RUN, platform.node()
    if not (job.parts.is_dir() and marker.exists() and marker.read_bytes() == run):
        raise CannotRun(
            Message(
                "{host} does not see this run in {folder}: the results must go to a folder that all workers share",
                host=host,
                folder=repr(str(job.output)),
            )
        )
    if json.loads(run)["subsim"] != _own_sources():
        raise CannotRun(
            Message("{host} has another version of subsim: install the same and start its workers again", host=host)
        )


def _replay(job: Job, part: Part) -> Sums:
    """Do the work on the members of a part, and write what comes out.

    Nothing that a replay makes refers back to itself: it is gone with its last use, and nobody need look for more.
    """
    sums, reader, stored = Sums(), job.work.reader, StoredPart(job.parts, part.number)
    sheets, rejected = job.work.sheets(), RowSheets({_REJECTED: _REJECTED_COLUMNS})
    gc.disable()
    try:
        with ExitStack() as stack:
            write = {
                name: stack.enter_context(part_written(stored.table(name), columns))
                for name, columns in job.tables.items()
            }
            for start in range(0, len(part.lines), _RECORDS_AT_ONCE):
                for line, record in enumerate(part.lines[start : start + _RECORDS_AT_ONCE], part.first_line + start):
                    if line in part.rejected:
                        rejected.add(_rejection(part.rejected[line], line, sums))
                    elif record:
                        try:
                            sheets.add(job.work.of_member(reader.checked(record), line, sums))
                        except Rejected as fault:
                            rejected.add(_rejection(fault.reason, line, sums))
                for table, batch in (sheets.take(sums) | rejected.take(sums)).items():
                    write[table](batch)
    finally:
        gc.enable()
    for id in sorted(reader.met):
        sums["assumed"][id] += 1
    return sums


def _rejection(reason: str, line: int, sums: Sums) -> Rows:
    sums["members"]["rejected"] += 1
    return {_REJECTED: [{"line": line, "reason": reason}]}


def _finish(job: Job, done: _Done, write: Callable[[dict[Path, tuple[list[Path], Columns]]], None]) -> None:
    """Put the files of the parts together, the summary last."""

    def parts(table: str) -> list[Path]:
        return [StoredPart(job.parts, number).table(table) for number in done.numbers]

    def rows(table: str) -> Iterator[dict[str, Any]]:
        for batch in batches_in(parts(table)):
            yield from map(msgspec.json.decode, lines_of(batch).splitlines())

    for table in job.tables:
        for other in set(FORMATS) - {job.to}:
            _table_path(job, table, other).unlink(missing_ok=True)
    write({_table_path(job, table, job.to): (parts(table), columns) for table, columns in job.tables.items()})
    summary = job.work.summary(done.sums, rows) | duplicates_as_dict(done.duplicates)
    with atomic_file(job.output / SUMMARY) as file:
        file.write(json.dumps(summary, indent=2).encode() + b"\n")


def _table_path(job: Job, table: str, form: Format) -> Path:
    return job.output / f"{table}.{form}"
