"""The words of a policy in the reader's language, with its numbers in their places; and in Swedish where it is."""

from collections.abc import Mapping
from typing import Protocol

from subsim.basics.texts import Message
from subsim.pages.text import Page
from subsim.terms.policies import Policy, PolicyClause


class Worded(Protocol):
    """What has words in English and Danish, and in Swedish if the policy is Swedish."""

    @property
    def en(self) -> str:
        """The English words."""

    @property
    def da(self) -> str:
        """The Danish words."""

    @property
    def sv(self) -> str | None:
        """The Swedish words."""


def in_words(words: Worded, page: Page, prefix: str = "", numbers: Mapping[str, int] | None = None) -> str:
    """The words in the language of the page, and in Swedish beside them; numbers of `prefix` in their places."""
    own = filled(words.da if page.language.code == "da" else words.en, prefix, numbers or {})
    if words.sv is None:
        return own
    return page.words(
        Message("{words} (Swedish: {swedish})", words=own, swedish=filled(words.sv, prefix, numbers or {}))
    )


def sentence_of(clause: str, policy: Policy, page: Page, numbers: Mapping[str, int]) -> str:
    """The paraphrase of a clause by its prefixed id."""
    return in_words(clause_of(clause, policy).says, page, clause.partition(".")[0], numbers)


def clause_of(clause: str, policy: Policy) -> PolicyClause:
    """The clause of a policy, or of one of its statutes, by its prefixed id."""
    prefix, _, name = clause.partition(".")
    source = next(each for each in policy.sources if each.id == prefix)
    return next(each for each in source.clauses if each.clause == name)


def filled(text: str, prefix: str, numbers: Mapping[str, int]) -> str:
    """A text with the numbers of the source with this prefix, as they are chosen."""
    for name, value in numbers.items():
        if name.startswith(f"{prefix}."):
            text = text.replace("{" + name.removeprefix(f"{prefix}.") + "}", str(value))
    return text
