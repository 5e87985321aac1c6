from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.document import Document, Skipped
from ingestion.readers.govuk_content import read_content_item
from ingestion.sources.govuk_links import listed_by

PAST = {
    "title": "2010 to 2015 government",
    "details": {"ended_on": "2015-05-08T00:00:00+00:00", "current": False},
}


def item(schema: str = "answer", **more: Any) -> dict[str, Any]:
    return {
        "schema_name": schema,
        "document_type": schema,
        "base_path": "/a",
        "title": "A",
        "locale": "en",
        "details": {"body": "<p>Text.</p>"},
        **more,
    }


def read(**changes: Any) -> Document:
    found = read_content_item(item(**changes), origin="a")
    assert isinstance(found, Document), found
    return found


def text(document: Document) -> list[str]:
    return [
        line
        for section in document.sections
        for block in section.blocks
        for line in ((block.text,) if block.text else block.items)
    ]


@pytest.mark.parametrize(
    ("applies", "nation"),
    [
        ("england", "england"),
        ("england wales", "england+wales"),
        ("wales england", "england+wales"),
        ("scotland northern_ireland", "scotland+northern-ireland"),
        ("england scotland wales northern_ireland", "uk"),
        ("", ""),
    ],
)
def test_the_nations_a_page_is_for(applies: str, nation: str) -> None:
    names = ("england", "scotland", "wales", "northern_ireland")
    stated = {name: {"label": name, "applicable": name in applies.split()} for name in names}

    assert read(details={"body": "x", "national_applicability": stated}).details.nation == nation


@pytest.mark.parametrize("strange", ["england", {"england": True}, {"england": {}}, [], None])
def test_nations_in_a_strange_form_are_not_guessed(strange: object) -> None:
    assert read(details={"body": "x", "national_applicability": strange}).details.nation == ""


def test_history_mode_is_told_in_the_text_and_ends_the_page() -> None:
    found = read(details={"body": "<p>Text.</p>", "political": True}, links={"government": [PAST]})

    assert text(found) == [
        "This was published under the 2010 to 2015 government. "
        "It may no longer be government policy.",
        "Text.",
    ]
    assert found.details.valid_to == date(2015, 5, 8)
    assert "history mode" in found.remarks[0]


def test_history_mode_is_told_in_welsh_on_a_welsh_page() -> None:
    found = read(
        locale="cy", details={"body": "x", "political": True}, links={"government": [PAST]}
    )

    assert text(found)[0].startswith("Cafodd hyn ei gyhoeddi")


@pytest.mark.parametrize(
    ("political", "links", "stated"),
    [
        (False, [PAST], None),
        (True, [], None),
        (True, [{"title": "now", "details": {"current": True}}], {"current": False}),
        (True, [], {"title": "now", "current": True}),
        (True, "x", "y"),
    ],
)
def test_a_page_of_the_government_in_office_is_ordinary(
    political: bool, links: Any, stated: Any
) -> None:
    details = {"body": "<p>Text.</p>", "political": political, "government": stated}

    found = read(details=details, links={"government": links})

    assert text(found) == ["Text."]
    assert found.details.valid_to is None


def test_an_older_item_names_its_government_itself() -> None:
    details = {"body": "x", "political": True, "government": {"title": "Old", "current": False}}

    assert "published under the Old." in text(read(details=details))[0]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"withdrawn_notice": {"explanation": "<p>See <a href='/b'>B</a>.</p>",
                                  "withdrawn_at": "2024-05-06T00:00:00Z"}},
            "The page was withdrawn by its publisher on 2024-05-06: See B .",
        ),
        (
            {"schema_name": "gone", "details": {"explanation": "", "alternative_path": "/b"}},
            "The page was removed from GOV.UK (see /b).",
        ),
        (
            {"schema_name": "redirect", "redirects": [{"path": "/a", "destination": "/b"}]},
            "The page redirects to another (see /b).",
        ),
        ({"schema_name": "vanish"}, "The page was removed from GOV.UK."),
        ({"document_type": "gone", "schema_name": "answer"}, "The page was removed from GOV.UK."),
        ({"schema_name": "finder"}, "The page only lists other pages."),
    ],
)  # fmt: skip
def test_what_is_no_page_says_what_became_of_it(changes: dict[str, Any], reason: str) -> None:
    found = read_content_item({**item(), **changes}, origin="a")

    assert found == Skipped("a", reason)


def test_attachments_are_listed_with_their_type_and_length() -> None:
    attachments = [
        {"title": "Annual report", "url": "https://assets.example/a.pdf",
         "content_type": "application/pdf", "number_of_pages": 12, "attachment_type": "file"},
        {"title": "Easy read", "url": "/a/easy", "attachment_type": "html"},
        {"title": "One page", "content_type": "application/pdf", "number_of_pages": 1},
        {"title": "Form (PDF, 165KB)", "content_type": "application/pdf"},
        {"title": "Photo", "content_type": "image/jpeg"},
        {"title": ""},
        "strange",
    ]  # fmt: skip

    found = read(details={"body": "<p>Text.</p>", "attachments": attachments})

    assert found.sections[-1].heading_path == ("A", "Attachments")
    assert found.sections[-1].blocks[0].items == (
        "Attachment: Annual report, PDF, 12 pages",
        "Attachment: Easy read, HTML",
        "Attachment: One page, PDF, 1 page",
        "Attachment: Form (PDF, 165KB)",
    )
    assert found.links == ("https://assets.example/a.pdf", "/a/easy")


@pytest.mark.parametrize(
    "fragment",
    [
        '<section class="attachment embedded"><h2 class="title"><a href="/f.pdf">The <b>form</b>'
        '</a></h2><p class="metadata"><span class="references">Ref: ISBN 9</span>, <span '
        'class="type"><abbr title="Portable Document Format">PDF</abbr></span>, <span>1.2MB</span>'
        ", <span>3 pages</span></p></section>",
        '<section class="gem-c-attachment"><h3 class="gem-c-attachment__title"><a href="/f.pdf">'
        'The form</a></h3><p class="gem-c-attachment__metadata"><span>PDF</span>, <span>1.2 MB'
        "</span>, <span>3 pages</span></p></section>",
    ],
)
def test_attachments_in_html_are_listed_too(fragment: str) -> None:
    found = read(locale="cy", details={"body": "x", "documents": [fragment]})

    assert found.sections[-1].blocks[0].items == ("Atodiad: The form, PDF, 3 pages",)
    assert found.links == ("/f.pdf",)


def test_travel_warnings_come_before_everything() -> None:
    details = {
        "country": {"name": "Ruritania", "slug": "ruritania"},
        "alert_status": ["avoid_all_but_essential_travel_to_parts", "unknown", 7],
        "parts": [{"title": "Safety", "slug": "safety", "body": "<p>Crime is low.</p>"}],
    }

    found = read(schema="travel_advice", details=details)

    assert text(found) == [
        "The Foreign, Commonwealth & Development Office (FCDO) advises against all but essential "
        "travel to parts of Ruritania.",
        "Crime is low.",
    ]
    assert found.sections[1].url == "https://www.gov.uk/a/safety"


@pytest.mark.parametrize(
    ("locale", "details", "line"),
    [
        ("en", {"will_continue_on": "the tax site"}, "Start now on the tax site."),
        ("cy", {"will_continue_on": "y safle"}, "Dechrau nawr ar y safle."),
        ("en", {"start_button_text": "Pay now", "will_continue_on": "Pay"}, "Pay now (Pay)"),
        ("en", {"start_button_text": "Start now"}, None),
        ("en", {"transaction_start_link": "https://tax.example"}, None),
    ],
)
def test_where_a_service_starts(locale: str, details: dict[str, str], line: str | None) -> None:
    found = read(schema="transaction", locale=locale, details={"body": "<p>Text.</p>", **details})

    assert text(found) == (["Text.", line] if line else ["Text."])
    if "transaction_start_link" in details:
        assert found.links == ("https://tax.example",)


def test_variants_of_a_service_have_their_own_sections() -> None:
    variants = [{"title": "By post", "more_information": "<p>Send it.</p>"}]

    found = read(schema="transaction", details={"body": "<p>Text.</p>", "variants": variants})

    assert found.sections[1].heading_path == ("A", "By post")


def test_ways_to_get_in_touch_are_read() -> None:
    details = {
        "phone_numbers": [
            {"title": "Helpline", "number": "0300 000", "textphone": "", "fax": None,
             "open_hours": "<p>8am to 6pm</p>", "description": "<p>Call about tax.</p>"}
        ],
        "email_addresses": [{"title": "Desk", "email": "desk@example.org ", "description": "\n"}],
        "post_addresses": [{"title": "Office", "street_address": "1 Road", "postal_code": "AB1"}],
    }  # fmt: skip

    found = read(schema="contact", details=details)

    assert [(s.heading_path[-1], s.blocks[0].items) for s in found.sections] == [
        ("Helpline", ("Telephone: 0300 000", "8am to 6pm")),
        ("Desk", ("Email: desk@example.org",)),
        ("Office", ("Office, 1 Road, AB1",)),
    ]
    assert found.sections[0].blocks[1].text == "Call about tax."


def test_a_section_of_a_tax_manual_is_known_by_its_number() -> None:
    details = {"body": "<p>Text.</p>", "section_id": "EIM00520"}

    assert read(schema="hmrc_manual_section", details=details).details.title == "EIM00520 - A"


@pytest.mark.parametrize(
    ("locale", "translations", "alternate"),
    [
        ("en", [{"locale": "cy", "base_path": "/a.cy"}], "https://www.gov.uk/a.cy"),
        ("cy", [{"locale": "en", "base_path": "/en"}], "https://www.gov.uk/en"),
        ("cy", [{"locale": "en", "base_path": "/a"}], ""),
        ("en", [{"locale": "fr", "base_path": "/a.fr"}], ""),
        ("en", [{"locale": "cy"}], ""),
    ],
)
def test_the_page_in_the_other_language(locale: str, translations: Any, alternate: str) -> None:
    found = read(locale=locale, links={"available_translations": translations})

    assert found.details.alternate_url == alternate


def test_links_of_the_text_are_kept_once_and_change_notes_left_out() -> None:
    details = {
        "body": '<p><a href="/x">X</a> <a href="/x">X</a> <a href="https://y.example">Y</a></p>',
        "change_history": [{"note": '<a href="/old">old</a>'}],
    }

    assert read(details=details).links == ("/x", "https://y.example")


KEYS_TEXT = """
body parts details links title slug contents steps step_by_step_nav attachments documents url
content content_type phone_numbers email_addresses country name alert_status political government
current variants will_continue_on national_applicability england applicable withdrawn_notice
explanation parent organisations nodes number_of_pages redirects groups base_path locale
schema_name document_type section_id child_section_groups
"""
KEYS = st.sampled_from(KEYS_TEXT.split())
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(
        [
            "",
            "<p>x</p>",
            "<p",
            "</",
            "text/html",
            "<h2></h2>",
            "/a",
            "<table><tr><td>1",
            "<![",
            "<a href=",
            "\x00",
            "&#0;",
        ]
    )
)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5)
)


@given(st.dictionaries(KEYS, JSON, max_size=8))
def test_no_item_however_strange_stops_a_build(changes: dict[str, Any]) -> None:
    found = read_content_item({**item(), **changes}, origin="a")

    assert isinstance(found, Document | Skipped)
    listed_by({**item(), **changes})
