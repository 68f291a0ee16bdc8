"""The catalogue and the glossary are held to one another, word by word."""

import re
from pathlib import Path

import pytest
from attrs import frozen

from tools.catalogue import catalogue

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
CODE = re.compile(r"\{[^}]*\}|`[^`]*`|\b\w+_\w+\b|--\w+|\b\w+:(?= |$)|subsim( [a-z]+)+|\w+://\S+|\b[a-z]+ is empty")
"""What no message translates: values, words of the format, commands, addresses."""


@frozen
class Pair:
    """The forms of an English word, and those of which its Danish must have one."""

    english: tuple[str, ...]
    danish: tuple[str, ...]

    def is_in(self, text: str) -> bool:
        """Whether the English text has the word."""
        return any(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.IGNORECASE) for word in self.english)

    def is_kept_in(self, text: str) -> bool:
        """Whether the Danish text has one of the forms."""
        return any(form.lower() in text.lower() for form in self.danish)


def pairs() -> list[Pair]:
    """The rows of the glossary."""
    rows = [
        line.strip("|").split("|") for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line[:2] == "| "
    ]
    return [
        Pair(tuple(map(str.strip, row[0].split(","))), tuple(map(str.strip, re.split("[,;]", row[1]))))
        for row in rows[1:]
    ]


def messages() -> list[tuple[str, str]]:
    """Every English message with its Danish, the plural ones in both forms."""
    found = []
    for message in catalogue():
        if isinstance(message.id, str) and message.id:
            found.append((message.id, str(message.string)))
        elif message.id:
            found += list(zip(message.id, message.string or (), strict=True))
    return found


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair.english[0])
def test_a_word_of_the_glossary_has_its_danish_wherever_a_message_has_it(pair: Pair) -> None:
    having = [(english, danish) for english, danish in messages() if pair.is_in(CODE.sub(" ", english))]
    assert [both for both in having if not pair.is_kept_in(both[1])] == []
    assert having != []


FORMER = r"læsning(?<!indlæsning)|omtvist|ve(j|je) ud|udvej|prøvetid|suspender|faktur|klausul|\bpkt\b|krøllet"
FORMER += r"|bortskaf|skal væk|\bfjernes\b|[Pp]ersondata|komme ud"
"""Words that had been used for those of the glossary."""


def test_no_message_has_a_danish_word_that_the_glossary_has_replaced() -> None:
    assert [danish for _, danish in messages() if re.search(FORMER, danish)] == []
