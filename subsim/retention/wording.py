"""The texts of a policy in the reader's language, with its numbers filled in; also in Swedish if it is Swedish."""

from collections.abc import Mapping
from typing import Protocol

from subsim.basics.languages import Code
from subsim.basics.texts import Message
from subsim.basics.values import frozen
from subsim.pages.text import Page
from subsim.retention.labels import RIGHTS
from subsim.terms.policies import CategoryName, PartName, Policy, PolicyClause, PolicyPoint


class HasTexts(Protocol):
    """A value with texts in English and Danish, and in Swedish if the policy is Swedish."""

    @property
    def en(self) -> str:
        """The English words."""

    @property
    def da(self) -> str:
        """The Danish words."""

    @property
    def sv(self) -> str | None:
        """The Swedish words."""


def in_words(words: HasTexts, page: Page, prefix: str = "", numbers: Mapping[str, int] | None = None) -> str:
    """The text in the language of the page, with the Swedish one beside it; numbers of `prefix` are filled in."""
    own = filled(words.da if page.language.code == "da" else words.en, prefix, numbers or {})
    if words.sv is None:
        return own
    return page.words(
        Message("{words} (Swedish: {swedish})", words=own, swedish=filled(words.sv, prefix, numbers or {}))
    )


@frozen
class Names:
    """The names of the categories, records and choices of a policy for a reader; in English the ids of the file."""

    policy: Policy
    page: Page

    def category(self, id: str) -> str:
        """A category by its label; by its id where it has none."""
        return category_name(id, self.policy, self.page.language.code)

    def record(self, id: str) -> str:
        """The name of a voucher of the replay by its kind; of any other record its id."""
        kind, colon, number = id.partition(":")
        voucher = _VOUCHERS.get(kind) if colon else None
        return id if voucher is None else self.page.words(voucher.fill(number=number))

    def held(self, category: str, ids: list[str]) -> str:
        """Holdings of a category: by their records, where it has one for each of them."""
        name = self.category(category)
        if self.policy.categories[CategoryName(category)].per == "person":
            return name
        return f"{name} {', '.join(map(self.record, ids))}"

    def request(self, id: str) -> str:
        """The id of a request, or its right where the file gives no id."""
        return self.page.words(RIGHTS[id]) if id in RIGHTS and not self._by_ids else id

    def point(self, id: str) -> str:
        """A contested point by its question."""
        if self._by_ids:
            return id
        return in_words(self._points[id].question, self.page, id.partition(".")[0], self._numbers)

    def reading(self, point: str, id: str) -> str:
        """The description of a reading of a contested point."""
        if self._by_ids:
            return id
        return in_words(self._points[point].readings[PartName(id)], self.page, point.partition(".")[0], self._numbers)

    def choice(self, point: str, reading: str) -> str:
        """A reading with its point, in the notation of `--reading`, or as question and answer."""
        if self._by_ids:
            return f"{point}={reading}"
        return f"{self.point(point)} {_capital(self.reading(point, reading))}."

    @property
    def _by_ids(self) -> bool:
        return self.page.language.code == "en"

    @property
    def _points(self) -> dict[str, PolicyPoint]:
        return self.policy.all_points()

    @property
    def _numbers(self) -> dict[str, int]:
        return self.policy.all_numbers()


def category_name(id: str, policy: Policy, code: Code) -> str:
    """The label of a category in a language, or its id where it has none."""
    label = policy.categories[CategoryName(id)].label
    return id if label is None else label.in_language(code)


_VOUCHERS = {
    "invoice": Message("invoice:{number}"),
    "payment": Message("payment:{number}"),
    "refund": Message("refund:{number}"),
}
"""The vouchers that a replay makes, by the first word of their ids."""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def sentence_of(clause: str, policy: Policy, page: Page, numbers: Mapping[str, int]) -> str:
    """The paraphrase of a clause by its prefixed id."""
    return in_words(clause_of(clause, policy).says, page, clause.partition(".")[0], numbers)


def clause_of(clause: str, policy: Policy) -> PolicyClause:
    """The clause of a policy, or of one of its statutes, by its prefixed id."""
    prefix, _, name = clause.partition(".")
    source = next(each for each in policy.sources if each.id == prefix)
    return next(each for each in source.clauses if each.clause == name)


def filled(text: str, prefix: str, numbers: Mapping[str, int]) -> str:
    """A text with the chosen numbers of the source with this prefix filled in."""
    for name, value in numbers.items():
        if name.startswith(f"{prefix}."):
            text = text.replace("{" + name.removeprefix(f"{prefix}.") + "}", str(value))
    return text
