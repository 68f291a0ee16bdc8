"""A run on a real cluster: a scheduler and two workers, each a process of its own, of which one is really killed."""

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest
from attrs import frozen
from click.testing import CliRunner, Result

from subsim.portfolio.cluster import _check_versions, connected
from subsim.portfolio.header import load_header
from subsim.portfolio.job import CannotRun, Job, _begin, _work_through
from subsim.portfolio.pool import few_at_a_time
from subsim.portfolio.run import Run
from subsim.shell.commands import main

DASK = [sys.executable, "-m", "dask"]


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "subsim", "portfolio", *map(str, arguments)]


def portfolio(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command(*arguments), capture_output=True, text=True, timeout=60, check=False)


def run_here(*arguments: object) -> Result:
    """The same in the process of the tests, where a message is all that is wanted."""
    return CliRunner().invoke(main, ["portfolio", *map(str, arguments)])


def results(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def wait_until(found: Callable[[], Any]) -> Any:
    """What is found when there is something; no longer than a minute."""
    for _ in range(6000):
        if something := found():
            return something
        time.sleep(0.01)
    raise TimeoutError(found)


@frozen
class Started:
    """A cluster: where its scheduler listens, its workers, and what a run said while there was none yet."""

    address: str
    scheduler: psutil.Process
    workers: list[psutil.Process]
    without_workers: Result


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 600 members and a run of them on this machine in `here`."""
    folder = tmp_path_factory.mktemp("cluster")
    members = folder / "members.ndjson"
    assert run_here("generate", "--members", 600, "--seed", 7, "--workers", 1, "-o", members).exit_code == 0
    assert run_here("run", members, "-o", folder / "here", "--part", 40, "--workers", 1).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def cluster(base: Path) -> Iterator[Started]:
    """A scheduler and two workers on ports that the system chooses; all end with the tests."""
    log = base / "scheduler.log"
    processes: list[subprocess.Popen[bytes]] = []

    def start(*arguments: object) -> psutil.Process:
        with log.open("ab") as file:
            process = subprocess.Popen([*DASK, *map(str, arguments)], stdout=file, stderr=file, cwd=base)
        processes.append(process)
        return psutil.Process(process.pid)

    def logged(pattern: str) -> list[str]:
        return re.findall(pattern, log.read_text(errors="replace"))

    try:
        scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        (address,) = wait_until(lambda: logged(r"Scheduler at: +(tcp:\S+)"))
        without = run_here("run", base / "members.ndjson", "-o", base / "without", "--cluster", address)
        alone = ("--nworkers", 1, "--nthreads", 1, "--no-nanny", "--no-dashboard", "--local-directory", base / "dask")
        workers = [start("worker", address, *alone) for _ in range(2)]
        wait_until(lambda: len(logged("Register worker addr")) == 2)
        yield Started(address, scheduler, workers, without)
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_cluster_gives_the_same_bytes_as_this_machine_and_says_nothing_of_its_own(
    base: Path, cluster: Started, tmp_path: Path
) -> None:
    done = portfolio(
        *("run", base / "members.ndjson", "-o", tmp_path / "there", "--part", 40, "--cluster", cluster.address)
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert results(tmp_path / "there") == results(base / "here")


def test_a_worker_that_is_killed_over_a_part_costs_no_byte(base: Path, cluster: Started, tmp_path: Path) -> None:
    there = tmp_path / "there"
    run = subprocess.Popen(
        command("run", base / "members.ndjson", "-o", there, "--part", 40, "--cluster", cluster.address),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    wait_until(lambda: finished_parts(there))
    killed, part = wait_until(lambda: killed_over_a_part(cluster.workers, there))
    assert not (there / f"{part}-sums.json").exists()
    assert (run.communicate(timeout=60)[1], run.returncode) == (b"", 0)
    assert not killed.is_running()
    assert results(there) == results(base / "here")


def finished_parts(folder: Path) -> list[Path]:
    return list((folder / "parts").glob("*-sums.json"))


def killed_over_a_part(workers: list[psutil.Process], folder: Path) -> tuple[psutil.Process, str] | None:
    """The first worker that is found, stopped, with a file of a part half-written, and the part; it is killed then."""
    for worker in workers:
        worker.suspend()
        half = [Path(file.path).name for file in worker.open_files() if file.path.endswith(".unfinished")]
        if half:
            worker.kill()
            worker.wait()
            return worker, half[0].split("-")[0]
        worker.resume()
    return None


@pytest.mark.parametrize(
    ("how", "code", "where"), [(signal.SIGINT, 130, "there"), (signal.SIGKILL, -9, "here")], ids=["there", "here"]
)
def test_a_run_that_is_stopped_goes_on_there_or_here(
    base: Path, cluster: Started, tmp_path: Path, how: signal.Signals, code: int, where: str
) -> None:
    there = ("--cluster", cluster.address)
    arguments = ("run", base / "members.ndjson", "-o", tmp_path / "there", "--part", 40)
    run = subprocess.Popen(
        command(*arguments, *there),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # which who runs this may ignore
    )
    wait_until(lambda: finished_parts(tmp_path / "there"))
    run.send_signal(how)
    assert (run.communicate(timeout=60)[1], run.returncode) == (b"", code)
    assert not (tmp_path / "there" / "summary.json").exists()
    assert run_here(*arguments, "--resume", *(there if where == "there" else ("--workers", 1))).exit_code == 0
    assert results(tmp_path / "there") == results(base / "here")


def test_a_worker_that_does_not_see_the_folder_is_named(
    base: Path, cluster: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # which is another one for the workers
    done = run_here("run", base / "members.ndjson", "-o", "/proc/self/cwd/there", "--cluster", cluster.address)
    told = "does not see this run in '/proc/self/cwd/there': the results must go to a folder that all workers share\n"
    assert (done.exit_code, done.stderr.endswith(told)) == (2, True)


def test_members_that_cannot_be_read_are_told_as_without_a_cluster(
    base: Path, cluster: Started, tmp_path: Path
) -> None:
    (tmp_path / "broken.ndjson.gz").write_bytes(b"no gzip")
    arguments = ("run", tmp_path / "broken.ndjson.gz", "--header", base / "header.yaml", "-o")
    here = run_here(*arguments, tmp_path / "here", "--workers", 1)
    there = run_here(*arguments, tmp_path / "there", "--cluster", cluster.address)
    assert (there.exit_code, there.stderr) == (here.exit_code, here.stderr)
    assert "gzip" in there.stderr


def test_without_workers_it_says_how_to_start_some(base: Path, cluster: Started) -> None:
    done = cluster.without_workers
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        f"the scheduler at {cluster.address} has no worker: "
        f"start some with `dask worker {cluster.address} --nworkers 2 --nthreads 1`\n"
    )
    assert not (base / "without").exists()


def test_a_scheduler_that_is_lost_ends_the_run(base: Path, cluster: Started, tmp_path: Path) -> None:
    run = subprocess.Popen(
        command("run", base / "members.ndjson", "-o", tmp_path / "there", "--part", 40, "--cluster", cluster.address),
        stderr=subprocess.PIPE,
    )
    wait_until(lambda: finished_parts(tmp_path / "there"))
    cluster.scheduler.kill()
    told = f"the scheduler at {cluster.address} is gone or was restarted: the same command with --resume goes on\n"
    assert (run.communicate(timeout=60)[1], run.returncode) == (told.encode(), 2)
    assert not (tmp_path / "there" / "summary.json").exists()


# Without a cluster


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("tcp://127.0.0.1:1", "nobody listens at tcp://127.0.0.1:1: Connection refused\n"),
        ("cluster", "'cluster' is no address such as tcp://192.0.2.1:8786\n"),
    ],
)
def test_an_address_where_nobody_listens_leaves_nothing_behind(
    base: Path, tmp_path: Path, address: str, told: str
) -> None:
    done = run_here("run", base / "members.ndjson", "-o", tmp_path / "there", "--cluster", address)
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", told)
    assert not (tmp_path / "there").exists()


def test_what_listens_but_is_no_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subsim.portfolio.cluster._ANSWERS_WITHIN", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as other:
        address = f"127.0.0.1:{server.getsockname()[1]}"
        other.submit(lambda: server.accept()[0].sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"))
        with pytest.raises(CannotRun, match=f"what listens at {address} is no scheduler of dask"), connected(address):
            pass


def test_workers_of_this_machine_and_a_cluster_exclude_each_other(base: Path, tmp_path: Path) -> None:
    arguments = ("run", base / "members.ndjson", "-o", tmp_path / "there")
    done = run_here(*arguments, "--workers", 2, "--cluster", "127.0.0.1:1")
    assert done.exit_code == 2
    assert done.stderr.endswith("Error: --workers is about this machine: leave it out with --cluster\n")


def test_another_version_on_a_worker_is_named_with_its_place() -> None:
    here = {"packages": {"dask": "2026.8.0", "distributed": "2026.8.0", "subsim": "0.1.0"}}
    there = {"packages": {"dask": "2026.8.0", "distributed": "2026.7.1", "subsim": "0.1.0"}}
    versions = {"client": here, "scheduler": here, "workers": {"tcp://192.0.2.1:1": here, "tcp://192.0.2.2:1": there}}
    told = "distributed is 2026.8.0 here, but 2026.7.1 at tcp://192.0.2.2:1: install the same everywhere"
    with pytest.raises(CannotRun, match=re.escape(told)):
        _check_versions("tcp://192.0.2.9:8786", versions)


def test_a_worker_with_other_sources_of_subsim_does_nothing(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = Job(
        members=base / "members.ndjson", work=Run(load_header(f"{base / 'header.yaml'}")), output=tmp_path / "out"
    )
    _begin(job, resume=False)
    monkeypatch.setattr("subsim.portfolio.job._own_sources", lambda: "others")
    with pytest.raises(CannotRun, match="has another version of subsim: install the same and start its workers again"):
        _work_through(job, 1, None)
    assert list(job.parts.iterdir()) == []


def test_no_more_tasks_are_begun_than_keep_the_workers_busy() -> None:
    begun: list[int] = []

    def start(task: int) -> Callable[[], int]:
        begun.append(task)
        return lambda: task

    done = few_at_a_time(start, iter(range(100)), workers=lambda: 2)
    assert (next(done), begun) == (0, [0, 1, 2, 3, 4])
    assert [*done] == list(range(1, 100))


def test_dask_is_not_imported_unless_asked_for(base: Path, tmp_path: Path) -> None:
    (tmp_path / "none.ndjson").write_bytes(b"")
    arguments = [f"{tmp_path / 'none.ndjson'}", "--header", f"{base / 'header.yaml'}", "-o", f"{tmp_path / 'out'}"]
    code = (
        "import sys; from subsim.shell.commands import main\n"
        f"try: main(['portfolio', 'run', *{arguments}, '--workers', '1'])\n"
        "except SystemExit: print([name for name in sys.modules if name in ('dask', 'distributed', 'matplotlib')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_without_the_extra_the_option_says_how_to_install_it(base: Path, tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['distributed'] = None; from subsim.shell.commands import main\n"
        f"main(['portfolio', 'run', {str(base / 'members.ndjson')!r}, '-o', {str(tmp_path / 'out')!r}, "
        "'--cluster', '127.0.0.1:1'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    message = "this needs the extra 'cluster', which is not installed: pip install 'subsim[cluster]'\n"
    assert (done.returncode, done.stderr) == (2, message)
