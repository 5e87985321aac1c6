"""Refuse attempts to take over the language model or to read its instructions.

Policy: OWASP Top 10 for LLM applications 2025, LLM01 and LLM07; NCSC guidance on prompt
injection. Signs of different kinds are found in the text and weighed together; what is refused
is an instruction to a machine. Ordinary sentences with the same words ("can I ignore the letter
from HMRC?", "act as an executor") are left alone. A small model of words and letters
(`examples/injection_words.md`) reads beside the phrases: it finds attacks in unforeseen words, and
where it is sure that a text with a sign is harmless, the text is not refused but answered without
a language model, which is all an attack could have been after.

Known misses: attacks that neither phrases nor model know, in languages other than English, German
and Welsh, or that ask for a secret in one short question. The bot holds no secret and no tool, and
every statement of a model is checked against the guidance, so a miss costs a poor answer. Recall
and false alarms are measured by `make bench-guardrails` and stand on the model's card.
"""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from guardrails.normalised import Normalised, plain_text
from guardrails.phrases import PhraseTable, load_phrases
from guardrails.rules import abuse, smalltalk
from guardrails.spelling import Respeller
from guardrails.verdict import Category, Outcome, Verdict
from guardrails.word_model import WordModel

NAME = "prompt_injection"
MAX_CHARACTERS = 4_000
"""What the model reads of a text."""

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
# People take back what they wrote themselves: "ignore my last message, I meant ...".
_TAKEN_BACK = re.compile(
    r"\b(?:ignore|forget|disregard|vergessen sie|vergiss|anghofi\w*|anwybydd\w*)(?: about)?"
    r" (?:my|meine|fy) (?:last |previous |earlier |first |letzte |vorige |vorherige )?"
    r"(?:messages?|questions?|requests?|frage|nachricht|neges|nghwestiwn)\b"
)
_MAX_DECODED = 3
_LONG = 300
_MAX_SENTENCES = 30
_SENTENCE_END = re.compile(r"[.!?;]+")
# Nobody types these by chance, whatever the words around them look like.
MACHINE_MADE = frozenset(("delimiter", "hidden_message", "encoded_message"))
"""Signs that need no second opinion."""


class PromptInjectionRule:
    """The rule that weighs the signs of an attack.

    With a model it refuses a text whose signs weigh `min_score` unless the model gives less than
    its threshold `doubt`; one with a weak sign from `weak`; any text from `refuse`. What is left
    with a strong sign, or reaches `mark`, is answered in the words of the guidance only. Without a
    model it refuses from `min_score` upwards.
    """

    def __init__(self, min_score: float = 1.0, words: WordModel | None = None) -> None:
        self._min_score = min_score
        self._words = words

    def __call__(self, question: Normalised) -> Verdict:
        """Return BLOCK or QUOTE when signs and model say so, else ALLOW."""
        signs = attack_signs(question)
        if not signs and _is_said_in_kind(question):
            return Verdict(Outcome.ALLOW, NAME)
        weight = sum(_WEIGHTS.get(sign, _STRONG) for sign in signs)
        if self._words is None:
            refused, score = weight >= self._min_score, 1.0
            outcome = Outcome.BLOCK if refused else Outcome.ALLOW
        else:
            score = self._probability(question, signed=weight >= self._min_score)
            outcome = self._outcome(signs, weight, score, self._words.thresholds)
        if outcome is Outcome.ALLOW:
            return Verdict(Outcome.ALLOW, NAME)
        return Verdict(
            outcome,
            NAME,
            Category.PROMPT_INJECTION,
            f"The text addresses the machine, not the service: {', '.join(signs) or 'likeness'}.",
            detail=signs[0] if signs else "likeness",
            score=score,
        )

    def _outcome(
        self, signs: Sequence[str], weight: float, score: float, needed: Mapping[str, float]
    ) -> Outcome:
        signed = weight >= self._min_score
        if (
            (signed and score >= needed["doubt"])
            or (signs and score >= needed["weak"])
            or score >= needed["refuse"]
            or MACHINE_MADE.intersection(signs)
        ):
            return Outcome.BLOCK
        return Outcome.QUOTE if signed or score >= needed["mark"] else Outcome.ALLOW

    def _probability(self, question: Normalised, *, signed: bool) -> float:
        """Return what the model says; a sign in a long text counts by its sentence as well."""
        assert self._words is not None  # noqa: S101  # __call__() asks only then
        plain = _TAKEN_BACK.sub(" ", question.plain[:MAX_CHARACTERS])
        texts = [plain]
        if signed and len(plain) > _LONG:
            parts = dict.fromkeys(_SENTENCE_END.split(plain))
            texts += [part for part in parts if part.strip()][:_MAX_SENTENCES]
        return max(self._words.read(text)[0] for text in texts)


def _is_said_in_kind(question: Normalised) -> bool:
    """Whether the whole message is small talk or abuse, which have replies of their own."""
    rules = (smalltalk.check, abuse.check)
    return any(rule(question).outcome is not Outcome.ALLOW for rule in rules)


def attack_signs(question: Normalised) -> tuple[str, ...]:
    """Return the names of all signs in a text, also in what it hides or encodes."""
    signs = _signs_in(_SIGNS, _TAKEN_BACK.sub(" ", question.plain))
    if _SPOOFED.search(question.text):
        signs.append("delimiter")
    if question.hidden_message and _signs_in(_SIGNS, plain_text(question.hidden_message)):
        signs.append("hidden_message")
    if any(_signs_in(_SIGNS, plain_text(decoded)) for decoded in _decoded(question.text)):
        signs.append("encoded_message")
    return tuple(signs)


def _signs_in(table: PhraseTable, plain: str) -> list[str]:
    return list(table.details_in(_SPELLING.respelled(plain)))


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
