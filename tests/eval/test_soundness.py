"""What counts as a figure that stands in the words an answer quotes."""

from collections.abc import Sequence
from datetime import date

from bot.answer import Answer, AnswerStatus, Block, Citation
from eval.benchmarks.answers.soundness import figures_of_frames, figures_shown
from ingestion.document import PageDetails
from ingestion.passage import Passage, Unit, UnitKind

PAGE = PageDetails(url="https://x.example/p", title="Fees", updated_at=date(2026, 4, 9))
LEAD_IN = "If you earn over £100:"
UNITS = (
    Unit("p.0", UnitKind.SENTENCE, "The fee is £5 from 6 April 2026."),
    Unit("p.1", UnitKind.LIST_ITEM, "you pay £7", lead_in=LEAD_IN),
    Unit("p.2", UnitKind.TABLE_ROW, "A | £9", headers=("Band", "2026"), cells=("A", "£9")),
)
PASSAGE = Passage(
    passage_id="p",
    page=PAGE,
    url=PAGE.url,
    anchor="",
    heading_path=("Fees", "Children under 16"),
    text=" ".join(unit.text for unit in UNITS),
    units=UNITS,
    digest="",
)


def answer_of(*blocks: Block, quote: str) -> Answer:
    citation = Citation(
        number=1,
        title=PAGE.title,
        heading_path=PASSAGE.heading_path,
        url=PAGE.url,
        deep_link=PAGE.url,
        quote=quote,
        publisher="",
        nation="",
        locale="en",
        updated_at=PAGE.updated_at,
        passage_id="p",
        score=1.0,
    )
    return Answer(
        answer_id="a",
        status=AnswerStatus.ANSWERED,
        completeness="complete",
        mode="extractive",
        language="en",
        text="",
        blocks=blocks,
        citations=(citation,),
    )


def missing(*blocks: Block, quote: str) -> Sequence[str]:
    shown = figures_shown(answer_of(*blocks, quote=quote), {"p": PASSAGE})
    return [found.figure for found in shown if not found.is_quoted]


def test_a_figure_must_stand_in_the_quotation_and_not_only_on_the_page() -> None:
    block = Block("list", LEAD_IN, items=("you pay £7",), citations=(1,))

    assert missing(block, quote="The fee is £5 from 6 April 2026.") == ["£100", "£7"]


def test_lead_in_column_headings_and_headings_belong_to_what_is_quoted() -> None:
    listed = Block("list", LEAD_IN, items=("you pay £7",), citations=(1,))
    table = Block(
        "table", "Under 16", headers=("Band", "2026"), rows=(("A", "£9"),), citations=(1,)
    )

    assert missing(listed, quote="you pay £7") == []
    assert missing(table, quote="A | £9") == []


def test_a_date_is_held_as_a_whole() -> None:
    block = Block("paragraph", "The fee is £5 from 6 May 2026.", citations=(1,))

    assert missing(block, quote="The fee is £5 from 6 April 2026.") == ["6 May 2026"]


def test_a_part_of_a_figure_does_not_hold_it() -> None:
    block = Block("paragraph", "It is £5.", citations=(1,))

    assert missing(block, quote="It is £50, or £5.50.") == ["£5"]


def test_a_frame_may_give_the_dates_of_its_page_and_nothing_else() -> None:
    right = Block(
        "paragraph", "A", citations=(1,), frame="From Fees (3 of 12, updated 9 April 2026):"
    )
    wrong = Block("paragraph", "A", citations=(1,), frame="From Fees (updated 9 May 2026):")
    found = figures_of_frames(answer_of(right, wrong, quote="A"), {"p": PASSAGE})

    assert [(f.figure, f.is_quoted) for f in found] == [
        ("9 April 2026", True),
        ("9 May 2026", False),
    ]
