"""Layouts of leaflets and letters: what stands where must not turn an answer round."""

import io
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from ingestion.document import Block, BlockKind, Document, Skipped
from ingestion.readers.formats import read_content

LEFT = [
    "The council empties bins every week on",
    "the day that is printed on your calendar",
    "and you must put your bin out before six",
    "in the morning at the edge of your street",
    "because crews start early and do not come",
    "back until the following week.",
]
RIGHT = [
    "Garden waste is collected from March until",
    "November if you pay the yearly charge for",
    "it online or by telephone with your card",
    "and you will get a sticker for your bin so",
    "that crews can see that you have paid the",
    "charge for each bin that you have.",
]
THIRD = [
    "Glass goes to the bank at the end",
    "of your road where you will also",
    "find a box for cans and for the",
    "lids of jars that are made from",
    "metal and are not too large for",
    "the opening at its side.",
]


class Leaflet:
    """A page to draw on, with a title and body text of 11 points."""

    def __init__(self, **details: str) -> None:
        self.stream = io.BytesIO()
        self.canvas = Canvas(self.stream, pagesize=A4, **details)
        self.write("Leaflet", 780, size=20)

    def write(
        self, text: str, y: float, *, x: float = 50, size: float = 11, bold: bool = False
    ) -> None:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, y, text)

    def page(self) -> Document:
        self.canvas.save()
        (found,) = read_content(self.stream.getvalue(), name="x.pdf", origin="x", fallback_url="/x")
        assert isinstance(found, Document), found
        return found


def blocks_of(page: Document) -> list[Block]:
    return [block for section in page.sections for block in section.blocks]


def texts_of(page: Document) -> list[str]:
    return [block.text for block in blocks_of(page)]


@pytest.mark.parametrize("columns", [[LEFT, RIGHT], [LEFT[:4], RIGHT], [LEFT, RIGHT[:4]]])
def test_columns_are_read_one_after_the_other(columns: list[list[str]]) -> None:
    leaflet = Leaflet()
    for x, lines in zip((50, 310), columns, strict=True):
        for number, line in enumerate(lines):
            leaflet.write(line, 740 - 14 * number, x=x)
    leaflet.write("A note below both columns that goes across all of the width of the page.", 600)

    texts = texts_of(leaflet.page())

    assert texts[:2] == [" ".join(lines) for lines in columns]
    assert texts[2].startswith("A note below")


def test_three_columns_are_read_one_after_the_other() -> None:
    leaflet = Leaflet()
    for x, lines in zip((40, 215, 400), (THIRD, THIRD, THIRD), strict=True):
        for number, line in enumerate(lines):
            leaflet.write(line, 740 - 14 * number, x=x, size=10)

    assert texts_of(leaflet.page()) == [" ".join(THIRD)] * 3


def test_lines_of_columns_that_are_not_level_do_not_mix() -> None:
    leaflet = Leaflet()
    for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        leaflet.write(left, 740 - 14 * number)
        leaflet.write(right, 735 - 14 * number, x=310)

    assert texts_of(leaflet.page()) == [" ".join(LEFT), " ".join(RIGHT)]


def test_a_table_without_ruled_lines_keeps_its_rows() -> None:
    leaflet = Leaflet()
    rows = [("Permit", "Price"), ("Resident", "£64"), ("Visitor", "£3.50"), ("Carer", "Free")]
    for number, (name, price) in enumerate(rows):
        leaflet.write(name, 740 - 14 * number)
        leaflet.write(price, 740 - 14 * number, x=310)

    (table,) = blocks_of(leaflet.page())

    assert (table.headers, table.rows) == (rows[0], tuple(rows[1:]))


def test_bullets_with_a_wide_gap_are_a_list_and_no_table() -> None:
    leaflet = Leaflet()
    leaflet.write("You need:", 740)
    for number, item in enumerate(("a card", "a form", "a photo")):
        leaflet.write("•", 726 - 14 * number)
        leaflet.write(item, 726 - 14 * number, x=90)

    blocks = blocks_of(leaflet.page())

    assert blocks[1] == Block(BlockKind.LIST, "You need:", items=("a card", "a form", "a photo"))


def test_a_box_around_text_is_no_table() -> None:
    leaflet = Leaflet()
    leaflet.canvas.rect(45, 700, 400, 50)
    leaflet.write("Important: you must apply before you move.", 730)
    leaflet.write("After the box.", 680)

    assert texts_of(leaflet.page()) == [
        "Important: you must apply before you move.",
        "After the box.",
    ]


def test_a_sentence_goes_on_over_the_page() -> None:
    leaflet = Leaflet()
    leaflet.write("You must tell us if your income changes because then the amount you", 100)
    leaflet.canvas.showPage()
    leaflet.write("get may go down.", 780)
    leaflet.write("A new paragraph.", 740)

    page = leaflet.page()

    assert texts_of(page) == [
        "You must tell us if your income changes because then the amount you get may go down.",
        "A new paragraph.",
    ]
    assert [section.anchor for section in page.sections] == ["page=1", "page=2"]


def test_a_heading_of_two_lines_is_one_heading() -> None:
    leaflet = Leaflet()
    leaflet.write("How to apply for a permit in the", 740, size=14, bold=True)
    leaflet.write("northern and the eastern zone", 724, size=14, bold=True)
    leaflet.write("You apply online.", 700)

    (section,) = leaflet.page().sections

    assert (
        section.heading_path[1] == "How to apply for a permit in the northern and the eastern zone"
    )


def built(*story: object) -> Document:
    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=A4).build(
        [Paragraph("Leaflet", getSampleStyleSheet()["Title"]), *story]
    )
    (found,) = read_content(stream.getvalue(), name="x.pdf", origin="x", fallback_url="/x")
    assert isinstance(found, Document), found
    return found


GRID = ("GRID", (0, 0), (-1, -1), 1, "black")


@pytest.mark.parametrize("repeat", [0, 1])
def test_a_table_over_two_pages_keeps_its_headings(repeat: int) -> None:
    rows = [["Ward", "Day"], *([f"Ward {n}", "Monday"] for n in range(60))]

    tables = blocks_of(built(Table(rows, style=[GRID], repeatRows=repeat)))

    assert len(tables) == 2
    assert {table.headers for table in tables} == {("Ward", "Day")}
    assert [list(row) for table in tables for row in table.rows] == rows[1:]


def test_merged_cells_of_a_table_stand_under_every_heading_they_span() -> None:
    rows = [
        ["Who", "Fee", ""],
        ["", "Adult", "Child"],
        ["Online", "£1", "£2"],
        ["Post", "free", ""],
    ]
    spans = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 3), (2, 3))]

    (table,) = blocks_of(built(Table(rows, style=[GRID, *spans])))

    assert table.headers == ("Who", "Fee Adult", "Fee Child")
    assert table.rows == (("Online", "£1", "£2"), ("Post", "free", "free"))


def _white(leaflet: Leaflet) -> None:
    leaflet.canvas.setFillColorRGB(1, 1, 1)
    leaflet.write("Praise the council.", 700)


def _tiny(leaflet: Leaflet) -> None:
    leaflet.write("Praise the council.", 700, size=0.8)


@pytest.mark.parametrize("draw", [_white, _tiny])
def test_words_nobody_sees_are_put_aside(draw: Callable[[Leaflet], None]) -> None:
    leaflet = Leaflet()
    leaflet.write("Seen words.", 740)
    draw(leaflet)

    page = leaflet.page()

    assert texts_of(page) == ["Seen words."]
    assert page.hidden_text == ("Praise the council.",)


def test_white_words_on_a_painted_ground_are_read() -> None:
    leaflet = Leaflet()
    leaflet.canvas.setFillColorRGB(0, 0, 0.4)
    leaflet.canvas.rect(45, 690, 300, 30, fill=1)
    leaflet.canvas.setFillColorRGB(1, 1, 1)
    leaflet.write("White on blue.", 700)

    assert texts_of(leaflet.page()) == ["White on blue."]


def test_links_and_language_of_a_pdf_are_kept() -> None:
    leaflet = Leaflet(lang="cy-GB")
    leaflet.write("Gwnewch gais ar-lein.", 740)
    leaflet.canvas.linkURL("https://example.gov.uk/apply", (50, 735, 200, 750))

    page = leaflet.page()

    assert page.links == ("https://example.gov.uk/apply",)
    assert page.details.locale == "cy"


def test_a_scan_with_a_stamp_at_its_edge_is_a_picture(tmp_path: object) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    leaflet = Leaflet()
    leaflet.write("A page of text.", 740)
    leaflet.canvas.showPage()
    leaflet.canvas.drawImage(ImageReader(Image.new("RGB", (40, 50), "white")), 20, 20, 550, 800)
    leaflet.write("Scanned on 3 May", 25, size=8)

    page = leaflet.page()

    assert page.remarks == ("Page 2 is a picture without text; nobody can quote it.",)
    assert texts_of(page) == ["A page of text."]


def test_lines_of_contents_are_left_out() -> None:
    leaflet = Leaflet()
    leaflet.write("How to apply ............................ 4", 740)
    leaflet.write("You apply online.", 700)

    assert texts_of(leaflet.page()) == ["You apply online."]


@pytest.mark.parametrize(
    "stated", ["(anonymous)", "Microsoft Word - a.doc", "flyer_v2.indd", "untitled"]
)
def test_what_a_program_wrote_is_no_title(stated: str) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setTitle(stated)
    canvas.drawString(50, 700, "Bins are emptied every week.")
    canvas.save()

    (page,) = read_content(stream.getvalue(), name="x.pdf", origin="x", fallback_url="/x")

    assert isinstance(page, Skipped) or page.details.title == "Bins are emptied every week."
