"""Telephone numbers, e-mail and postal addresses of a GOV.UK contact page."""

from collections.abc import Iterator, Mapping
from typing import Any

from ingestion.document import Block, BlockKind
from ingestion.readers.govuk_status import plain

_NUMBERS = {
    "number": ("Telephone", "Ffôn"),
    "textphone": ("Textphone", "Ffôn testun"),
    "international_phone": ("Outside UK", "Y tu allan i’r DU"),
    "fax": ("Fax", "Ffacs"),
}
_EMAIL = ("Email", "E-bost")
_ADDRESS = ("title", "street_address", "locality", "region", "postal_code", "world_location")


def contact_groups(details: Mapping[str, Any], locale: str) -> Iterator[tuple[str, Block]]:
    """Yield each way to get in touch: its name, and its lines as a list."""
    welsh = int(locale == "cy")
    for phone in _dicts(details.get("phone_numbers")):
        lines = [
            f"{words[welsh]}: {plain(phone.get(key))}"
            for key, words in _NUMBERS.items()
            if plain(phone.get(key))
        ]
        notes = (plain(phone.get(key)) for key in ("open_hours", "best_time_to_call"))
        yield from _group(phone, [*lines, *notes])
    for email in _dicts(details.get("email_addresses")):
        address = plain(email.get("email"))
        yield from _group(email, [f"{_EMAIL[welsh]}: {address}"] if address else [])
    for form in _dicts(details.get("contact_form_links")):
        yield from _group(form, [])
    for post in _dicts(details.get("post_addresses")):
        whole = ", ".join(line for key in _ADDRESS if (line := plain(post.get(key))))
        yield from _group(post, [whole])


def _group(entry: Mapping[str, Any], lines: list[str]) -> Iterator[tuple[str, Block]]:
    name = plain(entry.get("title"))
    described = plain(entry.get("description"))
    shown = tuple(line for line in lines if line)
    if shown:
        yield name, Block(BlockKind.LIST, text=f"{name}:" if name else "", items=shown)
    if described:
        yield name, Block(BlockKind.PARAGRAPH, described)


def _dicts(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
