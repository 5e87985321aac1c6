"""How well the heading of a section fits what a question asks.

"How do I get a Blue Badge?" holds every word of "Renew your badge", and "How much is the Winter
Fuel Payment?" every word of "If your income is over £35,000" that counts; the headings tell that
one is about renewing and the other about somebody with an income nobody spoke of.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.follow_ups import subject_words
from bot.understanding.question_kinds import Kind, asks_yes_or_no, shape_of, under_kinds
from ingestion.passage_index import PassageIndex

# What a unit gains or loses, in the unit of unit scores (log-odds of a listwise fit). Chosen on one
# half of the pages of ConditionalQA and of the sample guidance; see ADR 0025 for both halves.
SAME_KIND = 0.6
OTHER_KIND = -0.6
TOLD = 1.5
SAYS_WHAT_IS_ASKED = 1.0
UNTOLD = -0.15
UNTOLD_OTHERS = -0.6
OTHER_POLARITY = -0.5
SAME_POLARITY = 0.4
OPENS_FOR_A_NAME = 0.6
# Who names nothing but the service and the kind of thing has said all there is to go by. What is
# won and lost is in ADR 0036.
ALL_THAT_IS_SAID = 4.0
# "Postal vote" names "Vote by post".
_ALIKE = 4

# Words that ask for a kind of thing.
_OF_A_KIND = re.compile(
    r"\d+|gets|pay|pays|paying|take|takes|fees?|costs?|prices?|charges?|rates?|amounts?|wages?|paid|free|deadlines?|dates?|"
    r"eligible|eligibility|qualify|entitled|exempt|documents?|apply|claim|register|old|ages?|"
    r"[cg]ostio|[dt]alu|pris|ffi|ffioedd|rhad",
    re.IGNORECASE,
)
# As `bot.retrieval.vocabulary` writes them; a form has two words at most here.
_FORM = re.compile(r"(?P<form>(?:[\w'’-]+ )?[\w'’-]+) \((?P<meaning>[^)]*)\)")
_CONDITION = re.compile(r"^(?:if|when|unless|for|os|pan|oni bai)\b", re.IGNORECASE)
# Another task than the first one, which is to get the thing.
_OTHER_TASK = re.compile(
    r"^(?:renew|replac|report|chang|cancel|appeal|challeng|swap|end|leav|lost|los|complain|refund|"
    r"return|transfer|extend|updat|giv|mov|misuse|stay|adnewydd|newid|canslo|ap[eê]l|herio)\w*\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|never|no|without|cannot|unable|refused?|late|miss(?:ed)?|fail(?:ed)?|\w+n['’]?t|"
    r"na|nad|nid|ni|dim|methu)\b(?<!\bwant)(?<!\bpatient)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AskedHeading:
    """What a question tells that a heading may hold.

    Attributes:
        kinds: What kind of thing it asks.
        words: Its content words, stemmed.
        named: Its words that name a thing, no kind of it, stemmed.
        forms: Everyday words with what guidance calls them.
        negated: Whether it speaks of something that is not done or cannot be.
        is_yes_or_no: Whether yes or no answers it: "cannot" may be the answer.
    """

    kinds: tuple[Kind, ...]
    words: frozenset[str]
    named: frozenset[str]
    forms: tuple[tuple[frozenset[str], frozenset[str]], ...]
    negated: bool
    is_yes_or_no: bool


def asked_of_headings(question: str, told: str, index: PassageIndex) -> AskedHeading:
    """Return what a question tells that a heading may hold.

    Args:
        question: The sentence that asks.
        told: The question with its setting.
        index: The opened index version, which knows the stems.
    """
    return AskedHeading(
        kinds=shape_of(question),
        words=frozenset(index.word_weights(told)),
        named=_names(told, index),
        forms=tuple(
            (_names(form["form"], index), _names(form["meaning"], index))
            for form in _FORM.finditer(told)
        ),
        negated=_NOT.search(told) is not None,
        is_yes_or_no=asks_yes_or_no(question),
    )


def heading_fit(
    asked: AskedHeading, headings: Sequence[str], title: str, index: PassageIndex
) -> float:
    """Return what a section's units gain (or lose, below 0) for its headings.

    Args:
        asked: See `asked_of_headings`.
        headings: Below the title, outermost first; empty for the opening of a page.
        title: Of the page: its words tell no section from another.
        index: The opened index version.
    """
    of_title = frozenset(index.word_weights(title))
    if not headings:
        names_only = not asked.kinds and asked.words <= of_title
        return OPENS_FOR_A_NAME if names_only else 0.0
    text = " ".join(headings)
    kinds = under_kinds(text)
    fit = 0.0
    is_asked = bool(kinds & set(asked.kinds))
    counts = ALL_THAT_IS_SAID if names_only_the_service(asked, title, index) else 1.0
    if asked.kinds and kinds:
        fit += counts * SAME_KIND if is_asked else OTHER_KIND
    weights = {w: x for w, x in index.word_weights(text).items() if w not in of_title}
    share = _share(weights, asked.words)
    fit += TOLD * share
    if is_asked and share == 1.0:
        fit += SAYS_WHAT_IS_ASKED
    if weights and not share and not is_asked:
        of_others = _CONDITION.match(headings[-1]) or _OTHER_TASK.match(headings[-1])
        fit += counts * UNTOLD_OTHERS if of_others else UNTOLD
    if _NOT.search(text) and not asked.is_yes_or_no:
        fit += SAME_POLARITY if asked.negated else OTHER_POLARITY
    return fit


def names_only_the_service(asked: AskedHeading, title: str, index: PassageIndex) -> bool:
    """Whether a question names nothing that is not in a page's title.

    Of an everyday form and its meaning, "car tax (vehicle tax)", one is enough.
    """
    of_title = tuple(index.word_weights(title))

    def stands_there(words: Collection[str]) -> bool:
        return all(
            any(word == told or word[:_ALIKE] == told[:_ALIKE] for told in of_title)
            for word in words
        )

    of_forms = frozenset[str]().union(*(form | meaning for form, meaning in asked.forms))
    by_one = all(stands_there(form) or stands_there(meaning) for form, meaning in asked.forms)
    return stands_there(asked.named) or (by_one and stands_there(asked.named - of_forms))


def _names(text: str, index: PassageIndex) -> frozenset[str]:
    named = (word for word in subject_words(text) if not _OF_A_KIND.fullmatch(word))
    return frozenset(index.word_weights(" ".join(named)))


def _share(weights: Mapping[str, float], told: frozenset[str]) -> float:
    total = sum(weights.values())
    return sum(x for word, x in weights.items() if word in told) / total if total else 0.0
