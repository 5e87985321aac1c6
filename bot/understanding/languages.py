"""Which language a question is in: English, Welsh, or another. Told without the network."""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bot.retrieval.welsh_terms import is_welsh_name

# The commonest Welsh function words that are not English words (counted in our own Welsh sample
# guidance, 2026-11). Known miss: one word that is no name of a service in `welsh_terms.toml`; the
# page's own language (`locale` of the enquiry) decides those.
_WELSH_TEXT = """
yw ydw ydy ydych ydi mae maen oes ydwyf rwy rwyf dw wyf wyt oedd sydd sy beth pwy pryd ble sut
pam faint pa gallaf alla allaf gallwch gael cael fy dy eich ein eu chi nhw ni fi mi ti yng
nghymru cymru gyda gan gen heb dros wrth rhwng hyd angen eisiau dylwn rhaid wneud gwneud helo
diolch os neu ac hefyd ond fel bod fod yn yr ar gyfer blwydd oed talu treth hawlio siarad efo dwi
dwin isio moyn iawn rhywun
"""
_GREETINGS = frozenset(
    ("helo", "shwmae", "diolch", "bore", "prynhawn", "noswaith", "da", "helpwch", "fi")
)
_WELSH = frozenset(_WELSH_TEXT.split())
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHARE = 0.3
_SENTENCE_END = re.compile(r"(?<=[.?!؟。？！])\s*")
# Fewer words than these are too few to tell in letters that English has, too: "Do i qualify?"
# looks Italian.
_FEWEST_WORDS = 4
_FEWEST_WELSH_WORDS = 3
_SURE_OF_WELSH = 0.9
# Where one function word is Welsh, too: "alla i siarad â pherson". Of 3,600 English questions, of
# ConditionalQA and our own, none changes its language.
_SURE_OF_WELSH_WITH_A_WORD = 0.6
# Slang and names look like no language at all, so English keeps a few percent of them; of what is
# in another language it keeps less than a quarter of one.
_SURE_OF_ANOTHER = 0.99
# Languages that have no sentence of ours yet, so that they are not taken for one that has.
_NEIGHBOUR_TEXT = """
cs sk sv da no fi hr sl lv et id ms tl sw yo ig ha zu sn af ga gd sr mk be ja ko th he hy ka my km
ne mr si te ml kn or lo mn ug xh rw mt is eu ca gl az uz kk ky tg tk la yue
"""
_NEIGHBOURS = _NEIGHBOUR_TEXT.split()


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """A language that we cannot answer in.

    Attributes:
        tag: BCP 47 tag for a `lang` attribute.
        sentence: What to say in it; empty when we have no words of it.
        danger: What to do in danger, in it; empty when we have no words of it.
        greetings: Words that alone tell it, with which people begin.
    """

    tag: str
    sentence: str
    danger: str = ""
    greetings: frozenset[str] = frozenset()


def language_of(text: str, default: Literal["en", "cy"] = "en") -> Literal["en", "cy"]:
    """Return the language to reply in.

    Args:
        text: What the citizen wrote, without placeholders.
        default: Returned for texts too short to tell.

    Returns:
        `cy` when at least 30% of the words are Welsh function words, and at least two are, when
        the text is the Welsh name of a service or a Welsh greeting, or when the language model of
        letters is sure (less so beside one such word); else `en`, or `default` when the text has
        fewer than three words.
    """
    if is_welsh_name(text):
        return "cy"
    words = [word.lower() for word in _WORD.findall(text)]
    welsh = sum(word in _WELSH for word in words)
    if welsh >= 2 and welsh / len(words) >= _SHARE:
        return "cy"
    if _GREETINGS.issuperset(words) and words not in ([], ["da"]):
        return "cy"
    if len(words) < _FEWEST_WELSH_WORDS:
        return default
    needed = _SURE_OF_WELSH_WITH_A_WORD if welsh else _SURE_OF_WELSH
    return "cy" if _shares(text).get("cy", 0) >= needed else "en"


def other_language(text: str) -> OtherLanguage | None:
    """Return the language of a question in neither English nor Welsh; None when it may be in one.

    A question with one English or Welsh sentence in it can be answered. Letters of other scripts
    are sure, and so are greetings alone; in Latin letters 99% certainty is asked for, and four
    words, or three when one has a letter that English lacks. Known misses: two or three other
    words in plain letters, and languages written in the letters of another. The decision record
    0020 has the figures.

    Args:
        text: What the citizen wrote, without placeholders.
    """
    if greeted := _greeted_in(text):
        return greeted
    parts = [part for part in _SENTENCE_END.split(text) if _can_be_told(part)]
    if not parts or any(_is_answerable(part) for part in parts):
        return None
    found = _shares(" ".join(parts))
    code = max((name for name in found if name not in ("en", "cy")), key=found.__getitem__)
    return _others().get(code, OtherLanguage(code, ""))


def likeliest_of(text: str, codes: Collection[str]) -> OtherLanguage | None:
    """Return the likeliest of some languages that we have words of; None when it is none of them.

    For texts whose words tell that they are in one of a few languages, however short they are.

    Args:
        text: What the citizen wrote, without placeholders.
        codes: The languages, as `other_languages.toml` names them.
    """
    known = [code for code in sorted(codes) if code in _others()]
    if len(known) < 2:  # several
        return _others()[known[0]] if known else None
    found = _shares(text)
    return _others()[max(known, key=lambda code: found.get(code, 0.0))]


def _greeted_in(text: str) -> OtherLanguage | None:
    words = frozenset(word.lower() for word in _WORD.findall(text))
    return next((it for it in _others().values() if words and words <= it.greetings), None)


def _can_be_told(sentence: str) -> bool:
    words = _WORD.findall(sentence)
    if not all(map(_is_latin, "".join(words))):
        return True
    needed = _FEWEST_WORDS if all(map(str.isascii, words)) else _FEWEST_WORDS - 1
    return len(words) >= needed


def _is_answerable(sentence: str) -> bool:
    letters = [character for character in sentence if character.isalpha()]
    latin = sum(_is_latin(character) for character in letters)
    if latin * 2 < len(letters):
        return False
    found = _shares(sentence)
    return found["en"] + found["cy"] > 1 - _SURE_OF_ANOTHER


def _is_latin(character: str) -> bool:
    # Basic Latin to Extended-B, and Extended Additional, which Vietnamese and Welsh need.
    return character < "\u0250" or "\u1e00" <= character < "\u1f00"


def _shares(text: str) -> dict[str, float]:
    """Return how likely each language is; the values sum to 1."""
    return {str(code): float(share) for code, share in _identifier().rank(text)}


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["en", "cy", *_others(), *_NEIGHBOURS])
    return identifier


@lru_cache(maxsize=1)
def _others() -> MappingProxyType[str, OtherLanguage]:
    known = tomllib.loads(Path(__file__).with_name("other_languages.toml").read_text("utf-8"))
    return MappingProxyType(
        {
            code: OtherLanguage(
                entry["tag"],
                entry["sentence"],
                entry["danger"],
                frozenset(entry.get("greetings", "").split()),
            )
            for code, entry in known.items()
        }
    )
