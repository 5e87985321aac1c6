"""What a citizen asks."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Nation(StrEnum):
    """A nation of the United Kingdom."""

    ENGLAND = "england"
    SCOTLAND = "scotland"
    WALES = "wales"
    NORTHERN_IRELAND = "northern-ireland"


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One citizen question with what is known about its setting.

    Attributes:
        question: What the citizen typed, untouched.
        history: Earlier turns, oldest first.
        locale: Language of the page the citizen is on, `en` or `cy`; None when unknown.
        nation: The nation the citizen said they are in; None when unknown.
        publisher: Restrict answers to this publisher; empty for all.
    """

    question: str
    history: tuple[Turn, ...] = ()
    locale: Literal["en", "cy"] | None = None
    nation: Nation | None = None
    publisher: str = ""
