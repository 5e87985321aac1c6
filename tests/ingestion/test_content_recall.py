"""The measure of content recall: what it counts, and what each reader reaches."""

from pathlib import Path

import pytest

from ingestion.content_recall import ENOUGH, html_recall, seen_words
from ingestion.document import Block, BlockKind, Document, PageDetails, Section
from ingestion.recall_figures import measure
from tests.ingestion.test_formats import FORMATS

MARKDOWN = """---
title: Parking permits
---
You can apply{% if x %} now{% endif %}.

<ul class="accordion"><li><button aria-controls="a">Who can apply?</button>
<div id="a" hidden>

People who live in the zone:

1. residents
2. carers

</div></li></ul>

| Who | Fee |
| --- | --- |
| Carer | £5 |
"""
ITEM = """{"schema_name": "guide", "base_path": "/p", "title": "Permits", "description": "About.",
"details": {"parts": [{"title": "Who", "slug": "who", "body": "<p>Residents.</p><dl><dt>Fee</dt><dd>£5</dd></dl>"}],
"collection_groups": [{"title": "Zones", "body": "<p>All of the zones.</p>", "documents": []}]}}"""


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>one</p><p>two</p>", "one two"),
        ("coun<b>cil</b> tax", "council tax"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("<p>one</p><nav>two</nav><script>three</script><!-- four -->", "one"),
        ("<p hidden>one</p><p style='display: none'>two</p>three", "three"),
        ("<div class='cookie-banner'>one</div>two", "two"),
        ("<button>one</button><h2><button>two</button></h2>", "two"),
        ("<button aria-controls='p'>one</button><div id='p' hidden>two</div>", "one two"),
    ],
)
def test_counts_the_words_that_people_see(html: str, words: str) -> None:
    assert sorted(seen_words(f"<main>{html}</main>").elements()) == sorted(words.split())


def page_with(*texts: str) -> Document:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)
    return Document(PageDetails("/x", "T"), (Section(("T",), "", blocks),))


def test_a_lost_paragraph_and_a_foreign_one_are_told_apart() -> None:
    content = "<main><h1>T</h1><p>one two three</p><p>four</p></main>"

    recall = html_recall(content, page_with("one two three", "menu menu"))

    assert (recall.words, recall.kept, recall.foreign) == (5, 4, 2)
    assert recall.share == 0.8


def test_a_word_that_stands_twice_is_missed_when_it_is_kept_once() -> None:
    recall = html_recall("<main><p>one</p><p>one</p></main>", page_with("one"))

    assert (recall.words, recall.kept) == (2, 1)


def test_every_format_keeps_98_percent_of_its_words(tmp_path: Path) -> None:
    for name, make in FORMATS.items():
        (tmp_path / name).write_bytes(make())
    (tmp_path / "permits.md").write_text(MARKDOWN, "utf-8")
    (tmp_path / "permits.json").write_text(ITEM, "utf-8")
    (tmp_path / "permits.csv").write_text("question,answer\nWho?,Residents.\nFee?,£5\n", "utf-8")

    figures = measure(tmp_path)

    assert set(figures) == {
        *("content item", "docx", "html", "markdown", "odt", "pdf", "questions", "text")
    }
    for name, found in figures.items():
        assert found.words > 0
        assert found.recall >= ENOUGH, (name, found)
        assert found.below == (), name


def test_no_format_lets_anything_else_in(tmp_path: Path) -> None:
    for name, make in FORMATS.items():
        (tmp_path / name).write_bytes(make())

    figures = measure(tmp_path)

    assert {name: found.foreign for name, found in figures.items()} == dict.fromkeys(figures, 0)


def test_a_page_below_is_listed_worst_first(tmp_path: Path) -> None:
    lost = "".join(f"<option>Borough {n}</option>" for n in range(9))
    for name, times in (("a", 1), ("b", 5)):
        (tmp_path / f"{name}.html").write_text(
            f"<main><h1>T</h1><p>Some words to keep.</p><select>{lost * times}</select></main>"
        )

    found = measure(tmp_path)["html"]

    assert [origin for origin, _ in found.below] == ["b.html", "a.html"]
    assert found.recall < ENOUGH
