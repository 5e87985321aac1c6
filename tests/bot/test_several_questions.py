"""A message that asks several things is answered one after the other."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, AnswerStatus, Block, BlockReady, Citation
from bot.enquiry import Enquiry
from bot.pipeline import answer_question
from bot.services import Services
from bot.understanding.several_questions import MAX_QUESTIONS, asking_part, separate_questions
from tests.fakes import ScriptedModel

TWO = "How much is an adult passport fee, and what is the value of Council Tax band B?"


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        (
            "How much is a passport, and how do I register to vote?",
            ["How much is a passport", "how do I register to vote?"],
        ),
        (
            "I live in Wales. How much is a passport? how do i vote",
            ["How much is a passport?", "how do i vote"],
        ),
        (
            "My mum died. What should I do? How do I cancel her pension?",
            [],  # the first names no subject, so there is one question
        ),
        ("Can I get help with rent? How much?", ["Can I get help with rent?", "How much?"]),
        ("Can I get help with rent? Please?", []),
        (
            "how long does a divorce take and how much and is it taxed",
            ["how long does a divorce take", "how much", "is it taxed"],
        ),
        (
            "Do I get a pension, a bus pass and help with heating?",
            ["Do I get a pension", "Do I get a bus pass", "Do I get help with heating"],
        ),
        ("Do I get bed and breakfast?", []),
        (
            "what does an eye test cost in Wales, Scotland and Northern Ireland for a child",
            [
                f"what does an eye test cost in {nation} for a child"
                for nation in ("Wales", "Scotland", "Northern Ireland")
            ],
        ),
        ("When I moved to Leeds I had a job. Can I claim Universal Credit?", []),
        ("I want to know how much it is and when I get it", []),
        ("How do I renew a passport?", []),
        (
            "my boss sacked me, what can I claim and how long does it take",
            ["what can I claim", "how long does it take"],
        ),
        (
            "I owe tax how do i pay it and what does it cost?",
            ["how do i pay it", "what does it cost?"],
        ),
        ("my boss sacked me, what can I claim and where", []),
        ("Beth yw'r ffi am basbort? passport fee", []),  # the rest asks nothing
        ("", []),
        (
            "Sut ydw i'n cofrestru i bleidleisio, a hefyd faint yw pasbort?",
            ["Sut ydw i'n cofrestru i bleidleisio", "faint yw pasbort?"],
        ),
        ("Ydy prydau ysgol yn rhad ac am ddim?", []),
        ("ydi presgripsiwn yn rhad ac am ddim i blant", []),
        (
            "sut mae adnewyddu pasbort ac am faint mae'n para",
            ["sut mae adnewyddu pasbort", "am faint mae'n para"],
        ),
        (
            "What is rent? What is tax? What is a bin? What is law? What is art?",
            ["What is rent?", "What is tax?", "What is a bin?", "What is law?", "What is art?"],
        ),
        (
            "1. how much is a passport 2. who can get PIP 3) when are bins collected",
            ["how much is a passport", "who can get PIP", "when are bins collected"],
        ),
        (
            "a) How do I vote? b) How much is the fee, and when?",
            ["How do I vote?", "How much is the fee, and when?"],
        ),
        (
            "Please tell me:\n- bin days\n- how do I vote\n* what is rent?",
            ["bin days", "how do I vote", "what is rent?"],
        ),
        (
            "how much is a passport\nwho can get pip\n\nwhen are bins collected",
            ["how much is a passport", "who can get pip", "when are bins collected"],
        ),
        (
            "Firstly, how do I vote? Secondly, what is PIP?",
            ["how do I vote?", "what is PIP?"],
        ),
        (
            "how much is car tax and also a fishing licence",
            ["how much is car tax", "how much is a fishing licence"],
        ),
        (
            "How much does a passport, an MOT, and a bin cost?",
            [
                "How much does a passport cost",
                "How much does an MOT cost",
                "How much does a bin cost",
            ],
        ),
        ("How much is bed and breakfast?", []),
        ("can i get pip as well as universal credit", []),
        ("I have 1. a child 2. a job. Can I get Universal Credit?", []),
        ("Hello\n- how do I vote\n- bin days", ["how do I vote", "bin days"]),
        ("How do I\nrenew a passport", []),
        ("Is it 1. or 2. that applies?", []),
        ("What is a P45 (a) and b) what", []),
    ],
)
def test_tells_questions_apart(message: str, asked: list[str]) -> None:
    assert [part.asked for part in separate_questions(message).parts] == asked


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("I have moved, how do I tell the council?", "how do I tell the council?"),
        ("I have moved. how do i tell the council", "how do i tell the council"),
        ("I'm homeless tonight what must the council do?", "what must the council do?"),
        ("My rent is due and I lost my job, so can I get help", "can I get help"),
        ("He tells me what to wear. I hate it.", ""),
        ("my rent is late how do i apply for help with it", "how do i apply for help with it"),
        ("I lost my job when my son was ill", ""),
        ("I don't know what to do", ""),
        ("How do I renew a passport?", "How do I renew a passport?"),
        ("Rent help?", "Rent help?"),
        (
            "I moved. How do I vote? I work. Do I pay tax?",
            "How do I vote? Do I pay tax?",
        ),
        ("Rydw i wedi symud, sut ydw i'n cofrestru?", "sut ydw i'n cofrestru?"),
        ("", ""),
    ],
)
def test_leaves_out_what_was_told_before_the_question(message: str, asked: str) -> None:
    assert asking_part(message) == asked


@given(st.text(max_size=300) | st.lists(st.sampled_from(TWO.split())).map(" ".join))
def test_what_is_asked_stands_in_the_message(message: str) -> None:
    assert set(asking_part(message).split()) <= set(message.split())


def test_a_question_takes_along_what_was_told_and_what_it_leans_on() -> None:
    first, second = separate_questions(
        "I live in Wales. How do I renew a passport? how long does it take to post it?"
    ).parts

    assert first.setting == "I live in Wales."
    assert second.setting == "I live in Wales. How do I renew a passport?"


def test_questions_of_a_list_lean_on_the_one_that_names_the_subject() -> None:
    *_, last = separate_questions(
        "I am 67.\n1. how much is the winter fuel payment\n2. who can get it\n3. when is it paid"
    ).parts

    assert last.setting == "I am 67. how much is the winter fuel payment"


@pytest.mark.parametrize("leaning", ["how do I claim", "do I qualify", "is it taxed", "how much"])
def test_a_question_without_a_subject_takes_that_of_the_one_before(leaning: str) -> None:
    *_, last = separate_questions(
        f"when is jury service and what is a bus pass and {leaning}"
    ).parts

    assert (last.asked, last.leans_on) == (leaning, "what is a bus pass")


def test_none_of_very_many_questions_is_lost() -> None:
    several = separate_questions("\n".join(f"{n}. what is thing{n}" for n in range(1, 10)))

    assert several.listed
    assert [part.asked for part in several.parts] == [f"what is thing{n}" for n in range(1, 7)]
    assert several.left_out == ("what is thing7", "what is thing8", "what is thing9")


@given(st.text(max_size=300) | st.lists(st.sampled_from(TWO.split())).map(" ".join))
def test_questions_stand_in_the_message_and_are_few(message: str) -> None:
    several = separate_questions(message)
    parts = several.parts

    assert len(parts) != 1
    assert not several.left_out or len(parts) == MAX_QUESTIONS
    assert len(parts) <= MAX_QUESTIONS
    for part in parts:
        assert all(word in message for word in part.asked.split())


async def _events(message: str, services: Services) -> tuple[list[BlockReady], Answer]:
    events = [event async for event in answer_question(Enquiry(message), services)]
    answer = events[-1]
    assert isinstance(answer, Answer)
    return [event for event in events if isinstance(event, BlockReady)], answer


def _sure(services: Services) -> Services:
    calibration = services.calibration.model_copy(
        update={"answer_threshold": 0.0, "partial_threshold": 0.0}
    )
    return replace(services, calibration=calibration)


@pytest.mark.anyio
@pytest.mark.parametrize("model", [None, ScriptedModel("A passport costs £94.50. [1]")])
async def test_answers_one_after_the_other_with_citations_of_each(
    model: ScriptedModel | None, services: Services
) -> None:
    ready, answer = await _events(TWO, replace(_sure(services), model=model))

    assert answer.status is AnswerStatus.ANSWERED
    first, second = (answer.text.index(f"You asked: “{q}") for q in ("How much", "what is the"))
    assert first < answer.text.index("£94.50") < second
    assert {c.title for c in answer.citations} >= {"Passport fees", "Council Tax bands"}
    assert tuple(event.block for event in ready) == answer.blocks
    assert tuple(c for event in ready for c in event.citations) == answer.citations
    _assert_sound(answer.blocks, answer.citations)


def _assert_sound(blocks: tuple[Block, ...], citations: tuple[Citation, ...]) -> None:
    assert [c.number for c in citations] == list(range(1, len(citations) + 1))
    assert {n for block in blocks for n in block.citations} == {c.number for c in citations}


@pytest.mark.anyio
async def test_what_the_guidance_does_not_answer_is_said_under_its_question(
    services: Services,
) -> None:
    unknown = "How much is an adult passport fee? How do I get a dog licence?"
    found = [
        (await _events(question, _sure(services)))[1].status
        for question in ("How much is an adult passport fee?", unknown)
    ]
    between = services.calibration.model_copy(
        update={"answer_threshold": 0.0, "partial_threshold": 2.0}
    )

    _, answer = await _events(unknown, replace(services, calibration=between))

    assert set(found) == {AnswerStatus.ANSWERED}
    assert answer.completeness == "partial"
    assert answer.text.count("none that I am sure answers your question") == 1
    assert "I found nothing about “dog licence”" in answer.text
    assert answer.nearest_pages


@pytest.mark.anyio
async def test_a_question_that_needs_a_nation_asks_for_it_beside_the_other_answer(
    services: Services,
) -> None:
    message = "How much are prescription charges? How much is an adult passport fee?"

    _, answer = await _events(message, _sure(services))

    assert "Where do you live?" in answer.text
    assert "£94.50" in answer.text
    assert answer.follow_ups[0] == "How much are prescription charges, in England?"
    assert answer.completeness == "partial"


@pytest.mark.anyio
async def test_questions_about_one_page_get_one_answer(services: Services) -> None:
    message = "What is the fee for an adult passport? What is the child passport fee?"

    _, answer = await _events(message, _sure(services))

    assert "You asked" not in answer.text
    assert answer.citations[0].title == "Passport fees"


@pytest.mark.anyio
async def test_a_part_of_one_page_that_one_answer_would_leave_out_is_answered(
    services: Services,
) -> None:
    message = "What is the fee for an adult passport and is it refundable?"

    _, answer = await _events(message, _sure(services))

    assert answer.text.count("You asked") == 2
    assert answer.completeness == "partial"
    partial = next(notice.text for notice in answer.notices if notice.kind == "partial")
    assert "“is it refundable?”" in partial


@pytest.mark.anyio
async def test_nothing_personal_is_repeated_in_the_question(services: Services) -> None:
    message = f"My NI number is AB 12 34 56 C. {TWO}"

    _, answer = await _events(message, _sure(services))

    assert "You asked" in answer.text
    assert "AB 12" not in answer.text


@pytest.mark.anyio
async def test_a_list_is_answered_one_by_one_even_from_one_page(services: Services) -> None:
    message = "1. What is the fee for an adult passport? 2. What is the child passport fee?"

    _, answer = await _events(message, _sure(services))

    assert answer.text.count("You asked") == 2


@pytest.mark.anyio
async def test_too_many_questions_are_named_to_be_sent_again(services: Services) -> None:
    fees = "\n".join(["- How much is an adult passport fee?"] * MAX_QUESTIONS)

    ready, answer = await _events(f"{fees}\n- What is Council Tax band B?", _sure(services))

    assert f"I answered the first {MAX_QUESTIONS} of your {MAX_QUESTIONS + 1}" in answer.text
    assert "“What is Council Tax band B?”" in answer.text
    assert "What is Council Tax band B?" in answer.follow_ups
    assert answer.completeness == "partial"
    assert tuple(event.block for event in ready) == answer.blocks
