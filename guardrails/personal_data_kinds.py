"""The kinds of personal data that are removed from a question, and what the citizen reads.

Content designers edit this file: a kind's English and Welsh name is the whole wording. What is
done with each kind stands in `policy_tables/personal_data.txt`. What is found follows the ICO's
definition of personal data (ico.org.uk, "What is personal data?"); amounts, ages, years, outward
postcodes and public helplines stay because answers depend on them.
"""

import re
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class PersonalDataKind:
    """One kind of personal data.

    Attributes:
        name: How findings, counts and statistics call it.
        english, welsh: How the citizen reads it inside a sentence.
        rank: When two kinds claim the same characters, the higher one names them.
    """

    name: str
    english: str
    welsh: str
    rank: int = 0

    def name_in(self, language: str) -> str:
        """Return the citizen's word for it in `en` or `cy`; English for any other language."""
        return self.welsh if language == "cy" else self.english

    def placeholder_in(self, language: str) -> str:
        """Return what stands in the text instead of the data."""
        if language == "cy":
            return f"[tynnwyd {self.welsh}]"
        return f"[{self.english} removed]"


_ALL = (
    PersonalDataKind("card", "payment card number", "rhif cerdyn talu", rank=90),
    PersonalDataKind("password", "password or PIN", "cyfrinair neu PIN", rank=85),
    PersonalDataKind("email", "email address", "cyfeiriad e-bost", rank=80),
    PersonalDataKind("iban", "IBAN", "IBAN", rank=75),
    PersonalDataKind("nino", "National Insurance number", "rhif Yswiriant Gwladol", rank=70),
    PersonalDataKind("driving_licence", "driving licence number", "rhif trwydded yrru", rank=65),
    PersonalDataKind("passport", "passport number", "rhif pasbort", rank=60),
    PersonalDataKind("utr", "Unique Taxpayer Reference", "Cyfeirnod Unigryw y Trethdalwr", rank=58),
    PersonalDataKind("nhs_number", "NHS number", "rhif GIG", rank=57),
    PersonalDataKind("bank_account", "bank account details", "manylion cyfrif banc", rank=55),
    PersonalDataKind("immigration_number", "immigration reference", "cyfeirnod mewnfudo", rank=54),
    PersonalDataKind("vat_number", "VAT registration number", "rhif cofrestru TAW", rank=52),
    PersonalDataKind("phone", "phone number", "rhif ffôn", rank=50),
    PersonalDataKind("reference", "reference number", "cyfeirnod", rank=45),
    PersonalDataKind("vehicle", "vehicle registration", "rhif cofrestru cerbyd", rank=40),
    PersonalDataKind("address", "address", "cyfeiriad", rank=35),
    PersonalDataKind("postcode", "end of the postcode", "diwedd y cod post", rank=33),
    PersonalDataKind("date_of_birth", "date of birth", "dyddiad geni", rank=30),
    PersonalDataKind("name", "name", "enw", rank=10),
)

KINDS = MappingProxyType({kind.name: kind for kind in _ALL})

WHOLE_MESSAGE = PersonalDataKind("message", "message", "neges", rank=100)
"""Stands for a text that could not be read for personal data, all of which is taken out."""

PLACEHOLDER = re.compile(
    "|".join(
        re.escape(kind.placeholder_in(language))
        for kind in (*_ALL, WHOLE_MESSAGE)
        for language in ("en", "cy")
    )
)
"""Matches any placeholder, whoever wrote it."""
