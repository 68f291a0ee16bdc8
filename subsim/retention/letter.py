"""The letter to the person: what is held, until when or by which criterion, and what became of each request."""

from collections.abc import Iterator
from itertools import groupby

from subsim.basics.texts import Message
from subsim.pages.text import Page
from subsim.retention.labels import RIGHTS
from subsim.retention.page import effect_words
from subsim.retention.report import Asked, Held, Retention
from subsim.terms.policies import CategoryName, Policy, PolicyClause


def letter(found: Retention, policy: Policy, page: Page) -> str:
    """The letter in Markdown, in the page's language; it gives no date that no rule gives (article 15(1)(d))."""
    text = "\n\n".join(_blocks(found, policy, page))
    return text.replace("\N{NO-BREAK SPACE}", " ") + "\n"


def _blocks(found: Retention, policy: Policy, page: Page) -> Iterator[str]:
    _ = page.translate
    yield f"# {_('What we hold about you')}"
    yield (
        page.words(
            Message(
                "Answer as of {day}, by {policy}", day=found.date, policy=policy.title.in_language(page.language.code)
            )
        )
        + "."
    )
    there = [each for each in found.holdings if each.disposed_on is None]
    if not there:
        yield _("We hold no data about you.")
    for category, several in groupby(sorted(there, key=lambda each: list(policy.categories).index(_name(each))), _name):
        words = policy.categories[category]
        name = {"en": words.en, "da": words.da}.get(page.language.code, words.en)
        yield "\n".join([f"**{_capital(name)}**", *_lines(list(several), policy, page)])
    for asked in found.requests:
        yield "\n".join(_request(asked, policy, page))
    clauses = list(_clauses(found, policy, page))
    if clauses:
        yield f"## {_('The sentences behind it')}"
        yield "\n".join(clauses)


def _lines(holdings: list[Held], policy: Policy, page: Page) -> Iterator[str]:
    for said, several in groupby(holdings, key=lambda each: page.words(*_until(each, policy, page))):
        count = len(list(several))
        yield f"- {_capital(said)}{f' ({count})' if count > 1 else ''}."


def _until(held: Held, policy: Policy, page: Page) -> Iterator[Message]:
    """Until when the data are held, or by what that is decided."""
    if held.inactive_on is not None:
        yield Message("inactive from {day}", day=held.inactive_on)
    if held.use_ends_on is not None:
        yield Message("no longer used from {day}", day=held.use_ends_on)
    if held.restricted_from is not None:
        yield Message("only stored from {day}, until your request is answered", day=held.restricted_from)
    if held.dispose_by is not None:
        yield Message("to be erased or made anonymous by {day} at the latest", day=held.dispose_by)
    elif held.not_before is not None:
        yield Message("to go with the first yearly clean-up on or after {day}", day=held.not_before)
    elif held.status == "on_hold":
        yield Message("kept while a dispute or hold lasts")
    elif held.status == "unclear" or held.clause is not None:
        yield Message("no day can be named: {sentence}", sentence=_sentence(held.clause, policy, page))
    elif policy.categories[_name(held)].needed:
        yield Message("kept while we have an agreement with you")
    else:
        yield Message("kept as long as it is needed; no period has begun yet")
    for each in held.kept_longer:
        if each.until is not None:
            yield Message(
                "kept until {day}, because {sentence}", day=each.until, sentence=_sentence(each.clause, policy, page)
            )


def _request(asked: Asked, policy: Policy, page: Page) -> Iterator[str]:
    right = page.words(RIGHTS[asked.right])
    yield "**" + page.words(Message("Your request of {day}: {right}", day=asked.received_on, right=right)) + "**"
    if asked.withdrawn_on is not None:
        yield "- " + page.words(Message("You took it back on {day}", day=asked.withdrawn_on)) + "."
    elif asked.answered_on is not None:
        yield "- " + page.words(Message("We answered it on {day}", day=asked.answered_on)) + "."
    elif asked.answer_by is not None:
        yield "- " + page.words(Message("We answer it by {day}", day=asked.answer_by)) + "."
    else:
        yield "- " + page.words(Message("No day can be named for our answer yet")) + "."
    for effect in asked.outcomes:
        words = policy.categories[_category(effect.category)]
        name = words.da if page.language.code == "da" else words.en
        yield f"- {_capital(name)}: {page.words(effect_words(effect))}."


def _clauses(found: Retention, policy: Policy, page: Page) -> Iterator[str]:
    named = dict.fromkeys(
        clause
        for each in found.holdings
        for clause in (each.clause, each.moved_by, *(kept.clause for kept in each.kept_longer))
        if clause
    )
    for asked in found.requests:
        named |= dict.fromkeys(clause for clause in (asked.policy_clause, asked.statute_clause) if clause)
    for clause in named:
        text = _clause(clause, policy)
        swedish = f" [sv] {fill(text.says.sv, clause, policy)}" if text.says.sv else ""
        yield f"- {clause}, {text.place.heading}: {_sentence(clause, policy, page)}{swedish}"


def _sentence(clause: str | None, policy: Policy, page: Page) -> str:
    """The paraphrase of a clause with its numbers."""
    if clause is None:
        return ""
    return fill(_clause(clause, policy).says.in_language(page.language.code), clause, policy)


def fill(text: str, clause: str, policy: Policy) -> str:
    """A paraphrase with the numbers of its policy in their places."""
    prefix = clause.split(".")[0]
    for name, value in policy.all_numbers().items():
        if name.startswith(f"{prefix}."):
            text = text.replace("{" + name.removeprefix(f"{prefix}.") + "}", str(value))
    return text


def _clause(clause: str, policy: Policy) -> PolicyClause:
    prefix, _, name = clause.partition(".")
    source = next(each for each in policy.sources if each.id == prefix)
    return next(each for each in source.clauses if each.clause == name)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _category(name: str) -> CategoryName:
    return CategoryName(name)


def _name(held: Held) -> CategoryName:
    return CategoryName(held.category)
