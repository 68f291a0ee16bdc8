"""Events about personal data, by what they say without being told."""

import pytest

from subsim.basics.dates import Day
from subsim.membership.data_events import DataBreach, DataRequest, DisputeOpened, HoldPlaced

ON = Day(2020, 1, 15)


@pytest.mark.parametrize(("named", "id"), [("first", "first"), (None, "access")])
def test_a_request_is_called_as_it_is_named_or_else_by_its_right(named: str | None, id: str) -> None:
    assert DataRequest(date=ON, right="access", request=named).id == id


def test_a_dispute_and_a_hold_are_not_assessed_and_a_breach_is_of_no_high_risk_unless_it_is_said() -> None:
    assert not DisputeOpened(date=ON, id="d").assessed
    assert not HoldPlaced(date=ON, id="h", basis="authority").assessed
    assert not DataBreach(date=ON).high_risk
