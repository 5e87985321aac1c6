"""Payment cards, IBANs and bank accounts.

A wrong check digit is a slip of the finger, so a word nearby that says what it is counts as well.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from guardrails.personal_data.check_digits import passes_iban_check, passes_luhn
from guardrails.personal_data.match import (
    CERTAIN,
    LIKELY,
    Match,
    digits_of,
    holds_digit,
    is_cued,
    sought,
)

# A pattern that begins with a digit looks back from behind it: the engine then skips to digits.
_CARD = re.compile(r"\d(?<![\w£$€.+/-]\d)[ \-.]{0,2}(?:\d[ \-.]{0,2}){11,17}\d(?!\w|[.,]\d)")
_CARD_FORM = re.compile(r"\d{4}([ \-])\d{4}\1\d{4}\1\d{4}")
_CARD_START = re.compile(r"[2-6]")
_CARD_CUE = sought(
    r"\bcards?\b|\bvisa\b|master ?card|\bamex\b|american express|\bdebit\b|\bcredit\b|\bmaestro\b"
    r"|(?:c|g|ng|ch)h?erdyn\b|long number|\bcvv\b|\bcvc\b|expir[yes]",
    re.IGNORECASE,
)
_IMMIGRATION_CUE = re.compile(r"home office|\buan\b|\bgwf\b|unique application|\bbrp\b", re.I)
_IMMIGRATION_START = ("3434", "1212")

_IBAN = re.compile(
    r"(?<![^\W_])[a-z]{2} ?\d{2}[ \-]?(?:[a-z0-9]{4}[ \-]?){2,7}[a-z0-9]{1,4}(?![^\W_])"
    r"|(?<![^\W_])[a-z]{2}[ .]?\d{2}(?:[ .\-]?\d){11,26}(?![^\W_])",
    re.IGNORECASE,
)
_IBAN_CUE = sought(r"\biban\b|international bank", re.IGNORECASE)

_SORT_CODE = re.compile(r"\d(?<![\w£$€.,+/-]\d)\d([ \-./]?)\d{2}\1\d{2}(?![\w%/]|[.,\-]\d)")
_SORT_CODE_CUE = sought(r"sort ?-?code|\bs/?c\b|cod didoli", re.IGNORECASE)
_ACCOUNT = re.compile(r"\d(?<![\w£$€.,+/-]\d)(?:[ \-]?\d){6,9}(?!\w|[.,]\d)")
_ACCOUNT_CUE = sought(
    r"\b(?:bank(?:ing)?|current|savings|building society|post office) (?:account|acc?t?\b|a/c)"
    r"|\b(?:account|acct?|a/c)\.? ?(?:n(?:o|um|umber|r)s?\b|#|:|is\b|details)"
    r"|\bbank details|sort ?-?code|rhif (?:fy |y )?(?:c|g|ngh|ch)yfrif|(?:c|g|ngh|ch)yfrif banc",
    re.IGNORECASE,
)
_PAIR_DISTANCE = 45
_SORT_CODE_DIGITS, _ACCOUNT_DIGITS = 6, 8
# Printed as one line: the gaps of the sort code would otherwise run on into the account.
_PAIR = re.compile(r"\d(?<![\w£$€.,+/-]\d)\d \d{2} \d{2} {1,2}\d{8}(?!\w|[.,]\d)")


def find_cards(text: str) -> Iterator[Match]:
    """Yield payment card numbers: right by Luhn, printed as 4-4-4-4, or cued.

    Source: ISO/IEC 7812-1 (12 to 19 digits, Luhn). Known misses: a number split over two messages;
    one that fails the check, is printed otherwise and has no cue.
    """
    if not holds_digit(text):
        return
    card_cue = _CARD_CUE.within(text)
    for found in _CARD.finditer(text):
        digits = digits_of(found[0])
        if digits.startswith(_IMMIGRATION_START) and not passes_luhn(digits):
            continue
        valid = bool(_CARD_START.match(digits)) and passes_luhn(digits)
        if valid or _is_formed(found, text) or is_cued(card_cue, text, found.start(), found.end()):
            yield Match("card", found.start(), found.end(), CERTAIN if valid else LIKELY)


def _is_formed(found: re.Match[str], text: str) -> bool:
    """Whether digits are printed like a card's and not announced as an immigration reference."""
    return bool(_CARD_FORM.fullmatch(found[0])) and not is_cued(
        _IMMIGRATION_CUE, text, found.start(), found.end(), before=40, after=0
    )


def find_ibans(text: str) -> Iterator[Match]:
    """Yield IBANs: right by modulus 97, or cued.

    Source: ISO 13616-1; lengths by country are not asked, because a digit too many is still
    somebody's. Known misses: a wrong check digit without cue; groups parted by other than a blank,
    a stop or a dash.
    """
    if not holds_digit(text):
        return
    iban_cue = _IBAN_CUE.within(text)
    for found in _IBAN.finditer(text):
        number = "".join(character for character in found[0] if character.isalnum())
        valid = 15 <= len(number) <= 34 and passes_iban_check(number)
        if valid or is_cued(iban_cue, text, found.start(), found.end(), before=30, after=15):
            yield Match("iban", found.start(), found.end(), CERTAIN if valid else LIKELY)


def find_bank_accounts(text: str) -> Iterator[Match]:
    """Yield sort codes and account numbers: cued, or one beside the other.

    Source: Pay.UK and Vocalink, "Validating account numbers" (six and eight digits); its table of
    weights is not used, since banks change it and a mistyped number counts. Known misses: an
    account number without sort code or cue.
    """
    if not holds_digit(text):
        return
    sort_code_cue = _SORT_CODE_CUE.within(text)
    account_cue = _ACCOUNT_CUE.within(text)
    for found in _PAIR.finditer(text):
        yield Match("bank_account", found.start(), found.end())
    accounts = list(_ACCOUNT.finditer(text))
    sort_codes = list(_SORT_CODE.finditer(text))
    full = [account for account in accounts if len(digits_of(account[0])) == _ACCOUNT_DIGITS]
    written = [code for code in sort_codes if _is_written(code)]
    for found in sort_codes:
        beside = _is_written(found) and _stands_beside(found, full)
        if beside or is_cued(sort_code_cue, text, found.start(), found.end(), before=40, after=20):
            yield Match("bank_account", found.start(), found.end())
    for found in accounts:
        beside = len(digits_of(found[0])) == _ACCOUNT_DIGITS and _stands_beside(found, written)
        if beside or is_cued(account_cue, text, found.start(), found.end(), before=45, after=12):
            yield Match("bank_account", found.start(), found.end())


def _is_written(code: re.Match[str]) -> bool:
    """Whether a sort code has one separator throughout (11-22-33) or none."""
    return bool(code[1]) or len(code[0]) == _SORT_CODE_DIGITS


def _stands_beside(found: re.Match[str], others: Sequence[re.Match[str]]) -> bool:
    """Whether one of others, sorted and disjoint, begins or ends close to a find, outside it."""
    after = bisect_left(others, found.end() + 1, key=_start_of)
    before = bisect_left(others, found.start(), key=_end_of)
    follows = after < len(others) and others[after].start() - found.end() <= _PAIR_DISTANCE
    precedes = before > 0 and found.start() - others[before - 1].end() <= _PAIR_DISTANCE
    return follows or precedes


def _start_of(found: re.Match[str]) -> int:
    return found.start()


def _end_of(found: re.Match[str]) -> int:
    return found.end()
