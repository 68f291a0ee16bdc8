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
from contextlib import ExitStack
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import msgspec
from attrs import evolve, frozen

from subsim.basics.faults import InputErrors
from subsim.basics.texts import Message
from subsim.membership.events import Amount, PackageName
from subsim.portfolio.columns import FORMATS, NUMBER, TEXT, Columns, Format
from subsim.portfolio.files import (
    Part,
    concatenate,
    fingerprint,
    parts_of,
    remove_unfinished,
    whole_file,
)
from subsim.portfolio.inputs import members_in
from subsim.portfolio.members import MemberRecord, Reader, Rejected
from subsim.portfolio.pool import Elsewhere, in_turn
from subsim.portfolio.sums import Sums

LINES_A_PART = 5000
SUMMARY = "summary.json"
_REJECTED = "rejected"
_REJECTED_COLUMNS = {"line": NUMBER, "reason": TEXT}
_RUN, _PARTS = "run.json", "parts"
_Writer = Callable[[list[Path], Path, Columns, Path], None]
"""Writes a table: its parts, its name, its columns, and a folder for what is needed only meanwhile."""
_encode_lines = msgspec.json.Encoder().encode_lines


class CannotRun(Exception):  # noqa: N818 - the user's fault, told in one sentence
    """A job that cannot begin, go on or be resumed; the message says why."""


Rows = dict[str, list[Any]]
"""Of each table some rows, each as msgspec writes its JSON."""


class Work(Protocol):
    """What is done with each member: a frozen value that is sent to every worker; its repr tells it from other work."""

    @property
    def tables(self) -> Mapping[str, Columns]:
        """The tables that it writes, besides the rejected records, with all their columns."""

    @property
    def prices(self) -> dict[PackageName, Amount]:
        """The price list, which says what packages there are."""

    def of_member(self, own: MemberRecord, line: int, sums: Sums) -> Rows:
        """What comes of the member in this line, added to the sums too.

        Raises Rejected for a fault that only the replay shows; nothing has been added then.
        """

    def summary(self, sums: Sums, rows: Callable[[str], Iterator[dict[str, Any]]]) -> dict[str, Any]:
        """The JSON of the sums over all members; `rows` reads a table again, in the order of the members."""


@frozen(kw_only=True)
class Job:
    """The file of the members, what is done with them, where and as what the results go, and how the work is cut."""

    members: Path
    work: Work
    output: Path
    to: Format = "parquet"
    lines_a_part: int = LINES_A_PART

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
) -> Any:
    """The summary of the job as JSON has it; all results are in the folder then.

    `progress` hears after each part how many of the input's bytes were read, and how many records are done. CannotRun
    where the folder holds another run, InputErrors where the members cannot be read, OSError where there are none or a
    file cannot be written.
    """
    write = _writer(job.to)
    _begin(job, resume)
    if not (job.output / SUMMARY).exists():
        try:
            numbers, sums = _work_through(job, workers, progress)
        except InputErrors:
            _undo(job)
            raise
        _finish(job, numbers, sums, write)
    shutil.rmtree(job.parts, ignore_errors=True)
    return json.loads((job.output / SUMMARY).read_bytes())


def _begin(job: Job, resume: bool) -> None:
    """Make the folder, or make sure that it holds this very run; what cannot be read is told before that."""
    with members_in(job.members):
        pass
    identity, marker, folder = _identity(job), job.output / _RUN, repr(str(job.output))
    if job.output.exists() and any(job.output.iterdir()):
        if not resume:
            raise CannotRun(
                Message("{folder} is not empty: name another folder, or add --resume to go on", folder=folder)
            )
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
        if (job.output / SUMMARY).exists() and not _table_path(job, _REJECTED, job.to).exists():
            raise CannotRun(
                Message(
                    "{folder} holds this run finished, but not as {format}: name another folder",
                    folder=folder,
                    format=job.to,
                )
            )
    job.output.mkdir(parents=True, exist_ok=True)
    if not marker.exists():
        with whole_file(marker) as file:
            file.write(identity)
    job.parts.mkdir(exist_ok=True)
    remove_unfinished(job.output)
    remove_unfinished(job.parts)


def _undo(job: Job) -> None:
    """Leave the folder empty: a job whose members cannot be read to the end is never finished."""
    shutil.rmtree(job.parts)
    (job.output / _RUN).unlink()


def _identity(job: Job) -> bytes:
    """What must be the same for a job to go on: the input, the work with its header, subsim itself, and the cut."""
    identity = {
        "subsim": _own_sources(),
        "members": fingerprint(job.members),
        "work": repr(job.work),
        "lines_a_part": job.lines_a_part,
    }
    return json.dumps(identity, indent=2).encode() + b"\n"


@cache
def _own_sources() -> str:
    """The SHA-256 of the sources that this process began with: parts of two versions must not be put together."""
    sources = Path(__file__).parents[1]
    files = sorted(file for ending in ("*.py", "*.csv") for file in sources.rglob(ending))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _work_through(
    job: Job, workers: int | Elsewhere, progress: Callable[[int, int], None] | None
) -> tuple[list[int], Sums]:
    """Do every part that is not finished; the numbers of all parts, and their sums."""
    numbers, sums = [], Sums()
    work = partial(_do, evolve(job, output=job.output.absolute()), (job.output / _RUN).read_bytes())
    with members_in(job.members) as members:
        parts = parts_of(members.records, job.lines_a_part)
        for number, part_sums in in_turn(work, _unless_done(job, parts), workers):
            numbers.append(number)
            sums.add_all(part_sums)
            if progress is not None:
                progress(members.reached(), len(numbers) * job.lines_a_part)
    return numbers, sums


def _unless_done(job: Job, parts: Iterable[Part]) -> Iterator[Part]:
    """The parts, without the lines of those that are finished."""
    for part in parts:
        yield part._replace(lines=[]) if _sums_path(job, part.number).exists() else part


def _do(job: Job, run: bytes, part: Part) -> tuple[int, Sums]:
    """Do a part, or find it done, as one without lines was before; its number and sums."""
    _check_place(job, run)
    path = _sums_path(job, part.number)
    if part.lines and not path.exists():
        sums = _replay(job, part)
        with whole_file(path) as file:
            file.write(sums.as_json())
    return part.number, Sums.from_json(path.read_bytes())


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
    sums, reader = Sums(), Reader(job.work.prices)
    paths = [_part_path(job, part.number, name) for name in job.tables]
    gc.disable()
    try:
        with ExitStack() as stack:
            files = dict(zip(job.tables, [stack.enter_context(whole_file(path)) for path in paths], strict=True))
            for line, record in enumerate(part.lines, start=part.first_line):
                if record.strip():
                    for table, rows in _rows(job.work, reader, record, line, sums).items():
                        files[table].write(_encode_lines(rows))
    finally:
        gc.enable()
    return sums


def _rows(work: Work, reader: Reader, record: bytes, line: int, sums: Sums) -> Rows:
    try:
        return work.of_member(reader.record(record), line, sums)
    except Rejected as fault:
        sums["members"]["rejected"] += 1
        return {_REJECTED: [{"line": line, "reason": fault.reason}]}


def _writer(to: Format) -> _Writer:
    """What writes the tables; asked for before the work, so that it is told before it if duckdb is not installed."""
    if to == "ndjson":
        return lambda parts, path, _columns, _temporary: concatenate(parts, path)
    from subsim.portfolio.tables import write_table

    return write_table


def _finish(job: Job, numbers: list[int], sums: Sums, write: _Writer) -> None:
    """Put the files of the parts together, the summary last."""

    def rows(table: str) -> Iterator[dict[str, Any]]:
        for number in numbers:
            with _part_path(job, number, table).open("rb") as file:
                yield from map(msgspec.json.decode, file)

    for table, columns in job.tables.items():
        for other in set(FORMATS) - {job.to}:
            _table_path(job, table, other).unlink(missing_ok=True)
        parts = [_part_path(job, number, table) for number in numbers]
        write(parts, _table_path(job, table, job.to), columns, job.parts)
    with whole_file(job.output / SUMMARY) as file:
        file.write(json.dumps(job.work.summary(sums, rows), indent=2).encode() + b"\n")


def _table_path(job: Job, table: str, form: Format) -> Path:
    return job.output / f"{table}.{form}"


def _part_path(job: Job, number: int, table: str) -> Path:
    return job.parts / f"{number:06d}-{table}.ndjson"


def _sums_path(job: Job, number: int) -> Path:
    return job.parts / f"{number:06d}-sums.json"
