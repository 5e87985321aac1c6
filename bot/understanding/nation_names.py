"""What the nations of the UK are called in the bot's own sentences."""

from types import MappingProxyType
from typing import Literal

from bot.enquiry import Nation

# Where a citizen lives, as said in a choice.
IN_NATION = MappingProxyType(
    {
        "en": {
            Nation.ENGLAND: "in England",
            Nation.SCOTLAND: "in Scotland",
            Nation.WALES: "in Wales",
            Nation.NORTHERN_IRELAND: "in Northern Ireland",
        },
        "cy": {
            Nation.ENGLAND: "yn Lloegr",
            Nation.SCOTLAND: "yn yr Alban",
            Nation.WALES: "yng Nghymru",
            Nation.NORTHERN_IRELAND: "yng Ngogledd Iwerddon",
        },
    }
)

# As pages name the nations they are for.
NATION_NAMES = MappingProxyType(
    {
        "en": {
            "england": "England",
            "scotland": "Scotland",
            "wales": "Wales",
            "northern-ireland": "Northern Ireland",
            "uk": "the whole UK",
        },
        "cy": {
            "england": "Lloegr",
            "scotland": "yr Alban",
            "wales": "Cymru",
            "northern-ireland": "Gogledd Iwerddon",
            "uk": "y DU gyfan",
        },
    }
)

_AND_IN_WELSH = MappingProxyType({"Cymru": "a Chymru", "yr Alban": "a'r Alban"})
ONLY_FOR = MappingProxyType(
    {
        "en": (
            "The guidance I have on this is for {nations}, not for {nation}. The rules may be "
            "different, so I do not quote it."
        ),
        "cy": (
            "Ar gyfer {nations} y mae'r canllawiau sydd gen i ar hyn, nid ar gyfer {nation}. Gall "
            "y rheolau fod yn wahanol, felly nid wyf yn eu dyfynnu."
        ),
    }
)
BUT_SAYS = MappingProxyType(
    {
        "en": "The guidance I have on this is for {nations}, not for {nation}. It only says:",
        "cy": (
            "Ar gyfer {nations} y mae'r canllawiau sydd gen i ar hyn, nid ar gyfer {nation}. Dim "
            "ond hyn maent yn ei ddweud:"
        ),
    }
)


def only_for(
    page_nation: str, nation: Nation, language: Literal["en", "cy"], *, quoted: bool = False
) -> str:
    """Return the sentence that says for which nations there is guidance and for which there is not.

    Args:
        page_nation: As the page names it: `england+wales`.
        nation: The citizen's.
        language: Of the sentence.
        quoted: Whether what it says of the citizen's nation follows.
    """
    words = BUT_SAYS if quoted else ONLY_FOR
    nation_name = NATION_NAMES[language][nation.value]
    nations = nations_in_words(page_nation, language)
    return words[language].format(nations=nations, nation=nation_name)


def nations_in_words(page_nation: str, language: Literal["en", "cy"]) -> str:
    """Return the nations of a page as words: "England and Wales" for `england+wales`."""
    names = NATION_NAMES[language]
    *first, last = (names.get(name, name) for name in page_nation.split("+"))
    return f"{', '.join(first)} {_and(last, language)}" if first else last


def _and(name: str, language: Literal["en", "cy"]) -> str:
    return f"and {name}" if language == "en" else _AND_IN_WELSH.get(name, f"a {name}")
