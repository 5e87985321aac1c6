"""Text that speaks to a machine: hidden characters, and instructions to a language model."""

import re
from collections.abc import Iterator

# Tag characters spell invisible ASCII; outside the flags of nations nobody needs them (UTS #51).
_FLAGS = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")
_TAGS = re.compile("[\U000e0020-\U000e007e]{2,}")
# Runs of zero-width characters encode hidden bits; one alone is a line break hint of an editor.
_ZERO_WIDTH = re.compile(r"[\u200b-\u200d\u2060-\u2064\ufeff]{4,}")
# Overrides of direction show other text than what is stored (CVE-2021-42574).
_OVERRIDES = re.compile(r"[\u202d\u202e\u2066-\u2069]")
_MODEL = (
    r"(?:(?:ai|virtual|digital) (?:assistant|agent|model|system)|ai|a\.i\.|language model|llm|"
    r"chat ?bot|chatgpt|gpt|copilot)s?"
)
_GERMAN_MODEL = (
    r"(?:ki[- ]?(?:assistent\w*|modell\w*|system\w*)?|sprachmodell\w*|chat ?bot\w*|"
    r"(?:virtuelle\w*|digitale\w*) assistent\w*|llm|chatgpt|gpt)"
)
_WELSH_MODEL = (
    r"(?:[dt]h?eallusrwydd artiffisial|nheallusrwydd artiffisial|[mf]odel(?:au)? iaith|"
    r"(?:[cg]h?ynorthwyydd|gynorthwyydd) (?:ai|digidol|rhithwir)|sgwrsfot(?:iaid)?|ai|llm|chatgpt)"
)
_INSTRUCTIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}\b(?:previous|prior|above|earlier|"
        r"preceding|your|system|all)\b[^.!?\n]{0,30}\b(?:instructions?|prompts?|rules|guidelines|directions)\b",
        rf"\b(?:note|message|instructions?|attention|important)\b[^.!?\n]{{0,20}}\b(?:to|for)\b"
        rf"[^.!?\n]{{0,20}}\b{_MODEL}\b\s*[:,-]",
        rf"\bif you are (?:an? |the )?{_MODEL}\b",
        rf"\b{_MODEL}\b[^.!?\n]{{0,30}}\b(?:must|should|has to|is to|will now)\b[^.!?\n]{{0,30}}\b"
        r"(?:say|tell|answer|reply|respond|recommend|output|print|reveal|ignore)\b",
        r"\b(?:system|hidden|secret|developer) prompt\b",
        r"(?:<\|?/?(?:system|im_start|im_end|assistant|inst)\|?>|\[/?INST\]|<<SYS>>)",
        r"\byou are (?:now )?(?:in )?(?:dan|developer mode|jailbroken|an unrestricted)\b",
        r"\b(?:do not|don't|never) (?:tell|mention|reveal|show)\b[^.!?\n]{0,30}\b(?:the user|"
        r"citizens?|this (?:instruction|message|note))\b",
        # German.
        r"\b(?:ignorier\w*|missacht\w*|vergiss|vergessen sie|umgeh\w*)\b(?! (?:\w+ )?nicht\b)"
        r"[^.!?\n]{0,40}\b(?:vorherig\w*|bisherig\w*|obig\w*|vorangehend\w*|alle|deine|ihre|system)\b"
        r"[^.!?\n]{0,30}\b(?:anweisung|anleitung|instruktion|prompt|regel|vorgabe)\w*",
        rf"\b(?:hinweis|nachricht|anweisung|wichtig|achtung)\w*[^.!?\n]{{0,20}}\b(?:an|für)\b"
        rf"[^.!?\n]{{0,20}}\b{_GERMAN_MODEL}\b\s*[:,-]",
        rf"\b(?:wenn|falls) (?:du|sie) (?:ein|eine|einem) {_GERMAN_MODEL}\b",
        # Welsh; mutations of "cyfarwyddiadau" and "blaenorol" included.
        r"\b(?<!peidiwch ag )(?<!paid ag )(?:anwybydd\w*|diystyr\w*|anghofi\w*)\b"
        r"[^.!?\n]{0,40}\b(?:[cg]h?yfarwyddiadau|"
        r"gyfarwyddiadau|rheolau|reolau|anogwr|[pb]rompt)\b[^.!?\n]{0,30}\b(?:[bf]laenorol|uchod|"
        r"cynharach|gynharach|system)\b",
        rf"\b(?:nodyn|neges|cyfarwyddyd|pwysig)\b[^.!?\n]{{0,20}}\b(?:i|ar gyfer)\b"
        rf"[^.!?\n]{{0,20}}\b{_WELSH_MODEL}\s*[:,-]",
        rf"\bos (?:wyt ti|ydych chi|ydych) yn (?:{_WELSH_MODEL})",
    )
)


def hidden_characters(text: str) -> str:
    """Return what kind of hidden characters a text has; empty when it has none of note."""
    text = _FLAGS.sub("", text)
    for name, pattern in (
        ("tag characters", _TAGS),
        ("a run of zero-width characters", _ZERO_WIDTH),
        ("direction overrides", _OVERRIDES),
    ):
        if pattern.search(text):
            return name
    return ""


def instructions(text: str) -> Iterator[str]:
    """Yield excerpts that tell a language model what to do."""
    for pattern in _INSTRUCTIONS:
        if match := pattern.search(text):
            yield match[0][:120]
