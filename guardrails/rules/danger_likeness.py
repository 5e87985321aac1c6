"""Show help for danger told in words that no table foresaw.

Policy: `crisis` and `emergency` run before and decide alone when a phrase of theirs stands in the
text. This reader compares a message with examples: a small model of its words and letters
(`guardrails.word_model`), and, when the service lends an embedding model, a second one of its
meaning (`guardrails.likeness`), whose evidence counts a quarter. It may be wrong, so help is
shown beside the answer; only from the model's threshold `certain` is it shown instead. Questions
about an entitlement need one half for help beside the answer and never lose it; what a short
message tells beside its question is read alone as well, and needs .55. Of messages above
300 characters every sentence is read alone and one must reach 0.8, because many chances to be wrong
add up. Welsh is read by its words only, because the bundled embedding model hardly knows it.

Thresholds are chosen by `python -m guardrails.training crisis DATA` for false alarms on ordinary
messages that are kept for fitting, and stand in `examples/danger_words.md`.

Known misses: danger told across the sentences of a long message; irony; other languages.
Measured on the other half by `make bench-guardrails`.
"""

import math
import re
from dataclasses import dataclass

from guardrails.bereaved import tells_bereavement, with_death_told
from guardrails.figures_of_speech import without_figures_of_speech
from guardrails.lasting_trouble import tells_lasting_trouble
from guardrails.likeness import LikenessReader
from guardrails.normalised import Normalised, normalise, plain_text
from guardrails.past_times import tells_of_past
from guardrails.phrases import load_words
from guardrails.rules import smalltalk
from guardrails.rules.crisis import asks_about_entitlement
from guardrails.told_beside import told_beside
from guardrails.verdict import Category, Outcome, Verdict
from guardrails.welsh import looks_welsh
from guardrails.word_model import WordModel

NAME = "danger_likeness"
MAX_CHARACTERS = 300
MIN_WORDS = 4
MIN_TELLING_WORDS = 2

_PLEASANTRIES = frozenset((Category.GREETING, Category.THANKS, Category.ABOUT))
EMERGENCIES = frozenset(("medical", "gas", "immediate_danger", "homeless_tonight", "hungry_today"))
# Out of 0, 0.25, 0.5 and 1, what finds most of the half to fit on at 0.5% false alarms, 2026-11.
_MEANING_SHARE = 0.25
# Above the fitted threshold, because here a wrong decision costs the citizen the answer.
_CERTAIN_AT_LEAST = 0.7
_DESPITE_ASKING = 0.5
# What is told beside a question, chosen on the half to fit on: of 1,339 ordinary rests .55 reads 3
# as danger, .45 7 and .4 10; of 109 dangers that no phrase knows 85, 88 and 93 (2026-11).
_BESIDE_ASKING = 0.45
_SENTENCE_END = re.compile(r"[.!?;\n]+")
_MAX_SENTENCES = 30
_STOP_WORDS = load_words("stop_words")
# Grief speaks in words of despair. Where no phrase of `crisis.txt` says more, an answer about what
# to do after a death is not taken away.
_GRIEF = re.compile(
    r"\b(?:since|after|because|when|now(?: that)?) (?:[a-z]+ ){0,4}(?:died|passed(?: away)?|death)"
    r"\b"
)


@dataclass(frozen=True, slots=True)
class DangerLikenessRule:
    """The rule that reads danger from likeness to examples.

    Attributes:
        words: Model of words and letters.
        reader: Model of meaning; None where no embedding model is lent.
        min_probability: From what likeness help is shown beside the answer.
    """

    words: WordModel
    reader: LikenessReader | None = None
    min_probability: float = 0.3

    def __call__(self, question: Normalised) -> Verdict:
        """Return MENTION or SIGNPOST with the kind of danger as detail, else ALLOW."""
        if (rest := without_figures_of_speech(question.plain)) != question.plain:
            question = normalise(rest)
        if _says_too_little(question) or _is_pleasantry(question):
            return Verdict(Outcome.ALLOW, NAME)
        if _is_long(question):
            probability, detail = self._read_sentences(question.text)
        else:
            probability, detail = self._read(question)
        certain = probability >= max(_CERTAIN_AT_LEAST, self.words.thresholds["certain"])
        asks = asks_about_entitlement(question.plain)
        if not _is_long(question) and (told := told_beside(question.text)):
            beside, kind = self._read_beside(normalise(told))
            if beside > probability and beside >= _BESIDE_ASKING:
                probability, detail, asks = beside, kind, True
        if probability < self._needed(question, asks=asks):
            return Verdict(Outcome.ALLOW, NAME)
        leaves_answer = (
            asks or _is_long(question) or _is_of_old(question.plain) or self._is_bereaved(question)
        )
        return Verdict(
            Outcome.SIGNPOST if certain and not leaves_answer else Outcome.MENTION,
            NAME,
            Category.EMERGENCY if detail in EMERGENCIES else Category.CRISIS,
            f"The text is like messages that tell of danger: {detail.replace('_', ' ')}.",
            detail=detail,
            score=probability,
        )

    def _needed(self, question: Normalised, *, asks: bool) -> float:
        if _is_long(question):
            return max(self.words.thresholds["long"], self.min_probability)
        return max(_DESPITE_ASKING, self.min_probability) if asks else self.min_probability

    def _read(self, question: Normalised) -> tuple[float, str]:
        probability, detail = self.words.read(question.plain)
        if self.reader is None or looks_welsh(question.plain):
            return probability, detail
        meaning = self.reader.read(question.text).probability
        return _chance(_odds(probability) + _MEANING_SHARE * _odds(meaning)), detail

    def _read_beside(self, told: Normalised) -> tuple[float, str]:
        """Read what a message tells beside its question; its meaning only if that can matter."""
        if _says_too_little(told):
            return 0.0, ""
        probability, detail = self.words.read(told.plain)
        if _chance(_odds(probability) + _MEANING_SHARE * _odds(1.0)) < _BESIDE_ASKING:
            return probability, detail
        return self._read(told)

    def _is_bereaved(self, question: Normalised) -> bool:
        """Whether somebody lost a relative to suicide and tells of nothing else like danger."""
        if not tells_bereavement(question.plain):
            return False
        probability, _ = self._read(normalise(with_death_told(question.plain)))
        return probability < self.min_probability

    def _read_sentences(self, text: str) -> tuple[float, str]:
        read = (self.words.read(plain_text(part)) for part in sentences_of(text))
        return max(read, default=(0.0, ""))


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a long message that are read, each once and of `MIN_WORDS` words."""
    parts = dict.fromkeys(part.strip() for part in _SENTENCE_END.split(text))
    return [part for part in parts if len(part.split()) >= MIN_WORDS][:_MAX_SENTENCES]


def _says_too_little(question: Normalised) -> bool:
    """Whether a text is short, or little but small words: "and for my daughter"."""
    telling = [word for word in question.words if word not in _STOP_WORDS]
    return len(question.words) < MIN_WORDS or len(telling) < MIN_TELLING_WORDS


def _is_pleasantry(question: Normalised) -> bool:
    # Not complaints: they are told in the words of despair.
    return smalltalk.check(question).category in _PLEASANTRIES


def _is_of_old(plain: str) -> bool:
    of_old = _GRIEF.search(plain) is not None or tells_lasting_trouble(plain)
    return of_old or tells_of_past(plain)


def _is_long(question: Normalised) -> bool:
    return len(question.text) > MAX_CHARACTERS


def _odds(probability: float) -> float:
    held = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(held / (1 - held))


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
