"""The picture of a member's life: what it shows, that nothing hides anything, and what may go wrong on the way."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from attrs import frozen

from subsim.answers.question import case_of
from subsim.api import replay
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.basics.languages import language
from subsim.drawing import CannotSave, draw, files, save
from subsim.drawing.layout import axis, cut, spread, tracks, width, wrapped
from subsim.drawing.life import Life, life
from subsim.drawing.windows import Window
from subsim.files.scenario import load, loads
from subsim.retention.picture import data_picture
from subsim.retention.retention import retention_without_contested

REPOSITORY = Path(__file__).parents[2]
SCENARIOS = sorted((REPOSITORY / "scenarios").rglob("*.yaml"))
STORIES = sorted((REPOSITORY / "scenarios" / "stories").glob("*.yaml"))
PICTURES = REPOSITORY / "docs" / "pictures"
SVG = "{http://www.w3.org/2000/svg}"

JOINED = """
scenario: A rise, told in good time
prices: {basis: 100.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
"""
TEN_YEARS = (
    "scenario: Ten years, month by month\nprices: {basis: 100.00}\nuntil: 2024-01-31\ntimeline:\n"
    "  - {date: 2014-01-31, event: sign_up, package: basis, billing: monthly, payment: invoice}\n"
    + "".join(
        f"  - {{date: {year}-{month:02d}-12, event: pay, amount: 100.00}}\n"
        for year in range(2014, 2024)
        for month in range(2, 13)
    )
)


def drawn(text: str | Path, asked: Day | None = None, lang: str = "en") -> str:
    scenario = load(text) if isinstance(text, Path) else loads(text)
    until = asked or scenario.until_of()
    return draw(scenario, replay(scenario, until), language("da" if lang == "da" else "en"), asked)


def lived(text: str, asked: Day | None = None) -> Life:
    scenario = loads(text)
    return life(scenario, replay(scenario, asked or scenario.until_of()), asked)


@frozen
class Box:
    left: float
    top: float
    wide: float
    high: float
    title: str


def boxes(svg: str) -> list[Box]:
    found = []
    for rect in ElementTree.fromstring(svg).iter(f"{SVG}rect"):
        left, top, wide, high = (float(rect.get(name) or 0) for name in ("x", "y", "width", "height"))
        found.append(Box(left, top, wide, high, rect.findtext(f"{SVG}title") or ""))
    return found


def texts(svg: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def places_of_words(svg: str) -> Iterator[tuple[float, float, float, str]]:
    """Where each line of words stands, with its size; the words that run upwards in a band are left out."""
    for text in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        if text.get("transform") is None:
            left, base, size = (float(text.get(name) or 0) for name in ("x", "y", "font-size"))
            if text.get("text-anchor") == "end":
                left -= width(text.text or "", size)
            elif text.get("text-anchor") == "middle":
                left -= width(text.text or "", size) / 2
            yield left, base, size, text.text or ""


# What it shows


def test_every_period_has_a_box_with_its_amount() -> None:
    svg = drawn(TEN_YEARS)
    assert len([box for box in boxes(svg) if box.title.startswith("period, ")]) == 121
    assert texts(svg).count("100.00") == 121


def test_a_box_tells_its_period_and_how_it_was_paid() -> None:
    svg = drawn(JOINED + "until: 2020-02-01")
    assert "period, 15 Jan 2020 to 15 Apr 2020: 300.00 kr., paid when due" in [box.title for box in boxes(svg)]


def test_what_happened_is_said_with_what_it_led_to() -> None:
    story = next(path for path in STORIES if path.stem == "two-rises-and-new-terms")
    words = " ".join(texts(drawn(story)))
    assert "change of package: family; upgrade 100.00 kr." in words
    assert "family now costs 255.00 kr. a month" in words


def test_a_refused_event_names_the_clause() -> None:
    assert "withdrawal; refused, fortrydelse.1" in " ".join(
        texts(drawn(JOINED + "  - {date: 2020-02-15, event: withdraw}"))
    )


def test_the_ways_out_are_shown_only_where_a_day_is_asked_about() -> None:
    without, asked = drawn(JOINED), drawn(JOINED, Day(2020, 1, 20))
    assert not [text for text in texts(without) if text.startswith("out by")]
    found = [text for text in texts(asked) if text.startswith("out by")]
    assert [text.split(";")[0] for text in found] == ["out by withdrawal", "out by ordinary notice"]


def test_the_legend_explains_what_is_there_and_nothing_else() -> None:
    words = texts(drawn(JOINED + "until: 2020-02-01"))
    assert "bound" in words
    assert "in trial" not in words
    assert "paid late" not in words


def test_the_legend_is_in_the_language_chosen() -> None:
    words = texts(drawn(JOINED, lang="da"))
    assert {"Tegnforklaring", "i binding", "betalt til tiden"} <= set(words)
    assert "bound" not in words


def test_the_picture_has_a_title_and_a_description_for_who_cannot_see_it() -> None:
    root = ElementTree.fromstring(drawn(JOINED))
    assert root.findtext(f"{SVG}title") == "A rise, told in good time"
    assert "bound from 15 Jan 2020" in (root.findtext(f"{SVG}desc") or "")


def test_the_picture_refers_to_nothing_outside_itself() -> None:
    svg = drawn(STORIES[0], Day(2022, 2, 14))
    assert set(re.findall(r"https?://[^\"']+", svg)) == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert set(re.findall(r"url\((.)", svg)) == {"#"}


def test_equal_input_gives_equal_bytes() -> None:
    assert drawn(STORIES[0]) == drawn(STORIES[0])


def test_signs_of_xml_are_shown_as_they_are() -> None:
    svg = drawn(JOINED.replace("A rise, told in good time", "a <b> & c"))
    assert ElementTree.fromstring(svg).findtext(f"{SVG}title") == "a <b> & c"
    assert "a <b> & c" in texts(svg)


def test_a_member_refused_at_the_door_has_a_picture_too() -> None:
    refused = JOINED.replace("package: basis}", "package: basis, service: tv}")
    assert "sign-up: basis; refused, tv.1" in " ".join(texts(drawn(refused)))


def test_scenarios_of_every_kind_can_be_drawn_with_the_ways_out_of_their_last_day() -> None:
    for path in SCENARIOS[::8]:
        scenario = load(path)
        try:
            outcome = replay(scenario)
        except InputErrors:
            continue
        ElementTree.fromstring(draw(scenario, outcome, language("da"), outcome.until))


# The windows, by hand: the member is bound until 15 July, and 20 August + 30 days is before 15 October


def test_a_price_window_closes_three_days_before_the_rise() -> None:
    told = "  - {date: 2020-08-20, event: announce_price_change, prices: {basis: 120.00}, effective: 2020-10-15}\n"
    lane = lived(JOINED + told + "until: 2020-12-31").lanes[0]
    (announced,) = lane.announced
    assert announced.reaches == Day(2020, 10, 15)
    assert announced.window == Window(route="price_change", first=Day(2020, 8, 20), last=Day(2020, 10, 12))


def test_a_withdrawal_window_closes_on_the_day_of_use() -> None:
    used = lived(JOINED + "  - {date: 2020-01-18, event: activate}\nuntil: 2020-12-31").lanes[0]
    unused = lived(JOINED + "until: 2020-12-31").lanes[0]
    assert used.withdrawal == Window(route="withdrawal", first=Day(2020, 1, 15), last=Day(2020, 1, 18))
    assert unused.withdrawal == Window(route="withdrawal", first=Day(2020, 1, 15), last=Day(2020, 1, 29))


def test_a_change_overtaken_before_its_day_never_reaches_the_member() -> None:
    event = "  - {date: 2020-08-%s, event: announce_price_change, prices: {basis: %s}, effective: 2020-10-15}\n"
    told = event % ("20", "120.00") + event % ("25", "110.00")
    first, second = lived(JOINED + told + "until: 2020-12-31").lanes[0].announced
    assert (first.reaches, second.reaches) == (None, Day(2020, 10, 15))
    assert first.window == Window(route="price_change", first=Day(2020, 8, 20), last=Day(2020, 8, 25))


def test_arrears_rise_with_what_falls_due_and_sink_with_what_is_paid() -> None:
    by_invoice = JOINED.replace("package: basis", "package: basis, payment: invoice")
    paid = "  - {date: 2020-02-01, event: pay, amount: 200.00}\nuntil: 2020-03-01"
    assert lived(by_invoice + paid).arrears == ((Day(2020, 1, 15), 300_00), (Day(2020, 2, 1), 100_00))


# Nothing hides anything


@pytest.mark.parametrize("lang", ["en", "da"])
@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_no_words_overlap_nor_run_off_the_page(story: Path, lang: str) -> None:
    svg = drawn(story, Day(2022, 2, 14), lang)
    whole = float(ElementTree.fromstring(svg).get("width") or 0)
    places = sorted(places_of_words(svg), key=lambda place: place[1])
    assert max(left + width(text, size) for left, _base, size, text in places if size < 16) <= whole
    for index, (left, base, size, text) in enumerate(places):
        for other_left, other_base, other_size, other_text in places[index + 1 :]:
            if other_base - base >= min(size, other_size):
                break
            apart = left + width(text, size) <= other_left or other_left + width(other_text, other_size) <= left
            assert apart, (text, other_text)


@pytest.mark.parametrize("lang", ["en", "da"])
@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_no_words_of_a_story_are_cut(story: Path, lang: str) -> None:
    assert [text for text in texts(drawn(story, Day(2022, 6, 1), lang)) if "…" in text] == []


def test_the_name_of_a_state_stands_clear_of_a_suspension() -> None:
    suspended = """
  - {date: 2020-11-20, event: suspend}
  - {date: 2021-02-10, event: restore}
until: 2021-06-15"""
    svg = drawn(JOINED + suspended.lstrip("\n"))
    upright = (each for each in ElementTree.fromstring(svg).iter(f"{SVG}text") if each.get("transform"))
    (free,) = [each for each in upright if each.text == "free"]
    middle = float(free.get("y") or 0)
    half = width("free", float(free.get("font-size") or 0), bold=True) / 2
    (strip,) = [box for box in boxes(svg) if (box.wide, box.high > 20) == (6.0, True)]
    assert middle + half <= strip.top or strip.top + strip.high <= middle - half


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_no_two_periods_overlap(story: Path) -> None:
    periods = [box for box in boxes(drawn(story)) if box.title.startswith("period, ")]
    for left in {box.left for box in periods}:
        column = sorted((box for box in periods if box.left == left), key=lambda box: box.top)
        assert all(upper.top + upper.high <= lower.top for upper, lower in pairwise(column))


def test_letters_are_no_smaller_than_eleven() -> None:
    assert min(size for _left, _base, size, _text in places_of_words(drawn(TEN_YEARS))) >= 11


def test_one_subscription_stays_narrow_enough_for_a_phone_however_long_it_lasts() -> None:
    root = ElementTree.fromstring(drawn(TEN_YEARS))
    assert float(root.get("width") or 0) <= 530


def test_places_are_kept_where_nothing_is_in_the_way() -> None:
    assert spread([10, 50, 90], [20, 20, 20], top=0) == [10, 50, 90]


def test_places_in_the_way_of_one_another_are_shared_out_evenly() -> None:
    assert spread([50, 50], [20, 20], top=0) == [40, 60]


def test_no_place_lies_above_the_top() -> None:
    assert spread([0, 0], [20, 20], top=0) == [0, 20]


def test_spans_share_a_track_only_if_they_do_not_meet() -> None:
    assert tracks([(0, 10), (5, 8), (12, 20)], gap=2) == [0, 1, 0]
    assert tracks([(0, 10), (5, 8), (11, 20)], gap=2) == [0, 1, 1]


def test_an_axis_is_as_long_as_the_notes_beside_it() -> None:
    assert axis(Day(2020, 1, 1), Day(2020, 12, 31), 0, room=1000).bottom == pytest.approx(1200)


def test_words_too_long_for_a_line_are_cut() -> None:
    assert cut("abcdefgh", 10, 30).endswith("…")
    assert wrapped("one two three four", 10, 50, most=2)[1].endswith("…")


# What comes is dashed

NOTICED = JOINED + "  - {date: 2020-08-01, event: give_notice}\n"


def dashed(svg: str) -> list[Box]:
    """The dashed rectangles, from the top."""
    found = []
    for rect in ElementTree.fromstring(svg).iter(f"{SVG}rect"):
        if rect.get("stroke-dasharray"):
            left, top, wide, high = (float(rect.get(name) or 0) for name in ("x", "y", "width", "height"))
            found.append(Box(left, top, wide, high, rect.findtext(f"{SVG}title") or ""))
    return sorted(found, key=lambda box: box.top)


def test_a_question_draws_nothing_that_happens_later() -> None:
    told = " ".join(texts(drawn(NOTICED, Day(2020, 2, 1))))
    assert "notice; the subscription ends" in " ".join(texts(drawn(NOTICED)))
    assert "notice; the subscription ends" not in told


def test_periods_that_come_if_nothing_else_happens_are_dashed_and_marked_as_not_yet_due() -> None:
    # asked on 1 February, the soonest ordinary end is 15 July: one more period, from 15 April
    titles = [box.title for box in dashed(drawn(JOINED, Day(2020, 2, 1))) if box.title]
    assert titles == ["period, 15 Apr 2020 to 15 Jul 2020: 300.00 kr., not yet due"]


def test_what_comes_is_told_up_to_the_day_asked_for() -> None:
    scenario = loads(JOINED)
    outcome = replay(scenario, Day(2020, 2, 1))
    lane = life(scenario, outcome, Day(2020, 2, 1), Day(2020, 10, 15)).lanes[0]
    assert [line.due for line in lane.lines if line.settled == "ahead"] == [
        Day(2020, 4, 15),
        Day(2020, 7, 15),
        Day(2020, 10, 15),
    ]
    assert [(band.state, band.starts, band.ends) for band in lane.bands] == [
        ("bound", Day(2020, 1, 15), Day(2020, 7, 15)),
        ("free", Day(2020, 7, 15), Day(2020, 10, 16)),
    ]


def test_a_standing_end_ends_what_comes() -> None:
    lane = lived(NOTICED, Day(2020, 8, 1)).lanes[0]
    assert lane.bands[-1].ends == Day(2020, 10, 15)
    assert [line for line in lane.lines if line.settled == "ahead"] == []


def test_what_has_ended_has_nothing_to_come() -> None:
    over = JOINED + "  - {date: 2020-01-20, event: withdraw}\n"
    assert dashed(drawn(over, Day(2020, 2, 1))) == []


def test_the_legend_explains_the_dashes_only_where_there_are_any() -> None:
    says = "dashed: what comes if nothing else happens"
    assert says in " ".join(texts(drawn(JOINED, Day(2020, 2, 1))))
    assert says not in " ".join(texts(drawn(JOINED + "until: 2020-07-15")))


# Several subscriptions

TWO = JOINED + "  - {date: 2020-02-01, event: sign_up, package: basis, subscription: two}\nuntil: 2020-12-31"


def test_subscriptions_of_one_time_stand_one_under_the_other_and_fit_a_phone() -> None:
    svg = drawn(TWO)
    first, second = (next(place for place in places_of_words(svg) if place[3] == name) for name in ("main", "two"))
    assert second[1] > first[1] + 300
    assert second[0] == first[0]
    assert float(ElementTree.fromstring(svg).get("width") or 0) <= 530


def test_letters_on_a_phone_are_no_smaller_than_eight_pixels() -> None:
    for story in STORIES:
        svg = drawn(story, Day(2022, 2, 14), "da")
        scale = 390 / float(ElementTree.fromstring(svg).get("width") or 0)
        assert min(size * scale for _left, _base, size, _text in places_of_words(svg)) >= 7.5, story


def test_a_note_names_its_subscription_only_where_two_share_the_columns() -> None:
    after = JOINED + "  - {date: 2020-01-20, event: withdraw}\n"
    after += "  - {date: 2020-09-01, event: sign_up, package: basis, subscription: two}\n"
    assert "two · sign-up: basis" in " ".join(texts(drawn(after)))
    assert "two · sign-up: basis" not in " ".join(texts(drawn(TWO)))


def test_an_announcement_stands_beside_each_subscription_that_it_reaches() -> None:
    rise = "  - {date: 2020-09-01, event: announce_price_change, prices: {basis: 120.00}, effective: 2020-12-01}\n"
    svg = drawn(TWO.replace("until:", f"{rise}until:"))
    assert " ".join(texts(svg)).count("price change announced for") == 2


def test_a_date_is_as_wide_as_the_words_beside_it_leave_room_for() -> None:
    svg = drawn(next(path for path in STORIES if path.stem == "two-rises-and-new-terms"), Day(2022, 6, 1), "da")
    bold = [text for text in ElementTree.fromstring(svg).iter(f"{SVG}text") if text.get("font-weight") == "bold"]
    dates = [
        text for text in bold if re.fullmatch(r"\d+\. \w+\.?", (text.text or "").replace("\N{NO-BREAK SPACE}", " "))
    ]
    assert len(dates) == 2
    for date in dates:
        ends = float(date.get("x") or 0) + width(date.text or "", 13, bold=True)
        beside = [left for left, base, _size, _text in places_of_words(svg) if base == float(date.get("y") or 0)]
        assert min(left for left in beside if left > float(date.get("x") or 0)) > ends


def test_the_head_of_an_arrow_is_painted_over_the_bar_of_its_last_notice() -> None:
    story = next(path for path in STORIES if path.stem.startswith("anna"))
    shapes = [path.get("d") or "" for path in ElementTree.fromstring(drawn(story, Day(2020, 9, 2))).iter(f"{SVG}path")]
    bars = [place for place, shape in enumerate(shapes) if _is_bar_of_notice(shape)]
    assert len(bars) == 2  # the picture's and the legend's
    assert shapes[bars[0] + 1].endswith("Z")


def _is_bar_of_notice(shape: str) -> bool:
    """Whether it is a level stroke 14 wide."""
    points = [float(number) for number in re.findall(r"-?[\d.]+", shape)]
    return len(points) == 4 and points[1] == points[3] and points[2] - points[0] == pytest.approx(14)


# As a file


def test_a_picture_is_saved_as_its_ending_says(tmp_path: Path) -> None:
    svg = drawn(JOINED)
    save(svg, str(tmp_path / "one.svg"))
    save(svg, str(tmp_path / "one.PNG"))
    assert (tmp_path / "one.svg").read_text(encoding="utf-8") == svg
    assert (tmp_path / "one.PNG").read_bytes().startswith(b"\x89PNG")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.PNG", "one.svg"]


def test_another_ending_is_an_error_that_names_the_right_ones(tmp_path: Path) -> None:
    with pytest.raises(CannotSave, match=r"does not end in \.svg or \.png"):
        save("<svg/>", str(tmp_path / "one.jpg"))


def test_what_cannot_be_written_leaves_nothing_half_written(tmp_path: Path) -> None:
    (tmp_path / "folder.svg").mkdir()
    with pytest.raises(CannotSave, match="cannot be written"):
        save("<svg/>", str(tmp_path / "folder.svg"))
    with pytest.raises(CannotSave, match="No such file or directory"):
        save("<svg/>", str(tmp_path / "none" / "one.svg"))
    assert [path.name for path in tmp_path.rglob("*")] == ["folder.svg"]


def test_without_a_font_there_is_an_error_and_no_picture_without_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_rendered", lambda svg, zoom=1.0: b"no words")
    with pytest.raises(CannotSave, match="fonts-dejavu-core"):
        save(drawn(JOINED), str(tmp_path / "one.png"))
    assert list(tmp_path.iterdir()) == []


def test_a_png_has_as_many_pixels_as_asked_for(tmp_path: Path) -> None:
    svg = drawn(JOINED)
    wide, high = (float(ElementTree.fromstring(svg).get(name) or 0) for name in ("width", "height"))
    for scale in (1, 3):
        save(svg, str(tmp_path / "one.png"), scale)
        made = (tmp_path / "one.png").read_bytes()
        assert int.from_bytes(made[16:20], "big") == pytest.approx(wide * scale, abs=1)
        assert int.from_bytes(made[20:24], "big") == pytest.approx(high * scale, abs=1)


def test_a_scale_is_of_a_png_only(tmp_path: Path) -> None:
    with pytest.raises(CannotSave, match="sharp at every size"):
        save(drawn(JOINED), str(tmp_path / "one.svg"), 2)


def test_a_scale_that_would_fill_the_memory_is_refused_with_the_most_there_is(tmp_path: Path) -> None:
    with pytest.raises(CannotSave, match=r"--scale \d is the most"):
        save(drawn(TEN_YEARS), str(tmp_path / "one.png"), 10)


def test_letters_that_no_font_has_are_said(tmp_path: Path) -> None:
    odd = drawn(JOINED.replace("A rise, told in good time", "ᚠé€𓀀"))
    assert str(save(odd, str(tmp_path / "one.png"))).startswith("no font has ᚠ (U+16A0) and 𓀀 (U+13000): ")
    assert save(drawn(JOINED), str(tmp_path / "one.png")) is None


# The command


def command(*arguments: str, cwd: Path = REPOSITORY) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, *arguments], cwd=cwd, text=True, capture_output=True, check=False)


def test_the_command_writes_the_file_and_says_nothing(tmp_path: Path) -> None:
    done = command("-m", "subsim", "draw", str(STORIES[0]), "-o", str(tmp_path / "one.svg"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "one.svg").exists()


def test_the_command_says_what_is_wrong_with_the_file_to_write() -> None:
    done = command("-m", "subsim", "draw", str(STORIES[0]), "-o", "one.jpg")
    assert done.returncode == 2
    assert done.stderr == "'one.jpg' does not end in .svg or .png: the ending says which kind of picture it is\n"


def test_without_the_extra_the_command_says_how_to_get_it() -> None:
    hidden = "import sys; sys.modules['drawsvg'] = None; from subsim.shell.commands import main; main()"
    done = command("-c", hidden, "draw", str(STORIES[0]), "-o", "one.svg")
    assert done.returncode == 2
    assert done.stderr == "this needs the extra 'plot', which is not installed: pip install 'subsim[plot]'\n"


def commands_of_the_pictures() -> list[list[str]]:
    page = (PICTURES / "README.md").read_text(encoding="utf-8")
    return [shlex.split(line) for line in page.splitlines() if line.startswith("    subsim draw ")]


@pytest.mark.parametrize("shown", commands_of_the_pictures(), ids=lambda shown: Path(shown[-1]).stem)
def test_the_pictures_shown_are_what_their_commands_make(shown: list[str], tmp_path: Path) -> None:
    *told, picture = shown
    made = tmp_path / Path(picture).name
    assert command("-m", *told, str(made)).returncode == 0
    assert made.read_bytes() == (REPOSITORY / picture).read_bytes()


# What is held


def drawn_data(text: str | Path, until: Day) -> str:
    scenario = load(text) if isinstance(text, Path) else loads(text)
    case = case_of(scenario)
    assert scenario.policy is not None
    data = data_picture(retention_without_contested(case, until), scenario.policy, language("en"))
    return draw(scenario, case.outcome(until), language("en"), data=data)


CALLS = REPOSITORY / "scenarios" / "retention" / "cekura" / "recorded-calls.yaml"
"""Customer and call are due on 30 June 2020."""


def test_what_is_held_has_a_column_a_category_and_a_note_a_deadline() -> None:
    words = texts(drawn_data(CALLS, Day(2020, 5, 1)))
    assert {"customer", "calls", "customer: erase or anonymise,", "calls: erase or anonymise,"} <= set(words)
    assert "data that are held" in words
    assert "still held after the last day" not in words


def test_what_is_still_held_after_its_last_day_is_told_apart() -> None:
    assert "still held after the last day" in texts(drawn_data(CALLS, Day(2020, 7, 1)))
    assert "still held after the last day" not in texts(drawn_data(CALLS, Day(2020, 6, 30)))


def test_a_member_with_subscriptions_has_his_data_below_his_life() -> None:
    story = (
        "scenario: Anna left\nprices: {basis: 149.00}\nretention: {policy: kabelplus, settings: {clean_up: 02-01}}\n"
        "timeline:\n  - {date: 2022-01-15, event: sign_up, package: basis}\n"
        "  - {date: 2022-06-10, event: give_notice}\n"
    )
    words = texts(drawn_data(story, Day(2023, 6, 1)))
    assert "sign-up: basis" in words
    assert "held, but inactive" in words
