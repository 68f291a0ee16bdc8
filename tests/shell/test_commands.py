"""The commands as real processes: what they print, where, and their exit codes."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from tests.support.command import REPOSITORY
from tests.support.command import in_process as subsim

ANNA = """\
scenario: Anna gives notice in the binding
prices: {basis: 149.00}
until: 2020-08-01
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
  - {date: 2020-03-01, event: give_notice}
expect:
  ends_on: null
  ended_on: 2020-07-15
variants:
  - name: by the 30-day clause
    readings: {ordinary-notice: thirty-days}
    expect: {end_reason: ordinary}
"""
WRONG = ANNA.replace("ended_on: 2020-07-15", "ended_on: 2020-05-15")
MISSPELT = ANNA.replace("give_notice", "give_notise")
TWO = """\
scenario: A house and a summer house
prices: {basis: 149.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis, subscription: house}
  - {date: 2020-02-15, event: sign_up, package: basis, subscription: summer}
"""


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a scenario file."""

    def write(text: str) -> Path:
        path = tmp_path / "anna.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


# can-cancel


def test_can_cancel_answers_in_one_sentence_and_then_says_why(file: Callable[[str], Path]) -> None:
    result = subsim("can-cancel", file(ANNA), "--date", "2020-02-20", "--law", "off")
    assert (
        result.stdout
        == """\
Yes: a notice received on 20 February 2020 ends the subscription on 15 July 2020 (last day of
service 14 July 2020); 447.00 kr. still to pay.

Nothing is owed on 20 February 2020.

Why: notice of 20 February 2020 + 30 days = 21 March 2020; next quarter boundary 15 July 2020; not
before the end of the binding on 15 July 2020.
  betaling.5                  Payment information
  opsigelse.1a, opsigelse.2d  Termination of the services

Ways out for a notice received on 20 February 2020
way out           now         ends on  still to pay  clauses and why
----------------  ------  -----------  ------------  -----------------------------------------------
ordinary notice   open    15 Jul 2020        447.00  betaling.5, opsigelse.1a, opsigelse.2d: notice
                                                     of 20 February 2020 + 30 days = 21 March 2020;
                                                     next quarter boundary 15 July 2020; not before
                                                     the end of the binding on 15 July 2020
withdrawal        closed                             fortrydelse.1, fortrydelse.2, fortrydelse.3:
                                                     confirmed on 15 January 2020 + 14 days =
                                                     29 January 2020; 20 February 2020 is too late
end of the trial  closed                             proevetilbud.2: not in a trial
price change      closed                             prisaendringer.2, opsigelse.2a: no change of
                                                     this package's price is pending that lets the
                                                     member leave
service change    closed                             proevetilbud.5, opsigelse.2b: no change of this
                                                     package's service is pending that is a material
                                                     disadvantage
terms change      closed                             aendringer.3, opsigelse.2c: no material change
                                                     of the terms is pending

Last days of an ordinary notice for each end within a year
  notice by      ends on  last day of service
-----------  -----------  -------------------
15 Jun 2020  15 Jul 2020          14 Jul 2020
15 Sep 2020  15 Oct 2020          14 Oct 2020
16 Dec 2020  15 Jan 2021          14 Jan 2021

What would have given another answer
  Had the notice come by 29 January 2020: 29 January 2020 (withdrawal).

Other readings that would change the answer
point              reading   answer                       what it says
-----------------  --------  ---------------------------  ------------------------------------------
quarter-anchor     calendar  1 Oct 2020, ordinary notice  every 3 months from 1 January on
notice-in-binding  refused   cannot cancel                it is refused: only a free member can give
                                                          it
"""
    )


def test_can_cancel_gives_the_json_of_the_format(file: Callable[[str], Path]) -> None:
    answer = json.loads(subsim("can-cancel", file(ANNA), "--date", "2020-02-20", "--format", "json").stdout)
    assert list(answer) == [
        *("date", "subscription", "state", "can_cancel", "earliest_end", "route", "clauses", "because"),
        *("routes", "contested", "owed", "overdue", "overdue_since", "interest", "wanted_end"),
        *("worlds", "certain", "cases", "decisive", "law"),
    ]
    assert list(answer["routes"][0]) == [
        *("route", "open", "ends_on", "give_notice_by", "refund", "still_to_pay", "clauses", "because"),
    ]
    assert list(answer["contested"][0]) == ["point", "reading", "can_cancel", "earliest_end", "route"]
    assert (answer["earliest_end"], answer["routes"][-1]["still_to_pay"]) == ("2020-07-15", "447.00")


def test_json_is_the_same_in_danish(file: Callable[[str], Path]) -> None:
    command = ("can-cancel", file(ANNA), "--date", "2020-02-20", "--format", "json")
    assert subsim(*command, "--lang", "da").stdout == subsim(*command, "--lang", "en").stdout


def test_can_cancel_is_asked_for_today_in_copenhagen(file: Callable[[str], Path]) -> None:
    answer = json.loads(subsim("can-cancel", file(ANNA), "--format", "json").stdout)
    assert answer["date"] == datetime.now(ZoneInfo("Europe/Copenhagen")).date().isoformat()


def test_can_cancel_of_several_subscriptions_lists_them(file: Callable[[str], Path]) -> None:
    result = subsim("can-cancel", file(TWO), "--date", "2020-03-01")
    assert result.returncode == 2
    assert result.stderr.endswith(
        "Error: Invalid value for '--subscription': which subscription is meant?\nthere are house and summer\n"
    )


def test_can_cancel_of_an_unknown_subscription_names_the_one_probably_meant(file: Callable[[str], Path]) -> None:
    result = subsim("can-cancel", file(TWO), "--date", "2020-03-01", "--subscription", "sumer")
    assert result.returncode == 2
    assert result.stderr.endswith(
        "no subscription is called 'sumer'; did you mean 'summer'?\nthere are house and summer\n"
    )


# replay


def test_replay_shows_the_whole_outcome_and_what_is_read_otherwise(file: Callable[[str], Path]) -> None:
    result = subsim("replay", file(ANNA), "--until", "2020-03-01", "--number", "notice-days=31")
    assert (
        result.stdout
        == """\
Anna gives notice in the binding
until 1 March 2020, profile standard
notice-days taken as 31, not 30

Subscriptions
package  state     signed up  bound until      ends on
-------  ------  -----------  -----------  -----------
basis    ending  15 Jan 2020  15 Jul 2020  15 Jul 2020

States
       from  state
-----------  ------
15 Jan 2020  bound
 1 Mar 2020  ending

Invoices
       date  line    package         from        until     kr.      paid on  clause
-----------  ------  -------  -----------  -----------  ------  -----------  ----------
15 Jan 2020  period  basis    15 Jan 2020  15 Apr 2020  447.00  15 Jan 2020  betaling.2
             in all                                     447.00

Payments
       date              kr.
-----------  -------  ------
15 Jan 2020  payment  447.00

Duties
duty                       clause       date
-------------------------  -----------  -----------
Kabelplus sends a receipt  fornyelse.3  15 Jan 2020

Totals
charged    paid  owed
-------  ------  ----
 447.00  447.00  0.00
"""
    )


def test_replay_gives_the_json_of_the_format(file: Callable[[str], Path]) -> None:
    outcome = json.loads(subsim("replay", file(ANNA), "--format", "json").stdout)
    assert list(outcome) == [
        *("scenario", "until", "profile", "readings", "numbers", "member", "subscriptions", "invoices", "payments"),
        *("refunds", "refused", "duties", "totals", "decisions"),
    ]
    assert list(outcome["subscriptions"][0]) == [
        *("id", "state", "suspended", "package", "registered_on", "binding_ends", "ends_on", "ended_on", "end_reason"),
        "terms_since",
        "states",
    ]
    assert list(outcome["invoices"][0]) == [
        *("date", "due", "kind", "subscription", "package", "from", "to", "amount", "paid_on", "interest", "clause"),
    ]
    assert list(outcome["decisions"][0]) == ["date", "event", "subscription", "clause", "verdict", "because"]


def test_a_scenario_may_come_from_standard_input() -> None:
    result = subsim("replay", "-", "--format", "json", stdin=ANNA)
    assert json.loads(result.stdout)["scenario"] == "Anna gives notice in the binding"


def test_a_fault_of_the_file_goes_to_standard_error_with_its_line_and_a_caret() -> None:
    result = subsim("replay", "-", stdin=MISSPELT)
    assert (result.returncode, result.stdout) == (2, "")
    assert (
        result.stderr
        == """\
<stdin>:6:31: no event is called 'give_notise'
  6 |   - {date: 2020-03-01, event: give_notise}
    |                               ^
did you mean 'give_notice'?
"""
    )


def test_a_missing_file_is_named() -> None:
    result = subsim("replay", "nowhere.yaml")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "nowhere.yaml: the file cannot be read: No such file or directory\n"


# run


def test_run_is_0_where_all_expectations_hold(file: Callable[[str], Path]) -> None:
    result = subsim("run", file(ANNA))
    assert (result.returncode, result.stdout, result.stderr) == (0, "1 file, 2 cases: all hold.\n", "")


def test_run_is_1_where_one_does_not_and_shows_expected_and_found(file: Callable[[str], Path]) -> None:
    result = subsim("run", "anna.yaml", cwd=file(WRONG).parent)
    assert result.returncode == 1
    assert (
        result.stdout
        == """\
anna.yaml
  ended_on
    expected  2020-05-15
    found     2020-07-15
    clause    betaling.5

1 file, 2 cases: 1 holds, 1 does not hold.
"""
    )


def test_run_is_2_where_an_input_cannot_be_read_and_runs_the_others(tmp_path: Path) -> None:
    for folder, text in {"a": MISSPELT, "b": WRONG, "c": ANNA}.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "anna.yaml").write_text(text, encoding="utf-8")
    result = subsim("run", "a", "b", "c", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith("a/anna.yaml:6:31: no event is called 'give_notise'\n")
    assert result.stdout.endswith("""
folder  files  cases  hold  do not hold  cannot be read
------  -----  -----  ----  -----------  --------------
a           1      1                                  1
b           1      2     1            1
c           1      2     2

3 files, 5 cases: 3 hold, 1 does not hold, 1 cannot be read.
""")


def test_run_gives_the_json_of_the_format(file: Callable[[str], Path]) -> None:
    result = subsim("run", "anna.yaml", "--format", "json", cwd=file(WRONG).parent)
    assert json.loads(result.stdout) == {
        "files": 1,
        "cases": 2,
        "passed": 1,
        "failed": 1,
        "errors": 0,
        "results": [
            {
                "file": "anna.yaml",
                "variant": None,
                "ok": False,
                "mismatches": [{"path": "ended_on", "expected": "2020-05-15", "found": "2020-07-15"}],
            },
            {"file": "anna.yaml", "variant": "by the 30-day clause", "ok": True, "mismatches": []},
        ],
    }


def test_run_gives_junit_with_a_test_for_each_case(file: Callable[[str], Path]) -> None:
    root = ElementTree.fromstring(subsim("run", "anna.yaml", "--format", "junit", cwd=file(WRONG).parent).stdout)
    assert [test.get("name") for test in root.iter("testcase")] == ["as written", "by the 30-day clause"]
    assert [failure.text for failure in root.iter("failure")] == [
        "ended_on: expected 2020-05-15, found 2020-07-15 (betaling.5)"
    ]


def test_run_takes_the_folder_scenarios_where_no_path_is_given(tmp_path: Path) -> None:
    (tmp_path / "scenarios" / "deep").mkdir(parents=True)
    (tmp_path / "scenarios" / "deep" / "anna.yml").write_text(ANNA, encoding="utf-8")
    (tmp_path / "scenarios" / "notes.md").write_text("no scenario", encoding="utf-8")
    assert subsim("run", cwd=tmp_path).stdout == "1 file, 2 cases: all hold.\n"


def test_run_without_path_or_folder_says_what_to_do(tmp_path: Path) -> None:
    result = subsim("run", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.endswith("Error: there is no folder 'scenarios' here: name the files and folders to run\n")


def test_a_folder_without_scenarios_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = subsim("run", "empty", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr == "empty: the folder holds no scenario: no file that ends in .yaml or .yml\n"


def test_a_file_named_twice_is_run_once(file: Callable[[str], Path]) -> None:
    path = file(ANNA)
    assert subsim("run", path, path).stdout == "1 file, 2 cases: all hold.\n"


def test_the_profile_of_the_command_line_wins_over_the_file(file: Callable[[str], Path]) -> None:
    result = subsim("run", file(ANNA), "--profile", "operator", "--format", "json")
    assert json.loads(result.stdout)["failed"] == 2


# Options


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("rum",), "No such command 'rum'. Did you mean 'run'?"),
        (("run", "--profile", "membr"), "no profile is called 'membr'; did you mean 'member'?"),
        (("run", "--profile", "membr"), "there are standard, member and operator"),
        (("run", "--reading", "quarter-ancor=calendar"), "did you mean 'quarter-anchor'?"),
        (("run", "--reading", "quarter-anchor=calender"), "did you mean 'calendar'?"),
        (("run", "--reading", "quarter-anchor=calender"), "there are subscription and calendar"),
        (("run", "--reading", "quarter-anchor"), "'quarter-anchor' is not of the form POINT=READING"),
        (("run", "--number", "notice-day=31"), "did you mean 'notice-days'?"),
        (("run", "--number", "notice-days=-1"), "notice-days=-1: not a whole number of days"),
        (("run", "--number", "age-years=17", "--number", "age-years=18"), "'age-years' is given twice"),
        (("replay", "x.yaml", "--until", "2020-02-30"), "'2020-02-30': no such day in the calendar"),
        (("can-cancel", "x.yaml", "--date", "tomorrow"), "'tomorrow': not a date of the form YYYY-MM-DD"),
        (("clauses", "--format", "jsn"), "no format is called 'jsn'; did you mean 'json'?"),
        (("clauses", "--lang", "de"), "no language is called 'de'"),
    ],
)
def test_a_wrong_option_is_an_error_that_names_what_is_right(arguments: tuple[str, ...], error: str) -> None:
    result = subsim(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert error in result.stderr


# The catalogues


def test_clauses_say_where_they_are_modelled_or_why_not() -> None:
    result = subsim("clauses")
    assert result.stdout.startswith("""\
Terms of business of Kabelplus (Handelsbetingelser for Kabelplus)
  tv.1              TV is supplied on the statutes and conditions of the member's local antenna
                    association, not on these terms.
                    modelled in subsim.rules.eligibility
""")
    assert "not modelled: It explains tv.1 and adds no rule of its own." in result.stdout


def test_readings_name_each_reading_and_who_picks_it() -> None:
    assert (
        """
quarter-anchor: From which day do quarters run? (betaling.5)
reading       profiles          what it says
------------  ----------------  ---------------------------------------------------------
subscription  standard, member  every 3 months from the subscription's own billing anchor
calendar      operator          every 3 months from 1 January on
"""
        in subsim("readings").stdout
    )


def test_the_catalogues_have_a_machine_form() -> None:
    clauses = json.loads(subsim("clauses", "--format", "json").stdout)
    readings = json.loads(subsim("readings", "--format", "json").stdout)
    assert list(clauses[0]) == ["id", "heading", "heading_en", "en", "da", "modelled", "left_out"]
    assert readings["points"][1]["profiles"] == {
        "standard": "subscription",
        "member": "subscription",
        "operator": "calendar",
    }


def test_schema_is_json_unless_a_table_is_asked_for() -> None:
    assert json.loads(subsim("schema").stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "\nwithdraw_notice: " in subsim("schema", "--format", "table").stdout


# Language


def test_the_locale_chooses_danish(file: Callable[[str], Path]) -> None:
    result = subsim("can-cancel", file(ANNA), "--date", "2020-02-20", "--law", "off", LANG="da_DK.UTF-8")
    assert result.stdout.startswith("""\
Ja: En opsigelse modtaget den 20. februar 2020 afslutter abonnementet den 15. juli 2020 (sidste dag
med adgang er den 14. juli 2020); inden da skal der betales 447,00 kr.

Der er intet skyldigt beløb den 20. februar 2020.

Hvorfor: """)


def test_the_option_wins_over_the_locale(file: Callable[[str], Path]) -> None:
    assert subsim("run", file(ANNA), "--lang", "da").stdout == "1 fil, 2 tilfælde: alle holder.\n"
    assert subsim("run", file(ANNA), "--lang", "en", LANG="da_DK.UTF-8").stdout == "1 file, 2 cases: all hold.\n"


def test_a_terminal_without_danish_letters_gets_no_traceback() -> None:
    result = subsim("clauses", "--lang", "da", PYTHONIOENCODING="ascii")
    assert (result.returncode, result.stderr) == (0, "")


GIVE_NOTISE = ANNA.replace("give_notice", "give_notise")


def test_faults_of_a_file_are_told_in_danish(file: Callable[[str], Path]) -> None:
    path = file(GIVE_NOTISE)
    stderr = subsim("run", path, "--lang", "da").stderr
    assert stderr.startswith(f"{path}:6:31: ingen hændelse hedder 'give_notise'\n")
    assert stderr.endswith("^\nmente du 'give_notice'?\n")
    assert subsim("replay", path, LANG="da_DK.UTF-8").stderr == stderr


def test_a_file_that_is_not_there_is_told_in_danish() -> None:
    result = subsim("run", "gone.yaml", "--lang", "da")
    assert result.stderr == "gone.yaml: filen kan ikke læses: filen eller mappen findes ikke\n"


def test_json_and_its_faults_leave_standard_output_as_it_is(file: Callable[[str], Path]) -> None:
    path = file(GIVE_NOTISE)
    danish, english = (subsim("run", path, "--format", "json", "--lang", code).stdout for code in ("da", "en"))
    assert danish == english


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (
            ("run", "--profile", "membr", "--lang", "da"),
            "ukendt profil: 'membr'; mente du 'member'?\nmulighederne er standard, member og operator",
        ),
        (("run", "--number", "notice-days=x", "--lang", "da"), "notice-days=x: ikke et helt antal dage"),
        (("replay", "a.yaml", "--until", "2020-02-30", "--lang", "da"), "den dag findes ikke i kalenderen"),
    ],
)
def test_faults_of_options_are_told_in_danish_wherever_the_language_stands(
    arguments: tuple[str, ...], fault: str
) -> None:
    assert fault in subsim(*arguments).stderr


# Ending early


def test_a_reader_who_has_gone_ends_a_command_quietly() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "subsim", "clauses"],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    _, errors = process.communicate()
    assert (process.returncode, errors) == (141, b"")


def test_without_its_extra_serve_says_how_to_install_it(tmp_path: Path) -> None:
    hidden = "import sys; sys.modules['litestar'] = None; from subsim.shell.commands import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", hidden, "serve", "--folder", str(tmp_path), "--port", "0"],
        capture_output=True,
        text=True,
        check=False,
        cwd=REPOSITORY,
        timeout=60,
    )
    message = "this needs the extra 'web', which is not installed: pip install 'subsim[web]'\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)
