"""The page of `run`: the cases that do not hold, a row for each folder, and all in one line."""

import os
from collections.abc import Sequence
from typing import Any

from subsim.basics.texts import Message, Plural, join_words
from subsim.checks.check import CaseResult
from subsim.checks.expectations import Mismatch
from subsim.checks.run import Tally, tally
from subsim.pages.blocks import Blocks, Column, Definition, Definitions, Paragraph, Section, Table, stack
from subsim.pages.text import Page


def run_page(cases: Sequence[CaseResult], page: Page) -> Blocks:
    """The page of `run`: the cases that do not hold, a row for each of several folders, and one line for all."""
    failed = (_failed(case, page) for case in cases if case.mismatches)
    return stack(*failed, _folders(cases, page), _all_in_one_line(tally(cases), page), _expecting_nothing(cases, page))


def _expecting_nothing(cases: Sequence[CaseResult], page: Page) -> Paragraph | None:
    """The number of cases without any expectation, and their files."""
    idle = [case for case in cases if case.expects_nothing]
    if not idle:
        return None
    files = join_words(dict.fromkeys(case.file for case in idle), "and")
    count = Plural("{n} case expects nothing", "{n} cases expect nothing", n=len(idle))
    return page.say(Message("{count}: {files}", count=count, files=files))


def _failed(case: CaseResult, page: Page) -> Section:
    """A case whose expectations do not all hold: by mismatch what was expected, what was found, and the clause."""
    name = case.file if case.variant is None else f"{case.file} ({case.variant})"
    return Section(name, tuple(_mismatch(each, page) for each in case.mismatches))


def _mismatch(mismatch: Mismatch, page: Page) -> Definitions:
    _ = page.translate
    rows = [
        Definition(_("expected"), (_written(mismatch.expected),)),
        Definition(_("found"), (_written(mismatch.found),)),
    ]
    if mismatch.clause:
        rows.append(Definition(_("clause"), (mismatch.clause,)))
    if mismatch.remark is not None:
        rows.append(Definition(_("remark"), (page.words(mismatch.remark),)))
    return Definitions(tuple(rows), mismatch.path)


def mismatch_line(mismatch: Mismatch) -> str:
    """A mismatch on one line, in English."""
    clause = f" ({mismatch.clause})" if mismatch.clause else ""
    return f"{mismatch.path}: expected {_written(mismatch.expected)}, found {_written(mismatch.found)}{clause}"


def _written(value: Any) -> str:
    """A value in the notation of the file."""
    from json import dumps

    return value if isinstance(value, str) else dumps(value, ensure_ascii=False)


def _folders(cases: Sequence[CaseResult], page: Page) -> Table | None:
    _ = page.translate
    by_folder: dict[str, list[CaseResult]] = {}
    for case in cases:
        by_folder.setdefault(os.path.dirname(case.file) or os.curdir, []).append(case)
    tallies = [tally(its) for its in by_folder.values()]
    if len(by_folder) < 2:
        return None
    return page.table(
        Column(_("folder"), list(by_folder)),
        _counts(_("files"), [each.files for each in tallies]),
        _counts(_("cases"), [each.cases for each in tallies]),
        _counts(_("hold"), [each.passed for each in tallies]),
        _counts(_("do not hold"), [each.failed for each in tallies]),
        _counts(_("cannot be read"), [each.errors for each in tallies]),
    )


def _counts(heading: str, counts: list[int]) -> Column:
    return Column(heading, [str(count) if count else "" for count in counts], right=True)


def _all_in_one_line(tally: Tally, page: Page) -> Paragraph:
    files = Plural("{n} file", "{n} files", n=tally.files)
    cases = Plural("{n} case", "{n} cases", n=tally.cases)
    if tally.passed == tally.cases:
        return page.say(Message("{files}, {cases}: all hold", files=files, cases=cases))
    parts = [
        Plural("{n} holds", "{n} hold", n=tally.passed),
        *([Plural("{n} does not hold", "{n} do not hold", n=tally.failed)] if tally.failed else []),
        *([Message("{n} cannot be read", n=tally.errors)] if tally.errors else []),
    ]
    return Paragraph(f"{page.words(files)}, {page.words(cases)}: {', '.join(map(page.words, parts))}.")
