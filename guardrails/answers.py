"""Check what a language model wrote before anyone sees it."""

import re
from collections.abc import Collection, Sequence

from guardrails.figures import figures_in, is_stated
from guardrails.mentioned_names import unknown_names
from guardrails.normalised import plain_text
from guardrails.personal_data import contact_details, identity, money, public_numbers
from guardrails.phrases import load_phrases
from guardrails.support import Sentence, contradicts, coverage, sentences_of
from guardrails.verdict import Category, Outcome, Verdict

MIN_COVERAGE = 0.6
_FEWEST_STEMS = 2

_LINK = re.compile(
    r"(?:https?|ftp|data|javascript|file):[^\s<>()\[\]\"']+|\bwww\.[^\s<>()\[\]\"']+"
    r"|\]\(\s*([^)\s]+)|<(?:img|script|iframe|a|svg)\b"
    r"|\b(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|uk|io|co|info|biz|gov|ru|cn|xyz|app|dev|ly)\b"
    r"(?:/[^\s<>()\[\]\"']*)?",
    re.IGNORECASE,
)
_FORBIDDEN = load_phrases("forbidden")
# All but names, which are checked as words, and passwords, which no guidance holds.
_LEAKS = (
    contact_details.find_emails,
    contact_details.find_phones,
    contact_details.find_addresses,
    contact_details.find_postcodes,
    public_numbers.find_ninos,
    public_numbers.find_health_numbers,
    public_numbers.find_tax_references,
    public_numbers.find_vat_numbers,
    public_numbers.find_passports,
    public_numbers.find_driving_licences,
    public_numbers.find_immigration_numbers,
    identity.find_references,
    identity.find_vehicles,
    identity.find_birth_dates,
    money.find_cards,
    money.find_ibans,
    money.find_bank_accounts,
)


def check_statement(
    statement: str, sources: Sequence[str], *, allowed_links: Collection[str] = ()
) -> Verdict:
    """Return BLOCK with the reason when a statement says more than its sources, else ALLOW.

    Every link must be allowed or stand in a source, every figure and every identifier must stand
    in a source, and so must every name; the words must be carried by the sources, and what best
    carries a sentence must not say the opposite. What `phrase_tables/forbidden.txt` holds may be
    said only in the words of a source. The score is the share of words that the sources carry, of
    the sentence they carry least. Known misses: a true figure used for the wrong thing in words
    that the source also uses; a wrong relation between right words. Both are measured in
    `tests/guardrails/measure.py`.

    Args:
        statement: One block as the model wrote it, without citation marks.
        sources: The cited passages; with none, nothing is supported.
        allowed_links: Addresses that may be shown although no source holds them.
    """
    if not sources:
        return _blocked("sources", Category.UNSUPPORTED_STATEMENT, "It cites no source.")
    said = sentences_of(_LINK.sub("", statement))
    stated = sentences_of("\n".join(sources))
    return (
        _check_links(statement, sources, allowed_links)
        or _check_terms(statement, sources)
        or _check_identifiers(statement, sources)
        or _check_figures(said, stated)
        or _check_names(said, sources)
        or _check_words(said, stated)
        or _check_polarity(said, stated)
        or Verdict(Outcome.ALLOW, "statement", score=_support(said, stated))
    )


def _check_links(
    statement: str, sources: Sequence[str], allowed: Collection[str]
) -> Verdict | None:
    known = {_bare_link(link) for link in allowed}
    text = "\n".join(sources).casefold()
    for found in _LINK.finditer(statement):
        link = _bare_link(found[1] or found[0])
        if link not in known and link not in text:
            return _blocked("links", Category.UNKNOWN_LINK, "It links to a page nobody allowed.")
    return None


def _check_terms(statement: str, sources: Sequence[str]) -> Verdict | None:
    plain = plain_text(statement)
    for phrases in _FORBIDDEN:
        for found in phrases.pattern.finditer(plain):
            if found[0] not in plain_text("\n".join(sources)):
                reason = f"It says what no answer may say: {phrases.detail.replace('_', ' ')}."
                return _blocked("terms", Category.FORBIDDEN_TERM, reason, phrases.detail)
    return None


def _check_identifiers(statement: str, sources: Sequence[str]) -> Verdict | None:
    known = _squeezed("\n".join(sources))
    for find in _LEAKS:
        for match in find(statement):
            if _squeezed(statement[match.start : match.end]) not in known:
                reason = f"It holds personal data that no source holds: {match.kind}."
                return _blocked("identifiers", Category.PERSONAL_DATA, reason)
    return None


def _check_figures(said: Sequence[Sentence], stated: Sequence[Sentence]) -> Verdict | None:
    known = [figures_in(source.text) for source in stated]
    for sentence in said:
        for figure in figures_in(sentence.text):
            places = [place for place, figures in enumerate(known) if is_stated(figure, figures)]
            if not any(_is_about_same(sentence, stated, place) for place in places):
                reason = "It gives a figure that no source gives for the same thing."
                return _blocked("figures", Category.UNSUPPORTED_FIGURE, reason)
    return None


def _is_about_same(sentence: Sentence, stated: Sequence[Sentence], place: int) -> bool:
    """Whether a source sentence, or one beside it, shares a content word with a statement.

    Beside it, because a list item or table row shares its subject with its lead-in.
    """
    if len(sentence.stems) < _FEWEST_STEMS:
        return True
    near = stated[max(0, place - 2) : place + 2]
    return any(sentence.stems & source.stems for source in near)


def _check_names(said: Sequence[Sentence], sources: Sequence[str]) -> Verdict | None:
    if any(unknown_names(said, sources)):
        reason = "It names somebody or something that no source names."
        return _blocked("names", Category.UNSUPPORTED_STATEMENT, reason, "name")
    return None


def _check_words(said: Sequence[Sentence], stated: Sequence[Sentence]) -> Verdict | None:
    support = _support(said, stated)
    if support < MIN_COVERAGE:
        reason = "Too few of its words are carried by the sources."
        return Verdict(
            Outcome.BLOCK, "words", Category.UNSUPPORTED_STATEMENT, reason, score=1 - support
        )
    return None


def _support(said: Sequence[Sentence], stated: Sequence[Sentence]) -> float:
    """Return the share of words that the sources carry, of the sentence they carry least."""
    known = frozenset(stem for source in stated for stem in source.stems)
    return min((coverage(sentence.stems, known) for sentence in said), default=1.0)


def _check_polarity(said: Sequence[Sentence], stated: Sequence[Sentence]) -> Verdict | None:
    if any(contradicts(sentence, stated) for sentence in said):
        reason = "The sentence that best carries it says the opposite."
        return _blocked("polarity", Category.UNSUPPORTED_NEGATION, reason)
    return None


def _blocked(rule: str, category: Category, reason: str, detail: str = "") -> Verdict:
    return Verdict(Outcome.BLOCK, rule, category, reason, detail=detail)


def _bare_link(link: str) -> str:
    """Return a link without scheme, `www.` and closing punctuation, folded."""
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", link.casefold()).rstrip("/.,;:!?")


def _squeezed(text: str) -> str:
    return "".join(
        character for character in text.casefold() if character.isalnum() or character == "@"
    )
