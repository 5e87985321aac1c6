from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.boilerplate import without_boilerplate
from ingestion.cutting import CuttingRules, cut
from ingestion.document import Block, BlockKind, Document, PageDetails, Section
from ingestion.passage import UnitKind
from ingestion.sentences import split_sentences

DETAILS = PageDetails(url="https://example.gov.uk/p", title="P")
words = st.text(alphabet="abc XYZ.?!:£1", min_size=1, max_size=60).filter(str.strip)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("It costs £1.50 a day. Pay now.", ["It costs £1.50 a day.", "Pay now."]),
        ("Bring ID, e.g. a passport. It helps.", ["Bring ID, e.g. a passport.", "It helps."]),
        ("Ask Mr. Jones. He knows.", ["Ask Mr. Jones.", "He knows."]),
        ('He said "Go." Then left.', ['He said "Go."', "Then left."]),
        ("Is it free? Yes! Always.", ["Is it free?", "Yes!", "Always."]),
        ("at 10am on 1 May", ["at 10am on 1 May"]),
        ("", []),
    ],
)
def test_splits_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


@given(st.text(max_size=300))
def test_splitting_loses_no_text(text: str) -> None:
    assert " ".join(split_sentences(text)) == " ".join(text.split())


blocks = st.one_of(
    words.map(lambda text: Block(BlockKind.PARAGRAPH, text)),
    st.lists(words, min_size=1, max_size=5).map(
        lambda items: Block(BlockKind.LIST, "You need:", items=tuple(items))
    ),
)
documents = st.lists(st.lists(blocks, min_size=1, max_size=6), min_size=1, max_size=4).map(
    lambda parts: Document(
        DETAILS,
        tuple(Section(("P", f"H{i}"), "", tuple(part)) for i, part in enumerate(parts)),
    )
)


@given(documents)
def test_every_unit_is_in_exactly_one_passage(document: Document) -> None:
    passages = cut(document, model="m", rules=CuttingRules(target=12, smallest=3))

    units = [unit.text for passage in passages for unit in passage.units]
    expected = [
        text
        for section in document.sections
        for block in section.blocks
        for text in (block.items or split_sentences(block.text))
    ]
    assert units == expected
    ids = [unit.unit_id for passage in passages for unit in passage.units]
    assert len(set(ids)) == len(ids)
    assert len({passage.passage_id for passage in passages}) == len(passages)


def section(path: str, text: str, anchor: str = "") -> Section:
    return Section(tuple(path.split(" > ")), anchor, (Block(BlockKind.PARAGRAPH, text),))


def test_small_sections_move_up_into_their_parents_passage_and_keep_their_headings() -> None:
    document = Document(
        DETAILS,
        (
            section(
                "P > Contact", "Ask the team about your claim, at any time you like. " * 3, "c"
            ),
            section("P > Contact > Telephone", "0800 000 0000", "tel"),
            section("P > Contact > Opening times", "Monday to Friday", "open"),
        ),
    )

    (passage,) = cut(document, model="m")

    assert passage.heading_path == ("P", "Contact")
    assert passage.anchor == "c"
    assert [(u.text, u.under, u.anchor) for u in passage.units[-2:]] == [
        ("0800 000 0000", ("Telephone",), "tel"),
        ("Monday to Friday", ("Opening times",), "open"),
    ]
    assert passage.text.endswith("Telephone\n0800 000 0000\nOpening times\nMonday to Friday")


def test_small_neighbours_are_joined_under_their_parent() -> None:
    document = Document(
        DETAILS, (section("P > Fees > Adult", "£9", "a"), section("P > Fees > Child", "£5", "b"))
    )

    (passage,) = cut(document, model="m")

    assert passage.heading_path == ("P", "Fees")
    assert passage.text == "Adult\n£9\nChild\n£5"
    assert [u.under for u in passage.units] == [("Adult",), ("Child",)]


@pytest.mark.parametrize(
    "sections",
    [
        pytest.param(("P > Fees > Adult", "P > Help > Child"), id="under different headings"),
        pytest.param(("P", "Q"), id="without a heading in common"),
        pytest.param(("P > Fees > Adult", "P > Fees"), id="the second is the parent"),
    ],
)
def test_small_sections_without_a_common_place_stay_apart(sections: tuple[str, str]) -> None:
    document = Document(DETAILS, tuple(section(path, "Few words.") for path in sections))

    assert len(cut(document, model="m")) == 2


def test_a_small_section_does_not_make_a_passage_too_long() -> None:
    document = Document(
        DETAILS, (section("P > A", "word " * 128), section("P > A > B", "three more words"))
    )

    assert len(cut(document, model="m")) == 2


def test_a_small_section_at_another_address_stays_there() -> None:
    second = replace(section("P > A > B", "Few words."), url="https://example.gov.uk/p/b")
    document = Document(DETAILS, (section("P > A", "Few words."), second))

    assert len(cut(document, model="m")) == 2


@given(documents)
def test_every_unit_stands_verbatim_in_its_passage(document: Document) -> None:
    for passage in cut(document, model="m", rules=CuttingRules(target=12, smallest=3)):
        text = " ".join(passage.text.split())
        assert all(" ".join(unit.text.split()) in text for unit in passage.units)


def test_a_long_section_is_split_between_blocks() -> None:
    section = Section(("P",), "", tuple(Block(BlockKind.PARAGRAPH, "w " * 80) for _ in range(3)))

    passages = cut(Document(DETAILS, (section,)), model="m")

    assert [len(p.units) for p in passages] == [1, 1, 1]


def test_a_sentence_that_introduces_a_list_goes_with_it() -> None:
    before = "The first part is long enough. You can be dismissed at once if:"
    items = tuple(f"you do the thing with number {n}" for n in range(4))
    blocks = (
        Block(BlockKind.PARAGRAPH, before),
        Block(BlockKind.LIST, "", items=items),
    )
    document = Document(DETAILS, (Section(("P",), "", blocks),))

    first, second = cut(document, model="m", rules=CuttingRules(target=20, smallest=1))

    assert [unit.text for unit in first.units] == ["The first part is long enough."]
    assert [unit.text for unit in second.units] == ["You can be dismissed at once if:", *items]
    assert [unit.block for unit in second.units] == [0, 1, 1, 1, 1]


def test_units_keep_lead_in_headings_and_kind() -> None:
    section = Section(
        ("P", "Fees"),
        "fees",
        (
            Block(BlockKind.PARAGRAPH, "You need:"),
            Block(BlockKind.LIST, "You need:", items=("a card",)),
            Block(BlockKind.TABLE, "From 2026", headers=("Who", "Fee"), rows=(("Adult", "£9"),)),
        ),
    )

    (passage,) = cut(Document(DETAILS, (section,)), model="m")

    assert [(u.kind, u.lead_in, u.block) for u in passage.units] == [
        (UnitKind.SENTENCE, "", 0),
        (UnitKind.LIST_ITEM, "You need:", 1),
        (UnitKind.TABLE_ROW, "From 2026", 2),
    ]
    assert passage.units[2].headers == ("Who", "Fee")
    assert passage.text == "You need:\na card\nFrom 2026\nAdult | £9"


def test_a_changed_model_or_rule_changes_the_digest() -> None:
    document = Document(DETAILS, (Section(("P",), "", (Block(BlockKind.PARAGRAPH, "Text."),)),))

    digests = {
        cut(document, model="m")[0].digest,
        cut(document, model="other")[0].digest,
        cut(document, model="m", rules=CuttingRules(target=50))[0].digest,
    }

    assert len(digests) == 3


def page_of(number: int, *paragraphs: str) -> Document:
    sections = tuple(
        Section((f"T{number}", f"H{i}"), "", (Block(BlockKind.PARAGRAPH, text),))
        for i, text in enumerate(paragraphs)
    )
    return Document(PageDetails(url=f"https://x.gov.uk/{number}", title=f"T{number}"), sections)


def headings_left(documents: list[Document]) -> list[list[str]]:
    return [[s.heading_path[-1] for s in d.sections] for d in without_boilerplate(documents)]


def test_text_on_many_pages_is_left_out() -> None:
    pages = [page_of(n, f"Own text {n}.", "About this page.") for n in range(12)]

    assert headings_left(pages) == [["H0"]] * 12


def test_text_on_a_few_pages_stays_and_no_page_is_emptied() -> None:
    few = [page_of(n, "Same.", f"{n}.") for n in range(9)]
    only = [page_of(n, "Same.") for n in range(12)]

    assert list(without_boilerplate(few)) == few
    assert list(without_boilerplate(only)) == only


def test_text_repeated_on_one_page_counts_once() -> None:
    page = page_of(1, *["Same."] * 12)

    assert list(without_boilerplate([page])) == [page]


def test_of_a_language_with_few_pages_fewer_are_many() -> None:
    english = [page_of(n, f"Own text {n}.") for n in range(9)]
    welsh = [page_of(n, f"Testun {n}.", "Ynglŷn â'r dudalen hon.") for n in range(10, 16)]
    welsh = [replace(page, details=replace(page.details, locale="cy")) for page in welsh]

    assert headings_left([*english, *welsh]) == [["H0"]] * 15
    assert headings_left(welsh) == [["H0", "H1"]] * 6
