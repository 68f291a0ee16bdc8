"""Measures the speed and memory of a portfolio: `python -m tools.benchmarks.portfolio WHAT [MEMBERS]`.

`ratios` compares with decoding alone, into Structs of plain values: reading, the replay, writing rows as columns, and
whole runs on one and two processes. A query in SQL that knows only prices stands beside them. `sizes` gives the cost of
a member and the peak memory on two processes, for more and more members. `years` gives the cost for longer and longer
histories. `retention` makes disposal lists, with seven holdings a member. `cluster` compares a dask cluster of two
workers on this machine with two processes, at 50,000 members a part.

Processor time is that of a whole process with its workers, start-up included. Where there are rounds the best counts.
"""

import argparse
import gc
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec import UNSET, Raw, UnsetType
from tabulate import tabulate

from subsim.answers.outcome_of_member import interest_of
from subsim.engine.timeline import play
from subsim.files.keys import keys_of
from subsim.files.kinds import EnumKind, Key, NullableKind, ScalarKind, ValueKind
from subsim.membership.events import EVENTS, Announcement
from subsim.membership.facts import Facts, Person
from subsim.membership.member import Member
from subsim.portfolio.header import Header, load_header
from subsim.portfolio.members import MemberRecord, Reader
from subsim.portfolio.replays import by_cohorts, facts_under
from subsim.portfolio.sums import Sums
from tools.benchmarks.rounds import best_of
from tools.benchmarks.sql import periods_by_sql

ROUNDS = 5
_RUNS = 3
"""How often a whole run is repeated; the best counts, as of the steps within this process."""
_SAMPLE = 4000
"""How many members are replayed within this process."""
_PART = 50_000


class Cost(NamedTuple):
    """The cost of a command: processor seconds, seconds by the clock, and the peak memory of a process in MB."""

    processor: float
    clock: float
    memory: float


def main() -> None:
    """Run the measurements named, and print them."""
    measures: dict[str, Callable[[Path, int], None]] = {
        "ratios": _ratios,
        "sizes": _sizes,
        "years": _years,
        "retention": _retention,
        "cluster": _cluster,
    }
    defaults = {"ratios": 20_000, "sizes": 100_000, "years": 5_000, "retention": 152_000, "cluster": 200_000}
    parser = argparse.ArgumentParser(prog="python -m tools.benchmarks.portfolio", description=__doc__)
    parser.add_argument("measure", nargs="?", choices=measures, default="ratios")
    parser.add_argument("members", nargs="?", type=int, help="how many are made up, at the most")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        measures[options.measure](Path(folder), options.members or defaults[options.measure])


# Beside decoding


def _ratios(folder: Path, members: int) -> None:
    file = _made(folder, members)
    lines = file.read_bytes().splitlines()[:_SAMPLE]
    steps = _within(lines, load_header(str(folder / "header.yaml")), folder)
    decode = steps["decode into Structs"]
    rows = [_row(name, seconds, decode) for name, seconds in steps.items()]
    runs = [(_run(folder, file, 1, "ndjson"), _run(folder, file, 1), _run(folder, file, 2)) for _ in range(_RUNS)]
    ndjson, one, two = (min(costs, key=lambda cost: cost.processor) for costs in zip(*runs, strict=True))
    half = file.with_name("half.ndjson")
    half.write_bytes(b"".join(line + b"\n" for line in file.read_bytes().splitlines()[: members // 2]))
    apart = min(_apart(folder, half) for _ in range(_RUNS))
    together = min(cost.clock for _, _, cost in runs)
    rows += [
        _row(f"{name} ({cost.clock:.1f} s by the clock)", cost.processor / members, decode)
        for name, cost in {
            "run to NDJSON, 1 process": ndjson,
            "run to Parquet, 1 process": one,
            "run to Parquet, 2 processes": two,
        }.items()
    ]
    headers = (f"{members:,} members", "processor µs a member", "× decode")
    print(tabulate(rows, headers, disable_numparse=True, colalign=("left", "right", "right")))
    print(f"\ntwo processes do {apart / together:.2f} of what two runs of half the members each do side by side")


def _row(name: str, seconds: float, decode: float) -> tuple[str, str, str]:
    return name, f"{seconds * 1e6:.1f}", f"{seconds / decode:.1f}"


def _within(lines: list[bytes], header: Header, folder: Path) -> dict[str, float]:
    """The seconds a member that each step takes, all steps before it included but for those named `alone`."""
    decode, read = plain_decoder().decode, Reader(header.prices).record
    records = [read(line) for line in lines]
    every = [facts_under(header, own) for own in records]
    measures: dict[str, Callable[[], object]] = {
        "decode into Structs": lambda: [decode(line) for line in lines],
        "periods by SQL, at the price of their day only": periods_by_sql(lines, header, folder),
        "read into events": lambda: [read(line) for line in lines],
        "each timeline by itself, with all reasons": lambda: [replayed_alone(facts, header) for facts in every],
        "replay alone, with all reasons": lambda: [replayed(own, header) for own in records],
        "replay alone, without, and the ways out": lambda: [quiet(own, header) for own in records],
        "… and all rows and sums as columns": lambda: columns_of(records, header),
    }
    gc.disable()
    best = best_of(measures, ROUNDS)
    gc.enable()
    return {name: seconds / len(lines) for name, seconds in best.items()}


def replayed(own: MemberRecord, header: Header) -> tuple[Member, list[int]]:
    """The member replayed as a portfolio with decisions does it, with the interest of each line."""
    timeline = by_cohorts(own, header, notes_all=True)
    assert timeline is not None
    return timeline.member, interest_of(timeline.member, header.until)


def replayed_alone(facts: Facts, header: Header) -> tuple[Member, list[int]]:
    """The timeline replayed as that of one scenario, with the announcements among its events."""
    member = play(facts, header.terms, header.until)
    return member, interest_of(member, header.until)


def quiet(own: MemberRecord, header: Header) -> Member:
    """The member replayed without decisions, asked at each announcement who can leave because of it."""
    timeline = by_cohorts(own, header)
    assert timeline is not None
    return timeline.member


def columns_of(records: list[MemberRecord], header: Header) -> object:
    """The columns that a portfolio run makes of these members before it writes them."""
    from subsim.portfolio.run import Run  # whose libraries would start with every benchmark

    work, sums = Run(header), Sums()
    sheets = work.sheets()
    for number, own in enumerate(records, start=1):
        sheets.add(work.of_member(own, number, sums))
    return sheets.take(sums)


def plain_decoder() -> "msgspec.json.Decoder[Any]":
    """A decoder of lines into Structs that keep the values of JSON: texts, booleans, numbers."""
    union: Any = None
    for name, shape in EVENTS.items():
        if shape not in Announcement.__args__:
            event = _struct([key for key in keys_of(shape).values() if key.name != "event"], name)
            union = union | event if union else event
    person = _struct(keys_of(Person).values())
    fields: list[Any] = [("timeline", list[union]), ("member", person | UnsetType, UNSET)]
    return msgspec.json.Decoder(msgspec.defstruct("Record", fields, gc=False, forbid_unknown_fields=True))


def _struct(keys: Iterable[Key], tag: str | None = None) -> Any:
    fields: list[Any] = [(key.name, _plain_type(key.kind) | UnsetType, UNSET) for key in keys]
    tag_field = tag and "event"
    return msgspec.defstruct(
        tag or "member", fields, tag=tag, tag_field=tag_field, gc=False, forbid_unknown_fields=True
    )


def _plain_type(kind: ValueKind) -> Any:
    match kind:
        case EnumKind(words):
            return Literal[words]
        case ScalarKind(schema={"type": "boolean"}):
            return bool
        case ScalarKind(schema={"type": "string"}):
            return str
        case ScalarKind(schema={"type": ["string", "number"]}):
            return str | int
        case NullableKind(inner):
            plain = _plain_type(inner)
            return plain if plain is Raw else plain | None
    return Raw


def _apart(folder: Path, half: Path) -> float:
    """The seconds by the clock of two runs side by side, each of half the members on one process."""
    start = perf_counter()
    runs = [_started("run", half, "--workers", 1, "-o", folder / f"half-{side}") for side in "ab"]
    for run in runs:
        _ended(run)
    seconds = perf_counter() - start
    for side in "ab":
        rmtree(folder / f"half-{side}")
    return seconds


# Over more members, and over more years


def _sizes(folder: Path, members: int) -> None:
    rows = []
    for number in (members // 100, members // 10, members):
        file = _made(folder, number)
        output = folder / f"out-{number}"
        running = _started("run", file, "--workers", 2, "-o", output)
        worker = _peak_of_workers(running)
        cost = _ended(running)
        rmtree(output)
        rows.append(
            (f"{number:,}", f"{cost.processor / number * 1e6:.0f}", f"{cost.clock:.1f}", f"{cost.memory:.1f}", worker)
        )
        file.unlink()
    headers = ("members", "processor µs a member", "seconds", "peak memory of a process, MB", "of a worker")
    print(tabulate(rows, headers, disable_numparse=True, colalign=("right",) * 5))


def _peak_of_workers(running: "_Running") -> str:
    """The peak memory in MB of a worker of this process so far, read from Linux until the process ends."""
    peak = 0
    while not _has_ended(running):
        for worker in _below(running.process.pid):
            with suppress(OSError):
                status = Path(f"/proc/{worker}/status").read_text()
                peak = max([peak, *(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))])
        time.sleep(0.1)
    return f"{peak / 1024:.1f}"


def _below(process: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    try:
        started = list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))
    except OSError:
        return []  # it has ended
    return [*started, *(each for one in started for each in _below(one))]


def _has_ended(running: "_Running") -> bool:
    return os.waitid(os.P_PID, running.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _years(folder: Path, members: int) -> None:
    rows = []
    for years in range(1, 8):
        cost = _run(folder, _made(folder, members, years), 1)
        each = cost.processor / members * 1e6
        rows.append((years, f"{each:.0f}", f"{each / years:.0f}"))
    headers = ("years", "processor µs a member", "and year")
    print(tabulate(rows, headers, disable_numparse=True, colalign=("right", "right", "right")))


def _retention(folder: Path, members: int) -> None:
    """Measure the disposal lists of 1,000, 10,000 and more generated members, each with about seven holdings."""
    rows = []
    for number in (members // 100, members // 10, members):
        file = folder / f"retention-{number}.ndjson"
        _ended(_started("generate", "--members", number, "--seed", 1, "--retention", "cekura", "-o", file))
        output = folder / f"list-{number}"
        month = "--month", "2022-06"
        cost = _ended(_started("retention", file, *month, "--workers", 1, "--to", "ndjson", "-o", output))
        holdings = sum(json.loads((output / "summary.json").read_bytes())["holdings"].values())
        each = cost.processor / holdings * 1e6
        rows.append((f"{number:,}", f"{holdings:,}", f"{each:.0f}", f"{cost.memory:.1f}"))
        rmtree(output)
        file.unlink()
    headers = ("members", "holdings", "processor µs a holding", "peak memory of the process, MB")
    print(tabulate(rows, headers, disable_numparse=True, colalign=("right",) * 4))


# On a cluster


def _cluster(folder: Path, members: int) -> None:
    file = _made(folder, members)
    local = _run(folder, file, 2, "ndjson", "--part", _PART)
    with _two_workers(folder) as address:
        start = perf_counter()
        output = folder / "cluster"
        _ended(_started("run", file, "--cluster", address, "--part", _PART, "--to", "ndjson", "-o", output))
        cluster = perf_counter() - start
    rows = [("two processes", f"{local.clock:.1f}", "1.00")]
    rows.append(("a cluster of two workers", f"{cluster:.1f}", f"{cluster / local.clock:.2f}"))
    headers = (f"{members:,} members, {_PART:,} a part", "seconds by the clock", "× local")
    print(tabulate(rows, headers, disable_numparse=True, colalign=("left", "right", "right")))


@contextmanager
def _two_workers(folder: Path) -> Iterator[str]:
    """Start a scheduler and two workers on this machine; the scheduler's address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    commands = [
        ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"],
        ["worker", address, "--nworkers", "2", "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)],
    ]
    processes = [
        subprocess.Popen([sys.executable, "-m", "dask", *command], stderr=subprocess.DEVNULL) for command in commands
    ]
    try:
        time.sleep(15)
        yield address
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait()


# Commands


def _made(folder: Path, members: int, years: int = 3) -> Path:
    file = folder / f"members-{members}-{years}.ndjson"
    _ended(_started("generate", "--members", members, "--seed", 1, "--years", years, "-o", file))
    return file


def _run(folder: Path, file: Path, workers: int, to: str = "parquet", *more: object) -> Cost:
    output = folder / f"{file.stem}-{workers}"
    cost = _ended(_started("run", file, "--workers", workers, "--to", to, *more, "-o", output))
    rmtree(output)
    return cost


class _Running(NamedTuple):
    process: "subprocess.Popen[bytes]"
    start: float


def _started(*arguments: object) -> _Running:
    command = [sys.executable, "-m", "subsim", "portfolio", *map(str, arguments)]
    return _Running(subprocess.Popen(command, stdout=subprocess.DEVNULL), perf_counter())


def _ended(running: _Running) -> Cost:
    _, status, usage = os.wait4(running.process.pid, 0)
    running.process.returncode = os.waitstatus_to_exitcode(status)
    if running.process.returncode not in (0, 1):  # 1 says that records were rejected
        raise subprocess.CalledProcessError(running.process.returncode, running.process.args)
    return Cost(usage.ru_utime + usage.ru_stime, perf_counter() - running.start, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
