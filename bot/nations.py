"""Which nation of the UK an enquiry is about."""

import re
from collections.abc import Iterable
from types import MappingProxyType

from bot.enquiry import Nation

# Where a citizen lives, as said in a choice.
IN_NATION = MappingProxyType(
    {
        "en": {
            Nation.ENGLAND: "in England",
            Nation.SCOTLAND: "in Scotland",
            Nation.WALES: "in Wales",
            Nation.NORTHERN_IRELAND: "in Northern Ireland",
        },
        "cy": {
            Nation.ENGLAND: "yn Lloegr",
            Nation.SCOTLAND: "yn yr Alban",
            Nation.WALES: "yng Nghymru",
            Nation.NORTHERN_IRELAND: "yng Ngogledd Iwerddon",
        },
    }
)

# Names of the nations, their peoples, cities, counties and larger towns, and of bodies and
# payments that exist in one nation only (checked on gov.uk, gov.scot, gov.wales and
# nidirect.gov.uk, 2026-11).
# Names that are also everyday words (Bath, Reading, Deal, Barry) are left out.
_NAMES = {
    Nation.SCOTLAND: """
        scotland scottish edinburgh glasgow aberdeen dundee inverness stirling perth paisley
        falkirk kilmarnock ayr dumfries galashiels fife kirkcaldy dunfermline lanark motherwell
        livingston greenock oban skye orkney shetland stornoway highlands lothian tayside
        social_security_scotland adult_disability_payment scottish_child_payment
        best_start_grant carer_support_payment lbtt saas mygov.scot yr_alban
    """,
    Nation.WALES: """
        wales welsh cymru cardiff caerdydd swansea abertawe newport wrexham wrecsam aberystwyth
        bangor llandudno rhyl carmarthen caerfyrddin llanelli merthyr pontypridd rhondda gwynedd
        powys ceredigion pembrokeshire anglesey conwy caerphilly bridgend
        renting_homes occupation_contract contract-holder land_transaction_tax ltt
        student_finance_wales nghymru gymru
    """,
    Nation.NORTHERN_IRELAND: """
        northern_ireland northern_irish belfast derry londonderry lisburn newry armagh omagh
        enniskillen ballymena coleraine antrim tyrone fermanagh nidirect housing_executive
        gogledd_iwerddon
    """,
    Nation.ENGLAND: """
        england english london birmingham manchester leeds liverpool bristol sheffield newcastle
        nottingham leicester coventry norwich hull derby stoke southampton portsmouth plymouth
        exeter taunton york bradford sunderland wolverhampton oxford cambridge ipswich brighton
        luton swindon gloucester worcester lincoln carlisle durham preston blackpool bournemouth
        middlesbrough peterborough northampton huddersfield salford wakefield doncaster rotherham
        barnsley stockport bolton oldham kent essex surrey sussex hampshire devon cornwall dorset
        somerset wiltshire norfolk suffolk lincolnshire yorkshire lancashire cumbria
        northumberland cheshire shropshire staffordshire warwickshire derbyshire nottinghamshire
        leicestershire oxfordshire berkshire buckinghamshire hertfordshire bedfordshire
        cambridgeshire gloucestershire herefordshire worcestershire merseyside tyneside lloegr
    """,
}


def _pattern(names: str) -> re.Pattern[str]:
    """Return what matches any of some names; `_` stands for a space inside a name."""
    either = "|".join(re.escape(name).replace("_", " ") for name in names.split())
    return re.compile(rf"\b(?:{either})\b", re.IGNORECASE)


_PATTERNS = {nation: _pattern(names) for nation, names in _NAMES.items()}
# The language is not the place.
_LANGUAGE = re.compile(
    r"\b(?:in|speak|speaks|read|language) (?:english|welsh)\b|\b(?:english|welsh) "
    r"(?:language|speaking|test|lessons?)\b",
    re.IGNORECASE,
)


def nations_named(text: str) -> tuple[Nation, ...]:
    """Return the nations a text names, in a fixed order; empty when it names none."""
    text = _LANGUAGE.sub(" ", text)
    return tuple(nation for nation, pattern in _PATTERNS.items() if pattern.search(text))


def nation_of(texts: Iterable[str]) -> Nation | None:
    """Return the one nation named by the first text that names any; None when unclear.

    Args:
        texts: Most telling first: the question, then earlier turns from the newest back.
    """
    for text in texts:
        named = nations_named(text)
        if named:
            return named[0] if len(named) == 1 else None
    return None
