"""Dates of birth, passwords, vehicles and case references, each by the words before them."""

import re
from collections.abc import Iterator

from guardrails.personal_data.match import (
    LIKELY,
    Match,
    holds_any,
    holds_digit,
    is_cued,
    sought,
)
from guardrails.phrases import load_words

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|ionawr|chwefror|mawrth|ebrill|mai"
    r"|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)"
)
_DATE = (
    r"(?:\d{1,2}(?:st|nd|rd|th|af|ain|fed|eg)?[ ,.\-/]{1,2}(?:of |o )?"
    rf"{_MONTH}[ ,.\-/]{{1,2}}(?:\d{{4}}|'?\d{{2}})"
    rf"|{_MONTH}[ .]{{1,2}}\d{{1,2}}(?:st|nd|rd|th)?,? {{1,2}}\d{{4}}"
    r"|\d{1,2}[ ]?[/.\- ][ ]?\d{1,2}[ ]?[/.\- ][ ]?(?:\d{4}|\d{2})|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}"
    r"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2})(?!\w)"
)
_BIRTH_DATE = sought(
    r"\b(?:d\.?o\.?b\.?|date of birth|birth ?date|birth ?day|born"
    r"|(?:n|d)?yddiad geni|ganwyd|ganed|eni)\b"
    rf"(?P<between>[^\n]{{0,25}}?)(?<![\w£])(?P<date>{_DATE})",
    re.IGNORECASE,
)
_DATE_BEFORE_CUE = sought(
    rf"(?<![\w£])(?P<date>{_DATE}) ?(?:\(|is |as |was |,)? ?(?:my |his |her |their |the )?"
    r"(?:\w+'s )?(?:d\.?o\.?b\b|date of birth|birth ?date|birth ?day)",
    re.IGNORECASE,
)
# "Born before 6 April 1935" is a rule of the tax system, not somebody's birthday.
_STATUTORY = re.compile(r"\b(?:before|after|between|since|until|cyn|ar ôl|rhwng)\b", re.IGNORECASE)

_SECRET_CUE = sought(
    r"\b(?P<cue>pass ?-?words?|p[as]{2,4}w[a-z]{0,3}ds?"
    r"|passowrd|passwrod|(?<!\d )pwd?|passwd|pass ?-?codes?|pass ?-?phrase"
    r"|memorable (?:word|information|place|name)"
    r"|security (?:code|answer|number)|one[- ]time (?:pass(?:word|code)|code)|otp|cvv2?|cvc"
    r"|pin(?: ?(?:number|code|no\.?))?|log ?-?in code|verification code|access code"
    r"|(?:c|g|ngh|ch)yfrinair"
    r"|activation code)\b"
    r"(?P<bridge>(?: (?:for|to|of|on|i|we|used?|it|my|the|is|was|gateway|government|account"
    r"|card|bank|online|email|universal|credit|set|as|now|yw|ydy|currently|just|still|new|old"
    r"|your)\b){0,7}"
    r" ?(?:[:=]|->|is|was|yw|ydy|ydi|-)? ?[\"'“‘]?)",
    re.IGNORECASE,
)
# "User jsmith88 and pass Blue12fish": alone "pass" is for a bus.
_LOGIN = sought(
    r"(?:\b(?:user(?: ?name| ?id)?|log ?-?in|e-?mail|id|enw defnyddiwr)(?: is| yw|:|=| -)? ?"
    r"(?!the\b|and\b)\S{3,60}[ ,;/&\n]{1,3}(?:(?:and|n|with|the|my|her|his|&) ){0,2}"
    r"pass(?: is| was|:|=| -)? ?|\b(?:my|his|her|our|the) pass (?:is|was) ?|\bpass ?[:=] ?)"
    r"[\"'“‘]?(?P<value>[^\s\"'”’]{6,64})",
    re.IGNORECASE,
)
_SECRET_VALUE = re.compile(r"\S{3,64}")
_LINKED = re.compile(r"(?:\b(?:is|was|as|yw|ydy|ydi)|[:=]|->|-) ?[\"'“‘]?$", re.IGNORECASE)
_PIN_CUES = re.compile(r"pin|cvv|cvc|code|otp|number", re.IGNORECASE)
_NOT_A_PASSWORD = load_words("not_a_password")

_VEHICLE = re.compile(
    r"(?<![\w£-])(?:[a-z]{2}\d{2} ?[a-z]{3}|[a-z]\d{1,3} ?[a-z]{3}|[a-z]{3} ?\d{1,4}[a-z]?"
    # Northern Ireland: two letters, one of them I or Z; not "in 2019".
    r"|(?!i[nsft]|[hnp]i)(?:[a-z][iz]|[iz][a-z]) ?\d{3,4})"
    r"(?![\w-])",
    re.IGNORECASE,
)
_VEHICLE_CUE_PARTS = (
    "reg", "plate", "vrm", "vrn", "cofrestru", "car", "van", "vehicle", "motor", "lorry",
)  # fmt: skip
_VEHICLE_CUE = sought(
    r"\b(?:reg|registration|number ?plate|plate|vrm|vrn|rhif cofrestru)\b(?: (?:number|no|mark))?"
    r"(?: (?:is|of|for|on|yw)| ?:)?(?: my| the)?(?: \w+)?(?: is)? ?$"
    r"|\b(?:my|his|her|the|a) (?:car|van|vehicle|motorbike|motorcycle|lorry|caravan)(?: is|,)? ?$",
    re.IGNORECASE,
)

_VEHICLE_NAMED_AFTER = re.compile(
    r"^ (?:is |as |was )?(?:my |his |her |the )?(?:\w+ )?"
    r"(?:reg|registration|number ?plate|plate|vrm|vrn)\b",
    re.IGNORECASE,
)
_MAKES = "|".join(sorted(load_words("car_makes")))
# A mark of today's form after the car it is on: "ford fiesta fd19 xyz".
_VEHICLE_AFTER_MAKE = sought(
    rf"\b(?:{_MAKES})(?:[ ,]{{1,2}}[\w'-]{{1,15}}){{0,3}}?[ ,:(]{{1,2}}"
    r"(?P<mark>[a-z]{2}\d{2} ?[a-z]{3})(?![\w-])",
    re.IGNORECASE,
)

_REFERENCE = sought(
    r"\b(?:ref(?:erence)?(?: (?:n(?:o|um|umber|r)|code|id))?\.?"
    r"|(?:case|claim|customer|application|crime|order|policy|tenancy|account|appeal|booking|penalty"
    r"|pcn|ticket|council tax|household|payroll|employee|member(?:ship)?|student|court|gateway"
    r"|user|tracking|incident|complaint|cyfeirnod|rhif (?:cais|achos))"
    r" ?(?:ref(?:erence)?|n(?:o|um|umber|r)|id|code)?\.?"
    r"|(?:id|identity|identification|candidate|staff) n(?:o|um|umber|r)\.?"
    r"|crn(?: n(?:o|um|umber))?(?=\D{0,6}\d{10}\b))"
    r" ?(?:is|was|yw|:|=|#|-)? ?"
    r"(?P<value>(?=[a-z0-9/.\-]{0,8}\d)[a-z0-9][a-z0-9/.\-]{4,24}[a-z0-9])(?!\w)",
    re.IGNORECASE,
)
_GATEWAY = sought(
    r"\b(?:gateway|user)(?: user)?(?: id| number)(?: number)?(?: is|:)? ?"
    r"(?P<value>\d{2}(?:[ -]\d{2}){5})(?!\w)",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"\d(?<![\w£$€.,+/-]\d)\d{10,23}(?!\w|[.,]\d)")


def find_birth_dates(text: str) -> Iterator[Match]:
    """Yield full dates that a cue calls somebody's birth; a year alone stays.

    Source: ISO 8601 for 1980-05-12, else as people write dates: our own list. Known misses: dates
    without cue, in words ("the twelfth of May"), or with more than 25 characters between.
    """
    for found in _BIRTH_DATE.finditer(text):
        if not _STATUTORY.search(found["between"]):
            yield Match("date_of_birth", found.start("date"), found.end("date"))
    for found in _DATE_BEFORE_CUE.finditer(text):
        yield Match("date_of_birth", found.start("date"), found.end("date"))


def find_passwords(text: str) -> Iterator[Match]:
    """Yield passwords, PINs and security codes that the text gives away.

    Source: no document; the words are our own list. Known misses: a password that is an everyday
    word or several words, one that no cue announces, a PIN spelled in words.
    """
    for cue in _SECRET_CUE.finditer(text):
        found = _SECRET_VALUE.match(text, cue.end())
        if not found:
            continue
        value = found[0].rstrip(".,;:!?\"'”’)")
        if len(value) >= 3 and _is_secret(cue, value):
            yield Match("password", found.start(), found.start() + len(value))
    for login in _LOGIN.finditer(text):
        value = login["value"].rstrip(".,;:!?)")
        if holds_digit(value) and any(character.isalpha() for character in value):
            yield Match("password", login.start("value"), login.start("value") + len(value))


def find_vehicles(text: str) -> Iterator[Match]:
    """Yield vehicle registrations right after a word that announces one, or a make of car.

    Source: DVLA, INF104 (current, prefix, suffix and dateless marks; Northern Ireland's hold an I
    or Z). Known misses: a mark without cue, cherished marks of letters and digits in another order.
    """
    if not holds_digit(text):
        return
    for made in _VEHICLE_AFTER_MAKE.finditer(text):
        yield Match("vehicle", made.start("mark"), made.end("mark"))
    vehicle_cue = _VEHICLE_CUE.within(text)
    if not holds_any(text, _VEHICLE_CUE_PARTS):
        return
    for found in _VEHICLE.finditer(text):
        named_after = _VEHICLE_NAMED_AFTER.match(text[found.end() : found.end() + 45])
        if named_after or is_cued(
            vehicle_cue, text, found.start(), found.end(), before=45, after=0
        ):
            yield Match("vehicle", found.start(), found.end())


def find_references(text: str) -> Iterator[Match]:
    """Yield case, claim and account numbers after their word, and any run of 11 to 24 digits.

    Source: no document, since every body has its own forms. Known misses: fewer than five digits,
    a number before its word, one of letters only.
    """
    if not holds_digit(text):
        return
    for found in _REFERENCE.finditer(text):
        if sum(character.isdigit() for character in found["value"]) >= 5:
            yield Match("reference", found.start("value"), found.end("value"))
    for found in _GATEWAY.finditer(text):
        yield Match("reference", found.start("value"), found.end("value"))
    for found in _LONG_NUMBER.finditer(text):
        yield Match("reference", found.start(), found.end(), LIKELY)


def _is_secret(cue: re.Match[str], value: str) -> bool:
    linked = bool(_LINKED.search(cue["bridge"]))
    digits = sum(character.isdigit() for character in value)
    if _PIN_CUES.search(cue["cue"]):
        return digits >= 3 and digits >= len(value) / 2
    mixed = digits > 0 and any(character.isalpha() for character in value)
    if cue["cue"].casefold() == "pw":  # "pw" is a week as well.
        return mixed and len(value) >= 6
    if mixed or (linked and not value.isalnum() and not value.isascii()):
        return linked or len(value) >= 6
    return linked and value.casefold() not in _NOT_A_PASSWORD and not _is_participle(value)


def _is_participle(value: str) -> bool:
    return value.islower() and value.endswith(("ed", "ing", "n't"))
