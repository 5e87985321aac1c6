"""A rule that breaks or is late has a stated outcome, and nothing goes through unread."""

import logging
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails import Category, Outcome, QuestionPolicy, Verdict, check_question
from guardrails.contacts import contacts_for
from guardrails.guarded import Guarded, OverBudgetError
from guardrails.normalised import Normalised, normalise
from guardrails.personal_data.match import Match
from guardrails.policies import OnFailure, load_actions, load_failures
from guardrails.questions import MAX_CHARACTERS
from guardrails.redaction import redact
from guardrails.rules.personal_data import PersonalDataRule
from guardrails.wiring import guarded

SECRET = "Call me on 07700 900123"
REMOVED = "[message removed]"


class BrokenRuleError(Exception):
    pass


def breaks(question: Normalised) -> Verdict:
    raise BrokenRuleError(question.typed)


def is_late(question: Normalised) -> Verdict:
    raise OverBudgetError


def allows(question: Normalised) -> Verdict:
    return Verdict(Outcome.ALLOW, "allows")


def find_nothing(text: str) -> Iterator[Match]:
    return iter(())


def policy_of(name: str, rule: object = breaks) -> QuestionPolicy:
    return QuestionPolicy(guarded({name: rule}, load_failures()))  # type: ignore[dict-item]


@pytest.mark.parametrize("rule", [breaks, is_late])
@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("personal_data", Outcome.BLOCK),
        ("prompt_injection", Outcome.QUOTE),
        ("crisis", Outcome.MENTION),
        ("emergency", Outcome.MENTION),
        ("danger_likeness", Outcome.MENTION),
        ("routing", Outcome.ALLOW),
        ("a rule nobody thought of", Outcome.BLOCK),
    ],
)
def test_a_failing_rule_follows_the_table(name: str, outcome: Outcome, rule: object) -> None:
    (verdict,) = check_question(SECRET, policy_of(name, rule)).verdicts

    assert (verdict.rule, verdict.outcome) == (name, outcome)
    assert verdict.reason_code.endswith("over_budget" if rule is is_late else "failed")


def test_every_built_rule_stands_in_the_table(policy: QuestionPolicy) -> None:
    names = {rule.name for rule in policy.rules if isinstance(rule, Guarded)}

    assert len(names) == len(policy.rules)
    assert names <= set(load_failures())


@given(text=st.text(max_size=60))
def test_nothing_of_a_text_is_kept_when_personal_data_cannot_be_read(text: str) -> None:
    check = check_question(text, policy_of("personal_data"))

    assert (check.redacted_text, check.search_text) == (REMOVED, "")
    assert check.deciding is not None
    assert check.deciding.category is Category.UNCHECKED


def test_removing_everything_overrules_what_another_rule_found(policy: QuestionPolicy) -> None:
    broken = Guarded("personal_data", breaks, OnFailure.CLOSED)

    check = check_question(SECRET, QuestionPolicy((*policy.rules, broken)))

    assert check.redacted_text == REMOVED
    assert [found.kind for found in check.findings] == ["message"]
    assert redact(SECRET, check.findings) == REMOVED


def test_a_broken_crisis_rule_shows_whom_to_call() -> None:
    mentioned = check_question(SECRET, policy_of("crisis")).mentioned

    assert mentioned is not None
    assert next(c.name for c in contacts_for(mentioned.detail, None)) == "999"


def test_the_log_names_rule_and_error_but_no_word_of_the_text(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Import contracts, checked in the same process, switch off the loggers that exist.
    monkeypatch.setattr(logging.getLogger("guardrails.guarded"), "disabled", False)
    with caplog.at_level(logging.ERROR):
        check_question(SECRET, policy_of("routing"))

    (record,) = caplog.records
    assert (record.getMessage(), record.stage, record.error) == (  # type: ignore[attr-defined]
        "guardrail.failed",
        "routing",
        "BrokenRuleError",
    )
    assert record.exc_info is None
    assert "07700" not in str(record.__dict__)


def test_the_log_names_a_rule_that_had_no_time(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        check_question(SECRET, QuestionPolicy(guarded({"routing": is_late}, load_failures())))

    (record,) = caplog.records
    assert (record.getMessage(), record.stage) == (  # type: ignore[attr-defined]
        "guardrail.over_budget",
        "routing",
    )
    assert "07700" not in str(record.__dict__)


def test_a_rule_that_comes_too_late_does_not_run() -> None:
    ticks = count(0, 1)
    rules = guarded({"routing": allows, "personal_data": allows}, load_failures())
    policy = QuestionPolicy(rules, budget_seconds=1.5, clock=lambda: float(next(ticks)))

    check = check_question(SECRET, policy)

    assert [verdict.rule for verdict in check.verdicts] == ["personal_data"]
    assert check.redacted_text == REMOVED


def test_a_search_that_is_late_fails_instead_of_returning_half() -> None:
    ticks = count(0, 1)
    rule = PersonalDataRule(find_nothing, load_actions(), 0.5, lambda: float(next(ticks)))

    with pytest.raises(OverBudgetError):
        rule(normalise(SECRET))


def test_what_stands_beyond_the_longest_text_is_never_kept(policy: QuestionPolicy) -> None:
    text = "How do I vote? " * (MAX_CHARACTERS // 15 + 1) + SECRET

    check = check_question(text, policy)

    assert "07700" not in check.redacted_text
