"""Shapes that pages of public bodies have, and what must come of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.content_recall import html_recall
from ingestion.document import Block, BlockKind, Document
from ingestion.readers.html import read_fragment, read_html


def blocks_of(html: str) -> list[Block]:
    return [block for section in read_fragment(html, "T") for block in section.blocks]


def items_of(html: str) -> list[str]:
    return [item for block in blocks_of(html) for item in block.items]


def texts_of(html: str) -> list[str]:
    return [block.text for block in blocks_of(html)]


def page_of(main: str) -> Document:
    found = read_html(
        f"<html><body><main><h1>T</h1>{main}</main></body></html>", origin="x", fallback_url="/x"
    )
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize(
    ("html", "items"),
    [
        ("<ul><li>Bring <div><ul><li>a card</li></ul></div></li></ul>", ["Bring", "a card"]),
        ("<ul><li>One</li><ul><li>two</li></ul></ul>", ["One", "two"]),
        ("<ul><div><li>One</li><li>two</li></div></ul>", ["One", "two"]),
        ("<ul>Loose<p>and</p><li>one</li>more</ul>", ["Loose", "and", "one", "more"]),
        (
            "<ol><li>Send:<ul><li>a form</li></ul>Then wait.</li><li>Pay.</li></ol>",
            ["Send: a form", "Then wait.", "Pay."],
        ),
        ("<ul><li>Introduces:</li></ul>", ["Introduces:"]),
        ("<ul><li>Introduces:<p>what</p></li></ul>", ["Introduces: what"]),
        (
            "<ul><li>a:<ul><li>b:<ul><li>c</li></ul></li><li>d</li></ul></li><li>e</li></ul>",
            ["a: b: c", "a: d", "e"],
        ),
    ],
)
def test_no_word_of_a_nested_list_is_lost_or_moved(html: str, items: list[str]) -> None:
    assert items_of(html) == items


def test_a_list_of_sections_keeps_their_headings() -> None:
    html = "<ol><li><h2>Apply</h2><p>Do it.</p></li><li><h2>Pay</h2><p>By card.</p></li></ol>"

    sections = read_fragment(html, "T")

    assert [s.heading_path for s in sections] == [("T", "Apply"), ("T", "Pay")]


@pytest.mark.parametrize(
    ("html", "headers", "rows"),
    [
        (
            "<table><thead><tr><th rowspan=2>Who</th><th colspan=2>Fee</th></tr>"
            "<tr><th>Adult</th><th>Child</th></tr></thead>"
            "<tr><th rowspan=2>Online</th><td>£1</td><td>£2</td></tr>"
            "<tr><td>£3</td><td>£4</td></tr></table>",
            ("Who", "Fee Adult", "Fee Child"),
            (("Online", "£1", "£2"), ("Online", "£3", "£4")),
        ),
        (
            "<table><tr><td></td><th>Adult</th><th>Child</th></tr>"
            "<tr><th>Fee</th><td>£1</td><td>£2</td></tr></table>",
            ("", "Adult", "Child"),
            (("Fee", "£1", "£2"),),
        ),
        (
            "<table><thead><tr><td>Who</td><td>Fee</td></tr></thead>"
            "<tr><td>Adult</td><td>£1</td></tr></table>",
            ("Who", "Fee"),
            (("Adult", "£1"),),
        ),
        (
            "<table><tr><th>Band</th><td>A</td></tr><tr><th>Fee</th><td>£1</td></tr></table>",
            (),
            (("Band", "A"), ("Fee", "£1")),
        ),
        (
            "<table><tr><th>Who</th><th>Fee</th></tr><tr><th colspan=2>Wales</th></tr>"
            "<tr><td>Adult</td><td>£1</td></tr></table>",
            ("Who", "Fee"),
            (("Wales",), ("Adult", "£1")),
        ),
        (
            "<table><tr><th>Day</th><th>Open</th><th>Close</th></tr>"
            "<tr><td>Sunday</td><td colspan=2>Closed</td></tr></table>",
            ("Day", "Open", "Close"),
            (("Sunday", "Closed", "Closed"),),
        ),
    ],
)
def test_every_cell_stands_under_its_own_headings(
    html: str, headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> None:
    (table,) = blocks_of(html)

    assert (table.headers, table.rows) == (headers, rows)


def test_a_table_that_only_places_things_is_read_as_text() -> None:
    html = "<table role=presentation><tr><td><p>Left</p></td><td><ul><li>one</li></ul></td></tr></table>"

    assert [b.kind for b in blocks_of(html)] == [BlockKind.PARAGRAPH, BlockKind.LIST]


def test_an_inner_table_is_read_once() -> None:
    html = "<table><tr><td>Outer<table><tr><td>a</td><td>b</td></tr></table></td></tr></table>"

    assert blocks_of(html) == [
        Block(BlockKind.PARAGRAPH, "Outer"),
        Block(BlockKind.TABLE, rows=(("a", "b"),)),
    ]


def test_a_hostile_span_makes_no_million_cells() -> None:
    cell = "<td colspan=1000 rowspan=65534>x</td>"

    (table,) = blocks_of("<table>" + f"<tr>{cell}{cell}</tr>" * 5 + "</table>")

    assert sum(len(row) for row in table.rows) < 5000


def test_a_term_stays_with_what_is_said_of_it() -> None:
    html = "<dl><dt>Telephone</dt><dd>0300 123</dd><dd>9 to 5</dd><dt>Post</dt><dd>Box 1</dd></dl>"

    (table,) = blocks_of(html)

    assert table.rows == (("Telephone", "0300 123 9 to 5"), ("Post", "Box 1"))


def test_a_contact_keeps_its_name_with_every_line() -> None:
    html = (
        '<div class="contact"><p><strong>Helpline</strong><br>Telephone: 0300 123<br>'
        "Monday to Friday</p></div>"
    )

    assert blocks_of(html) == [
        Block(BlockKind.LIST, "Helpline", items=("Telephone: 0300 123", "Monday to Friday"))
    ]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>One<br>line<br><br>Another</p>", ["One line", "Another"]),
        ("<p>Source\n\nline ends</p>", ["Source line ends"]),
        ("<p>£5<sup>1</sup> a m<sup>2</sup> of H<sub>2</sub>O</p>", ["£5 1 a m2 of H2O"]),
        ("<div>(<b>PIP</b>), £<b>5</b> coun<i>cil</i></div>", ["(PIP), £5 council"]),
        ("<p>It costs <del>£5</del> £6.</p>", ["It costs £6."]),
        ("<va-panel>One<p>two</p></va-panel>", ["One", "two"]),
    ],
)
def test_words_are_joined_as_people_see_them(html: str, texts: list[str]) -> None:
    assert texts_of(html) == texts


def test_an_accordion_keeps_its_questions_as_headings() -> None:
    page = page_of(
        "<h2>Questions</h2><ul><li><button aria-controls='a' aria-expanded='false'>Who pays?</button>"
        "<div id='a' aria-hidden='true'><p>You pay.</p></div></li>"
        "<li><button aria-controls='b'>When?</button><div id='b' hidden><p>In May.</p></div></li></ul>"
        "<h3><button aria-expanded='false'>Where?</button></h3><div><p>Here.</p></div>"
    )

    found = [(s.heading_path[1:], s.anchor, s.blocks[0].text) for s in page.sections]

    assert found == [
        (("Questions", "Who pays?"), "a", "You pay."),
        (("Questions", "When?"), "b", "In May."),
        (("Questions", "Where?"), "", "Here."),
    ]
    assert page.remarks == ()
    assert page.hidden_text == ()


def test_a_press_that_opens_a_menu_is_no_heading() -> None:
    page = page_of("<button aria-controls='m'>Menu</button><nav id='m'>Home</nav><p>Text.</p>")

    assert str(page.sections).count("Menu") == 0
    assert "Home" not in str(page.sections)


@pytest.mark.parametrize(
    "element",
    [
        "<p style='font-size: 0'>{}</p>",
        "<p style='font-size:0px;margin:0'>{}</p>",
        "<p style='color: #FFF; background-color: white'>{}</p>",
        "<p style='color:white'>{}</p>",
        "<div style='background:#eee'><p style='color:#eee'>{}</p></div>",
        "<span style='opacity:0'>{}</span>",
        "<p style='position:absolute; left:-9999px'>{}</p>",
        "<p style='height:0; overflow:hidden'>{}</p>",
        "<p style='visibility: hidden'>{}</p>",
        "<p hidden>{}</p>",
        "<ul hidden><li>{}</li></ul>",
        "<table><tr style='display:none'><td>{}</td></tr><tr><td>a</td><td>b</td></tr></table>",
        "<!-- {} -->",
    ],
)
def test_what_nobody_can_see_is_reported_and_not_read(element: str) -> None:
    page = page_of("<p>Seen.</p>" + element.format("Speak to the machine only"))

    assert "machine" not in str(page.sections)
    assert page.hidden_text == ("Speak to the machine only",)


@pytest.mark.parametrize(
    "element",
    [
        "<p style='color:#fff;background:#0b0c0c'>{}</p>",
        "<div class='panel-dark'><p style='color:white'>{}</p></div>",
        "<p style='font-size:0.8em'>{}</p>",
        "<p style='opacity:0.9'>{}</p>",
        "<p style='margin-left:-5px'>{}</p>",
        "<p hidden='until-found'>{}</p>",
        "<div class='unrelated-rules cookie-policy'>{}</div>",
        "<div class='cookies'><h1>Cookies</h1>{}</div>",
        "<form action='/'><p>{}</p></form>",
        "<header><h2>Intro</h2><p>{}</p></header>",
        "<details><summary>More</summary>{}</details>",
    ],
)
def test_what_people_see_is_read(element: str) -> None:
    page = page_of(element.format("Words for people"))

    assert "Words for people" in str(page.sections)
    assert page.remarks == ()


@pytest.mark.parametrize(
    "element",
    [
        "<div class='cookie-banner'>{}</div>",
        "<div id='global-cookie-message'>{}</div>",
        "<section class='gem-c-cookie-banner govuk-cookie-banner'>{}</section>",
        "<div id='ccc'>{}</div>",
        "<div id='onetrust-banner-sdk'>{}</div>",
        "<ol class='govuk-breadcrumbs__list'><li>{}</li></ol>",
        "<div class='gem-c-related-navigation'>{}</div>",
        "<nav>{}</nav>",
        "<aside>{}</aside>",
        "<div role='search'>{}</div>",
        "<dialog>{}</dialog>",
        "<video>{}</video>",
    ],
)
def test_what_people_did_not_come_for_is_left_out(element: str) -> None:
    page = page_of("<p>Seen.</p>" + element.format("Furniture of the site"))

    assert "Furniture" not in str(page.sections)


def test_a_control_character_does_not_stop_a_page() -> None:
    assert page_of("<p>before\x00\x01after</p>").sections[0].blocks[0].text == "before after"


_WORDS = st.text(alphabet="abcdefg", min_size=1, max_size=6)
_TREES = st.recursive(
    _WORDS.map(lambda word: f" {word} "),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(
            (
                *("p", "div", "ul", "ol", "li", "table", "tr", "td", "th", "dl", "dt", "dd", "b"),
                *("a", "h2", "h3", "details", "summary", "blockquote", "section", "span", "pre"),
            )
        ),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@given(tree=_TREES)
def test_no_word_is_lost_however_elements_are_nested(tree: str) -> None:
    content = f"<html><body><main><h1>Title</h1><p>zzz</p>{tree}<p>end</p></main></body></html>"
    page = read_html(content, origin="x", fallback_url="/x")
    assert isinstance(page, Document)

    recall = html_recall(content, page)

    # A heading without text below it is in no section; it cites nothing.
    if "<h" not in tree:
        assert recall.kept == recall.words
    assert recall.foreign == 0
