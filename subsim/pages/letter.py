"""The letter in words, as Markdown and as an HTML page to print, which say the same; and whether it is confirmed."""

from collections.abc import Iterable, Iterator
from typing import Literal

from subsim.answers.can_cancel import WayOut
from subsim.answers.letter import Letter, Verification
from subsim.basics.dates import Day, days_after
from subsim.basics.enumerations import Route
from subsim.basics.languages import language
from subsim.basics.texts import Message, join_words
from subsim.engine.labels import ROUTES
from subsim.engine.ways import WAYS
from subsim.pages.blocks import Block, Blocks, Bullets, Code, Heading, Lines, Paragraph, Section, section, stack
from subsim.pages.catalogues import letters
from subsim.pages.html import document
from subsim.pages.markdown import markdown_of
from subsim.pages.report import cost, other_choices, other_numbers, under_headings
from subsim.pages.text import Page
from subsim.terms.readings import PROFILES, as_choices
from subsim.terms.terms import TERMS_OF, question_words, reading_words

Form = Literal["markdown", "html"]

_UNBROKEN = 1_000_000
"""The width of a page that breaks no line: one that began with `+` or `1.` would be a list in Markdown."""


def letter_page(letter: Letter, form: Form) -> str:
    """The letter in its own language, in Markdown or HTML; it ends with a line break."""
    page = Page(language(letter.order.language), _UNBROKEN)
    _ = page.translate
    title, blocks = _("Cancelling your subscription"), _blocks(letter, page)
    return markdown_of(title, blocks) if form == "markdown" else document(title, page.language.code, blocks)


# What the letter says


def _blocks(letter: Letter, page: Page) -> Iterator[Block]:
    _ = page.translate
    yield Lines(tuple(page.words(part) for part in _about(letter)))
    yield Paragraph(page.words(_greeting(letter)))
    yield Paragraph(_sentences([Message("Thank you for your question about leaving us")], page))
    yield Paragraph(_sentences(_answer(letter), page), page.words(_lead(letter)))
    yield from _paragraph(_last_day(letter), page)
    yield from _paragraph(_open_amounts(letter), page)
    if letter.others:
        yield Heading(_("Other ways out"))
        yield Bullets(tuple(_other_way(way, page) for way in letter.others))
    if letter.answer.clauses:
        yield Heading(_("Why"))
        yield Paragraph(
            _sentences([Message("It is reckoned like this: {reason}", reason=page.words(letter.answer.because))], page)
        )
        yield Paragraph(_("These are the clauses, in our own words; the terms themselves decide:"))
        yield Bullets(tuple(_clauses(letter, page)))
    yield Heading(_("How we read the terms"))
    yield from _readings(letter, page)
    yield Lines((_("Kind regards,"), "Kabelplus"))
    yield Code(_("With this line Kabelplus can check what the letter rests on:"), letter.check.line)


def _sentences(parts: Iterable[Message], page: Page) -> str:
    return " ".join(_stopped(page.words(part)) for part in parts)


def _stopped(sentence: str) -> str:
    """The sentence with its full stop, which that of `kr.` may be."""
    return sentence if sentence.endswith(".") else f"{sentence}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _paragraph(parts: Iterable[Message], page: Page) -> Iterator[Paragraph]:
    """The parts as a paragraph; none without parts."""
    if text := _sentences(parts, page):
        yield Paragraph(text)


def _greeting(letter: Letter) -> Message:
    if letter.person.name is None:
        return Message("Dear member,")
    return Message("Dear {name},", name=letter.person.name)


_AS_IT_IS = "{text}"
"""The template of a text that no language changes."""


def _about(letter: Letter) -> Iterator[Message]:
    yield Message("Answer as of {day}", day=letter.order.date)
    who = [text for text in (letter.person.name, letter.person.email, letter.person.phone) if text]
    if who:
        yield Message(_AS_IT_IS, text=", ".join(who))
    if letter.person.id is not None:
        yield Message("Member {id}", id=letter.person.id)
    if letter.package is not None:
        yield Message("Subscription {id}, package {package}", id=letter.order.subscription, package=letter.package)
    else:
        yield Message("Subscription {id}", id=letter.order.subscription)


def _lead(letter: Letter) -> Message:
    if letter.taken is not None:
        return WAYS[letter.taken.route].lead
    if letter.exits.standing is not None:
        operators_own = letter.exits.standing.route == "operator"
        return (
            Message("We have terminated your subscription.")
            if operators_own
            else Message("You have given notice already.")
        )
    if letter.answer.state is None:
        return Message("No, you have no such subscription.")
    return Message("Your subscription has ended already.") if letter.ended_on else Message("No, you cannot cancel yet.")


def _answer(letter: Letter) -> Iterator[Message]:
    """What happens and what it costs: by a notice of today, by one that stands, or by the first that can be given."""
    day, taken, standing = letter.order.date, letter.taken, letter.exits.standing
    if taken is not None and taken.ends_on is not None:
        yield _end_of_notice(taken.route, day, taken.ends_on)
        yield _cost(taken.route, taken.refund, taken.still_to_pay)
    elif standing is not None:
        yield Message("Your subscription ends on {end}; your last day with access is {last}", **_end(standing.ends_on))
        yield _cost(standing.route, None, standing.still_to_pay)
    elif letter.ended_on is not None:
        yield Message("It ended on {end}", end=letter.ended_on)
    elif letter.answer.state is None:
        yield Message("We know of none by that name on {day}", day=day)
    else:
        yield Message("A notice that reaches us on {day} has no effect", day=day)
        if letter.advice is None:
            yield Message("Nor has one that reaches us by {day}", day=letter.exits.until)
        else:
            first = letter.advice
            yield Message("You can give notice from {day} on", day=first.first)
            yield _end_of_notice(first.route, first.first, first.ends_on)
            yield _cost(first.route, first.refund, first.still_to_pay)


def _end(ends_on: Day) -> dict[str, Day]:
    return {"end": ends_on, "last": days_after(ends_on, -1)}


def _end_of_notice(route: Route, day: Day, ends_on: Day) -> Message:
    if route == "withdrawal":
        return Message("If we hear from you on {day}, your subscription ends that same day", day=day)
    return Message(
        "If your notice reaches us on {day}, your subscription ends on {end}; your last day with access is {last}",
        day=day,
        **_end(ends_on),
    )


def _cost(route: Route, refund: int | None, still_to_pay: int | None) -> Message:
    if route == "trial":
        return Message("You pay nothing")
    if route == "withdrawal":
        if refund:
            return Message("We pay you back {amount:kr}", amount=refund)
        return Message("You have paid nothing that we could pay back")
    if still_to_pay:
        return Message("Until then you still have {amount:kr} to pay", amount=still_to_pay)
    return Message("You have no further period to pay")


def _open_amounts(letter: Letter) -> Iterator[Message]:
    """What is due already, apart from what would fall away; and what lies ready for the next amounts."""
    falls_away = letter.advice.falls_away if letter.taken and letter.advice else 0
    if falls_away:
        yield Message("{amount:kr} that you have not paid yet falls away", amount=falls_away)
    if letter.exits.arrears > falls_away:
        left = letter.exits.arrears - falls_away
        yield Message("Apart from that, {amount:kr} is due already and not yet paid", amount=left)
    if letter.exits.credit:
        yield Message("You have {amount:kr} to your credit, which we use first", amount=letter.exits.credit)


def _last_day(letter: Letter) -> Iterator[Message]:
    last = letter.last_day
    if letter.taken is None or last is None:
        return
    if last == letter.order.date:
        yield Message("That is the last day: later it is too late for this end")
    elif letter.taken.route == "withdrawal":
        yield Message("You can withdraw until {last}, if you do not take the service into use before", last=last)
    elif letter.taken.route == "ordinary":
        yield Message("The same holds if your notice reaches us by {last}", last=last)
    else:
        yield Message("To leave in this way, your notice must reach us by {last}", last=last)


def _other_way(way: WayOut, page: Page) -> Paragraph:
    assert way.ends_on is not None
    parts = [Message("the subscription ends on {end}", end=way.ends_on), cost(way.route, way.refund, way.still_to_pay)]
    if way.give_notice_by is not None:
        parts.append(Message("your notice must reach us by {last}", last=way.give_notice_by))
    name = page.words(ROUTES[way.route])
    return Paragraph(_stopped(page.words(*parts)), f"{_capital(name)}:")


def _clauses(letter: Letter, page: Page) -> Iterator[Paragraph]:
    for heading, clauses in under_headings(letter.answer.clauses, page).items():
        for clause in clauses:
            yield Paragraph(page.words(clause.text(page.language.code, letter.numbers)), f"{heading} ({clause.id}):")


def _readings(letter: Letter, page: Page) -> Iterator[Block]:
    _ = page.translate
    rests_on = Message(
        "This answer rests on the terms of {day}, read by the profile {profile}: {why}",
        day=TERMS_OF,
        profile=letter.profile,
        why=_(PROFILES[letter.profile]),
    )
    yield Paragraph(
        _sentences([rests_on, *other_choices(letter.profile, letter.readings), *other_numbers(letter.numbers)], page)
    )
    points = list(dict.fromkeys(other.point for other in letter.answer.contested if other.fault is None))
    if points:
        chosen = as_choices(letter.readings)
        words = [page.words(reading_words(point, chosen[point], letter.numbers)) for point in points]
        yield Paragraph(_("On these points the terms can be read otherwise, with another answer; we read them so:"))
        yield Bullets(
            tuple(
                Paragraph(_stopped(_capital(word)), page.words(question_words(point, letter.numbers)))
                for point, word in zip(points, words, strict=True)
            )
        )
        if meaning := letters(words, page):
            yield meaning


# Whether it is confirmed

_PARTS = {
    "terms": Message("the terms"),
    "readings": Message("the readings"),
    "numbers": Message("the numbers"),
    "timeline": Message("the timeline"),
    "answer": Message("the answer"),
    "hash": Message("the hash"),
}


def form_of(text: str) -> Form:
    """The format in which a letter is written."""
    return "html" if text.lstrip().lower().startswith("<!doctype html") else "markdown"


def verification_page(found: Verification, page: Page) -> Blocks:
    """The answer of `verify`: confirmed, or what differs."""
    if found.confirmed:
        return stack(page.say(Message("Confirmed: the letter is the one that this timeline gives, word for word")))
    parts = join_words((_PARTS[part] for part in found.parts), "and") if found.parts else None
    return stack(
        page.say(Message("Not confirmed: the letter is not the one that this timeline gives")),
        page.say(Message("Different since the letter was written: {parts}", parts=parts)) if parts else None,
        *_words_that_differ(found, page),
    )


def _words_that_differ(found: Verification, page: Page) -> Iterator[Section | None]:
    _ = page.translate
    if found.words is not None:
        reads, expected = (words or _("(nothing)") for words in found.words)
        yield section(_("The letter reads"), Bullets((Paragraph(reads),)))
        yield section(_("It should read"), Bullets((Paragraph(expected),)))
