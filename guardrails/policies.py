"""What to do with each kind of personal data, when a rule fails and after help: tables of lines.

A file under `guardrails/policy_tables/` has one `name = word` a line; a line that starts with `#`
is a comment. An operator's own table of personal data changes the kinds it names and leaves the
others as shipped.
"""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from guardrails.errors import PolicyTableError
from guardrails.personal_data_kinds import KINDS

TABLES = Path(__file__).with_name("policy_tables")
NEVER_LEFT = frozenset(("card", "password"))
"""Kinds that open money or an account to whoever reads them."""


class Action(StrEnum):
    """What to do with a kind of personal data; the table says what each means."""

    REDACT = "redact"
    REDACT_WITH_WARNING = "redact_with_warning"
    WARN = "warn"
    BLOCK = "block"


class OnFailure(StrEnum):
    """What to do with a text when a rule fails; the table says what each means."""

    OPEN = "open"
    HELP = "help"
    QUOTE = "quote"
    CLOSED = "closed"


class Follows(StrEnum):
    """What may follow whom to call; the table says what each means."""

    HELP_ONLY = "help_only"
    OTHER_QUESTION = "other_question"
    ANY_QUESTION = "any_question"


_Word = TypeVar("_Word", bound=StrEnum)


def load_actions(own: Path | None = None) -> Mapping[str, Action]:
    """Return the action for every kind of personal data.

    Args:
        own: An operator's table, read after the shipped one.

    Raises:
        PolicyTableError: A line names no kind or no action, or leaves a secret in place.
    """
    actions = _read(TABLES / "personal_data.txt", Action, KINDS)
    if own:
        actions |= _read(own, Action, KINDS)
        left = [kind for kind in sorted(NEVER_LEFT) if actions[kind] is Action.WARN]
        if left:
            raise PolicyTableError(own, f"{left[0]} = warn", [a for a in Action if a != "warn"])
    return MappingProxyType(actions)


def load_failures() -> Mapping[str, OnFailure]:
    """Return what to do when a rule fails, by the name of the rule."""
    return MappingProxyType(_read(TABLES / "failures.txt", OnFailure, None))


def load_follows() -> Mapping[str, Follows]:
    """Return what may follow whom to call, by the kind of danger."""
    return MappingProxyType(_read(TABLES / "after_help.txt", Follows, None))


def _read(path: Path, words: type[_Word], names: Mapping[str, object] | None) -> dict[str, _Word]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyTableError(path, "no readable file", list(words)) from error
    table: dict[str, _Word] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, word = (part.strip() for part in line.partition("="))
        if word not in list(words) or (names is not None and name not in names):
            raise PolicyTableError(path, line, list(words), number)
        table[name] = words(word)
    return table
