"""A desk that is killed in the middle of its writes leaves nothing half."""

import http.client
import json
import signal
import threading
from pathlib import Path

import pytest

from subsim.base.database import opened
from subsim.base.history import history_of
from subsim.base.member import member_at
from subsim.basics.dates import Day
from tests.desk.conftest import base_of_stories
from tests.support.databases import KINDS
from tests.support.desk import served

pytestmark = pytest.mark.xdist_group("base members")  # which shares its PostgreSQL

WRITES = 200


@pytest.mark.parametrize("kind", KINDS)
def test_a_kill_in_the_middle_of_200_writes_leaves_nothing_half(kind: str, tmp_path: Path) -> None:
    base = base_of_stories(kind, tmp_path)
    acknowledged: list[int] = []
    with served("--database", base.address, "--allow-edit") as desk:

        def write_on() -> None:
            for number in range(WRITES):
                body = {
                    "event": {"date": "2020-06-01", "event": "complain"},
                    "version": number + 1,
                    "note": str(number),
                }
                try:
                    got = desk.post("/api/v1/members/bo/events", body, Idempotency_Key=f"write {number}")
                except (OSError, http.client.HTTPException, json.JSONDecodeError):
                    return
                assert got.status == 201
                acknowledged.append(got.json["fact"])
                if number == 20:
                    half_way.set()

        half_way = threading.Event()
        writer = threading.Thread(target=write_on)
        writer.start()
        assert half_way.wait(60)
        desk.process.send_signal(signal.SIGKILL)
        desk.process.wait()
        writer.join()
    database = opened(base.address)
    with database.reading() as connection:
        found = history_of(connection, "bo", Day(2020, 6, 1))
        stored = member_at(connection, "bo")
    database.close()
    facts = [entry["fact"] for entry in found["history"] if entry["action"] == "recorded"]
    assert facts[: len(acknowledged)] == acknowledged
    assert len(facts) - len(acknowledged) in (0, 1)
    assert found["version"] == 1 + len(facts)
    assert [fact.fact for fact in stored.facts if fact.action == "recorded"] == facts
