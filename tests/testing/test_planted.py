"""A fault planted in a copy of the engine is found by its clause; `python -m tools.planted` plants all ten."""

import pytest

from subsim.testing.conformance.cases import of_shortest
from tools.planted import FAULTS, Fault, clauses_named, conformance_with

QUESTIONS = list(of_shortest())


@pytest.mark.parametrize("fault", FAULTS[1:4], ids=lambda fault: fault.what)
def test_a_planted_fault_is_found_by_its_clause(fault: Fault) -> None:
    found = conformance_with(fault, QUESTIONS)
    assert fault.clause in clauses_named(found)
    assert found.errors == []


def test_there_is_one_fault_to_plant_for_each_of_ten_headings() -> None:
    assert len({fault.clause.split(".")[0] for fault in FAULTS}) == 10
    assert len({fault.file for fault in FAULTS}) == len(FAULTS) == 10
