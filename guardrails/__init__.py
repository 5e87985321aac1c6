"""Decide whether a question may be answered and whether an answer may be shown."""

from guardrails.answers import check_statement
from guardrails.contacts import contact_lines, opening_for
from guardrails.questions import QuestionPolicy, check_question
from guardrails.verdict import Category, Finding, Outcome, QuestionCheck, Verdict

__all__ = [
    "Category",
    "Finding",
    "Outcome",
    "QuestionCheck",
    "QuestionPolicy",
    "Verdict",
    "check_question",
    "check_statement",
    "contact_lines",
    "opening_for",
]
