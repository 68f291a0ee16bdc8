"""The security of the desk, line by line of its contract."""

import os
import re
import signal
import socket
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest

from subsim.basics.faults import START, Faults, InputErrors
from subsim.files.json_nodes import json_tree
from subsim.files.scenario import scenario_of
from tests.desk.conftest import base_of_stories
from tests.support.command import subsim
from tests.support.desk import STORIES, Got, Served, served
from tests.support.members import Base

FORM = "application/x-www-form-urlencoded"
PUBLIC = "https://desk.example.dk"
EVENTS = "/api/v1/members/bo/events"
COMPLAINT = {"event": {"date": "2020-06-10", "event": "complain"}, "version": 1}


@pytest.fixture(scope="module")
def folder() -> Iterator[Served]:
    """A desk on a folder, to read only."""
    with served("--folder", STORIES) as listening:
        yield listening


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tokens") / "tokens"


def new_token(tokens: Path, name: str) -> str:
    result = subsim("token", name, "--tokens", tokens)
    assert (result.returncode, result.stdout.count("\n")) == (0, 1)
    return result.stdout.strip()


@pytest.fixture(scope="module")
def anna(tokens: Path) -> str:
    """Anna's token."""
    return new_token(tokens, "anna")


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory, tokens: Path, anna: str) -> Iterator[Served]:
    """A desk that wants tokens, behind a proxy, by two workers."""
    base: Base = base_of_stories("sqlite", tmp_path_factory.mktemp("closed"))
    options = ("--database", base.address, "--allow-edit", "--tokens", tokens, "--public-url", PUBLIC)
    with served(*options, "--workers", "2") as listening:
        yield listening


def bearer(token: str) -> str:
    return f"Bearer {token}"


def form_token(page: Got) -> str:
    """The token of a page's forms."""
    found = re.search('name="csrf" value="([0-9a-f]+)"', page.text)
    assert found is not None
    return found[1]


def log_in(desk: Served, token: str, place: str = "/da/", **headers: str) -> Got:
    csrf = form_token(desk.get("/da/login"))
    body = urlencode({"csrf": csrf, "token": token, "next": place}).encode()
    return desk.post("/da/login", body, Content_Type=FORM, **headers)


def session(desk: Served, token: str) -> str:
    return log_in(desk, token).headers["set-cookie"].partition(";")[0]


# Writes, hosts, origins


def test_a_write_without_allow_edit_is_403_also_when_only_tried(folder: Served) -> None:
    for body in (COMPLAINT, {**COMPLAINT, "dry_run": True}):
        assert folder.post("/api/v1/members/10042/events", body).status == 403
    assert folder.post("/api/v1/members/10042/answers", {"date": "2020-01-01"}).status == 403
    assert folder.post("/da/members/10042/events", b"", Content_Type=FORM).status == 403


def test_a_folder_may_not_be_edited() -> None:
    result = subsim("serve", "--folder", STORIES, "--allow-edit")
    assert (result.returncode, "read only" in result.stderr) == (2, True)


def test_another_host_than_loopback_wants_tokens_and_a_public_url(tokens: Path, anna: str) -> None:
    for options in ([], ["--tokens", tokens], ["--public-url", PUBLIC]):
        result = subsim("serve", "--folder", STORIES, "--host", "0.0.0.0", *options)
        assert (result.returncode, "loopback" in result.stderr) == (2, True)


@pytest.mark.parametrize("url", ["http://desk.example.dk", "desk.example.dk", "https://", "https://desk.example.dk/x"])
def test_a_public_url_is_https(url: str) -> None:
    assert subsim("serve", "--folder", STORIES, "--public-url", url).returncode == 2


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:{port}", 200),
        ("LOCALHOST:{port}", 200),
        ("127.0.0.1:{port}", 200),
        ("[::1]:{port}", 200),
        ("localhost", 400),
        ("localhost:1", 400),
        ("desk.example.dk", 400),
        ("evil.example:{port}", 400),
        ("", 400),
    ],
)
def test_the_host_is_one_of_ours(folder: Served, host: str, status: int) -> None:
    assert folder.get("/healthz", Host=host.format(port=folder.port)).status == status


@pytest.mark.parametrize(
    ("host", "status"), [("desk.example.dk", 200), ("desk.example.dk:443", 200), ("example.dk", 400)]
)
def test_the_public_host_is_ours_too(closed: Served, host: str, status: int) -> None:
    assert closed.get("/healthz", Host=host).status == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 422),
        ({"Origin": "http://127.0.0.1:{port}"}, 422),
        ({"Origin": "http://localhost:{port}"}, 403),
        ({"Origin": "https://127.0.0.1:{port}"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec_Fetch_Site": "same-origin"}, 422),
        ({"Sec_Fetch_Site": "none"}, 422),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
    ],
)
def test_a_post_from_another_place_is_403(folder: Served, headers: dict[str, str], status: int) -> None:
    sent = {name: value.format(port=folder.port) for name, value in headers.items()}
    assert folder.post("/api/v1/replay", {}, **sent).status == status


def test_the_public_origin_goes_with_the_public_host(closed: Served, anna: str) -> None:
    for origin, status in ((PUBLIC, 422), ("http://desk.example.dk", 403)):
        got = closed.post("/api/v1/replay", {}, Host="desk.example.dk", Origin=origin, Authorization=bearer(anna))
        assert got.status == status


def test_no_answer_allows_another_origin(folder: Served) -> None:
    got = folder.get("/api/v1/members", Origin="http://evil.example")
    assert not [name for name in got.headers if name.startswith("access-control")]


def test_a_form_without_its_token_is_403(desk: Served) -> None:
    for csrf in ("", "0" * 64):
        body = urlencode({"csrf": csrf, "answer.date": "2020-01-01"}).encode()
        assert desk.post("/da/members/10042/answers", body, Content_Type=FORM).status == 403


# Tokens


def test_a_token_is_printed_once_and_only_its_hash_is_kept(tokens: Path, anna: str) -> None:
    text = tokens.read_text(encoding="utf-8")
    assert re.search(r"^anna:[0-9a-f]{64}$", text, re.MULTILINE)
    assert anna not in text
    assert len(anna) == 43
    assert stat.S_IMODE(os.stat(tokens).st_mode) == 0o600


def test_a_name_that_is_there_already_is_refused(tokens: Path, anna: str) -> None:
    result = subsim("token", "anna", "--tokens", tokens)
    assert (result.returncode, result.stdout) == (2, "")


@pytest.mark.parametrize("name", ["", "a:b", "a\nb", " a"])
def test_a_name_that_would_spoil_its_line_is_refused(tokens: Path, name: str) -> None:
    assert subsim("token", name, "--tokens", tokens).returncode == 2


def test_all_but_health_files_and_login_want_a_token(closed: Served) -> None:
    for path in ("/api/v1/members", "/api/v1/clauses", "/api/openapi.json", "/api/docs", "/api/v1/nothing"):
        got = closed.get(path)
        assert (got.status, got.headers["www-authenticate"]) == (401, "Bearer")
    for path in ("/healthz", "/static/desk.css", "/da/login", "/en/login"):
        assert closed.get(path).status == 200


def test_a_page_goes_to_the_login_and_back(closed: Served, anna: str) -> None:
    got = closed.get("/da/members/bo?date=2020-03-01")
    place = "/da/login?next=%2Fda%2Fmembers%2Fbo%3Fdate%3D2020-03-01"
    assert (got.status, got.headers["location"]) == (303, place)
    got = log_in(closed, anna, "/da/members/bo?date=2020-03-01")
    assert (got.status, got.headers["location"]) == (303, "/da/members/bo?date=2020-03-01")


@pytest.mark.parametrize("place", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1", ""])
def test_nobody_is_sent_elsewhere_after_the_login(closed: Served, anna: str, place: str) -> None:
    assert log_in(closed, anna, place).headers["location"] == "/da/"


def test_a_right_token_opens_the_api_and_its_name_is_recorded(closed: Served, anna: str) -> None:
    version = closed.get("/api/v1/members/bo", Authorization=bearer(anna)).json["version"]
    got = closed.post(EVENTS, {**COMPLAINT, "version": version}, Authorization=bearer(anna))
    assert (got.status, got.json["recorded_by"]) == (201, "anna")


def test_by_is_a_fault_beside_a_token(closed: Served, anna: str) -> None:
    got = closed.post(EVENTS, {**COMPLAINT, "by": "Bo"}, Authorization=bearer(anna))
    assert (got.status, got.json["errors"][0]["pointer"]) == (422, "/by")


def test_a_session_counts_for_reading_the_api_and_not_for_writing(closed: Served, anna: str) -> None:
    cookie = session(closed, anna)
    assert closed.get("/api/v1/members", Cookie=cookie).status == 200
    assert closed.post(EVENTS, COMPLAINT, Cookie=cookie).status == 401
    assert closed.post("/api/v1/replay", {}, Cookie=cookie).status == 401


def test_the_cookie_of_a_session_is_guarded(closed: Served, anna: str) -> None:
    cookie = log_in(closed, anna).headers["set-cookie"].lower()
    for part in ("httponly", "samesite=lax", "secure", "max-age=43200", "path=/"):
        assert part in cookie


def test_a_cookie_that_was_changed_is_no_session(closed: Served, anna: str) -> None:
    cookie = session(closed, anna)
    for wrong in (
        cookie[:-1] + ("0" if cookie[-1] != "0" else "1"),
        cookie.replace("=", "=x", 1),
        "subsim_session=a.b",
    ):
        assert closed.get("/api/v1/members", Cookie=wrong).status == 401


def test_logging_out_ends_the_session_for_all_workers(closed: Served, anna: str) -> None:
    cookie = session(closed, anna)
    page = closed.get("/da/", Cookie=cookie)
    assert "Log ud" in page.text
    body = urlencode({"csrf": form_token(page)}).encode()
    assert closed.post("/da/logout", body, Content_Type=FORM, Cookie=cookie).status == 303
    assert {closed.get("/da/", Cookie=cookie).status for _ in range(6)} == {303}


def test_a_line_taken_out_ends_its_token_and_sessions(closed: Served, tokens: Path) -> None:
    token = new_token(tokens, "temp")
    cookie = session(closed, token)
    assert closed.get("/api/v1/members", Authorization=bearer(token)).status == 200
    lines = [line for line in tokens.read_text(encoding="utf-8").splitlines() if not line.startswith("temp:")]
    tokens.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert closed.get("/api/v1/members", Cookie=cookie).status == 401
    assert closed.get("/da/", Cookie=cookie).status == 303


def test_the_sixth_wrong_token_within_a_minute_has_to_wait(closed: Served, anna: str) -> None:
    cookie = session(closed, anna)
    statuses = [closed.get("/api/v1/members", Authorization=bearer("wrong")).status for _ in range(5)]
    assert statuses == [401] * 5
    got = closed.get("/api/v1/members", Authorization=bearer("mytoken"))
    assert (got.status, 1 <= int(got.headers["retry-after"]) <= 60) == (429, True)
    assert log_in(closed, "wrong").status == 429
    assert closed.get("/api/v1/members", Authorization=bearer(anna)).status == 200
    assert closed.get("/api/v1/members", Cookie=cookie).status == 200
    assert closed.get("/api/v1/members").status == 401


# Every response


PATHS = [
    *("/", "/da/", "/da/members/10042?date=2020-08-31&subscription=main", "/da/nothing", "/api/v1/members", "/healthz"),
    *("/static/desk.css", "/api/v1/nothing", "/api/docs"),
    "/da/members/10042/letter?date=2020-08-31&subscription=main",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_response_carries_the_headers(folder: Served, path: str) -> None:
    headers = folder.get(path).headers
    policy = headers["content-security-policy"]
    for part in ("default-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"):
        assert part in policy.split("; ")
    assert not re.search(r"unsafe-|\*", policy)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert (headers["cache-control"] == "no-store") == (not path.startswith("/static/"))


def test_what_is_no_http_is_400_with_the_headers(folder: Served) -> None:
    with socket.create_connection(("127.0.0.1", folder.port), timeout=10) as connection:
        connection.sendall(b"nonsense\r\n\r\n")
        answer = connection.recv(4096)
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"content-security-policy" in answer


def test_all_that_is_shown_is_escaped(desk: Served) -> None:
    for path in ("/da/?search=b", "/da/members/bo?date=2020-03-01&subscription=home", "/da/?search=%3Cscript%3E"):
        page = desk.get(path).text
        assert "<script>" not in page.replace('<script src="/static/desk.js" defer></script>', "")
    assert "&lt;script&gt;" in desk.get("/da/?search=%3Cscript%3Enobody").text


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_a_package_named_like_a_tag_shows_as_text(desk: Served, form: str) -> None:
    scenario = {
        "scenario": "x",
        "prices": {"<script>": "149.00"},
        "timeline": [{"date": "2020-01-15", "event": "sign_up", "package": "<script>"}],
    }
    got = desk.post("/api/v1/letter", {"scenario": scenario, "date": "2020-03-01", "format": form})
    assert (got.status, "<script>" in got.text) == (200, False)


def test_no_path_leads_out_of_the_folder_by_link_neither(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    text = (STORIES / "anna-and-the-price-rise.yaml").read_text(encoding="utf-8")
    (outside / "secret.yaml").write_text(text.replace('"10042"', "secret"), encoding="utf-8")
    (inside / "anna.yaml").write_text(text, encoding="utf-8")
    (inside / "bad.yaml").write_text("scenario: [", encoding="utf-8")
    (inside / "link.yaml").symlink_to(outside / "secret.yaml")
    (inside / "folder").symlink_to(outside)
    with served("--folder", inside) as desk:
        assert [member["id"] for member in desk.get("/api/v1/members").json["members"]] == ["10042"]
        for path in ("/static/../page.py", "/static/%2e%2e/page.py", "/static/..%2fpage.py"):
            assert desk.get(path).status == 404
        log = "".join(desk.log)
    assert "bad.yaml" in log
    assert "link.yaml" in log


def test_the_log_says_nothing_of_members(closed: Served, anna: str) -> None:
    closed.get("/api/v1/members/bo/can-cancel?date=2020-03-01&subscription=home", Authorization=bearer(anna))
    closed.get("/da/members/bo?date=2020-03-01&lang=xyz", Cookie=session(closed, anna))
    closed.get("/api/v1/bo/script?note=secret", Authorization=bearer(anna))
    time.sleep(0.3)
    log = "".join(closed.log)
    assert re.search(r"^GET /api/v1/members/\{id\}/can-cancel 200 \d+ ms$", log, re.MULTILINE)
    for secret in ("bo/", "2020-03-01", "home", anna, "mytoken", "secret", "xyz", "anna"):
        assert secret not in log


# Time


@pytest.fixture(scope="module")
def hasty() -> Iterator[Served]:
    """A desk that gives up an answer after a second, and a request after three."""
    with served("--folder", STORIES, SUBSIM_ANSWER_SECONDS="1", SUBSIM_REQUEST_SECONDS="3") as listening:
        yield listening


def test_a_request_that_does_not_come_whole_is_dropped_and_keeps_nobody_waiting(hasty: Served) -> None:
    slow = [socket.create_connection(("127.0.0.1", hasty.port), timeout=20) for _ in range(200)]
    for number, connection in enumerate(slow):
        start = b"GET /healthz HTTP/1.1\r\nHost:" if number % 2 else b"POST /api/v1/replay HTTP/1.1\r\n"
        connection.sendall(start)
    assert hasty.get("/healthz").status == 200
    for connection in slow:
        with connection, suppress(ConnectionResetError):
            assert connection.recv(1) == b""


def test_an_answer_that_takes_too_long_is_given_up_while_others_are_answered(hasty: Served) -> None:
    days = [f"{2020 + month // 12}-{month % 12 + 1:02d}-15" for month in range(72)]
    events = [{"date": day, "event": "complain"} for day in days for _ in range(160)]
    sign_up = {"date": "2020-01-15", "event": "sign_up", "package": "basis"}
    body = {"scenario": {"scenario": "x", "prices": {"basis": "1.00"}, "timeline": [sign_up, *events]}}
    got: list[Got] = []
    thread = threading.Thread(target=lambda: got.append(hasty.post("/api/v1/compare", body)))
    thread.start()
    while thread.is_alive():
        assert hasty.get("/healthz").status == 200
        thread.join(0.2)
    assert (got[0].status, got[0].headers["content-type"]) == (503, "application/problem+json")


@pytest.mark.parametrize(("sign", "workers"), [(signal.SIGTERM, "2"), (signal.SIGINT, "1")])
def test_a_signal_ends_the_desk(sign: int, workers: str) -> None:
    with served("--folder", STORIES, "--workers", workers) as desk:
        assert desk.get("/healthz").status == 200
        began = time.monotonic()
        desk.end(sign)
        assert time.monotonic() - began < 10


def test_a_port_that_is_taken_is_told(folder: Served) -> None:
    result = subsim("serve", "--folder", STORIES, "--port", str(folder.port))
    assert (result.returncode, "cannot listen on" in result.stderr, result.stdout) == (2, True, "")


def test_no_base_is_told(tmp_path: Path) -> None:
    result = subsim("serve", "--database", f"sqlite:///{tmp_path / 'none.db'}")
    assert (result.returncode, "there is no base" in result.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_scenario_that_is_sent_cannot_name_a_file_of_ours(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("secret: of the house\n", encoding="utf-8")
    faults = Faults("<body>", "")
    document = {"scenario": "x", "retention": {"policy": str(secret)}, "until": "2020-01-01", "timeline": []}
    with pytest.raises(InputErrors) as raised:
        scenario_of(json_tree(document, faults, lambda _: START), faults)
    (fault,) = raised.value.errors
    assert fault.message.startswith("no policy is called '")
    assert "of the house" not in str(raised.value)
