"""The text of a letter where facts are in doubt: what is certain, and what holds under which facts."""

from collections.abc import Callable, Iterator

from attrs import evolve

from subsim.answers.in_doubt.words import rows_words
from subsim.answers.letter import Letter
from subsim.answers.letter_in_doubt import LetterInDoubt
from subsim.answers.worlds import InWorlds
from subsim.basics.texts import Message, join_words
from subsim.pages.blocks import Block, Bullets, Heading, Paragraph
from subsim.pages.in_doubt import capital, for_member, if_words, state_words
from subsim.pages.law.in_doubt import law_in_any_case
from subsim.pages.law.information import information_for_member
from subsim.pages.law.sentence import law_for_member
from subsim.pages.letter_words import (
    answer_words,
    clauses_of,
    end_of_letter,
    heading_of,
    last_day_words,
    lead,
    money_words,
    other_way,
    readings_of,
    reason_words,
    sentences,
)
from subsim.pages.text import Page

_Found = InWorlds[Letter]


def letter_in_doubt(letter: LetterInDoubt, page: Page) -> Iterator[Block]:
    """The letter without its title."""
    _, first = page.translate, letter.first
    found = evolve(letter.found, doubts=for_member(letter.found.doubts))
    yield from heading_of(first if _is_one(found, lambda each: each.package) else evolve(first, package=None), page)
    yield from _certain(letter, page)
    yield from _by_facts(found, lambda each: _answer(each, page), page)
    if unknown := list(_unknown(letter, found, page)):
        yield Heading(_("What we do not know"))
        yield from unknown
    if others := list(_others(found, page)):
        yield Heading(_("Other ways out"))
        yield Bullets(tuple(others))
    yield Heading(_("Why"))
    yield from _by_facts(found, lambda each: Paragraph(reason_words(each, page)), page)
    if clauses := dict.fromkeys(clause for each in found.values() for clause in clauses_of(each, page)):
        yield Paragraph(_("These are the clauses, in our own words; the terms themselves decide:"))
        yield Bullets(tuple(clauses))
    if law := list(_law(found, page)):
        yield Heading(_("What the law says"))
        yield from law
    yield Heading(_("How we read the terms"))
    yield from readings_of(first, page)
    yield from end_of_letter(letter.check, page)


def _law(found: _Found, page: Page) -> Iterator[Block]:
    """The part on the law; what it gives in any case, where it says too much that is different."""
    by_world = [law_for_member(each.answer, page) for each in found.values()]
    if not any(by_world):
        return
    if len({sentences(each, page) for each in by_world}) > _MOST_TEXTS:
        in_any_case = law_in_any_case([each.answer for each in found.values()], page, "letter")
        yield Paragraph(sentences([*in_any_case, _LAW_HANGS, *information_for_member()], page))
        return
    yield from _by_facts(found, lambda each: Paragraph(sentences(law_for_member(each.answer, page), page)), page)
    yield Paragraph(sentences(information_for_member(), page))


_MOST_TEXTS = 4
_LAW_HANGS = Message(
    "What else mandatory law gives you beside our terms hangs on the facts that we do not know: we tell you once we "
    "know them"
)


def _is_one(found: _Found, key: Callable[[Letter], object]) -> bool:
    return len({key(letter) for letter in found.values()}) == 1


def _certain(letter: LetterInDoubt, page: Page) -> Iterator[Paragraph]:
    """What holds in all worlds, where the worlds differ otherwise."""
    cases = letter.answer.cases
    ends = [case.earliest_end for case in cases]
    if len(cases) == 1:
        return
    if None not in ends:
        latest = max(end for end in ends if end is not None)
        in_any_case = Message("In any case you can leave by {day} at the latest", day=latest)
        yield Paragraph(sentences([in_any_case, _HANGS], page))
    else:
        yield Paragraph(sentences([_HANGS], page))


_HANGS = Message("What else holds hangs on facts that we do not know")


def _answer(letter: Letter, page: Page) -> Paragraph:
    """The answer of a world, with its last day and what it costs."""
    parts = [*answer_words(letter), *last_day_words(letter), *money_words(letter)]
    return Paragraph(sentences(parts, page), page.words(lead(letter)))


def _by_facts(found: _Found, paragraph: Callable[[Letter], Paragraph], page: Page) -> Iterator[Block]:
    """A paragraph once where all worlds have it, else each different one with its facts."""
    groups = found.by_key(paragraph)
    if len(groups) == 1:
        yield next(iter(groups))
    else:
        yield Bullets(
            tuple(
                Paragraph(
                    " ".join(filter(None, (text.lead, text.text))),
                    f"{if_words(found.rows(worlds), found.doubts, page)}:",
                )
                for text, worlds in groups.items()
                if text.text
            )
        )


def _unknown(letter: LetterInDoubt, found: _Found, page: Page) -> Iterator[Block]:
    """The facts in doubt up to the day of the letter, and what to tell Kabelplus."""
    known = [doubt for doubt in found.doubts if doubt.day <= letter.order.date and doubt.is_open]
    if not known:
        return
    yield Bullets(
        tuple(
            Paragraph(sentences([state_words(doubt)], page), f"{page.words(capital(doubt.called, page))}:")
            for doubt in known
        )
    )
    names = {doubt.id: doubt.called for doubt in found.doubts}
    facts = [names[id] for id in letter.answer.decisive] or [doubt.called for doubt in known]
    if not _is_one(found, lambda each: (each.answer.gist, sentences(law_for_member(each.answer, page), page))):
        words = join_words(facts, "or" if letter.answer.decisive else "and")
        yield Paragraph(sentences([Message("Please tell us what you know of this: {facts}", facts=words)], page))


def _others(found: _Found, page: Page) -> Iterator[Paragraph]:
    """The other ways out, each with the facts under which it is open."""
    for way, its in found.by_each(lambda each: [other_way(open_way, page) for open_way in each.others]).items():
        rows = found.rows(its)
        if rows == [{}]:
            yield way
        else:
            only = Message("Only if {facts}", facts=rows_words(rows, found.doubts))
            yield evolve(way, text=f"{way.text} {sentences([only], page)}")
