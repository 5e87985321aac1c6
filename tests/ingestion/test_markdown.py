from datetime import date

import pytest

from ingestion.document import BlockKind, Document, Skipped
from ingestion.readers.markdown import read_markdown

PAGE = """---
url: https://example.gov.uk/fees
title: Fees
nation: england+wales
updated_at: 2026-04-09
valid_to: 2027-04-08
locale: en
---

<!-- a comment -->
Intro with a [link](https://example.gov.uk/x).

{% include "nav.html" %}

## What it costs

The fees are:

| Who | Fee |
| --- | --- |
| Adult | £94.50 |
"""


def test_reads_front_matter_and_text() -> None:
    found = read_markdown(PAGE, origin="fees.md", fallback_url="/fees")

    assert isinstance(found, Document)
    assert found.details.url == "https://example.gov.uk/fees"
    assert found.details.nation == "england+wales"
    assert (found.details.updated_at, found.details.valid_to) == (
        date(2026, 4, 9),
        date(2027, 4, 8),
    )
    assert [s.heading_path for s in found.sections] == [("Fees",), ("Fees", "What it costs")]
    assert found.sections[0].blocks[0].text == "Intro with a link."
    assert found.sections[1].anchor == "what-it-costs"
    table = found.sections[1].blocks[1]
    assert (table.kind, table.text) == (BlockKind.TABLE, "The fees are:")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("---\ntitle: [unclosed\n---\ntext", "not valid YAML"),
        ("---\ntitle: T\n---\n", "no text"),
        ("---\ntitle: T\nprivate: true\n---\ntext", "not public"),
        ("just words", "no title"),
    ],
)
def test_what_cannot_be_cited_is_skipped_with_a_reason(content: str, reason: str) -> None:
    found = read_markdown(content, origin="o", fallback_url="/")

    assert isinstance(found, Skipped)
    assert reason in found.reason


def test_a_page_without_front_matter_takes_its_first_heading_as_title() -> None:
    found = read_markdown("# Bins\n\nPut them out.", origin="bins.md", fallback_url="/bins")

    assert isinstance(found, Document)
    assert found.details.title == "Bins"
    assert found.details.url == "/bins"
