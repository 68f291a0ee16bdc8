"""Files that are written whole or not at all."""

import contextlib
from pathlib import Path

import pytest

from subsim.basics.atomic_file import atomic_file, folder_beside, remove_unfinished, write_atomically


def test_a_file_is_written(tmp_path: Path) -> None:
    write_atomically(b"whole", tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == b"whole"


def test_a_file_that_was_there_stays_as_it_is_where_the_writing_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"before")
    with contextlib.suppress(ZeroDivisionError), atomic_file(tmp_path / "file") as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"before")]


def test_nothing_stands_under_the_name_until_all_is_written(tmp_path: Path) -> None:
    with atomic_file(tmp_path / "file") as file:
        file.write(b"half")
        assert not (tmp_path / "file").exists()
    assert (tmp_path / "file").read_bytes() == b"half"


def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path) -> None:
    write_atomically(b"whole", tmp_path / ("n" * 255))
    assert (tmp_path / ("n" * 255)).read_bytes() == b"whole"


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(b"whole", tmp_path / "none" / "file")


def test_a_folder_beside_a_file_that_cannot_be_is_told_by_the_name_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as raised, folder_beside(tmp_path / "none" / "file"):
        pass
    assert raised.value.filename == str(tmp_path / "none" / "file")


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / "file.0123.unfinished").write_bytes(b"half")
    (tmp_path / "file").write_bytes(b"whole")
    remove_unfinished(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
