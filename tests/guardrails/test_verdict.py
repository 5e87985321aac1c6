from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails import Category, Outcome, QuestionPolicy, Verdict, check_question
from guardrails.normalised import Normalised
from guardrails.verdict import RULES_VERSION, Evidence, QuestionCheck

SECRET = "Zebedee Quillfeather AB123456C"


def test_evidence_says_what_was_decided_and_how_sure() -> None:
    verdict = Verdict(
        Outcome.MENTION, "danger_likeness", Category.CRISIS, detail="suicide", score=0.7
    )

    assert verdict.evidence() == Evidence(
        rule="danger_likeness",
        version=RULES_VERSION,
        outcome="mention",
        reason_code="crisis.suicide",
        score_band="middle",
        milliseconds=0.0,
    )


def test_every_verdict_of_a_check_has_evidence_with_its_time(policy: QuestionPolicy) -> None:
    check = check_question(f"I want to kill myself. I am {SECRET}", policy)

    evidence = [verdict.evidence() for verdict in check.verdicts]

    assert {each.rule for each in evidence} >= {"crisis", "personal_data"}
    assert all(each.milliseconds > 0 for each in evidence)
    assert all(each.reason_code and each.version == RULES_VERSION for each in evidence)


def test_evidence_holds_nothing_of_the_text(policy: QuestionPolicy) -> None:
    check = check_question(f"I want to kill myself. I am {SECRET}", policy)

    kept = " ".join(
        str(getattr(verdict.evidence(), field.name)) for verdict in check.verdicts
        for field in fields(Evidence)
    )  # fmt: skip

    assert not any(word in kept for word in SECRET.split())


@given(st.floats(0, 1))
def test_bands_rise_with_the_score(score: float) -> None:
    band = Verdict(Outcome.ALLOW, "any", score=score).score_band

    assert band == ("low" if score < 0.5 else "middle" if score < 0.9 else "high")


@pytest.mark.parametrize(
    ("outcomes", "deciding", "mentions", "quotes_only"),
    [
        ((), None, False, False),
        ((Outcome.REDACT,), None, False, False),
        ((Outcome.QUOTE,), None, False, True),
        ((Outcome.MENTION, Outcome.QUOTE), None, True, True),
        ((Outcome.MENTION, Outcome.BLOCK, Outcome.SIGNPOST), Outcome.BLOCK, True, False),
    ],
)
def test_the_first_end_of_the_journey_decides(
    outcomes: tuple[Outcome, ...], deciding: Outcome | None, mentions: bool, quotes_only: bool
) -> None:
    check = QuestionCheck(tuple(Verdict(outcome, "any") for outcome in outcomes), "", "")

    assert (check.deciding.outcome if check.deciding else None) is deciding
    assert (check.mentioned is not None, check.quotes_only) == (mentions, quotes_only)


def test_a_rule_is_timed(policy: QuestionPolicy) -> None:
    def flags(question: Normalised) -> Verdict:
        return Verdict(Outcome.QUOTE, "flags", Category.PROMPT_INJECTION)

    (verdict,) = check_question("anything", QuestionPolicy(rules=(flags,))).verdicts

    assert verdict.milliseconds > 0
