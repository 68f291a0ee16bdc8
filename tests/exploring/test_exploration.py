"""The explorer itself, and whether what `docs/exploration.md` claims is so."""

import random
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner

import subsim
from subsim.answers.can_cancel import answer_of
from subsim.basics.dates import Day, days_after
from subsim.basics.languages import Code, language
from subsim.engine.timeline import play
from subsim.exploring import contradictions
from subsim.exploring.alphabet import ALPHABET, GRID, HORIZON, MINOR, PRICES, Scope, UndatedEvent, of_kinds
from subsim.exploring.exploration import ALL_READINGS, STANDARD, Exploration, NoWayOut, ProfileVariant, TargetResult
from subsim.exploring.futures import state_of
from subsim.exploring.no_way_out import Interval
from subsim.exploring.page import exploration_markdown, exploration_page
from subsim.exploring.targets import (
    KINDS,
    REFUSALS,
    TARGETS,
    Target,
    reached_by_event,
    reached_by_events,
    reached_over_time,
)
from subsim.exploring.walk import WalkResult, walk
from subsim.files.writer import scenario_text
from subsim.membership.events import (
    EVENTS,
    Amount,
    AnnouncePriceChange,
    ChangePackage,
    Count,
    Event,
    GiveNotice,
    PackageName,
    Pay,
    SignUp,
    Terminate,
)
from subsim.membership.facts import Facts
from subsim.membership.member import Member
from subsim.membership.owed import LINES
from subsim.pages.text import Page, text_of
from subsim.shell.commands import main
from subsim.terms.clauses import CLAUSES
from subsim.terms.statutes import PROVISIONS
from subsim.terms.terms import Terms

DOCS = Path(__file__).parents[2] / "docs" / "exploration.md"
DATES = tuple(GRID)
FIRST = DATES[0]
SHOP = SignUp(date=FIRST, package=PackageName("basis"), channel="shop")
OPERATOR = ProfileVariant("operator")


def facts(*events: Event) -> Facts:
    return Facts(prices=PRICES, timeline=events)


@cache
def all_of_two_events() -> WalkResult:
    return walk(Scope(alphabet=ALPHABET, most_events=2), STANDARD.terms)


# The alphabet


def test_every_event_of_the_format_is_in_the_alphabet() -> None:
    assert {undated.kind.name for undated in ALPHABET} == set(EVENTS)


def test_the_grid_is_in_the_order_of_time_and_ends_before_the_horizon() -> None:
    assert all(earlier < later for earlier, later in pairwise((*DATES, HORIZON)))


# Merging: those that stand alike have the same future


def can_follow(undated: UndatedEvent, named: set[str], member: Member) -> bool:
    """Whether the event may come next: no unknown id, and no live one signed up again."""
    if undated.subscription is None:
        return True
    subscription = member.by_id.get(undated.subscription)
    live = subscription is not None and subscription.is_live
    return not live if undated.kind is SignUp else undated.subscription in named


def some_timelines(seed: int, count: int, terms: Terms) -> Iterator[tuple[Event, ...]]:
    """Timelines of two to four events, drawn from the alphabet; of those that only differ a little there are many."""
    draw = random.Random(seed)
    for _ in range(count):
        timeline: tuple[Event, ...] = (draw.choice(of_kinds(SignUp)[:8]).on(FIRST),)
        for day in sorted(draw.choices(DATES[:9], k=draw.randint(1, 3))):
            member = play(facts(*timeline), terms, day)
            letters = [undated for undated in ALPHABET if can_follow(undated, {"main"}, member)]
            timeline += (draw.choice(letters).on(day),)
        yield timeline


def pairs_that_stand_alike(terms: Terms) -> Iterator[tuple[Day, tuple[Event, ...], tuple[Event, ...]]]:
    seen: dict[object, tuple[Event, ...]] = {}
    for timeline in some_timelines(1, 130, terms):
        for day in DATES[9::2]:
            named = frozenset(event.subscription for event in timeline if isinstance(event, SignUp))
            other = seen.setdefault((day, named, state_of(play(facts(*timeline), terms, day), day)), timeline)
            if other != timeline:
                yield day, timeline, other


def future(timeline: tuple[Event, ...], more: tuple[Event, ...], terms: Terms, day: Day) -> list[object]:
    """All that comes after a day, reasons apart: decisions, lines, money, duties, phases and ways out."""
    then, later = play(facts(*timeline), terms, day), play(facts(*timeline, *more), terms, HORIZON)
    decisions = [
        (each.date, each.event, each.subscription, each.ruling.clause, each.ruling.verdict)
        for each in later.decisions[len(then.decisions) :]
    ]
    lines = [(line.kind, line.package, line.due, line.amount, line.open) for line in later.ledger.lines]
    live = [subscription for subscription in later.subscriptions if subscription.is_live]
    return [
        decisions,
        lines[len(then.ledger.lines) :],
        later.ledger.payments[len(then.ledger.payments) :],
        later.ledger.refunds[len(then.ledger.refunds) :],
        later.ledger.duties[len(then.ledger.duties) :],
        [(subscription.id, subscription.phase, subscription.package) for subscription in live],
        [
            (way.route, way.ends_on, way.give_notice_by, way.refund, way.still_to_pay)
            for subscription in live
            for way in answer_of(later, subscription.id, HORIZON).routes
        ],
        state_of(later, HORIZON),
    ]


@pytest.mark.parametrize("variant", [ProfileVariant("standard"), ProfileVariant("member"), OPERATOR], ids=str)
def test_timelines_that_stand_alike_have_the_same_future(variant: ProfileVariant) -> None:
    draw, terms, count = random.Random(2), variant.terms, 0
    for day, one, other in pairs_that_stand_alike(terms):
        more: tuple[Event, ...] = ()
        for later in sorted(draw.choices([date for date in DATES if date >= day], k=2)):
            member = play(facts(*one, *more), terms, later)
            letters = [undated for undated in ALPHABET if can_follow(undated, {"main"}, member)]
            more += (draw.choice(letters).on(later),)
        assert future(one, more, terms, day) == future(other, more, terms, day), (one, other, more)
        count += 1
    assert count > 20


def test_a_line_that_is_settled_is_forgotten_and_one_that_is_open_is_not() -> None:
    sign_up = evolve(SHOP, payment="invoice")
    paid, unpaid = facts(sign_up, Pay(date=FIRST, amount=Amount(447_00))), facts(sign_up)
    by_card = facts(SHOP)
    day = Day(2020, 4, 14)
    assert state_of(play(paid, Terms(), day), day) != state_of(play(unpaid, Terms(), day), day)
    assert state_of(play(paid, Terms(), day), day) != state_of(play(by_card, Terms(), day), day)


# What is looked for


def test_every_clause_looked_for_is_modelled() -> None:
    looked_for = {
        clause for clauses in (*REFUSALS.values(), *(row.clauses for row in LINES.values())) for clause in clauses
    }
    modelled = {clause.id for clause in CLAUSES.values() if clause.modelled}
    assert sorted(looked_for - modelled - PROVISIONS.keys()) == []


def test_what_is_never_refused_is_not_looked_for() -> None:
    never = {"pay", "charge", "complain", "move", "payment_method_fails", "payment_method_renewed"}
    announced = {"announce_price_change", "announce_service_change", "announce_terms_change"}
    assert set(EVENTS) - set(REFUSALS) == never | announced


def reaches(life: Facts, terms: Terms, until: Day, target: Target) -> bool:
    """Whether the timeline reaches the target by that day, judged event by event."""
    found: set[Target] = set(reached_by_events(play(life, terms, until)))
    for count, event in enumerate(life.timeline):
        before = play(evolve(life, timeline=life.timeline[:count]), terms, event.date)
        after = play(evolve(life, timeline=life.timeline[: count + 1]), terms, event.date)
        found |= set(reached_by_event(before, event, after))
        following = life.timeline[count + 1].date if count + 1 < len(life.timeline) else until
        later = play(evolve(life, timeline=life.timeline[: count + 1]), terms, following)
        found |= set(reached_over_time(later, event.date))
        routes = {way["route"] for way in answer_of(after, "main", event.date).to_dict()["routes"] if way["open"]}
        found |= {Target("route", route) for route in routes}
    return target in found


# The walk


def test_two_events_reach_no_more_than_is_looked_for() -> None:
    assert sorted(set(all_of_two_events().reached) - set(TARGETS)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_timeline_saved_as_a_scenario_reaches_its_target(kind: str) -> None:
    for target, witness in all_of_two_events().reached.items():
        if target.kind == kind:
            text = scenario_text(witness.facts, STANDARD.terms, sentence=str(target), until=witness.until)
            assert reaches(subsim.loads(text).facts, STANDARD.terms, witness.until, target), text


def test_merging_hides_nothing() -> None:
    """Every timeline of two events of a small alphabet, each replayed alone, reaches what the walk has reached."""
    letters = (ALPHABET[0], *of_kinds(GiveNotice, Terminate, ChangePackage))
    merged = walk(Scope(alphabet=letters, most_events=2), STANDARD.terms).reached
    alone: dict[Target, int] = {}
    for second in letters[1:]:
        for day in DATES:
            life = facts(letters[0].on(FIRST), second.on(day))
            for target in reached_by_events(play(life, STANDARD.terms, HORIZON)):
                alone[target] = 2
    for target in reached_by_events(play(facts(letters[0].on(FIRST)), STANDARD.terms, HORIZON)):
        alone[target] = 1
    kinds = ("end", "refusal", "line", "duty")
    assert {target: witness.events for target, witness in merged.items() if target.kind in kinds} == alone


def test_two_walks_find_the_same_in_the_same_order() -> None:
    scope = Scope(alphabet=of_kinds(SignUp, GiveNotice), most_events=2)
    one, other = (walk(scope, OPERATOR.terms) for _ in range(2))
    assert list(one.reached.items()) == list(other.reached.items())
    assert (one.longest, one.merged, one.replays) == (other.longest, other.merged, other.replays)


def test_a_minor_is_refused_and_on_the_birthday_accepted() -> None:
    reached = walk(Scope(alphabet=of_kinds(SignUp), most_events=2, person=MINOR), STANDARD.terms).reached
    refused, accepted = reached[Target("refusal", "sign_up adgang.9")], reached[Target("phase", "bound")]
    assert (refused.events, accepted.events, accepted.facts.timeline[-1].date) == (1, 2, Day(2020, 2, 14))


# No way out


def closed_days(life: Facts, terms: Terms) -> list[Day]:
    """The days without a way out, each asked for by itself."""
    found = []
    for count in range((HORIZON - FIRST).days):
        day = days_after(FIRST, count)
        answer = answer_of(play(life, terms, day), "main", day)
        if answer.state not in (None, "ended") and not answer.can_cancel:
            found.append(day)
    return found


def longest_run(days: list[Day]) -> int:
    longest = run = 0
    before: Day | None = None
    for day in days:
        run = run + 1 if before is not None and days_after(before, 1) == day else 1
        longest, before = max(longest, run), day
    return longest


def test_a_member_who_joined_in_a_shop_has_no_way_out_of_the_binding_where_a_notice_is_refused() -> None:
    found = walk(
        Scope(alphabet=(UndatedEvent(SignUp, {"package": "basis", "channel": "shop"}),), most_events=1), OPERATOR.terms
    )
    assert found.longest == Interval(Day(2020, 1, 15), Day(2020, 7, 15), facts(SHOP))


def test_no_timeline_of_two_events_has_a_longer_stretch_than_the_walk_has_found() -> None:
    rise, downgrade = of_kinds(AnnouncePriceChange)[0], UndatedEvent(ChangePackage, {"to": PackageName("basis")})
    family = UndatedEvent(SignUp, {"package": PackageName("family"), "channel": "shop", "billing": "monthly"})
    for second in (rise, downgrade):
        found = walk(Scope(alphabet=(family, second), most_events=2), OPERATOR.terms).longest
        for day in DATES[::4]:
            days = closed_days(facts(family.on(FIRST), second.on(day)), OPERATOR.terms)
            assert found is not None
            assert longest_run(days) <= found.days


def test_every_stretch_of_two_events_is_what_the_day_by_day_answer_says() -> None:
    found = walk(Scope(alphabet=of_kinds(SignUp, AnnouncePriceChange), most_events=2), OPERATOR.terms).longest
    assert found is not None
    assert longest_run(closed_days(found.facts, OPERATOR.terms)) == found.days


# Pairs of readings


def test_there_are_as_many_pairs_as_two_readings_of_two_points_can_make() -> None:
    assert len(list(contradictions.pairs_of_readings())) == 745


def test_a_plain_life_contradicts_nothing_under_any_pair() -> None:
    lives = [facts(SHOP, GiveNotice(date=Day(2020, 6, 15)))]
    assert contradictions.compare(lives, HORIZON).contradictions == ()


def spoiled_credit(member: Member) -> None:
    member.ledger.credit += 1


def spoiled_binding(member: Member) -> None:
    member.subscriptions[0].binding_ends = Day(2020, 8, 1)


def spoiled_refund(member: Member) -> None:
    member.ledger.refund(10_000_00, FIRST, "fortrydelse.1")


def spoiled_end(member: Member) -> None:
    member.subscriptions[0].end("ordinary", Day(2020, 3, 1))


@pytest.mark.parametrize(
    ("spoil", "claim"),
    [
        (spoiled_credit, contradictions.money_adds_up),
        (spoiled_binding, contradictions.binding_is_fixed),
        (spoiled_refund, contradictions.refunds_were_paid),
        (spoiled_end, contradictions.ordinary_end_is_free),
        (spoiled_end, contradictions.no_period_after_the_end),
    ],
)
def test_a_property_sees_what_breaks_it(spoil, claim) -> None:  # type: ignore[no-untyped-def]
    story, day = facts(SHOP), Day(2020, 5, 1)
    member = play(story, Terms(), day)
    assert claim(story, member, day) is None
    spoil(member)
    assert claim(story, member, day) is not None


# What people read


@cache
def small() -> Exploration:
    """An exploration put together by hand from small walks."""
    found = walk(Scope(alphabet=of_kinds(SignUp), most_events=1), OPERATOR.terms)
    return Exploration(
        events=1,
        merged=found.merged,
        replays=found.replays,
        reached=tuple(TargetResult(target, OPERATOR, found.reached.get(target)) for target in TARGETS),
        unexpected=(),
        no_way_out=(NoWayOut(STANDARD, None), NoWayOut(OPERATOR, found.longest)),
        compared=contradictions.PairComparison(745, 1, ()),
    )


@pytest.mark.parametrize("code", ["en", "da"])
def test_the_page_tells_the_stretch_and_what_was_not_reached(code: Code) -> None:
    page = text_of(exploration_page(small(), Page(language(code), 100)), 100)
    assert "184" in page
    assert "operator" in page
    assert page.count(language(code).translate("not reached within these bounds")) == sum(
        each.witness is None for each in small().reached
    )


def test_the_json_holds_a_scenario_for_all_that_is_reached() -> None:
    for each in small().to_dict()["reached"]:
        assert (each["scenario"] is None) == (each["events"] is None)
        if each["scenario"]:
            subsim.loads(each["scenario"])


def test_the_command_shows_one_timeline_as_a_scenario_that_can_be_run() -> None:
    result = CliRunner().invoke(main, ["explore", "--events", "1", "--show", "no-way-out operator"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert subsim.loads(result.stdout).facts.timeline == (evolve(SHOP, channel="online", trial_days=Count(200)),)


def test_a_target_that_is_none_is_answered_with_the_nearest() -> None:
    result = CliRunner().invoke(main, ["explore", "--show", "phase tral"])
    assert result.exit_code == 2
    assert "did you mean 'phase trial'?" in result.stderr


def test_what_more_events_would_take_is_not_reached() -> None:
    assert walk(Scope(alphabet=ALPHABET, most_events=1), STANDARD.terms).reached.get(Target("phase", "ended")) is None


# docs/exploration.md


def rows(columns: int) -> Iterator[tuple[str, list[str]]]:
    """The rows of the tables of so many columns, each with the heading of its first column."""
    heading = ""
    for line in DOCS.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or cells[0] == "---":
            continue
        if cells[0] in (*KINDS, "days", "date"):
            heading = cells[0]
        elif len(cells) == columns:
            yield heading, cells


def facts_of(line: str) -> Facts:
    """The facts of a timeline as the page tells it: `[born: 2002-02-14] 2020-01-15 sign_up package: basis; …`."""
    who, timeline = re.fullmatch(r"(?:\[(.*?)\] )?(\d{4}-.*)", line).groups()  # type: ignore[union-attr]
    entries = (entry.split(" ", 2) for entry in timeline.split("; "))
    events = (", ".join([f"date: {date}", f"event: {name}", *fields]) for date, name, *fields in entries)
    prices = ", ".join(f"{name}: {price // 100}" for name, price in PRICES.items())
    head = f"scenario: of the page\nprices: {{{prices}}}\nmember: {{{who or ''}}}\ntimeline:\n"
    return subsim.loads(head + "".join(f"  - {{{event}}}\n" for event in events)).facts


def readings_of(label: str) -> ProfileVariant:
    return next(variant for variant in ALL_READINGS if str(variant) == label)


def test_the_page_lists_all_that_is_looked_for() -> None:
    assert [Target(kind, cells[0]) for kind, cells in rows(4) if kind in KINDS] == list(TARGETS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_timeline_of_the_page_reaches_its_target(kind: str) -> None:
    for heading, (name, events, readings, line) in rows(4):
        if heading != kind or not events:
            continue
        target, terms = Target(kind, name), readings_of(readings).terms
        life = facts_of(line)
        assert len(life.timeline) == int(events)
        assert reaches(life, terms, HORIZON, target), line


def test_the_page_names_no_longer_timeline_than_a_smaller_run_finds() -> None:
    smaller = {target: witness.events for target, witness in all_of_two_events().reached.items()}
    rows_by_target = {Target(kind, cells[0]): cells for kind, cells in rows(4) if kind in KINDS}
    assert {target: int(rows_by_target[target][1]) for target in smaller} == smaller
    assert {rows_by_target[target][2] for target in smaller} == {"standard"}


def test_every_stretch_of_the_page_is_what_the_day_by_day_answer_says() -> None:
    for heading, (days, _when, line, readings) in rows(4):
        if heading == "days":
            for label in readings.split("; ")[:1]:
                assert longest_run(closed_days(facts_of(line), readings_of(label).terms)) == int(days)


def test_the_page_names_just_those_readings_that_leave_no_way_out_in_a_smaller_run() -> None:
    labels = {label for heading, cells in rows(4) if heading == "days" for label in cells[3].split("; ")}
    smaller = Scope(alphabet=of_kinds(SignUp), most_events=1)
    found = {str(variant) for variant in ALL_READINGS if walk(smaller, variant.terms).longest is not None}
    assert found == labels


def test_the_page_can_be_written_again() -> None:
    assert re.match(r"# Exploration\n", exploration_markdown(small()))
