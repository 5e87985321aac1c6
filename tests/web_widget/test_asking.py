"""A citizen asks and reads the answer, in a real browser against the real application."""

import re

import pytest
from playwright.sync_api import Page, expect

from bot.answer import Notice
from tests.fakes import an_answer
from tests.web_widget.conftest import Widget
from tests.web_widget.scripted_service import (
    DEEP_FRAME,
    HEADING,
    LINES,
    NINO_QUESTION,
    Scripted,
)

pytestmark = pytest.mark.browser


def test_shows_the_answer_with_its_source(widget: Widget) -> None:
    turn = widget.ask("How much is a passport?")

    expect(turn.locator(".q")).to_have_text("How much is a passport?")
    expect(turn.get_by_text("The fee is £94.50.").first).to_be_visible()
    source = turn.get_by_role("link", name="Passport fees: Standard fees (opens in new tab)")
    expect(source).to_have_attribute("href", re.compile(r"#:~:text=The%20fee$"))
    expect(source).to_have_attribute("target", "_blank")
    expect(source).to_have_attribute("rel", re.compile("noopener"))
    facts = turn.get_by_text("Sample Passport Service")
    expect(facts).to_contain_text("Applies to: the whole UK")
    expect(facts).to_contain_text("Updated 9 April 2026")
    expect(turn.locator("blockquote")).to_have_text("The fee is £94.50.")


def test_shows_checked_blocks_before_the_answer_is_complete(
    widget: Widget, service: Scripted
) -> None:
    service.answers.seconds_between_events = 0.5

    widget.field.fill("Tell me everything")
    widget.field.press("Enter")

    turn = widget.answers.first
    expect(turn.locator(".w")).to_be_visible()
    expect(turn.get_by_text("The fee is £94.50.").first).to_be_visible()
    expect(turn.locator('[aria-busy="true"]')).to_be_attached()
    expect(turn.locator('[aria-busy="false"]')).to_be_attached()
    expect(turn.locator(".w")).to_have_count(0)


def test_shows_lists_steps_and_tables_as_such(widget: Widget) -> None:
    turn = widget.ask("Tell me everything")

    expect(turn.locator("ul").first.locator("li")).to_have_text(
        ["a photo", re.compile("your old passport")]
    )
    expect(turn.locator("ol").first.locator("li").first).to_have_text("Take a photo.")
    table = turn.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["Who", "Online", "Paper"])
    expect(table.get_by_role("rowheader")).to_have_text(["Adult", "Child"])


def test_says_once_where_blocks_in_a_row_are_from(widget: Widget, service: Scripted) -> None:
    turn = widget.ask("Tell me everything")

    expect(turn.locator(".from")).to_have_text([DEEP_FRAME])
    expect(turn.locator(".from + div").first).to_contain_text("You need:")

    service.answers.seconds_between_events = 0.5
    widget.field.fill("Tell me everything")
    widget.field.press("Enter")

    streamed = widget.answers.nth(1)
    expect(streamed.get_by_text("To apply:")).to_be_visible()
    expect(streamed.locator(".w")).to_be_visible()
    expect(streamed.locator(".from")).to_have_text([DEEP_FRAME])


def test_each_statement_links_to_its_source_by_name(widget: Widget) -> None:
    turn = widget.ask("Tell me everything")

    mark = turn.get_by_role("link", name="Source 2: Renew your passport").first
    expect(mark).to_have_attribute("href", re.compile(r"renew#:~:text=a%20photo$"))


def test_offers_nearest_pages_and_further_questions(widget: Widget, service: Scripted) -> None:
    turn = widget.ask("Tell me everything")

    expect(turn.get_by_role("heading", name="Pages that may help")).to_be_visible()
    expect(turn.get_by_role("link", name="Lost passports")).to_be_visible()
    turn.get_by_role("button", name="How long does it take?").click()
    expect(widget.answers.nth(1).locator('[aria-busy="false"]')).to_be_visible()
    expect(widget.answers.nth(1).locator(".q")).to_have_text("How long does it take?")
    assert service.answers.asked[1].history[0].content == "Tell me everything"


def test_offers_choices_right_after_a_question_back(widget: Widget, service: Scripted) -> None:
    turn = widget.ask("Do I pay for a prescription?")

    expect(turn.get_by_role("heading", name="Choose one")).to_be_visible()
    turn.get_by_role("button", name="Prescriptions, in Wales?").click()
    expect(widget.answers.nth(1).locator('[aria-busy="false"]')).to_be_visible()
    assert service.answers.asked[1].question == "Prescriptions, in Wales?"


def test_choices_of_an_earlier_answer_are_gone(widget: Widget) -> None:
    first = widget.ask("Do I pay for a prescription?")

    widget.ask("How much is a passport?")

    expect(first.get_by_role("button", name="Prescriptions, in Wales?")).to_have_count(0)
    expect(first.get_by_role("heading", name="Choose one")).to_have_count(0)


def test_choices_are_there_again_when_the_next_question_fails(widget: Widget) -> None:
    first = widget.ask("Do I pay for a prescription?")

    widget.field.fill("Make it explode")
    widget.field.press("Enter")

    expect(widget.page.get_by_role("button", name="Try again")).to_be_visible()
    first.get_by_role("button", name="Prescriptions, in Wales?").click()
    expect(widget.answers).to_have_count(2)


def test_shows_what_was_kept_when_personal_data_was_removed(widget: Widget) -> None:
    turn = widget.ask(NINO_QUESTION)

    expect(turn.locator(".q")).to_have_text(
        "My number is [National Insurance number removed], how much is a passport?"
    )
    expect(turn.get_by_text("This is what was kept.")).to_be_visible()
    expect(turn.get_by_text("We removed a National Insurance number.")).to_be_visible()
    expect(turn.get_by_text("The fee is £94.50.").first).to_be_visible()
    assert "QQ123456C" not in widget.page.locator("enquiry-chat").evaluate(
        "e => e.shadowRoot.textContent"
    )


def test_shows_help_in_a_crisis_before_anything_else(widget: Widget) -> None:
    turn = widget.ask("I feel unsafe")

    answer = turn.locator('[aria-busy="false"]')
    expect(answer.locator("> *").first).to_have_class("alert")
    expect(answer.locator("> *").first).to_contain_text("Samaritans")
    expect(turn.get_by_role("link", name="116 123")).to_have_attribute("href", "tel:116123")
    expect(turn.get_by_role("link", name="999").first).to_have_attribute("href", "tel:999")


def test_shows_whom_to_call_beside_an_answer_as_a_list(widget: Widget) -> None:
    turn = widget.ask("I am still unsure")

    alert = turn.locator(".alert")
    expect(alert.locator("p")).to_have_text("If you are not safe, you can get help now:")
    expect(alert.locator("li")).to_have_text(list(LINES))
    expect(turn.locator(".note")).to_have_count(0)
    links = alert.get_by_role("link").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert links == ["tel:999", "tel:116123", "sms:85258", "tel:02070080151", "tel:+442070080151"]


@pytest.mark.parametrize("question", ["I feel unsafe", "I am still unsure"])
def test_offers_to_delete_the_conversation_beside_whom_to_call(
    widget: Widget, question: str
) -> None:
    turn = widget.ask(question)
    erase = turn.locator(".alert").get_by_role("button", name="Delete this conversation")

    erase.click()
    widget.page.get_by_role("button", name="No, keep").click()
    expect(erase).to_be_focused()
    erase.click()
    widget.page.get_by_role("button", name="Yes, delete").click()

    expect(widget.answers).to_have_count(0)


def test_shows_the_guidance_beneath_the_help_under_a_heading(widget: Widget) -> None:
    turn = widget.ask("I feel unsafe and asking")

    parts = turn.locator('[aria-busy="false"] > *')
    expect(parts.nth(0)).to_have_class("alert")
    expect(parts.nth(0)).not_to_contain_text("£94.50")
    expect(parts.nth(1)).to_have_class("note")
    expect(turn.get_by_role("heading", name=HEADING)).to_be_visible()
    expect(parts.nth(2)).to_contain_text("The fee is £94.50.")
    expect(turn.get_by_role("heading", name="Sources")).to_be_visible()


def test_keeps_the_conversation_when_the_page_is_loaded_again(widget: Widget) -> None:
    widget.ask("How much is a passport?")
    widget.ask("And for a child?")

    widget.page.reload()

    expect(widget.answers).to_have_count(2)
    expect(widget.answers.nth(1).locator(".q")).to_have_text("And for a child?")
    expect(widget.answers.first.get_by_role("heading", name="Sources")).to_be_visible()


def test_deletes_the_conversation_after_asking_whether_to(
    widget: Widget, service: Scripted
) -> None:
    erase = widget.page.get_by_role("button", name="Delete this conversation")
    expect(erase).to_be_hidden()
    widget.ask("How much is a passport?")

    erase.click()
    widget.page.get_by_role("button", name="No, keep").click()
    expect(widget.answers).to_have_count(1)
    erase.click()
    widget.page.get_by_role("button", name="Yes, delete").click()

    expect(widget.answers).to_have_count(0)
    expect(erase).to_be_hidden()
    [path] = service.paths("DELETE")
    assert service.conversations.exchanges(path.rsplit("/", 1)[-1]) == []
    assert widget.page.evaluate("sessionStorage.length") == 0
    widget.page.reload()
    expect(widget.answers).to_have_count(0)


def test_sends_feedback_with_a_reason(widget: Widget, service: Scripted) -> None:
    turn = widget.ask("How much is a passport?")

    turn.get_by_role("group", name="Is this answer useful?").get_by_role(
        "button", name="No"
    ).click()
    turn.get_by_role("button", name="It is hard to understand").click()

    expect(turn.get_by_text("Thank you for your feedback.")).to_be_focused()
    assert service.conversations.feedback == {"answer-1": (False, "unclear", "")}


def test_sends_feedback_that_an_answer_is_useful(widget: Widget, service: Scripted) -> None:
    turn = widget.ask("How much is a passport?")

    turn.get_by_role("button", name="Yes").click()

    expect(turn.get_by_text("Thank you for your feedback.")).to_be_visible()
    assert service.conversations.feedback == {"answer-1": (True, "", "")}


def test_speaks_welsh(page: Page, service: Scripted) -> None:
    page.goto(f"{service.url}/demo?locale=cy")
    widget = Widget(page)
    widget.field = page.get_by_role("textbox", name="Eich cwestiwn")

    turn = widget.ask("Beth yw'r ffi?")

    expect(turn.get_by_role("heading", name="Ateb")).to_be_visible()
    expect(turn.get_by_text("Y ffi yw £94.50.")).to_be_visible()
    expect(turn.locator("[lang=cy]").first).to_be_visible()
    source = turn.get_by_role("link", name="Passport fees: Standard fees (yn agor mewn tab newydd)")
    expect(source.locator("[lang=en]")).to_be_visible()
    expect(turn.get_by_text("Diweddarwyd 9 Ebrill 2026")).to_contain_text("Yn Saesneg")
    assert service.answers.asked[0].locale == "cy"


def test_changes_language_without_losing_anything(widget: Widget) -> None:
    widget.ask("How much is a passport?")
    widget.field.fill("Half a question")

    widget.page.locator("enquiry-chat").evaluate("e => e.setAttribute('locale', 'cy')")

    expect(widget.page.get_by_role("textbox", name="Eich cwestiwn")).to_have_value(
        "Half a question"
    )
    expect(widget.answers).to_have_count(1)
    expect(widget.answers.first.get_by_role("heading", name="Ffynonellau")).to_be_visible()


def test_says_where_the_citizen_is(page: Page, service: Scripted) -> None:
    page.goto(f"{service.url}/demo")
    page.locator("enquiry-chat").evaluate("e => e.setAttribute('nation', 'wales')")

    Widget(page).ask("How much is a passport?")

    assert service.answers.asked[0].nation == "wales"


@pytest.mark.parametrize(
    ("locale", "sentence", "link"),
    [
        ("en", "Questions are kept for a limited time", "Privacy notice"),
        ("cy", "Cedwir cwestiynau am gyfnod cyfyngedig", "Hysbysiad preifatrwydd"),
    ],
)
def test_says_what_is_kept_and_links_to_the_privacy_notice(
    page: Page, service: Scripted, locale: str, sentence: str, link: str
) -> None:
    page.goto(f"{service.url}/demo?locale={locale}")
    expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.get_by_role("link", name=link)).to_have_count(0)
    element = page.locator("enquiry-chat")

    element.evaluate("e => e.setAttribute('privacy', '/privacy')")
    expect(page.get_by_role("link", name=link)).to_have_attribute("href", f"{service.url}/privacy")
    element.evaluate("e => e.setAttribute('privacy', 'javascript:alert(1)')")
    expect(page.get_by_role("link", name=link)).to_have_count(0)


def test_does_not_say_that_questions_are_kept_when_they_are_not(
    page: Page, service: Scripted
) -> None:
    page.goto(f"{service.url}/demo")
    expect(page.get_by_text("Questions are kept")).to_be_visible()

    page.locator("enquiry-chat").evaluate("e => e.setAttribute('publisher', 'Afonbridge')")

    expect(page.get_by_text("Questions are kept")).to_have_count(0)


def test_asks_one_publisher_only_and_keeps_nothing(page: Page, service: Scripted) -> None:
    page.goto(f"{service.url}/demo")
    page.locator("enquiry-chat").evaluate("e => e.setAttribute('publisher', 'Afonbridge')")
    widget = Widget(page)

    widget.ask("How much is a passport?")
    widget.ask("And for a child?")

    assert [enquiry.publisher for enquiry in service.answers.asked] == ["Afonbridge"] * 2
    assert [turn.role for turn in service.answers.asked[1].history] == ["user", "assistant"]
    assert page.evaluate("sessionStorage.length") == 0


def test_tells_the_page_the_status_and_nothing_else(widget: Widget) -> None:
    widget.page.evaluate(
        "addEventListener('enquiry-chat:answered', e => { window.told = e.detail; })"
    )

    widget.ask("How much is a passport?")

    assert widget.page.evaluate("window.told") == {"status": "answered"}


def test_the_operators_way_to_a_person_can_be_followed(widget: Widget, service: Scripted) -> None:
    text = "contact Sample Council: call 0300 123 4567, or go to https://www.example.gov.uk/contact"
    service.answers.by_word["person"] = an_answer(notices=(Notice("contact", text),))

    links = widget.ask("person").locator(".note a")

    expect(links.first).to_have_attribute("href", "tel:03001234567")
    expect(links.last).to_have_attribute("href", "https://www.example.gov.uk/contact")
