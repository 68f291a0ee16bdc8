"""The files of `subsim members import` and `export`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from subsim.basics.faults import InputError, InputErrors
from subsim.basics.texts import Message, system_message
from subsim.desk.clock import current_day
from subsim.shell.output import require_extra

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from subsim.base.intake import Candidate, Intake
    from subsim.base.outtake import Record

RECORDS = (".ndjson", ".ndjson.gz", ".ndjson.zst", ".parquet")
"""The endings of files of records."""
MODULES = ("msgspec", "duckdb", "backports", "backports.zstd")
"""The modules that records need from the extra `portfolio`."""
_HEADER = "header.yaml"


def candidates(paths: tuple[str, ...], intake: "Intake") -> Iterator["Candidate"]:
    """The members of files and folders; unreadable records are left out, InputErrors where a file is missing."""
    for path in paths:
        if path.endswith(RECORDS):
            yield from _candidates_of_records(Path(path), intake)
        elif Path(path).is_dir():
            yield from _candidates_in(Path(path), intake)
        else:
            yield from _candidate_of_file(Path(path), intake, alone=True)


def _candidates_in(folder: Path, intake: "Intake") -> Iterator["Candidate"]:
    from subsim.base.folder import scenario_files

    for file in scenario_files(folder):
        yield from _candidate_of_file(file, intake)
    for file in sorted(each for each in folder.rglob("*") if each.name.endswith(RECORDS) and each.is_file()):
        yield from _candidates_of_records(file, intake)


def _candidate_of_file(file: Path, intake: "Intake", alone: bool = False) -> Iterator["Candidate"]:
    """The member of a scenario file; a missing file is an error, a faulty one is left out."""
    from subsim.base.folder import candidate_in
    from subsim.files.scenario import bytes_of

    if alone:
        bytes_of(str(file))
    try:
        yield candidate_in(file)
    except InputErrors as errors:
        fault = errors.errors[0]
        intake.refuse(fault.file, fault.line, None, fault.text)


def _candidates_of_records(path: Path, intake: "Intake") -> Iterator["Candidate"]:
    with require_extra("portfolio", *MODULES):
        from subsim.portfolio.inputs import members_in
        from subsim.portfolio.intake import candidates
    from subsim.base.header import header_at

    header = header_at(intake.connection)
    if header is None:
        message = Message("the base has no header, and records need its prices")
        remedy = Message("give it one: subsim members header HEADER")
        raise InputErrors([InputError(file=str(path), line=1, column=1, text=message, advice=remedy)])
    try:
        with members_in(path) as found:
            yield from candidates(found.records, str(path), header.shared, intake.refuse)
    except OSError as error:
        message = Message("the file cannot be read: {why}", why=system_message(error))
        raise InputErrors([InputError(file=str(path), line=1, column=1, text=message)]) from None


def text_of(path: str) -> str:
    """The text of a file, `-` for standard input."""
    from subsim.files.scenario import bytes_of
    from subsim.files.yaml_nodes import decoded

    return decoded(sys.stdin.buffer.read() if path == "-" else bytes_of(path), path)


def written_members(connection: "Connection", path: Path) -> tuple[int, list["Record"]]:
    """Write the members and the header. Return the number written, and the records left out."""
    import json

    from subsim.base.header import header_at
    from subsim.base.outtake import records
    from subsim.basics.atomic_file import write_atomically
    from subsim.portfolio.members_file import atomic_members_file

    written, left = 0, list["Record"]()
    header = header_at(connection)
    with atomic_members_file(path) as file:
        for each in records(connection):
            if each.record is None or header is None:
                left.append(each)
            else:
                file.write(json.dumps(each.record, ensure_ascii=False).encode() + b"\n")
                written += 1
    if header is not None:
        text = header.text if "until" in header.shared else f"until: {current_day()}\n{header.text}"
        write_atomically(text.encode(), path.with_name(_HEADER))
    return written, left
