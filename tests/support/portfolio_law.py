"""The rows of `portfolio law` for a drawn member, and the same from the answers to single questions."""

from subsim.answers.can_cancel import cancellation_of
from subsim.answers.statutory_ways.answer import law_answer
from subsim.engine.timeline import play
from subsim.membership.agreement import what_happened
from subsim.membership.events import Announcement
from subsim.portfolio.header import Header
from subsim.portfolio.law import Law, LawRow
from subsim.portfolio.members import MemberRecord
from subsim.portfolio.sums import Sums
from tests.support.timelines import Story


def rows_of_portfolio(story: Story) -> list[LawRow]:
    """As a portfolio has them whose header makes the announcements, as of the day asked about."""
    timeline = story.facts.timeline
    header = Header(
        prices=story.facts.prices,
        terms=story.terms,
        until=story.day,
        announcements=tuple(each for each in timeline if isinstance(each, Announcement)),
        law_choices=story.law_choices,
    )
    own = tuple(each for each in timeline if not isinstance(each, Announcement))
    return Law(header).of_member(MemberRecord(member=story.facts.person, timeline=own), 1, Sums())


def rows_of_answers(story: Story) -> list[LawRow]:
    """Of each live subscription the ways by which the law's own answer says that it gives more, in their order."""
    facts, day = story.facts, story.day
    timeline = sorted(facts.timeline, key=lambda each: (each.date, not isinstance(each, Announcement)))
    member = play(type(facts)(person=facts.person, prices=facts.prices, timeline=tuple(timeline)), story.terms, day)
    happened = what_happened(member, timeline)
    return [
        LawRow.of(1, facts.person.id, each.id, way)
        for each in member.subscriptions
        if each.is_live
        for way in law_answer(member, happened, cancellation_of(member, each.id, day), story.law_choices).ways
        if way.better in ("law", "depends")
    ]
