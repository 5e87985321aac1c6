from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quoting.extents import MAX_TABLE_ROWS, extent_of
from bot.quoting.frames import frame_of
from bot.quoting.quotation import Quotation
from ingestion.document import Block, BlockKind, PageDetails
from ingestion.passage import Passage, Unit, UnitKind
from ingestion.units import units_of_block

FILLER = " ".join(["Words that fill a section until it is too long to be quoted as a whole."] * 8)


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


def listed(lead_in: str, *items: str, kind: BlockKind = BlockKind.LIST) -> Block:
    return Block(kind, lead_in, items=items)


def passage_of(*blocks: Block, long: bool = True) -> Passage:
    """Return a passage of blocks; with filler, so that it is not quoted whole."""
    all_blocks = [*blocks, paragraph(FILLER)] if long else list(blocks)
    units: list[Unit] = []
    for ordinal, block in enumerate(all_blocks):
        units += units_of_block(block, ordinal)
    numbered = tuple(
        Unit(f"p.{n}", u.kind, u.text, u.lead_in, u.block, u.headers, u.cells)
        for n, u in enumerate(units)
    )
    return Passage(
        passage_id="p",
        page=PageDetails(url="https://x.example/p", title="Page"),
        url="https://x.example/p",
        anchor="",
        heading_path=("Page",),
        text=" ".join(unit.text for unit in numbered),
        units=numbered,
        digest="",
    )


def quoted(passage: Passage, starts: str) -> list[list[str]]:
    unit = next(unit for unit in passage.units if unit.text.startswith(starts))
    extent = extent_of(unit, passage, {})
    return [[unit.text for unit in piece] for piece in extent.pieces]


def texts(pieces: Sequence[Sequence[str]]) -> list[str]:
    return [text for piece in pieces for text in piece]


def test_a_paragraph_that_ends_in_a_lead_in_brings_the_list() -> None:
    passage = passage_of(
        paragraph("Pay lasts 39 weeks. You get:"),
        listed("You get:", "90% for 6 weeks", "£194 for 33 weeks"),
    )

    assert quoted(passage, "Pay lasts") == [
        ["Pay lasts 39 weeks."],
        ["90% for 6 weeks", "£194 for 33 weeks"],
    ]


@pytest.mark.parametrize(
    "limit",
    [
        "However, you cannot get it twice.",
        "You cannot get it if you live abroad.",
        "Unless you are over 80, you must apply.",
        "These amounts are for 6 April 2026 to 5 April 2027.",
        "Ni allwch ei gael ddwywaith.",
    ],
)
def test_what_limits_a_list_comes_along(limit: str) -> None:
    passage = passage_of(listed("You get it if you:", "work", "study"), paragraph(limit))

    assert quoted(passage, "study")[-1] == [limit]


def test_what_limits_a_paragraph_comes_along_from_the_next() -> None:
    passage = passage_of(
        paragraph("You can drive."), paragraph("However, not at night. More about it.")
    )

    assert texts(quoted(passage, "You can drive")) == ["You can drive.", "However, not at night."]


def test_a_new_thought_does_not_come_along() -> None:
    passage = passage_of(paragraph("You can drive."), paragraph("Buses are free."))

    assert texts(quoted(passage, "You can drive")) == ["You can drive."]


@pytest.mark.parametrize(
    ("before", "lead_in", "shown"),
    [
        ("If you are under 18, a parent must sign.", "You need:", True),
        ("The rules changed in May.", "These are:", True),
        ("The rules changed in May.", "You need:", False),
    ],
)
def test_a_condition_in_front_of_a_list_comes_along(
    before: str, lead_in: str, *, shown: bool
) -> None:
    passage = passage_of(paragraph(before), listed(lead_in, "a photo", "a fee"))

    assert (before in texts(quoted(passage, "a fee"))) is shown


def test_a_paragraph_that_leans_on_the_one_before_brings_its_last_sentence() -> None:
    passage = passage_of(
        paragraph("There is a fee. It is £20."), paragraph("However, children pay nothing.")
    )

    assert texts(quoted(passage, "However")) == ["It is £20.", "However, children pay nothing."]


def test_a_short_section_is_quoted_whole() -> None:
    passage = passage_of(
        listed("For each year you get:", "half a week's pay", "one week's pay"),
        paragraph("At most 20 years count."),
        long=False,
    )

    assert quoted(passage, "At most") == [
        ["half a week's pay", "one week's pay"],
        ["At most 20 years count."],
    ]


def test_steps_are_never_cut() -> None:
    steps = [f"Do thing number {n}." for n in range(30)]
    passage = passage_of(listed("", *steps, kind=BlockKind.STEPS))

    assert quoted(passage, "Do thing number 17") == [steps]


def test_a_long_table_tells_how_many_rows_are_left_out() -> None:
    rows = tuple((f"Band {n}", f"£{n}") for n in range(MAX_TABLE_ROWS + 8))
    passage = passage_of(Block(BlockKind.TABLE, "Fees", headers=("Band", "Fee"), rows=rows))
    unit = next(unit for unit in passage.units if unit.text.startswith("Band 9"))

    extent = extent_of(unit, passage, {})

    assert unit in extent.pieces[0]
    assert extent.left_out == len(rows) - len(extent.pieces[0]) > 0


def test_a_table_of_nine_rows_is_shown_whole() -> None:
    rows = tuple((f"Band {n}", f"£{n}") for n in range(9))
    passage = passage_of(Block(BlockKind.TABLE, "Fees", headers=("Band", "Fee"), rows=rows))

    extent = extent_of(passage.units[4], passage, {})

    assert [len(piece) for piece in extent.pieces] == [9]
    assert extent.left_out == 0
    assert extent.best.kind is UnitKind.TABLE_ROW


def test_sentences_around_an_excerpt_are_not_counted_as_left_out() -> None:
    passage = passage_of(paragraph(" ".join(f"Thing {n} has a rule of its own." for n in range(9))))

    extent = extent_of(passage.units[4], passage, {})

    assert [unit.text for unit in extent.pieces[0]] == ["Thing 4 has a rule of its own."]
    assert extent.left_out == 0


SENTENCES = st.sampled_from(
    ["It is free.", "You need:", "However, not at night.", "If you work, apply.", "These are:"]
)
BLOCKS = st.one_of(
    st.lists(SENTENCES, min_size=1, max_size=12).map(lambda said: paragraph(" ".join(said))),
    st.tuples(st.sampled_from(["You need:", "These are:", ""]), st.integers(1, 20)).map(
        lambda made: listed(made[0], *(f"thing {n}" for n in range(made[1])))
    ),
    st.integers(1, 20).map(
        lambda rows: Block(
            BlockKind.TABLE, "You need:", rows=tuple((f"Band {n}", f"£{n}") for n in range(rows))
        )
    ),
)


@given(blocks=st.lists(BLOCKS, min_size=1, max_size=6), long=st.booleans(), data=st.data())
def test_whatever_is_chosen_is_shown_in_order_and_framed(
    blocks: list[Block], *, long: bool, data: st.DataObject
) -> None:
    passage = passage_of(*blocks, long=long)
    unit = data.draw(st.sampled_from(passage.units))

    extent = extent_of(unit, passage, {})

    shown = [unit for piece in extent.pieces for unit in piece]
    places = [passage.units.index(unit) for unit in shown]
    lead_ins = " ".join(unit.lead_in for unit in shown)
    assert places == sorted(set(places))
    assert extent.best in shown
    assert unit in shown or unit.text in lead_ins
    quotation = Quotation(passage, 0, extent.pieces, extent.best, 1.0, extent.left_out)
    assert frame_of(quotation, "en").startswith("From Page")
    assert frame_of(quotation, "cy").startswith("O’r dudalen Page")
