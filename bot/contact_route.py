"""The way to a person that the operator offers."""

from dataclasses import dataclass

from bot.settings import BotSettings


@dataclass(frozen=True, slots=True)
class ContactRoute:
    """Whom people are sent to who get no answer or ask for a person.

    Attributes:
        name: In English.
        name_cy: In Welsh.
        url: Web address that says how to reach them; may be empty.
        phone: Number to call; may be empty, but not with the address.
    """

    name: str
    name_cy: str
    url: str = ""
    phone: str = ""


def contact_route(settings: BotSettings) -> ContactRoute | None:
    """Return the configured way to a person; None when there is none."""
    if not settings.contact_name:
        return None
    return ContactRoute(
        name=settings.contact_name,
        name_cy=settings.contact_name_cy.strip() or settings.contact_name,
        url=settings.contact_url,
        phone=settings.contact_phone,
    )
