"""The letter to the person: the data held, until when or by which criterion, and the result of each request."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from subsim.basics.texts import Message
from subsim.pages.blocks import Block, Bullets, Heading, Lines, Paragraph
from subsim.pages.html import document
from subsim.pages.markdown import markdown_of
from subsim.pages.pdf import pdf_of
from subsim.pages.text import Page
from subsim.retention.labels import RIGHTS
from subsim.retention.page import effect_words
from subsim.retention.report import Asked, Held, Retention
from subsim.retention.wording import clause_of, in_words, sentence_of
from subsim.terms.policies import CategoryName, Policy

_TITLE = Message("What we hold about you")


def letter(found: Retention, policy: Policy, page: Page, form: Literal["markdown", "html"] = "markdown") -> str:
    """The letter in the page's language; it has only dates given by rules (article 15(1)(d))."""
    title, blocks = page.words(_TITLE), letter_blocks(found, policy, page)
    return markdown_of(title, blocks) if form == "markdown" else document(title, page.language.code, blocks)


def letter_pdf(found: Retention, policy: Policy, page: Page) -> bytes:
    """The letter as a PDF/A to print on A4; needs the extra `pdf`."""
    return pdf_of(page.words(_TITLE), page.language.code, found.date, letter_blocks(found, policy, page))


def letter_blocks(found: Retention, policy: Policy, page: Page) -> Iterator[Block]:
    """The letter without its title."""
    _ = page.translate
    title = policy.title.in_language(page.language.code)
    yield Lines((page.words(Message("Answer as of {day}, by {policy}", day=found.date, policy=title)),))
    there = [each for each in found.holdings if each.disposed_on is None]
    if not there:
        yield Paragraph(_("We hold no data about you."))
    order = list(policy.categories)
    for category, several in groupby(sorted(there, key=lambda each: order.index(_name(each))), _name):
        yield Paragraph("", _capital(in_words(policy.categories[category], page)))
        yield Bullets(tuple(_lines(list(several), found, policy, page)))
    for asked in found.requests:
        right = page.words(RIGHTS[asked.right])
        yield Paragraph("", page.words(Message("Your request of {day}: {right}", day=asked.received_on, right=right)))
        yield Bullets(tuple(_request(asked, found, policy, page)))
    named = list(_clauses(found))
    if named:
        yield Heading(_("The sentences behind it"))
        yield Bullets(tuple(_clause_text(clause, found, policy, page) for clause in named))


def _lines(holdings: list[Held], found: Retention, policy: Policy, page: Page) -> Iterator[Paragraph]:
    yield from _counted(Counter(page.words(*_until(each, found, policy, page)) for each in holdings))


def _until(held: Held, found: Retention, policy: Policy, page: Page) -> Iterator[Message]:
    """The day until which the data are held, or the criterion."""
    if held.inactive_on is not None:
        yield Message("inactive from {day}", day=held.inactive_on)
    if held.use_ends_on is not None:
        yield Message("no longer used from {day}", day=held.use_ends_on)
    if held.restricted_from is not None:
        yield Message("only stored from {day}, until your request is answered", day=held.restricted_from)
    if held.dispose_by is not None:
        words = _GOES if held.dispose_by >= found.date else _WAS_TO_GO
        yield words[held.action or "erase"].fill(day=held.dispose_by)
    elif held.not_before is not None:
        yield Message("to go with the first yearly clean-up on or after {day}", day=held.not_before)
    elif held.status == "on_hold":
        yield Message("kept while a dispute or hold lasts")
    elif held.clause is not None:
        sentence = _without_stop(sentence_of(held.clause, policy, page, found.numbers))
        yield Message("no day can be named: {sentence}", sentence=sentence)
    elif policy.categories[_name(held)].needed:
        yield Message("kept while we have an agreement with you")
    else:
        yield Message("kept as long as it is needed; no period has begun yet")
    for each in held.kept_longer:
        if each.until is not None:
            sentence = _without_stop(sentence_of(each.clause, policy, page, found.numbers))
            yield Message("kept until {day}, because {sentence}", day=each.until, sentence=sentence)


_GOES = {
    "erase": Message("to be erased by {day} at the latest"),
    "anonymise": Message("to be made anonymous by {day} at the latest"),
    "erase_or_anonymise": Message("to be erased or made anonymous by {day} at the latest"),
}
_WAS_TO_GO = {
    "erase": Message("was to be erased by {day} at the latest"),
    "anonymise": Message("was to be made anonymous by {day} at the latest"),
    "erase_or_anonymise": Message("was to be erased or made anonymous by {day} at the latest"),
}
"""By action the sentences on a limit to come and on one that has passed."""


def _request(asked: Asked, found: Retention, policy: Policy, page: Page) -> Iterator[Paragraph]:
    if asked.withdrawn_on is not None:
        answer = Message("You took it back on {day}", day=asked.withdrawn_on)
    elif asked.answered_on is not None:
        answer = Message("We answered it on {day}", day=asked.answered_on)
    elif asked.answer_by is not None and asked.answer_by < found.date:
        answer = Message("We were to answer it by {day}", day=asked.answer_by)
    elif asked.answer_by is not None:
        answer = Message("We answer it by {day}", day=asked.answer_by)
    else:
        answer = Message("No day can be named for our answer yet")
    yield _item(page.words(answer))
    counts = Counter(
        f"{in_words(policy.categories[CategoryName(each.category)], page)}: {page.words(effect_words(each))}"
        for each in asked.outcomes
    )
    yield from _counted(counts)


def _counted(counts: dict[str, int]) -> Iterator[Paragraph]:
    """Each sentence once, with its count."""
    for words, count in counts.items():
        yield _item(f"{words} ({count})" if count > 1 else words)


def _clauses(found: Retention) -> Iterator[str]:
    """Every clause on which the letter is based, once, in order of appearance."""
    named = [
        clause
        for each in found.holdings
        for clause in (each.clause, each.moved_by, *(kept.clause for kept in each.kept_longer))
    ]
    named += [clause for asked in found.requests for clause in (asked.policy_clause, asked.statute_clause)]
    yield from dict.fromkeys(clause for clause in named if clause is not None)


def _clause_text(clause: str, found: Retention, policy: Policy, page: Page) -> Paragraph:
    heading = clause_of(clause, policy).place.heading
    return Paragraph(f"{clause}, {heading}: {sentence_of(clause, policy, page, found.numbers)}")


def _item(words: str) -> Paragraph:
    return Paragraph(f"{_capital(_without_stop(words))}.")


def _without_stop(words: str) -> str:
    """The words without a full stop, for use inside a sentence."""
    return words.removesuffix(".")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _name(held: Held) -> CategoryName:
    return CategoryName(held.category)
