"""Check digits of the numbers that have some (the only home of python-stdnum in this room).

python-stdnum knows the rules; added is only that a row of equal digits, which passes some of them
by accident, is nobody's number. Phone numbers are not checked: see decision 0042.
"""

from stdnum import luhn
from stdnum.gb import nhs, utr
from stdnum.iso7064 import mod_97_10


def passes_luhn(digits: str) -> bool:
    """Whether digits pass the Luhn check of ISO/IEC 7812; all zeros do not count."""
    return any(digit != "0" for digit in digits) and bool(luhn.is_valid(digits))


def passes_iban_check(number: str) -> bool:
    """Whether letters and digits pass the modulus 97 check of ISO 13616, for any country."""
    return number.isascii() and bool(mod_97_10.is_valid(number[4:] + number[:4]))


def passes_nhs_check(digits: str) -> bool:
    """Whether ten digits end in the NHS check digit; ten equal digits do not count."""
    return len(set(digits)) > 1 and bool(nhs.is_valid(digits))


def passes_utr_check(digits: str) -> bool:
    """Whether ten digits begin with the UTR check digit."""
    return bool(utr.is_valid(digits))
