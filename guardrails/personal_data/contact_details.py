"""Phone numbers, email addresses, postcodes and home addresses.

Left alone: helplines and public numbers (03, 080, 084, 087, 118, 116, short codes), shared
mailboxes of public bodies, outward postcodes, places without a house number.
"""

import re
from collections.abc import Iterator

from guardrails.personal_data.match import CERTAIN, Match, digits_of, holds_digit, is_cued, sought

_PHONE = re.compile(r"(?<![\w£$€.,/-])(?:\+|00)?\(?\d(?:[ \-.()/]{0,3}\d){6,14}(?!\w|[,%]\d)")
_PUBLIC_NUMBER = re.compile(r"0?(?:3|80|84|87|118|116)|1[0-9]{2}$")
_UK_NUMBER = re.compile(r"0(?:1\d{8,9}|2\d{9}|5[56]\d{8}|7\d{9}|9\d{9})")
_ABROAD = re.compile(r"(?:\+|00)(?!44)[1-9]\d{6,13}")
_NORTH_AMERICAN = re.compile(r"\+?1?[ .\-]?(?:\(\d{3}\) ?|\d{3}[.\-])\d{3}[.\-]\d{4}")
_PHONE_CUE = sought(
    r"\b(?:tele)?phone|\bphoned?\b|\bmobile|\bmob\b|\btel\b|\bcell\b|\bcontact n|\bcall me"
    r"|\bfax\b|answering (?:at|on)\b|messages? to\b"
    r"|\bring me|\btext me|\breach me|whats ?app|\bffon|\bsymudol|my number|\bffôn",
    re.IGNORECASE,
)
# A short number is one only right after the word for it.
_ANNOUNCED = re.compile(
    r"\b(?:(?:tele)?phone|mobile|mob|tel|fax|ffôn|symudol)(?: (?:n(?:o|um|umber)|is))*"
    r"\.? ?[:=]?\s{0,3}$"
    r"|\b(?:call|ring|text|phone) me (?:on|at) $",
    re.IGNORECASE,
)

_EMAIL = re.compile(
    r"(?<![\w.%+'-])[\w.%+'-]{1,64} ?(?:@|\(at\)|\[at\]|\{at\}) ?[\w-]{1,63}"
    r"(?:(?:\.| ?\(dot\) ?| ?\[dot\] ?|,(?=com\b|co\.uk\b|org\b|net\b))[\w-]{1,63}){0,6}",
    re.IGNORECASE,
)
_SPOKEN_EMAIL = sought(
    r"(?<![\w.])[\w.]{1,40}(?: (?:dot|underscore|dash) [\w.]{1,40}){0,3} at [\w-]{2,40}"
    r"(?: dot [a-z]{2,12}){1,3}(?!\w)",
    re.IGNORECASE,
)
_AT = re.compile(r"@|[\[({]at[\])}]")
_DOTTED = re.compile(r"@.*\.|localhost|dot", re.IGNORECASE)
_EMAIL_CUE = sought(r"e-?mail|e-?bost|contact me", re.IGNORECASE)
_PUBLIC_BODY = re.compile(r"[@.](?:gov|nhs|police|parliament|mod)\.(?:uk|wales|scot)$", re.I)
_SHARED_MAILBOX = re.compile(
    r"enquir|info|contact|help|support|team|office|foi|complain|press|admin|custom|reply|privacy"
    r"|data|dpo|council|service|appeal|payment|tax|benefit|licen[cs]|planning|elect|park|hous"
    r"|social|register|registr|passport|visa|feedback|general|mail|duty|care|safeguard|webmaster",
    re.IGNORECASE,
)

_INWARD = r"\d[abd-hjlnp-uw-z]{2}"
_OUTWARD = r"(?:[a-pr-uwyz](?:\d[a-hjkps-uw]?|\d{2}|[a-hk-y]\d[abehmnprv-y]?|[a-hk-y]\d{2}))"
_POSTCODE = re.compile(
    rf"(?<![\w£-])(?:(?P<outward>{_OUTWARD}|gir|bfpo|asc?n|stlh|tdcu|bbnd|fiqq)"
    rf"(?P<gap>[ \t]{{0,2}})(?P<inward>{_INWARD}|0aa|1zz))(?![\w-])",
    re.IGNORECASE,
)
_STREET_WORD = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|close|court|crescent|cres|gardens|gdns|grove"
    r"|place|terrace|way|walk|hill|mews|square|park|row|rise|view|green|parade|house|villas|wharf"
    r"|heights|croft|vale|fields|meadows?|broadway|boulevard|estate)"
)
_WELSH_STREET = r"(?:heol|ffordd|stryd|lôn|lon|rhodfa|cilgant|clos|maes|bryn|teras|parc|gerddi)"
_NUMBER = r"(?:(?:flat|apartment|apt|unit|fflat) ?\w{1,4},? )?\d{1,4} ?[a-d]?"
_TITLE_WORD = r"[A-Z][\w'’.-]{1,24}"
_STREET = sought(
    rf"(?<![\w£$€.,:/-])(?i:{_NUMBER}),? (?:(?:{_TITLE_WORD}|of|the|and|y|yr) ){{1,4}}?"
    rf"(?i:{_STREET_WORD})(?![\w'’])"
    rf"|(?<![\w£$€.,:/-])(?i:{_NUMBER}),? (?i:{_WELSH_STREET}) (?:yr? )?{_TITLE_WORD}"
    rf"(?: {_TITLE_WORD})?"
)
_LOOSE_STREET = sought(
    rf"(?<![\w£$€.,:/-]){_NUMBER},? (?:[^\W\d_][\w'’-]{{1,24}} ){{1,4}}?{_STREET_WORD}(?![\w'’])"
    rf"|(?<![\w£$€.,:/-]){_NUMBER},? {_WELSH_STREET} (?:yr? )?[^\W\d_]{{2,24}}",
    re.IGNORECASE,
)
# These mean nothing but a street.
_PLAINLY_WELSH_STREET = re.compile(r"\d[a-d]?,? (?:heol|ffordd|stryd|rhodfa|cilgant)\b", re.I)
_ADDRESS_CUE = sought(
    r"\baddress(?: is|:)?|\b(?:my|our|his|her|their) (?:house|home|flat|property) is\b"
    r"|\b(?:live|lives|living|lived|stay|staying|reside|resident|home|house"
    r"|flat|property|based) (?:is )?(?:at|in|on|,)|\bat ?$|(?:c|g|ngh|ch)yfeiriad|byw yn"
    r"|\bmov(?:ed|ing) (?:to|from)",
    re.IGNORECASE,
)
_NOT_A_STREET = re.compile(
    r"\b(?:years?|weeks?|months?|days?|hours?|miles?|people|children|kids|times|bed(?:room)?s?"
    r"|percent|pounds|per|pints?|minutes?|is|are|was|my|in|the same|old|can|do|i)\b",
    re.IGNORECASE,
)
# Capitals of who shouts: "MUM IS 89 AND CANT WALK".
_NOT_AFTER_A_NUMBER = re.compile(
    r"^\S+,? (?:and|or|but|who|so|with|years?|yrs?|months?|weeks?|is|in)\b(?! \d)"
    r"|\b(?:can['’]?t|cannot|won['’]?t|don['’]?t|didn['’]?t|doesn['’]?t|s?he['’]?s|i['’]?m|i['’]?ve"
    r"|needs?)\b",
    re.IGNORECASE,
)
# "12 mill lane" in small letters and without cue: a number, a name, a street and no more.
_BARE_STREET = re.compile(
    r"\d{1,4} ?[a-d]?,? (?!(?:mph|kph|main|bus|cycle|one|two|way|lane|hour|minute|mile|ton|tonne"
    r"|foot|metre|private|public|residential|local|slip|side|toll|adopted|dual|single|dead|new|busy"
    r"|quiet|country|wide|narrow|open|free|from|for|off|and|or|of|to|at|on|no|not|by|any|this|that"
    r"|your|his|her|our|their|a|an|street|road|fast|middle|inside|outside|good|bad|long|short) )"
    r"[a-z][a-z'’-]{2,20} (?:(?:lane|street|road|avenue|crescent)"
    r"|(?P<also>close|drive|grove|terrace|gardens))",
    re.IGNORECASE,
)
_ALONE_BEFORE = re.compile(
    r"(?P<apart>(?:^|[,;:.!?\n]) ?$)|\b(?:for|from|of|outside|opposite|is|our|my) $", re.IGNORECASE
)
_ALONE_AFTER = re.compile(r" ?(?:$|[,;.!?\n])")
_PUBLIC_PLACE = re.compile(
    r"\b(?:council|offices?|library|court|cent(?:re|er)|hall|shops?|surgery|clinic|schools?|station"
    r"|hospital|pub|church|business|company|bank|museum|nursery|dentist|pharmacy|chemist|depot"
    r"|embassy|hotel|bus|route|speed|limit|headquarters|hq)\b",
    re.IGNORECASE,
)
_TOWN_AND_POSTCODE = re.compile(
    rf"(?:,? ?[^\W\d_][\w'’.-]{{0,24}}){{0,5}},?\s{{1,3}}{_OUTWARD}[ \t]{{0,2}}{_INWARD}(?![\w-])",
    re.IGNORECASE,
)
_HOUSE_BEFORE = re.compile(
    r"(?<![\w£$€.,:/-])(?:(?:house|flat|number|no\.?|at) )?\d{1,4}[a-d]?"
    r"(?:,? (?:and|postcode|post code|in|at|with))?[ ,]{1,3}$",
    re.IGNORECASE,
)


def find_phones(text: str) -> Iterator[Match]:
    """Yield personal phone numbers: British ones by their form, foreign ones with + or cued.

    Source: Ofcom, National Telephone Numbering Plan; ITU-T E.164 (at most 15 digits). No list of
    issued numbers is asked (decision 0042). Known misses: a number without area code or cue; one
    of another state without + or cue; a business number in 03 or 08 that is somebody's.
    """
    if not holds_digit(text):
        return
    phone_cue = _PHONE_CUE.within(text)
    for found in _PHONE.finditer(text):
        compact = ("+" if found[0].startswith("+") else "") + digits_of(found[0])
        national = re.sub(r"^(?:\+|00)440?", "0", compact)
        if national != compact and national.startswith("00"):
            national = national[1:]
        if _PUBLIC_NUMBER.match(national):
            continue
        formed = _UK_NUMBER.fullmatch(national) or _ABROAD.fullmatch(compact)
        if formed or _NORTH_AMERICAN.fullmatch(found[0]):
            yield Match("phone", found.start(), found.end(), CERTAIN)
        elif _ANNOUNCED.search(text[max(0, found.start() - 30) : found.start()]) or (
            len(compact) >= 9
            and is_cued(phone_cue, text, found.start(), found.end(), before=40, after=15)
        ):
            yield Match("phone", found.start(), found.end())


def find_emails(text: str) -> Iterator[Match]:
    """Yield email addresses, also written with (at) or spoken, except shared public mailboxes.

    Source: RFC 5322, addr-spec, without quoted local parts and without comments. Known misses:
    those two; spoken addresses without "dot"; a shared mailbox that one person reads.
    """
    email_cue = _EMAIL_CUE.within(text)
    for found in (*_EMAIL.finditer(text), *_SPOKEN_EMAIL.finditer(text)):
        address = found[0].rstrip(".'-")
        local = _AT.split(address, maxsplit=1)[0]
        if _PUBLIC_BODY.search(address) and _SHARED_MAILBOX.search(local):
            continue
        dotted = _DOTTED.search(address)
        if dotted or is_cued(email_cue, text, found.start(), found.end(), after=0):
            yield Match("email", found.start(), found.start() + len(address), CERTAIN)


# The only offices that people call by their street.
_PUBLIC_ADDRESS = re.compile(r"(?:10|11|no\.? ?10) downing (?:street|st)", re.IGNORECASE)


def find_addresses(text: str) -> Iterator[Match]:
    """Yield house numbers with their street, as far as the postcode when one follows.

    Source: Royal Mail, Postcode Address File (number, street, town, postcode); words for streets
    are our own list. Known misses: an address in small letters without cue, street word or
    postcode, or with two words before the street; a house name. "5 star avenue" is taken for one.
    """
    if not holds_digit(text):
        return
    address_cue = _ADDRESS_CUE.within(text)
    for found in _STREET.finditer(text):
        if not (_PUBLIC_ADDRESS.fullmatch(found[0]) or _NOT_AFTER_A_NUMBER.search(found[0])):
            yield Match("address", found.start(), _address_end(text, found.end()))
    for found in _LOOSE_STREET.finditer(text):
        if _NOT_A_STREET.search(found[0]):
            continue
        end = _address_end(text, found.end())
        plain = _PLAINLY_WELSH_STREET.search(found[0])
        if (
            plain
            or end > found.end()
            or is_cued(address_cue, text, found.start(), found.end(), before=30, after=0)
            or _stands_alone(text, found)
        ):
            yield Match("address", found.start(), end)


def find_postcodes(text: str) -> Iterator[Match]:
    """Yield the inward half of full postcodes, or all of it after a house number.

    The outward half names a district of thousands of homes and decides which council answers.
    Source: BS 7666 (forms and letters of each half). Known misses: small letters without a gap in
    five characters ("m11aa"); a mistyped half; O for 0.
    """
    if not holds_digit(text):
        return
    for found in _POSTCODE.finditer(text):
        house = _HOUSE_BEFORE.search(text[max(0, found.start() - 40) : found.start()])
        if house:
            start = found.start() - len(house[0])
            yield Match("address", start, found.end())
        elif (
            found["gap"]
            or found["outward"].isupper()
            or found["inward"][1:].isupper()
            or len(found[0]) >= 6
        ):
            yield Match("postcode", found.start("inward"), found.end())


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    street = _BARE_STREET.fullmatch(found[0])
    around = f"{text[: found.start()]} {text[found.end() :]}"
    if not street or _PUBLIC_ADDRESS.fullmatch(found[0]) or _PUBLIC_PLACE.search(around):
        return False
    before = _ALONE_BEFORE.search(text[max(0, found.start() - 12) : found.start()])
    if before is None or not street["also"]:
        return before is not None
    # "For 3 cars drive" is no address.
    return before["apart"] is not None and _ALONE_AFTER.match(text, found.end()) is not None


def _address_end(text: str, end: int) -> int:
    follows = _TOWN_AND_POSTCODE.match(text, end, min(len(text), end + 90))
    return follows.end() if follows else end
