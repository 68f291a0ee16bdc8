"""The headers of every response: what a page may load, and no caching."""

from base64 import b64encode
from hashlib import sha256

Header = tuple[bytes, bytes]
STATIC = "/static/"
"""The path of the static files, which may be cached."""


def headers_of(path: str, style: str | None = None) -> list[Header]:
    """The headers of a response at a path; a document with a style of its own names it by its hash."""
    cache = b"public, max-age=3600" if path.startswith(STATIC) else b"no-store"
    return [
        (b"content-security-policy", policy(style).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"same-origin"),
        (b"cache-control", cache),
    ]


def policy(style: str | None = None) -> str:
    """The Content-Security-Policy, for a document with this style between its tags."""
    own = ""
    if style is not None:
        digest = b64encode(sha256(style.encode()).digest()).decode()
        own = f"; style-src 'self' 'sha256-{digest}'"
    return "default-src 'self'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'" + own


def style_of(document: str) -> str | None:
    """The text of the style element of an HTML document; None without one."""
    _, opens, rest = document.partition("<style>")
    return rest.partition("</style>")[0] if opens else None
