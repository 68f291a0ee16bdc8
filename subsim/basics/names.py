"""The characters that a text and a name may have, one rule for all readers, and how the others are shown.

A name is the id of a member or a subscription, a package or an item. It is kept exactly as it is written, or refused,
so that two names that are written differently never become one.
"""

import unicodedata

from subsim.basics.expressions import Expression
from subsim.basics.texts import Message

UNFIT = Expression("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""A character that no text may have: it cannot be printed, or not in every format."""
_HIDDEN = Expression("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufff9-\ufffb]")
"""A character that is not seen, or that changes the order in which others are."""
_NOT_VISIBLE = Expression(f"{UNFIT.pattern[:-1]}{_HIDDEN.pattern[1:]}")


def checked_text(text: str) -> str:
    """A sentence, its lines and runs of spaces made single spaces; ValueError where it is empty or unfit."""
    words = " ".join(text.split())
    if not words:
        raise ValueError(Message("there is nothing in it"))
    return _fit(words)


def checked_name(text: str) -> str:
    """The name as it is written; ValueError where it is empty, unfit, or its white space could be overlooked."""
    if text.isalnum():
        return text
    _fit(text)
    for character in text:
        if character.isspace() and character != " ":
            raise ValueError(Message("it has the white space {code}", code=code_of(character)))
    if not text.strip():
        raise ValueError(Message("there is nothing in it"))
    if text != " ".join(text.split()):
        raise ValueError(Message("it has spaces too many"))
    return text


def code_of(character: str) -> str:
    """The code point of a character: `U+00A0`."""
    return f"U+{ord(character):04X}"


def unfit(character: str) -> Message:
    """The message about a character that no text may have."""
    return Message("found the character {code}, expected text that can be read", code=code_of(character))


def visible(text: str) -> str:
    """The text for a page, with code points for characters that are invisible, control a terminal or change direction.

    Line breaks and tabs stay.
    """
    return _NOT_VISIBLE.compiled.sub(lambda found: f"[{code_of(found[0])}]", text)


def same_letters(text: str) -> str:
    """The text in composed form (NFC); two names with the same one differ in their code points only."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def differing_codes(one: str, other: str) -> tuple[str, str]:
    """The code points of the first character in which two texts differ, in the one and in the other."""
    pairs = zip(f"{one}\0", f"{other}\0", strict=False)
    return next((code_of(its), code_of(others)) for its, others in pairs if its != others)


def _fit(text: str) -> str:
    if found := UNFIT.compiled.search(text):
        raise ValueError(unfit(found[0]))
    return text
