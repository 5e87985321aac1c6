"""A citizen's text as the rules see it: nothing hidden, look-alikes resolved, offsets kept."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

# Code points that show nothing: joiners, fillers, variation selectors, bidirectional controls
# and tag characters. Sources: Unicode 15 Default_Ignorable_Code_Point, UTS 39 section 3.1.
_INVISIBLE = frozenset(
    (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFC, 0xFEFF)
)
_INVISIBLE_RANGES = ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0000, 0xE0FFF))
_HIDDEN_CATEGORIES = frozenset(("Cc", "Cf", "Co", "Cs"))
_LAYOUT = frozenset("\t\n\r")
_FLAG = "\U0001f3f4"
_TAGS = range(0xE0020, 0xE007F)

# Letters of other alphabets that look like Latin ones: the pairs people swap in to slip past
# filters. Our own selection after Unicode UTS 39, lower case only.
_LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁһкмнтвոսαβεικνορτυχ",
    "aeopcyxijsdhkmhtbnuabeiknoptux",
)
_LATIN_FORMS = MappingProxyType(
    {
        **_LOOK_ALIKES,
        **dict(
            zip(
                map(ord, "АВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"),
                map(ord, "ABESIJKMHOPCTYXABEZHIKMNOPTYX"),
                strict=True,
            )
        ),
    }
)
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ′")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | {"“": '"', "”": '"'})
_ACCENTS = re.compile(r"[\u0300-\u036f]")
# Only words that mix alphabets are disguised; Russian and Greek words stay as they are.
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-z]")
_SPACES = re.compile(r"\s+")
RUN = 3
"""Characters by which parts of a text are looked up."""
_SPACED_OUT = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .*_-]){3,60}[^\W\d_](?![^\W_])")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")


@dataclass(frozen=True)
class Normalised:
    """One text in the forms that rules read; build it with `normalise`.

    Attributes:
        typed: The text exactly as it came.
        text: Hidden characters removed and NFKC applied, case kept.
        starts, ends: For each character of `text`, where it stands in `typed`; end exclusive.
        hidden: How many hidden characters were removed, not counting layout and emoji parts.
        hidden_message: ASCII spelled in tag characters, which a model would read and no person
            would see; empty for nearly everyone.
    """

    # Not in the representation, so that no log line or traceback repeats what was typed.
    typed: str = field(repr=False)
    text: str = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)
    ends: tuple[int, ...] = field(repr=False)
    hidden: int = 0
    hidden_message: str = field(default="", repr=False)

    @cached_property
    def plain(self) -> "PlainText":
        """Lower case without accents, apostrophes or look-alikes, on one line.

        For reading, not for redacting: offsets are lost. "I can't" becomes "i cant".
        """
        return plain_text(self.text)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of `plain`."""
        return tuple(re.findall(r"[^\W_]+", self.plain))

    def typed_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a non-empty span of `text` stands in `typed`, end exclusive."""
        return self.starts[start], self.ends[end - 1]


def normalise(typed: str) -> Normalised:
    """Return a text in the forms that rules read."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, cluster in _clusters(typed):
        for character in unicodedata.normalize("NFKC", cluster):
            characters.append(character)
            starts.append(start)
            ends.append(end)
    return Normalised(
        typed,
        "".join(characters),
        tuple(starts),
        tuple(ends),
        hidden=_count_hidden(typed),
        hidden_message=_hidden_message(typed),
    )


class PlainText(str):
    """Text for reading by rules, which remembers its runs of characters."""

    @cached_property
    def runs(self) -> frozenset[str]:
        """Every run of up to `RUN` characters, the shorter ones of other alphabets only."""
        longest = {self[place : place + RUN] for place in range(len(self))}
        if self.isascii():
            return frozenset(longest)
        return frozenset(longest.union(*({run[:length] for run in longest} for length in (1, 2))))


def runs_of(plain: str) -> frozenset[str]:
    """Return the runs of characters in plain text; remembered by the text where it can be."""
    return (plain if isinstance(plain, PlainText) else PlainText(plain)).runs


def plain_text(text: str) -> PlainText:
    """Return text for reading by rules: folded case, accents and look-alikes, on one line."""
    folded = text.casefold().translate(_APOSTROPHES).translate(_DASHES)
    if not folded.isascii():
        bare = _ACCENTS.sub("", unicodedata.normalize("NFD", folded))
        folded = _WORD.sub(_as_latin, unicodedata.normalize("NFC", bare))
    folded = _SPACED_OUT.sub(lambda run: re.sub(r"[ .*_-]", "", run[0]), folded)
    return PlainText(_SPACES.sub(" ", _STRETCHED.sub(r"\1\1", folded)).strip())


def latinised(text: str) -> str:
    """Return text of the same length with look-alike letters and all digits as Latin ones.

    For finding identifiers: letters of one may be Cyrillic, digits Arabic.
    """
    if text.isascii():
        return text
    latin = text.translate(_LATIN_FORMS)
    digits = {ord(c): str(unicodedata.decimal(c)) for c in set(latin) if c.isdecimal()}
    return latin.translate(digits)


def _as_latin(word: re.Match[str]) -> str:
    letters = word[0]
    if letters.isascii() or not _LATIN.search(letters):
        return letters
    return letters.translate(_LOOK_ALIKES)


def is_hidden(character: str) -> bool:
    """Whether a character shows nothing and may be taken out of any text."""
    if character in _LAYOUT or " " <= character <= "~":
        return False
    point = ord(character)
    return (
        unicodedata.category(character) in _HIDDEN_CATEGORIES
        or point in _INVISIBLE
        or any(first <= point <= last for first, last in _INVISIBLE_RANGES)
    )


def without_hidden(text: str) -> str:
    """Return text without its hidden characters."""
    return text.translate(dict.fromkeys(map(ord, _hidden_of(text))))


def _hidden_of(text: str) -> set[str]:
    """Return the hidden characters that occur in a text."""
    return set(filter(is_hidden, set(text)))


def _clusters(typed: str) -> Iterator[tuple[int, int, str]]:
    """Yield each visible character with the marks that combine with it, and its place."""
    occurring = set(typed)
    hidden = _hidden_of(typed)
    combining = set(filter(unicodedata.combining, occurring))
    base, first, last = "", 0, 0
    for place, character in enumerate(typed):
        if character in hidden:
            continue
        if base and character in combining:
            base, last = base + character, place + 1
            continue
        if base:
            yield first, last, base
        base, first, last = character, place, place + 1
    if base:
        yield first, last, base


# The flags of England, Scotland and Wales are spelled in tag characters: nothing is hidden.
_NATION_FLAGS = MappingProxyType(
    {
        _FLAG + "".join(chr(0xE0000 + ord(letter)) for letter in code) + "\U000e007f": ""
        for code in ("gbeng", "gbsct", "gbwls")
    }
)
_EMOJI_PARTS = frozenset("\u200c\u200d\ufe0e\ufe0f\u00ad\ufeff")


def _without_flags(typed: str) -> str:
    if _FLAG in typed:
        for flag in _NATION_FLAGS:
            typed = typed.replace(flag, "")
    return typed


def _count_hidden(typed: str) -> int:
    if typed.isascii() and typed.isprintable():
        return 0
    shown = _without_flags(typed)
    return sum(map(shown.count, _hidden_of(shown) - _EMOJI_PARTS))


def _hidden_message(typed: str) -> str:
    if typed.isascii():
        return ""
    return "".join(
        chr(ord(character) - 0xE0000)
        for character in _without_flags(typed)
        if ord(character) in _TAGS
    )
