"""A sample of hostile files: each is read or refused in words; and the search for others can find them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from subsim.files.scenario import Scenario, loads
from tests.support.faulty import errors_of, with_timeline
from tools.fuzzing import __main__ as fuzzing
from tools.fuzzing import inputs

INPUTS = 1000


def test_every_hostile_file_is_read_or_refused_in_words_at_once() -> None:
    count = fuzzing.run(range(INPUTS), seed=2019)
    assert count.wrong == []
    assert sum(count.kinds.values()) == INPUTS
    assert count.kinds["read"] > INPUTS // 10
    assert count.kinds["refused"] > INPUTS // 10


def test_an_input_follows_from_the_seed_and_its_number() -> None:
    assert inputs.hostile(1, 7) == inputs.hostile(1, 7)
    assert inputs.hostile(1, 7) != inputs.hostile(1, 8)
    assert inputs.hostile(1, 7) != inputs.hostile(2, 7)


def test_a_reader_that_stumbles_is_found() -> None:
    def stumbles(data: bytes) -> Scenario:
        raise KeyError("a fault of ours")

    verdict = fuzzing.verdict_on(b"a: b", read=stumbles)
    assert verdict.kind == "wrong"
    assert "KeyError: 'a fault of ours'" in verdict.wrong


def test_a_reader_that_never_ends_is_found() -> None:
    def endless() -> Iterator[None]:
        while True:
            yield

    def never_ends(data: bytes) -> Scenario:
        for _ in endless():
            pass
        return loads(data)

    verdict = fuzzing.verdict_on(b"a: b", read=never_ends, most_seconds=0.05)
    assert verdict.kind == "wrong"
    assert verdict.wrong.startswith("it takes more than 0.05 s of processor time")


def test_nothing_is_saved_inside_the_repository(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        fuzzing.main(["--inputs", "0", "--save", str(Path(inputs.ROOT, "tests"))])
    assert "--save names a folder inside the repository" in capsys.readouterr().err


# What it has found


def test_a_fault_says_nothing_in_characters_that_do_not_print() -> None:
    faults = errors_of(with_timeline("date: 2020-02-01, event: log_in, package:\u202e basis, pa\u200byment: card"))
    faults += errors_of("scenario: a story\nprices: {ba\u200bsis: many}\ntimeline: []\n")
    assert [fault for fault in faults if not f"{fault.message}{fault.remedy}".isprintable()] == []


def test_a_file_that_ends_too_soon_is_faulty_where_it_ends() -> None:
    (fault,) = errors_of("scenario: a story\nprices: {basis: ")
    assert (fault.line, fault.column, fault.source) == (2, 17, "prices: {basis: ")
