"""The page of the audit: clause by clause what the contract says and what mandatory law gives, by example.

It gives no verdict on a clause, only what the contract and the law give, as read here.
"""

from collections.abc import Iterator

from subsim.answers.audit import Audit, Example, Finding
from subsim.basics.texts import Message
from subsim.pages.blocks import Block, Blocks, Bullets, Column, Paragraph, section, stack
from subsim.pages.headings import heading
from subsim.pages.law.information import information
from subsim.pages.law.provisions import provision_facts
from subsim.pages.law.table import law_cell, law_provisions, law_way_name
from subsim.pages.text import Page
from subsim.terms.readings import Point
from subsim.terms.statutes import Provision
from subsim.terms.terms import Numbers, question_words, reading_words


def audit_page(audit: Audit, page: Page) -> Blocks:
    """The findings by clause, what is not computed, and the contract's contradictions."""
    _ = page.translate
    return stack(
        information(page),
        page.say(
            Message(
                "Every clause of the contract beside which mandatory law, as read here, gives the member more: what "
                "each says, since when, how sure we are, and an example with both answers"
            )
        ),
        *(section(_title(findings, page), _clause(findings, page)) for findings in audit.by_clause.values()),
        section(
            _("What is not computed, or only guidance"),
            Bullets(tuple(_note(each, page) for each in audit.not_computed)),
        ),
        section(
            _("Where the contract contradicts itself or is silent"),
            Bullets(tuple(_contradiction(each, page) for each in audit.contradictions)),
        ),
    )


def _title(findings: list[Finding], page: Page) -> str:
    clause = findings[0].clause
    return f"{heading(clause, page)} ({clause.id})"


def _clause(findings: list[Finding], page: Page) -> Iterator[Block]:
    clause = findings[0].clause
    says = page.words(clause.text(page.language.code, Numbers()))
    yield Paragraph(says, page.words(Message("The contract:")))
    for finding in findings:
        yield Paragraph(_provision(finding.provision, page), page.words(Message("Mandatory law:")))
    for example in dict.fromkeys(finding.example for finding in findings):
        yield from _example(example, page)


def _example(example: Example, page: Page) -> Iterator[Block]:
    way, _ = example.row(), page.translate
    yield Paragraph("; ".join(example.events), page.words(Message("Example, asked on {day}:", day=example.day)))
    yield page.table(
        Column(_("way out"), [law_way_name(way, page)]),
        Column(_("contract"), [law_cell(way.contract, page)]),
        Column(_("law, sure"), [law_cell(way.sure, page)]),
        Column(_("law, arguable"), [law_cell(way.arguable, page)]),
        Column(_("provision"), [law_provisions(way, page)]),
    )


def _provision(provision: Provision, page: Page) -> str:
    says = page.words(provision.text(page.language.code, Numbers()))
    return f"{says} ({provision.id}: {page.words(*provision_facts(provision, page))})"


def _note(provision: Provision, page: Page) -> Paragraph:
    beside = Message("Beside {clauses}.", clauses=", ".join(provision.touches))
    return Paragraph(" ".join([_provision(provision, page), *([page.words(beside)] if provision.touches else [])]))


def _contradiction(point: Point, page: Page) -> Paragraph:
    readings = (page.words(reading_words(point.name, each, Numbers())) for each in point.readings)
    where = f"({', '.join(point.clauses)})"
    return Paragraph(f"{where} {'; '.join(readings)}", page.words(question_words(point.name, Numbers())))
