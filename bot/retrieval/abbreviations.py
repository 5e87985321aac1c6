"""What citizens call things, and what guidance calls them. Content designers edit this table."""

import re
from types import MappingProxyType

# Short forms are matched as they are usually written: two letters only in capitals, because "ni"
# and "uc" are also parts of other languages' sentences.
WORDS = MappingProxyType(
    {
        "UC": "Universal Credit",
        "NI": "National Insurance",
        "NINO": "National Insurance number",
        "PIP": "Personal Independence Payment",
        "DLA": "Disability Living Allowance",
        "ESA": "Employment and Support Allowance",
        "JSA": "Jobseeker's Allowance",
        "SSP": "Statutory Sick Pay",
        "SMP": "Statutory Maternity Pay",
        "ADP": "Adult Disability Payment",
        "DVLA": "driving licence vehicle agency",
        "DVSA": "driving test vehicle standards agency",
        "HMRC": "tax revenue office",
        "DWP": "benefits agency",
        "SDLT": "Stamp Duty Land Tax",
        "LBTT": "Land and Buildings Transaction Tax",
        "LTT": "Land Transaction Tax",
        "PCN": "penalty charge notice",
        "GP": "doctor",
        "VED": "vehicle tax",
        "CSA": "child maintenance",
        "dole": "Jobseeker's Allowance Universal Credit",
        "road tax": "vehicle tax",
        "car tax": "vehicle tax",
        "sick note": "fit note",
        "widow": "bereavement husband died",
        "widows": "bereavement husband died",
        "dad": "father paternity",
        "sole trader": "self-employed",
        "nursery": "childcare",
        "reception": "primary school",
        "disabled badge": "Blue Badge",
        "disabled parking badge": "Blue Badge",
    }
)

_SHORT = "|".join(re.escape(word) for word in WORDS if word.isupper() and len(word) < 3)
_LONG = "|".join(
    re.escape(word)
    for word in sorted(WORDS, key=len, reverse=True)
    if not (word.isupper() and len(word) < 3)
)
_PATTERN = re.compile(rf"\b(?:{_SHORT}|(?i:{_LONG}))\b")
_BY_LOWER = MappingProxyType({word.lower(): meaning for word, meaning in WORDS.items()})


def expanded(text: str) -> str:
    """Return a text with the guidance's words after each short or everyday form."""
    return _PATTERN.sub(lambda found: f"{found[0]} ({_BY_LOWER[found[0].lower()]})", text)
