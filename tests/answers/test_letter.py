"""The answer as a letter: what it says to whom, how it looks in Markdown and HTML, and whether it is confirmed."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from subsim.answers.letter import letter
from subsim.answers.letter_check import NoCheckLine, Order, check_in
from subsim.answers.verification import Verification, verify
from subsim.basics.dates import Day
from subsim.basics.languages import Code, language
from subsim.files.scenario import load, loads
from subsim.pages.letter import form_of, letter_page, letter_pdf
from subsim.pages.text import Page, text_of
from subsim.pages.verification import verification_page
from subsim.terms.choice import TermsChoice
from subsim.terms.readings import ProfileName
from tests.support.command import in_process as subsim
from tests.support.timelines import Story, as_scenario, stories

JOINED = """\
scenario: A member
prices: {basis: 149.00, family: 299.00}
member: {id: "10042"}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis%s}
"""
RISE = "date: 2020-08-01, event: announce_price_change, prices: {basis: 169.00}, effective: 2020-12-01"


def file_of(*events: str, sign_up: str = "") -> str:
    """A member who signed up on 15 January 2020 for quarters of 447.00."""
    return JOINED % sign_up + "".join(f"  - {{{event}}}\n" for event in events)


def written(
    on: Day,
    *events: str,
    sign_up: str = "",
    code: Code = "en",
    subscription: str = "main",
    profile: ProfileName | None = None,
    readings: dict[str, str] | None = None,
) -> str:
    """The letter of a day in Markdown."""
    order = Order(
        date=on, subscription=subscription, language=code, choice=TermsChoice(profile=profile, readings=readings or {})
    )
    return letter_page(letter(loads(file_of(*events, sign_up=sign_up)), order), "markdown")


def answer_of(text: str) -> list[str]:
    """What stands between the salutation and the first heading."""
    _, _, rest = text.partition("\n\nThank you for your question about leaving us.\n\n")
    return rest.partition("\n\n## ")[0].split("\n\n")


def confirmed(text: str, file: str) -> Verification:
    return verify(text, loads(file), lambda anew: letter_page(anew, form_of(text)))


# What it says


def test_an_ordinary_notice_its_end_its_cost_and_its_last_day() -> None:
    assert answer_of(written(Day(2020, 3, 1))) == [
        "**Yes, you can cancel.** If your notice reaches us on 1 March 2020, your subscription ends on 15 July 2020; "
        "your last day with access is 14 July 2020. Until then you still have 447.00 kr. to pay.",
        "The same holds if your notice reaches us by 15 June 2020.",
    ]


def test_the_same_in_danish_to_the_member() -> None:
    text = written(Day(2020, 3, 1), code="da")
    assert text.startswith(
        "# Opsigelse af dit abonnement\n\nSvar pr. 1. marts 2020  \nMedlem 10042  \nPakke basis\n\nKære medlem\n\n"
    )
    assert (
        "**Ja, du kan sige op.** Får vi din opsigelse den 1. marts 2020, ophører dit abonnement den 15. juli 2020, og "
        "din sidste dag med adgang er den 14. juli 2020. Inden da skal du betale 447,00 kr.\n\n"
        "Det samme gælder, hvis vi har din opsigelse senest den 15. juni 2020.\n"
    ) in text
    assert "\n\nVenlig hilsen  \nKabelplus\n\n---\n\n" in text


def test_on_the_last_day_it_says_so() -> None:
    assert answer_of(written(Day(2020, 6, 15)))[1] == "That is the last day: later it is too late for this end."


def test_an_end_that_moves_with_the_notice_has_no_last_day() -> None:
    text = written(Day(2020, 8, 1), readings={"ordinary-notice": "thirty-days"})
    assert answer_of(text)[1:] == []


def test_a_withdrawal_says_what_is_paid_back_and_until_when() -> None:
    assert answer_of(written(Day(2020, 1, 20))) == [
        "**Yes, you can withdraw.** If we hear from you on 20 January 2020, your subscription ends that same day. "
        "We pay you back 447.00 kr.",
        "You can withdraw until 29 January 2020, if you do not take the service into use before.",
    ]


def test_what_was_not_paid_falls_away_with_a_withdrawal_and_is_no_arrears() -> None:
    assert answer_of(written(Day(2020, 1, 20), sign_up=", payment: invoice"))[2:] == [
        "447.00 kr. that you have not paid yet falls away."
    ]


def test_arrears_are_named_apart() -> None:
    text = written(Day(2020, 6, 1), sign_up=", payment: invoice")
    assert answer_of(text)[-1].startswith("Apart from that, 894.00 kr. is due already and not yet paid. ")


def test_in_a_trial_nothing_is_to_pay() -> None:
    text = written(Day(2020, 1, 20), sign_up=", trial_days: 30, channel: shop")
    assert answer_of(text) == [
        "**Yes, you can cancel during your free trial.** If your notice reaches us on 20 January 2020, your "
        "subscription ends on 14 February 2020; your last day with access is 13 February 2020. You pay nothing.",
        "To leave in this way, your notice must reach us by 13 February 2020.",
    ]


def test_the_other_ways_stand_in_a_list() -> None:
    text = written(Day(2020, 8, 1), RISE)
    assert (
        "\n\n## Other ways out\n\n"
        "- **Price change:** the subscription ends on 1 December 2020; 447.00 kr. still to pay; "
        "your notice must reach us by 28 November 2020.\n\n## "
    ) in text


def test_bound_and_refused_it_says_from_when() -> None:
    assert answer_of(written(Day(2020, 3, 1), readings={"notice-in-binding": "refused"})) == [
        "**No, you cannot cancel yet.** A notice that reaches us on 1 March 2020 has no effect. You can give notice "
        "from 15 July 2020 on. If your notice reaches us on 15 July 2020, your subscription ends on 15 October 2020; "
        "your last day with access is 14 October 2020. Until then you still have 894.00 kr. to pay."
    ]


def test_a_notice_that_stands_is_said_to() -> None:
    assert answer_of(written(Day(2020, 3, 2), "date: 2020-03-01, event: give_notice")) == [
        "**You have given notice already.** Your subscription ends on 15 July 2020; your last day with access is "
        "14 July 2020. Until then you still have 447.00 kr. to pay."
    ]


def test_the_operators_own_termination_is_ours() -> None:
    text = written(Day(2020, 8, 20), "date: 2020-08-20, event: terminate, reason: none")
    assert answer_of(text)[0].startswith(
        "**We have terminated your subscription.** Your subscription ends on 15 October"
    )


def test_after_the_end_it_says_when_that_was() -> None:
    text = written(Day(2020, 1, 21), "date: 2020-01-20, event: withdraw")
    assert answer_of(text) == [
        "**Your subscription has ended already.** It ended on 20 January 2020. The reason: withdrawal."
    ]


def test_before_the_sign_up_there_is_none() -> None:
    assert answer_of(written(Day(2020, 1, 1))) == [
        "**No, you have no such subscription.** We know of none by that name on 1 January 2020."
    ]


def test_the_clauses_stand_in_paraphrase_with_their_headings() -> None:
    text = written(Day(2020, 3, 1))
    assert "\n- **Payment information, paragraph 5:** The member is bound for 6 months from registration. " in text
    assert "\n- **Termination of the services, paragraph 2d:** " in text


def test_the_points_that_matter_are_named_as_they_are_read() -> None:
    text = written(Day(2020, 3, 1), profile="operator", readings={"notice-in-binding": "counts"})
    assert "\nThis answer rests on the terms of 30 October 2019.\n" in text
    assert "\n- **From which day do quarters run?** Every 3 months from 1 January on.\n" in text


# How it looks


class _Elements(HTMLParser):
    """The elements that are open at the end, and every address that the page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.loaded += [value or "" for name, value in attributes if name in ("src", "href")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def html_of(file: str, on: Day, subscription: str = "main", code: Code = "da") -> str:
    return letter_page(letter(loads(file), Order(date=on, subscription=subscription, language=code)), "html")


def test_the_html_page_is_whole_and_loads_nothing() -> None:
    page, elements = html_of(file_of(), Day(2020, 3, 1)), _Elements()
    elements.feed(page)
    assert (elements.open, elements.loaded, "url(" in page, "@import" in page) == ([], [], False, False)
    assert page.startswith('<!doctype html>\n<html lang="da">\n')


def test_both_formats_say_the_same() -> None:
    markdown = written(Day(2020, 8, 1), RISE, code="da")
    page = html_of(file_of(RISE), Day(2020, 8, 1))
    words = re.sub(r"<[^>]+>", " ", page[page.index("<h1>") :])
    assert re.findall(r"\w+", words) == re.findall(r"\w+", markdown)


def test_a_name_with_signs_of_html_or_markdown_stays_a_name() -> None:
    file = file_of().replace("package: basis", "package: '<b>*x*'").replace("{basis:", "{'<b>*x*':")
    assert "Pakke &lt;b&gt;*x*<" in html_of(file, Day(2020, 3, 1))
    text = letter_page(letter(loads(file), Order(date=Day(2020, 3, 1), subscription="main", language="da")), "markdown")
    assert r"Pakke \<b\>\*x\*" in text


# The check line


def test_the_check_line_holds_what_was_asked() -> None:
    order = Order(
        date=Day(2020, 3, 1),
        subscription="summer house, 'north' 50% <a>=b",
        language="da",
        choice=TermsChoice(
            profile="member",
            readings={"upgrade-charge": "full"},
            numbers={"credit-check-over": 123_45, "notice-days": 31},
        ),
    )
    assert check_in(letter_page(letter(loads(file_of()), order), "markdown")).order == order
    assert check_in(letter_page(letter(loads(file_of()), order), "html")).order == order


def test_a_letter_is_confirmed_by_its_file() -> None:
    assert confirmed(written(Day(2020, 3, 1), code="da"), file_of()) == Verification(
        order=Order(date=Day(2020, 3, 1), subscription="main", language="da"), parts=(), words=None
    )


def test_the_check_is_the_same_in_both_languages_and_formats() -> None:
    texts = [written(Day(2020, 3, 1)), written(Day(2020, 3, 1), code="da"), html_of(file_of(), Day(2020, 3, 1))]
    assert len({check_in(text).sha256 for text in texts}) == 1


def test_what_happens_after_the_letter_leaves_it_confirmed() -> None:
    assert confirmed(written(Day(2020, 3, 1)), file_of("date: 2020-03-02, event: give_notice")).confirmed


def test_what_happened_before_it_does_not() -> None:
    found = confirmed(written(Day(2020, 3, 2)), file_of("date: 2020-03-02, event: log_in"))
    assert (found.parts, found.confirmed) == (("timeline",), False)


def test_another_answer_is_named_with_the_words_that_differ() -> None:
    found = confirmed(written(Day(2020, 3, 2)), file_of("date: 2020-03-02, event: give_notice"))
    assert found.parts == ("timeline", "answer")
    assert found.words is not None
    assert (found.words[0][:24], found.words[1][:35]) == (
        "**Yes, you can cancel.**",
        "**You have given notice already.** "[:35],
    )


def test_another_reading_of_the_file_is_named() -> None:
    file = file_of().replace("prices:", "readings: {upgrade-charge: full}\nprices:")
    assert confirmed(written(Day(2020, 3, 1)), file).parts == ("readings",)


def test_another_number_of_the_file_is_named() -> None:
    file = file_of().replace("prices:", "numbers: {age-years: 17}\nprices:")
    assert confirmed(written(Day(2020, 3, 1)), file).parts == ("numbers",)


@pytest.mark.parametrize(
    ("written_so", "changed"), [("447.00 kr.", "44.70 kr."), ("15 July", "16 July"), ("Kind", "Un-kind"), ("9", "8")]
)
def test_a_changed_word_amount_or_date_is_found(written_so: str, changed: str) -> None:
    text = written(Day(2020, 3, 1))
    head, found, check = text.rpartition("\n\n---\n\n")
    assert not confirmed(head.replace(written_so, changed, 1) + found + check, file_of()).confirmed


@pytest.mark.parametrize("part", ["date=2020-03-01", "subscription=main", "language=en", "sha256="])
def test_a_changed_check_line_is_found(part: str) -> None:
    changed = {"date=2020-03-01": "date=2020-03-02", "subscription=main": "subscription=other"}
    text = written(Day(2020, 3, 1)).replace(
        part, changed.get(part, "language=da" if "language" in part else "sha256=0")
    )
    assert not confirmed(text, file_of()).confirmed


def test_line_breaks_and_spaces_that_a_mail_program_puts_in_do_not_count() -> None:
    text = written(Day(2020, 3, 1)).replace("; your", ";\nyour").replace(" sha256", "\nsha256").replace("\n", "\r\n")
    assert confirmed(text, file_of()).confirmed


def test_a_line_that_is_added_is_found() -> None:
    found = confirmed(written(Day(2020, 3, 1)) + "\n\nP.S. We pay you 1,000 kr.\n", file_of())
    assert found.words == ("P.S. We pay you 1,000 kr.", "")


@pytest.mark.parametrize(
    "text", ["", "Dear member,", "subsim-letter-1 date=2020-03-01", "subsim-letter-1 date=x sha256=1"]
)
def test_a_text_that_is_no_letter_is_no_letter(text: str) -> None:
    with pytest.raises(NoCheckLine):
        check_in(text)


def test_a_check_line_with_something_added_is_found() -> None:
    text = written(Day(2020, 3, 1)).replace(" sha256", " paid=yes sha256")
    found = confirmed(text, file_of())
    assert (found.parts, found.words is None) == ((), False)


def test_a_check_line_stands_only_once() -> None:
    text = written(Day(2020, 3, 1))
    with pytest.raises(NoCheckLine, match="more than one"):
        check_in(text + text)


@settings(max_examples=15)
@given(story=stories())
def test_every_letter_is_confirmed_by_its_own_file(story: Story) -> None:
    file = as_scenario(story.facts, story.terms)
    order = Order(date=story.day, subscription=story.subscription, language="da")
    for form in ("markdown", "html"):
        text = letter_page(letter(loads(file), order), form)
        assert confirmed(text, file).confirmed


# The commands


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "anna.yaml"
    path.write_text(file_of(), encoding="utf-8")
    return path


def test_the_letter_is_written_by_its_ending_and_verified(file: Path) -> None:
    for name in ("anna.md", "anna.html"):
        output = file.with_name(name)
        result = subsim("letter", file, "--date", "2020-03-01", "--lang", "da", "-o", output)
        assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
        verified = subsim("verify", output, file)
        assert (verified.returncode, verified.stdout) == (
            0,
            "Confirmed: the letter is the one that this timeline gives, word for word.\n",
        )


def test_what_was_chosen_on_the_command_line_is_verified_without_it(file: Path) -> None:
    text = subsim("letter", file, "--date", "2020-03-01", "--profile", "member", "--number", "notice-days=31").stdout
    assert subsim("verify", "-", file, stdin=text).returncode == 0


def test_a_changed_letter_exits_with_1_and_says_what_differs(file: Path) -> None:
    text = subsim("letter", file, "--date", "2020-03-01").stdout.replace("Kind regards,", "Yours,")
    result = subsim("verify", "-", file, stdin=text)
    assert result.returncode == 1
    assert (
        result.stdout
        == """\
Not confirmed: the letter is not the one that this timeline gives.

The letter reads
  Yours, Kabelplus

It should read
  Kind regards, Kabelplus
"""
    )


def test_what_differs_is_said_in_danish_and_in_json(file: Path) -> None:
    text = subsim("letter", file, "--date", "2020-03-01").stdout
    file.write_text(file_of("date: 2020-02-01, event: log_in"), encoding="utf-8")
    assert (
        "\nÆndret, siden brevet blev skrevet: forløbet.\n"
        in subsim("verify", "-", file, "--lang", "da", stdin=text).stdout
    )
    result = json.loads(subsim("verify", "-", file, "--format", "json", stdin=text).stdout)
    assert result == {
        "confirmed": False,
        "differs": ["timeline"],
        "found": None,
        "expected": None,
        "profile": None,
        "readings": {},
        "numbers": {},
    }


def test_what_is_no_letter_or_cannot_be_read_exits_with_2(file: Path) -> None:
    none = subsim("verify", file, file)
    assert (none.returncode, none.stderr) == (2, f"{file}: this is no letter of subsim: it has no check line\n")
    assert subsim("verify", file.with_name("no-such.md"), file).returncode == 2
    letter_text = subsim("letter", file, "--date", "2020-03-01").stdout
    assert subsim("verify", "-", file.with_name("no-such.yaml"), stdin=letter_text).returncode == 2


def test_an_ending_that_says_nothing_or_denies_the_format_is_refused(file: Path) -> None:
    for output, more in (("anna.txt", ()), ("anna.md", ("--format", "html"))):
        result = subsim("letter", file, "-o", file.with_name(output), *more)
        assert (result.returncode, file.with_name(output).exists()) == (2, False)


def test_a_letter_that_cannot_be_written_leaves_nothing(file: Path) -> None:
    result = subsim("letter", file, "--date", "2020-03-01", "-o", file.parent / "no-such-folder" / "anna.md")
    assert (result.returncode, result.stderr.endswith("cannot be written: No such file or directory\n")) == (2, True)
    assert [path.name for path in file.parent.iterdir()] == ["anna.yaml"]


def test_every_scenario_of_the_house_gives_a_letter() -> None:
    for path in sorted((Path(__file__).parents[2] / "scenarios" / "can-cancel").glob("*.yaml")):
        scenario = load(path)
        for ask in scenario.asks:
            order = Order(date=ask.date, subscription=ask.subscription, language="da")
            assert letter_page(letter(scenario, order), "html").endswith("</html>\n")


# Numbers put in the place of the terms' own

ANNOUNCED = """\
scenario: a rise
prices: {basis: 149}
timeline:
  - {date: 2019-01-15, event: sign_up, package: basis}
  - {date: 2020-08-01, event: announce_price_change, prices: {basis: 169}, effective: 2020-10-10}
"""


@pytest.mark.parametrize(("code", "three", "ten"), [("en", "3 days", "10 days"), ("da", "3 dage", "10 dage")])
def test_a_letter_names_the_number_in_force_and_not_the_one_of_the_terms(code: Code, three: str, ten: str) -> None:
    order = Order(
        date=Day(2020, 8, 20), subscription="main", language=code, choice=TermsChoice(numbers={"price-exit-days": 10})
    )
    text = letter_page(letter(loads(ANNOUNCED), order), "markdown")
    assert (three in text, ten in text) == (False, True)


# Fit for the member


def letter_of(file: str, on: Day, code: Code = "en", **chosen: Any) -> str:
    order = Order(date=on, subscription="main", language=code, choice=TermsChoice(**chosen))
    return letter_page(letter(loads(file), order), "markdown")


def test_a_known_name_stands_in_the_salutation() -> None:
    file = file_of().replace("member: {", "member: {name: Anna Åse, ")
    assert "\n\nDear Anna Åse,\n\n" in letter_of(file, Day(2020, 3, 1))
    assert "\n\nKære Anna Åse\n\n" in letter_of(file, Day(2020, 3, 1), "da")


@pytest.mark.parametrize("code", ["en", "da"])
@pytest.mark.parametrize(
    "readings", [{}, {"notice-in-binding": "ends-at-binding"}, {"bound-exit-window": "before-effect"}]
)
def test_no_letter_for_a_date_no_profile_and_no_clause_id_stands_in_it(code: Code, readings: dict[str, str]) -> None:
    change = "date: 2020-02-20, event: announce_terms_change, effective: 2020-04-15"
    words = letter_of(file_of(change), Day(2020, 3, 1), code, readings=readings).partition("\n---\n")[0]
    assert re.findall(r"\bB\b|\be\b(?!-mail)|standard|main|[a-z]+\.\d[a-z]?\b", words) == []


def test_with_several_subscriptions_the_letter_names_the_one_it_is_about() -> None:
    second = "date: 2020-02-01, event: sign_up, package: basis, subscription: second"
    assert "\nSubscription main, package basis\n" in letter_of(file_of(second), Day(2020, 3, 1))


def test_a_free_member_who_leaves_through_a_rise_is_not_told_of_21_days() -> None:
    text = letter_of(file_of(RISE), Day(2020, 11, 1))
    assert "**Price changes, paragraph 2:** Who does not accept" in text
    assert "at least 3 days before" in text
    assert re.findall(r"\b21\b|Termination of the services, paragraph 2a", text.partition("\n---\n")[0]) == []


def test_a_bound_member_is_told_of_them() -> None:
    cost = "grounds: cost, cost_increase: 20.00"
    rise = f"date: 2020-03-01, event: announce_price_change, prices: {{basis: 159.00}}, effective: 2020-04-15, {cost}"
    text = letter_of(file_of(rise), Day(2020, 3, 2))
    assert "with a notice of at least 7 days, given within 21 days of hearing of the new price" in text


def test_a_number_replaced_is_told_by_its_paragraph() -> None:
    text = letter_of(file_of(), Day(2020, 8, 1), numbers={"notice-days": 14})
    assert "In Termination of the services, paragraph 2d, we reckon with 14 in place of 30." in text


def test_it_says_how_to_reach_kabelplus() -> None:
    text = letter_of(file_of(), Day(2020, 3, 1))
    assert "reach us by e-mail at kundeservice@kabelplus.dk and by phone on 71 99 29 91." in text


# Money


PAID_OVER = "date: 2020-06-20, event: pay, amount: %s"


def test_a_credit_that_covers_all_that_is_to_pay_says_so() -> None:
    text = letter_of(file_of(PAID_OVER % "447.00"), Day(2020, 6, 20))
    assert "Until then you still have 447.00 kr. to pay." in text
    assert "Your credit of 447.00 kr. covers that." in text


def test_a_credit_that_covers_a_part_says_what_is_left() -> None:
    text = letter_of(file_of(PAID_OVER % "100.00"), Day(2020, 6, 20))
    assert "Your credit covers 100.00 kr. of it, so that you pay 347.00 kr." in text


def test_what_a_credit_leaves_over_is_paid_out() -> None:
    text = letter_of(file_of(PAID_OVER % "500.00"), Day(2020, 6, 20))
    assert "Your credit of 500.00 kr. covers that. What is left of it, 53.00 kr., we pay out to you." in text


def test_a_credit_after_the_end_is_paid_out() -> None:
    events = PAID_OVER % "400.00", "date: 2020-06-20, event: give_notice"
    text = letter_of(file_of(*events, sign_up=", channel: shop"), Day(2021, 1, 1))
    assert (
        "which nothing that falls due can use up: we pay it out to you" not in text
    )  # the quarter from 15 July used it
    text = letter_of(file_of(PAID_OVER % "847.00", events[1]), Day(2021, 1, 1))
    assert "You have 400.00 kr. to your credit, which nothing that falls due can use up: we pay it out to you." in text


def test_beside_another_subscription_a_credit_is_used_for_what_falls_due_next() -> None:
    second = "date: 2020-06-20, event: sign_up, package: basis, subscription: second"
    text = letter_of(file_of(second, PAID_OVER % "500.00"), Day(2020, 6, 20))
    assert "You have 53.00 kr. to your credit, which we use for what falls due next." in text


INVOICE = ", payment: invoice"
PAID = "date: 2020-01-15, event: pay, amount: 447.00"


def test_a_payment_returned_is_due_again_from_its_own_due_date() -> None:
    # 8.05 % of 447.00 for the 10 days from 21 April to the end of April: 0.98
    text = letter_of(file_of("date: 2020-04-20, event: payment_returned, amount: 447.00"), Day(2020, 4, 30))
    assert (
        "Apart from that, 447.00 kr. is due already and not yet paid. It fell due on 15 April 2020. "
        "The interest for late payment so far is 0.98 kr."
    ) in text


def test_a_payment_returned_takes_the_credit_first() -> None:
    events = PAID_OVER % "500.00", "date: 2020-06-20, event: payment_returned, amount: 453.00"
    text = letter_of(file_of(*events), Day(2020, 6, 20))
    assert "Your credit covers 47.00 kr. of it, so that you pay 400.00 kr." in text
    assert "is due already" not in text


def test_a_credit_given_is_paid_out_if_the_member_leaves() -> None:
    text = letter_of(file_of("date: 2020-05-02, event: credit_adjusted, amount: 100.00"), Day(2020, 6, 1))
    assert "You have no further period to pay." in text
    assert "You have 100.00 kr. to your credit, which we pay out to you if you leave." in text


def test_a_credit_given_covers_what_is_open_first() -> None:
    events = PAID, "date: 2020-05-02, event: credit_adjusted, amount: 500.00"
    text = letter_of(file_of(*events, sign_up=INVOICE), Day(2020, 6, 1))
    assert "You have 53.00 kr. to your credit, which we pay out to you if you leave." in text
    assert "is due already" not in text


def test_a_credit_taken_back_in_part_is_told_by_what_is_left() -> None:
    given, taken = (f"date: 2020-05-02, event: credit_adjusted, amount: {amount}" for amount in ("600.00", "-100.00"))
    text = letter_of(file_of(given, taken), Day(2020, 6, 20))
    assert "Your credit of 500.00 kr. covers that. What is left of it, 53.00 kr., we pay out to you." in text


def test_a_credit_paid_out_is_not_promised_again() -> None:
    events = "date: 2020-05-02, event: credit_adjusted, amount: 600.00"
    text = letter_of(file_of(events, "date: 2020-05-03, event: credit_paid_out, amount: 600.00"), Day(2020, 6, 1))
    assert "credit" not in text.partition("## Why")[0]


def test_a_charge_by_invoice_is_due_like_a_period() -> None:
    # 8.05 % of 75.00 for 30 days of 366: 0.49
    charged = "date: 2020-05-02, event: charge, item: replacement card, amount: 75.00"
    paid_again = "date: 2020-04-15, event: pay, amount: 447.00"
    text = letter_of(file_of(PAID, paid_again, charged, sign_up=INVOICE), Day(2020, 6, 1))
    assert (
        "Apart from that, 75.00 kr. is due already and not yet paid. It fell due on 2 May 2020. "
        "The interest for late payment so far is 0.49 kr."
    ) in text


def test_a_charge_takes_the_credit_before_it_is_due() -> None:
    events = "date: 2020-05-01, event: credit_adjusted, amount: 100.00"
    charged = "date: 2020-05-02, event: charge, item: replacement card, amount: 75.00"
    text = letter_of(file_of(events, charged), Day(2020, 6, 1))
    assert "You have 25.00 kr. to your credit, which we pay out to you if you leave." in text


CHANGED_TERMS = "date: 2020-08-01, event: announce_terms_change, material: false, effective: 2020-09-01, numbers: {%s}"


def test_numbers_in_words_are_those_of_the_terms_on_the_day() -> None:
    changed = CHANGED_TERMS % "notice-days: 60"
    before, after = (letter_of(file_of(changed), day) for day in (Day(2020, 8, 31), Day(2020, 9, 1)))
    assert ("notice of 30 days" in before, "notice of 60 days" in before) == (True, False)
    assert ("notice of 30 days" in after, "notice of 60 days" in after) == (False, True)
    assert "This answer rests on the terms of 30 October 2019 as changed on 1 September 2020." in after


def test_a_price_exit_is_told_by_the_terms_of_its_announcement() -> None:
    changed = CHANGED_TERMS % "price-exit-days: 10"
    rise = "date: 2020-08-20, event: announce_price_change, prices: {basis: 169.00}, effective: 2020-10-10"
    text = letter_of(file_of(changed, rise), Day(2020, 9, 15))
    assert ("at least 3 days before" in text, "at least 10 days before" in text) == (True, False)


def test_arrears_stand_with_their_age_and_their_interest() -> None:
    # 8.05 % of 447.00 for 138 days, and of 447.00 for 47 days of 366: 13.57 and 4.62
    text = letter_of(file_of(sign_up=", payment: invoice"), Day(2020, 6, 1))
    assert (
        "894.00 kr. is due already and not yet paid. The oldest of it fell due on 15 January 2020. "
        "The interest for late payment so far is 18.19 kr."
    ) in text


# PDF


def pdf_of_letter(file: str, on: Day, code: Code = "da") -> bytes:
    return letter_pdf(letter(loads(file), Order(date=on, subscription="main", language=code)))


def test_the_pdf_is_a_pdf_a_2b() -> None:
    content = pdf_of_letter(file_of(), Day(2020, 3, 1))
    assert content.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in content


def test_the_pdf_is_the_same_each_time() -> None:
    assert pdf_of_letter(file_of(), Day(2020, 3, 1)) == pdf_of_letter(file_of(), Day(2020, 3, 1))


def test_a_name_like_markup_is_text_in_the_pdf() -> None:
    file = file_of().replace("basis", "'#panic(1) \\\\ \" $x$ </a>'")
    assert pdf_of_letter(file, Day(2020, 3, 1)).startswith(b"%PDF")


def test_the_command_writes_a_pdf_by_the_ending(tmp_path: Path) -> None:
    target = tmp_path / "letter.pdf"
    assert subsim("letter", "-", "--date", "2020-03-01", "-o", target, stdin=file_of()).returncode == 0
    assert target.read_bytes().startswith(b"%PDF")


def test_a_pdf_is_not_verified_but_said_to_be_one(tmp_path: Path) -> None:
    target = tmp_path / "letter.pdf"
    target.write_bytes(pdf_of_letter(file_of(), Day(2020, 3, 1)))
    result = subsim("verify", target, "-", stdin=file_of())
    assert (result.returncode, "a PDF cannot be compared" in result.stderr) == (2, True)


# Verify


def test_verify_names_what_was_chosen_otherwise() -> None:
    order = Order(
        date=Day(2020, 3, 1),
        subscription="main",
        language="en",
        choice=TermsChoice(profile="member", numbers={"notice-days": 31}),
    )
    found = confirmed(letter_page(letter(loads(file_of()), order), "markdown"), file_of())
    assert (found.confirmed, found.order.choice.to_dict()) == (
        True,
        {"profile": "member", "readings": {}, "numbers": {"notice-days": 31}},
    )
    text = text_of(verification_page(found, Page(language("en"), 1000)), 1000)
    assert text.endswith("The letter was asked for with --profile member and --number notice-days=31.")


def test_verify_names_nothing_where_nothing_was_chosen() -> None:
    found = confirmed(written(Day(2020, 3, 1)), file_of())
    assert "asked for" not in text_of(verification_page(found, Page(language("en"), 1000)), 1000)


def test_four_spaces_that_make_code_of_a_sentence_are_a_difference() -> None:
    text = written(Day(2020, 3, 1)).replace("\n\nThe same holds", "\n\n    The same holds")
    assert not confirmed(text, file_of()).confirmed


def test_three_spaces_make_no_code() -> None:
    text = written(Day(2020, 3, 1)).replace("\n\nThe same holds", "\n\n   The same holds")
    assert confirmed(text, file_of()).confirmed


def test_a_line_break_that_makes_a_list_of_a_sum_is_a_difference() -> None:
    text = written(Day(2020, 3, 1)).replace(" + 30 days", "\n+ 30 days")
    assert not confirmed(text, file_of()).confirmed


def test_a_line_of_dashes_under_a_sentence_makes_a_heading_of_it() -> None:
    text = written(Day(2020, 3, 1)).replace("\n\n---", "\n---")
    assert not confirmed(text, file_of()).confirmed


def test_a_letter_that_differs_in_code_points_only_is_told_with_them() -> None:
    story = file_of().replace('id: "10042"', "name: \u00c5se")
    order = Order(date=Day(2020, 2, 1), subscription="main", language="en")
    text = letter_page(letter(loads(story), order), "markdown").replace("\u00c5se", "A\u030ase")
    said = text_of(verification_page(confirmed(text, story), Page(language("en"), 1000)), 1000)
    assert "Only the code points differ: U+0041 where U+00C5 should stand." in said
