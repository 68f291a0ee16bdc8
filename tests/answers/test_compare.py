"""The same timeline under every profile and every single other reading: what differs, the spread, what is settled."""

from click.testing import CliRunner, Result

from subsim.answers.compare import Comparison, charged, compare, refused
from subsim.basics.dates import Day
from subsim.basics.languages import Code, language
from subsim.pages.compare import compare_page
from subsim.pages.text import Page, text_of
from subsim.shell.commands import main
from subsim.terms.choice import TermsChoice
from subsim.terms.readings import ProfileName
from tests.support.story import ANNA, INVOICED, story

NOTICE = ANNA, "2020-09-01 give_notice"
"""1 September + 30 = 1 October; the quarter turns on 15 October."""


def compared(
    *events: str, until: str = "2021-01-20", under: str = "", profile: ProfileName | None = None
) -> Comparison:
    """The comparison of a story."""
    return compare(story(*events, until=until, under=under).scenario, choice=TermsChoice(profile=profile))


def ends(*events: str, until: str = "2021-01-20") -> dict[str, str]:
    """When it ends under the readings that change something."""
    others = compared(*events, until=until).others
    return {
        f"{other.point}: {other.reading}": str(other.result.ends[0].ends_on)
        for other in others
        if other.result is not None
    }


def page(*events: str, until: str = "2021-01-20", under: str = "", code: Code = "en") -> str:
    """What people read."""
    return text_of(compare_page(compared(*events, until=until, under=under), Page(language(code), 1000)), 1000)


# What differs


def test_only_the_readings_that_change_something_are_listed() -> None:
    assert ends(*NOTICE) == {
        "ordinary-notice: thirty-days": "2020-10-01",
        "ordinary-notice: earliest": "2020-10-01",
        "quarter-anchor: calendar": "2020-10-01",
    }


def test_a_reading_is_put_on_top_of_the_scenarios_own() -> None:
    others = compared(*NOTICE, under="ordinary-notice: thirty-days").others
    assert [(other.point, other.reading) for other in others] == [
        ("ordinary-notice", "quarterly"),
        ("ordinary-notice", "quarter-end"),
        ("ordinary-notice", "period-end"),
    ]


def test_the_three_profiles_are_all_there() -> None:
    profiles = compared(*NOTICE).profiles
    found = {other.profile: other.result.ends[0].ends_on for other in profiles if other.result}
    assert found == {"standard": Day(2020, 10, 15), "member": Day(2020, 10, 1), "operator": Day(2020, 10, 1)}


def test_a_profile_asked_for_is_what_the_readings_are_put_on() -> None:
    comparison = compared(*NOTICE, profile="member")
    assert comparison.result.ends[0].ends_on == Day(2020, 10, 1)
    quarterly = next(other for other in comparison.others if other.reading == "quarterly")
    assert quarterly.result is not None
    assert quarterly.result.ends[0].ends_on == Day(2020, 10, 15)


# Spreads, and what is settled


def test_the_spread_of_the_end_runs_from_the_first_to_the_last_day() -> None:
    spread = compared(*NOTICE).end_of(0)
    assert spread is not None
    assert (spread.least, spread.most) == (Day(2020, 10, 1), Day(2020, 10, 15))


def test_the_spread_of_what_is_charged_is_in_oere() -> None:
    # quarterly: the difference for the quarter; full: 897.00; prorated: 30 of 91 days of 450.00
    comparison = compared(ANNA, "2020-06-15 change_package to: family", until="2020-06-20")
    assert comparison.amounts(charged).least == 894_00 + 148_35
    assert comparison.amounts(charged).most == 894_00 + 897_00


def test_an_answer_that_no_reading_changes_is_settled() -> None:
    comparison = compared(*NOTICE)
    assert comparison.is_settled(refused)
    assert comparison.is_settled(charged)
    assert not comparison.is_settled(lambda result: result.ends)


def test_all_is_settled_where_nothing_is_contested() -> None:
    comparison = compared(ANNA, until="2020-03-01")
    assert comparison.others == ()
    assert comparison.to_dict()["charged"] == {"settled": True, "least": "447.00", "most": "447.00", "spread": "0.00"}


def test_a_notice_that_one_reading_refuses_is_not_settled() -> None:
    comparison = compared(ANNA, "2020-03-01 give_notice", until="2020-06-01")
    assert not comparison.is_settled(refused)
    assert "notice-in-binding  refused   no end yet; refused: notice 1 Mar 2020 (opsigelse.2)" in page(
        ANNA, "2020-03-01 give_notice", until="2020-06-01"
    )


# What cannot be replayed


def test_a_reading_under_which_the_timeline_cannot_be_replayed_is_named() -> None:
    events = ANNA, "2020-03-01 give_notice", "2020-07-20 sign_up package: family"
    cannot = [(other.profile, other.point, other.reading) for other in compared(*events, until="2020-08-01").cannot]
    assert (None, "notice-in-binding", "refused") in cannot
    assert ("operator", None, None) in cannot
    text = page(*events, until="2020-08-01")
    assert "operator  cannot be replayed: the subscription 'main' is signed up again while it is live" in text


def test_its_json_has_the_error_and_no_outcome() -> None:
    events = ANNA, "2020-03-01 give_notice", "2020-07-20 sign_up package: family"
    written = compared(*events, until="2020-08-01").to_dict()["profiles"][2]
    assert written == {
        "profile": "operator",
        "outcome": None,
        "error": "the subscription 'main' is signed up again while it is live",
        "replayable": False,
    }


# What people read


def test_each_answer_says_its_spread_or_that_it_is_settled() -> None:
    assert (
        page(*NOTICE).split("\n\n")[1]
        == """\
end      15 October 2020 (ordinary notice); from 1 October 2020 to 15 October 2020, 14 days apart
charged  1,341.00 kr.; settled: no reading changes it
refused  nothing; settled: no reading changes it"""
    )


def test_the_same_in_danish() -> None:
    assert (
        page(*NOTICE, code="da").split("\n\n")[1]
        == """\
ophør     15. oktober 2020 (almindelig opsigelse); fra den 1. oktober 2020 til den 15. oktober 2020, 14 dage imellem
opkrævet  1.341,00 kr.; ligger fast: ingen fortolkning ændrer det
afvist    intet; ligger fast: ingen fortolkning ændrer det"""
    )


def test_a_reading_says_how_much_sooner_and_how_much_more() -> None:
    assert "thirty-days  ends on 1 October 2020; 14 days sooner" in page(*NOTICE)
    up = page(ANNA, "2020-06-15 change_package to: family", until="2020-06-20")
    assert "upgrade-charge  full      1,791.00 kr. charged, 447.00 kr. more" in up


def test_interest_is_told_apart_where_there_is_any() -> None:
    assert "\ninterest " in page(INVOICED, until="2020-03-01")
    assert "\ninterest " not in page(ANNA, until="2020-03-01")


def test_a_refund_that_differs_is_told_where_what_is_charged_does_not() -> None:
    # the withdrawal credits all that was charged: 447.00, and 450.00 or 897.00 or 86 of 91 days of 450.00
    events = ANNA, "2020-01-20 change_package to: family", "2020-01-25 withdraw"
    text = page(*events, until="2020-02-01")
    assert "\ncharged   0.00 kr.; settled: no reading changes it" in text
    assert "\nrefunded  897.00 kr.; from 872.27 kr. to 1,344.00 kr., 471.73 kr. apart" in text
    assert "upgrade-charge  full      1,344.00 kr. refunded" in text


def test_where_no_reading_changes_anything_it_says_so() -> None:
    assert page(ANNA, until="2020-03-01").endswith(
        "No single other reading changes the end, what is charged, refunded or refused."
    )


# JSON


def test_the_json_holds_spreads_as_days_and_kroner() -> None:
    written = compared(*NOTICE).to_dict()
    assert written["ends"] == [
        {"subscription": "main", "settled": False, "least": "2020-10-01", "most": "2020-10-15", "spread": 14}
    ]
    assert written["refused"] == {"settled": True}
    assert [(each["point"], each["reading"]) for each in written["readings"]] == [
        ("ordinary-notice", "thirty-days"),
        ("ordinary-notice", "earliest"),
        ("quarter-anchor", "calendar"),
    ]


def test_ten_years_are_compared() -> None:
    monthly = "2014-01-15 sign_up package: basis, billing: monthly"
    comparison = compared(monthly, "2023-12-20 give_notice", until="2024-05-01")
    assert comparison.result.ends[0].ends_on == Day(2024, 4, 15)


# The command

STORY = """\
scenario: Anna
prices: {basis: 149.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
  - {date: 2020-09-01, event: give_notice}
"""


def run(*arguments: str) -> Result:
    """The command on standard input."""
    return CliRunner().invoke(main, ["compare", "-", "--lang", "en", *arguments], input=STORY)


def test_the_command_takes_a_reading_to_start_from() -> None:
    assert (
        "end      1 October 2020; from 1 October 2020 to 15 October 2020"
        in run("--reading", "ordinary-notice=thirty-days").stdout
    )


def test_json_is_the_same_in_every_language() -> None:
    assert run("--format", "json").stdout == run("--format", "json", "--lang", "da").stdout


def test_a_fault_of_the_terms_as_asked_exits_with_2() -> None:
    again = STORY + "  - {date: 2020-09-02, event: sign_up, package: basis}\n"
    result = CliRunner().invoke(main, ["compare", "-"], input=again)
    assert (result.exit_code, "signed up again while it is live" in result.stderr) == (2, True)
