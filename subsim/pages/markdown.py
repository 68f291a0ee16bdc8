"""Pages as Markdown. No line is broken, since a line that began with `+` or `1.` would be a list."""

import re
from base64 import b64encode
from collections.abc import Iterable

from subsim.basics.names import visible
from subsim.pages.blocks import (
    Block,
    Bullets,
    Code,
    Definition,
    Definitions,
    Heading,
    Lines,
    Paragraph,
    Picture,
    Section,
    Table,
)

_NO_BREAK = "\N{NO-BREAK SPACE}"


def markdown_of(title: str, blocks: Iterable[Block]) -> str:
    """The page with its title; it ends with a line break."""
    return f"# {_escaped(title)}\n\n{blocks_as_markdown(blocks)}\n"


def blocks_as_markdown(blocks: Iterable[Block]) -> str:
    """The blocks, a blank line between them."""
    return "\n\n".join(map(_markdown, blocks)).replace(_NO_BREAK, " ")


def _markdown(block: Block) -> str:
    match block:
        case Heading(text):
            return f"## {_escaped(text)}"
        case Paragraph():
            return _paragraph(block)
        case Bullets(items):
            return "\n".join(f"- {_paragraph(item)}" for item in items)
        case Lines(lines):
            return "  \n".join(map(_line, lines))
        case Table():
            return _table(block)
        case Definitions(rows, title):
            terms = "\n".join(map(_definition, rows))
            return f"{_line(title)}\n\n{terms}" if title else terms
        case Picture(svg, description):
            return f"![{_escaped(description)}](data:image/svg+xml;base64,{b64encode(svg.encode()).decode()})"
        case Code(text, line):
            return f"---\n\n{_line(text)}\n\n`{line}`"
        case Section(title, blocks):
            return "\n\n".join([f"## {_escaped(title)}", *map(_markdown, blocks)])


def _paragraph(paragraph: Paragraph) -> str:
    if not paragraph.lead:
        return _line(paragraph.text)
    return " ".join(filter(None, (f"**{_escaped(paragraph.lead)}**", _escaped(paragraph.text))))


def _definition(row: Definition) -> str:
    return f"- **{_escaped(row.term)}**: " + "  \n  ".join((*map(_escaped, row.texts[:1]), *map(_line, row.texts[1:])))


def _table(table: Table) -> str:
    columns = table.filled_columns
    rows = [
        [_escaped(column.heading) for column in columns],
        ["---:" if column.right else "---" for column in columns],
        *(
            ["<br>".join(_escaped(cell).split("\n")) for cell in cells]
            for cells in zip(*(c.cells for c in columns), strict=True)
        ),
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _line(text: str) -> str:
    """The text at the beginning of a line, with an escape where a number or dash would begin a list or a heading."""
    return _OPENING.sub(r"\1\\\2", _escaped(text))


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", visible(text))


_MARKUP = re.compile(r"[\\`*_<>\[\]#|~]|&(?=#?\w+;)|(?<=[a-z]):(?=//)|(?<=\bwww)\.", re.IGNORECASE)
"""The markup of Markdown to escape: signs, names of characters such as `&lt;`, and web addresses."""
_OPENING = re.compile(r"^(\s*\d{0,9})([-+](?=\s|$)|[-=](?=[-=\s]*$)|(?<=\d)[.)](?=\s|$))")
"""The beginnings that make a line a list, or the line before a heading."""
