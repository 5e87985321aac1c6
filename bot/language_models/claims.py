"""What a statement names or promises, and its sources do not: names, dates, money, markup.

Known misses: a name of one word at the start of a sentence; a name written in small letters. The
lies these catch, and those they miss, are in `tests/bot/data/lies.txt`.
"""

import re
from collections.abc import Callable, Iterator

from bot.retrieval.vocabulary import load_vocabulary

_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+|\n+")
_TOKEN = re.compile(r"[^\W_]+(?:['’&-][^\W_]+)*")
# Words that English writes with a capital wherever they stand, or that only open a sentence.
_ALWAYS = frozenset(["i", "i'm", "i’m", "i've", "i’ve", "i'll", "i’ll"])
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_FULL_DATE = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH}),? (\d{{4}})\b", re.IGNORECASE)
_FOREIGN_MONEY = re.compile(r"[$€¥₹]|\b(?:dollars?|euros?|rupees?|zloty|yen)\b", re.IGNORECASE)
_MARKUP = re.compile(
    r"<[a-z/!?]|&(?:lt|gt|#\w+);|!\[|\]\s*\(|[【】]|\bhxxps?\b|\[\.\]", re.IGNORECASE
)
_NUMBER_TEXT = """
two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 half:50%
"""
_NUMBERS = dict(pair.split(":") for pair in _NUMBER_TEXT.split())
_NUMBER_WORD = re.compile(rf"\b({'|'.join(_NUMBERS)})\b", re.IGNORECASE)
# Words that leave no room where guidance may: "usually" must not become "always".
_ABSOLUTE = re.compile(
    r"\b(?:always|never|automatically|immediately|everyone|nobody|twice|double|whenever)\b",
    re.IGNORECASE,
)
# Words that decide for a person, or speak for the service: only published text may say them.
_PROMISES = re.compile(
    r"\b(?:(?:i|we) (?:guarantee|promise|recommend|advise|suggest|think|believe)|in (?:my|our) "
    r"opinion|guaranteed?|you (?:are|will be) (?:eligible|entitled|accepted|approved)|you qualify|"
    r"you will (?:definitely|certainly|win)|do not worry|don['’]t worry|as an ai|language model)\b",
    re.IGNORECASE,
)


def unsupported_claim(statement: str, source: str) -> str:
    """Return why a statement claims more than its source; empty when it does not.

    Args:
        statement: Of one block, citation marks taken out.
        source: All that it cites, headings included.
    """
    return next((reason for claims, reason in _CHECKS if claims(statement, source)), "")


def _holds_markup(statement: str, source: str) -> bool:  # noqa: ARG001  # one shape for all checks
    return _MARKUP.search(statement) is not None


def _promises(statement: str, source: str) -> bool:
    folded = _folded(source)
    return any(_folded(found[0]) not in folded for found in _PROMISES.finditer(statement))


def _leaves_no_room(statement: str, source: str) -> bool:
    stated = source.casefold()
    return any(found[0].casefold() not in stated for found in _ABSOLUTE.finditer(statement))


def _pays_otherwise(statement: str, source: str) -> bool:
    stated = source.casefold()
    return any(found[0].casefold() not in stated for found in _FOREIGN_MONEY.finditer(statement))


def _counts_otherwise(statement: str, source: str) -> bool:
    return any(not _is_counted(word, source) for word in _NUMBER_WORD.findall(statement))


def _dates_otherwise(statement: str, source: str) -> bool:
    return not _dates(statement) <= _dates(source)


def _names_others(statement: str, source: str) -> bool:
    folded = _folded(source)
    return any(not _is_named(name, folded) for name in _names(statement))


_CHECKS: tuple[tuple[Callable[[str, str], bool], str], ...] = (
    (_holds_markup, "It holds markup, where plain text is wanted."),
    (_promises, "It promises or decides something in words that no source has."),
    (_leaves_no_room, "It says always, never or the like where no source does."),
    (_pays_otherwise, "It gives an amount in a currency that no source has."),
    (_counts_otherwise, "It gives a number in words that no source gives."),
    (_dates_otherwise, "It gives a date with a year that no source gives it."),
    (_names_others, "It names something that no source names."),
)


def _is_counted(word: str, source: str) -> bool:
    digits = re.escape(_NUMBERS[word.lower()])
    return re.search(rf"\b{word}\b|(?<![\d.,]){digits}(?![\d])", source, re.IGNORECASE) is not None


def _dates(text: str) -> set[tuple[int, str, str]]:
    return {(int(day), month.lower(), year) for day, month, year in _FULL_DATE.findall(text)}


def _is_named(name: str, folded: str) -> bool:
    words = _folded(name).split()
    meaning = _folded(load_vocabulary().expanded(name))
    whole = f" {folded} "
    if f" {' '.join(words)} " in whole or (name.isupper() and _initials_are_in(name, folded)):
        return True
    return (
        meaning != " ".join(words) and f" {meaning.removeprefix(' '.join(words)).strip()} " in whole
    )


def _initials_are_in(name: str, folded: str) -> bool:
    """Whether words in a row begin with the letters of an abbreviation."""
    letters = "".join(word[0] for word in folded.split())
    return name.isalpha() and len(name) > 2 and name.lower() in letters


def _names(statement: str) -> Iterator[str]:
    """Yield runs of capitalised words, without a capital that only opens the sentence.

    "Claim Child Benefit" opens with a verb, so the name is what follows; a run that opens a
    sentence and is one word long says nothing.
    """
    for sentence in _SENTENCE_END.split(statement):
        tokens = [(found[0], found.start()) for found in _TOKEN.finditer(sentence)]
        run: list[str] = []
        first = False
        for place, (token, start) in enumerate(tokens):
            apart = place and sentence[tokens[place - 1][1] + len(tokens[place - 1][0]) : start]
            if run and (not _is_capital(token) or (apart or "").strip()):
                yield from _without_opening(run, first=first)
                run = []
            if _is_capital(token):
                first = first if run else place == 0
                run.append(token)
        yield from _without_opening(run, first=first)


def _is_capital(token: str) -> bool:
    is_code = any(map(str.isdigit, token)) and any(map(str.isalpha, token))
    return (token[0].isupper() or (is_code and token[0].isalpha())) and token.lower() not in _ALWAYS


def _without_opening(run: list[str], *, first: bool) -> Iterator[str]:
    named = run[1:] if first else run
    if named:
        yield " ".join(named)


def _folded(text: str) -> str:
    return " ".join(
        token.casefold().replace("’", "'").removesuffix("'s") for token in _TOKEN.findall(text)
    )
