"""Who to contact in a crisis or an emergency.

The contacts are data: content designers edit `guardrails/contacts.toml`. Every entry names the page
that publishes the number and the day it was last looked at; `MAX_REVIEW_AGE_DAYS` is how long that
is good for, and the service warns when it starts after that.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from types import MappingProxyType
from typing import Any

MAX_REVIEW_AGE_DAYS = 365

_EVERYWHERE = frozenset(("england", "scotland", "wales", "northern-ireland"))


@dataclass(frozen=True, slots=True)
class Contact:
    """One organisation that helps.

    Attributes:
        name: Its name, or the name of its helpline.
        english, welsh: How to reach it and when, as one short sentence.
        nations: Where it helps.
        url: Its page about this contact, which is also the source of the number.
        reviewed: The day the entry was last compared with what is published.
    """

    name: str
    english: str
    welsh: str
    url: str
    reviewed: date
    nations: frozenset[str] = _EVERYWHERE

    def line_in(self, language: str) -> str:
        """Return the contact as one line in `en` or `cy`; English for any other language."""
        return f"{self.name}: {self.welsh if language == 'cy' else self.english}"


def load_contacts(table: str) -> Mapping[str, tuple[Contact, ...]]:
    """Return for each kind of danger whom to contact, the most urgent first.

    Args:
        table: TOML as `guardrails/contacts.toml` explains it.
    """
    read: dict[str, Any] = tomllib.loads(table)
    contacts = {
        key: Contact(**{**entry, "nations": frozenset(entry.get("nations", _EVERYWHERE))})
        for key, entry in read["contact"].items()
    }
    return MappingProxyType(
        {danger: tuple(contacts[key] for key in keys) for danger, keys in read["danger"].items()}
    )


CONTACTS = load_contacts(files("guardrails").joinpath("contacts.toml").read_text("utf-8"))
"""For each detail of a crisis or emergency verdict, whom to contact, the most urgent first."""


def contacts_for(detail: str, nation: str | None) -> tuple[Contact, ...]:
    """Return whom to contact, the most urgent first; never empty.

    Args:
        detail: The detail of a crisis or emergency verdict; an unknown one gets what
            the table says of `unknown`.
        nation: `england`, `scotland`, `wales` or `northern-ireland`; all nations when unknown.
    """
    contacts = CONTACTS.get(detail, CONTACTS["unknown"])
    if nation not in _EVERYWHERE:
        return contacts
    return tuple(contact for contact in contacts if nation in contact.nations)


def overdue_contacts(today: date) -> Sequence[Contact]:
    """Return the contacts that nobody has reviewed for longer than `MAX_REVIEW_AGE_DAYS`."""
    known = dict.fromkeys(contact for group in CONTACTS.values() for contact in group)
    return [contact for contact in known if (today - contact.reviewed).days > MAX_REVIEW_AGE_DAYS]
