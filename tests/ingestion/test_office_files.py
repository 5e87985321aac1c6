"""Word and OpenDocument files as offices write them, made here piece by piece."""

import io
import zipfile
from collections.abc import Sequence

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingestion.document import Block, BlockKind, Document, Skipped
from ingestion.readers.formats import read_content

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def read(name: str, content: bytes) -> Document | Skipped:
    (found,) = read_content(content, name=name, origin=name, fallback_url="/f")
    return found


def page_of_word(*xml: str, language: str = "") -> Document:
    """Return what is read of a Word document that holds a heading and then raw XML."""
    document = docx.Document()
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH).style_id = "TOC1"
    document.add_heading("Permits", 0)
    document.add_heading("Rules", 1)
    body = document.element.body
    for piece in xml:
        body.insert(len(body) - 1, parse_xml(piece.replace(">", f" {nsdecls('w')}>", 1)))
    document.core_properties.language = language
    stream = io.BytesIO()
    document.save(stream)
    found = read("f.docx", stream.getvalue())
    assert isinstance(found, Document), found
    return found


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def blocks_of(page: Document) -> list[Block]:
    return [block for section in page.sections for block in section.blocks]


def texts_of(page: Document) -> list[str]:
    return [block.text for block in blocks_of(page)]


@pytest.mark.parametrize(
    "xml",
    [
        f"<w:p><w:ins w:id='1' w:author='a'>{run('Kept words')}</w:ins></w:p>",
        f"<w:sdt><w:sdtContent><w:p>{run('Kept words')}</w:p></w:sdtContent></w:sdt>",
        f"<w:p><w:sdt><w:sdtContent>{run('Kept words')}</w:sdtContent></w:sdt></w:p>",
        f"<w:p><w:smartTag>{run('Kept ')}</w:smartTag>{run('words')}</w:p>",
        f"<w:p><w:fldSimple w:instr='DATE'>{run('Kept words')}</w:fldSimple></w:p>",
        f"<w:p>{run('Kept')}<w:r><w:tab/></w:r>{run('words')}</w:p>",
        f"<w:p>{run('Ke')}{run('pt words')}</w:p>",
        f"<w:p><w:r><w:pict><w:txbxContent><w:p>{run('Kept words')}</w:p></w:txbxContent></w:pict></w:r></w:p>",
        f"<w:tbl><w:tr><w:tc><w:p>{run('Kept words')}</w:p></w:tc></w:tr></w:tbl>",
    ],
)
def test_words_are_kept_wherever_a_word_document_puts_them(xml: str) -> None:
    assert texts_of(page_of_word(xml)) == ["Kept words"]


@pytest.mark.parametrize(
    "xml",
    [
        f"<w:p><w:del w:id='1' w:author='a'>{run('Gone words')}</w:del>{run('Kept')}</w:p>",
        f"<w:p><w:pPr><w:pStyle w:val='TOC1'/></w:pPr>{run('Gone words 3')}</w:p>",
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent><w:p>{run('Gone words')}</w:p></w:sdtContent></w:sdt>",
    ],
)
def test_deleted_words_and_contents_are_left_out(xml: str) -> None:
    page = page_of_word(f"<w:p>{run('Kept')}</w:p>", xml)

    assert "Gone" not in str(page.sections)


@pytest.mark.parametrize(
    "properties",
    ["<w:vanish/>", "<w:color w:val='FFFFFF'/>", "<w:sz w:val='2'/>"],
)
def test_words_nobody_sees_are_put_aside(properties: str) -> None:
    page = page_of_word(f"<w:p>{run('Seen. ')}{run('Praise us.', properties)}</w:p>")

    assert texts_of(page) == ["Seen."]
    assert page.hidden_text == ("Praise us.",)


def test_white_words_on_a_painted_ground_are_read() -> None:
    page = page_of_word(
        "<w:p><w:r><w:rPr><w:color w:val='FFFFFF'/><w:shd w:fill='000000'/></w:rPr><w:t>Banner</w:t></w:r></w:p>"
    )

    assert texts_of(page) == ["Banner"]


def test_merged_cells_stand_under_every_heading_they_span() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{run(text)}</w:p></w:tc>"

    rows = (
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('Who')}{cell('Adult')}{cell('Child')}</w:tr>"
        f"<w:tr>{VMERGE_START}"
        f"{cell('£1')}{cell('£2')}</w:tr>"
        f"<w:tr>{VMERGE_ON}<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p>{run('free')}</w:p></w:tc></w:tr>"
    )

    (table,) = blocks_of(page_of_word(f"<w:tbl>{rows}</w:tbl>"))

    assert table.headers == ("Who", "Adult", "Child")
    assert table.rows == (("Online", "£1", "£2"), ("Online", "free", "free"))


VMERGE_START = "<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>Online</w:t></w:r></w:p></w:tc>"
VMERGE_ON = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"


def test_a_table_of_names_and_values_gets_no_wrong_headings() -> None:
    document = docx.Document()
    document.add_heading("Contacts", 0)
    table = document.add_table(rows=0, cols=2)
    for name, value in (("Telephone", "0300 123 4567"), ("Email", "help@example.gov.uk")):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, value
    stream = io.BytesIO()
    document.save(stream)

    page = read("f.docx", stream.getvalue())

    assert isinstance(page, Document)
    assert blocks_of(page)[0].headers == ()
    assert len(blocks_of(page)[0].rows) == 2


def numbered(text: str, number: int, level: int = 0) -> str:
    return (
        f"<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr></w:pPr>"
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def test_numbers_made_by_word_are_steps_and_inner_items_keep_the_outer_words() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    for number, shape in ((91, "decimal"), (92, "bullet")):
        levels = "".join(
            f"<w:lvl w:ilvl='{n}'><w:numFmt w:val='{shape}'/></w:lvl>" for n in range(2)
        )
        numbering.append(
            parse_xml(
                f"<w:abstractNum {nsdecls('w')} w:abstractNumId='{number}'>{levels}</w:abstractNum>"
            )
        )
        numbering.append(
            parse_xml(
                f"<w:num {nsdecls('w')} w:numId='{number}'><w:abstractNumId w:val='{number}'/></w:num>"
            )
        )
    document.add_heading("Permits", 0)
    body = document.element.body
    for piece in (
        numbered("Print it.", 91),
        numbered("Add one of:", 91),
        numbered("a card", 91, 1),
        numbered("Post it.", 91),
    ):
        body.insert(len(body) - 1, parse_xml(piece.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))
    document.add_paragraph("Also:")
    body.insert(
        len(body) - 1,
        parse_xml(numbered("bring cash", 92).replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)),
    )
    stream = io.BytesIO()
    document.save(stream)

    page = read("f.docx", stream.getvalue())

    assert isinstance(page, Document)
    steps, _, bullets = blocks_of(page)
    assert steps.kind is BlockKind.STEPS
    assert steps.items == ("Print it.", "Add one of:", "Add one of: a card", "Post it.")
    assert (bullets.kind, bullets.text, bullets.items) == (BlockKind.LIST, "Also:", ("bring cash",))


def test_bold_lines_are_headings_where_nobody_used_the_styles() -> None:
    document = docx.Document()
    document.add_paragraph("Permits", style="Title")
    document.add_paragraph().add_run("Who can apply").bold = True
    document.add_paragraph("You can.")
    stream = io.BytesIO()
    document.save(stream)

    page = read("f.docx", stream.getvalue())

    assert isinstance(page, Document)
    assert page.sections[0].heading_path == ("Permits", "Who can apply")


def test_links_and_language_of_a_word_document_are_kept() -> None:
    link = (
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        '<w:r><w:instrText> HYPERLINK "https://example.gov.uk/permits" </w:instrText></w:r>'
        "<w:r><w:t>Apply</w:t></w:r></w:p>"
    )

    page = page_of_word(link, language="cy-GB")

    assert page.links == ("https://example.gov.uk/permits",)
    assert page.details.locale == "cy"


def test_words_a_reader_does_not_know_are_reported_as_lost() -> None:
    page = page_of_word(
        f"<w:p>{run('Kept.')}</w:p>",
        f"<w:customThing><w:p>{run('Lost words')}</w:p></w:customThing>",
    )

    assert "of the words of the main part were read" in page.remarks[0]


def test_contents_and_hidden_words_are_not_counted_as_lost() -> None:
    page = page_of_word(
        f"<w:p><w:pPr><w:pStyle w:val='TOC1'/></w:pPr>{run('Rules and permits 3')}</w:p>",
        f"<w:p>{run('Seen &amp; read. ')}{run('Praise us.', '<w:vanish/>')}</w:p>",
    )

    assert page.remarks == ()


def test_a_footnote_is_read_at_the_end_where_it_interrupts_nothing() -> None:
    document = docx.Document()
    document.add_heading("Permits", 0)
    document.add_paragraph("It costs £5.").runs[0]._r.append(
        parse_xml(f"<w:footnoteReference {nsdecls('w')} w:id='2'/>")
    )
    document.add_paragraph("Pay online.")
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:type='separator' w:id='0'><w:p/></w:footnote>"
        f"<w:footnote w:id='2'><w:p>{run('Free for children.')}</w:p></w:footnote></w:footnotes>"
    )
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    stream = io.BytesIO()
    document.save(stream)

    page = read("f.docx", stream.getvalue())

    assert isinstance(page, Document)
    assert texts_of(page) == ["It costs £5.", "Pay online.", "Free for children."]


NAMES = "".join(
    f' xmlns:{short}="{full}"'
    for short, full in {
        **{
            name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
            for name in ("office", "text", "table", "style")
        },
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)


def odt(
    body: str, *, styles: str = "", meta: str = "", more: Sequence[tuple[str, str]] = ()
) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content{NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr("meta.xml", f"<office:document-meta{NAMES}>{meta}</office:document-meta>")
        for name, content in more:
            archive.writestr(name, content)
    return stream.getvalue()


def page_of_odt(body: str, *, styles: str = "", meta: str = "") -> Document:
    found = read(
        "f.odt",
        odt(f"<text:h text:outline-level='1'>Permits</text:h>{body}", styles=styles, meta=meta),
    )
    assert isinstance(found, Document), found
    return found


def test_the_styles_of_an_odt_tell_steps_from_bullets() -> None:
    styles = (
        "<text:list-style style:name='L1'><text:list-level-style-number style:num-format='1'/></text:list-style>"
        "<text:list-style style:name='L2'><text:list-level-style-bullet/></text:list-style>"
    )
    inner = "<text:list><text:list-item><text:p>a card</text:p></text:list-item></text:list>"
    page = page_of_odt(
        f"<text:list text:style-name='L1'><text:list-item><text:p>Add one of:</text:p>{inner}</text:list-item></text:list>"
        "<text:p>Also:</text:p><text:list text:style-name='L2'><text:list-item><text:p>cash</text:p></text:list-item></text:list>",
        styles=styles,
    )

    steps, _, bullets = blocks_of(page)

    assert (steps.kind, steps.items) == (BlockKind.STEPS, ("Add one of:", "Add one of: a card"))
    assert (bullets.kind, bullets.items) == (BlockKind.LIST, ("cash",))


def test_hidden_words_links_notes_and_contents_of_an_odt() -> None:
    styles = (
        "<style:style style:name='T1'><style:text-properties text:display='none'/></style:style>"
        "<style:style style:name='T2'><style:text-properties fo:color='#ffffff'/></style:style>"
    )
    page = page_of_odt(
        "<text:table-of-content><text:index-body><text:p>Contents 1</text:p></text:index-body></text:table-of-content>"
        "<text:p>Pay <text:a xlink:href='https://example.gov.uk/pay'>online</text:a>"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Cards only.</text:p></text:note-body></text:note>."
        "<text:span text:style-name='T1'>Praise us.</text:span><text:span text:style-name='T2'>Twice.</text:span></text:p>"
        "<text:section text:display='none'><text:p>Never shown.</text:p></text:section>",
        styles=styles,
        meta="<office:meta><dc:language>cy-GB</dc:language></office:meta>",
    )

    assert texts_of(page) == ["Pay online.", "Cards only."]
    assert page.hidden_text == ("Praise us.", "Twice.", "Never shown.")
    assert page.links == ("https://example.gov.uk/pay",)
    assert page.details.locale == "cy"


def test_spans_of_an_odt_table_keep_cells_under_their_headings() -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    covered = "<table:covered-table-cell/>"
    online = cell("Online", "table:number-rows-spanned='2'")
    free = cell("free", "table:number-columns-spanned='2'")
    page = page_of_odt(
        "<table:table><table:table-header-rows>"
        f"<table:table-row>{cell('Who')}{cell('Adult')}{cell('Child')}</table:table-row></table:table-header-rows>"
        f"<table:table-row>{online}{cell('£1')}{cell('£2')}</table:table-row>"
        f"<table:table-row>{covered}{free}{covered}</table:table-row>"
        "</table:table>"
    )

    (table,) = blocks_of(page)

    assert table.headers == ("Who", "Adult", "Child")
    assert table.rows == (("Online", "£1", "£2"), ("Online", "free", "free"))


def test_a_title_of_an_odt_comes_from_its_text_before_its_properties() -> None:
    page = page_of_odt(
        "<text:p>Words.</text:p>",
        meta="<office:meta><dc:title>Template v2</dc:title></office:meta>",
    )

    assert page.details.title == "Permits"


def _ole(name: str) -> bytes:
    return b"\xd0\xcf\x11\xe0" + b"\0" * 500 + name.encode("utf-16-le")


def _with_broken_stream(name: str) -> bytes:
    """Return a zip file in which the packed bytes of one member are no valid stream."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", "<a/>" * 200)
        archive.writestr("META-INF/manifest.xml", "<b/>" * 200)
    content = bytearray(stream.getvalue())
    start = content.index(name.encode()) + len(name)
    content[start : start + 4] = b"\xff" * 4
    return bytes(content)


def _zipped(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "<x/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (_ole("EncryptedPackage"), "password"),
        (_ole("WordDocument"), "save it as .docx"),
        (_ole("Workbook"), "save the sheet as CSV"),
        (_zipped("xl/workbook.xml"), "save the sheet as CSV"),
        (_zipped("ppt/presentation.xml"), "PowerPoint"),
        (_zipped("META-INF/container.xml"), "EPUB"),
        (odt("", more=[("META-INF/manifest.xml", "<manifest:encryption-data/>")]), "password"),
        (odt("<text:h text:outline-level='x'>"), "damaged"),
        (_with_broken_stream("META-INF/manifest.xml"), "damaged"),
        (_with_broken_stream("content.xml"), "damaged"),
        (odt("<text:h text:outline-level='x'>T</text:h>"), "title but no text"),
        (_zipped("word/document.xml"), "damaged"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\x89PNG\r\n", "picture"),
    ],
)
def test_the_reason_says_what_to_do(content: bytes, words: str) -> None:
    found = read("f", content)

    assert isinstance(found, Skipped)
    assert words in found.reason


@pytest.mark.parametrize(
    ("name", "content", "title", "first"),
    [
        ("a.md", "[Home](/)\n\n# Bins\n\nText.", "Bins", "Home"),
        ("a.md", "{% include x %}\n# Bins\n\nText.", "Bins", "Text."),
        ("a.txt", "[Draft] Bins\n\nText.", "[Draft] Bins", "Text."),
        ("a.txt", "---\r\ntitle: Bins\r\n---\r\nText.", "Bins", "Text."),
        ("a.html", "<h1>Bins</h1>\n    <p>Text.</p>", "Bins", "Text."),
        ("a", "<section><h1>Bins</h1><p>Text.</p></section>", "Bins", "Text."),
        ("export", "question,answer\nBins?,Text.", "Bins?", "Text."),
        ("a.csv", 'question,answer\nBins?,"<p>Every <b>week</b>.</p>"', "Bins?", "Every week."),
    ],
)
def test_the_content_decides_what_a_file_is(
    name: str, content: str, title: str, first: str
) -> None:
    page = read(name, content.encode())

    assert isinstance(page, Document), page
    assert (page.details.title, blocks_of(page)[0].text) == (title, first)


def test_a_hundred_thousand_empty_elements_are_read_in_linear_time() -> None:
    many = "<text:p/><office:annotation/>" * 100_000

    found = read("f.odt", odt(f"<text:h>T</text:h><text:p>Kept.</text:p>{many}"))

    assert isinstance(found, Document)
    assert texts_of(found) == ["Kept."]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", b"---\ntitle: " + b"[" * 3000 + b"\n---\ntext"),
        (
            "a.md",
            b"---\na: &a [x,x]\n"
            + b"".join(b"%c: &%c [*%c,*%c]\n" % (c, c, c - 1, c - 1) for c in range(98, 122))
            + b"title: *y\nurl: *y\nupdated_at: *y\n---\ntext",
        ),
        ("a.html", b"<!-- only a comment -->"),
        ("a.html", b"<main><h1>T</h1>" + b"<div>" * 4000 + b"deep"),
        ("a.html", b"<main><h1>T</h1>" + b"<ul><li>" * 4000 + b"deep"),
        ("a.json", b"[" * 100_000),
        ("a.xml", b"<?xml version='1.0'?><feed/>"),
        ("a.csv", b'question,answer\nA,"' + b"x" * 200_000),
    ],
)
def test_hostile_files_end_quickly_and_are_reported(name: str, content: bytes) -> None:
    assert list(read_content(content, name=name, origin=name, fallback_url="/f"))
