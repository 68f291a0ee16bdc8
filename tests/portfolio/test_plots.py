"""The pictures of a summary: what they show, in both languages, the same bytes each time, whole or not at all."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from click.testing import CliRunner, Result
from matplotlib.figure import Figure
from matplotlib.patches import StepPatch

from subsim.basics.languages import Code, language
from subsim.engine.labels import END_REASONS
from subsim.pages.text import Page
from subsim.portfolio.plots import _REASONS, _ends, _money, write_plots
from subsim.shell.commands import main

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
NAMES = ("ends-by-month", "members-by-phase", "money-by-month", "open-exits")
Words = Callable[[str, Code, str], list[str]]
SUMMARY: dict[str, Any] = {
    "until": "2020-12-31",
    "members": {"trial": 0, "bound": 250, "free": 1750, "ending": 0, "ended": 500, "none": 0},
    "ends": [
        {"month": "2020-03", "reason": "withdrawal", "subscriptions": 7},
        {"month": "2020-11", "reason": "ordinary", "subscriptions": 10},
        {"month": "2020-11", "reason": "price_change", "subscriptions": 30},
    ],
    "months": [
        {"month": "2020-01", "billed": "20000.00", "paid": "15000.00", "refunded": "0.00", "owed": "5000.00"},
        {"month": "2020-12", "billed": "40000.00", "paid": "46000.00", "refunded": "500.00", "owed": "-500.00"},
    ],
    "announcements": [
        {
            "date": "2020-09-01",
            "event": "announce_price_change",
            "effective": "2020-11-01",
            "members_with_exit": 1234,
            "subscriptions_with_exit": 1300,
            "revenue_a_month": "238765.50",
        }
    ],
}
NOTHING: dict[str, Any] = {
    "until": "2020-12-31",
    "members": dict.fromkeys(SUMMARY["members"], 0),
    "ends": [],
    "months": [],
    "announcements": [],
}


def drawn(draw: Callable[[Figure, dict[str, Any], Page], None], summary: dict[str, Any] = SUMMARY) -> Figure:
    figure = Figure()
    draw(figure, summary, Page(language("en"), 100))
    return figure


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    """The words of a picture in their order: of which summary, in which language, and which picture."""
    summaries = {"some": SUMMARY, "nothing": NOTHING}

    @cache
    def folder(of: str, code: Code) -> Path:
        made = tmp_path_factory.mktemp("pictures")
        write_plots(summaries[of], Page(language(code), 100), made, "svg")
        return made

    def words_of(of: str, code: Code, name: str) -> list[str]:
        root = ElementTree.parse(folder(of, code) / f"{name}.svg").getroot()
        texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text") if text.text]
        return [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts]

    return words_of


def portfolio(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["portfolio", *map(str, arguments)])


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 40 members and, in `run`, what came of them, with pictures in Danish."""
    folder = tmp_path_factory.mktemp("plots")
    assert portfolio("generate", "--members", 40, "--seed", 7, "-o", folder / "m.ndjson", "--workers", 1).exit_code == 0
    arguments = ("run", folder / "m.ndjson", "-o", folder / "run", "--workers", 1, "--plot", "--lang", "da")
    assert portfolio(*arguments).exit_code == 0
    return folder


# What they show


def test_each_phase_has_its_members_and_their_share(words: Words) -> None:
    assert words("some", "en", "members-by-phase") == [
        *("members", "in trial", "bound", "free", "ending", "ended", "none accepted"),
        *("0   0.0%", "250   10.0%", "1,750   70.0%", "0   0.0%", "500   20.0%", "0   0.0%"),
        "Members by phase on 31 December 2020",
    ]


def test_the_phases_in_danish(words: Words) -> None:
    assert words("some", "da", "members-by-phase") == [
        *("medlemmer", "i prøveperiode", "i binding", "uden binding", "opsagt", "ophørt", "ingen tilmelding"),
        *("0   0,0 %", "250   10,0 %", "1.750   70,0 %", "0   0,0 %", "500   20,0 %", "0   0,0 %"),
        "Medlemmer efter tilstand den 31. december 2020",
    ]


def test_the_ends_of_each_month_are_stacked_by_reason() -> None:
    (axes,) = drawn(_ends).axes
    stacks = {patch.get_label(): patch.get_data() for patch in axes.patches if isinstance(patch, StepPatch)}
    tops = {reason: list(top) for reason, (top, _edges, _below) in stacks.items()}
    assert tops == {
        "ordinary notice": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0],
        "price change": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 0],
        "withdrawal": [0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 40, 0],
    }


def test_no_two_reasons_look_the_same() -> None:
    assert len(set(_REASONS.values())) == len(_REASONS)
    assert set(_REASONS) == set(END_REASONS)


def test_the_ends_in_danish(words: Words) -> None:
    assert words("some", "da", "ends-by-month") == [
        *("jan", "2020", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
        *("0", "20", "40", "abonnementer pr. måned"),
        *("Ophør efter måned og grund", "fortrydelse", "prisændring", "almindelig opsigelse"),
    ]


def test_what_was_owed_stays_in_a_month_without_money_and_may_be_less_than_nothing() -> None:
    *_, axes = drawn(_money).axes
    assert np.asarray(axes.lines[0].get_ydata()).tolist() == [
        5000,
        5000,
        5000,
        5000,
        5000,
        5000,
        5000,
        5000,
        5000,
        5000,
        5000,
        -500,
    ]
    assert axes.get_ylim()[0] < -500


def test_money_is_counted_in_the_unit_that_its_size_asks_for(words: Words) -> None:
    found = words("some", "da", "money-by-month")
    assert found[:11] == ["0", "20", "40", "1.000 kr.", "opkrævet", "betalt", "0", "200", "400", "kr.", "tilbagebetalt"]
    assert found[-5:] == ["2.000", "4.000", "kr.", "skyldigt beløb ved månedens udgang", "Penge efter måned"]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("en", ["members", "1 Sep 2020", "price change", "1,234", "revenue a month", "238,766 kr."]),
        ("da", ["medlemmer", "1. sep. 2020", "prisændring", "1.234", "omsætning pr. måned", "238.766 kr."]),
    ],
)
def test_each_announcement_has_its_open_exits_and_the_revenue_at_stake(
    words: Words, code: Code, shown: list[str]
) -> None:
    assert words("some", code, "open-exits")[:-1] == shown


@pytest.mark.parametrize(
    ("last", "shown"),
    [
        ("2020-02", "Jan 2020, Feb"),
        ("2021-01", "Jan 2020, Feb, Mar, Apr, May, Jun, Jul, Aug, Sep, Oct, Nov, Dec, Jan 2021"),
        ("2022-12", "Jan 2020, Apr, Jul, Oct, Jan 2021, Apr, Jul, Oct, Jan 2022, Apr, Jul, Oct"),
        ("2026-12", "2020, 2021, 2022, 2023, 2024, 2025, 2026"),
        ("2035-06", "2020, 2022, 2024, 2026, 2028, 2030, 2032, 2034"),
    ],
)
def test_as_many_months_are_named_as_there_is_room_for(last: str, shown: str) -> None:
    ends = [{"month": month, "reason": "ordinary", "subscriptions": 3} for month in ("2020-01", last)]
    (axes,) = drawn(_ends, NOTHING | {"ends": ends}).axes
    names = (label.get_text() for label in axes.get_xticklabels())
    assert ", ".join(" ".join(name.split()) for name in names) == shown


def test_without_members_the_pictures_say_so(words: Words) -> None:
    assert words("nothing", "en", "ends-by-month") == ["no subscription ended", "Ends by month and reason"]
    assert words("nothing", "da", "money-by-month")[0] == ("der er hverken opkrævet, betalt eller tilbagebetalt noget")
    assert words("nothing", "en", "open-exits")[0] == "nothing was announced"
    assert words("nothing", "en", "members-by-phase")[7] == "0   0.0%"


def test_a_picture_refers_to_nothing_outside_itself_and_has_a_title(run: Path) -> None:
    for name in NAMES:
        svg = (run / "run" / f"{name}.svg").read_text(encoding="utf-8")
        assert re.findall(r"(?:href|src)=\"([^#][^\"]*)", svg) == []
        assert set(re.findall(r"url\((.)", svg)) <= {"#"}
        assert ElementTree.fromstring(svg).findtext("{http://www.w3.org/2000/svg}title")


# As files


def test_two_runs_give_the_same_bytes_whatever_is_set_for_matplotlib(run: Path, tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("font.size: 20\nsvg.fonttype: path\n")
    arguments = ("run", run / "m.ndjson", "-o", tmp_path / "run", "--workers", 1, "--lang", "da", "--plot")
    environment = os.environ | {"MATPLOTLIBRC": f"{tmp_path}", "PYTHONHASHSEED": "4"}
    subprocess.run([sys.executable, "-m", "subsim", "portfolio", *map(str, arguments)], env=environment, check=True)
    for name in NAMES:
        assert (tmp_path / "run" / f"{name}.svg").read_bytes() == (run / "run" / f"{name}.svg").read_bytes()


def test_a_finished_run_is_drawn_without_being_done_again(run: Path, tmp_path: Path) -> None:
    shutil.copytree(run / "run", tmp_path / "run")
    done = portfolio("run", run / "m.ndjson", "-o", tmp_path / "run", "--resume", "--plot", "png")
    assert done.exit_code == 0
    for name in NAMES:
        assert (tmp_path / "run" / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def test_a_picture_that_cannot_be_written_is_not_half_written(run: Path, tmp_path: Path) -> None:
    shutil.copytree(run / "run", tmp_path / "run")
    (tmp_path / "run" / "open-exits.svg").unlink()
    (tmp_path / "run" / "open-exits.svg").mkdir()
    done = portfolio("run", run / "m.ndjson", "-o", tmp_path / "run", "--resume", "--plot")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.endswith(": Is a directory\n")
    assert list((tmp_path / "run").glob("*.unfinished")) == []


def test_without_the_extra_nothing_is_run(run: Path, tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['matplotlib'] = None; from subsim.shell.commands import main\n"
        f"main(['portfolio', 'run', {str(run / 'm.ndjson')!r}, '-o', {str(tmp_path / 'run')!r}, '--plot'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    message = "this needs the extra 'plot', which is not installed: pip install 'subsim[plot]'\n"
    assert (done.returncode, done.stderr) == (2, message)
    assert not (tmp_path / "run").exists()


def test_another_format_is_told_with_those_there_are(run: Path, tmp_path: Path) -> None:
    done = portfolio("run", run / "m.ndjson", "-o", tmp_path / "run", "--plot", "gif", "--lang", "da")
    assert done.exit_code == 2
    assert done.stderr.endswith("ukendt billedformat: 'gif'\nmulighederne er svg og png\n")


def test_the_pictures_shown_are_what_their_commands_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (PICTURES / "README.md").read_text(encoding="utf-8")
    commands = [shlex.split(line)[2:] for line in page.splitlines() if line.startswith("    subsim portfolio ")]
    monkeypatch.chdir(tmp_path)
    assert [portfolio(*command).exit_code for command in commands] == [0, 0]
    for name in ("ends-by-month.svg", "open-exits.svg"):
        assert (tmp_path / "results" / name).read_bytes() == (PICTURES / name).read_bytes()
