"""The letter where facts are in doubt or assumed: what it says to the member, and whether it is confirmed."""

from pathlib import Path
from typing import Any

import pytest

import subsim
from subsim.answers.verification import Verification, verify
from subsim.pages.letter import letter_page
from tests.support.command import in_process
from tests.support.faulty import with_timeline

LETTER = "id: letter, date: 2020-09-10..2020-09-20, event: give_notice"
ACTIVATED = "id: activated, date: 2020-01-18, event: activate, disputed: true"
BOTH = with_timeline(ACTIVATED, LETTER)


def written(file: str = BOTH, on: str = "2020-09-20", **more: Any) -> str:
    return subsim.letter(subsim.loads(file), on, **more).markdown


def confirmed(text: str, file: str = BOTH, **assumed: Any) -> Verification:
    return verify(text, subsim.loads(file).assuming(assumed), lambda anew: letter_page(anew, "markdown"))


# What it says


def test_the_letter_states_what_is_certain_and_what_else_holds_under_which_fact() -> None:
    text = written()
    assert "In any case you can leave by 15 January 2021 at the latest." in text
    assert (
        "- **If the notice was by 15 September 2020:** You have given notice already. Your subscription ends on 15 "
        in text
    )
    assert "- **If the notice was on 16 September 2020 or later:** You have given notice already." in text


def test_the_letter_says_what_is_not_known_and_what_would_settle_it() -> None:
    text = written()
    assert (
        "- **The activation:** disputed, on 18 January 2020 or not at all.\n- **The notice:** on a day from 10 " in text
    )
    assert "\n\nPlease tell us what you know of this: the notice.\n\n" in text


SENT = with_timeline("id: mail, date: 2020-01-20..2020-02-05, event: withdraw, disputed: true")


def test_the_letter_asks_too_for_what_changes_the_law_alone() -> None:
    text = written(SENT.replace("package: basis", "package: basis, kind: tv"), "2020-02-10")
    assert "\n\nPlease tell us what you know of this: the withdrawal.\n\n" in text


def test_the_letter_tells_what_the_law_gives_in_any_case_where_it_differs_much() -> None:
    text = written(with_timeline("id: letter, date: 2020-08-20..2020-10-05, event: give_notice"), "2020-10-05")
    assert "you can leave in any case by" in text


def test_what_no_doubt_changes_is_stated_once_and_plainly() -> None:
    text = written(on="2020-08-31")
    assert "**Yes, you can cancel.** If your notice reaches us on 31 August 2020, your subscription ends on" in text
    assert ("In any case" in text, "If the notice" in text) == (False, False)


def test_a_way_out_that_hangs_on_a_fact_says_so() -> None:
    assert "we pay you back" not in written(on="2020-01-30").lower()
    text = written(on="2020-01-29")
    assert "- **If the activation happened:** Yes, you can cancel." in text
    assert "- **If the activation did not happen:** Yes, you can withdraw." in text


def test_two_doubts_of_one_event_are_told_apart_by_their_ids() -> None:
    second = "id: other, date: 2020-09-12, event: give_notice, disputed: true"
    assert "- **The notice (letter):** on a day from" in written(with_timeline(LETTER, second))


def test_the_danish_letter_says_the_same() -> None:
    text = written(language="da")
    assert "Under alle omstændigheder kan dit abonnement ophøre senest den 15. januar 2021." in text
    assert "- **Aktiveringen:** bestridt, enten den 18. januar 2020 eller slet ikke." in text


@pytest.mark.parametrize(
    ("assumed", "said"),
    [
        (
            {"letter": "2020-09-12", "activated": False},
            "activation did not happen and the notice was on 12 September 2020.",
        ),
        (
            {"letter": "2020-09-12..2020-09-14", "activated": True},
            "the notice was from 12 September 2020 to 14 September 2020",
        ),
    ],
)
def test_a_letter_names_what_was_assumed(assumed: dict[str, Any], said: str) -> None:
    text = written(assume=assumed)
    assert "We have assumed this: the activation" in text
    assert said in text


# Whether it is confirmed


@pytest.mark.parametrize(
    "assumed", [{}, {"letter": "2020-09-12..2020-09-14"}, {"letter": "2020-09-12", "activated": True}]
)
def test_a_letter_is_confirmed_by_its_file_under_what_it_assumed(assumed: dict[str, Any]) -> None:
    assert confirmed(written(assume=assumed)).confirmed


def test_the_check_line_holds_what_was_assumed_and_a_doubt_without_id_by_its_place() -> None:
    file = with_timeline("date: 2020-09-10..2020-09-20, event: give_notice", ACTIVATED.replace("01-18", "09-12"))
    text = written(file, assume={"give_notice:2": "2020-09-10..2020-09-15", "activated": False})
    assert " assume=give_notice:2:2020-09-10..2020-09-15,activated:no marks=" in text
    found = confirmed(text, file)
    assert (found.confirmed, found.to_dict()["assume"]["activated"]) == (True, "no")


def test_what_verify_is_told_to_assume_wins_over_the_letter() -> None:
    text = written(assume={"letter": "2020-09-12", "activated": False})
    assert confirmed(text, letter="2020-09-13").parts == ("timeline", "answer")


def test_a_doubt_that_another_takes_the_place_of_is_another_timeline() -> None:
    text = written(assume={"letter": "2020-09-12", "activated": False})
    assert confirmed(text, BOTH.replace("2020-09-10..", "2020-09-14..")).parts == ("timeline",)
    assert "timeline" in confirmed(written(), BOTH.replace("2020-09-10..", "2020-09-14..")).parts


def test_a_doubt_after_the_letter_leaves_it_confirmed() -> None:
    later = with_timeline(ACTIVATED, LETTER, "date: 2020-09-21..2020-09-30, event: log_in")
    assert confirmed(written(), later).confirmed


def test_verify_takes_what_is_to_be_assumed(tmp_path: Path) -> None:
    file, letter = tmp_path / "file.yaml", tmp_path / "letter.md"
    file.write_text(BOTH, encoding="utf-8")
    assumed = ("--assume", "letter=2020-09-12", "--assume", "activated=no")
    assert in_process("letter", file, "--date", "2020-09-20", *assumed, "-o", letter).returncode == 0
    found = in_process("verify", letter, file, "--assume", "letter=2020-09-12")
    assert (found.returncode, "--assume letter=2020-09-12" in found.stdout) == (0, True)
    assert in_process("verify", letter, file, "--assume", "letter=2020-09-13").returncode == 1
