"""What a message asks without what it only disclosed."""

import re

from bot.enquiry import Nation
from bot.retrieval.query import split_sentences
from bot.understanding.markup import without_markup
from bot.understanding.nations import nation_of
from bot.understanding.postcodes import without_postcodes
from guardrails import QuestionCheck
from guardrails.personal_data_kinds import KINDS, PLACEHOLDER

# "My NI number is [removed], how do I ..." asks only what comes after the comma.
_DISCLOSURE = re.compile(
    r"(?P<before>\b(?:(?:my|our|his|her|their|the)(?: [\w'’-]+){1,5}?|i|i'm|im|he|she|they)"
    r"(?: (?:is|are|was|am))?(?: born(?: on)?)?[ :]*)"
    f"(?P<removed>{PLACEHOLDER.pattern})"
    r"[\s,;:.–-]*(?:(?:and|but|so|then) )?",
    re.IGNORECASE,
)


# But "my mum [name removed] died" is about a mother.
_NAME_REMOVED = frozenset(KINDS["name"].placeholder_in(language) for language in ("en", "cy"))
_OF_ADDRESSES = frozenset(("address", "postcode"))
_GIVES_NAME = re.compile(r"\b(?:names?|is|are|was|am|i|i['’]m|im|he|she|they)\b", re.IGNORECASE)


def nation_of_address(question: str, check: QuestionCheck) -> Nation | None:
    """Return the nation that a removed address is in: the only thing about it that is kept.

    Args:
        question: As it was typed; read where an address or a postcode was found, nowhere else.
        check: What was found.
    """
    removed = (found for found in check.findings if found.kind in _OF_ADDRESSES)
    return nation_of(question[found.start : found.end] for found in removed)


def without_disclosures(check: QuestionCheck) -> str:
    """Return the text to search for, in its lines, without sentences that only disclosed.

    "My National Insurance number is ..." would otherwise be searched for as if it were asked.
    """
    lines = _DISCLOSURE.sub(_undisclosed, without_markup(check.redacted_text)).splitlines()
    kept = [" ".join(filter(_is_asked_with, split_sentences(line))) for line in lines]
    text = "\n".join(line for line in kept if line) or check.redacted_text
    told = "\n".join(without_postcodes(line) for line in text.splitlines())
    clean = (
        " ".join(PLACEHOLDER.sub(" ", line).split()) for line in (told.strip() or text).splitlines()
    )
    return "\n".join(line for line in clean if line)


def _undisclosed(found: re.Match[str]) -> str:
    """Return what is left of a disclosure: the person, where only a name stood beside it."""
    is_name = found["removed"] in _NAME_REMOVED and not _GIVES_NAME.search(found["before"])
    return found["before"] if is_name else ""


def _is_asked_with(sentence: str) -> bool:
    """Whether a sentence may be searched for: it discloses nothing, or it asks."""
    return not PLACEHOLDER.search(sentence) or sentence.rstrip().endswith("?")
