import pytest

from ingestion.document import Document, Skipped
from ingestion.readers.govuk_content import looks_like_content_item, read_content_item

GUIDE = {
    "schema_name": "guide",
    "document_type": "guide",
    "base_path": "/renew",
    "title": "Renew",
    "locale": "en",
    "public_updated_at": "2026-01-02T00:00:00Z",
    "withdrawn_notice": {},
    "links": {"organisations": [{"title": "Passport Office"}]},
    "details": {
        "parts": [
            {"title": "Overview", "slug": "overview", "body": "<p>You can renew.</p>"},
            {
                "title": "Fees",
                "slug": "fees",
                "body": [
                    {"content_type": "text/govspeak", "content": "It costs."},
                    {
                        "content_type": "text/html",
                        "content": '<h2 id="adult">Adult</h2><p>It costs £94.50.</p>',
                    },
                ],
            },
        ]
    },
}


def test_each_part_of_a_guide_has_its_own_address() -> None:
    found = read_content_item(GUIDE, origin="g.json")

    assert isinstance(found, Document)
    assert [(s.url, s.heading_path, s.anchor) for s in found.sections] == [
        ("https://www.gov.uk/renew/overview", ("Renew", "Overview"), ""),
        ("https://www.gov.uk/renew/fees", ("Renew", "Fees", "Adult"), "adult"),
    ]
    assert found.details.publisher == "Passport Office"


def test_steps_of_a_step_by_step_are_read() -> None:
    item = {
        "schema_name": "step_by_step_nav",
        "base_path": "/drive",
        "title": "Learn to drive",
        "details": {
            "step_by_step_nav": {
                "introduction": [{"content_type": "text/html", "content": "<p>Start here.</p>"}],
                "steps": [
                    {
                        "title": "Apply",
                        "contents": [
                            {"type": "paragraph", "text": "Get a licence."},
                            {
                                "type": "list",
                                "contents": [{"text": "Provisional", "context": "£34"}],
                            },
                        ],
                    }
                ],
            }
        },
    }

    found = read_content_item(item, origin="s.json")

    assert isinstance(found, Document)
    assert found.sections[1].heading_path == ("Learn to drive", "Apply")
    assert found.sections[1].blocks[1].items == ("Provisional £34",)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"schema_name": "gone"}, "removed"),
        ({"schema_name": "redirect"}, "redirects"),
        ({"withdrawn_notice": {"explanation": "<p>old</p>"}}, "withdrawn"),
        ({"base_path": None}, "no base_path"),
        ({"details": {}}, "no text"),
        ({"details": None}, "no text"),
        ({"details": {"parts": "wrong", "body": 7}}, "no text"),
    ],
)
def test_what_is_no_page_is_skipped_with_a_reason(changes: dict[str, object], reason: str) -> None:
    found = read_content_item({**GUIDE, **changes}, origin="x.json")

    assert isinstance(found, Skipped)
    assert reason in found.reason


def test_recognises_content_items() -> None:
    assert looks_like_content_item({"schema_name": "guide"})
    assert not looks_like_content_item([1])
    assert not looks_like_content_item({"name": "package"})
