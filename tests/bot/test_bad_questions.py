"""Questions that are none, conversations that are too long, filters that fit nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answer import Answer, AnswerStatus
from bot.enquiry import Enquiry, Nation, Turn
from bot.pipeline import answer_question
from bot.services import Services
from ingestion.build import BuildOptions, Workshop, build
from ingestion.chroma_index import EmbeddedChroma
from ingestion.passage_index import PassageIndex
from ingestion.sources.folder import FolderSource
from ingestion.versions import VersionStore
from tests.bot.conftest import index_of, index_of_folder
from tests.fakes import ScriptedModel, ScriptedReader, WordHashEmbedder

pytestmark = pytest.mark.anyio
TEN_LANGUAGES = (
    "How do I renew a passport? Sut mae adnewyddu pasbort? Jak odnowić paszport? Cum îmi reînnoiesc"
    " pașaportul? ¿Cómo renuevo el pasaporte? Comment renouveler mon passeport ? كيف أجدد جواز "
    "السفر؟ 如何更换护照？ ਪਾਸਪੋਰਟ ਕਿਵੇਂ ਨਵਿਆਉਣਾ ਹੈ? Як поновити паспорт?"
)


async def answer_to(enquiry: Enquiry, services: Services) -> Answer:
    events = [event async for event in answer_question(enquiry, services)]
    answer = events[-1]
    assert isinstance(answer, Answer)
    return answer


@pytest.mark.parametrize(
    "question",
    [
        TEN_LANGUAGES,
        "passport " * 1_000,
        "ffff " * 1_000,
        "1 22 333 4444",
        "12345678901234567890" * 20,
        "https://www.example.org/passport?id=1",
        "🛂🇬🇧❓",
        "'; DROP TABLE answers; --",
        "<script>alert(1)</script> passport fee",
        "?" * 500,
        "a",
        "\u202epassport fee\u202c",
        "\x00\x01\x02 passport",
        "\ud800 passport fee",
    ],
    ids=[
        "ten languages", "one word", "one unknown word", "numbers", "digits", "address", "emoji",
        "SQL", "HTML", "marks", "letter", "direction", "control", "half a character",
    ],
)  # fmt: skip
async def test_gets_an_honest_status(question: str, services: Services) -> None:
    answer = await answer_to(Enquiry(question), services)

    assert answer.status in AnswerStatus
    assert answer.blocks
    assert all(citation.number >= 1 for citation in answer.citations)
    if answer.status is AnswerStatus.ANSWERED:
        assert answer.citations


@pytest.mark.parametrize(
    "question",
    ["1 22 333 4444", "https://www.example.org/", "🛂🇬🇧❓", "????"],
)
async def test_nothing_is_made_of_a_message_without_words(
    question: str, services: Services
) -> None:
    answer = await answer_to(Enquiry(question), services)

    assert answer.status.family != "answered"
    assert not answer.citations


async def test_a_history_of_five_hundred_turns_is_cut(services: Services) -> None:
    turns = tuple(
        Turn("assistant" if number % 2 else "user", f"What is the fee for form {number}?")
        for number in range(500)
    )

    answer = await answer_to(Enquiry("And for a child passport?", history=turns), services)

    assert "61.50" in answer.text


async def test_filters_that_contradict_each_other_find_nothing_and_say_so(
    services: Services,
) -> None:
    enquiry = Enquiry(
        "What does a prescription cost in England?", nation="wales", publisher="Nobody", locale="cy"
    )

    answer = await answer_to(enquiry, services)

    assert answer.status is AnswerStatus.NO_ANSWER_NOT_FOUND
    assert not answer.citations
    said = next(notice.text for notice in answer.notices if notice.kind == "filter")
    assert "Nobody" not in said
    assert "all organisations" in said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What does a prescription cost in England?", "Pages of other organisations may"),
        ("How do I train my dragon?", "I searched only the pages of Sample Bins."),
    ],
)
async def test_a_publisher_without_the_subject_is_named(
    question: str, said: str, services: Services, tmp_path: Path
) -> None:
    pages = {
        "bins": ("title: Bins\npublisher: Sample Bins", "Bins are emptied on Mondays."),
        "costs": ("title: Prescription charges", "A prescription costs £9.90 in England."),
    }
    index = index_of(pages, tmp_path)
    weights = dict.fromkeys(services.calibration.confidence_weights, 0.0)
    calibration = services.calibration.model_copy(
        update={
            "confidence_weights": weights | {"held_by_page.question": 10.0, "intercept": -5.0},
            "answer_threshold": 0.5,
            "partial_threshold": 0.5,
        }
    )
    asked = replace(services, index=index, calibration=calibration)

    answer = await answer_to(Enquiry(question, publisher="Sample Bins"), asked)
    index.close()

    assert answer.status is AnswerStatus.NO_ANSWER_NOT_FOUND
    assert any(said in notice.text for notice in answer.notices if notice.kind == "filter")


async def test_the_nation_in_the_question_wins_over_the_setting(services: Services) -> None:
    enquiry = Enquiry("What does a prescription cost in England?", nation=Nation.WALES)

    answer = await answer_to(enquiry, services)

    assert "£9.90" in answer.text


@given(question=st.text(max_size=400))
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_any_text_gets_exactly_one_answer(question: str, services: Services) -> None:
    events = [event async for event in answer_question(Enquiry(question or "?"), services)]

    assert [isinstance(event, Answer) for event in events].count(True) == 1
    assert isinstance(events[-1], Answer)


@pytest.fixture(scope="module")
def english_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PassageIndex]:
    root = tmp_path_factory.mktemp("english")
    (root / "pages").mkdir()
    (root / "pages" / "births.md").write_text(
        "---\nurl: https://guidance.example.gov.uk/births\ntitle: Cofrestru genedigaeth, births\n"
        "locale: en\n---\n\nYou must register a birth within 42 days.\n",
        "utf-8",
    )
    opened = index_of_folder(root / "pages", root)
    yield opened
    opened.close()


async def test_an_index_without_welsh_answers_in_english_and_says_so(
    services: Services, english_index: PassageIndex
) -> None:
    changed = replace(services, index=english_index)

    answer = await answer_to(Enquiry("Sut mae cofrestru genedigaeth yng Nghymru?"), changed)

    assert answer.language == "cy"
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.citations[0].locale == "en"
    assert any(notice.kind == "language" for notice in answer.notices)


async def test_an_index_whose_only_page_is_another_publishers_has_no_answer(
    services: Services, english_index: PassageIndex
) -> None:
    changed = replace(services, index=english_index)
    enquiry = Enquiry("When must I register a birth?", publisher="Somebody Else")

    answer = await answer_to(enquiry, changed)

    assert answer.status is AnswerStatus.NO_ANSWER_NOT_FOUND
    assert not answer.citations
    assert not answer.nearest_pages


class EmptyIndex:
    """An opened version without a page: no build publishes one, yet nothing may break on it."""

    passages = units = pages = ()

    def __init__(self, index: PassageIndex) -> None:
        self.manifest = index.manifest

    def well_spelt(self, text: str) -> str:
        return text


@pytest.mark.parametrize("locale", ["en", "cy"])
@pytest.mark.parametrize("question", ["What is the passport fee?", "Faint yw pasbort?", "Hello"])
async def test_an_empty_index_has_no_answer_and_breaks_nothing(
    question: str, locale: str, services: Services, index: PassageIndex
) -> None:
    changed = replace(
        services,
        index=EmptyIndex(index),  # type: ignore[arg-type]
        model=ScriptedModel("The fee is £94.50. [1]"),  # type: ignore[arg-type]
        pair_reader=ScriptedReader(lambda asked, text: 1.0),
    )

    answer = await answer_to(Enquiry(question, locale=locale), changed)  # type: ignore[arg-type]

    assert answer.status.family in ("no_answer", "smalltalk", "clarification")
    assert not answer.citations
    assert not answer.nearest_pages


@pytest.mark.parametrize("question", [TEN_LANGUAGES, "passport " * 1_000, "1 22 333", "?" * 500])
async def test_bad_questions_do_not_reach_a_model_with_more_than_they_say(
    question: str, services: Services
) -> None:
    model = ScriptedModel("Dinosaurs are free. [1]")

    answer = await answer_to(Enquiry(question), replace(services, model=model))  # type: ignore[arg-type]

    assert answer.status in AnswerStatus
    assert answer.mode == "extractive"
    assert "Dinosaurs" not in answer.text


async def test_an_index_without_pages_cannot_be_published(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    store = VersionStore(tmp_path / "index")

    with pytest.raises(Exception, match=r"[Nn]o (page|passage)|nothing|empty"):
        build(
            [FolderSource(tmp_path / "pages")],
            Workshop(store, WordHashEmbedder(), EmbeddedChroma()),
            now=datetime(2026, 11, 1, tzinfo=UTC),
            options=BuildOptions(publish=True),
            report=lambda stage, done, total: None,
        )
    assert store.published() is None
