"""Portfolio runs as real processes: the same bytes however they ran, equal to plain replay, rejected lines named."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

import subsim
from subsim.basics.languages import language
from subsim.pages.text import Page, text_of
from subsim.portfolio.inputs import members_in
from subsim.portfolio.summary_page import summary_page
from tests.support.portfolios import scenario

TO = ("--to", "ndjson")
NAMES = ("outcomes.ndjson", "invoices.ndjson", "rejected.ndjson", "summary.json")
BAD = {
    3: (b'{"timeline": [}', "not JSON: "),
    5: (b'{"timeline": [{"date": "2020-01-15", "event": "sign_op"}]}', "event 1: no event is called 'sign_op'"),
    9: (
        b'{"timeline": [{"date": "2020-01-15", "event": "sign_up", "package": "basis"},'
        b' {"date": "2021-01-15", "event": "sign_up", "package": "basis"}]}',
        "event 2: the subscription 'main' is signed up again while it is live",
    ),
}


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "subsim", "portfolio", *map(str, arguments)]


def portfolio(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command(*arguments), capture_output=True, text=True, timeout=60)


def results(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in NAMES}


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / name).read_bytes().splitlines()]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 120 members, three of them faulty, and a run of them on one worker in `one`."""
    folder = tmp_path_factory.mktemp("portfolio")
    made = portfolio("generate", "--members", 120, "--seed", 7, "--workers", 1, "-o", folder / "members.ndjson")
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    lines = (folder / "members.ndjson").read_bytes().splitlines()
    for number, (line, _) in BAD.items():
        lines[number - 1] = line
    (folder / "members.ndjson").write_bytes(b"\n".join(lines) + b"\n")
    (folder / "members.ndjson.gz").write_bytes(gzip.compress(b"\n".join(lines)))
    assert portfolio("run", folder / "members.ndjson", "-o", folder / "one", "--workers", 1, *TO).returncode == 1
    return folder


def test_two_workers_and_gzip_give_the_same_bytes_as_one(base: Path, tmp_path: Path) -> None:
    done = portfolio(
        *("run", base / "members.ndjson.gz", "--header", base / "header.yaml"),
        *("-o", tmp_path / "two", "--workers", 2, "--part", 17, "--format", "json", *TO),
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert results(tmp_path / "two") == results(base / "one")
    assert json.loads(done.stdout) == json.loads((base / "one" / "summary.json").read_bytes())
    assert sorted(path.name for path in (tmp_path / "two").iterdir()) == sorted([*NAMES, "run.json"])


def test_rejected_lines_are_named_with_their_reason_and_the_rest_goes_on(base: Path) -> None:
    rejected = rows(base / "one", "rejected.ndjson")
    assert [each["line"] for each in rejected] == list(BAD)
    for each in rejected:
        assert each["reason"].startswith(BAD[each["line"]][1])
    assert len(rows(base / "one", "outcomes.ndjson")) == 117
    summary = json.loads((base / "one" / "summary.json").read_bytes())
    assert (summary["records"], summary["rejected"], sum(summary["members"].values())) == (120, 3, 117)


def test_outcomes_and_invoices_are_those_of_plain_replay(base: Path) -> None:
    header = yaml.load((base / "header.yaml").read_text(), yaml.BaseLoader)
    lines = (base / "members.ndjson").read_bytes().splitlines()
    invoices = rows(base / "one", "invoices.ndjson")
    for outcome in rows(base / "one", "outcomes.ndjson")[::4]:
        record = json.loads(lines[outcome["line"] - 1])
        plain = subsim.replay(scenario(record, header)).to_dict()
        who = {"line": outcome["line"], "member": plain["member"]["id"]}
        keys = ("subscriptions", "refunds", "refused", "totals")
        assert outcome == who | {key: plain[key] for key in keys}
        assert [each for each in invoices if each["line"] == who["line"]] == [who | each for each in plain["invoices"]]


def test_the_summary_agrees_with_the_rows(base: Path) -> None:
    summary = json.loads((base / "one" / "summary.json").read_bytes())
    outcomes = rows(base / "one", "outcomes.ndjson")
    for name, key in {"billed": "charged", "paid": "paid", "refunded": "refunded", "owed": "owed"}.items():
        total = sum(round(float(outcome["totals"][key]) * 100) for outcome in outcomes)
        assert round(float(summary["totals"][name]) * 100) == total
    assert summary["months"][-1]["owed"] == summary["totals"]["owed"]
    ended = [each for outcome in outcomes for each in outcome["subscriptions"] if each["ended_on"]]
    assert sum(end["subscriptions"] for end in summary["ends"]) == len(ended)


ANNOUNCED = """\
prices: {basis: 149.00, family: 299.00}
until: 2020-12-31
announcements:
  - {date: 2020-09-01, event: announce_price_change, effective: 2020-11-01, prices: {basis: 155.00}}
"""
ON_BASIS = {"date": "2020-01-15", "event": "sign_up", "package": "basis", "payment": "card"}


def _run_of(tmp_path: Path, *timelines: list[dict[str, Any]]) -> dict[str, Any]:
    text = "".join(json.dumps({"timeline": timeline}) + "\n" for timeline in timelines)
    (tmp_path / "members.ndjson").write_text(text)
    (tmp_path / "header.yaml").write_text(ANNOUNCED)
    portfolio("run", tmp_path / "members.ndjson", "-o", tmp_path / "out", "--workers", 1, *TO)
    found: dict[str, Any] = json.loads((tmp_path / "out" / "summary.json").read_bytes())
    return found


def test_a_rise_opens_the_exit_of_those_on_the_package_who_had_not_left_or_joined_later(tmp_path: Path) -> None:
    gone = [ON_BASIS, {"date": "2020-05-01", "event": "give_notice"}]
    later = [ON_BASIS | {"date": "2020-09-02"}]
    family = [ON_BASIS | {"package": "family"}]
    summary = _run_of(tmp_path, [ON_BASIS], gone, later, family)
    assert summary["announcements"] == [
        {
            "date": "2020-09-01",
            "event": "announce_price_change",
            "effective": "2020-11-01",
            "members_with_exit": 1,
            "subscriptions_with_exit": 1,
            "revenue_a_month": "149.00",
        }
    ]


def test_an_announcement_comes_before_a_members_own_events_of_its_date(tmp_path: Path) -> None:
    _run_of(tmp_path, [ON_BASIS, {"date": "2020-09-01", "event": "give_notice", "ground": "price_change"}])
    (outcome,) = rows(tmp_path / "out", "outcomes.ndjson")
    assert (outcome["subscriptions"][0]["ended_on"], outcome["refused"]) == ("2020-11-01", [])


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_is_killed_is_resumed_with_the_same_result(base: Path, tmp_path: Path, workers: int) -> None:
    arguments = ("run", base / "members.ndjson", "-o", tmp_path / "out", "--workers", workers, "--part", 8, *TO)
    process = subprocess.Popen(command(*arguments), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while len(list((tmp_path / "out" / "parts").glob("*-sums.json"))) < 3:
        assert process.poll() is None
        time.sleep(0.001)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "out" / "summary.json").exists()
    finished = {path: path.stat().st_mtime_ns for path in (tmp_path / "out" / "parts").glob("*-sums.json")}
    assert finished
    assert portfolio(*arguments).returncode == 2
    resumed = subprocess.Popen(command(*arguments, "--resume"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert (resumed.communicate(timeout=60)[1], resumed.returncode) == (b"", 1)
    assert results(tmp_path / "out") == results(base / "one")


def test_workers_load_no_module_from_the_current_folder(base: Path, tmp_path: Path) -> None:
    (tmp_path / "numpy.py").write_text("open('loaded', 'w')")
    sources = str(Path(subsim.__file__).parents[1])
    code = f"import sys; sys.path[0] = {sources!r}; from subsim.__main__ import main; main()"
    arguments = ("portfolio", "run", base / "members.ndjson", "-o", tmp_path / "out", "--workers", 2, "--part", 8, *TO)
    done = subprocess.run([sys.executable, "-c", code, *map(str, arguments)], cwd=tmp_path, capture_output=True)
    assert (done.returncode, done.stderr) == (1, b"")
    assert not (tmp_path / "loaded").exists()
    assert results(tmp_path / "out") == results(base / "one")


def test_finished_parts_are_not_done_again(base: Path, tmp_path: Path) -> None:
    from subsim.portfolio import job as jobs
    from subsim.portfolio.run import Run

    work = Run(run_header(base))
    job = jobs.Job(members=base / "members.ndjson", work=work, output=tmp_path / "out", to="ndjson", lines_a_part=50)
    jobs._begin(job, resume=False)
    jobs._work_through(job, 1, None)
    before = [(job.parts / f"{part:06d}-outcomes.arrow").stat().st_ino for part in range(2)]
    (job.parts / "000001-sums.json").unlink()
    jobs._begin(job, resume=True)
    jobs._work_through(job, 1)
    after = [(job.parts / f"{part:06d}-outcomes.arrow").stat().st_ino for part in range(2)]
    assert [one == two for one, two in zip(before, after, strict=True)] == [True, False]


def run_header(base: Path) -> Any:
    from subsim.portfolio.header import load_header

    return load_header(str(base / "header.yaml"))


def test_a_finished_run_that_is_resumed_shows_its_summary(base: Path) -> None:
    before = results(base / "one")
    again = portfolio("run", base / "members.ndjson", "-o", base / "one", "--resume", "--format", "json", *TO)
    assert (again.returncode, json.loads(again.stdout)) == (1, json.loads(before["summary.json"]))
    assert results(base / "one") == before


def test_a_run_under_another_header_is_not_resumed(base: Path) -> None:
    other = portfolio("run", base / "members.ndjson", "-o", base / "one", "--resume", "--profile", "member")
    assert other.returncode == 2
    assert "holds a run of other members, another header, other options or another version" in other.stderr


def test_a_folder_that_is_not_empty_is_left_alone(base: Path) -> None:
    again = portfolio("run", base / "members.ndjson", "-o", base)
    assert again.returncode == 2
    assert "is not empty: name another folder, or add --resume" in again.stderr


def test_a_header_that_cannot_be_read_shows_its_faults_in_their_places(tmp_path: Path) -> None:
    (tmp_path / "header.yaml").write_text(
        "prices: {basis: 149.00}\n"
        "announcements:\n"
        "  - {date: 2020-09-01, event: announce_price_change, effective: 2020-08-01, prices: {bassis: 155.00}}\n"
        "  - {date: 2020-09-02, event: give_notice}\n"
    )
    done = portfolio("run", tmp_path / "members.ndjson", "-o", tmp_path / "out")
    place = f"{tmp_path / 'header.yaml'}"
    assert done.returncode == 2
    assert [line for line in done.stderr.splitlines() if line.startswith(place)] == [
        f"{place}:1:1: a header lacks the field 'until'",
        f"{place}:3:65: effective is 2020-08-01, expected 2020-09-01 (the announcement) or later",
        f"{place}:3:86: the price list has no package 'bassis'",
        f"{place}:4:31: 'give_notice' is the event of one member, not an announcement to all",
    ]


def test_members_that_cannot_be_read_end_with_2(base: Path, tmp_path: Path) -> None:
    header = ("--header", base / "header.yaml")
    missing = portfolio("run", tmp_path / "none.ndjson", *header, "-o", tmp_path / "a")
    assert (missing.returncode, "No such file" in missing.stderr) == (2, True)
    (tmp_path / "cut.ndjson.gz").write_bytes((base / "members.ndjson.gz").read_bytes()[:-100])
    cut = portfolio("run", tmp_path / "cut.ndjson.gz", *header, "-o", tmp_path / "b", "--workers", 1)
    assert cut.returncode == 2
    assert cut.stderr == (
        f"{tmp_path / 'cut.ndjson.gz'}: it is cut off: the end of its gzip data is missing\n"
        "copy it again, or make it again\n"
    )
    assert list((tmp_path / "b").iterdir()) == []


def test_a_file_without_members_gives_empty_results(base: Path, tmp_path: Path) -> None:
    (tmp_path / "none.ndjson").write_bytes(b"\n  \n")
    arguments = ("run", tmp_path / "none.ndjson", "--header", base / "header.yaml", "-o", tmp_path / "out")
    assert portfolio(*arguments, "--workers", 1, *TO).returncode == 0
    assert [(tmp_path / "out" / name).read_bytes() for name in NAMES[:3]] == [b"", b"", b""]
    assert json.loads((tmp_path / "out" / "summary.json").read_bytes())["records"] == 0


@pytest.mark.parametrize("module", ["msgspec", "pyarrow", "duckdb", "backports.zstd"])
def test_without_the_extra_the_command_says_how_to_install_it(base: Path, tmp_path: Path, module: str) -> None:
    code = (
        f"import sys; sys.modules[{module!r}] = None; from subsim.shell.commands import main\n"
        f"main(['portfolio', 'run', {str(base / 'members.ndjson')!r}, '-o', {str(tmp_path / 'out')!r}, '--to', 'csv'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    message = "this needs the extra 'portfolio', which is not installed: pip install 'subsim[portfolio]'\n"
    assert (done.returncode, done.stderr) == (2, message)
    assert not (tmp_path / "out").exists()


def test_the_tables_are_in_the_language_asked_for(base: Path) -> None:
    again = portfolio("run", base / "members.ndjson", "-o", base / "one", "--resume", "--lang", "da", *TO)
    assert " ".join(again.stdout.split()).startswith(
        "120 poster til og med den 31. december 2022, heraf 3 afvist: tabellen `rejected` siger hvorfor."
    )
    assert "Åbne opsigelsesmuligheder på dagen for hver varsling" in again.stdout


def test_the_tables_hold_sums_larger_than_any_amount_of_a_file(base: Path) -> None:
    summary = json.loads((base / "one" / "summary.json").read_bytes())
    summary["totals"] |= {"billed": "7200000000.00", "owed": "-1500000000.50"}
    page = text_of(summary_page(summary, Page(language("da"), 100)), 100)
    assert "7.200.000.000,00" in page
    assert "-1.500.000.000,50" in page


@pytest.mark.parametrize("ending", [".ndjson.gz", ".parquet"])
def test_generate_gives_the_same_bytes_on_any_number_of_workers(tmp_path: Path, ending: str) -> None:
    for name, workers in {"one": 1, "two": 2}.items():
        (tmp_path / name).mkdir()
        portfolio(
            *("generate", "--members", 1300, "--seed", 4, "--years", 1, "--workers", workers),
            *("-o", tmp_path / name / f"members{ending}"),
        )
    one, two = (tmp_path / name / f"members{ending}" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    assert sorted(path.name for path in one.parent.iterdir()) == ["header.yaml", f"members{ending}"]
    with members_in(one) as members:
        assert len(list(members.records)) == 1300


def test_can_cancel_does_not_import_the_portfolio() -> None:
    code = (
        "import sys; from subsim.shell.commands import main\n"
        "try: main(['can-cancel', '--help'])\n"
        "except SystemExit: print([name for name in sys.modules if 'portfolio' in name or name in ('msgspec', 'tqdm')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
