"""The reason of every decision, date and line: the clause, the arithmetic, and what it changed."""

import pytest
from click.testing import CliRunner, Result
from hypothesis import given

from subsim.answers.explain import explain
from subsim.answers.explanation import Explanation, paragraph
from subsim.answers.outcome import Decision
from subsim.basics.languages import Code, language
from subsim.files.scenario import loads
from subsim.pages.explain import explain_page
from subsim.pages.text import Page, text_of
from subsim.shell.commands import main
from subsim.terms.clauses import CLAUSES
from tests.support.story import ANNA, INVOICED, story
from tests.support.timelines import Story, as_scenario, stories

COUNTED = ("invoice:", "refused:", "refund:", "duty:")
RISE = "2020-03-01 announce_price_change effective: 2020-08-01, prices: {basis: 159.00}"
TWO = f"{ANNA}, subscription: house", "2020-02-15 sign_up package: family, subscription: summer"


def explained(*events: str, until: str | None = None, under: str = "") -> Explanation:
    """The reasons of a story."""
    told = story(*events, until=until, under=under)
    return explain(told.scenario, told.outcome, with_law=False)


def about(subject: str, *events: str, until: str | None = None, under: str = "") -> list[str]:
    """The decisions that bear on a subject: `2020-04-15 give_notice`."""
    reasons = explained(*events, until=until, under=under).about(subject)
    return [f"{reason.decision.date} {reason.decision.event}" for reason in reasons]


def effects(date: str, event: str, *events: str, until: str | None = None, under: str = "") -> list[str]:
    """What one decision changed: `ends_on: None to 2020-07-15`."""
    reasons = explained(*events, until=until, under=under).reasons
    found = [each for each in reasons if (str(each.decision.date), each.decision.event) == (date, event)]
    written = [effect.to_dict() for reason in found for effect in reason.effects]
    return [f"{each['about']}: {each['from']} to {each['to']}" for each in written]


def page(*events: str, subject: str | None = None, until: str | None = None, code: Code = "en") -> str:
    """What people read."""
    return text_of(explain_page(explained(*events, until=until), Page(language(code), 1000), subject), 1000)


# Effects


def test_a_sign_up_binds_and_opens_the_withdrawal_period() -> None:
    assert effects("2020-01-15", "sign_up", ANNA) == [
        "state: None to bound",
        "registered_on: None to 2020-01-15",
        "package: None to basis",
        "price: None to 149.00",
        "binding_ends: None to 2020-07-15",
        "withdrawal: closed to 2020-01-29",
    ]


def test_a_new_period_gives_a_line_and_its_receipt() -> None:
    assert effects("2020-04-15", "period_begins", ANNA, until="2020-04-15") == [
        "invoice:2: None to 447.00",
        "duty:2: None to 2020-04-15",
    ]


def test_a_notice_sets_the_end() -> None:
    assert effects("2020-03-01", "give_notice", ANNA, "2020-03-01 give_notice") == [
        "state: bound to ending",
        "ends_on: None to 2020-07-15",
    ]


def test_an_activation_closes_the_withdrawal() -> None:
    assert effects("2020-01-16", "activate", ANNA, "2020-01-16 activate") == ["withdrawal: 2020-01-29 to closed"]


def test_an_announcement_opens_a_way_out_until_its_last_day_of_notice() -> None:
    # 1 August less three days
    assert effects("2020-03-01", "announce_price_change", ANNA, RISE) == ["price_change: closed to 2020-07-29"]


def test_a_new_price_is_the_effect_of_its_day() -> None:
    assert effects("2020-08-01", "price_change_takes_effect", ANNA, RISE) == ["price: 149.00 to 159.00"]


def test_what_a_payment_settles_is_its_effect() -> None:
    assert effects("2020-01-20", "pay", INVOICED, "2020-01-20 pay amount: 400.00") == ["invoice:1: 447.00 to 47.00"]


def test_of_deadlines_that_fall_on_one_day_each_has_its_own_effect() -> None:
    until = "2020-07-15"
    assert effects(until, "binding_ends", ANNA, until=until) == ["state: bound to free"]
    assert effects(until, "period_begins", ANNA, until=until)[0] == "invoice:3: None to 447.00"


def test_of_two_subscriptions_each_has_its_own_effects() -> None:
    same_day = f"{ANNA}, subscription: house", "2020-01-15 sign_up package: family, subscription: summer"
    assert effects("2020-04-15", "period_begins", *same_day, until="2020-04-15") == [
        "invoice:3: None to 447.00",
        "duty:3: None to 2020-04-15",
        "invoice:4: None to 897.00",
        "duty:4: None to 2020-04-15",
    ]


def test_credit_pays_the_first_line_of_a_day_and_the_receipt_is_of_the_next() -> None:
    same_day = (
        f"{ANNA}, subscription: house",
        "2020-01-15 sign_up package: family, subscription: summer",
        "2020-02-01 pay amount: 447.00",
    )
    reasons = explained(*same_day, until="2020-04-15").about("duty:3")
    assert [reason.decision.subscription for reason in reasons] == ["summer"]


def test_a_refused_event_has_no_effect_and_is_counted() -> None:
    assert effects("2020-02-01", "transfer", ANNA, "2020-02-01 transfer") == []
    assert about("refused:1", ANNA, "2020-02-01 transfer") == ["2020-02-01 transfer"]


def test_every_decision_is_explained_once_and_in_order_of_time() -> None:
    explanation = explained(
        ANNA, "2020-02-01 transfer", RISE, "2020-05-01 change_package to: family", until="2021-01-01"
    )
    decisions = [reason.decision for reason in explanation.reasons]
    assert [each.date for each in decisions] == sorted(each.date for each in decisions)
    assert sorted(map(_key, decisions)) == sorted(map(_key, explanation.outcome.decisions))


def _key(decision: Decision) -> tuple[str, str]:
    return decision.date.isoformat(), decision.event


# What can be asked


def test_a_standing_end_was_set_by_the_notice() -> None:
    assert about("ends_on", ANNA, "2020-03-01 give_notice") == ["2020-03-01 give_notice"]


def test_an_end_that_has_come_goes_back_to_the_notice() -> None:
    assert about("ended_on", ANNA, "2020-03-01 give_notice", until="2020-08-01") == [
        "2020-03-01 give_notice",
        "2020-07-15 end_takes_effect",
    ]


def test_the_end_of_the_binding_was_set_by_the_sign_up() -> None:
    assert about("binding_ends", ANNA, until="2020-08-01") == ["2020-01-15 sign_up"]


def test_a_line_has_its_period_behind_it_and_what_set_package_and_price() -> None:
    assert about("invoice:4", ANNA, RISE, until="2020-10-15") == [
        "2020-01-15 sign_up",
        "2020-08-01 price_change_takes_effect",
        "2020-10-15 period_begins",
    ]


def test_a_line_paid_late_has_its_payment_too() -> None:
    assert about("invoice:1", INVOICED, "2020-02-01 pay amount: 447.00") == [
        "2020-01-15 sign_up",
        "2020-01-15 period_begins",
        "2020-02-01 pay",
    ]


def test_a_duty_has_the_event_that_gave_rise_to_it() -> None:
    assert about("duty:2", ANNA, "2020-02-01 complain") == ["2020-02-01 complain"]


def test_what_nothing_has_set_has_no_reason() -> None:
    assert about("ended_on", ANNA) == []
    assert "ended_on: no decision has set it" in page(ANNA, subject="ended_on")


def test_an_id_signed_up_again_is_asked_about_as_the_latest() -> None:
    again = ANNA, "2020-01-20 withdraw", "2020-03-01 sign_up package: basis"
    assert about("binding_ends", *again) == ["2020-03-01 sign_up"]
    assert about("ended_on", *again) == []


def test_the_earlier_subscriptions_of_an_id_are_asked_about_by_their_number() -> None:
    again = ANNA, "2020-01-20 withdraw", "2020-03-01 sign_up package: basis"
    assert about("ended_on:1", *again) == ["2020-01-20 withdraw"]
    assert about("binding_ends:1", *again) == ["2020-01-15 sign_up"]


ODD_IDS = f"{ANNA}, subscription: 'invoice:1'", "2020-01-15 sign_up package: basis, subscription: main.ends_on"


@pytest.mark.parametrize("id", ["invoice:1", "main.ends_on"])
def test_a_subscription_whose_id_looks_like_a_subject_has_subjects_of_its_own(id: str) -> None:
    notice = f"2020-02-01 give_notice subscription: '{id}'"
    assert about(f"{id}.ends_on", *ODD_IDS, notice) == ["2020-02-01 give_notice"]


def test_a_line_is_asked_about_beside_a_subscription_of_that_name() -> None:
    assert about("invoice:1", *ODD_IDS)[-1] == "2020-01-15 period_begins"


def test_of_several_subscriptions_the_one_asked_about_is_named() -> None:
    explanation = explained(*TWO)
    assert [reason.decision.date.isoformat() for reason in explanation.about("summer.binding_ends")] == ["2020-02-15"]
    assert "binding_ends" not in explanation.subjects


def test_the_subjects_in_short_span_what_is_counted() -> None:
    assert explained(ANNA, until="2020-07-15").subjects_in_short[-2:] == ["invoice:1 … invoice:3", "duty:1 … duty:3"]


def test_every_line_duty_and_refusal_has_a_reason() -> None:
    explanation = explained(*TWO, "2020-02-20 transfer", "2020-03-01 complain", until="2021-06-01")
    counted = [subject for subject in explanation.subjects if subject.startswith(COUNTED)]
    assert [subject for subject in counted if not explanation.about(subject)] == []


# Interest

LATE = (
    "2025-12-01 sign_up package: basis, payment: invoice",
    "2026-01-25 pay amount: 200.00",
    "2026-08-15 pay amount: 247.00",
)


def interest_rows(*events: str, until: str | None = None) -> list[str]:
    """The rows of the first line's interest: from, to, days, open, both rates, days of the year, interest."""
    interest = explained(*events, until=until).interest_on("invoice:1")
    assert interest is not None
    keys = ("from", "to", "days", "open", "reference_rate", "supplement", "days_of_year", "interest")
    return [" ".join(str(row.to_dict()[key]) for key in keys) for row in interest.rows]


def test_interest_has_a_row_for_each_half_year_and_each_amount_open() -> None:
    # 447.00 × 9.75 % × 30 / 365 = 3.58212…; × 25 = 2.98510…; 247.00 × 9.75 % × 156 / 365 = 10.29278…;
    # 247.00 × 10 % × 46 / 365 = 3.11287…
    assert interest_rows(*LATE) == [
        "2025-12-02 2026-01-01 30 447.00 1.7500 8.0000 365 3.5821",
        "2026-01-01 2026-01-26 25 447.00 1.7500 8.0000 365 2.9851",
        "2026-01-26 2026-07-01 156 247.00 1.7500 8.0000 365 10.2927",
        "2026-07-01 2026-08-16 46 247.00 2.0000 8.0000 365 3.1128",
    ]


def test_a_supplement_before_march_2013_is_seven_and_a_leap_year_has_366_days() -> None:
    # 447.00 × 7.70 % × 10 / 366 = 0.94040…
    story = "2012-01-15 sign_up package: basis, payment: invoice", "2012-01-25 pay amount: 447.00"
    assert interest_rows(*story) == ["2012-01-16 2012-01-26 10 447.00 0.7000 7.0000 366 0.9404"]


def test_the_sum_of_the_interest_is_rounded_once() -> None:
    # each row rounded by itself would give 3.58 + 2.99 + 10.29 + 3.11 = 19.97, as here; the exact sum is 19.97288…
    interest = explained(*LATE).to_dict("invoice:1")["interest"]
    assert {key: interest[key] for key in ("exact", "rounded")} == {"exact": "19.9728", "rounded": "19.97"}
    assert [row["provisional"] for row in interest["half_years"]] == [False, False, False, True]


def test_a_line_paid_in_time_has_no_rows_of_interest() -> None:
    assert explained(ANNA).to_dict("invoice:1")["interest"] == {"half_years": [], "exact": "0.0000", "rounded": "0.00"}


def test_what_is_no_line_has_no_interest() -> None:
    assert "interest" not in explained(*LATE).to_dict("ends_on")
    assert "interest" not in explained(*LATE).to_dict()


def test_the_page_shows_the_arithmetic_and_marks_what_is_provisional() -> None:
    assert page(*LATE, subject="invoice:1").split("\n\n")[2:6] == [
        """\
Interest
  first day     last day  days  amount open  rate                           days in the year  interest
-----------  -----------  ----  -----------  -----------------------------  ----------------  --------
 2 Dec 2025  31 Dec 2025    30       447.00  1.75 % + 8.00 %                             365   3.5821…
 1 Jan 2026  25 Jan 2026    25       447.00  1.75 % + 8.00 %                             365   2.9851…
26 Jan 2026  30 Jun 2026   156       247.00  1.75 % + 8.00 %                             365  10.2927…
 1 Jul 2026  15 Aug 2026    46       247.00  2.00 % + 8.00 % (provisional)               365   3.1128…""",
        "Each row: the days × what is open × the rate / the days in the year. The rate is the reference rate of the "
        "half-year plus a supplement fixed by law (renteloven § 5).",
        "The sum, 19.9728… kr., is rounded once, to 19.97 kr.; sums are cut off at four decimals here.",
        "A rate marked provisional rests on one source only and may still change.",
    ]


def test_an_exact_sum_has_no_dots_and_confirmed_rates_no_remark() -> None:
    # 365.00 × 8.05 % × 1 / 366 is endless; 36600.00 × 8.05 % × 10 / 366 = 80.50
    told = story("2020-01-15 sign_up package: vip, payment: invoice", until="2020-01-25", prices="vip: 12200.00")
    text = text_of(explain_page(explain(told.scenario, told.outcome), Page(language("en"), 1000), "invoice:1"), 1000)
    assert "The sum, 80.5000 kr., is rounded once, to 80.50 kr." in text
    assert "provisional" not in text


@pytest.mark.parametrize(
    ("rate", "written"), [(500, "0,05 %"), (-3500, "-0,35 %"), (12345, "1,2345 %"), (12340, "1,234 %")]
)
def test_a_rate_has_as_many_decimals_as_it_needs_and_at_least_two(rate: int, written: str) -> None:
    assert language("da").percent(rate).replace("\N{NO-BREAK SPACE}", " ") == written


# What people read


def test_a_decision_shows_its_clause_its_arithmetic_and_its_effect() -> None:
    assert page(ANNA, "2020-03-01 give_notice").endswith("""\
1 March 2020: notice
  clause  Payment information, paragraph 5 (betaling.5)
  why     notice of 1 March 2020 + 30 days = 31 March 2020; next quarter boundary 15 July 2020; not before the end of \
the binding on 15 July 2020; the subscription ends on 15 July 2020
  effect  now ending; ends on 15 July 2020""")


def test_the_effect_in_danish() -> None:
    assert page(ANNA, "2020-03-01 give_notice", code="da").endswith("virkning     nu opsagt; ophører den 15. juli 2020")


def test_a_line_asked_for_says_how_it_stands() -> None:
    lines = page(INVOICED, "2020-02-01 pay amount: 447.00", subject="invoice:1").splitlines()
    assert lines[3].startswith("invoice:1: period, 447.00 kr. on 15 January 2020; paid on 1 February 2020; ")


def test_a_refused_event_changes_nothing() -> None:
    assert page(ANNA, "2020-02-01 transfer").endswith("effect  refused: nothing changes")


def test_a_line_left_open_says_so_only_where_it_is_settled_in_part() -> None:
    text = page(INVOICED, "2020-02-01 pay amount: 500.00", until="2020-04-15")
    assert "line 1: 447.00 kr.\n" in text
    assert "line 2: 447.00 kr., of which 394.00 kr. is open" in text


def test_a_line_paid_at_once_says_so() -> None:
    assert "line 1: 447.00 kr., settled at once; Kabelplus sends a receipt" in page(ANNA)


@pytest.mark.parametrize(
    ("id", "named"), [("opsigelse.2d", "2d"), ("betaling.5", "5"), ("persondata.opbevaring.1", "1")]
)
def test_the_paragraph_of_a_clause_is_what_its_id_ends_with(id: str, named: str) -> None:
    assert id in CLAUSES
    assert paragraph(id) == named


# JSON


def test_the_json_of_a_decision_names_heading_paragraph_and_effects() -> None:
    written = explained(ANNA, "2020-03-01 give_notice").to_dict("ends_on")
    assert written["about"] == "ends_on"
    (decision,) = written["decisions"]
    assert {key: decision[key] for key in ("date", "event", "clause", "heading", "heading_en", "paragraph")} == {
        "date": "2020-03-01",
        "event": "give_notice",
        "clause": "betaling.5",
        "heading": "Betalingsoplysninger",
        "heading_en": "Payment information",
        "paragraph": "5",
    }
    assert decision["effects"] == [
        {"about": "state", "what": "state", "from": "bound", "to": "ending"},
        {"about": "ends_on", "what": "ends_on", "from": None, "to": "2020-07-15"},
    ]


def test_ten_years_of_monthly_periods_are_explained() -> None:
    monthly = "2014-01-15 sign_up package: basis, billing: monthly"
    assert len(explained(monthly, until="2024-01-14").about("price")) == 1
    assert len(explained(monthly, until="2024-01-14").outcome.invoices) == 120


# Every timeline


@given(story=stories())
def test_the_effects_of_all_decisions_add_up_to_the_outcome(story: Story) -> None:
    scenario, outcome = loads(as_scenario(story.facts, story.terms)), story.outcome()
    changed = [effect for reason in explain(scenario, outcome).reasons for effect in reason.effects]
    last = {(effect.subscription, effect.what): effect.after for effect in changed}
    for place, each in enumerate(outcome.subscriptions):
        assert (last[place, "state"], last[place, "package"]) == (each.state, each.package)
        assert last[place, "binding_ends"] == each.binding_ends
        assert last.get((place, "ends_on")) == (each.ends_on or each.ended_on)
    issued = [effect.after for effect in changed if effect.what == "issued"]
    assert issued == [line.amount for line in outcome.invoices]


@given(story=stories())
def test_the_arithmetic_of_the_interest_gives_that_of_the_outcome(story: Story) -> None:
    explanation = explain(loads(as_scenario(story.facts, story.terms)), story.outcome(), with_law=False)
    assert [each.rounded for each in explanation.interest] == [line.interest for line in explanation.outcome.invoices]


@given(story=stories())
def test_every_line_and_every_duty_of_any_timeline_has_a_reason(story: Story) -> None:
    explanation = explain(loads(as_scenario(story.facts, story.terms)), story.outcome())
    assert [each for each in explanation.subjects if each.startswith(COUNTED) and not explanation.about(each)] == []


@given(story=stories())
def test_every_subject_of_any_timeline_has_one_name(story: Story) -> None:
    subjects = explain(loads(as_scenario(story.facts, story.terms)), story.outcome()).subjects
    assert len(set(subjects)) == len(subjects)


# The command

STORY = """\
scenario: Anna
prices: {basis: 149.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
  - {date: 2020-03-01, event: give_notice}
"""


def run(*arguments: str) -> Result:
    """The command on standard input."""
    return CliRunner().invoke(main, ["explain", "-", "--lang", "en", *arguments], input=STORY)


def test_the_command_knows_no_more_than_its_date() -> None:
    assert "notice" not in run("--date", "2020-02-01", "--law", "off").stdout


def test_an_unknown_subject_is_an_error_that_names_those_there_are() -> None:
    result = run("--about", "ends_onn")
    assert result.exit_code == 2
    assert "no subject is called 'ends_onn'; did you mean 'ends_on'?" in result.stderr
    assert "invoice:1 and duty:1" in result.stderr


def test_the_list_of_subjects_names_every_subscription() -> None:
    other = STORY.replace(
        "timeline:\n", "timeline:\n  - {date: 2020-01-01, event: sign_up, package: basis, subscription: b}\n"
    )
    story = other.replace("give_notice", "give_notice, subscription: b")
    result = CliRunner().invoke(main, ["explain", "-", "--lang", "en", "--about", "invoice:9"], input=story)
    assert "there are b.state, " in result.stderr
    assert "and main.state … main.terms_change" in result.stderr


def test_json_is_the_same_in_every_language() -> None:
    assert run("--format", "json").stdout == run("--format", "json", "--lang", "da").stdout


def test_a_file_that_cannot_be_read_exits_with_2() -> None:
    assert CliRunner().invoke(main, ["explain", "no-such-file.yaml"]).exit_code == 2


def test_what_the_provisions_say_stands_once_for_all_subscriptions() -> None:
    told = story(*TWO)
    text = text_of(explain_page(explain(told.scenario, told.outcome), Page(language("en"), 1000)), 1000)
    counted = [text.count(words) for words in ("The law beside", "Notes on", "in our own words", "not legal advice")]
    assert counted == [2, 1, 1, 1]


@pytest.mark.parametrize("law", ["beside", "off"])
def test_a_member_whom_the_law_column_does_not_cover_is_explained_too(law: str) -> None:
    done = CliRunner().invoke(main, ["explain", "scenarios/law/coverage/commercial-use.yaml", "--law", law])
    assert (done.exit_code, "The use is commercial: mandatory law is not shown." in done.stdout) == (0, law == "beside")


def test_money_that_goes_back_is_told_by_its_amount_and_not_as_a_duty() -> None:
    # bound until 15 July; 15 March to 15 June has 92 days, of which 62 are left: 447.00 x 62/92 = 301.239...
    said = page(
        "2021-03-15 sign_up package: basis",
        "2021-04-14 terminate reason: none, settlement: refund",
    )
    assert "line 2: -301.24 kr., settled at once; 301.24 kr. paid back" in " ".join(said.split())
