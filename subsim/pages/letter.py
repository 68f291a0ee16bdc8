"""The letter in words, as Markdown and as an HTML page to print, which say the same; and whether it is confirmed."""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Literal, TypeAlias

from attrs import frozen

from subsim.answers.can_cancel import WayOut
from subsim.answers.letter import Letter, Verification
from subsim.basics.dates import Day, days_after
from subsim.basics.enumerations import Route
from subsim.basics.labels import ROUTES
from subsim.basics.languages import language
from subsim.basics.texts import Message, join_words
from subsim.pages.catalogues import letters
from subsim.pages.report import cost, other_choices, other_numbers, under_headings
from subsim.pages.text import Page, stacked, titled
from subsim.terms.readings import POINTS, PROFILES, as_choices
from subsim.terms.terms import TERMS_OF

Form = Literal["markdown", "html"]

_UNBROKEN = 1_000_000
"""The width of a page that breaks no line: one that began with `+` or `1.` would be a list in Markdown."""


@frozen
class _Heading:
    text: str


@frozen
class _Paragraph:
    """Running text; what it opens with in bold may be empty."""

    text: str
    lead: str = ""


@frozen
class _Bullets:
    items: tuple[_Paragraph, ...]


@frozen
class _Lines:
    """Short lines one under the other."""

    lines: tuple[str, ...]


@frozen
class _Check:
    """What the check line is for, and the line as it stands."""

    words: str
    line: str


_Block: TypeAlias = _Heading | _Paragraph | _Bullets | _Lines | _Check


def letter_page(letter: Letter, form: Form) -> str:
    """The letter in its own language, in Markdown or HTML; it ends with a line break."""
    page = Page(language(letter.order.language), _UNBROKEN)
    _ = page.translate
    return _FORMS[form](_("Cancelling your subscription"), list(_blocks(letter, page)), page)


# What the letter says


def _blocks(letter: Letter, page: Page) -> Iterator[_Block]:
    _ = page.translate
    yield _Lines(tuple(page.words(part) for part in _about(letter)))
    yield _Paragraph(_("Dear member,"))
    yield _Paragraph(_sentences([Message("Thank you for your question about leaving us")], page))
    yield _Paragraph(_sentences(_answer(letter), page), page.words(_lead(letter)))
    yield from _paragraph(_last_day(letter), page)
    yield from _paragraph(_open_amounts(letter), page)
    if letter.others:
        yield _Heading(_("Other ways out"))
        yield _Bullets(tuple(_other_way(way, page) for way in letter.others))
    if letter.answer.clauses:
        yield _Heading(_("Why"))
        yield _Paragraph(
            _sentences([Message("It is reckoned like this: {reason}", reason=page.words(letter.answer.because))], page)
        )
        yield _Paragraph(_("These are the clauses, in our own words; the terms themselves decide:"))
        yield _Bullets(tuple(_clauses(letter, page)))
    yield _Heading(_("How we read the terms"))
    yield from _readings(letter, page)
    yield _Lines((_("Kind regards,"), "Kabelplus"))
    yield _Check(_("With this line Kabelplus can check what the letter rests on:"), letter.check.line)


def _sentences(parts: Iterable[Message], page: Page) -> str:
    return " ".join(_stopped(page.words(part)) for part in parts)


def _stopped(sentence: str) -> str:
    """The sentence with its full stop, which that of `kr.` may be."""
    return sentence if sentence.endswith(".") else f"{sentence}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _paragraph(parts: Iterable[Message], page: Page) -> Iterator[_Paragraph]:
    """The parts as a paragraph; none without parts."""
    if text := _sentences(parts, page):
        yield _Paragraph(text)


def _about(letter: Letter) -> Iterator[Message]:
    yield Message("Answer as of {day}", day=letter.order.date)
    if letter.member_id is not None:
        yield Message("Member {id}", id=letter.member_id)
    if letter.package is not None:
        yield Message("Subscription {id}, package {package}", id=letter.order.subscription, package=letter.package)
    else:
        yield Message("Subscription {id}", id=letter.order.subscription)


_LEADS: dict[Route, Message] = {
    "withdrawal": Message("Yes, you can withdraw."),
    "trial": Message("Yes, you can cancel during your free trial."),
    "price_change": Message("Yes, you can cancel because of the price change."),
    "service_change": Message("Yes, you can cancel because of the change of the service."),
    "terms_change": Message("Yes, you can cancel because of the change of the terms."),
    "ordinary": Message("Yes, you can cancel."),
}


def _lead(letter: Letter) -> Message:
    if letter.taken is not None:
        return _LEADS[letter.taken.route]
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


def _other_way(way: WayOut, page: Page) -> _Paragraph:
    assert way.ends_on is not None
    parts = [Message("the subscription ends on {end}", end=way.ends_on), cost(way.route, way.refund, way.still_to_pay)]
    if way.give_notice_by is not None:
        parts.append(Message("your notice must reach us by {last}", last=way.give_notice_by))
    name = page.words(ROUTES[way.route])
    return _Paragraph(_stopped(page.words(*parts)), f"{_capital(name)}:")


def _clauses(letter: Letter, page: Page) -> Iterator[_Paragraph]:
    danish = page.language.code == "da"
    for heading, clauses in under_headings(letter.answer.clauses, page).items():
        for clause in clauses:
            yield _Paragraph(clause.da if danish else clause.en, f"{heading} ({clause.id}):")


def _readings(letter: Letter, page: Page) -> Iterator[_Block]:
    _ = page.translate
    rests_on = Message(
        "This answer rests on the terms of {day}, read by the profile {profile}: {why}",
        day=TERMS_OF,
        profile=letter.profile,
        why=_(PROFILES[letter.profile]),
    )
    yield _Paragraph(
        _sentences([rests_on, *other_choices(letter.profile, letter.readings), *other_numbers(letter.numbers)], page)
    )
    points = [
        POINTS[point]
        for point in dict.fromkeys(other.point for other in letter.answer.contested if other.fault is None)
    ]
    if points:
        chosen = as_choices(letter.readings)
        words = [point.readings[chosen[point.name]] for point in points]
        yield _Paragraph(_("On these points the terms can be read otherwise, with another answer; we read them so:"))
        yield _Bullets(
            tuple(
                _Paragraph(_stopped(_capital(_(word))), _(point.question))
                for point, word in zip(points, words, strict=True)
            )
        )
        if meaning := letters(words, page):
            yield _Paragraph(meaning)


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


def verification_page(found: Verification, page: Page) -> str:
    """The answer of `verify`: confirmed, or what differs."""
    if found.confirmed:
        return page.say(Message("Confirmed: the letter is the one that this timeline gives, word for word"))
    parts = join_words((_PARTS[part] for part in found.parts), "and") if found.parts else None
    return stacked(
        page.say(Message("Not confirmed: the letter is not the one that this timeline gives")),
        page.say(Message("Different since the letter was written: {parts}", parts=parts)) if parts else "",
        *_words_that_differ(found, page),
    )


def _words_that_differ(found: Verification, page: Page) -> Iterator[str]:
    _ = page.translate
    if found.words is not None:
        reads, expected = (words or _("(nothing)") for words in found.words)
        yield titled(_("The letter reads"), page.wrapped(reads, "  "))
        yield titled(_("It should read"), page.wrapped(expected, "  "))


# In two formats


def _markdown(title: str, blocks: list[_Block], page: Page) -> str:
    return stacked(f"# {_escaped(title)}", *map(_markdown_block, blocks)) + "\n"


def _markdown_block(block: _Block) -> str:
    match block:
        case _Heading(text):
            return f"## {_escaped(text)}"
        case _Paragraph():
            return _markdown_paragraph(block)
        case _Bullets(items):
            return "\n".join(f"- {_markdown_paragraph(item)}" for item in items)
        case _Lines(lines):
            return "  \n".join(map(_escaped, lines))
        case _Check(words, line):
            return f"---\n\n{_escaped(words)}\n\n`{line}`"


def _markdown_paragraph(paragraph: _Paragraph) -> str:
    return " ".join(filter(None, (paragraph.lead and f"**{_escaped(paragraph.lead)}**", _escaped(paragraph.text))))


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_<>\[\]#|~])", r"\\\1", text)


_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
@page {{ size: A4; margin: 22mm 20mm }}
:root {{ color-scheme: light }}
body {{ margin: 0; background: #eef1f4; color: #1d2733;
  font: 16px/1.55 "Helvetica Neue", Arial, "DejaVu Sans", sans-serif }}
main {{ box-sizing: border-box; max-width: 46rem; margin: 2rem auto; padding: 3rem 3.5rem; background: #fff;
  box-shadow: 0 1px 4px #1d273326 }}
.sender {{ color: #14567f; font-weight: 700; letter-spacing: .02em }}
h1 {{ margin: .2rem 0 1.2rem; font-size: 1.6rem; line-height: 1.25 }}
h2 {{ margin: 1.8rem 0 .4rem; color: #14567f; font-size: 1.05rem; break-after: avoid }}
p {{ margin: .6rem 0 }}
p.lines {{ margin: 1rem 0 1.4rem }}
ul {{ margin: .4rem 0; padding-left: 1.2rem }}
li {{ margin: .35rem 0; break-inside: avoid }}
footer {{ margin-top: 2rem; padding-top: .8rem; border-top: 1px solid #cdd5dd; color: #566473; font-size: .75rem;
  break-inside: avoid }}
code {{ overflow-wrap: anywhere; font-family: "DejaVu Sans Mono", Consolas, monospace }}
@media print {{
  body {{ background: none; font-size: 10pt; line-height: 1.4 }}
  main {{ max-width: none; margin: 0; padding: 0; box-shadow: none }}
}}
@media (max-width: 40rem) {{ main {{ margin: 0; padding: 1.5rem }} }}
</style>
</head>
<body>
<main>
<div class="sender">Kabelplus</div>
<h1>{title}</h1>

{blocks}
</main>
</body>
</html>
"""


def _html(title: str, blocks: list[_Block], page: Page) -> str:
    body = "\n\n".join(map(_html_block, blocks))
    return _PAGE.format(language=page.language.code, title=escape(title), blocks=body)


def _html_block(block: _Block) -> str:
    match block:
        case _Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case _Paragraph():
            return f"<p>{_html_paragraph(block)}</p>"
        case _Bullets(items):
            return "\n".join(["<ul>", *(f"<li>{_html_paragraph(item)}</li>" for item in items), "</ul>"])
        case _Lines(lines):
            return f'<p class="lines">{"<br>".join(map(escape, lines))}</p>'
        case _Check(words, line):
            return f"<footer>{escape(words)}<br><code>{escape(line)}</code></footer>"


def _html_paragraph(paragraph: _Paragraph) -> str:
    return " ".join(
        filter(None, (paragraph.lead and f"<strong>{escape(paragraph.lead)}</strong>", escape(paragraph.text)))
    )


_FORMS: dict[Form, Callable[[str, list[_Block], Page], str]] = {"markdown": _markdown, "html": _html}
