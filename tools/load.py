"""Puts load on the desk: many askers at once, for some time, and the ratio of an answer over HTTP to one in process.

`python -m tools.load --askers 50 --seconds 60 --workers 2`; docs/desk.md has the figures.
"""

import tempfile
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median, quantiles

import click
from attrs import Factory, define

from subsim.answers.question import case_of
from subsim.base.database import make, opened
from subsim.base.folder import candidate_in, scenario_files
from subsim.base.intake import Intake
from subsim.base.member import member_at
from subsim.basics.dates import Day
from subsim.desk.clock import moment
from tests.support.desk import STORIES, Served, served

_PATH = "/api/v1/members/10042/can-cancel?date=2020-08-31"
_PAIRS = 200


@define
class Figures:
    """The results of one asker: the seconds of each answer, and what went wrong."""

    seconds: list[float] = Factory(list)
    errors: list[str] = Factory(list)


@click.command()
@click.option("--askers", type=click.IntRange(1), default=50, show_default=True)
@click.option("--seconds", type=click.IntRange(1), default=60, show_default=True)
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True)
def main(askers: int, seconds: int, workers: int) -> None:
    """Ask a desk from many threads, and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder, 'members.db')}"
        base = make(url)
        with base.writing() as connection:
            intake = Intake(connection=connection, replace=False, by=None, now=moment(), leave=lambda _: None)
            intake.take(map(candidate_in, scenario_files(STORIES)))
        base.close()
        with served("--database", url, "--workers", str(workers)) as desk:
            found = _asked(desk, askers, seconds)
            ratio = _ratio(desk, url)
            faults = [line for line in desk.log if line.startswith("fault")]
    percents = quantiles(found.seconds, n=100)
    click.echo(f"{len(found.seconds)} answers in {seconds} s by {askers} askers on {workers} workers")
    click.echo(
        f"errors {len(found.errors)}, p50 {median(found.seconds) * 1000:.0f} ms, p99 {percents[98] * 1000:.0f} ms"
    )
    for error, count in Counter(found.errors).most_common():
        click.echo(f"{count} times {error}")
    for fault in faults:
        click.echo(fault.strip())
    click.echo(f"an answer over HTTP takes {ratio:.2f} times that in process")


def _asked(desk: Served, askers: int, seconds: int) -> Figures:
    found, ends = Figures(), time.monotonic() + seconds

    def ask() -> None:
        connection = HTTPConnection("127.0.0.1", desk.port, timeout=30)
        while time.monotonic() < ends:
            began = time.monotonic()
            try:
                connection.request("GET", _PATH)
                response = connection.getresponse()
                body = response.read()
            except (OSError, HTTPException) as error:
                found.errors.append(f"{type(error).__name__}: {error}")
                connection.close()
                continue
            if response.status != 200:
                found.errors.append(f"{response.status}: {body.decode()}")
            found.seconds.append(time.monotonic() - began)

    threads = [threading.Thread(target=ask) for _ in range(askers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _ratio(desk: Served, url: str) -> float:
    """The median time over HTTP divided by the median in process, asked in turn; both read the member from the base."""
    base, over_http, in_process = opened(url), list[float](), list[float]()
    connection = HTTPConnection("127.0.0.1", desk.port, timeout=30)
    for _ in range(_PAIRS):
        began = time.perf_counter()
        connection.request("GET", _PATH)
        connection.getresponse().read()
        over_http.append(time.perf_counter() - began)
        began = time.perf_counter()
        with base.reading() as reading:
            scenario = member_at(reading, "10042").scenario(Day(2026, 1, 1))
        case_of(scenario).answer("main", Day(2020, 8, 31)).to_dict()
        in_process.append(time.perf_counter() - began)
    base.close()
    return median(over_http) / median(in_process)


if __name__ == "__main__":
    main()
