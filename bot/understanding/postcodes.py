"""The nation a postcode district lies in; the rest of a postcode is personal and never seen here.

Areas and districts are those of the ONS Postcode Directory. Districts on both sides of a border
say nothing: Chester's CH1 to CH4, and parts of CA, DG, HR, LD, LL, NP, SY and TD.
"""

import re

from bot.enquiry import Nation

_SCOTLAND = "AB DD DG EH FK G HS IV KA KW KY ML PA PH TD ZE"
_WALES = "CF LD LL NP SA"
_ENGLAND = """
    AL B BA BB BD BH BL BN BR BS CA CB CM CO CR CT CV CW DA DE DH DL DN DT DY E EC EN EX FY GL GU
    HA HD HG HP HR HU HX IG IP KT L LA LE LN LS LU M ME MK N NE NG NN NR NW OL OX PE PL PO PR RG
    RH RM S SE SG SK SL SM SN SO SP SR SS ST SW TA TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV
    YO
"""
_AREAS = {
    **dict.fromkeys(_SCOTLAND.split(), Nation.SCOTLAND),
    **dict.fromkeys(_WALES.split(), Nation.WALES),
    **dict.fromkeys(_ENGLAND.split(), Nation.ENGLAND),
    "BT": Nation.NORTHERN_IRELAND,
}
_WELSH_DISTRICTS = "CH5 CH6 CH7 CH8 SY16 SY17 SY18 SY19 SY20 SY23 SY24 SY25"
_ENGLISH_DISTRICTS = "CH41 CH42 CH43 CH44 CH45 CH46 CH47 CH48 CH49 CH60 CH61 CH62 CH63 CH64 CH65"
_ON_A_BORDER = "CA6 DG16 HR2 HR3 HR5 LD7 LD8 LL14 NP16 NP25 TD9 TD12 TD15"
_DISTRICTS: dict[str, Nation | None] = {
    **dict.fromkeys(_WELSH_DISTRICTS.split(), Nation.WALES),
    **dict.fromkeys(_ENGLISH_DISTRICTS.split(), Nation.ENGLAND),
    **dict.fromkeys((f"SY{number}" for number in range(1, 10)), Nation.ENGLAND),
    **dict.fromkeys(f"CH{number}" for number in range(1, 5)),
    **dict.fromkeys(_ON_A_BORDER.split()),
}

_KNOWN = frozenset((*_AREAS, *(name.rstrip("0123456789") for name in _DISTRICTS)))
# Districts that are also something else, which a message may well end with: forms (the tax and
# benefit offices, courts, Land Registry, conveyancing), railways, gases and tins.
_NO_PLACE = """
    BB1 BD8 BR19 CF83 CH2 CO2 HS1 HS2 PA1 PE2 PE3 SA1 SO2 SR1 ST1 ST2 ST3 ST4 ST5 TA6 TA7 TA10 TA13
    TR1 TR2 TR3 TR4 TR5 WD40
    B12 E10 E45 S21
    M11 M18 M20 M23 M25 M26 M27 M32 M40 M42 M45 M48 M49 M50 M53 M54 M55 M56 M57 M58 M60 M61 M62 M65
    M66 M67 M69 M73 M74 M77 M80 M90
"""
_CODES = frozenset(_NO_PLACE.split())
_DISTRICT = r"(?P<area>(?i:[A-Z]{1,2}))(?P<district>\d{1,2})(?i:[A-Z]?)"
# "B1" is also a test of English and "N1" a form, so a district counts only where a place is told
# or where the rest of a postcode followed.
_TOLD = re.compile(
    r"(?P<lead>\b(?i:post\s?code(?: area)?(?: is|:)?|(?:i|we) (?:live|am|are|rent) (?:in|at|near)|"
    r"i['’]?m (?:in|at|near)|liv(?:e|ing) (?:in|at|near)|based in|mov(?:e|ed|ing) to|area|"
    rf"byw yn|cod post(?: yw)?)\s+){_DISTRICT}(?P<rest>\s*(?:\[[^\]]+\]|\d[A-Z]{{2}}))?\b"
)
_WITH_REST = re.compile(
    r"\b(?P<area>[A-Z]{1,2})(?P<district>\d{1,2})[A-Z]?"
    r"(?P<rest>\s+\[[^\]]*(?i:postcode)[^\]]*\]|\s?\d[A-Z]{2}\b)"
)
# One letter and a figure after "in" may be a form; "fill in SA1" is one, too.
_NEAR = re.compile(
    r"(?P<lead>(?<!\b(?i:fill) )\b(?i:in|near|around)\s+(?=(?i:[A-Z]{2})))"
    rf"{_DISTRICT}(?P<rest>)\b"
)
# The reply to "Where do you live?".
_ALONE = re.compile(rf"^\s*{_DISTRICT}(?P<rest>)\s*[.!]?\s*$")
# "winter fuel payment cf10": behind a noun, at the end. One letter and one figure is too short to
# be told from a form, and so is what follows "form", "my" or "the".
_LAST = re.compile(
    r"(?<=\s)(?P<lead>)(?=(?i:[A-Z]{2}\d|[A-Z]\d\d))"
    rf"{_DISTRICT}(?P<rest>)(?=(?:\s+(?i:please|thanks|area))?\s*[.!?]*\s*$)"
)
_OF_NO_PLACE = re.compile(
    r"(?:^|\b(?:forms?|codes?|an?|the|my|your|his|her|this|that|and|or|is|are|was|about|on|with|"
    r"number|no|category|group|test|level|class|section|visa|licen[cs]e|entitlement|notice|road|"
    r"fill|in|out|get|use|need|send|have|for|of|what['’]?s|ffurflen|yw|a|neu))\s*$",
    re.IGNORECASE,
)


def nations_of_postcodes(text: str) -> tuple[Nation, ...]:
    """Return the nations of the postcode districts that a text tells, without repeats.

    Known misses: a district of one letter and one figure at the end of a message ("bins n1"),
    which may as well be a form.
    """
    nations = (_nation(match["area"], match["district"]) for match in _districts(text))
    return tuple(dict.fromkeys(nation for nation in nations if nation is not None))


def without_postcodes(text: str) -> str:
    """Return a text without the districts that only told where somebody lives."""
    told = (match.span() for match in _districts(text) if match.re is not _ALONE)
    for start, end in sorted(told, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(text.split()).lstrip(" ,;.")


def _districts(text: str) -> list[re.Match[str]]:
    """Return where a text tells a district; none of them inside another."""
    found: list[re.Match[str]] = []
    for pattern in (_TOLD, _WITH_REST, _NEAR, _ALONE, _LAST):
        for match in pattern.finditer(text):
            is_within = any(m.start() < match.end() and match.start() < m.end() for m in found)
            if not is_within and _is_place(match, text):
                found.append(match)
    return found


def _is_place(match: re.Match[str], text: str) -> bool:
    name = f"{match['area']}{match['district']}".upper()
    if match.re in (_TOLD, _WITH_REST):
        return True
    if name in _CODES or match["area"].upper() not in _KNOWN:
        return False
    return match.re is not _LAST or _OF_NO_PLACE.search(text[: match.start()]) is None


def _nation(area: str, district: str) -> Nation | None:
    area = area.upper()
    name = f"{area}{district}"
    return _DISTRICTS[name] if name in _DISTRICTS else _AREAS.get(area)
