"""Nations, exceptions and strength: whether two sentences mean the same of the same."""

import re

from bot.language_models.alignment.sentences import Pair, Said

_NEGATION = re.compile(r"\b(?:not|no|never|cannot|can't|don't|doesn't|ni|nid|peidiwch)\b")
_EXCEPTION = re.compile(r"\b(?:unless|except|oni bai|ac eithrio)\b(.*)", re.IGNORECASE | re.DOTALL)
_MUST = re.compile(r"\b(?:must|have to|has to|need to|needs to|required|rhaid)\b", re.IGNORECASE)
_MAY = re.compile(r"\b(?:may|can|could|might|cewch|gallwch)\b", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:only|yn unig)\b", re.IGNORECASE)
_WILL = re.compile(r"\b(?:will|definitely|byddwch)\b", re.IGNORECASE)
_CRIME = re.compile(r"\b(?:crime|illegal|unlawful|against the law)\b", re.IGNORECASE)


def other_nation(pair: Pair) -> bool:
    """Whether it says of one nation what the source says of another."""
    said = pair.said.nations
    if said:
        named = frozenset[str]().union(*(near.nations for near in pair.near))
        return bool(named) and not named & said
    about = Said(f"{pair.block} {pair.headings}").nations
    return all(len(near.nations) == 1 and not near.nations & about for near in pair.near)


def exception_dropped(pair: Pair) -> bool:
    """Whether an exception is left out that the source makes."""
    block = Said(pair.block)
    for near in pair.near:
        found = _EXCEPTION.search(near.text)
        if not found or _EXCEPTION.search(pair.block):
            return False
        before = Said(near.text[: found.start()])
        if (Said(found[1]).stems - before.stems) & block.stems:
            return False
    return True


def stronger(pair: Pair) -> bool:
    """Whether it says must or will where the source says may."""
    said = pair.said.text
    forced = _MUST.search(said) or (_WILL.search(said) and not _MAY.search(said))
    return bool(forced) and all(
        _MAY.search(near.text)
        and not _MUST.search(near.text)
        and not _WILL.search(near.text)
        and not _denies(near.text)
        for near in pair.near
    )


def wider(pair: Pair) -> bool:
    """Whether only one of both says only."""
    limited = bool(_ONLY.search(pair.said.text))
    return all(bool(_ONLY.search(near.text)) != limited for near in pair.near)


def denied_by_nearest(pair: Pair) -> bool:
    """Whether one denies what the other affirms."""
    said = pair.said
    denied = _denies(said.text)
    return not _EXCEPTION.search(said.text) and all(
        _denies(near.text) != denied
        and not _EXCEPTION.search(near.text)
        and not near.is_row
        and (
            near.stems == said.stems
            or (len(said.stems) > 2 and len(near.stems) <= 2 * len(said.stems))
        )
        for near in pair.near
    )


def _denies(text: str) -> bool:
    folded = text.casefold().replace("’", "'")
    return bool(_NEGATION.search(folded) or _CRIME.search(folded))
