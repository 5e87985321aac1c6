"""Numbers that the state gave a person: National Insurance, NHS, tax, passport, licence, visa.

Detection is not validation: a mistyped number still identifies someone, so a failed check digit
only means that words nearby must say what the number is. Each finder names its source.

Known misses of all: letters typed for digits (O for 0), numbers spelled in words, a number far from
the word that explains it. Measured by `make bench-guardrails`.
"""

import re
from collections.abc import Iterator

from guardrails.personal_data.check_digits import passes_nhs_check, passes_utr_check
from guardrails.personal_data.match import (
    CERTAIN,
    LIKELY,
    Match,
    digits_of,
    holds_digit,
    is_cued,
    sought,
)

_JOIN = r"[ \t.\-/]{0,2}"
_NINO = re.compile(
    rf"(?<![^\W_])[a-z]{_JOIN}[a-z]{_JOIN}(?:\d{_JOIN}){{5}}\d(?:{_JOIN}[a-z])?(?![^\W_])", re.I
)
_NINO_PREFIX = re.compile(
    r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ", re.IGNORECASE
)
_NINO_CUE = sought(
    r"national\s*ins|\bnat\.? ?ins|\bn\.?i\.?(?:n\.?o\.?|\s*(?:n(?:o|um|umber|r)\b|is\b|:|#))"
    r"|\bnino\b|insurance n(?:o|um)|yswiriant|\by\.?g\.?\b",
    re.IGNORECASE,
)

_TEN_DIGITS = re.compile(
    r"\d(?<![\w£$€.,+/-]\d)\d{2}(?P<gap>[ \-]{0,2})\d{3}[ \-]{0,2}\d{4}(?![\w%]|[.,]\d)"
)
_CHI = re.compile(r"\d(?<![\w£$€.,+/-]\d)\d{5}[ \-]\d{4}(?![\w%]|[.,]\d)")
_NHS_CUE = sought(
    r"\bn\.?h\.?s\b|\bchi\b|community health"
    r"|\bh ?(?:&|and) ?c\b|health (?:and care )?n(?:o|um)|hospital n(?:o|um)"
    r"|patient|medical (?:card|n(?:o|um))|\bg\.?i\.?g\b|prescription",
    re.IGNORECASE,
)
_UTR = re.compile(
    r"\d(?<![\w£$€.,+/-]\d)[ \-]{0,2}(?:\d[ \-]{0,2}){8}\d ?k?(?![\w%]|[.,]\d)", re.IGNORECASE
)
_UTR_FORM = re.compile(r"\d{5} \d{5}k?", re.IGNORECASE)
_UTR_CUE = sought(
    r"\butr\b|tax\s?payer|\btax(?:ation)? (?:ref|n(?:o|um)|id\b|code)|self[ -]?assess|\bsa ref"
    r"|hunanasesiad|trethdal|corporation tax|\bct ref|unique tax",
    re.IGNORECASE,
)

_VAT = re.compile(
    r"(?<![\w£$€.,+/-])(?:gb ?)?(?:\d{3}[ \-]?\d{4}[ \-]?\d{2}(?:[ \-]?\d{3})?"
    r"|\d{3}[ \-]\d{3}[ \-]\d{3})"
    # Government departments and health authorities have numbers of their own.
    r"(?![\w%]|[.,]\d)|(?<!\w)(?:gb ?)?(?:gd|ha) ?(?:\d{3}|8888\d{5})(?!\w)",
    re.IGNORECASE,
)
_VAT_CUE = sought(r"\bvat\b|value added tax|\bvrn\b|\b(?:t|d)aw\b", re.IGNORECASE)

_PASSPORT = re.compile(r"(?<![\w£$€.,+/-])(?:\d{9}|[a-z]\d{8}|[a-z]{2} ?\d{7})(?!\w|[.,]\d)", re.I)
_PASSPORT_FORM = re.compile(r"[A-Z]{2}\d{7}", re.IGNORECASE)
_PASSPORT_CUE = sought(
    r"pass ?port|\bp/port|(?:p|b|ph|mh)asbort|pasport|travel doc|\bppt\b", re.IGNORECASE
)
_SPACED_PASSPORT = re.compile(r"\d(?<![\w£$€.,+/-]\d)\d{2} \d{3} \d{3}(?![\w%]|[.,]\d| ?\d)")

_LICENCE = re.compile(
    r"(?<![^\W_])[a-z9]{5}[ \-]?\d[0156]\d[ \-]?[0-3]\d[ \-]?\d[ \-]?[a-z9]{2}[ \-]?[a-z0-9]"
    r"[ \-]?[a-z0-9]{2}(?: ?\d{2})?(?![^\W_])",
    re.IGNORECASE,
)
_LICENCE_LOOSE = re.compile(r"(?<![^\W_])[a-z9]{5}[ \-]?\d{6}[ \-]?[a-z0-9]{5}(?![^\W_])", re.I)
_EIGHT_DIGITS = re.compile(r"\d(?<![\w£$€.,+/-]\d)\d{7}(?!\w|[.,]\d)")
_LICENCE_CUE = sought(
    r"driv\w*[ -]?(?:licen[cs]e|number|n(?:o|um)\b)|licen[cs]e (?:n(?:o|um)|is\b|:)|\bdln\b"
    r"|driver n(?:o|um)|(?:t|d|nh|th)rwydded",
    re.IGNORECASE,
)

_VISA_FORM = re.compile(
    r"(?<![^\W_])(?:gwf ?\d{3} ?\d{3} ?\d{3}|(?:3434|1212)(?:[ \-]?\d{4}){3}"
    r"|(?!ref[ \-])(?:[WRS][A-Z0-9]{2})[ \-][A-Z0-9]{3}[ \-](?=[A-Z]*\d)[A-Z0-9]{3})(?![^\W_])",
    re.IGNORECASE,
)
_VISA_LOOSE = re.compile(
    r"(?<![^\W_])(?:[a-z]{1,3} ?\d{7,8}|\d{16}|(?=[a-z0-9]{0,8}\d)[a-z0-9]{9}"
    r"|(?:[a-z0-9]{3}[ \-]){2}[a-z0-9]{3})(?![^\W_])",
    re.IGNORECASE,
)
_VISA_CUE = sought(
    r"\bbrp\b|residence (?:permit|card)|\bgwf\b|\buan\b|home office ref|share code|cod rhannu"
    r"|\bbrc\b|\bevisa\b|settlement (?:n(?:o|um)|ref)|visa (?:application )?(?:n(?:o|um)|ref)",
    re.IGNORECASE,
)
# One share code in thirteen is drawn without a digit.
_SHARE_CODE = re.compile(r"(?<![^\W_])[a-z]{3}([ \-]?)[a-z]{3}\1[a-z]{3}(?![^\W_])", re.IGNORECASE)
_UNSPEAKABLE = re.compile(r"[^aeiouy\W\d_]{4}|\b[^aeiouy\W\d_]{3}\b", re.IGNORECASE)
_SHARE_CODE_CUE = sought(r"share code|cod rhannu", re.IGNORECASE)


def find_ninos(text: str) -> Iterator[Match]:
    """Yield National Insurance numbers; without suffix or with a wrong prefix only when cued.

    Source: HMRC, National Insurance Manual NIM39110. Known misses: a letter or digit too many or
    too few; a temporary number (TN and a birth date) without cue.
    """
    if not holds_digit(text):
        return
    nino_cue = _NINO_CUE.within(text)
    for found in _NINO.finditer(text):
        letters = "".join(character for character in found[0] if character.isalpha())
        complete = len(letters) == 3 and letters[2] in "ABCDabcd"
        if complete and _NINO_PREFIX.match(letters) and _ninos_gaps(found[0]):
            yield Match("nino", found.start(), found.end(), CERTAIN)
        elif is_cued(nino_cue, text, found.start(), found.end()):
            yield Match("nino", found.start(), found.end())


def find_health_numbers(text: str) -> Iterator[Match]:
    """Yield NHS, CHI and Health and Care numbers.

    Source: NHS Data Model and Dictionary, "NHS number" (ten digits, modulus 11), which the other
    two share. Known misses: ten digits in a row without cue, or with a wrong check digit and none.
    """
    if not holds_digit(text):
        return
    nhs_cue, utr_cue = _NHS_CUE.within(text), _UTR_CUE.within(text)
    for found in _CHI.finditer(text):
        if is_cued(nhs_cue, text, found.start(), found.end(), after=45):
            yield Match("nhs_number", found.start(), found.end())
    for found in _TEN_DIGITS.finditer(text):
        digits = digits_of(found[0])
        if utr_cue and utr_cue.search(text[max(0, found.start() - 40) : found.start()]):
            continue
        spaced = bool(found["gap"]) and passes_nhs_check(digits)
        if spaced or is_cued(nhs_cue, text, found.start(), found.end(), after=45):
            yield Match("nhs_number", found.start(), found.end(), CERTAIN if spaced else LIKELY)


def find_tax_references(text: str) -> Iterator[Match]:
    """Yield Unique Taxpayer References: cued, or printed as 5 and 5 with a right check digit.

    Source: GOV.UK, "Find your UTR number" (ten digits, K may follow); the check digit, modulus 11,
    as in python-stdnum. Known misses: ten digits in one row without cue.
    """
    if not holds_digit(text):
        return
    utr_cue = _UTR_CUE.within(text)
    for found in _UTR.finditer(text):
        formed = _UTR_FORM.fullmatch(found[0]) and passes_utr_check(digits_of(found[0]))
        if formed or is_cued(utr_cue, text, found.start(), found.end()):
            yield Match("utr", found.start(), found.end())


def find_vat_numbers(text: str) -> Iterator[Match]:
    """Yield VAT registration numbers when cued: a sole trader's leads to the person.

    Source: European Commission, VIES, structure of GB numbers: nine digits, twelve for a branch. A
    wrong check digit counts, so none is worked out. Known misses: a number without cue;
    numbers of other states.
    """
    vat_cue = _VAT_CUE.within(text)
    if vat_cue is None:
        return
    for found in _VAT.finditer(text):
        if is_cued(vat_cue, text, found.start(), found.end(), before=45, after=45):
            yield Match("vat_number", found.start(), found.end())


def find_passports(text: str) -> Iterator[Match]:
    """Yield passport numbers: nine digits when cued, two letters and seven digits always.

    Source: ICAO Doc 9303 (at most nine letters and digits); British ones have nine digits. Known
    misses: nine digits without cue; forms of other states but a letter or two before digits.
    """
    if not holds_digit(text):
        return
    passport_cue = _PASSPORT_CUE.within(text)
    visa_cue = _VISA_CUE.within(text)
    for found in (*_PASSPORT.finditer(text), *_SPACED_PASSPORT.finditer(text)):
        if is_cued(visa_cue, text, found.start(), found.end(), before=30, after=0):
            continue
        cued = is_cued(passport_cue, text, found.start(), found.end())
        if cued or _PASSPORT_FORM.fullmatch(found[0]):
            yield Match("passport", found.start(), found.end())


def find_driving_licences(text: str) -> Iterator[Match]:
    """Yield driver numbers of Great Britain by their form, of Northern Ireland when cued.

    Source: field 5 of DVLA's licence (surname, birth date, initials, check: 16 characters); eight
    digits in Northern Ireland. Known misses: a misspelt number or eight digits, each without cue.
    """
    licence_cue = _LICENCE_CUE.within(text)
    for found in _LICENCE.finditer(text):
        yield Match("driving_licence", found.start(), found.end(), CERTAIN)
    if licence_cue is None:
        return
    for found in (*_LICENCE_LOOSE.finditer(text), *_EIGHT_DIGITS.finditer(text)):
        if is_cued(licence_cue, text, found.start(), found.end(), before=45, after=45):
            yield Match("driving_licence", found.start(), found.end())


def find_immigration_numbers(text: str) -> Iterator[Match]:
    """Yield visa, permit and application numbers and share codes.

    Source: GOV.UK, "View and prove your immigration status" (share codes of nine characters) and
    "Biometric residence permits" (two letters and seven digits); the forms of application numbers
    are as letters of the Home Office show them. Known misses: forms without cue but GWF, 3434,
    1212 and share codes in capitals; share codes of small letters that read like words.
    """
    visa_cue = _VISA_CUE.within(text)
    share_code_cue = _SHARE_CODE_CUE.within(text)
    for found in _VISA_FORM.finditer(text):
        share_code = found[0][0].isalpha() and not found[0].lower().startswith("gwf")
        if not share_code or found[0].isupper():
            yield Match("immigration_number", found.start(), found.end())
    if visa_cue is None:
        return
    for found in _VISA_LOOSE.finditer(text):
        has_digit = any(character.isdigit() for character in found[0])
        if has_digit and is_cued(visa_cue, text, found.start(), found.end(), before=45, after=45):
            yield Match("immigration_number", found.start(), found.end())
    for found in _SHARE_CODE.finditer(text):
        # In small letters it could be three words, unless nobody could say them.
        is_code = found[0].isupper() or _UNSPEAKABLE.search(found[0])
        if is_code and is_cued(
            share_code_cue, text, found.start(), found.end(), before=30, after=45
        ):
            yield Match("immigration_number", found.start(), found.end())


def _ninos_gaps(found: str) -> bool:
    """Whether the gaps look like one number, not like a word, a year and an amount."""
    return len(found) - sum(character.isalnum() for character in found) <= 6
