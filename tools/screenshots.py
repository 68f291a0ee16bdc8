"""Takes the pictures of the desk in docs/pictures again, from the stories: `python -m tools.screenshots`."""

import tempfile
from pathlib import Path

from subsim.base.database import make
from tests.support.browser import browser
from tests.support.command import REPOSITORY
from tests.support.desk import STORIES, served
from tests.support.members import Base

_PICTURES = REPOSITORY / "docs" / "pictures"
_PAGES = {
    "find": "/da/?search=1",
    "answer": "/da/members/10042?date=2020-08-31&subscription=main",
    "effect": "/da/members/10042/what-if?event=give_notice&date=2020-06-10",
}
_WHOLE = ("effect",)
"""The pages that are shown down to their end."""


def main() -> None:
    """Take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        base = Base(f"sqlite:///{Path(folder, 'members.db')}")
        make(base.address).close()
        base.members("import", STORIES)
        with browser() as chrome, served("--database", base.address, "--allow-edit") as desk:
            size = {"width": 900, "height": 800}
            page = chrome.new_context(base_url=desk.address, locale="da-DK", viewport=size).new_page()  # type: ignore[arg-type] # a dict is what Playwright takes
            for name, path in _PAGES.items():
                page.goto(path)
                page.screenshot(path=_PICTURES / f"desk-{name}.png", full_page=name in _WHOLE)


if __name__ == "__main__":
    main()
