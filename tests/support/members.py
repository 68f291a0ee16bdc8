"""The commands of a base, in this process: many small ones, each on a base of its own."""

import json
from typing import Any

from attrs import frozen
from click.testing import CliRunner, Result

from subsim.shell.commands import main

_ENGLISH = {"LC_ALL": "", "LC_MESSAGES": "", "LANGUAGE": "", "LANG": "en_GB.UTF-8", "COLUMNS": "100"}


@frozen
class Base:
    """A base at an address, worked on by its commands."""

    address: str

    def run(self, *arguments: object) -> Result:
        """A command of `subsim` on this base."""
        words = [*map(str, arguments), "--database", self.address]
        return CliRunner().invoke(main, words, env=_ENGLISH, catch_exceptions=False)

    def members(self, *arguments: object) -> Result:
        """A command of `subsim members`."""
        return self.run("members", *arguments)

    def json(self, *arguments: object) -> Any:
        """The JSON of a command of `subsim members` that succeeds."""
        result = self.members(*arguments, "--format", "json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)
