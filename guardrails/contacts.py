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
        place_english, place_welsh: The same in words; empty for everywhere.
        url: Its page about this contact, which is also the source of the number.
        reviewed: The day the entry was last compared with what is published.
    """

    name: str
    english: str
    welsh: str
    url: str
    reviewed: date
    nations: frozenset[str] = _EVERYWHERE
    place_english: str = ""
    place_welsh: str = ""

    def line_in(self, language: str) -> str:
        """Return the contact as one line in `en` or `cy`; English for any other language."""
        return self._line(language, "")

    def line_with_place(self, language: str) -> str:
        """Return the same with where it helps: "NHS 24 (in Scotland): call 111"."""
        return self._line(language, self.place_welsh if language == "cy" else self.place_english)

    def _line(self, language: str, place: str) -> str:
        said = self.welsh if language == "cy" else self.english
        # "999: call 999" is read out twice.
        if self.name in said and not place:
            return said[0].upper() + said[1:]
        return f"{self.name} ({place}): {said}" if place else f"{self.name}: {said}"


def load_contacts(table: str) -> Mapping[str, tuple[Contact, ...]]:
    """Return for each kind of danger whom to contact, the most urgent first.

    Args:
        table: TOML as `guardrails/contacts.toml` explains it.

    Raises:
        KeyError: No `[[place]]` says in words where a contact helps.
    """
    read: dict[str, Any] = tomllib.loads(table)
    places = {frozenset(place["nations"]): place for place in read["place"]}
    contacts = {key: _contact(entry, places) for key, entry in read["contact"].items()}
    return MappingProxyType(
        {danger: tuple(contacts[key] for key in keys) for danger, keys in read["danger"].items()}
    )


def _contact(entry: dict[str, Any], places: Mapping[frozenset[str], dict[str, Any]]) -> Contact:
    if "nations" not in entry:
        return Contact(**entry)
    nations = frozenset(entry["nations"])
    place = places[nations]
    return Contact(
        **{**entry, "nations": nations},
        place_english=place["english"],
        place_welsh=place["welsh"],
    )


_TABLE = files("guardrails").joinpath("contacts.toml").read_text("utf-8")
CONTACTS = load_contacts(_TABLE)
"""For each detail of a crisis or emergency verdict, whom to contact, the most urgent first."""

OPENINGS: Mapping[str, Mapping[str, str]] = MappingProxyType(tomllib.loads(_TABLE)["opening"])
"""For a detail of a crisis or emergency verdict, what the reply begins with, by language."""


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


def contact_lines(detail: str, nation: str | None, language: str) -> tuple[str, ...]:
    """Return whom to contact as lines, with where each helps when nobody knows the nation.

    Args:
        detail: The detail of a crisis or emergency verdict.
        nation: As for `contacts_for`.
        language: `en` or `cy`.
    """
    contacts = contacts_for(detail, nation)
    if nation in _EVERYWHERE:
        return tuple(contact.line_in(language) for contact in contacts)
    return tuple(contact.line_with_place(language) for contact in contacts)


def opening_for(detail: str, language: str) -> str:
    """Return what a reply begins with for a kind of danger; empty where the table says nothing.

    Args:
        detail: The detail of a crisis or emergency verdict.
        language: `en` or `cy`.
    """
    opening = OPENINGS.get(detail)
    return opening["welsh" if language == "cy" else "english"] if opening else ""


def overdue_contacts(today: date) -> Sequence[Contact]:
    """Return the contacts that nobody has reviewed for longer than `MAX_REVIEW_AGE_DAYS`."""
    known = dict.fromkeys(contact for group in CONTACTS.values() for contact in group)
    return [contact for contact in known if (today - contact.reviewed).days > MAX_REVIEW_AGE_DAYS]
