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

_DISTRICT = r"(?P<area>[A-Z]{1,2})(?P<district>\d{1,2})[A-Z]?"
# "B1" is also a test of English and "N1" a form, so a district counts only where a place is told
# or where the rest of a postcode followed.
_TOLD = re.compile(
    r"(?P<lead>\b(?i:post\s?code(?: area)?(?: is|:)?|(?:i|we) (?:live|am|are|rent) (?:in|at|near)|"
    r"i['’]?m (?:in|at|near)|liv(?:e|ing) (?:in|at|near)|based in|mov(?:e|ed|ing) to|area|"
    rf"byw yn|cod post(?: yw)?)\s+){_DISTRICT}(?P<rest>\s*(?:\[[^\]]+\]|\d[A-Z]{{2}}))?\b"
)
_WITH_REST = re.compile(
    rf"\b{_DISTRICT}(?P<rest>\s+\[[^\]]*(?i:postcode)[^\]]*\]|\s?\d[A-Z]{{2}}\b)"
)
# One letter and a figure after "in" may be a form; "fill in SA1" is one, too.
_NEAR = re.compile(
    rf"(?P<lead>(?<!\b(?i:fill) )\b(?i:in|near|around)\s+(?=[A-Z]{{2}})){_DISTRICT}(?P<rest>)\b"
)
# The reply to "Where do you live?".
_ALONE = re.compile(rf"^\s*{_DISTRICT}(?P<rest>)\s*[.!]?\s*$")
_SPOKEN_OF = (_TOLD, _WITH_REST, _NEAR, _ALONE)


def nations_of_postcodes(text: str) -> tuple[Nation, ...]:
    """Return the nations of the postcode districts that a text tells, without repeats.

    Known misses: districts in small letters; a district
    at the end of a message ("prescription charge CF10"), which may as well be a form.
    """
    found = (match for pattern in _SPOKEN_OF for match in pattern.finditer(text))
    nations = (_nation(match["area"], match["district"]) for match in found)
    return tuple(dict.fromkeys(nation for nation in nations if nation is not None))


def without_postcodes(text: str) -> str:
    """Return a text without the districts that only told where somebody lives."""
    for pattern in (_TOLD, _NEAR):
        text = pattern.sub(" ", text)
    return " ".join(_WITH_REST.sub(" ", text).split()).lstrip(" ,;.")


def _nation(area: str, district: str) -> Nation | None:
    name = f"{area}{district}"
    return _DISTRICTS[name] if name in _DISTRICTS else _AREAS.get(area)
