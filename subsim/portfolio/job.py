"""A job: a piece of work on all members of a file, done part by part.

Each part writes its own files, whole or not at all, and its sums last. A part with sums is finished, and is not done
again. In the end the files are joined in the order of the parts. So the result is the same for any number of workers,
and for a job that was killed and resumed.
"""

import gc
import json
import os
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
_RECORDS_AT_ONCE = 2500
"""So many members are held as columns before their rows are written, so that memory is bounded."""


class CannotRun(Exception):  # noqa: N818 - the user's fault, told in one sentence
    """A job cannot begin, go on or be resumed; the message says why."""


class NoSuchDoubt(CannotRun):
    """An assumption names a fact that is in doubt in no record."""


class Work(Protocol):
    """The work for each member: a frozen value that is sent to every worker, with a repr of its own."""

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
    """The files of the members, the work, the folder and format of the results, and the size of a part in lines.

    `duplicates` says whether a second record of a member is kept or rejected.
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
    """Do the job and return its summary as JSON; all results are in the folder then.

    `progress` is called after each part with the bytes of the input that were read and the number of records done.
    `warn` is called with a message where a part is done again. CannotRun where the folder has another run, or a run is
    active in it; InputErrors where the members cannot be read; OSError where a file is missing or cannot be written.
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
    """Make the folder, or check that it has this run, and lock it for the time of the context."""
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
    """Whether the folder has more than the files of a run that was killed before its first part."""
    return folder.exists() and any(
        each.name != LOCK and each.name != _PARTS and not each.name.endswith(UNFINISHED) for each in folder.iterdir()
    )


def _not_empty(folder: str) -> CannotRun:
    return CannotRun(Message("{folder} is not empty: name another folder, or add --resume to go on", folder=folder))


def _begin(job: Job, resume: bool) -> None:
    """Check that the folder has this run, or is empty."""
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
    """Empty the folder, since a job whose members cannot be read to the end is never finished."""
    shutil.rmtree(job.parts)
    (job.output / _RUN).unlink()


def _identity(job: Job) -> bytes:
    """The values that must be equal to resume a job: the input, the work, subsim, and the size of a part."""
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
    """The SHA-256 of the sources of this process, since parts of two versions must not be joined."""
    found = sha256()
    folders = os.walk(Path(__file__).parents[1])  # half as slow as pathlib, and each process of a run does it
    for path in sorted(f"{folder}/{name}" for folder, _, names in folders for name in names):
        if path.endswith((".py", ".csv")):
            with open(path, "rb", buffering=0) as file:
                found.update(file.read())
    return found.hexdigest()


@frozen
class _Done:
    """The results of all finished parts: their numbers in order, the sums, and the duplicates."""

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
    """The finder of duplicates; it finds none where the order of the ids is checked."""
    if len(job.members) == 1 and is_in_order(job.members[0]):
        return Duplicates(frozenset())
    with members_in(job.members) as members:
        return duplicates_in(members.records)


def _unless_done(job: Job, parts: Iterable[Part], warn: Callable[[Message], None] | None) -> Iterator[Part]:
    """The parts; a finished one comes without its lines, and a damaged one as unfinished."""
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
    """Do a part, unless it is finished. Return its number, its number of lines, and its sums."""
    _check_place(job, run)
    stored = StoredPart(job.parts, part.number)
    if not part.done and not stored.exists():
        stored.write(_replay(job, part), list(job.tables))
    return part.number, len(part.lines), stored.sums()


def _check_place(job: Job, run: bytes) -> None:
    """CannotRun unless this process, on whatever machine, sees the folder of this run and has the same subsim."""
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
    """Do the work on the members of a part, and write the results.

    The garbage collector is off: no object of a replay refers to itself, so each is freed after its last use.
    """
    sums, reader, stored = Sums(), job.work.reader, StoredPart(job.parts, part.number)
    sheets, rejected = job.work.sheets(), RowSheets({_REJECTED: _REJECTED_COLUMNS})
    collects = gc.isenabled()
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
        if collects:
            gc.enable()
    for id in sorted(reader.met):
        sums["assumed"][id] += 1
    return sums


def _rejection(reason: str, line: int, sums: Sums) -> Rows:
    sums["members"]["rejected"] += 1
    return {_REJECTED: [{"line": line, "reason": reason}]}


def _finish(job: Job, done: _Done, write: Callable[[dict[Path, tuple[list[Path], Columns]]], None]) -> None:
    """Join the files of the parts, and write the summary last."""

    def parts(table: str) -> list[Path]:
        return [StoredPart(job.parts, number).table(table) for number in done.numbers]

    def rows(table: str) -> Iterator[dict[str, Any]]:
        from subsim.portfolio.arrow_json import lines_of  # it is slow to load, and few summaries ask for rows

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
