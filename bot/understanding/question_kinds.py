"""What kind of thing a question wants to know, and where guidance says such things.

"Who can get it?" and "What happens if I do not pay?" share few words with the sentences that
answer them; headings such as "Who can get it" and words such as "fine" tell them apart.
"""

import re
from collections.abc import Set
from dataclasses import dataclass

from bot.retrieval.query import split_sentences
from bot.retrieval.wanted import WHEN, asks_amount, asks_time, holds_amount, holds_asked_time
from bot.understanding.follow_ups import subject_words

_STEM = 5
_YES_NO = re.compile(
    r"^(?:(?:so|and|but|hi|hello|please|ok|also)[, ]+)*"
    r"(?:can|could|do|does|did|am|is|are|was|were|will|would|should|must|may|have|has|"
    r"(?:alla|allaf|gallaf|ga|gaf|oes|ydw|ydy|yw|fydd|fydda|a (?:oes|yw|ydw|allaf|gaf)|"
    r"ydych|dylwn|ddylwn))\b",
    re.IGNORECASE,
)
# What decides: a permission, a duty, a condition or their absence.
_DECIDES = re.compile(
    r"\b(?:can|cannot|can['’]t|may|must|need|needs|have to|has to|should|will|won['’]t|only|"
    r"not|never|no|free|entitled|eligible|qualify|allowed|required|unless|except|if|"
    r"gallwch|allwch|rhaid|chewch|cewch|oni bai|dim|nid|ni|am ddim|hawl|cymwys)\b",
    re.IGNORECASE,
)


def asks_yes_or_no(question: str) -> bool:
    """Whether a question can be answered with yes or no: "Can I ...?", "Oes rhaid i mi ...?"."""
    return _YES_NO.match(question.strip()) is not None


def decides(text: str) -> bool:
    """Whether a sentence permits, forbids, demands or sets a condition."""
    return _DECIDES.search(text) is not None


def said_of(asked: Set[str], text: str) -> int:
    """Return how many of a question's stems a sentence decides about; 0 when it decides nothing."""
    return len(asked & stems_of(text)) if decides(text) else 0


def stems_of(text: str) -> frozenset[str]:
    """Return the beginnings of the words that name a subject."""
    return frozenset(word[:_STEM] for word in subject_words(text))


_FINE = re.compile(r"\bfine[ds]?\b|\bpenalt|\bdirwy|\bcosb", re.IGNORECASE)
_PRICE = re.compile(r"\b(?:costs?|price|fees?|charge[ds]?|costio|pris|ffi)\b", re.IGNORECASE)
_PAID = re.compile(
    r"\b(?:costs?|price|fees?|charge[ds]?|pay|paid|pays|costio|ffi)\b", re.IGNORECASE
)
_EARNED = re.compile(
    r"\b(?:incomes?|earn|earns|earned|earnings?|salary|salaries|wages?|savings?|incwm|ennill|"
    r"cyflog|cynilion)\b",
    re.IGNORECASE,
)
_SUM = re.compile(r"£\s?\d|\d+p\b", re.IGNORECASE)
_FREE = re.compile(
    r"(?<![-\w])free\b(?!-| (?:from|time|school|childcare|movement|"
    r"to (?!apply|use|join|register|enter)))|\bam ddim\b",
    re.IGNORECASE,
)
# Whose amount may be a share: 90% of earnings, 40% tax, 25% off.
_MAY_BE_SHARE = re.compile(
    r"%|\b(?:rates?|percent\w*|shares?|part|proportion|discounts?|tax\w*|vat|duty|interest|relief|"
    r"pay|pays|paid|get|gets|receive|back|refund\w*|deposit|contribut\w+|earn\w*|pension|owe|"
    r"redu\w+|increase|rise|compensation|treth|cyfradd|disgownt|t[âa]l\w*|gael|ad-daliad)\b",
    re.IGNORECASE,
)
_DEPENDS = re.compile(r"\b(?:depends? on|dibynnu ar)\b", re.IGNORECASE)
_LESS = re.compile(
    r"\b(?:discount\w*|off|reduc\w+|rebate\w*|less|cheaper|disgownt\w*|gostyng\w+)\b", re.IGNORECASE
)
_NOT_MONEY = re.compile(
    r"\bhow much (?:\w+ ){0,2}(?:notice|time|longer|leave|holiday|warning|luggage|space)\b|"
    r"\bfaint o (?:rybudd|amser|wyliau|absenoldeb)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of question.

    Attributes:
        asks: Matches questions of the kind.
        holds: Matches texts that say such a thing.
        under: Matches headings that such things stand under.
    """

    asks: re.Pattern[str]
    holds: re.Pattern[str]
    under: re.Pattern[str]


def _kind(asks: str, holds: str, under: str) -> Kind:
    return Kind(*(re.compile(text, re.IGNORECASE) for text in (asks, holds, under)))


KINDS = (
    _kind(
        r"\bhow much\b(?! (?:\w+ ){0,2}(?:notice|time|leave|holiday)\b)|"
        # "Small claims fee", "apprentice wage": the message is a name and the kind of thing.
        r"^(?:(?!help\b|with\b)[\w'’-]+\W+){1,5}(?:costs?|fees?|price|charges?|rates?|amount|wages?)"
        r"(?: for (?:an? |the )?\w+)?\W*$|"
        r"^(?:is|are) (?:[\w'’-]+ ){1,6}free\b|\b(?:have|need) to pay (?:anything )?for\b|"
        r"\bwhat (?:is|are|does|do|will)\b.*\b(?:costs?|fees?|rates?|price|charges?)\b|"
        r"\bfaint\b(?! o (?:rybudd|amser|wyliau))|"
        r"\b(?:ydw i|ydyn ni|rhaid)\b[^.?]{0,12}\b[dt]alu\b|\b(?:t[âa]l|costio|ffi|pris)\b.*\?",
        r"£\s?\d|\d\s?%|\bfree\b|\bam ddim\b",
        r"\bhow much\b|\bcosts?\b|\bfees?\b|\brates?\b|\bcharges?\b|\bamounts?\b|\ballowance\b|"
        r"\bwhat you(?:['’]ll| will)? (?:get|pay)\b|\bfaint\b|"
        r"\bcost(?:au)?\b|\bffi(?:oedd)?\b|\bpris(?:iau)?\b|\bbeth (?:fyddwch|gewch)\b",
    ),
    _kind(
        rf"\b{WHEN}|\bhow (?:long|soon|quickly|often)\b|\bdeadline\b|\bnotice\b|\bpryd\b|"
        r"\bhow much (?:\w+ ){0,2}(?:notice|time|leave|holiday)\b|\b(?:times?|dates?)\W*$|"
        r"\b[pb]a mor (?:hir|hen|fuan|gyflym|aml)\b|\b[dt]erfyn amser\b|\b[pb]a oed(?:ran)?\b|"
        r"\bfaint o (?:amser|rybudd)\b|\bsawl (?:diwrnod|wythnos|mis|blwyddyn)\b",
        r"\b\d+ (?:working |school |calendar )?(?:minutes?|hours?|days?|weeks?|months?|years?)\b|"
        r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|"
        r"November|December)\b|\bwhen you\b|\b\d+ (?:diwrnod|wythnos|mis|mlynedd|oed)\b",
        r"\bwhen\b|\bhow long\b|\bdeadlines?\b|\bdates?\b|\bdays?\b|\bnotice\b|\btime limits?\b|"
        r"\bpryd\b|\bdyddiad|\bterfyn|\boedran\b",
    ),
    _kind(
        r"\bwho (?:can|is|gets?|qualifies)\b|\b(?:eligible|qualify|entitled)\b|"
        r"^(?:can|could) (?:i|we|my \w+|he|she|they) (?:get|claim|apply|still apply|have)\b|"
        r"\bpwy sy|\bcymwys\b|^(?:alla|allaf|gallaf) i (?:gael|hawlio)\b",
        r"\byou (?:can|may|could|cannot|can['’]t)(?: \w+)? (?:get|claim|apply)|\beligible\b|"
        r"\bqualif(?:y|ies)\b|\bentitled\b|\bgallwch (?:gael|hawlio)\b|\bcymwys\b",
        r"\bwho (?:can|gets|is)\b|\beligib|\bqualif|\bwhat you need to know\b|\bpwy\b|\bcymhwys",
    ),
    _kind(
        r"\bhow (?:do|can|would|should|to) ?(?:i|we|you|my \w+)?\b(?!.*\b(?:much|long|many)\b)|"
        r"\bwhere (?:do|can) (?:i|we) (?!park|drive|live|stay|work|smoke|fish|camp|swim|walk)|"
        r"\bsut (?:i|mae|ydw|alla|mae)\b",
        r"\b(?:apply|claim|register|report|renew|book|sign in|fill in|send|call|phone|online|"
        r"by post|form)\b|\b(?:gwnewch gais|ffoniwch|llenwch|ar-lein)\b",
        r"\bhow (?:to|do)\b|\bways to\b|\bsut i\b|\bgwneud cais\b|"
        # "Who can apply", "When to claim" and "After you apply" tell something else.
        r"^(?!.*\b(?:who|when|what|where|why|if|before|after)\b)"
        r".*(?:\bapply|\bclaim\b|\bsteps\b|\bregister)",
    ),
    _kind(
        r"\bwhat (?:do|will|would) (?:i|we) need\b|\bwhat (?:documents?|proof|id|papers)\b|"
        r"\bwhich documents\b|^documents\b|\bbeth sydd ei angen\b",
        r"\byou (?:will |['’]ll )?need\b|\bdocuments?\b|\bproof of\b|\bbydd angen\b",
        r"\bwhat you(?:['’]ll)? need\b|\bdocuments?\b|\bbeth sydd ei angen\b",
    ),
    _kind(
        r"\bwhat (?:happens|if|will happen)\b.*(?:\b(?:not|never|late|miss\w*|forget\w*|"
        r"without|refuse\w*|lose|break)\b|n['’]?t\b)|"
        r"\bwhat(?:['’]s| is| are)\b.*\b(?:penalt\w+|punish\w+|fines?|consequences)\b|"
        r"\b(?:be|get|getting|being) (?:a )?(?:fined?|penali[sz]ed|prosecuted|jailed|"
        r"clamped|sued)\b|"
        r"\bbeth (?:sy['’]n|fydd yn) digwydd os na",
        r"\bfine[ds]?\b|\bpenalt|\bprosecut|\bclamp|\bcourt\b|\bimprison|\bcancel|\bcharged?\b|"
        r"\bdirwy|\bcosb",
        r"\bif you (?:do not|don['’]t|miss|are late|break)|\bpenalt|\bfines?\b|\blate\b|"
        r"\bos na|\bcosb|\bdirwy",
    ),
)


COST, TIME, WHO, HOW, NEEDS, IF_NOT = KINDS


def asks_consequence(question: str) -> bool:
    """Whether a question asks what happens to somebody who does not do something."""
    return IF_NOT.asks.search(question) is not None


def holds_consequence(text: str) -> bool:
    """Whether a text states a fine, a charge or a court."""
    return IF_NOT.holds.search(text) is not None


def shape_of(question: str) -> tuple[Kind, ...]:
    """Return the kinds a question is of; usually one or none."""
    return tuple(kind for kind in KINDS if kind.asks.search(question))


def asks(text: str) -> bool:
    """Whether a text asks anything, with or without a question mark."""
    return "?" in text or asks_yes_or_no(text) or bool(shape_of(text))


def under_kinds(headings: str) -> frozenset[Kind]:
    """Return the kinds of thing that stand under some headings."""
    return frozenset(kind for kind in KINDS if kind.under.search(headings))


def asks_money(question: str) -> bool:
    """Whether a question asks for an amount of money or a share, not for "how much notice"."""
    return asks_amount(question) and _NOT_MONEY.search(question) is None


def holds_money(question: str, text: str) -> bool:
    """Whether a text states an amount that a question may mean.

    A fine is no price, nor is what somebody must earn; a pass mark of 75% is no sum of money, and
    "a discount of up to 100%" does not say how much there is to pay. What the asked amount depends
    on stands for an amount: "Your Council Tax depends on the band your home is in."
    """
    if _FINE.search(text) and not _FINE.search(question):
        return False
    if _PRICE.search(question) and _EARNED.search(text) and not _PAID.search(text):
        return False
    if _SUM.search(text) or _FREE.search(text) or _says_what_decides(question, text):
        return True
    if _LESS.search(text) and not _LESS.search(question):
        return False
    return holds_amount(text) and "%" in text and _MAY_BE_SHARE.search(question) is not None


def _says_what_decides(question: str, text: str) -> bool:
    asked = stems_of(question)
    told = (sentence for sentence in split_sentences(text) if _DEPENDS.search(sentence))
    return bool(asked) and any(asked <= stems_of(sentence) for sentence in told)


def wants_figure(question: str, text: str) -> bool:
    """Whether a text states the kind of figure that a question asks for."""
    return (asks_money(question) and holds_money(question, text)) or (
        asks_time(question) and holds_asked_time(question, text)
    )


def wants_amount_first(question: str, text: str) -> bool:
    """Whether a question asks for an amount outright, and a text states one."""
    outright = COST.asks.search(question) is not None
    return outright and asks_money(question) and holds_money(question, text)
