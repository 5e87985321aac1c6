"""Who to contact in a crisis or an emergency.

Content designers edit this table. Every entry names the organisation that publishes the number
and the day it was last looked at; `MAX_REVIEW_AGE_DAYS` is how long that is good for, and the
self-test of the service warns after it. Numbers are free to call unless the entry says otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

MAX_REVIEW_AGE_DAYS = 365

_EVERYWHERE = frozenset(("england", "scotland", "wales", "northern-ireland"))
_GREAT_BRITAIN = _EVERYWHERE - {"northern-ireland"}
_ENGLAND = frozenset(("england",))
_SCOTLAND = frozenset(("scotland",))
_WALES = frozenset(("wales",))
_NORTHERN_IRELAND = frozenset(("northern-ireland",))
_REVIEWED = date(2026, 11, 23)


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
    nations: frozenset[str]
    url: str
    reviewed: date = _REVIEWED

    def line_in(self, language: str) -> str:
        """Return the contact as one line in `en` or `cy`; English for any other language."""
        return f"{self.name}: {self.welsh if language == 'cy' else self.english}"


EMERGENCY_SERVICES = Contact(
    "999",
    "call 999 if someone is in danger now. If you cannot speak, press 55 when asked.",
    "ffoniwch 999 os oes rhywun mewn perygl nawr. Os na allwch siarad, pwyswch 55 pan ofynnir.",
    _EVERYWHERE,
    "https://www.police.uk/pu/contact-us/what-and-how-to-report/how-to-report/",
)
AMBULANCE = Contact(
    "999",
    "call 999 and ask for an ambulance if a life is at risk.",
    "ffoniwch 999 a gofyn am ambiwlans os oes bywyd mewn perygl.",
    _EVERYWHERE,
    "https://www.nhs.uk/nhs-services/urgent-and-emergency-care-services/when-to-call-999/",
)
_SAMARITANS = Contact(
    "Samaritans",
    "call 116 123, day or night.",
    "ffoniwch 116 123, ddydd neu nos. Llinell Gymraeg: 0808 164 0123, gyda'r nos.",
    _EVERYWHERE,
    "https://www.samaritans.org/how-we-can-help/contact-samaritan/",
)
_SHOUT = Contact(
    "Shout",
    "text SHOUT to 85258, day or night.",
    "anfonwch SHOUT mewn neges destun i 85258, ddydd neu nos.",
    _EVERYWHERE,
    "https://giveusashout.org/get-help/",
)
_NHS_111 = Contact(
    "NHS 111",
    "call 111 and choose the mental health option (option 2).",
    "ffoniwch 111 a phwyso 2 ar gyfer iechyd meddwl.",
    _ENGLAND | _WALES,
    "https://www.nhs.uk/nhs-services/mental-health-services/",
)
_NHS_24 = Contact(
    "NHS 24",
    "call 111 and choose the mental health option.",
    "ffoniwch 111 a dewis iechyd meddwl.",
    _SCOTLAND,
    "https://www.nhsinform.scot/care-support-and-rights/nhs-services/helplines/nhs-24-111-service/",
)
_LIFELINE = Contact(
    "Lifeline",
    "call 0808 808 8000, day or night.",
    "ffoniwch 0808 808 8000, ddydd neu nos.",
    _NORTHERN_IRELAND,
    "https://www.lifelinehelpline.info/",
)
_CHILDLINE = Contact(
    "Childline",
    "if you are under 19, call 0800 1111, day or night.",
    "os ydych chi o dan 19 oed, ffoniwch 0800 1111, ddydd neu nos.",
    _EVERYWHERE,
    "https://www.childline.org.uk/get-support/contacting-childline/",
)
_NSPCC = Contact(
    "NSPCC",
    "if you are worried about a child, call 0808 800 5000.",
    "os ydych chi'n poeni am blentyn, ffoniwch 0808 800 5000.",
    _EVERYWHERE,
    "https://www.nspcc.org.uk/keeping-children-safe/reporting-abuse/nspcc-helpline/",
)
_NATIONAL_DOMESTIC_ABUSE = Contact(
    "National Domestic Abuse Helpline",
    "call 0808 2000 247, day or night.",
    "ffoniwch 0808 2000 247, ddydd neu nos.",
    _ENGLAND,
    "https://www.nationaldahelpline.org.uk/",
)
_LIVE_FEAR_FREE = Contact(
    "Live Fear Free",
    "call 0808 80 10 800, day or night.",
    "ffoniwch 0808 80 10 800, ddydd neu nos.",
    _WALES,
    "https://www.gov.wales/live-fear-free",
)
_SCOTTISH_DOMESTIC_ABUSE = Contact(
    "Scotland's Domestic Abuse and Forced Marriage Helpline",
    "call 0800 027 1234, day or night.",
    "ffoniwch 0800 027 1234, ddydd neu nos.",
    _SCOTLAND,
    "https://www.sdafmh.org.uk/",
)
_NI_DOMESTIC_ABUSE = Contact(
    "Domestic and Sexual Abuse Helpline",
    "call 0808 802 1414, day or night.",
    "ffoniwch 0808 802 1414, ddydd neu nos.",
    _NORTHERN_IRELAND,
    "https://www.nexusni.org/",
)
_MEN = Contact(
    "Men's Advice Line",
    "men can call 0808 801 0327, Monday to Friday.",
    "gall dynion ffonio 0808 801 0327, o ddydd Llun i ddydd Gwener.",
    _EVERYWHERE,
    "https://mensadviceline.org.uk/",
)
_RAPE_CRISIS = Contact(
    "Rape Crisis",
    "call 0808 500 2222, day or night.",
    "ffoniwch 0808 500 2222, ddydd neu nos.",
    _ENGLAND | _WALES,
    "https://rapecrisis.org.uk/get-help/",
)
_RAPE_CRISIS_SCOTLAND = Contact(
    "Rape Crisis Scotland",
    "call 08088 01 03 02, every evening and night.",
    "ffoniwch 08088 01 03 02, bob nos.",
    _SCOTLAND,
    "https://www.rapecrisisscotland.org.uk/",
)
_FORCED_MARRIAGE_UNIT = Contact(
    "Forced Marriage Unit",
    "call 020 7008 0151 (from abroad +44 20 7008 0151).",
    "ffoniwch 020 7008 0151 (o dramor +44 20 7008 0151).",
    _EVERYWHERE,
    "https://www.gov.uk/guidance/forced-marriage",
)
_KARMA_NIRVANA = Contact(
    "Karma Nirvana",
    "call 0800 5999 247, Monday to Friday.",
    "ffoniwch 0800 5999 247, o ddydd Llun i ddydd Gwener.",
    _EVERYWHERE,
    "https://karmanirvana.org.uk/",
)
_MODERN_SLAVERY = Contact(
    "Modern Slavery and Exploitation Helpline",
    "call 08000 121 700. You do not have to give your name.",
    "ffoniwch 08000 121 700. Nid oes rhaid i chi roi eich enw.",
    _EVERYWHERE,
    "https://www.modernslaveryhelpline.org/",
)
_GAS = Contact(
    "National Gas Emergency Service",
    "leave the building, then call 0800 111 999, day or night. Do not touch switches.",
    "gadewch yr adeilad, yna ffoniwch 0800 111 999, ddydd neu nos. "
    "Peidiwch â chyffwrdd â switshis.",
    _GREAT_BRITAIN,
    "https://www.hse.gov.uk/gas/domestic/faqemerge.htm",
)
_NI_GAS = Contact(
    "Northern Ireland Gas Emergency Service",
    "leave the building, then call 0800 002 001, day or night. Do not touch switches.",
    "gadewch yr adeilad, yna ffoniwch 0800 002 001, ddydd neu nos. "
    "Peidiwch â chyffwrdd â switshis.",
    _NORTHERN_IRELAND,
    "https://www.nidirect.gov.uk/articles/gas-emergency",
)
_COUNCIL = Contact(
    "Your local council",
    "ask for emergency housing, also at night. Find it at www.gov.uk/find-local-council.",
    "gofynnwch am lety brys, hefyd gyda'r nos. Chwiliwch yn www.gov.uk/find-local-council.",
    _GREAT_BRITAIN,
    "https://www.gov.uk/find-local-council",
)
_SHELTER = Contact(
    "Shelter",
    "call 0808 800 4444 if you have nowhere to sleep tonight.",
    "ffoniwch 0808 800 4444 os nad oes gennych unman i gysgu heno.",
    _ENGLAND | _SCOTLAND,
    "https://www.shelter.org.uk/get_help/helpline",
)
_SHELTER_CYMRU = Contact(
    "Shelter Cymru",
    "call 08000 495 495.",
    "ffoniwch 08000 495 495.",
    _WALES,
    "https://sheltercymru.org.uk/contact-us/",
)
_HOUSING_EXECUTIVE = Contact(
    "Housing Executive",
    "call 03448 920 900, or 03448 920 908 at night and at weekends (cost of a local call).",
    "ffoniwch 03448 920 900, neu 03448 920 908 gyda'r nos ac ar benwythnosau.",
    _NORTHERN_IRELAND,
    "https://www.nihe.gov.uk/housing-help/homelessness/",
)

_MENTAL_HEALTH = (AMBULANCE, _SAMARITANS, _SHOUT, _NHS_111, _NHS_24, _LIFELINE)
_DOMESTIC = (
    EMERGENCY_SERVICES,
    _NATIONAL_DOMESTIC_ABUSE,
    _LIVE_FEAR_FREE,
    _SCOTTISH_DOMESTIC_ABUSE,
    _NI_DOMESTIC_ABUSE,
)
CONTACTS = MappingProxyType(
    {
        "suicide": _MENTAL_HEALTH,
        "self_harm": _MENTAL_HEALTH,
        "domestic_abuse": (*_DOMESTIC, _MEN),
        "sexual_violence": (
            EMERGENCY_SERVICES,
            _RAPE_CRISIS,
            _RAPE_CRISIS_SCOTLAND,
            _LIVE_FEAR_FREE,
            _NI_DOMESTIC_ABUSE,
        ),
        "child_at_risk": (EMERGENCY_SERVICES, _CHILDLINE, _NSPCC),
        "forced_marriage": (
            EMERGENCY_SERVICES,
            _FORCED_MARRIAGE_UNIT,
            _KARMA_NIRVANA,
            _SCOTTISH_DOMESTIC_ABUSE,
        ),
        "honour_based_abuse": (EMERGENCY_SERVICES, _KARMA_NIRVANA, *_DOMESTIC[1:]),
        "trafficking": (EMERGENCY_SERVICES, _MODERN_SLAVERY),
        "medical": (AMBULANCE,),
        "immediate_danger": (EMERGENCY_SERVICES,),
        "gas": (_GAS, _NI_GAS, EMERGENCY_SERVICES),
        "homeless_tonight": (_COUNCIL, _SHELTER, _SHELTER_CYMRU, _HOUSING_EXECUTIVE),
    }
)
"""For each detail of a crisis or emergency verdict, whom to contact, the most urgent first."""


def contacts_for(detail: str, nation: str | None) -> tuple[Contact, ...]:
    """Return whom to contact, the most urgent first; never empty.

    Args:
        detail: The detail of a crisis or emergency verdict; an unknown one gets 999 and
            Samaritans.
        nation: `england`, `scotland`, `wales` or `northern-ireland`; all nations when unknown.
    """
    contacts = CONTACTS.get(detail, (EMERGENCY_SERVICES, _SAMARITANS))
    if nation not in _EVERYWHERE:
        return contacts
    return tuple(contact for contact in contacts if nation in contact.nations)


def overdue_contacts(today: date) -> Sequence[Contact]:
    """Return the contacts that nobody has reviewed for longer than `MAX_REVIEW_AGE_DAYS`."""
    known = dict.fromkeys(contact for group in CONTACTS.values() for contact in group)
    return [contact for contact in known if (today - contact.reviewed).days > MAX_REVIEW_AGE_DAYS]
