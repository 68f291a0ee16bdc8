"""The page in a real Chromium: what someone with a member on the phone does."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.desk.conftest import WITH_DATA, base_of_stories
from tests.support.desk import Served, served
from tests.support.members import Base

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ANSWER = "/da/members/10042?date=2020-08-31&subscription=main"
ZOE = """\
scenario: Zoe has just signed up
prices: {basis: 149.00}
timeline:
  - {date: 2020-01-15, event: sign_up, package: basis}
"""
FIRST = "Efter aftalen ophører abonnementet den 15. oktober 2020; "


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("browser")
    base: Base = base_of_stories("sqlite", folder)
    for number in (1, 2, 3):
        (folder / f"zoe-{number}.yaml").write_text(ZOE, encoding="utf-8")
        assert base.members("import", folder / f"zoe-{number}.yaml").exit_code == 0
    with served("--database", base.address, "--allow-edit") as listening:
        yield listening


def new_page(chrome: "Browser", desk: Served, **options: Any) -> "Page":
    """A page in a profile of its own; a fault on the page's console fails the test."""
    context: BrowserContext = chrome.new_context(base_url=desk.address, locale="da-DK", **options)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    return page


@pytest.fixture(scope="module")
def tab(chrome: "Browser", desk: Served) -> "Iterator[Page]":
    """The page that most tests share: a new profile takes as long as two pages."""
    opened = new_page(chrome, desk, permissions=["clipboard-read", "clipboard-write"])
    yield opened
    opened.context.close()


@pytest.fixture
def page(tab: "Page") -> "Iterator[Page]":
    yield tab
    tab.context.clear_cookies()
    tab.emulate_media(media="screen", color_scheme="light")
    tab.set_viewport_size({"width": 1280, "height": 720})


def text_of(page: "Page", role: Any) -> str:
    return page.get_by_role(role).inner_text()


def test_a_member_is_found_and_answered(page: "Page") -> None:
    page.goto("/da/")
    assert page.evaluate("document.activeElement.name") == "search"
    page.keyboard.type("10042")
    page.keyboard.press("Enter")
    page.wait_for_url("**/da/members/10042?date=*&subscription=main")
    page.get_by_label("Opsigelsen modtages").fill("31.8.2020")
    page.get_by_role("button", name="Vis svaret").click()
    page.wait_for_url(f"**{ANSWER}")
    assert page.get_by_role("heading", level=1).inner_text().startswith(FIRST)
    assert page.get_by_text("mandag den 31. august 2020").is_visible()


def test_nobody_found_is_said_with_what_was_typed(page: "Page") -> None:
    page.goto("/en/?search=%3Cb%3Enobody")
    assert page.get_by_text("<b>nobody").is_visible()


def test_the_answer_has_its_regions_and_a_way_out_its_reason(page: "Page") -> None:
    page.goto(ANSWER)
    for name in (
        "Opsigelsesmuligheder",
        "Det kommer",
        "Andre fortolkninger",
        "Hvad siger loven",
        "Regninger",
        "Data om medlemmet",
        "Forløb",
        "Hvad nu hvis",
    ):
        assert page.get_by_role("region", name=name, exact=True).get_by_role("heading", name=name, level=2).is_visible()
    ways = page.get_by_role("region", name="Opsigelsesmuligheder").get_by_role("article")
    assert ways.count() == 6
    ordinary = page.get_by_role("article", name="almindelig opsigelse")
    assert ordinary.get_by_text("15. oktober 2020", exact=True).is_visible()
    ordinary.get_by_text("Hvorfor", exact=True).click()
    assert ordinary.get_by_text("næste kvartalsskifte").is_visible()


def test_the_law_stands_beside_the_contract_route_by_route(page: "Page") -> None:
    page.goto(ANSWER)
    law = page.get_by_role("region", name="Hvad siger loven")
    assert law.get_by_role("table").count() == 3
    ordinary = law.get_by_role("row").filter(has_text="almindelig opsigelse").filter(has_text="tele.7")
    assert "(ubekræftet)" in ordinary.first.inner_text()
    page.goto("/da/members/10042?date=2019-01-01&subscription=main")
    assert law.get_by_role("table").count() == 0


def test_what_is_held_is_told_by_the_policy_that_the_member_goes_by(page: "Page") -> None:
    page.goto(f"/en/members/{WITH_DATA.stem}?date=2020-07-02&subscription=main")
    held = page.get_by_role("region", name="Data held")
    assert held.get_by_role("table", name="Requests").get_by_role("cell", name="erasure").count() == 2
    page.goto(ANSWER)
    held = page.get_by_role("region", name="Data om medlemmet")
    assert "Ingen privatlivspolitik er angivet" in held.inner_text()
    assert held.get_by_role("table").count() == 0


def test_the_date_is_changed_in_several_ways(page: "Page") -> None:
    for typed, iso in (("2020-09-01", "2020-09-01"), ("1/9/2020", "2020-09-01"), ("30.6.2020", "2020-06-30")):
        page.goto(ANSWER)
        page.get_by_label("Opsigelsen modtages").fill(typed)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**date={iso}&subscription=main")


def test_one_of_several_subscriptions_is_chosen(page: "Page") -> None:
    page.goto("/en/members/bo?date=2020-03-01")
    page.wait_for_url("**subscription=flat")
    page.get_by_label("Subscription").select_option("home")
    page.get_by_role("button", name="Show the answer").click()
    page.wait_for_url("**date=2020-03-01&subscription=home")


def test_a_what_if_saves_nothing(page: "Page", desk: Served) -> None:
    version = desk.get("/api/v1/members/10042").json["version"]
    page.goto(ANSWER)
    page.get_by_label("Hændelse", exact=True).select_option("change_package")
    page.get_by_role("button", name="Vælg").click()
    page.wait_for_url("**/what-if?event=change_package")
    assert page.get_by_role("button", name="Registrér").count() == 0
    page.get_by_label("Dato").fill("1.6.2020")
    page.get_by_label("Til pakke").select_option("basis")
    page.get_by_role("button", name="Vis virkningen").click()
    effect = page.get_by_role("region", name="Virkning")
    assert effect.get_by_role("columnheader", name="Som det er").first.is_visible()
    assert effect.get_by_role("columnheader", name="Med hændelsen").first.is_visible()
    assert desk.get("/api/v1/members/10042").json["version"] == version


def test_further_members_come_into_the_page_that_stands(page: "Page") -> None:
    page.goto("/da/")
    page.evaluate("window.stands = true")
    members = page.get_by_role("main").get_by_role("listitem")
    assert members.count() == 10
    page.get_by_role("link", name="Vis flere").click()
    members.nth(10).wait_for()
    assert (page.get_by_role("link", name="Vis flere").count(), page.evaluate("window.stands")) == (0, True)


def test_an_event_is_recorded_corrected_and_retracted(page: "Page", desk: Served) -> None:
    page.goto("/da/members/5120/what-if?event=complain&date=2020-06-01")
    page.get_by_label("Bemærkning").fill("i telefonen")
    page.get_by_role("button", name="Registrér").click()
    page.wait_for_url("**/da/members/5120?date=*")
    assert text_of(page, "status") == "Registreret"
    facts = desk.get("/api/v1/members/5120").json["facts"]
    fact = max(each["fact"] for each in facts if each["event"]["event"] == "complain")
    row = page.get_by_role("row").filter(has_text="i telefonen")
    row.get_by_role("link", name="Ret").click()
    page.wait_for_url(f"**what-if?fact={fact}")
    assert page.get_by_label("Dato").input_value() == "2020-06-01"
    page.get_by_label("Dato").fill("2020-06-02")
    page.get_by_role("button", name="Vis virkningen").click()
    page.get_by_role("button", name="Ret", exact=True).click()
    page.wait_for_url("**/da/members/5120?date=*")
    assert text_of(page, "status") == "Rettet"
    page.goto(f"/da/members/5120/what-if?fact={fact}")
    page.get_by_role("button", name="Træk tilbage").click()
    page.wait_for_url("**/da/members/5120?date=*")
    assert text_of(page, "status") == "Trukket tilbage"
    page.get_by_role("link", name="Historik").click()
    records = page.get_by_role("table", name="Hændelser").get_by_role("row").filter(has_text=str(fact))
    assert [row.split("\t")[1] for row in records.all_inner_texts()] == ["Registreret", "Rettet", "Trukket tilbage"]


def test_an_event_on_one_of_some_days_is_recorded_assumed_and_settled(page: "Page", desk: Served) -> None:
    page.goto("/da/members/zoe-3/what-if?event=give_notice")
    page.get_by_label("Dato").fill("10.3.2021..20.3.2021")
    page.get_by_label("Id", exact=True).fill("letter")
    page.get_by_role("button", name="Vis virkningen").click()
    assert page.get_by_text("onsdag den 10. marts 2021 – lørdag den 20. marts 2021").is_visible()
    page.get_by_role("button", name="Registrér").click()
    page.goto("/da/members/zoe-3?date=2021-04-01&subscription=main")
    assert (
        page.get_by_role("heading", level=1).inner_text().startswith("Under alle omstændigheder fra den 15. juli 2021")
    )
    assert page.get_by_role("cell", name="10. mar. 2021–20. mar. 2021").is_visible()
    page.get_by_label("Antag om opsigelsen (letter)").select_option(label="16. mar. 2021")
    page.get_by_role("button", name="Vis svaret").click()
    page.wait_for_url("**date=2021-04-01&subscription=main&assume=letter%3D2021-03-16")
    assert "15. april 2021" in page.get_by_role("heading", level=1).inner_text()
    facts = desk.get("/api/v1/members/zoe-3").json["facts"]
    assert facts[-1]["event"] == {"date": "2021-03-10..2021-03-20", "event": "give_notice", "id": "letter"}
    page.get_by_role("row", name="10. mar. 2021–20. mar. 2021").get_by_role("link", name="Ret").click()
    page.get_by_label("Dato").fill("17.3.2021")
    page.get_by_role("button", name="Vis virkningen").click()
    page.get_by_role("button", name="Ret", exact=True).click()
    assert text_of(page, "status") == "Rettet"
    assert desk.get("/api/v1/members/zoe-3/can-cancel?date=2021-04-01").json["earliest_end"] == "2021-07-15"


def test_the_same_form_sent_twice_records_once(page: "Page", desk: Served) -> None:
    page.goto("/da/members/31077/what-if?event=complain&date=2020-06-01")
    before = desk.get("/api/v1/members/31077").json["version"]
    form = page.evaluate(
        "new URLSearchParams(new FormData(document.querySelector('form[method=post]'))).toString() + '&action=write'"
    )
    for _ in range(2):
        got = desk.post("/da/members/31077/events", form.encode(), Content_Type="application/x-www-form-urlencoded")
        assert got.status == 303
    assert desk.get("/api/v1/members/31077").json["version"] == before + 1


def test_an_answer_is_saved_and_still_holds(page: "Page") -> None:
    page.goto(ANSWER)
    page.get_by_role("button", name="Gem svaret").click()
    page.wait_for_url(f"**{ANSWER}")
    assert text_of(page, "status") == "Gemt"
    page.goto("/da/members/10042/history")
    row = page.get_by_role("table", name="Afgivne svar").get_by_role("row").filter(has_text="31. aug. 2020").first
    assert FIRST in row.inner_text()
    assert row.get_by_role("cell", name="ja", exact=True).count() == 1


def test_the_answer_is_copied(page: "Page") -> None:
    page.goto(ANSWER)
    page.get_by_role("button", name="Kopiér svaret").click()
    page.get_by_text("Kopieret", exact=True).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(FIRST)
    assert "\n\nHvorfor: opsigelse den 31. august 2020 + 30 dage" in copied


def test_the_language_is_changed_in_its_place(page: "Page") -> None:
    page.goto(ANSWER)
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/members/10042?date=2020-08-31&subscription=main")
    assert page.get_by_role("heading", level=1).inner_text().startswith("The contract ends it on 15 October 2020")
    assert page.get_by_text("Monday 31 August 2020").is_visible()
    page.get_by_role("link", name="Dansk").click()
    page.wait_for_url(f"**{ANSWER}")


def test_the_keyboard_alone_is_enough(page: "Page") -> None:
    page.goto(ANSWER)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Gå til indholdet"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.name || document.activeElement.textContent")
        if page.evaluate("document.activeElement === document.body"):
            break
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", name
        seen.add(name.strip())
    assert {"date", "Vis svaret", "Hvorfor", "Historik", "event"} <= seen


def test_bad_input_stays_as_typed_with_a_link_to_the_field(page: "Page") -> None:
    page.goto("/da/members/10042?date=31.2.2020&subscription=main")
    assert page.title().startswith("Fejl:")
    alert = page.get_by_role("alert")
    assert "Der er en fejl" in alert.inner_text()
    field = page.get_by_label("Opsigelsen modtages")
    assert (field.input_value(), field.get_attribute("aria-invalid")) == ("31.2.2020", "true")
    described = field.get_attribute("aria-describedby") or ""
    assert "den dag findes ikke" in page.locator(f"#{described.split()[-1]}").inner_text() or "error-date" in described
    alert.get_by_role("link").click()
    assert page.evaluate("document.activeElement.name") == "date"
    assert page.get_by_role("region").count() == 0
    assert page.get_by_role("article").count() == 0


def test_a_fault_of_an_event_is_told_at_its_field(page: "Page") -> None:
    page.goto("/en/members/10042/what-if?event=buy&date=2020-06-01&item=film&amount=x")
    assert page.title().startswith("Error:")
    field = page.get_by_label("Amount in kr.")
    assert (field.input_value(), field.get_attribute("aria-invalid")) == ("x", "true")


@pytest.mark.parametrize(
    "path", ["/da/", ANSWER, "/da/members/bo/what-if?event=announce_price_change", "/da/members/10042/history"]
)
def test_a_narrow_screen_never_scrolls_sideways(page: "Page", path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    hidden = "[...document.querySelectorAll('.scroll')].filter(each => each.scrollWidth > each.clientWidth).length"
    assert page.evaluate(hidden) == 0


def test_all_but_copying_works_without_scripts(chrome: "Browser", desk: Served) -> None:
    page = new_page(chrome, desk, java_script_enabled=False)
    page.goto("/da/")
    page.get_by_label("Medlem").fill("bo@example")
    page.get_by_role("button", name="Find").click()
    page.wait_for_url("**/da/members/bo?date=*")
    assert page.get_by_role("button", name="Kopiér svaret").count() == 0
    page.get_by_label("Hændelse", exact=True).select_option("move")
    page.get_by_role("button", name="Vælg").click()
    page.get_by_label("Bopælsland").fill("SE")
    page.get_by_role("button", name="Vis virkningen").click()
    page.get_by_role("button", name="Registrér").click()
    page.wait_for_url("**/da/members/bo?date=*")
    assert text_of(page, "status") == "Registreret"
    page.context.close()


def test_of_two_desks_at_once_the_second_sees_the_new_effect_first(chrome: "Browser", desk: Served) -> None:
    pages = [new_page(chrome, desk) for _ in range(2)]
    for number, page in enumerate(pages):
        page.goto(f"/da/members/20815/what-if?event=complain&date=2020-06-0{number + 1}")
    pages[0].get_by_role("button", name="Registrér").click()
    pages[0].wait_for_url("**/da/members/20815?date=*")
    pages[1].get_by_label("Bemærkning").fill("min bemærkning")
    with pages[1].expect_response("**/events") as response:
        pages[1].get_by_role("button", name="Registrér").click()
    assert response.value.status == 409
    assert "En anden har registreret noget imens" in text_of(pages[1], "alert")
    assert pages[1].get_by_label("Bemærkning").input_value() == "min bemærkning"
    assert pages[1].get_by_label("Dato").input_value() == "2020-06-02"
    pages[1].get_by_role("button", name="Registrér").click()
    pages[1].wait_for_url("**/da/members/20815?date=*")
    assert text_of(pages[1], "status") == "Registreret"
    for page in pages:
        page.context.close()


def test_as_known_then_nothing_can_be_recorded(page: "Page") -> None:
    page.goto(f"{ANSWER}&known_at=2100-01-01")
    assert "registreret" in text_of(page, "note")
    assert page.get_by_role("button", name="Gem svaret").count() == 0
    page.get_by_label("Hændelse", exact=True).select_option("complain")
    page.get_by_role("button", name="Vælg").click()
    page.get_by_role("button", name="Vis virkningen").click()
    assert page.get_by_role("region", name="Virkning").is_visible()
    assert page.get_by_role("button", name="Registrér").count() == 0


def test_a_letter_prints_on_one_page(page: "Page", tmp_path: Path) -> None:
    page.goto(ANSWER)
    page.get_by_role("link", name="Brev", exact=True).click()
    page.wait_for_url("**/da/members/10042/letter?date=2020-08-31&subscription=main")
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "736px"
    printed = page.pdf(path=tmp_path / "letter.pdf", format="A4", prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") + printed.count(b"/Type /Page/") <= 2


def test_print_has_no_forms_and_no_buttons(page: "Page") -> None:
    page.goto(ANSWER)
    page.emulate_media(media="print")
    assert page.locator("form:visible, button:visible, nav:visible").count() == 0
    assert page.get_by_role("heading", level=1).is_visible()


def test_axe_finds_nothing_serious_on_any_page_in_light_or_dark(page: "Page") -> None:
    from axe_playwright_python.sync_playwright import Axe

    paths = ["/da/", ANSWER, f"{ANSWER}&known_at=2100-01-01", "/en/members/bo?date=x", "/da/members/nobody"]
    paths += ["/da/members/10042/what-if?event=announce_service_change", "/da/members/10042/history", "/api/docs"]
    paths += ["/da/members/10042/what-if?event=change_package&date=2020-06-01&to=basis", "/da/login"]
    paths += ["/da/members/10042/letter?date=2020-08-31&subscription=main"]
    found = []
    for path in paths:
        page.emulate_media(color_scheme="light")
        page.goto(path)
        violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        page.emulate_media(color_scheme="dark")  # which changes colours alone
        violations += (
            Axe()
            .run(page, options={"runOnly": ["color-contrast"], "resultTypes": ["violations"]})
            .response["violations"]
        )
        found += [(path, each["id"]) for each in violations if each["impact"] in ("serious", "critical")]
    assert found == []
