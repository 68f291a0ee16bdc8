"""The JSON API of the desk: what each path gives, and each status."""

import json
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import pytest

from tests.desk.conftest import WITH_DATA, base_of_stories
from tests.support.command import in_process as subsim
from tests.support.desk import STORIES, Got, Served, served
from tests.support.members import Base

ANNA = {
    "scenario": "Anna gives notice in the binding",
    "prices": {"basis": "149.00"},
    "timeline": [
        {"date": "2020-01-15", "event": "sign_up", "package": "basis"},
        {"date": "2020-03-01", "event": "log_in"},
    ],
}
NOTICE = {"date": "2020-06-10", "event": "give_notice"}
FILE = STORIES / "anna-and-the-price-rise.yaml"
EVENTS = "/api/v1/members/bo/events"


def of_command(name: str, *options: object) -> Any:
    """The JSON of a command on Anna's file."""
    result = subsim(name, FILE, *map(str, options), "--format", "json")
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def faults(got: Got) -> list[tuple[str | None, str | None]]:
    """Where the faults of a problem are: pointer and parameter."""
    assert got.headers["content-type"] == "application/problem+json"
    return [(fault["pointer"], fault["parameter"]) for fault in got.json["errors"]]


def version_of(desk: Served) -> int:
    version: int = desk.get("/api/v1/members/bo").json["version"]
    return version


@pytest.fixture
def version(desk: Served) -> int:
    """Bo's present version."""
    return version_of(desk)


# Questions


@pytest.mark.parametrize(
    ("name", "options", "query"),
    [
        ("can-cancel", ["--date", "2020-08-31"], "date=2020-08-31"),
        ("replay", ["--until", "2020-06-01"], "until=2020-06-01"),
        ("explain", ["--about", "ended_on"], "about=ended_on"),
        ("compare", [], ""),
        ("cheapest-exit", ["--date", "2020-09-02"], "date=2020-09-02"),
        (
            "can-cancel",
            ["--date", "2020-08-31", "--reading", "ordinary-notice=thirty-days", "--number", "notice-days=14"],
            "date=2020-08-31&reading=ordinary-notice%3Dthirty-days&number=notice-days%3D14",
        ),
    ],
)
def test_a_member_of_the_base_gets_the_json_of_the_command(
    desk: Served, name: str, options: list[str], query: str
) -> None:
    got = desk.get(f"/api/v1/members/10042/{name}?{query}")
    assert (got.status, json.dumps(got.json)) == (200, json.dumps(of_command(name, *options)))


@pytest.mark.parametrize("name", ["can-cancel", "replay", "explain", "compare", "cheapest-exit"])
def test_the_scenario_that_a_member_shows_gives_the_same_answers_as_a_body(desk: Served, name: str) -> None:
    scenario = desk.get("/api/v1/members/10042").json["scenario"]
    date = {"date": "2020-09-02"} if name not in ("replay", "compare") else {}
    query = "&".join(f"{key}={value}" for key, value in date.items())
    posted = desk.post(f"/api/v1/{name}", {"scenario": scenario, **date})
    assert posted.body == desk.get(f"/api/v1/members/10042/{name}?{query}").body


def test_a_what_if_takes_events_as_in_a_file(desk: Served) -> None:
    tries = [{"date": "2020-06-10", "event": "give_notice"}]
    expected = of_command("what-if", "--try", "2020-06-10 give_notice")
    got = desk.post("/api/v1/members/10042/what-if", {"try": tries})
    assert json.dumps(got.json) == json.dumps(expected)
    scenario = desk.get("/api/v1/members/10042").json["scenario"]
    assert desk.post("/api/v1/what-if", {"scenario": scenario, "try": tries}).body == got.body


def test_readings_and_numbers_are_mappings_in_a_body(desk: Served) -> None:
    body = {"scenario": ANNA, "date": "2020-07-20", "readings": {"ordinary-notice": "thirty-days"}}
    got = desk.post("/api/v1/can-cancel", {**body, "numbers": {"notice-days": 14}})
    assert got.json["earliest_end"] == "2020-08-03"


def test_terms_in_a_body_stand_in_the_place_of_those_in_force(desk: Served) -> None:
    terms = {"numbers": {"notice-days": 14}, "readings": {"ordinary-notice": "thirty-days"}}
    body = {"scenario": ANNA, "date": "2020-07-20", "terms": terms}
    assert desk.post("/api/v1/can-cancel", body).json["earliest_end"] == "2020-08-03"
    on_top = desk.post("/api/v1/can-cancel", {**body, "numbers": {"notice-days": 20}})
    assert on_top.json["earliest_end"] == "2020-08-09"


def test_the_faults_of_terms_in_a_body_have_their_places_in_it(desk: Served) -> None:
    announced = {"date": "2020-01-01", "event": "pay", "amount": "1.00"}
    terms = {"numbers": {"notice-days": 3661}, "readings": {"gdpr.a": "b"}, "announcements": [announced]}
    got = desk.post("/api/v1/replay", {"scenario": ANNA, "terms": terms})
    assert got.status == 422
    assert {pointer for pointer, _ in faults(got)} == {
        "/terms/numbers/notice-days",
        "/terms/readings/gdpr.a",
        "/terms/announcements/0/event",
    }


@pytest.mark.parametrize("name", ["can-cancel", "replay", "explain", "compare", "cheapest-exit", "coming", "letter"])
def test_a_number_of_the_members_own_policy_is_no_fault(desk: Served, name: str) -> None:
    assert desk.get(f"/api/v1/members/{WITH_DATA.stem}/{name}?number=gdpr.answer-months%3D2").status == 200


@pytest.mark.parametrize("name", ["can-cancel", "replay", "explain", "compare", "cheapest-exit", "coming", "letter"])
@pytest.mark.parametrize(
    "option", ["number=gdpr.answer-months%3D2", "reading=gdpr.closed-days%3Dcustomary"], ids=["number", "reading"]
)
def test_what_is_chosen_for_a_policy_that_the_member_has_not_is_a_fault_of_its_option(
    desk: Served, name: str, option: str
) -> None:
    got = desk.get(f"/api/v1/members/10042/{name}?{option}")
    assert (got.status, faults(got)) == (422, [(None, option.partition("=")[0])])


def test_an_answer_is_not_kept_with_what_is_chosen_for_no_policy_of_the_member(desk: Served) -> None:
    body = {"date": "2020-07-20", "numbers": {"gdpr.answer-months": 2}}
    got = desk.post("/api/v1/members/10042/answers", body)
    assert (got.status, faults(got)) == (422, [("/numbers/gdpr.answer-months", None)])


DOUBTFUL = {
    "scenario": "s",
    "prices": {"basis": "149.00"},
    "timeline": [
        {"date": "2020-01-15", "event": "sign_up", "package": "basis"},
        {"id": "letter", "date": "2020-08-20..2020-09-20", "event": "give_notice", "disputed": True},
    ],
}


def test_facts_in_doubt_are_answered_in_every_world(desk: Served) -> None:
    got = desk.post("/api/v1/can-cancel", {"scenario": DOUBTFUL, "date": "2020-10-01"})
    assert [case["earliest_end"] for case in got.json["cases"]] == ["2020-10-15", "2021-01-15"]


@pytest.mark.parametrize(
    ("assumed", "end"), [("2020-09-15", "2020-10-15"), ("2020-09-16", "2021-01-15"), (False, "2021-01-15")]
)
def test_what_is_assumed_settles_the_answer(desk: Served, assumed: str | bool, end: str) -> None:
    body = {"scenario": DOUBTFUL, "date": "2020-10-01", "assume": {"letter": assumed}}
    assert desk.post("/api/v1/can-cancel", body).json["earliest_end"] == end


def test_what_cannot_be_assumed_is_told_at_its_place(desk: Served) -> None:
    body = {"scenario": DOUBTFUL, "date": "2020-10-01", "assume": {"letter": "2020-09-21", "other": True}}
    got = desk.post("/api/v1/can-cancel", body)
    assert (got.status, [fault["pointer"] for fault in got.json["errors"]]) == (
        422,
        ["/assume/letter", "/assume/other"],
    )


def test_a_member_without_doubts_has_nothing_to_assume(desk: Served) -> None:
    got = desk.get("/api/v1/members/10042/can-cancel?date=2020-08-31&assume=letter=yes")
    assert (got.status, [fault["parameter"] for fault in got.json["errors"]]) == (422, ["assume"])


def test_a_question_of_one_course_of_events_names_the_option_of_a_request(desk: Served) -> None:
    (fault,) = desk.post("/api/v1/replay", {"scenario": DOUBTFUL, "lang": "en"}).json["errors"]
    assert fault["remedy"] == "assume what it is, as by the option assume: letter=2020-08-20"


@pytest.mark.parametrize(
    ("form", "media_type", "begins"),
    [("markdown", "text/markdown; charset=utf-8", "# Cancelling"), ("html", "text/html; charset=utf-8", "<!doctype")],
)
def test_a_letter_comes_in_its_media_type(desk: Served, form: str, media_type: str, begins: str) -> None:
    got = desk.post("/api/v1/letter", {"scenario": ANNA, "date": "2020-03-02", "lang": "en", "format": form})
    assert (got.status, got.headers["content-type"], got.text[: len(begins)]) == (200, media_type, begins)


@pytest.mark.parametrize(
    ("query", "accepted", "words"),
    [
        ("", "", "# Opsigelse"),
        ("", "en-GB,da;q=0.5", "# Cancelling"),
        ("&lang=da", "en", "# Opsigelse"),
        ("", "sv,*;q=0.1", "# Opsigelse"),
    ],
)
def test_the_language_is_the_option_else_the_header_else_danish(
    desk: Served, query: str, accepted: str, words: str
) -> None:
    got = desk.get(f"/api/v1/members/10042/letter?date=2020-08-31{query}", Accept_Language=accepted)
    assert got.text.startswith(words)


def test_what_is_held_is_the_json_of_the_command(desk: Served) -> None:
    options = ("--date", "2020-07-02", "--category", "bookkeeping", "--reading", "kabelplus.clean-up=no-grace")
    expected = json.loads(subsim("retention", WITH_DATA, *options, "--format", "json").stdout)
    query = "date=2020-07-02&category=bookkeeping&reading=kabelplus.clean-up%3Dno-grace"
    got = desk.get(f"/api/v1/members/{WITH_DATA.stem}/retention?{query}")
    assert json.dumps(got.json) == json.dumps(expected)
    scenario = desk.get(f"/api/v1/members/{WITH_DATA.stem}").json["scenario"]
    body = {"scenario": scenario, "date": "2020-07-02", "category": "bookkeeping"}
    assert desk.post("/api/v1/retention", {**body, "readings": {"kabelplus.clean-up": "no-grace"}}).body == got.body


def test_where_no_policy_is_named_one_may_be_chosen(desk: Served) -> None:
    got = desk.get("/api/v1/members/10042/retention?date=2020-07-02")
    assert (got.status, faults(got)) == (422, [(None, "policy")])
    got = desk.post("/api/v1/retention", {"scenario": ANNA})
    assert (got.status, faults(got)) == (422, [("", None)])
    assert desk.get("/api/v1/members/10042/retention?date=2020-07-02&policy=kabelplus").json["policy"] == "kabelplus"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("category=letters", "category"),
        ("policy=/etc/passwd", "policy"),
        ("reading=kabelplus.clean-up%3Dnever", "reading"),
        ("number=kabelplus.months%3D3", "number"),
    ],
)
def test_what_the_policy_lacks_is_a_fault_of_its_option(desk: Served, query: str, parameter: str) -> None:
    got = desk.get(f"/api/v1/members/{WITH_DATA.stem}/retention?{query}")
    assert (got.status, faults(got)) == (422, [(None, parameter)])


@pytest.mark.parametrize("name", ["can-cancel", "coming", "cheapest-exit", "explain"])
def test_the_law_is_left_out_where_that_is_asked(desk: Served, name: str) -> None:
    options = ("--date", "2020-08-31", "--law", "off")
    got = desk.get(f"/api/v1/members/10042/{name}?date=2020-08-31&law=off")
    assert json.dumps(got.json) == json.dumps(of_command(name, *options))
    assert got.body != desk.get(f"/api/v1/members/10042/{name}?date=2020-08-31").body


def test_a_picture_is_svg(desk: Served) -> None:
    got = desk.get("/api/v1/members/10042/picture.svg?date=2020-08-31")
    assert (got.status, got.headers["content-type"], b"<svg" in got.body) == (200, "image/svg+xml", True)


@pytest.mark.parametrize("name", ["clauses", "readings", "schema"])
def test_a_catalogue_is_the_json_of_its_command(desk: Served, name: str) -> None:
    expected = json.loads(subsim(name, "--format", "json").stdout)
    assert json.dumps(desk.get(f"/api/v1/{name}").json) == json.dumps(expected)


def test_answers_asked_from_sixteen_threads_equal_those_asked_one_by_one(desk: Served) -> None:
    paths = [
        f"/api/v1/members/10042/can-cancel?date=2020-{month:02d}-{day:02d}" for month in (2, 5) for day in range(1, 25)
    ]
    expected = [desk.get(path).body for path in paths]
    found: dict[str, bytes] = {}

    def ask(some: list[str]) -> None:
        for path in some:
            found[path] = desk.get(path).body

    threads = [threading.Thread(target=ask, args=(paths[number::16],)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[path] for path in paths] == expected


def test_an_answer_does_not_wait_until_its_first_part_is_acknowledged(desk: Served) -> None:
    """Which takes a client 40 ms, where small parts are held back."""
    connection, seconds = HTTPConnection("127.0.0.1", desk.port), []
    for _ in range(10):
        began = time.perf_counter()
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        seconds.append(time.perf_counter() - began)
    connection.close()
    assert min(seconds) < 0.035


# Members


def test_members_come_by_id_and_go_on_after_one(desk: Served) -> None:
    first = desk.get("/api/v1/members?limit=2").json
    assert ([member["id"] for member in first["members"]], first["next"]) == (["10042", "20815"], "20815")
    rest = desk.get("/api/v1/members?after=20815").json
    assert ([member["id"] for member in rest["members"]][:2], rest["next"]) == (["31077", "5120"], None)


def test_a_member_is_found_with_what_names_him(desk: Served) -> None:
    (member,) = desk.get("/api/v1/members?search=%C3%86R%C3%98").json["members"]
    assert member == {
        "id": "bo",
        "name": "Bo <script>alert(1)</script> Ærø",
        "email": "bo@example.dk",
        "phone": "12 34 56 78",
        "version": version_of(desk),
        "subscriptions": [
            {"id": "home", "package": "basis", "state": "free"},
            {"id": "flat", "package": "family", "state": "free"},
        ],
    }


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ("0", "limit is '0': at least 1"),
        ("201", "limit is '201': at most 200"),
        ("x", "limit is 'x': not a whole number"),
    ],
)
def test_a_wrong_limit_is_told_from_where_to_where_it_goes(desk: Served, limit: str, message: str) -> None:
    (error,) = desk.get(f"/api/v1/members?limit={limit}&lang=en").json["errors"]
    assert (error["message"], error["remedy"]) == (message, "expected a whole number from 1 to 200")


@pytest.mark.parametrize(("limit", "status"), [("0", 422), ("1", 200), ("200", 200), ("201", 422), ("x", 422)])
def test_a_list_has_1_to_200_members(desk: Served, limit: str, status: int) -> None:
    assert desk.get(f"/api/v1/members?limit={limit}").status == status


# Problems


def test_all_faults_of_a_body_come_at_once_each_with_its_pointer(desk: Served) -> None:
    scenario = json.loads(json.dumps(ANNA))
    scenario["timeline"][1]["date"] = "2020-02-31"
    scenario["prices"]["basis"] = 149.001
    del scenario["timeline"][0]["package"]
    got = desk.post("/api/v1/can-cancel", {"scenario": scenario, "dat": "2020-01-01", "profile": "x", "a/b~": 1})
    assert got.status == 422
    assert faults(got) == [
        ("/scenario/prices/basis", None),
        ("/scenario/timeline/0", None),
        ("/scenario/timeline/1/date", None),
        ("/dat", None),
        ("/profile", None),
        ("/a~1b~0", None),
    ]


def test_a_key_given_twice_is_a_fault(desk: Served) -> None:
    body = b'{"scenario": {"scenario": "x", "scenario": "y", "prices": {"a": 1}, "timeline": []}}'
    got = desk.post("/api/v1/replay", body, Content_Type="application/json")
    assert ("/scenario/scenario", None) in faults(got)


def test_all_faults_of_a_query_come_at_once_each_with_its_name(desk: Served) -> None:
    got = desk.get("/api/v1/members/10042/can-cancel?date=x&zz=1&lang=en&lang=da&reading=foo&known_at=now")
    assert got.status == 422
    assert faults(got) == [(None, name) for name in ("date", "zz", "lang", "reading", "known_at")]


def test_a_subscription_that_is_not_clear_is_a_fault_of_the_option(desk: Served) -> None:
    got = desk.get("/api/v1/members/bo/can-cancel?date=2020-03-01")
    assert (got.status, faults(got)) == (422, [(None, "subscription")])


@pytest.mark.parametrize("accepted", ["en", "da"])
def test_the_words_of_a_fault_are_in_the_language_asked_for(desk: Served, accepted: str) -> None:
    got = desk.get("/api/v1/members/10042/can-cancel?date=2020-02-31", Accept_Language=accepted)
    words = {"en": "date is '2020-02-31'", "da": "date er '2020-02-31'"}[accepted]
    assert got.json["errors"][0]["message"].startswith(words)


@pytest.mark.parametrize("body", [b"", b"{", b'{"scenario": NaN}', b"\xff", b"[1", b'{"a": 1}x', b"[" * 100_000])
def test_what_is_no_json_in_utf_8_is_400(desk: Served, body: bytes) -> None:
    assert desk.post("/api/v1/replay", body, Content_Type="application/json").status == 400


@pytest.mark.parametrize("body", [b"[]", b"null", b"1", b"{}", b'"x"', b'{"scenario": []}', b'{"scenario": null}'])
def test_json_that_is_no_question_is_422(desk: Served, body: bytes) -> None:
    assert desk.post("/api/v1/replay", body, Content_Type="application/json").status == 422


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "application/json5"])
def test_another_media_type_is_415(desk: Served, media_type: str) -> None:
    assert desk.post("/api/v1/replay", b"{}", Content_Type=media_type).status == 415


@pytest.mark.parametrize(("encoding", "status"), [("identity", 422), ("gzip", 415)])
def test_a_compressed_body_is_415(desk: Served, encoding: str, status: int) -> None:
    headers = {"Content_Type": "application/json", "Content_Encoding": encoding}
    assert desk.post("/api/v1/replay", b"{}", **headers).status == status


@pytest.mark.parametrize(("size", "status"), [(1_000_000, 422), (1_000_001, 413)])
def test_a_body_has_at_most_a_million_bytes(desk: Served, size: int, status: int) -> None:
    body = b"{}" + b" " * (size - 2)
    assert desk.post("/api/v1/replay", body, Content_Type="application/json").status == status


def test_a_body_in_chunks_has_the_same_limit(desk: Served) -> None:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=30)
    chunks = (b" " * 100_000 for _ in range(11))
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/api/v1/replay", chunks, headers, encode_chunked=True)
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize("path", ["/api/v1/members/nobody", "/api/v1/members/nobody/replay", "/api/v1/nothing", "/api"])
def test_an_unknown_member_or_path_is_404(desk: Served, path: str) -> None:
    got = desk.get(path)
    assert (got.status, got.json["status"]) == (404, 404)


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("DELETE", "/api/v1/members", "GET, HEAD"),
        ("GET", "/api/v1/replay", "POST"),
        ("HEAD", "/api/v1/replay", "POST"),
        ("PATCH", "/api/v1/members/bo", "GET, HEAD"),
        ("OPTIONS", "/healthz", "GET, HEAD"),
    ],
)
def test_another_method_is_405_with_those_that_go(desk: Served, method: str, path: str, allow: str) -> None:
    got = desk.ask(method, path)
    assert (got.status, got.headers["allow"]) == (405, allow)


def test_the_head_of_an_answer_is_that_of_the_answer(desk: Served) -> None:
    head, whole = (desk.ask(method, "/api/v1/members/10042") for method in ("HEAD", "GET"))
    assert (head.status, head.headers["content-length"], head.body) == (200, str(len(whole.body)), b"")


# Writes


def test_an_event_is_tried_and_then_recorded(desk: Served, version: int) -> None:
    body = {"event": NOTICE | {"subscription": "home"}, "version": version, "by": "Kim", "note": "phoned"}
    tried = desk.post(EVENTS, {**body, "dry_run": True})
    assert (tried.status, tried.json["fact"], tried.json["recorded_at"]) == (200, None, None)
    assert tried.json["version"] == version
    got = desk.post(EVENTS, body)
    assert (got.status, got.json["version"], got.json["recorded_by"]) == (201, version + 1, "Kim")
    assert got.json["changes"] == tried.json["changes"]
    assert list(got.json) == ["fact", "version", "recorded_at", "recorded_by", "note", "changes"]
    undo = desk.post(f"{EVENTS}/{got.json['fact']}/retract", {"version": version + 1})
    assert (undo.status, undo.json["fact"]) == (200, got.json["fact"])


def test_a_fact_is_corrected_in_its_place(desk: Served, version: int) -> None:
    fact = desk.get("/api/v1/members/bo").json["facts"][0]
    event = fact["event"] | {"billing": "monthly"}
    got = desk.post(f"{EVENTS}/{fact['fact']}/correct", {"event": event, "version": version})
    assert (got.status, got.json["fact"]) == (200, fact["fact"])
    assert desk.get("/api/v1/members/bo").json["facts"][0]["event"] == event


def test_a_stale_version_is_409_with_the_present_one(desk: Served, version: int) -> None:
    got = desk.post(EVENTS, {"event": {"date": "2020-06-10", "event": "complain"}, "version": version + 1})
    assert (got.status, got.json["version"]) == (409, version)


def test_a_version_is_not_bounded_as_a_count_of_days_is(desk: Served, version: int) -> None:
    got = desk.post(EVENTS, {"event": {"date": "2020-06-10", "event": "complain"}, "version": 3661})
    assert (got.status, got.json["version"]) == (409, version)


@pytest.mark.parametrize(
    ("event", "pointer"),
    [
        ({"date": "2020-06-31", "event": "complain"}, "/event/date"),
        ({"date": "2020-06-10", "event": "complian"}, "/event/event"),
        ({"date": "2020-06-10", "event": "give_notice", "subscription": "hom"}, "/event/subscription"),
        ({"date": "2020-06-10", "event": "sign_up", "package": "basis", "subscription": "home"}, "/event"),
        ({"date": "2020-06-10", "event": "sign_up", "package": "gold", "subscription": "new"}, "/event/package"),
        ({"event": "complain"}, "/event"),
        ([], "/event"),
    ],
)
def test_an_event_that_no_file_could_hold_is_422_where_it_is_wrong(
    desk: Served, version: int, event: Any, pointer: str
) -> None:
    got = desk.post(EVENTS, {"event": event, "version": version})
    assert (got.status, faults(got)) == (422, [(pointer, None)])
    assert version_of(desk) == version


@pytest.mark.parametrize("fact", ["999999999", "x", "0", "-1", "9" * 30])
def test_a_fact_that_does_not_stand_is_404(desk: Served, version: int, fact: str) -> None:
    assert desk.post(f"{EVENTS}/{fact}/retract", {"version": version}).status == 404


def test_what_a_write_lacks_is_told_of_its_object(desk: Served) -> None:
    assert faults(desk.post(EVENTS, {})) == [("", None), ("", None)]


def test_a_write_to_nobody_is_404(desk: Served) -> None:
    assert desk.post("/api/v1/members/nobody/events", {"event": NOTICE, "version": 1}).status == 404


def test_the_same_request_under_its_key_records_once(desk: Served, version: int) -> None:
    body = {"event": {"date": "2020-06-11", "event": "complain"}, "version": version}
    first = desk.post(EVENTS, body, Idempotency_Key="a key")
    again = desk.post(EVENTS, body, Idempotency_Key="a key")
    assert (first.status, again.status, again.body) == (201, 201, first.body)
    assert version_of(desk) == version + 1
    other = desk.post(EVENTS, {**body, "note": "x"}, Idempotency_Key="a key")
    assert (other.status, version_of(desk)) == (422, version + 1)


def test_a_refusal_under_a_key_stays_the_same(desk: Served, version: int) -> None:
    body = {"event": {"date": "2020-06-12", "event": "complain"}, "version": version + 1}
    assert desk.post(EVENTS, body, Idempotency_Key="early").status == 409
    assert desk.post(EVENTS, {**body, "version": version}).status == 201
    assert desk.post(EVENTS, body, Idempotency_Key="early").status == 409


@pytest.mark.parametrize(("length", "status"), [(255, 201), (256, 422)])
def test_a_key_has_at_most_255_characters(desk: Served, version: int, length: int, status: int) -> None:
    body = {"event": {"date": "2020-06-13", "event": "complain"}, "version": version}
    assert desk.post(EVENTS, body, Idempotency_Key="k" * length).status == status


def test_one_request_sent_by_many_at_once_records_once(desk: Served, version: int) -> None:
    body = {"event": {"date": "2020-06-14", "event": "complain"}, "version": version}
    got: list[Got] = []
    threads = [
        threading.Thread(target=lambda: got.append(desk.post(EVENTS, body, Idempotency_Key="many"))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ({each.status for each in got}, len({each.body for each in got})) == ({201}, 1)
    assert version_of(desk) == version + 1


def test_an_answer_kept_with_a_number_of_a_policy_still_holds(desk: Served) -> None:
    numbers = {"kabelplus.inactivity-months": 20, "notice-days": 14}
    body = {"date": "2020-04-01", "subscription": "main", "numbers": numbers}
    got = desk.post(f"/api/v1/members/{WITH_DATA.stem}/answers", body)
    assert (got.status, got.json["still"]) == (201, True)


def test_an_answer_given_is_kept_with_whether_it_still_holds(desk: Served) -> None:
    path = "/api/v1/members/20815"
    asked = {"date": "2020-02-01", "subscription": "home", "lang": "en"}
    got = desk.post(f"{path}/answers", asked)
    assert (got.status, got.json["still"], got.json["language"]) == (201, True, "en")
    assert got.json["check"].startswith("subsim-letter-1 date=2020-02-01 subscription=home language=en")
    assert desk.get(f"{path}/history").json["answers"][-1] == got.json


def test_an_answer_no_longer_holds_once_it_would_be_another(desk: Served) -> None:
    path = "/api/v1/members/31077"
    before = desk.get(path).json
    date = before["facts"][0]["event"]["date"]
    kept = desk.post(f"{path}/answers", {"date": date})
    assert kept.status == 201, kept.text
    event = {"date": date, "event": "complain"}
    version = desk.post(f"{path}/events", {"event": event, "version": before["version"]}).json["version"]
    assert desk.get(f"{path}/history").json["answers"][-1]["still"] is True
    event = {"date": date, "event": "activate", "filter_changed": True}
    assert desk.post(f"{path}/events", {"event": event, "version": version}).status == 201
    assert desk.get(f"{path}/history").json["answers"][-1]["still"] is False


def test_an_answer_to_facts_in_doubt_is_kept_and_holds_until_they_are_settled_otherwise(desk: Served) -> None:
    path = "/api/v1/members/bo"
    version = version_of(desk)
    event = {"id": "letter", "subscription": "flat", "date": "2020-10-10..2020-10-20", "event": "give_notice"}
    recorded = desk.post(EVENTS, {"event": event, "version": version}).json
    asked = {"date": "2020-11-01", "subscription": "flat", "lang": "en"}
    kept = [
        desk.post(f"{path}/answers", {**asked, **assumed}).json
        for assumed in ({}, {"assume": {"letter": "2020-10-14"}}, {"assume": {"letter": "2020-10-18"}})
    ]
    assert kept[0]["text"].startswith("In any case from 15 February 2021; from 15 November 2020 if the notice ")
    assert [each["still"] for each in kept] == [True, True, True]
    page = desk.get("/en/members/bo?date=2020-12-01&subscription=flat").text
    charged = page.partition('id="h-invoices"')[2].partition("</section>")[0]
    assert "the notice (letter) was on 17 October 2020 or later" in charged
    settled = {"event": {**event, "date": "2020-10-14"}, "version": recorded["version"]}
    corrected = desk.post(f"{EVENTS}/{recorded['fact']}/correct", settled).json
    assert [each["still"] for each in desk.get(f"{path}/history").json["answers"][-3:]] == [False, True, False]
    gone = desk.post(f"{EVENTS}/{recorded['fact']}/retract", {"version": corrected["version"]})
    assert gone.status == 200


def test_known_at_asks_on_what_was_recorded_by_then(desk: Served, version: int) -> None:
    event = {"date": "2020-05-01", "event": "give_notice", "subscription": "flat"}
    at = desk.post(EVENTS, {"event": event, "version": version}).json["recorded_at"]
    ask = "/api/v1/members/bo/can-cancel?date=2020-05-02&subscription=flat"
    state = {known: desk.get(f"{ask}&known_at={known}").json["state"] for known in (at, "2100-01-01")}
    assert state == {at: "ending", "2100-01-01": "ending"}
    earlier = at.replace("Z", "+00:30")
    assert desk.get(f"{ask}&known_at={earlier}").status == 404
    assert desk.get(f"{ask}&known_at=2020-01-01").status == 404


# The description


def test_the_description_names_every_path_and_status(desk: Served) -> None:
    document = desk.get("/api/openapi.json").json
    assert document["openapi"] == "3.1.0"
    statuses = set(document["paths"]["/api/v1/members/{id}/events"]["post"]["responses"])
    assert statuses == {"200", "201", "400", "401", "403", "404", "405", "409", "413", "415", "422", "429", "503"}
    assert "Event" not in document["components"]["schemas"]
    assert document["components"]["schemas"]["ScenarioFile"]["required"] == ["scenario", "timeline"]


def test_the_page_of_the_description_loads_nothing_from_outside(desk: Served) -> None:
    page = desk.get("/api/docs").text
    assert "POST /api/v1/can-cancel" in page
    assert "http://" not in page.replace("http://json-schema", "")
    assert "https://" not in page.replace("https://json-schema.org", "")


# On PostgreSQL


@pytest.fixture(scope="module")
def on_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A desk on a base in PostgreSQL, by two workers."""
    base: Base = base_of_stories("postgresql", tmp_path_factory.mktemp("postgres"))
    with served("--database", base.address, "--allow-edit", "--workers", "2") as listening:
        yield listening


def test_writes_under_one_key_are_one_on_postgres_too(on_postgres: Served) -> None:
    test_one_request_sent_by_many_at_once_records_once(on_postgres, version_of(on_postgres))


def test_a_stale_version_is_refused_on_postgres_too(on_postgres: Served) -> None:
    test_a_stale_version_is_409_with_the_present_one(on_postgres, version_of(on_postgres))


def test_answers_are_the_commands_on_postgres_too(on_postgres: Served) -> None:
    got = on_postgres.get("/api/v1/members/10042/can-cancel?date=2020-08-31")
    assert json.dumps(got.json) == json.dumps(of_command("can-cancel", "--date", "2020-08-31"))
