"""Refuse attempts to take over the language model or to read its instructions.

Policy: OWASP Top 10 for LLM applications 2025, LLM01 and LLM07; NCSC guidance on prompt
injection. Signs of different kinds are found in the text and weighed together; what is refused
is an instruction to a machine. Ordinary sentences with the same words ("can I ignore the letter
from HMRC?", "act as an executor") are left alone.

Known misses: attacks without any word of `phrase_tables/injection.txt`, in languages other than
English, German and Welsh, or that ask for a secret in one short question. The bot holds no
secret and no tool, and every statement of a model is checked against the guidance, so a miss
costs a poor answer. Recall and false alarms are measured by `tests/guardrails/measure.py`.
"""

import base64
import binascii
import re
from types import MappingProxyType

from guardrails.normalised import Normalised, plain_text
from guardrails.phrases import Phrases, load_phrases
from guardrails.spelling import Respeller
from guardrails.verdict import Category, Outcome, Verdict

NAME = "prompt_injection"

_SIGNS = load_phrases("injection")
_STRONG = 1.0
_WEAK = 0.5
_WEIGHTS = MappingProxyType(
    dict.fromkeys(("role_play", "unrestricted", "machine", "creative"), _WEAK)
)
_SPELLING = Respeller(
    "ignore disregard previous instructions instruction prompt pretend restrictions guidelines "
    "forget system override uncensored unfiltered"
)
# Text that closes the part of the prompt it stands in: chat templates, fences, fake turns.
_SPOOFED = re.compile(
    r"<\|?/?(?:im_start|im_end|system|endoftext|eot_id|start_header_id|assistant|user|inst)\b[^>\n]{0,20}>"
    r"|\[/?(?:INST|SYS|SYSTEM)\]|<</?SYS>>|</?(?:passage|question|context|document|instructions?)>"
    r"|(?:^|\n)[ \t]{0,9}#{2,}\s*(?:system|instruction|assistant|response|new)\b"
    r"|(?:^|\n)[ \t]{0,9}(?:system|assistant|human)[ \t]{0,9}:[ \t]{0,9}\S"
    r"|\{\{\s*(?:system|prompt)|BEGIN (?:SYSTEM|PROMPT)|END (?:OF )?(?:SYSTEM|PROMPT|INSTRUCTIONS)",
    re.IGNORECASE,
)
_ENCODED = re.compile(
    r"(?<![\w+/=])(?:[A-Za-z0-9+/]{24,2000}={0,2}|(?:[0-9a-fA-F]{2} ?){16,1000})(?![\w+/=])"
)
_MAX_DECODED = 3


class PromptInjectionRule:
    """The rule that weighs the signs of an attack; refuses from `min_score` upwards."""

    def __init__(self, min_score: float = 1.0) -> None:
        self._min_score = min_score

    def __call__(self, question: Normalised) -> Verdict:
        """Return BLOCK when the signs weigh enough, else ALLOW."""
        signs = attack_signs(question)
        if sum(_WEIGHTS.get(sign, _STRONG) for sign in signs) < self._min_score:
            return Verdict(Outcome.ALLOW, NAME)
        return Verdict(
            Outcome.BLOCK,
            NAME,
            Category.PROMPT_INJECTION,
            f"The text addresses the machine, not the service: {', '.join(signs)}.",
            detail=signs[0],
        )


def attack_signs(question: Normalised) -> tuple[str, ...]:
    """Return the names of all signs in a text, also in what it hides or encodes."""
    signs = _signs_in(_SIGNS, question.plain)
    if _SPOOFED.search(question.text):
        signs.append("delimiter")
    if question.hidden_message and _signs_in(_SIGNS, plain_text(question.hidden_message)):
        signs.append("hidden_message")
    if any(_signs_in(_SIGNS, plain_text(decoded)) for decoded in _decoded(question.text)):
        signs.append("encoded_message")
    return tuple(signs)


def _signs_in(table: tuple[Phrases, ...], plain: str) -> list[str]:
    spelled = _SPELLING.respelled(plain)
    return [phrases.detail for phrases in table if phrases.pattern.search(spelled)]


def _decoded(text: str) -> list[str]:
    """Return what long runs of base64 or hexadecimal say, when they say text."""
    said: list[str] = []
    for found in list(_ENCODED.finditer(text))[:_MAX_DECODED]:
        for decode in (_from_base64, _from_hex):
            content = decode(found[0])
            if content and content.isprintable():
                said.append(content)
    return said


def _from_base64(run: str) -> str:
    try:
        padded = run + "=" * (-len(run) % 4)
        return base64.b64decode(padded, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""


def _from_hex(run: str) -> str:
    try:
        return bytes.fromhex(run).decode("utf-8")
    except (UnicodeDecodeError, ValueError):
        return ""
