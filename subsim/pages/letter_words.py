"""The text of a letter to a member, where nothing is in doubt."""

import re
from collections.abc import Iterable, Iterator

from subsim.answers.can_cancel import WayOut
from subsim.answers.explanation import paragraph
from subsim.answers.in_doubt.words import assumed_words
from subsim.answers.letter import Letter
from subsim.answers.letter_check import Check
from subsim.basics.dates import Day, days_after
from subsim.basics.enumerations import Route
from subsim.basics.texts import Message, Plural
from subsim.engine.labels import END_REASONS, ROUTES
from subsim.engine.ways import WAYS
from subsim.membership.ways import OPERATOR
from subsim.pages.answer import cost, cost_of
from subsim.pages.blocks import Block, Bullets, Code, Heading, Lines, Paragraph
from subsim.pages.headings import heading, under_headings
from subsim.pages.in_doubt import for_member
from subsim.pages.law.information import information_for_member
from subsim.pages.law.sentence import law_for_member
from subsim.pages.text import Page
from subsim.terms.clauses import CLAUSES
from subsim.terms.readings import as_choices
from subsim.terms.terms import EMAIL, NUMBERS, PHONE, TERMS_OF, Numbers, as_values, question_words, reading_words


def plain_letter(letter: Letter, page: Page) -> Iterator[Block]:
    """The letter without its title."""
    _ = page.translate
    yield from heading_of(letter, page)
    yield Paragraph(sentences(answer_words(letter), page), page.words(lead(letter)))
    yield from paragraph_of(last_day_words(letter), page)
    yield from paragraph_of(money_words(letter), page)
    if letter.others:
        yield Heading(_("Other ways out"))
        yield Bullets(tuple(other_way(way, page) for way in letter.others))
    if letter.answer.clauses:
        yield Heading(_("Why"))
        yield Paragraph(reason_words(letter, page))
        yield Paragraph(_("These are the clauses, in our own words; the terms themselves decide:"))
        yield Bullets(tuple(clauses_of(letter, page)))
    if law := law_for_member(letter.answer, page):
        yield Heading(_("What the law says"))
        yield Paragraph(sentences([*law, *information_for_member()], page))
    yield Heading(_("How we read the terms"))
    yield from readings_of(letter, page)
    yield from end_of_letter(letter.check, page)


def heading_of(letter: Letter, page: Page) -> Iterator[Block]:
    """Who and what the letter is about, and the salutation."""
    yield Lines(tuple(page.words(part) for part in _about(letter)))
    dear = Message("Dear member,") if letter.name is None else Message("Dear {name},", name=letter.name)
    yield Paragraph(page.words(dear))
    yield Paragraph(sentences([Message("Thank you for your question about leaving us")], page))


def end_of_letter(check: Check, page: Page) -> Iterator[Block]:
    """How to reach Kabelplus, the greeting, and the check line."""
    _ = page.translate
    reach = Message("You can reach us by e-mail at {email} and by phone on {phone}", email=EMAIL, phone=PHONE)
    yield Paragraph(sentences([reach], page))
    yield Lines((_("Kind regards,"), "Kabelplus"))
    yield Code(_("With this line Kabelplus can check what the letter rests on:"), check.line)


def reason_words(letter: Letter, page: Page) -> str:
    """The arithmetic of the answer."""
    return sentences([Message("It is reckoned like this: {reason}", reason=page.words(letter.answer.because))], page)


def sentences(parts: Iterable[Message], page: Page) -> str:
    """The parts as sentences, each with its full stop."""
    return " ".join(_stopped(page.words(part)) for part in parts)


def _stopped(sentence: str) -> str:
    """The sentence with its full stop; the one of `kr.` counts."""
    return sentence if sentence.endswith(".") else f"{sentence}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def paragraph_of(parts: Iterable[Message], page: Page) -> Iterator[Paragraph]:
    """The parts as a paragraph; none without parts."""
    if text := sentences(parts, page):
        yield Paragraph(text)


_AS_IT_IS = "{text}"
"""The template of a text that no language changes."""


def _about(letter: Letter) -> Iterator[Message]:
    yield Message("Answer as of {day}", day=letter.order.date)
    if who := [text for text in (letter.name, *letter.contact) if text]:
        yield Message(_AS_IT_IS, text=", ".join(who))
    if letter.member_id is not None:
        yield Message("Member {id}", id=letter.member_id)
    if letter.package is None:
        yield Message("Subscription {id}", id=letter.order.subscription)
    elif letter.several:
        yield Message("Subscription {id}, package {package}", id=letter.order.subscription, package=letter.package)
    else:
        yield Message("Package {package}", package=letter.package)


def lead(letter: Letter) -> Message:
    """The beginning of the answer, in bold."""
    if letter.taken is not None:
        return WAYS[letter.taken.route].lead
    if letter.exits.standing is not None:
        operators_own = letter.exits.standing.route == OPERATOR
        return (
            Message("We have terminated your subscription.")
            if operators_own
            else Message("You have given notice already.")
        )
    if letter.answer.state is None:
        return Message("No, you have no such subscription.")
    return Message("Your subscription has ended already.") if letter.ended_on else Message("No, you cannot cancel yet.")


def answer_words(letter: Letter) -> Iterator[Message]:
    """The end and its cost: by a notice today, by one in force, or by the first possible one."""
    day, taken, in_force = letter.order.date, letter.taken, letter.exits.standing
    if taken is not None and taken.ends_on is not None:
        yield _end_of_notice(taken.route, day, taken.ends_on)
        yield _cost(taken.route, taken.refund, taken.still_to_pay)
    elif in_force is not None:
        yield Message("Your subscription ends on {end}; your last day with access is {last}", **_end(in_force.ends_on))
        yield _cost(in_force.route, None, in_force.still_to_pay)
    elif letter.ended_on is not None:
        yield Message("It ended on {end}", end=letter.ended_on)
        if letter.end_reason is not None:
            yield Message("The reason: {reason}", reason=END_REASONS[letter.end_reason])
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
    if WAYS[route].is_withdrawal:
        return Message("If we hear from you on {day}, your subscription ends that same day", day=day)
    return Message(
        "If your notice reaches us on {day}, your subscription ends on {end}; your last day with access is {last}",
        day=day,
        **_end(ends_on),
    )


def _cost(route: Route, refund: int | None, still_to_pay: int | None) -> Message:
    match cost_of(route):
        case "nothing":
            return Message("You pay nothing")
        case "paid_back" if refund:
            return Message("We pay you back {amount:kr}", amount=refund)
        case "paid_back":
            return Message("You have paid nothing that we could pay back")
        case "until_end" if still_to_pay:
            return Message("Until then you still have {amount:kr} to pay", amount=still_to_pay)
        case "until_end":
            return Message("You have no further period to pay")


def money_words(letter: Letter) -> Iterator[Message]:
    """The amounts that a credit covers, that fall away and that are due already, with the interest so far."""
    yield from _credit(letter)
    falls_away = letter.advice.falls_away if letter.taken and letter.advice else 0
    if falls_away:
        yield Message("{amount:kr} that you have not paid yet falls away", amount=falls_away)
    account, left = letter.answer.account, letter.exits.arrears - falls_away
    if left > 0:
        yield Message("Apart from that, {amount:kr} is due already and not yet paid", amount=left)
        if account.overdue_since is not None:
            all_of_one_day = left == account.overdue and not account.several_overdue
            fell_due = (
                Message("It fell due on {day}") if all_of_one_day else Message("The oldest of it fell due on {day}")
            )
            yield fell_due.fill(day=account.overdue_since)
    if account.interest and not falls_away:
        yield Message("The interest for late payment so far is {amount:kr}", amount=account.interest)


def _credit(letter: Letter) -> Iterator[Message]:
    """The part of the payments that the credit covers, and what happens to the rest of it."""
    credit = letter.exits.credit
    covered = min(credit, _to_pay(letter))
    if covered and covered == _to_pay(letter):
        yield Message("Your credit of {credit:kr} covers that", credit=credit)
    elif covered:
        left = _to_pay(letter) - covered
        yield Message("Your credit covers {credit:kr} of it, so that you pay {left:kr}", credit=credit, left=left)
    rest = credit - covered
    if rest and (letter.goes_on or not _ends(letter)):
        yield Message("You have {amount:kr} to your credit, which we use for what falls due next", amount=rest)
    elif rest and covered:
        yield Message("What is left of it, {amount:kr}, we pay out to you", amount=rest)
    elif rest and letter.taken is not None:
        yield Message("You have {amount:kr} to your credit, which we pay out to you if you leave", amount=rest)
    elif rest:
        yield Message(
            "You have {amount:kr} to your credit, which nothing that falls due can use up: we pay it out to you",
            amount=rest,
        )


def _ends(letter: Letter) -> bool:
    """Whether the letter is about an end, past or by a notice."""
    return letter.ended_on is not None or letter.exits.standing is not None or letter.taken is not None


def _to_pay(letter: Letter) -> int:
    """What is still to pay before the first end in the letter."""
    if letter.taken is not None:
        return letter.taken.still_to_pay or 0
    if letter.exits.standing is not None:
        return letter.exits.standing.still_to_pay
    return letter.advice.still_to_pay if letter.advice is not None and letter.answer.state not in (None, "ended") else 0


def last_day_words(letter: Letter) -> Iterator[Message]:
    """The last day of notice for the way out that the letter tells of."""
    last = letter.last_day
    if letter.taken is None or last is None:
        return
    if last == letter.order.date:
        yield Message("That is the last day: later it is too late for this end")
    elif WAYS[letter.taken.route].is_withdrawal:
        yield Message("You can withdraw until {last}, if you do not take the service into use before", last=last)
    elif not WAYS[letter.taken.route].has_last_day:
        yield Message("The same holds if your notice reaches us by {last}", last=last)
    else:
        yield Message("To leave in this way, your notice must reach us by {last}", last=last)


def other_way(way: WayOut, page: Page) -> Paragraph:
    """Another way out with its end, its cost and its last day."""
    assert way.ends_on is not None
    parts = [Message("the subscription ends on {end}", end=way.ends_on), cost(way.route, way.refund, way.still_to_pay)]
    if way.give_notice_by is not None:
        parts.append(Message("your notice must reach us by {last}", last=way.give_notice_by))
    name = page.words(ROUTES[way.route])
    return Paragraph(_stopped(page.words(*parts)), f"{_capital(name)}:")


def clauses_of(letter: Letter, page: Page) -> Iterator[Paragraph]:
    """The paragraphs that the answer rests on; those of a bound member only where it is so that he leaves."""
    ids = [id for id in letter.answer.clauses if letter.in_window or not _of_a_bound_member(id)]
    for title, clauses in under_headings(ids, page).items():
        for clause in clauses:
            place = Message("{heading}, paragraph {paragraph}:", heading=title, paragraph=paragraph(clause.id))
            says = clause.text(page.language.code, letter.numbers)
            if clause.id == "prisaendringer.2":
                says = _price_exit(letter)
            yield Paragraph(page.words(says), page.words(place))


def _of_a_bound_member(id: str) -> bool:
    """Whether a paragraph lets only a bound member leave."""
    return id in ("opsigelse.2a", "opsigelse.2b", "opsigelse.2c")


def _price_exit(letter: Letter) -> Message:
    """The right of this member by the clause on price changes, as one bound or free on the day of effect."""
    numbers = letter.numbers
    if letter.in_window:
        return Message(
            "Who does not accept a new price may leave even within the binding: with a notice of at least {notice}, "
            "given within {window} of hearing of the new price.",
            notice=Plural("{n} day", "{n} days", n=numbers.bound_exit_notice_days),
            window=Plural("{n} day", "{n} days", n=numbers.bound_exit_window_days),
        )
    return Message(
        "Who does not accept a new price may leave on the day it takes effect; Kabelplus must have the notice at least "
        "{days} before.",
        days=Plural("{n} day", "{n} days", n=numbers.price_exit_days),
    )


def readings_of(letter: Letter, page: Page) -> Iterator[Block]:
    """The basis of the answer: the terms, the assumptions, and the readings of points that change it."""
    _ = page.translate
    rests_on = Message("This answer rests on the terms of {day}", day=TERMS_OF)
    if letter.terms_since is not None:
        since = letter.terms_since
        rests_on = Message("This answer rests on the terms of {day} as changed on {since}", day=TERMS_OF, since=since)
    yield Paragraph(sentences([rests_on, *_other_numbers(letter, page), *_assumed(letter, page)], page))
    points = list(dict.fromkeys(other.point for other in letter.answer.contested if other.fault is None))
    if points:
        chosen = as_choices(letter.readings)
        yield Paragraph(_("On these points the terms can be read otherwise, with another answer; we read them so:"))
        yield Bullets(
            tuple(
                Paragraph(
                    _as_we_read_it(page.words(reading_words(point, chosen[point], letter.numbers)), page),
                    page.words(question_words(point, letter.numbers)),
                )
                for point in points
            )
        )


_BINDING_ENDS = Message("the end of the binding")
_DAY_OF_EFFECT = Message("the day on which the change takes effect")


def _as_we_read_it(reading: str, page: Page) -> str:
    """A reading for a member: with dates in words, and without the remark after a colon."""
    first, colon, _remark = reading.partition(": ")
    words = reading if colon and " " not in first else first
    words = re.sub(r"\bB\b", page.words(_BINDING_ENDS), words)
    words = re.sub(r"(?<![\w-])e(?![\w-])", page.words(_DAY_OF_EFFECT), words)
    return _stopped(_capital(words))


def _assumed(letter: Letter, page: Page) -> Iterator[Message]:
    """The assumptions on facts in doubt up to the day of the letter."""
    doubts = for_member(each for each in letter.doubts if each.day <= letter.order.date)
    if any(each.assumed is not None for each in doubts):
        yield Message("We have assumed this: {facts}", facts=assumed_words(doubts))


def _other_numbers(letter: Letter, page: Page) -> Iterator[Message]:
    """The numbers that differ from the terms, with their paragraphs."""
    values, usual = as_values(letter.numbers), as_values(Numbers())
    for name, value in values.items():
        if value != usual[name]:
            clause = CLAUSES[NUMBERS[name].clauses[0]]
            yield Message(
                "In {heading}, paragraph {paragraph}, we reckon with {value} in place of {usual}",
                heading=heading(clause, page),
                paragraph=paragraph(clause.id),
                value=value,
                usual=usual[name],
            )
