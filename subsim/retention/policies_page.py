"""The page of a policy, its retention schedule: categories, clauses with their rules, points, omissions."""

from collections.abc import Iterable
from typing import Any

from attrs import NOTHING, fields

from subsim.basics.texts import Message
from subsim.pages.blocks import Blocks, Column, Heading, Table, section, stack
from subsim.pages.text import Page
from subsim.retention.labels import DATA_EVENTS
from subsim.retention.wording import HasTexts, category_name, in_words
from subsim.terms.policies import Category, Derived, Policy, PolicyClause, Rule, Which


def policies_page(policies: Iterable[Policy], page: Page) -> Blocks:
    """The built-in policies, one in each row."""
    _, rows = page.translate, list(policies)
    return stack(
        page.table(
            Column(_("policy"), [each.id for each in rows]),
            page.numbers(_("categories"), [len(each.categories) for each in rows]),
            page.numbers(_("clauses"), [len(each.clauses) for each in rows]),
            page.numbers(_("points"), [len(each.points) for each in rows]),
            Column(_("title"), [each.title.in_language(page.language.code) for each in rows]),
        )
    )


def policies_as_dict(policies: Iterable[Policy]) -> list[dict[str, Any]]:
    """The JSON of several policies."""
    return [policy_as_dict(each) for each in policies]


def policy_page(policy: Policy, page: Page, coverage: dict[str, list[str]] | None = None) -> Blocks:
    """One policy; with coverage, the files that exercise each clause."""
    _ = page.translate
    return stack(
        Heading(policy.title.in_language(page.language.code)),
        section(_("Categories"), _categories(policy, page)),
        section(_("Clauses"), _clauses(policy, page, coverage)),
        section(_("Contested points"), _points(policy, page)),
        section(_("Numbers and settings"), _numbers(policy, page)),
    )


def _clauses(policy: Policy, page: Page, coverage: dict[str, list[str]] | None) -> Table:
    _ = page.translate
    clauses = [(source, clause) for source in policy.sources for clause in source.clauses]
    names = [f"{source.id}.{clause.clause}" for source, clause in clauses]
    rules = [
        "; ".join(map(rule_words, clause.rules))
        if clause.left_out is None
        else page.words(Message("left out: {why}", why=in_words(clause.left_out, page)))
        for _source, clause in clauses
    ]
    says = [in_words(clause.says, page, source.id, policy.all_numbers()) for source, clause in clauses]
    files = [""] * len(names) if coverage is None else [str(len(coverage.get(name, []))) for name in names]
    return page.table(
        Column(_("clause"), names),
        Column(_("scenarios"), files, right=True),
        Column(_("what it says, and its rules"), [f"{say} [{rule}]" for say, rule in zip(says, rules, strict=True)]),
    )


def _points(policy: Policy, page: Page) -> Table:
    _ = page.translate
    points = policy.all_points()
    return page.table(
        Column(_("point"), list(points)),
        Column(_("readings"), [", ".join(point.readings) for point in points.values()]),
        Column(_("standard"), [point.standard for point in points.values()]),
        Column(_("member"), [point.member for point in points.values()]),
        Column(_("operator"), [point.operator for point in points.values()]),
        Column(_("question"), [_question(name, policy, page) for name in points]),
    )


def _numbers(policy: Policy, page: Page) -> Table:
    _ = page.translate
    numbers, settings = policy.all_numbers(), policy.all_settings()
    return page.table(
        Column(_("name"), [*numbers, *settings]),
        Column(_("value"), [*map(str, numbers.values()), *(each or "" for each in settings.values())]),
    )


def _question(point: str, policy: Policy, page: Page) -> str:
    return in_words(policy.all_points()[point].question, page, point.partition(".")[0], policy.all_numbers())


def _categories(policy: Policy, page: Page) -> Table:
    _ = page.translate
    categories = policy.categories.values()
    return page.table(
        Column(_("category"), list(policy.categories)),
        Column(_("name"), [category_name(name, policy, page.language.code) for name in policy.categories]),
        page.names(_("one"), _PER, [each.per for each in categories]),
        Column(_("held from"), [", ".join(_STARTS[fact].text(page) for fact in each.held_from) for each in categories]),
        page.names(_("rests on"), _GROUNDS, [each.basis or each.needed or each.duty for each in categories]),
        Column(_("what it is"), [in_words(each, page) for each in categories]),
    )


_PER: dict[str, Message] = {"person": Message("person"), "record": Message("record")}
_STARTS: dict[str, Message] = {**DATA_EVENTS, "dealing": Message("any dealing")}
_GROUNDS: dict[str, Message] = {
    "consent": Message("consent"),
    "relationship": Message("the relationship"),
    "bookkeeping": Message("bookkeeping"),
}


def rule_words(rule: Rule) -> str:
    """A rule in one line, in the notation of its file."""
    given = [
        f"{each.name}={_value(getattr(rule, each.name))}"
        for each in fields(type(rule))
        if each.default is NOTHING or getattr(rule, each.name) not in (None, (), {}, False, each.default)
    ]
    return " ".join([rule.name, *given])


def _value(value: Any) -> str:
    if isinstance(value, Which | Derived):
        return ",".join(
            f"{each.name}:{_value(getattr(value, each.name))}"
            for each in fields(type(value))
            if getattr(value, each.name)
        )
    if isinstance(value, tuple):
        return ",".join(map(_value, value))
    if isinstance(value, dict):
        return ",".join(f"{name}:{each}" for name, each in value.items())
    return str(value)


def policy_as_dict(policy: Policy, coverage: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """The JSON of a policy: its categories, the clauses of it and its statutes, points, numbers and settings."""
    return {
        "policy": policy.id,
        "title": _words(policy.title),
        "in_force": policy.in_force.isoformat() if policy.in_force else None,
        "agreement": policy.agreement,
        "statutes": [each.id for each in policy.bound],
        "categories": {name: _category_as_dict(each) for name, each in policy.categories.items()},
        "clauses": [
            _clause_as_dict(source.id, clause, coverage) for source in policy.sources for clause in source.clauses
        ],
        "points": {
            name: {
                "question": _words(point.question),
                "readings": {reading: _words(words) for reading, words in point.readings.items()},
                "standard": point.standard,
                "member": point.member,
                "operator": point.operator,
            }
            for name, point in policy.all_points().items()
        },
        "numbers": policy.all_numbers(),
        "settings": policy.all_settings(),
    }


def _category_as_dict(category: Category) -> dict[str, Any]:
    return {
        "en": category.en,
        "da": category.da,
        **({"sv": category.sv} if category.sv else {}),
        "held_from": list(category.held_from),
        "per": category.per,
        "basis": category.basis,
        "purpose": category.purpose,
        "duty": category.duty,
        "role": category.role,
        "needed": category.needed,
    }


def _clause_as_dict(source: str, clause: PolicyClause, coverage: dict[str, list[str]] | None) -> dict[str, Any]:
    place, name = clause.place, f"{source}.{clause.clause}"
    return {
        "clause": name,
        "heading": place.heading,
        "paragraph": place.paragraph,
        "lines": [*([place.line] if place.line else []), *place.lines],
        "says": _words(clause.says),
        "rules": [rule_words(rule) for rule in clause.rules],
        "left_out": _words(clause.left_out) if clause.left_out else None,
        **({} if coverage is None else {"scenarios": coverage.get(name, [])}),
    }


def _words(wording: HasTexts) -> dict[str, str]:
    return {code: words for code in ("en", "da", "sv") if (words := getattr(wording, code))}
