"""No text, however hostile, may make a check slow."""

from time import perf_counter

import pytest

from guardrails import QuestionPolicy, check_question, check_statement

LENGTH = 4_000
# Generous for a slow, shared machine; a pattern that backtracks takes seconds.
LIMIT_SECONDS = 0.75

HOSTILE = [
    "a", "1", "1 ", "1-", "a1", "A1 ", ".", "a.", "a@", "@", "www.", "(", "[", "£1,", "0 7", "12/",
    "my name is ", "i want to ", "he is ", "my ", "ignore all ", "ignore the previous and the ",
    "you are ", "what is the ", "write me a ", "kill ", "password is my ", "PIN for the ", "\u200b",
    "e\u0301", "AAAA", "aa ", "a b ", "AB12 ", "12 high ", "12 Acacia ", "flat 1 ", "born ",
    "Q: a ", "context: ", "not ", "[name removed] ", "\n\n", "1.", "GB29", "AB12 3C", "1 January ",
    "thanks ", "hello ", "where is my ", "useless bot ", "someone is ", "no ", "\\n", "ref ", "M ", "his ",
    "his brother ", "she keeps saying ", "4111 1111 ", "+44", "a-b-", "it is ", "all of the ", "1и",
    "忽", "é1",
    "should i ", "is it worth ", "what do you think ", "why is my ", "the government is ", "will my claim ",
    "who is ", "my mp ", "i sent it ", "that is not ", "thanks for helping ", "foi what information ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_checks_a_hostile_question_quickly(piece: str, policy: QuestionPolicy) -> None:
    text = (piece * (LENGTH // len(piece) + 1))[:LENGTH] + "!"
    start = perf_counter()

    check_question(text, policy)

    assert perf_counter() - start < LIMIT_SECONDS


@pytest.mark.parametrize("piece", HOSTILE)
def test_checks_a_hostile_statement_quickly(piece: str) -> None:
    text = (piece * (LENGTH // len(piece) + 1))[:LENGTH] + "!"
    start = perf_counter()

    check_statement(text, [text])

    assert perf_counter() - start < LIMIT_SECONDS
