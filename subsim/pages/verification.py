"""The page of `verify`."""

from collections.abc import Iterator

from subsim.answers.verification import Verification
from subsim.basics.names import differing_codes, same_letters
from subsim.basics.texts import Message, join_words
from subsim.pages.blocks import Blocks, Bullets, Paragraph, Section, section, stack
from subsim.pages.text import Page

_PARTS = {
    "terms": Message("the terms"),
    "readings": Message("the readings"),
    "numbers": Message("the numbers"),
    "timeline": Message("the timeline"),
    "answer": Message("the answer"),
    "hash": Message("the hash"),
}


def verification_page(found: Verification, page: Page) -> Blocks:
    """The page of `verify`: that the letter is confirmed, or what differs."""
    chosen = _chosen(found)
    asked = page.say(Message("The letter was asked for with {options}", options=chosen)) if chosen else None
    if found.confirmed:
        confirmed = Message("Confirmed: the letter is the one that this timeline gives, word for word")
        return stack(page.say(confirmed), asked)
    parts = join_words((_PARTS[part] for part in found.parts), "and") if found.parts else None
    return stack(
        page.say(Message("Not confirmed: the letter is not the one that this timeline gives")),
        asked,
        page.say(Message("Different since the letter was written: {parts}", parts=parts)) if parts else None,
        *_words_that_differ(found, page),
    )


def _chosen(found: Verification) -> Message | None:
    """The options of the letter that differ from its file."""
    chosen = found.order.choice.to_dict()
    options = [f"--profile {chosen['profile']}"] if chosen["profile"] else []
    for option, name in (("--reading", "readings"), ("--number", "numbers")):
        options += [f"{option} {key}={value}" for key, value in chosen[name].items()]
    options += [f"--assume {id}={value}" for id, value in found.order.assumed.items()]
    return join_words(options, "and") if options else None


def _words_that_differ(found: Verification, page: Page) -> Iterator[Section | Paragraph | None]:
    _ = page.translate
    if found.words is not None:
        reads, expected = (words or _("(nothing)") for words in found.words)
        yield section(_("The letter reads"), Bullets((Paragraph(reads),)))
        yield section(_("It should read"), Bullets((Paragraph(expected),)))
        if same_letters(reads) == same_letters(expected):
            written, right = differing_codes(reads, expected)
            template = Message("Only the code points differ: {written} where {right} should stand")
            yield page.say(template.fill(written=written, right=right))
