"""The settings of a desk, the same for all its workers."""

import json
from collections.abc import Mapping
from typing import Any

import attrs
from attrs import frozen

ANSWER_SECONDS = 10.0
"""The most seconds for an answer."""
REQUEST_SECONDS = 30.0
"""The most seconds to receive a request."""
LARGEST_BODY = 1_000_000
"""The most bytes of a body."""
SESSION_HOURS = 12
VARIABLE = "SUBSIM_DESK"
"""The environment variable with the settings as JSON."""


@frozen(kw_only=True)
class Settings:
    """The base, the permissions, and the files shared by all workers.

    `tokens` is the file of tokens, None where everyone may ask. `secret` signs sessions and forms. `attempts` is the
    file in which all workers count wrong tokens.
    """

    database: str
    secret: str
    attempts: str
    allow_edit: bool = False
    tokens: str | None = None
    public_url: str | None = None
    port: int = 8000
    answer_seconds: float = ANSWER_SECONDS
    request_seconds: float = REQUEST_SECONDS

    def to_json(self) -> str:
        """The settings as the workers read them."""
        return json.dumps(attrs.asdict(self))

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Settings":
        """The settings that the parent process has left in the environment."""
        values: dict[str, Any] = json.loads(environment[VARIABLE])
        return cls(**values)
