import json
from pathlib import Path

import pytest

from eval.errors import QuestionSetError
from eval.halves import split
from eval.importers.conditionalqa import import_conditionalqa
from eval.importers.mtrag_un import address_of, import_mtrag_un, write_pages
from eval.question_set import (
    Header,
    Item,
    Turn,
    find_question_set,
    load_question_set,
    write_question_set,
)
from ingestion.cutting import cut
from ingestion.document import Document
from ingestion.sources.local_files import read_local
from ingestion.wiring import SAMPLE_GUIDANCE

ITEM = '{"id": "q1", "turns": [{"role": "user", "content": "Hi?"}], "answerability": "answerable"}'


def a_set(folder: Path, *lines: str, header: str = "name: t\n") -> Path:
    (folder / "question_set.yaml").write_text(header)
    (folder / "items.jsonl").write_text("\n".join(lines))
    return folder


def test_reads_items_with_defaults(tmp_path: Path) -> None:
    (item,) = load_question_set(a_set(tmp_path, ITEM, "")).items

    assert (item.question, item.expected_status, item.pages) == ("Hi?", "answered", frozenset())


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["{"], "items.jsonl:1"),
        ([ITEM, ITEM], "items.jsonl:2"),
        ([ITEM, ITEM.replace("q1", "q2").replace("answerable", "maybe")], "items.jsonl:2"),
        (['{"id": "x"}'], "turns"),
        ([ITEM.replace('"id"', '"typo": 1, "id"')], "typo"),
        ([], "no items"),
    ],
)
def test_a_wrong_item_is_named_by_file_and_line(
    tmp_path: Path, lines: list[str], words: str
) -> None:
    with pytest.raises(QuestionSetError, match=words):
        load_question_set(a_set(tmp_path, *lines))


@pytest.mark.parametrize("header", ["", "name: [", "version: 1\n"])
def test_a_wrong_header_is_named(tmp_path: Path, header: str) -> None:
    with pytest.raises(QuestionSetError, match=r"question_set\.yaml"):
        load_question_set(a_set(tmp_path, ITEM, header=header))


def test_a_set_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="cannot be read"):
        load_question_set(tmp_path / "none")


def test_a_set_survives_writing_and_reading(tmp_path: Path) -> None:
    items = [Item(id="é", turns=(Turn(role="user", content="Faint?"),), answerability="partial")]

    write_question_set(tmp_path, Header(name="w"), items)

    assert load_question_set(tmp_path).items == tuple(items)


def _shipped_pages() -> dict[str, str]:
    return {
        d.details.url: " ".join(" ".join(p.text for p in cut(d, model="m")).split())
        for d in read_local(SAMPLE_GUIDANCE)
        if isinstance(d, Document)
    }


def test_the_everyday_questions_say_which_words_of_the_shipped_guidance_lead() -> None:
    items = load_question_set(find_question_set("everyday")).items
    pages = _shipped_pages()

    assert [sum(name in i.slices for i in items) for name in ("fitted", "reported")] == [30, 30]
    for item in items:
        assert item.quotes
        for qrel in item.qrels:
            assert " ".join(qrel.quote.split()) in pages[qrel.url], item.id


def test_the_shipped_set_asks_about_the_shipped_guidance() -> None:
    questions = load_question_set(find_question_set("sample-guidance"))
    pages = _shipped_pages()

    assert len(questions.items) >= 200
    for item in questions.items:
        for qrel in item.qrels:
            assert qrel.url in pages, item.id
            assert " ".join(qrel.quote.split()) in pages[qrel.url], item.id
    kinds = {name for item in questions.items for name in item.slices}
    wanted = {"multi-turn", "personal-data", "injection", "crisis", "welsh", "underspecified"}
    assert kinds >= {*wanted, "unanswerable", "partial", "lookalike"}


def test_halves_share_no_page() -> None:
    items = load_question_set(find_question_set("sample-guidance")).items

    one, two = split(items, 0)

    assert {i.cluster for i in one} & {i.cluster for i in two} == set()
    assert len(one) + len(two) == len(items)
    assert split(items, 1) == (two, one)


def test_imports_conditionalqa(tmp_path: Path) -> None:
    row = {
        "id": "train-0",
        "url": "https://x.gov.uk/p",
        "scenario": "I am 67.",
        "question": "Do I pay?",
        "answerable": True,
        "answers": [{"text": "no", "conditions": []}],
        "evidence": ["You do not pay.", "Not at 66."],
    }
    (tmp_path / "questions.jsonl").write_text(json.dumps(row) + "\n")

    _, (item,) = import_conditionalqa(tmp_path)

    assert item.question == "I am 67. Do I pay?"
    assert item.quotes == ("You do not pay.", "Not at 66.")
    assert item.pages == {"https://x.gov.uk/p"}


def test_imports_mtrag_un_with_pages_that_can_be_indexed(tmp_path: Path) -> None:
    task = {
        "id": "abc<::>2",
        "turns": [
            {"role": "user", "content": "How old?"},
            {"role": "assistant", "content": "15"},
            {"role": "user", "content": "Sure?"},
        ],
        "reference": "Yes.",
        "answerability": "UNANSWERABLE",
        "relevant": ["p-1"],
    }
    (tmp_path / "tasks.jsonl").write_text(json.dumps(task) + "\n")
    passage = {"_id": "p-1", "text": "Permits & tests\nYou must be 15.\nBring <ID>."}
    (tmp_path / "corpus.jsonl").write_text(json.dumps(passage) + "\n")
    (tmp_path / "distractors.jsonl").write_text("")

    _, (item,) = import_mtrag_un(tmp_path)
    written = write_pages(tmp_path, tmp_path / "pages")

    assert (item.question, len(item.turns), item.expected_status) == (
        "Sure?",
        3,
        "no_answer_not_found",
    )
    assert item.pages == {address_of("p-1")}
    assert written == 1
    (page,) = read_local(tmp_path / "pages")
    assert isinstance(page, Document)
    assert page.details.url == address_of("p-1")
    assert [b.text for b in page.sections[0].blocks] == ["You must be 15.", "Bring <ID>."]


@pytest.mark.parametrize(
    ("text", "title", "blocks"),
    [
        ("\n400 Bad Request \nYour request was too large.", "400 Bad Request", 1),
        ("One paragraph " * 20, "One paragraph " * 20, 1),
        ("Only a line", "Only a line", 1),
    ],
)
def test_a_passage_from_the_middle_of_a_page_is_a_page_with_a_title(
    tmp_path: Path, text: str, title: str, blocks: int
) -> None:
    (tmp_path / "corpus.jsonl").write_text(json.dumps({"_id": "p-1", "text": text}) + "\n")
    (tmp_path / "distractors.jsonl").write_text("")

    write_pages(tmp_path, tmp_path / "pages")

    (page,) = read_local(tmp_path / "pages")
    assert isinstance(page, Document)
    assert page.details.title.removesuffix(" …") in title
    assert len(page.sections[0].blocks) == blocks
