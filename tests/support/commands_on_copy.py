"""The program of the copies: runs the commands and asks the pages of a desk that standard input names, in its folder.

`tests.support.copies` starts it, so that `subsim` is the copy's. Each result has its `code`, its `output`, and the
`fault` that ended it, None where none did. A page is of a desk on `base.db`, and its code is 0 where it is found.
"""

import asyncio
import json
import sys
from typing import Any

from click.testing import CliRunner
from httpx import ASGITransport, AsyncClient

from subsim.desk.app import app
from subsim.desk.settings import Settings
from subsim.desk.tokens import Attempts
from subsim.exploring.alphabet import ALPHABET
from subsim.exploring.targets import TARGETS
from subsim.shell.commands import main
from tools import reference


def of_command(arguments: list[str]) -> dict[str, Any]:
    """What a command gives, in English where it names no language."""
    language = () if "--lang" in arguments else ("--lang", "en")
    result = CliRunner().invoke(main, [*arguments, *language])
    is_exit = result.exception is None or isinstance(result.exception, SystemExit)
    return {"code": result.exit_code, "output": result.output, "fault": None if is_exit else repr(result.exception)}


async def of_pages(paths: dict[str, str]) -> dict[str, Any]:
    """What the desk answers on each path, asked one after the other."""
    Attempts("attempts.db").make()
    settings = Settings(database="sqlite:///base.db", secret="0" * 64, attempts="attempts.db", allow_edit=True)
    transport = ASGITransport(app=app(settings), raise_app_exceptions=False)
    found = {}
    async with AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", follow_redirects=True) as client:
        for name, path in paths.items():
            response = await client.get(path)
            found[name] = {"code": int(response.status_code != 200), "output": response.text, "fault": None}
    return found


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    results = {name: of_command(arguments) for name, arguments in asked["commands"].items()}
    if asked["pages"]:
        results |= asyncio.run(of_pages(asked["pages"]))
    results["exploration"] = {
        "events": sorted({each.kind.name for each in ALPHABET}),
        "grounds": sorted({str(each.fields["ground"]) for each in ALPHABET if "ground" in each.fields}),
        "targets": [f"{each.kind} {each.name}" for each in TARGETS],
    }
    results["reference"] = {"code": 0, "output": "\n".join(reference.pages().values()), "fault": None}
    json.dump(results, sys.stdout)
