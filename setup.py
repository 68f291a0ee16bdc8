"""Builds the package: the Danish catalogue is compiled, and the scenarios are put into the package.

mypyc compiles the replay where SUBSIM_COMPILE=1 is set; it needs mypy, setuptools and a C compiler: see
docs/portfolio.md.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from setuptools import setup
from setuptools.command.build_py import build_py

_CATALOGUE = Path("subsim/locale/da/LC_MESSAGES/subsim.po")
COMPILED = (
    "subsim/basics/dates.py",
    "subsim/basics/money.py",
    "subsim/basics/texts.py",
    *sorted(
        str(path)
        for path in Path("subsim/membership").glob("[!_]*.py")
        if path.stem not in ("events", "data_events", "facts")
    ),
    *(str(path) for room in ("rules", "engine") for path in sorted(Path("subsim", room).glob("[!_]*.py"))),
    *(f"subsim/portfolio/{name}.py" for name in ("member_columns", "plain_lines", "replays")),
)
"""The modules that each member of a portfolio runs through, but for the values that attrs makes, which gain nothing."""


def extensions() -> list[Any]:
    """The compiled modules, none unless they are asked for."""
    if os.environ.get("SUBSIM_COMPILE") != "1":
        return []
    try:
        from mypyc.build import mypycify
    except ModuleNotFoundError:
        sys.exit(
            "SUBSIM_COMPILE=1 needs the extra `compile` beside it, and pip's --no-build-isolation: docs/portfolio.md"
        )
    return list(mypycify([*COMPILED]))


class BuildWithCatalogue(build_py):
    """The package's files, among them the compiled catalogue of messages and the scenarios that `conformance` asks.

    An editable package has the catalogue in its sources.
    """

    def run(self) -> None:
        """Copy the sources and the scenarios, and compile the catalogue to where the package will find it."""
        super().run()
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        compiled = _CATALOGUE.with_suffix(".mo")
        target = compiled if self.editable_mode else Path(self.build_lib) / compiled
        target.parent.mkdir(parents=True, exist_ok=True)
        with _CATALOGUE.open("rb") as source, target.open("wb") as file:
            write_mo(file, read_po(source, locale="da"))
        if not self.editable_mode:  # an editable one finds them beside it
            shutil.copytree("scenarios", Path(self.build_lib, "subsim", "scenarios"), dirs_exist_ok=True)


if __name__ == "__main__":
    setup(ext_modules=extensions(), cmdclass={"build_py": BuildWithCatalogue})
