"""Made-up personal data of every kind, as citizens write it, with the sentence around it.

No value is anybody's: numbers are drawn at random within the published form, with a right check
digit where the form has one. Sentences are ours, in English and Welsh; a part of them comes
in small letters or with a slip in the cue, because that is how people type.
"""

import random
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

Chance = random.Random
_STREETS = ("High Street", "Station Road", "Church Lane", "Mill Close", "Park Avenue", "Ffordd Las")
_TOWNS = ("Leeds", "Cardiff", "Norwich", "Dundee", "Belfast", "Swansea", "Luton", "Truro")
_AREAS = ("LS", "CF", "NR", "DD", "BT", "SA", "LU", "TR", "M", "B")
_FIRST = ("Amina", "Gareth", "Priya", "Callum", "Siobhan", "Tomasz", "Mary", "Olu", "Rhian", "John")
_LAST = ("Hughes", "Okafor", "Patel", "MacLeod", "Nowak", "Byrne", "Smith", "Begum", "Evans", "Lee")
_MONTHS = ("January", "March", "May", "June", "August", "October", "December")
_SECURE = string.ascii_uppercase


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that tells something personal.

    Attributes:
        kind: What it tells, by our own name of the form.
        value: The part that must not survive.
        sentence: The whole, with the value in it.
    """

    kind: str
    value: str
    sentence: str


def sentences(kind: str, count: int, *, seed: int = 11) -> Iterator[Told]:
    """Yield sentences of one kind of `KINDS`; the same for the same seed."""
    chance = random.Random(f"{seed} {kind}")  # noqa: S311  # made up, not secret
    make, carriers = KINDS[kind]
    for _ in range(count):
        value = make(chance)
        carrier = chance.choice(carriers)
        if chance.random() < 0.25:  # one in four without capitals
            carrier, value = carrier.lower(), value.lower()
        yield Told(kind, value, carrier.format(value))


def _digits(chance: Chance, count: int) -> str:
    return "".join(chance.choice(string.digits) for _ in range(count))


def _letters(chance: Chance, count: int, of: str = _SECURE) -> str:
    return "".join(chance.choice(of) for _ in range(count))


def _grouped(chance: Chance, value: str, *sizes: int) -> str:
    gap = chance.choice(("", " ", "-", " "))
    parts, start = [], 0
    for size in sizes:
        parts.append(value[start : start + size])
        start += size
    return gap.join(parts)


def _nino(chance: Chance) -> str:
    while (
        prefix := _letters(chance, 1, "ABCEGHJKLMNOPRSTWXYZ")
        + _letters(chance, 1, "ABCEGHJKLMNPRSTWXYZ")
    ) in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}:
        pass
    return _grouped(chance, prefix + _digits(chance, 6) + chance.choice("ABCD"), 2, 2, 2, 2, 1)


def _modulus_11(first_nine: str) -> int:
    return -sum(int(d) * w for d, w in zip(first_nine, range(10, 1, -1), strict=True)) % 11


def _nhs(chance: Chance) -> str:
    while _modulus_11(nine := chance.choice("4679") + _digits(chance, 8)) == 10:
        pass
    return _grouped(chance, nine + str(_modulus_11(nine)), 3, 3, 4)


def _chi(chance: Chance) -> str:
    def nine() -> str:
        return f"{chance.randint(1, 28):02}{chance.randint(1, 12):02}{_digits(chance, 5)}"

    while _modulus_11(drawn := nine()) == 10:
        pass
    return _grouped(chance, drawn + str(_modulus_11(drawn)), 6, 4)


def _utr(chance: Chance) -> str:
    nine = _digits(chance, 9)
    total = sum(int(d) * w for d, w in zip(nine, (6, 7, 8, 9, 10, 5, 4, 3, 2), strict=True))
    return _grouped(chance, "21987654321"[total % 11] + nine, 5, 5)


def _vat(chance: Chance) -> str:
    seven = chance.choice("123456789") + _digits(chance, 6)
    total = sum(int(d) * w for d, w in zip(seven, range(8, 1, -1), strict=True))
    number = f"{seven}{97 - total % 97:02}"
    return chance.choice(("", "GB ", "GB")) + _grouped(chance, number, 3, 4, 2)


def _phone(chance: Chance) -> str:
    form = chance.choice(
        (
            "07### ######",
            "07#########",
            "+44 7### ######",
            "020 7### ####",
            "0113 496 ####",
            "029 2018 ####",
            "(0131) 496 ####",
            "07###-###-###",
        )
    )
    return "".join(chance.choice(string.digits) if c == "#" else c for c in form)


def _email(chance: Chance) -> str:
    name = chance.choice((".", "_", "")).join((chance.choice(_FIRST), chance.choice(_LAST)))
    return f"{name}{chance.randint(1, 99)}@{chance.choice(('example.com', 'post.example.co.uk'))}"


def _luhn(fifteen: str) -> str:
    doubled = (int(d) * 2 if i % 2 == 0 else int(d) for i, d in enumerate(fifteen))
    return str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


def _card(chance: Chance) -> str:
    fifteen = chance.choice("45") + _digits(chance, 14)
    return _grouped(chance, fifteen + _luhn(fifteen), 4, 4, 4, 4)


def _mistyped_card(chance: Chance) -> str:
    fifteen = chance.choice("45") + _digits(chance, 14)
    wrong = str((int(_luhn(fifteen)) + chance.randint(1, 9)) % 10)
    return _grouped(chance, fifteen + wrong, 4, 4, 4, 4)


def _iban(chance: Chance) -> str:
    bank = _letters(chance, 4, "ABCDKLMNW") + _digits(chance, 14)
    number = "".join(str(int(c, 36)) for c in f"{bank}GB00")
    return _grouped(chance, f"GB{98 - int(number) % 97:02}{bank}", 4, 4, 4, 4, 4, 2)


def _bank_account(chance: Chance) -> str:
    code = _digits(chance, 6)
    dashed = chance.choice(("-", " ", "")).join((code[:2], code[2:4], code[4:]))
    return (
        f"{dashed} {chance.choice(('', 'account ', 'acc no ', 'and account '))}{_digits(chance, 8)}"
    )


def _licence(chance: Chance) -> str:
    name = (chance.choice(_LAST).upper() + "99999")[:5]
    decade, year = chance.choice("56789"), chance.choice(string.digits)
    month = chance.randint(1, 12) + chance.choice((0, 50))
    born = f"{decade}{month:02}{chance.randint(1, 28):02}{year}"
    tail = _letters(chance, 1) + chance.choice("9" + _SECURE) + _digits(chance, 1)
    return _grouped(chance, name + born + tail + _letters(chance, 2), 5, 6, 5)


def _vehicle(chance: Chance) -> str:
    plate = _letters(chance, 2, "ABCDEFGHKLMNPRSVWY") + chance.choice(
        ("07", "12", "19", "23", "68")
    )
    return plate + chance.choice((" ", "")) + _letters(chance, 3, "ABCDEFGHJKLMNOPRSTUVWXYZ")


def _share_code(chance: Chance) -> str:
    code = chance.choice("WRS") + "".join(
        chance.choice("23456789ABCDEFGHJKLMNPRTUVWXYZ") for _ in range(8)
    )
    return _grouped(chance, code, 3, 3, 3)


def _home_office(chance: Chance) -> str:
    return chance.choice(
        (
            "GWF0" + _digits(chance, 8),
            "-".join(_digits(chance, 4) for _ in range(4)),
            f"{chance.choice('ABCM')}{_digits(chance, 7)}",
            f"Z{_letters(chance, 1)}{chance.choice(('X', ''))}{_digits(chance, 7)}",
        )
    )


def _postcode(chance: Chance) -> str:
    return f"{chance.choice(_AREAS)}{chance.randint(1, 20)} {chance.randint(1, 9)}" + _letters(
        chance, 2, "ABDEFGHJLNPQRSTUWXYZ"
    )


def _address(chance: Chance) -> str:
    street, town = chance.choice(_STREETS), chance.choice(_TOWNS)
    return f"{chance.randint(1, 180)} {street}, {town} {_postcode(chance)}"


def _birth(chance: Chance) -> str:
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(1940, 2012)
    return chance.choice(
        (
            f"{day:02}/{month:02}/{year}",
            f"{day}.{month}.{year % 100:02}",
            f"{day} {chance.choice(_MONTHS)} {year}",
            f"{chance.choice(_MONTHS)} {day}th {year}",
            f"{year}-{month:02}-{day:02}",
        )
    )


def _name(chance: Chance) -> str:
    return f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"


def _surname(chance: Chance) -> str:
    return chance.choice(_LAST)


def _carriers(*names: str) -> tuple[str, ...]:
    """Return sentences around what something is called."""
    forms = (
        "My {name} is {{}}, what do I do next?",
        "{name}: {{}}. Can I apply online?",
        "How do I change my details? {name} {{}}",
        "Please look up {name} {{}} for me",
        "I was given {{}} as my {name} but the form rejects it",
    )
    return tuple(form.format(name=name) for name in names for form in forms)


KINDS: dict[str, tuple[Callable[[Chance], str], tuple[str, ...]]] = {
    "national_insurance": (
        _nino,
        (
            *_carriers("National Insurance number", "NI number", "NINO"),
            "Fy rhif Yswiriant Gwladol yw {}",
        ),
    ),
    "nhs": (_nhs, (*_carriers("NHS number"), "Fy rhif GIG yw {}, beth nesaf?")),
    "chi": (_chi, _carriers("CHI number", "community health index number")),
    "utr": (_utr, _carriers("UTR", "Unique Taxpayer Reference", "self assessment UTR")),
    "vat": (_vat, _carriers("VAT number", "VAT registration number")),
    "phone": (
        _phone,
        (*_carriers("phone number", "mobile"), "Ring me on {} please", "Ffoniwch fi ar {}"),
    ),
    "email": (_email, (*_carriers("email"), "You can write to {} about it")),
    "card": (_card, (*_carriers("card number", "debit card"), "I paid with {} and it failed")),
    "mistyped_card": (_mistyped_card, _carriers("card number", "credit card number")),
    "iban": (_iban, (*_carriers("IBAN"), "Send the refund to {}")),
    "bank_account": (
        _bank_account,
        _carriers("sort code", "bank details", "sort code and account"),
    ),
    "passport": (
        partial(_digits, count=9),
        (*_carriers("passport number", "passport no"), "Rhif fy mhasbort yw {}"),
    ),
    "driving_licence": (_licence, _carriers("driving licence number", "driver number", "licence")),
    "northern_licence": (
        partial(_digits, count=8),
        _carriers("driving licence number", "DVA licence number"),
    ),
    "vehicle": (
        _vehicle,
        (*_carriers("car registration", "number plate", "reg"), "Is my van {} taxed?"),
    ),
    "share_code": (_share_code, _carriers("share code", "right to work share code")),
    "home_office": (_home_office, _carriers("Home Office reference", "visa application number")),
    "postcode": (_postcode, (*_carriers("postcode"), "I live at number 12, {}")),
    "address": (_address, (*_carriers("address"), "I live at {}", "We moved to {} last week")),
    "date_of_birth": (
        _birth,
        (*_carriers("date of birth", "DOB"), "I was born on {}", "Ganwyd fi ar {}"),
    ),
    "name": (
        _name,
        (
            "My name is {}, can I vote?",
            "I am called {} and I need help",
            "Full name: {}",
            "Fy enw i yw {}",
        ),
    ),
    "titled_name": (
        _surname,
        ("Mrs {} told me to apply", "I spoke to Mr {} at the council", "Dr {} signed the form"),
    ),
}
