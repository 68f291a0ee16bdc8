"""What people read of the law: one sentence first, both columns, and no verdict on a clause."""

import re
from pathlib import Path

import pytest

from subsim.api import can_cancel, letter
from subsim.basics.dates import Day
from subsim.basics.languages import Code, language
from subsim.files.policy import POLICY_NAMES, shipped_policy
from subsim.files.scenario import loads
from subsim.pages.law.sentence import law_for_member, law_sentence
from subsim.pages.law.table import law_blocks
from subsim.pages.law.words import SENTENCES
from subsim.pages.text import Page, text_of
from subsim.terms.policies import Wording
from subsim.terms.statutes import PROVISIONS
from tests.support.answers import undoubted
from tools.catalogue import catalogue, messages

ROOT = Path(__file__).parents[2]
INTERNET = """\
scenario: Internet for a year
prices: {basis: 149.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis, kind: internet}
  - {date: 2021-01-20, event: give_notice}
"""
VERDICTS = re.compile(
    r"\b(void|illegal\w*|unlawful\w*|unenforceable|forbidden|entitled|ugyldig\w*|ulovlig\w*|lovstridig\w*|forbudt|"
    r"berettiget|har ret til|har krav på|ogiltig\w*|olaglig\w*)\b",
    re.IGNORECASE,
)
"""Words that say that a clause does not hold, or that a member certainly has a right."""
ORDERS = re.compile(r"\bBEK\b|\b(1887|715)\b|§§? ?(6|7|10|16|17)\b")
"""The orders on telecoms, whose text was not seen."""
ALLOWED = ("Ugyldig værdi for {param_hint}: {message}", "void")
"""A faulty option of a command, and the name of a reading; no clause."""


def sentence(text: str, day: str, code: Code = "en") -> str:
    answer = undoubted(can_cancel(loads(text), Day.fromisoformat(day)))
    said = law_sentence(answer, Page(language(code), 1000))
    return "" if said is None else text_of([said], 1000)


def test_the_sentence_says_what_the_contract_and_what_the_law_gives() -> None:
    assert sentence(INTERNET, "2021-01-20") == (
        "The contract ends it on 15 April 2021; mandatory law, as read here, lets the member leave by 1 March 2021 "
        "(tele.7, unconfirmed) and gives 223.50 kr. back; arguably by 20 February 2021 with 268.20 kr. back "
        "(tele.7, unconfirmed)."
    )


def test_the_same_in_danish() -> None:
    assert sentence(INTERNET, "2021-01-20", "da") == (
        "Efter aftalen ophører abonnementet den 15. april 2021; efter ufravigelig lov, som den fortolkes her, kan "
        "medlemmets abonnement ophøre allerede den 1. marts 2021 (tele.7, ubekræftet), og 223,50 kr. betales tilbage; "
        "muligvis allerede den 20. februar 2021 med 268,20 kr. tilbage (tele.7, ubekræftet)."
    )


def test_where_it_is_not_known_what_was_sold_that_all_kinds_give_is_said_once() -> None:
    assert sentence(INTERNET.replace(", kind: internet", ""), "2021-01-20") == (
        "The contract ends it on 15 April 2021; mandatory law, as read here, lets the member leave by 1 March 2021 "
        "(fal.28, fal.29, tele.7, unconfirmed) and gives 223.50 kr. back; what is arguable beyond that depends on what "
        "was sold."
    )


UNKNOWN = """\
scenario: A day before five months have passed, and what was sold is not known
prices: {basis: 149.00}
timeline: [{date: 2021-08-31, event: sign_up, package: basis}]
"""


def test_where_it_depends_on_what_was_sold_each_kind_has_its_part() -> None:
    assert sentence(UNKNOWN, "2022-01-30") == (
        "The contract ends it on 31 May 2022; for internet or bundle of internet and TV mandatory law, as read here, "
        "lets the member leave by 1 March 2022 (tele.7, unconfirmed); for TV mandatory law, as read here, gives no "
        "more for certain; what is arguable beyond that depends on what was sold."
    )


def test_where_no_kind_gives_more_for_certain_only_what_is_arguable_depends_on_what_was_sold() -> None:
    # internet: from 2 September 2020 one month is 2 October, with the whole month after 1 November
    assert sentence(UNKNOWN.replace("2021-08-31", "2020-01-15"), "2020-09-02") == (
        "The contract ends it on 15 October 2020; mandatory law, as read here, gives no more for certain; what is "
        "arguable beyond that depends on what was sold."
    )


def test_the_letter_says_what_is_arguable_kind_by_kind() -> None:
    answer, page = undoubted(can_cancel(loads(UNKNOWN), Day(2022, 1, 30))), Page(language("en"), 1000)
    assert [page.words(each) for each in law_for_member(answer, page)][1:5] == [
        "If your agreement is for internet or bundle of internet and TV: By mandatory law, as we read it, you can "
        "leave by 1\xa0March\xa02022 (the telecoms end-user orders on binding and notice for telecoms, unconfirmed)",
        "If your agreement is for TV: Mandatory law, as we read it, gives you no more than that for certain",
        "If your agreement is for internet or bundle of internet and TV: The law can also be read so that you can "
        "leave by 28\xa0February\xa02022 "
        "(the telecoms end-user orders on binding and notice for telecoms, unconfirmed)",
        "If your agreement is for TV: The law can also be read so that you can leave by 1\xa0March\xa02022 "
        "(the consumer contracts act on notice on running services)",
    ]


def test_an_answer_that_rests_on_nothing_from_memory_is_not_called_unconfirmed() -> None:
    tv = INTERNET.replace("kind: internet", "kind: tv")
    assert "unconfirmed" not in sentence(tv, "2021-01-20")


def test_for_tv_the_end_and_the_money_rest_on_two_provisions() -> None:
    assert sentence(INTERNET.replace("kind: internet", "kind: tv"), "2021-01-20") == (
        "The contract ends it on 15 April 2021; mandatory law, as read here, lets the member leave by 1 March 2021 "
        "(fal.28, fal.29) and gives 223.50 kr. back."
    )


def test_money_that_comes_back_at_the_end_of_the_contract_rests_on_one_of_them() -> None:
    # five months are not over on 2 March 2020; 15 July 2020 to 15 January 2021 is 184 of 366 days of 1,788.00 kr.
    yearly = INTERNET.replace("kind: internet", "kind: tv, billing: yearly")
    assert sentence(yearly, "2020-03-02") == (
        "The contract ends it on 15 July 2020; mandatory law, as read here, gives 898.89 kr. back (fal.29)."
    )


def test_a_member_who_may_withdraw_is_told_so_first() -> None:
    used = "scenario: s\nprices: {basis: 149.00}\ntimeline:\n" + "".join(
        f"  - {{{event}}}\n"
        for event in (
            "date: 2021-03-19, event: sign_up, package: basis",
            "date: 2021-03-22, event: activate",
        )
    )
    assert sentence(used, "2021-04-06") == (
        "The contract ends it on 19 September 2021; mandatory law, as read here, lets the member withdraw until "
        "6 April 2021 (fal.19) and gives 374.12 kr. back; arguably 447.00 kr. back (fal.25)."
    )


def test_where_the_law_gives_no_more_that_is_said() -> None:
    fresh = INTERNET.split("  - {date: 2021-01-20")[0]
    assert sentence(fresh, "2020-02-20") == (
        "The contract ends it on 15 July 2020; mandatory law, as read here, gives no more."
    )


SHOP = """\
scenario: A film bought in a shop
prices: {basis: 149.00}
timeline:
  - {date: 2022-03-01, event: sign_up, package: basis, kind: tv, channel: shop}
  - {date: 2022-03-21, event: buy, item: film, amount: 49.00}
"""


def test_what_was_bought_singly_is_not_passed_over() -> None:
    assert sentence(SHOP, "2022-03-22") == (
        "The contract ends it on 1 September 2022; by mandatory law, as read here, what was bought can be undone until "
        "4 April 2022 (fal.18) with 49.00 kr. back."
    )


def test_once_its_days_are_over_the_law_gives_no_more() -> None:
    assert sentence(SHOP, "2022-04-05") == (
        "The contract ends it on 1 September 2022; mandatory law, as read here, gives no more."
    )


def test_a_call_that_was_not_asked_for_is_told_as_arguable() -> None:
    call = INTERNET.replace("kind: internet", "kind: internet, channel: phone, solicited: false").splitlines()[:-1]
    assert sentence("\n".join(call), "2020-03-01") == (
        "The contract ends it on 15 July 2020; mandatory law, as read here, gives no more for certain; arguably the "
        "call that was not asked for binds the member to nothing (fal.4), with 447.00 kr. back."
    )


def test_an_end_by_law_that_has_passed_is_told_as_passed() -> None:
    assert sentence(INTERNET, "2021-02-25") == (
        "The contract ends it on 15 April 2021; mandatory law, as read here, lets the member leave by 1 March 2021 "
        "(tele.7, unconfirmed) and gives 223.50 kr. back; arguably on 20 February 2021 with 268.20 kr. back "
        "(tele.7, unconfirmed)."
    )
    assert sentence(INTERNET, "2021-03-05") == (
        "The contract ends it on 15 April 2021; by mandatory law, as read here, the notice given ended it on "
        "1 March 2021 (tele.7, unconfirmed) and gives 223.50 kr. back; arguably on 20 February 2021 with 268.20 kr. "
        "back (tele.7, unconfirmed)."
    )


def test_an_agreement_that_is_not_covered_is_said_not_to_be() -> None:
    old = INTERNET.split("  - {date: 2021-01-20")[0].replace("2020-01-15", "2014-06-12")
    assert sentence(old, "2015-01-20") == "The agreement was made before 13 June 2014: mandatory law is not shown."


def test_before_a_sign_up_there_is_nothing_to_say() -> None:
    assert sentence(INTERNET, "2020-01-14") == ""


@pytest.mark.parametrize(("code", "words"), [("en", "not legal advice"), ("da", "ikke juridisk rådgivning")])
def test_every_page_of_the_law_says_that_it_is_information(code: Code, words: str) -> None:
    answer, page = undoubted(can_cancel(loads(INTERNET), Day(2021, 1, 20))), Page(language(code), 100)
    assert words in " ".join(text_of(law_blocks(answer, page), 100).split())
    assert words in letter(loads(INTERNET), "2021-01-20", language=code).markdown


@pytest.mark.parametrize("page", ["audit.md", "law.md"])
def test_the_pages_of_the_docs_on_the_law_say_that_they_are_information(page: str) -> None:
    assert "not legal advice" in " ".join((ROOT / "docs" / page).read_text(encoding="utf-8").split())


# What must not be claimed


def every_message() -> list[str]:
    """What the program can say, in English and in Danish."""
    english = [part for message in messages() for part in (message if isinstance(message, tuple) else (message,))]
    danish = [part for message in catalogue() for part in _parts(message.string)]
    return [text for text in (*english, *danish) if text not in ALLOWED]


def _parts(text: object) -> list[str]:
    return [text] if isinstance(text, str) else [str(part) for part in text]  # type: ignore[attr-defined]


@pytest.mark.parametrize("claims", [VERDICTS, ORDERS], ids=["verdicts", "orders"])
def test_no_message_gives_a_verdict_on_a_clause_or_quotes_an_order(claims: re.Pattern[str]) -> None:
    assert [text for text in every_message() if claims.search(text)] == []


@pytest.mark.parametrize("id", PROVISIONS)
def test_no_paraphrase_of_a_provision_gives_a_verdict_or_quotes_an_order(id: str) -> None:
    provision = PROVISIONS[id]
    told = (provision.en, provision.da)
    assert [text for text in told if VERDICTS.search(text) or ORDERS.search(text)] == []


def test_no_paraphrase_of_a_policy_gives_a_verdict_on_a_clause() -> None:
    told = [text for name in POLICY_NAMES for each in shipped_policy(name).clauses for text in _said(each.says)]
    assert len(told) > 100
    assert [text for text in told if VERDICTS.search(text)] == []


def _said(text: Wording) -> list[str]:
    return [each for each in (text.en, text.da, text.sv) if each]


PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "CHANGELOG.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_gives_a_verdict_on_a_clause(page: Path) -> None:
    """What is said in words: the names of readings and what commands print stand as code."""
    told = re.sub(r"`[^`]*`", "", re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL))
    assert VERDICTS.findall(told.replace("=void", "")) == []


@pytest.mark.parametrize("key", SENTENCES)
def test_what_the_law_gives_is_said_with_its_provision(key: str) -> None:
    gives_nothing = key in ("contract", "no contract", "no more", "no more for certain")
    assert {"{basis}" in sentence.template for sentence in SENTENCES[key].values()} == {not gives_nothing}


def test_the_examples_would_be_found() -> None:
    claims = ["The clause is void.", "She is entitled to leave.", "Vilkåret er ugyldigt."]
    assert [bool(VERDICTS.search(claim)) for claim in claims] == [True, True, True]


@pytest.mark.parametrize(
    ("channel", "code", "words"),
    [
        ("phone", "en", "signed up by phone: no right to withdraw"),
        ("shop", "en", "signed up in a shop: no right to withdraw"),
        ("phone", "da", "tilmeldt telefonisk: ingen fortrydelsesret"),
        ("shop", "da", "tilmeldt i en butik: ingen fortrydelsesret"),
    ],
)
def test_why_there_is_no_right_to_withdraw_is_said_in_words_of_the_language(
    channel: str, code: Code, words: str
) -> None:
    sign_up = f"{{date: 2020-01-15, event: sign_up, package: basis, channel: {channel}}}"
    scenario = loads(f"scenario: s\nprices: {{basis: 149.00}}\ntimeline: [{sign_up}]")
    answer = undoubted(can_cancel(scenario, Day(2020, 1, 16)))
    (because,) = {way.because.text(language(code)) for way in answer.routes if way.route == "withdrawal"}
    assert because == words


LIMITS = re.findall(
    r"^\| `?([\w.]+)`? \| [^|]+ \| (`[^|]+`) \| ?([^|]*)\|$", (ROOT / "docs" / "law.md").read_text(), re.M
)


def test_every_provision_that_is_computed_has_its_limits_in_the_table() -> None:
    computed = {id for id, each in PROVISIONS.items() if each.computed}
    assert computed - {rule for rule, _, _ in LIMITS} == set()


def test_what_the_table_of_limits_names_is_there() -> None:
    named = [name for _, *sides in LIMITS for side in sides for name in re.findall(r"`([^`]+)`", side)]
    paths = [ROOT / "tests" / name if name.endswith(".py") else ROOT / f"scenarios/law/{name}.yaml" for name in named]
    assert len(paths) > 50
    assert [str(path) for path in paths if not path.is_file()] == []
