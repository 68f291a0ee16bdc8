"""Words that people write for those of the format: Danish ones, and English ones with another spelling."""

from collections.abc import Collection

from subsim.basics.faults import nearest_word
from subsim.membership.events import EVENTS

WRITTEN = {
    **{name: event.synonyms for name, event in EVENTS.items()},
    "scenario": "scenarie historie",
    "timeline": "tidslinje forløb hændelser begivenheder events",
    "prices": "priser prisliste",
    "member": "medlem kunde",
    "until": "indtil frem_til",
    "expect": "forventet forventning forvent",
    "ask": "spørgsmål spørg",
    "variants": "varianter",
    "readings": "fortolkninger fortolkning",
    "numbers": "tal",
    "date": "dato dag",
    "event": "hændelse begivenhed",
    "subscription": "abonnement",
    "package": "pakke",
    "amount": "beløb",
    "wanted_end": "ønsket_ophør ophør",
    "item": "vare genstand",
    "born": "født fødselsdato",
    "name": "navn",
}
"""By word of the format the words written for it; spaces and hyphens are underscores."""
_BY_WORD = {written: meant for meant, words in WRITTEN.items() for written in words.split()}


def word_meant(word: str, words: Collection[str]) -> str | None:
    """The one of these words of the format that was probably meant, by meaning or spelling."""
    written = "_".join(word.lower().replace("-", " ").split())
    by_sense = _BY_WORD.get(written)
    if by_sense in words:
        return by_sense
    return nearest_word(word, words)
