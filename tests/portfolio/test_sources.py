"""Where members come from, who stands there twice, and what a folder of results may have been through."""

import csv
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from subsim.basics.faults import InputErrors
from subsim.basics.languages import FileWording, language
from subsim.membership.events import Amount, PackageName
from subsim.portfolio import members as lines
from subsim.portfolio.inputs import members_in
from subsim.portfolio.lock import LOCK, locked
from subsim.portfolio.records import TOO_LONG

HEADER = 'prices: {basis: 149.00, "=cmd|x": 1.00}\nuntil: 2020-12-31\n'
CSV = """\
member,date,event,package,amount,trial_days,via,prices,effective
M1,2020-01-15,sign_up,basis,,14,,,
M1,2020-02-15,pay,,149.50,,,,
M2,2020-03-01,sign_up,basis,,,,,
M2,2020-03-02,announce_price_change,,,,email,"{""basis"": ""155.00""}",2020-06-01
"""


def record(member: object, package: str = "basis") -> str:
    event = {"date": "2020-01-15", "event": "sign_up", "package": package}
    return json.dumps({"member": {"id": member}, "timeline": [event]}, ensure_ascii=False) + "\n"


def portfolio(
    folder: Path, *arguments: object, stdin: bytes = b"", out: str = "out"
) -> "subprocess.CompletedProcess[bytes]":
    (folder / "header.yaml").write_text(HEADER)
    return subprocess.run(
        [sys.executable, "-m", "subsim", "portfolio", "run", *map(str, arguments), "--workers", "1", "-o", out],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "LC_ALL": "C.UTF-8", "COLUMNS": "100"},
        input=stdin,
        capture_output=True,
        check=False,
    )


def outcomes(folder: Path, out: str = "out") -> list[str]:
    return [json.loads(line)["member"] for line in (folder / out / "outcomes.ndjson").read_bytes().splitlines()]


def records_in(path: Path) -> list[bytes]:
    with members_in(path) as found:
        return list(found.records)


def test_members_in_csv_are_those_of_ndjson(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(CSV)
    assert [json.loads(line) for line in records_in(tmp_path / "m.csv")] == [
        {
            "member": {"id": "M1"},
            "timeline": [
                {"date": "2020-01-15", "event": "sign_up", "package": "basis", "trial_days": 14},
                {"date": "2020-02-15", "event": "pay", "amount": "149.50"},
            ],
        },
        {
            "member": {"id": "M2"},
            "timeline": [
                {"date": "2020-03-01", "event": "sign_up", "package": "basis"},
                {
                    "date": "2020-03-02",
                    "event": "announce_price_change",
                    "via": ["email"],
                    "prices": {"basis": "155.00"},
                    "effective": "2020-06-01",
                },
            ],
        },
    ]


def test_csv_of_a_danish_spreadsheet_has_semicolons_commas_and_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_bytes("\ufeffmember;date;event;amount\r\nÆ;2020-01-15;pay;149,50\r\n".encode())
    assert [json.loads(line)["timeline"][0]["amount"] for line in records_in(tmp_path / "m.csv")] == ["149.50"]


@pytest.mark.parametrize("how", ["stdin", "gzip from stdin", "two files", "a folder"])
def test_members_come_from_standard_input_files_and_folders(tmp_path: Path, how: str) -> None:
    one, two = record("M1"), record("M2")
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "A.NDJSON").write_text(one)
    (tmp_path / "f" / "b.ndjson").write_text(two)
    both = (one + two).encode()
    names, stdin = {
        "stdin": (["-"], both),
        "gzip from stdin": (["-"], gzip.compress(both)),
        "two files": (["f/A.NDJSON", "f/b.ndjson"], b""),
        "a folder": (["f"], b""),
    }[how]
    done = portfolio(tmp_path, *names, "--header", "header.yaml", "--to", "ndjson", stdin=stdin)
    assert (done.returncode, done.stderr) == (0, b"")
    assert outcomes(tmp_path) == ["M1", "M2"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "m.yaml",
            "until: 2020-12-31\n",
            "members are not read from this: by its beginning it is neither NDJSON nor CSV",
        ),
        ("m.txt", "member,date,event\n", "members are not read from this: by its beginning it is CSV"),
        ("m.xlsx", "PK\3\4\0xl/workbook.xml", "members are not read from this: by its beginning it is Excel"),
        ("m.json", record("M1"), "members are not read from this: by its beginning it is NDJSON"),
        ("m.ndjson", f"[{record('M1')}]", "it is one JSON array, expected NDJSON"),
        ("m.ndjson", CSV, "it is CSV, but by its name NDJSON"),
        ("m.csv", record("M1"), "it is NDJSON, but by its name CSV"),
    ],
)
def test_a_file_that_is_no_file_of_members_is_one_error_that_says_what_it_is(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    (tmp_path / name).write_text(text)
    done = portfolio(tmp_path, name)
    assert (done.returncode, done.stderr.decode().splitlines()[0]) == (2, f"{name}: {message}")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("rows", "english", "danish"),
    [
        (
            "hello world\n",
            "the column 'member' is missing\neach row needs member, date and event",
            "kolonnen 'member' mangler\nhver række skal have member, date og event",
        ),
        (
            'member,date,event,package\nM1,2020-01-15,sign_up,"basis\n',
            "line 2 cannot be read as CSV: a quote is not closed\n",
            "linje 2 kan ikke læses som CSV: et citationstegn er ikke lukket\n",
        ),
        (
            'member,date,event,package\nM1,2020-01-15,sign_up,"basis"x\n',
            "line 2 cannot be read as CSV: something follows a closing quote\n",
            "linje 2 kan ikke læses som CSV: der står noget efter et afsluttende citationstegn\n",
        ),
    ],
)
def test_what_is_wrong_with_csv_is_told_in_words_of_csv(tmp_path: Path, rows: str, english: str, danish: str) -> None:
    (tmp_path / "m.csv").write_text(rows)
    with pytest.raises(InputErrors) as raised:
        records_in(tmp_path / "m.csv")
    first = raised.value.errors[0]
    assert f"{first.in_words(FileWording(language('en')))}\n".partition(": ")[2].startswith(english)
    assert f"{first.in_words(FileWording(language('da')))}\n".partition(": ")[2].startswith(danish)


def test_a_byte_order_mark_before_ndjson_is_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "m.ndjson").write_bytes(b"\xef\xbb\xbf" + record("M1").encode())
    assert records_in(tmp_path / "m.ndjson") == [record("M1").encode()]


def test_an_id_is_kept_as_written_or_rejected(tmp_path: Path) -> None:
    ids = ["A 1", "A\t1", " A  1\n", "A\u00a01", "\x1b[2J", "a\0", "", "=1+1", "\u202eabc"]
    (tmp_path / "m.ndjson").write_text("".join(map(record, ids)))
    done = portfolio(tmp_path, "m.ndjson", "--to", "ndjson")
    assert done.returncode == 1
    said = b"9 records until 31 December 2020, 6 of them rejected: the table `rejected` says why.\n"
    assert done.stdout.startswith(said)
    assert outcomes(tmp_path) == ["A 1", "=1+1", "\u202eabc"]


@pytest.mark.parametrize(("kept", "members"), [("keep", ["å", "M1", "M1", "a\u030a"]), ("reject", ["å", "M1"])])
def test_a_member_who_stands_twice_is_reported(tmp_path: Path, kept: str, members: list[str]) -> None:
    (tmp_path / "m.ndjson").write_text("".join(map(record, ["å", "M1", "M1", "a\u030a"])))
    done = portfolio(tmp_path, "m.ndjson", "--to", "ndjson", "--duplicates", kept, "--part", 2)
    assert done.returncode == 1
    assert outcomes(tmp_path) == members
    summary = json.loads((tmp_path / "out" / "summary.json").read_bytes())
    assert (summary["duplicates"], summary["first_duplicates"][0]) == (
        2,
        {"member": "M1", "line": 3, "first_line": 2},
    )


def test_danish_csv_guards_what_a_spreadsheet_takes_for_a_formula(tmp_path: Path) -> None:
    (tmp_path / "m.ndjson").write_text(record("=1+1") + record("-5") + record("@x") + record("M;1"))
    done = portfolio(tmp_path, "m.ndjson", "--csv", "danish")
    assert (done.returncode, done.stderr) == (0, b"")
    with (tmp_path / "out" / "invoices.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            (row["member"], row["amount"]) for row in csv.DictReader(file, delimiter=";") if row["from"] == "2020-01-15"
        ]
    assert rows == [("'=1+1", "447,00"), ("'-5", "447,00"), ("'@x", "447,00"), ("M;1", "447,00")]


def test_a_record_after_many_spaces_is_rejected_as_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("subsim.portfolio.inputs.LONGEST_LINE", 100)
    (tmp_path / "m.ndjson").write_text(" " * 100 + '{"timeline": []}\n' + " " * 300 + "\n{}\n")
    assert records_in(tmp_path / "m.ndjson") == [TOO_LONG, b"", b"{}\n"]
    with pytest.raises(lines.Rejected, match="the line is longer than"):
        lines.Reader({PackageName("basis"): Amount(100)}).record(TOO_LONG)


@pytest.mark.parametrize("damage", ["a table cut", "sums emptied", "a table gone"])
def test_a_damaged_part_is_done_again_and_said_so(tmp_path: Path, damage: str) -> None:
    (tmp_path / "m.ndjson").write_text("".join(record(f"M{number}") for number in range(9)))
    parts = tmp_path / "out" / "parts"
    stop = (
        "import subsim.portfolio.job as job, sys\nfrom subsim.shell.commands import main\n"
        "job._finish = lambda *_: sys.exit(9)\nmain()"
    )
    (tmp_path / "header.yaml").write_text(HEADER)
    arguments = ["portfolio", "run", "m.ndjson", "-o", "out", "--part", "3", "--workers", "1", "--to", "ndjson"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    assert (
        subprocess.run([sys.executable, "-c", stop, *arguments], cwd=tmp_path, env=environment, check=False).returncode
        == 9
    )
    table = parts / "000001-outcomes.arrow"
    if damage == "a table cut":
        table.write_bytes(table.read_bytes()[:-100])
    elif damage == "sums emptied":
        (parts / "000001-sums.json").write_bytes(b"")
    else:
        table.unlink()
    done = portfolio(tmp_path, "m.ndjson", "--part", 3, "--to", "ndjson", "--resume")
    assert (done.returncode, done.stderr) == (0, b"part 1 is damaged, and is done again\n")
    assert outcomes(tmp_path) == [f"M{number}" for number in range(9)]


@pytest.mark.parametrize("options", [(), ("--resume",)])
def test_a_folder_that_a_run_works_in_is_refused_with_who_holds_it(tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "m.ndjson").write_text(record("M1"))
    (tmp_path / "out").mkdir()
    with locked(tmp_path / "out"):
        done = portfolio(tmp_path, "m.ndjson", *options)
    assert done.returncode == 2
    assert f"'out' is in use by the process {os.getpid()} on " in done.stderr.decode()


def test_a_folder_left_half_made_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "m.ndjson").write_text(record("M1"))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "run.json.0123.unfinished").write_bytes(b"")
    (tmp_path / "out" / LOCK).write_bytes(b"")
    assert portfolio(tmp_path, "m.ndjson", "--to", "ndjson").returncode == 0
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        *("invoices.ndjson", "outcomes.ndjson", "rejected.ndjson", "run.json", "summary.json")
    ]


def test_generate_leaves_a_header_of_ones_own_alone(tmp_path: Path) -> None:
    (tmp_path / "header.yaml").write_text(HEADER)
    done = subprocess.run(
        [sys.executable, "-m", "subsim", "portfolio", "generate", "--members", "1", "--seed", "1", "-o", "m.ndjson"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        check=False,
    )
    said = b"header.yaml is not one that generate wrote: name another folder\n"
    assert (done.returncode, done.stderr, (tmp_path / "header.yaml").read_text()) == (2, said, HEADER)
    assert not (tmp_path / "m.ndjson").exists()


@pytest.mark.parametrize("output", ["", "m.ndjson"])
def test_what_is_no_folder_is_refused(tmp_path: Path, output: str) -> None:
    (tmp_path / "m.ndjson").write_text(record("M1"))
    done = portfolio(tmp_path, "m.ndjson", out=output)
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
    assert (tmp_path / "m.ndjson").read_text() == record("M1")


def test_a_full_disk_is_told_with_the_file_and_that_the_run_can_go_on(tmp_path: Path) -> None:
    (tmp_path / "m.ndjson").write_text("".join(record(f"M{number}") for number in range(300)))
    (tmp_path / "header.yaml").write_text(HEADER)
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
    code = f"{limit}from subsim.__main__ import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", code, "portfolio", "run", "m.ndjson", "-o", "out", "--workers", "1"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == (
        f"{tmp_path / 'out' / 'parts' / '000000-outcomes.arrow'}: File too large\n"
        "make room: the same command with --resume goes on\n"
    )
