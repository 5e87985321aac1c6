"""How old a reader must be: the Flesch-Kincaid grade of a text, as an age.

Source: Kincaid et al., "Derivation of new readability formulas" (1975); a grade is a school year
of the United States, five years less than the age of its pupils. GOV.UK writes for a reading age
of 9 (https://www.gov.uk/guidance/content-design/writing-for-gov-uk). It counts words and syllables,
so it cannot see whether a text is clear; names of benefits make it older than it reads. The quoting
answers to the English questions of `sample-guidance` have a median of 10.1 and are at most 11 in
seven of ten (2026-11).
"""

import re

OLDEST = 11.0
"""What a language model is asked to stay under (`bot/language_models/prompts/answer.md`)."""

_SENTENCE = re.compile(r"[.!?:]+(?:\s|$)|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MARK = re.compile(r"\[\d{1,2}\]")
_VOWELS = re.compile(r"[aeiouy]+")
_GRADE_TO_AGE = 5.0


def reading_age(text: str) -> float:
    """Return the age from which a text can be read; 5 for a text without words."""
    plain = _MARK.sub("", text)
    words = _WORD.findall(plain)
    sentences = [part for part in _SENTENCE.split(plain) if _WORD.search(part)]
    if not words:
        return _GRADE_TO_AGE
    syllables = sum(map(syllables_of, words))
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    return max(0.0, grade) + _GRADE_TO_AGE


def syllables_of(word: str) -> int:
    """Return about how many syllables a word has: groups of vowels, without a silent last e."""
    letters = word.lower()
    count = len(_VOWELS.findall(letters))
    if re.search(r"[^aeiouyl]e$|[^aeiouydt]ed$|[^aeiouycsxzgh]es$", letters):
        count -= 1
    return max(1, count)
