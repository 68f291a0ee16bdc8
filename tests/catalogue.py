"""The Danish catalogue beside the messages of the sources: what it lacks, and its compiled form.

`python tests/catalogue.py` adds what is new to the .po file, without Danish, and compiles it.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import subsim
from subsim.readings import POINTS, PROFILES

SOURCES = Path(subsim.__file__).parent
PO = SOURCES / "locale" / "da" / "LC_MESSAGES" / "subsim.po"
MO = PO.with_suffix(".mo")

_HEADER = r"""# The Danish of subsim.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Language: da\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"""

Message = str | tuple[str, ...]
KEYWORDS = {"_": None, "N_": None, "because": None, "said": None, "NN_": (1, 2), "count": (1, 2)}
"""What marks a message in the sources; of two, the second is for several."""


@cache
def messages() -> dict[Message, list[tuple[str, int]]]:
    """Every message that people may read, with the places where it stands."""
    found: dict[Message, list[tuple[str, int]]] = {}
    for file, line, message, _comments, _context in extract_from_dir(SOURCES, [("**.py", "python")], keywords=KEYWORDS):
        found.setdefault(message, []).append((f"subsim/{file}", line))
    for words in (*PROFILES.values(), *_words_of_points()):
        found.setdefault(words, [("subsim/readings.py", 0)])
    return found


def _words_of_points() -> list[str]:
    return [words for point in POINTS.values() for words in (point.question, *point.readings.values())]


@cache
def catalogue() -> Catalog:
    """The catalogue as the .po file has it."""
    with PO.open("rb") as file:
        return read_po(file, locale="da")


def compiled(danish: Catalog) -> bytes:
    """The .mo file of the catalogue."""
    buffer = BytesIO()
    write_mo(buffer, danish)
    return buffer.getvalue()


def _first(message: Message) -> str:
    return message if isinstance(message, str) else message[0]


def _update() -> None:
    old, new = catalogue(), Catalog(locale="da")
    for message in sorted(messages(), key=_first):
        known = old.get(_first(message))
        new.add(message, known.string if known else None)
    buffer = BytesIO()
    write_po(buffer, new, omit_header=True, width=120)
    PO.write_text(f"{_HEADER}\n{buffer.getvalue().decode()}", encoding="utf-8")
    MO.write_bytes(compiled(new))


if __name__ == "__main__":
    _update()
