"""Take personal data out of a text so that doing it twice changes nothing."""

import re
from collections.abc import Iterable, Sequence

from guardrails.normalised import Normalised, latinised, without_hidden
from guardrails.personal_data.match import Finder, Match
from guardrails.personal_data_kinds import KINDS, PLACEHOLDER
from guardrails.verdict import Finding

# Stands for one character of a placeholder while searching; `normalise` removes it from what
# people type, so it can come from nowhere else.
_MASK = "\ue000"
_MAX_ROUNDS = 6
_WORD_GAP = re.compile(r"[ \t]{2,}")
_GAP_BEFORE_STOP = re.compile(r"[ \t]+(?=[.,;:!?](?:\s|$))")


def find_personal_data(question: Normalised, find: Finder, language: str) -> tuple[Finding, ...]:
    """Return everything personal in a text, sorted and without overlaps.

    The search is repeated on the redacted text until it finds nothing more, because taking one
    value out brings the words around it closer together, and on it with look-alike letters and
    foreign digits read as Latin ones.
    """
    known: list[Match] = []
    for _ in range(_MAX_ROUNDS):
        masked, places = _masked(question.text, known, language)
        found = [
            Match(match.kind, places[match.start], places[match.end - 1] + 1, match.score)
            for form in dict.fromkeys((masked, latinised(masked)))
            for match in find(form)
            if _MASK not in masked[match.start : match.end]
        ]
        if not found:
            break
        known = merge_overlaps([*known, *found])
    return tuple(_finding(question, match, language) for match in known)


def merge_overlaps(matches: Iterable[Match]) -> list[Match]:
    """Return matches sorted and disjoint; overlapping ones become one under the higher rank."""
    merged: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start, match.end)):
        if merged and match.start < merged[-1].end:
            merged[-1] = _union(merged[-1], match)
        else:
            merged.append(match)
    return merged


def redact(typed: str, findings: Sequence[Finding]) -> str:
    """Return typed text without hidden characters, each finding replaced by its placeholder."""
    parts: list[str] = []
    end = 0
    for finding in sorted(findings, key=lambda finding: finding.start):
        parts += (without_hidden(typed[end : finding.start]), finding.placeholder)
        end = finding.end
    return "".join([*parts, without_hidden(typed[end:])])


def without_placeholders(redacted: str) -> str:
    """Return redacted text with its placeholders left out, for retrieval and classification."""
    bare = _WORD_GAP.sub(" ", PLACEHOLDER.sub("", redacted))
    return _GAP_BEFORE_STOP.sub("", bare).strip()


def _masked(text: str, known: Sequence[Match], language: str) -> tuple[str, list[int]]:
    """Return the text as it would be searched after redaction, and where each character is from."""
    covered = [
        (match.start, match.end, len(KINDS[match.kind].placeholder_in(language))) for match in known
    ]
    typed = [(found.start(), found.end(), len(found[0])) for found in PLACEHOLDER.finditer(text)]
    parts: list[str] = []
    places: list[int] = []
    end = 0
    for start, stop, length in sorted(covered + typed):
        if start < end:
            continue
        parts += (text[end:start], _MASK * length)
        places += [*range(end, start), *([start] * length)]
        end = stop
    parts.append(text[end:])
    places.extend(range(end, len(text)))
    return "".join(parts), places


def _union(first: Match, second: Match) -> Match:
    named = max(first, second, key=lambda match: (KINDS[match.kind].rank, match.score))
    start, end = min(first.start, second.start), max(first.end, second.end)
    return Match(named.kind, start, end, max(first.score, second.score))


def _finding(question: Normalised, match: Match, language: str) -> Finding:
    start, end = question.typed_span(match.start, match.end)
    return Finding(match.kind, start, end, KINDS[match.kind].placeholder_in(language))
