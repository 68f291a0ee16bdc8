"""Where a command writes: never over its input, through links, and without leavings."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from subsim.basics.atomic_file import atomic_file, folder_beside, remove_abandoned, write_atomically
from subsim.pages.blocks import Column, Table, width_of
from subsim.pages.text import text_of
from subsim.shell.commands import main
from tests.support.command import REPOSITORY

STORY = """\
scenario: Anna
prices: {basis: 149.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
"""


@pytest.mark.parametrize(("command", "ending"), [("letter", ".md"), ("draw", ".svg")])
def test_no_output_is_written_over_the_input(command: str, ending: str, tmp_path: Path) -> None:
    story, link = tmp_path / "story.yaml", tmp_path / f"link{ending}"
    story.write_text(STORY)
    link.symlink_to(story)
    result = CliRunner().invoke(main, [command, str(story), "-o", str(link), "--date", "2020-02-01", "--lang", "en"])
    assert (result.exit_code, story.read_text()) == (2, STORY)
    assert "is the file that is read: name another" in result.stderr


def test_a_link_stays_one_and_its_file_is_written(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "letter.md", tmp_path / "link.md"
    link.symlink_to(target)
    write_atomically(b"a", link)
    assert (link.is_symlink(), target.read_bytes()) == (True, b"a")


def test_a_device_stays_one() -> None:
    write_atomically(b"a", Path("/dev/null"))
    assert Path("/dev/null").is_char_device()


def test_what_was_left_half_written_is_removed(tmp_path: Path) -> None:
    left = tmp_path / "m.ndjson.0a.unfinished"
    left.write_bytes(b"half")
    remove_abandoned(tmp_path / "m.ndjson")
    assert not left.exists()


def test_a_folder_that_was_left_is_removed_too(tmp_path: Path) -> None:
    left = tmp_path / "m.parquet.0a.unfinished"
    left.mkdir()
    (left / "members.ndjson").write_bytes(b"half")
    remove_abandoned(tmp_path / "m.parquet")
    assert not left.exists()


def test_a_folder_in_use_is_not_removed(tmp_path: Path) -> None:
    path = tmp_path / "m.parquet"
    with folder_beside(path) as folder:
        remove_abandoned(path)
        assert folder.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_what_is_being_written_is_not_removed(tmp_path: Path) -> None:
    path = tmp_path / "m.ndjson"
    with atomic_file(path) as file:
        file.write(b"whole")
        remove_abandoned(path)
    assert path.read_bytes() == b"whole"


@pytest.mark.parametrize(("line", "width"), [("basis", 5), ("grå", 3), ("gra\u030a", 3), ("日本", 4), ("", 0)])
def test_wide_letters_take_two_columns(line: str, width: int) -> None:
    assert width_of(line) == width


def test_a_table_with_wide_letters_stays_in_line() -> None:
    table = Table((Column("package", ["日本", "basis"]), Column("kr.", ["1", "2"])))
    assert text_of([table], 80).splitlines() == [
        "package  kr.",
        "-------  ---",
        "日本     1",
        "basis    2",
    ]


def test_the_audit_is_written_into_the_docs_of_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["audit", "--lang", "en"])
    written = (tmp_path / "docs" / "audit.md").read_text(encoding="utf-8")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "docs/audit.md is written\n")
    assert written == (REPOSITORY / "docs" / "audit.md").read_text(encoding="utf-8")
