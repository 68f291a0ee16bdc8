"""Blocks on the ends that can be reached: the end wanted, and the last day of notice for each end."""

from subsim.answers.can_cancel import Answer, Reach
from subsim.answers.forecast import LastDays
from subsim.basics.dates import days_after
from subsim.basics.texts import NOTHING, Message
from subsim.engine.labels import ROUTES
from subsim.engine.ways import WAYS
from subsim.pages.blocks import Blocks, Lines, Paragraph, section, stack
from subsim.pages.text import Page


def wanted_end_block(answer: Answer, page: Page) -> Paragraph | Lines | None:
    """Whether the end wanted can be reached, by which notice and why; else the nearest ends before and after."""
    wish = answer.wanted_end
    if wish is None:
        return None
    values = {"day": answer.date, "end": wish.wanted, "last": days_after(wish.wanted, -1)}
    if answer.state in (None, "ended"):
        return page.say(Message("Nothing can end on {end}: there is no live subscription", **values))
    if wish.exact is not None:
        why = wish.exact.because
        sentences = [page.say(_EXACT.fill(**values, how=_how(wish.exact, page)))]
        if why != NOTHING:
            sentences.append(page.say(Message("Why: {reason}", reason=why)))
        return Lines(tuple(each.text for each in sentences))
    no = Message("No notice from {day} on gives exactly {end} (last day of service {last})", **values)
    nearest = [
        words.fill(end=reach.ends_on, last=days_after(reach.ends_on, -1), how=_how(reach, page))
        for words, reach in ((_BEFORE, wish.before), (_AFTER, wish.after))
        if reach is not None
    ]
    return Lines(tuple(page.say(each).text for each in (no, *nearest)))


_EXACT = Message("An end on exactly {end} (last day of service {last}) can be reached {how}")
_BEFORE = Message("The nearest end before it is {end} (last day of service {last}), {how}")
_AFTER = Message("The nearest end after it is {end} (last day of service {last}), {how}")


def _how(reach: Reach, page: Page) -> Message:
    """The way, and the last day of notice."""
    way = page.words(ROUTES[reach.route])
    if reach.give_notice_by is None:
        return Message("which stands already ({way})", way=way)
    if WAYS[reach.route].is_withdrawal:
        return Message("by a withdrawal received on {day}", day=reach.give_notice_by)
    return Message("by a notice received by {day} ({way})", way=way, day=reach.give_notice_by)


def last_days_block(found: LastDays | None, page: Page) -> Blocks:
    """The last day of an ordinary notice for each end within a year; nothing where there is none."""
    if found is None:
        return ()
    _, days = page.translate, found.days
    table = page.table(
        page.dates(_("notice by"), [each.day for each in days]),
        page.dates(_("ends on"), [each.ends_on for each in days]),
        page.dates(_("last day of service"), [days_after(each.ends_on, -1) for each in days]),
    )
    moves_along = Message("An ordinary notice may end it a day later for each day that it comes later")
    return stack(
        section(_("Last days of an ordinary notice for each end within a year"), table) if days else None,
        page.say(moves_along) if found.moves_along else None,
    )
