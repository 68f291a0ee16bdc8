"""Pages as HTML: blocks as elements, or a whole document to read and print."""

from collections.abc import Iterable
from html import escape as escape_markup

from subsim.basics.names import visible
from subsim.pages.blocks import (
    Block,
    Bullets,
    Code,
    Column,
    Definition,
    Definitions,
    Heading,
    Lines,
    Paragraph,
    Picture,
    Section,
    Table,
)

_LINE_BREAK = "\n"
_NUMBER = ' class="number"'


def escape(text: str) -> str:
    """The text with the special characters of HTML escaped."""
    return escape_markup(visible(text))


def html_of(blocks: Iterable[Block]) -> str:
    """The blocks as elements, a blank line between them; numbers and dates in cells of the class `number`."""
    return "\n\n".join(map(_html, blocks))


def _html(block: Block) -> str:
    match block:
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Paragraph():
            return f"<p>{_paragraph(block)}</p>"
        case Bullets(items):
            return "\n".join(["<ul>", *(f"<li>{_paragraph(item)}</li>" for item in items), "</ul>"])
        case Lines(lines):
            return f'<p class="lines">{"<br>".join(map(escape, lines))}</p>'
        case Table():
            return _table(block)
        case Definitions(rows, title):
            terms = "\n".join(["<dl>", *map(_definition, rows), "</dl>"])
            return f"<p>{escape(title)}</p>\n{terms}" if title else terms
        case Picture(svg, description):
            return f'<figure role="img" aria-label="{escape(description)}">\n{svg}\n</figure>'
        case Code(text, line):
            return f"<footer>{escape(text)}<br><code>{escape(line)}</code></footer>"
        case Section(title, blocks):
            return f"<section>\n<h2>{escape(title)}</h2>\n{html_of(blocks)}\n</section>"


def _paragraph(paragraph: Paragraph) -> str:
    return " ".join(
        filter(None, (paragraph.lead and f"<strong>{escape(paragraph.lead)}</strong>", escape(paragraph.text)))
    )


def _definition(row: Definition) -> str:
    return "\n".join([f"<dt>{escape(row.term)}</dt>", *(f"<dd>{escape(text)}</dd>" for text in row.texts)])


def _table(table: Table) -> str:
    columns = table.filled_columns
    rows = zip(*(column.cells for column in columns), strict=True)
    lines = ["<table>"]
    if any(column.heading for column in columns):
        lines.append(_row("th", columns, [column.heading for column in columns]))
    return "\n".join([*lines, *(_row("td", columns, cells) for cells in rows), "</table>"])


def _row(element: str, columns: Iterable[Column], cells: Iterable[str]) -> str:
    scope = ' scope="col"' if element == "th" else ""
    written = (
        f"<{element}{scope}{_NUMBER if column.right else ''}>{escape(cell).replace(_LINE_BREAK, '<br>')}</{element}>"
        for column, cell in zip(columns, cells, strict=True)
    )
    return f"<tr>{''.join(written)}</tr>"


def document(title: str, language: str, blocks: Iterable[Block]) -> str:
    """A letter of Kabelplus as a whole document, to print on A4; it ends with a line break."""
    return _DOCUMENT.format(language=language, title=escape(title), blocks=html_of(blocks))


_DOCUMENT = """\
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
