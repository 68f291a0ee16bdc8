"""The checks of every request: Host, Origin and asker; and the headers of every response."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import quote, urlsplit

from attrs import define, field, frozen

from subsim.basics.languages import CODES, Code
from subsim.basics.texts import NOTHING, Message
from subsim.desk import clock
from subsim.desk.headers import STATIC, headers_of
from subsim.desk.log import log, log_fault
from subsim.desk.options import pairs
from subsim.desk.problems import MEDIA_TYPE, Problem
from subsim.desk.settings import Settings
from subsim.desk.tokens import Attempts, Sessions, Tokens, signature

Scope = Any  # a mapping, typed differently by every library
Sent = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Sent]]
Send = Callable[[Sent], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Respond = Callable[[Scope, Receive, Send, Problem], Awaitable[None]]

SESSION = "subsim_session"
_KEY = "subsim.who"
LANGUAGE = "subsim.language"
"""The key under which a request has the language named in its body."""
_OPEN = ("/healthz", *(f"/{code}/{word}" for code in CODES for word in ("login",)))
"""The paths that need neither token nor session."""
TEMPLATE = "path_template"
"""The key of Litestar under which a request has the template of its path."""
_NO_TEMPLATE = "-"


@frozen(kw_only=True)
class Who:
    """Who asks: the name of a token or session, None without tokens; the cookie of a session."""

    name: str | None = None
    cookie: str | None = None


def who(scope: Scope) -> Who:
    """The asker that the guard has found."""
    found: Who = scope[_KEY]
    return found


def header(scope: Scope, name: bytes) -> str | None:
    """The value of a header; None where there is none, several of one name joined by commas."""
    values = [value.decode("latin-1") for key, value in scope["headers"] if key == name]
    return ", ".join(values) if values else None


def language_of(scope: Scope) -> Code:
    """The language of a page by its path, of the API by `lang`; else by Accept-Language, else Danish."""
    path, found = scope["path"], scope.get(LANGUAGE)
    if is_api(path):
        given = [value for name, value in pairs(scope["query_string"]) if name == "lang"]
        found = found or next((code for code in CODES if [code] == given), None)
    else:
        found = next((code for code in CODES if code == path.split("/")[1]), None)
    return found or wished_language(header(scope, b"accept-language"))


def wished_language(accept: str | None) -> Code:
    """The preferred language of an Accept-Language header; Danish where it names neither."""
    wishes: list[tuple[float, int, Code]] = []
    for place, part in enumerate((accept or "").split(",")):
        tag, _, quality = part.strip().partition(";")
        code = next((each for each in CODES if tag.strip().lower().split("-")[0] == each), None)
        weight = _quality(quality)
        if code is not None and weight > 0:
            wishes.append((-weight, place, code))
    return min(wishes)[2] if wishes else "da"


def _quality(text: str) -> float:
    name, _, value = text.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return 0.0


def is_api(path: str) -> bool:
    """Whether a path is one of the API, whose problems are JSON."""
    return path == "/healthz" or path.startswith("/api")


def form_token(settings: Settings, asks: Who) -> str:
    """The token in a form, so that no other site can send the form."""
    return signature(settings.secret, "form", asks.cookie or "")


@define
class Guard:
    """The desk behind its checks; `respond` writes a problem in the format of the path."""

    app: App
    settings: Settings
    respond: Respond
    hosts: frozenset[str] = field(init=False)
    public_host: str | None = field(init=False)
    sessions: Sessions | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Compute the set of our hosts."""
        port, public = self.settings.port, self.settings.public_url
        own = {f"{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]")}
        if port == 80:
            own |= {"localhost", "127.0.0.1", "[::1]"}
        self.public_host = None
        if public:
            parts = urlsplit(public)
            self.public_host = parts.netloc.lower().removesuffix(":443")
            own |= {self.public_host, f"{self.public_host}:443"} if parts.port in (None, 443) else {self.public_host}
        self.hosts = frozenset(own)
        attempts = Attempts(self.settings.attempts)
        tokens = self.settings.tokens
        self.sessions = None if tokens is None else Sessions(self.settings.secret, Tokens(tokens), attempts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or refuse a request; log it without its content."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        began = clock.stopwatch()
        sender = _Sender(scope, send)
        inner = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        try:
            scope[_KEY] = Who()
            self._check_host(scope)
            self._check_origin(scope)
            await self._check_who(scope)
            inner[_KEY] = who(scope)
            await self.app(inner, receive, sender)
        except Problem as problem:
            await self.respond(scope, receive, sender, problem)
        except Exception as error:  # an internal error must not end the worker; it is logged with its place
            log_fault(error)
            if not sender.status:
                await _respond_plainly(sender)
        finally:
            milliseconds = round((clock.stopwatch() - began) * 1000)
            log(f"{scope['method']} {inner.get(TEMPLATE) or _NO_TEMPLATE} {sender.status} {milliseconds} ms")

    def _check_host(self, scope: Scope) -> None:
        hosts = [value for key, value in scope["headers"] if key == b"host"]
        if len(hosts) != 1 or hosts[0].decode("latin-1").lower() not in self.hosts:
            raise Problem(400, Message("the Host is not one of this desk"))

    def _check_origin(self, scope: Scope) -> None:
        if scope["method"] in ("GET", "HEAD", "OPTIONS"):
            return
        host, origin = (header(scope, b"host") or "").lower(), header(scope, b"origin")
        is_public = self.public_host is not None and host.removesuffix(":443") == self.public_host
        own = f"https://{self.public_host}" if is_public else f"http://{host}"
        if origin is not None and origin.lower().removesuffix(":443" if is_public else "\0") != own:
            raise Problem(403, Message("the Origin is not this desk"))
        if header(scope, b"sec-fetch-site") in ("cross-site", "same-site"):
            raise Problem(403, Message("the request comes from another site"))

    async def _check_who(self, scope: Scope) -> None:
        path = scope["path"]
        if self.sessions is None:
            return
        cookie = cookie_of(scope)
        name = None if cookie is None else self._session(cookie)
        if path in _OPEN or path.startswith(STATIC):
            scope[_KEY] = Who(name=name, cookie=cookie if name else None)
            return
        given = header(scope, b"authorization")
        if given is not None:
            scope[_KEY] = Who(name=self.name_of_bearer(given, scope))
        elif name is not None and (not is_api(path) or scope["method"] in ("GET", "HEAD")):
            scope[_KEY] = Who(name=name, cookie=cookie)
        elif is_api(path):
            raise Problem(401, Message("this desk wants a token"), headers={"WWW-Authenticate": "Bearer"})
        else:
            raise _to_login(scope)

    def _session(self, cookie: str) -> str | None:
        assert self.sessions is not None
        try:
            return self.sessions.name_of(cookie, clock.epoch_seconds())
        except ValueError:
            return None

    def name_of_bearer(self, authorization: str, scope: Scope) -> str:
        """The name of the token in an Authorization header; a Problem where it is wrong."""
        scheme, _, token = authorization.partition(" ")
        return self.name_of_token(token.strip() if scheme.lower() == "bearer" else "", scope)

    def name_of_token(self, token: str, scope: Scope) -> str:
        """The name of a token; a Problem where it is wrong, or after too many wrong ones."""
        assert self.sessions is not None
        name = self.sessions.tokens.name_of(token)
        if name is not None:
            return name
        address = scope["client"][0] if scope.get("client") else ""
        wait = self.sessions.attempts.wait_after_wrong(address, clock.epoch_seconds())
        if wait is not None:
            raise Problem(
                429,
                Message("too many wrong tokens: wait {seconds} s", seconds=wait),
                headers={"Retry-After": str(wait)},
            )
        raise Problem(401, Message("the token is wrong"), headers={"WWW-Authenticate": "Bearer"})


def cookie_of(scope: Scope) -> str | None:
    """The session's cookie, if the browser sent one."""
    for part in (header(scope, b"cookie") or "").replace(",", ";").split(";"):
        name, _, value = part.strip().partition("=")
        if name == SESSION and value:
            return value
    return None


class ToLogin(Problem):
    """Raised where a page needs a login first, with the address of the login."""


def _to_login(scope: Scope) -> ToLogin:
    query = scope["query_string"].decode("latin-1")
    place = quote(scope["path"]) + (f"?{query}" if query else "")
    wanted = place if scope["method"] in ("GET", "HEAD") else f"/{language_of(scope)}/"
    return ToLogin(303, NOTHING, headers={"Location": f"/{language_of(scope)}/login?next={quote(wanted, safe='')}"})


class _Sender:
    """Sends a response with the common headers, without its body for a HEAD request."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._path, self._is_head, self._send = scope["path"], scope["method"] == "HEAD", send
        self.status = 0

    async def __call__(self, message: Sent) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            given = {key.lower() for key, _ in message["headers"]}
            own = [pair for pair in headers_of(self._path) if pair[0] not in given]
            message = {**message, "headers": [*message["headers"], *own]}
        elif self._is_head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)


async def _respond_plainly(send: Send) -> None:
    """Respond that there was an internal error, with as little code as possible."""
    body = Problem(500, Message("a fault of ours; it has been logged")).body("en")
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": body})
