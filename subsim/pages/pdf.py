"""Letters as PDF/A: blocks as a document of typst, in which every text is a string, never markup."""

from collections.abc import Iterable

from subsim.basics.dates import Day
from subsim.basics.names import visible
from subsim.pages.blocks import Block, Bullets, Code, Heading, Lines, Paragraph


def pdf_of(title: str, language: str, date: Day, blocks: Iterable[Block]) -> bytes:
    """A letter of Kabelplus of that date on A4 as PDF/A-2b, the same to the byte each time."""
    import typst

    source = _DOCUMENT.format(
        title=_string(title),
        language=_string(language),
        date=f"datetime(year: {date.year}, month: {date.month}, day: {date.day})",
        blocks="\n\n".join(map(_typst, blocks)),
    )
    return bytes(typst.compile(source.encode(), format="pdf", pdf_standards="a-2b", ignore_system_fonts=True))


_DOCUMENT = """\
#set document(title: {title}, author: "Kabelplus", date: {date})
#set page(paper: "a4", margin: (x: 22mm, top: 20mm, bottom: 18mm))
#set text(lang: {language}, font: ("Libertinus Serif", "New Computer Modern"), size: 10pt, hyphenate: false)
#set par(leading: 0.55em, spacing: 0.9em)
#set list(indent: 0.4em, body-indent: 0.6em, spacing: 0.7em)
#let blue = rgb("#14567f")
#show heading: it => block(above: 1.4em, below: 0.7em, text(fill: blue, size: 11pt, it.body))
#text(fill: blue, weight: "bold", "Kabelplus")

#text(size: 16pt, weight: "bold", {title})

{blocks}
"""


def _typst(block: Block) -> str:
    match block:
        case Heading(text):
            return f"#heading(level: 2, {_string(text)})"
        case Paragraph():
            return _paragraph(block)
        case Bullets(items):
            return "\n".join(f"- {_paragraph(item)}" for item in items)
        case Lines(lines):
            return "#linebreak()".join(f"#{_string(line)}" for line in lines)
        case Code(text, line):
            words = f"#line(length: 100%, stroke: 0.5pt + gray)\n#text(size: 7.5pt, {_string(text)})"
            return f"{words}\n\n#text(size: 7pt, raw({_string(line)}))"
    raise TypeError(f"a letter has no {type(block).__name__}")


def _paragraph(paragraph: Paragraph) -> str:
    lead = f"#strong({_string(paragraph.lead)}) " if paragraph.lead else ""
    return f"{lead}#{_string(paragraph.text)}"


def _string(text: str) -> str:
    """A text as a string of typst."""
    text = visible(text)
    escaped = "".join(f"\\u{{{ord(each):x}}}" if each in '\\"' or not each.isprintable() else each for each in text)
    return f'"{escaped}"'
