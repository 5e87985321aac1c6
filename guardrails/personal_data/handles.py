"""Names that people carry in social networks, and names of users, each by the words before them.

Source: no document states the form; networks and cues are our own lists. They are called names:
there is no kind of their own.

Known misses: a handle of letters only unless "handle" or "user name" announces it; networks that
the list lacks; a handle that no word announces.
"""

import re
from collections.abc import Iterator

from guardrails.personal_data.match import LIKELY, Match, holds_any, sought
from guardrails.phrases import load_words

_NETWORK = (
    r"(?:snap ?chat|snap|insta(?:gram)?|tik ?tok|telegram|discord|whats ?app|face ?book|fb|twitter"
    r"|bluesky|mastodon|messenger|kik|twitch|you ?tube|reddit|linked ?in|skype|steam|xbox|psn"
    r"|threads|pinterest|vinted|ebay|paypal)"
)
_NETWORK_PARTS = (
    "snap", "insta", "tik", "telegram", "discord", "whats", "face", "fb", "twitter", "bluesky",
    "mastodon", "messenger", "kik", "twitch", "you", "reddit", "linked", "skype", "steam", "xbox",
    "psn", "threads", "pinterest", "vinted", "ebay", "paypal",
)  # fmt: skip
_WORD = r"(?P<name>@?[A-Za-z0-9_](?:[A-Za-z0-9_.-]{1,38}[A-Za-z0-9_]))(?![\w@])"
_OF_A_NETWORK = re.compile(
    rf"(?:\b(?:my|his|her|our|their|fy|ei)(?: [\w'’]{{1,20}}){{0,2}} |^){_NETWORK}"
    r"(?P<announced> (?:user ?name|handle|tag|user))?(?: (?:name|account|id|profile|page))?"
    rf"(?P<linked> is:?| was| yw|:| ?=|['’]s)? {{0,2}}{_WORD}",
    re.IGNORECASE,
)
_TO_CONTACT = re.compile(
    r"\b(?:add|follow|find|message|msg|dm|text|contact|reach|get) (?:me|us|him|her|them)"
    rf" (?:on|at|via|by|through) (?:my |the )?{_NETWORK}[,:]?(?: (?:at|as|under|it is|it's|its))?"
    rf" {_WORD}",
    re.IGNORECASE,
)
_USER = sought(
    r"\b(?P<announced>user ?-?name|user ?-?id|user|log ?-?in(?: name| id)?|gamer ?tag|screen ?name"
    rf"|enw defnyddiwr)(?P<linked> is:?| was| yw| ydy|:| ?=)? {{0,2}}{_WORD}",
    re.IGNORECASE,
)
# "My twitter is @linda": whose it is must be said, or it may be the account of an office.
_WITH_AT = re.compile(
    r"\b(?:my|his|her|our|their|add me|follow me|message me|dm me|contact me|find me|fy)\b"
    r"[^.!?\n@]{0,40}(?<![\w@])(?P<name>@[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])?)(?![\w@])",
    re.IGNORECASE,
)
_ADDRESS_OF_A_SITE = re.compile(r"(?:^www\.|\.(?:com|co|uk|org|net|gov|wales|cymru|io)\b)", re.I)
_FEWEST_LETTERS = 3
_NOT_A_HANDLE = load_words("not_a_password") | load_words("not_a_name") | load_words("stop_words")


def find_handles(text: str) -> Iterator[Match]:
    """Yield handles after the name of a network or an `@`, and names of users after their word."""
    if "@" in text:
        for found in _WITH_AT.finditer(text):
            yield Match("name", found.start("name"), found.end("name"), LIKELY)
    if holds_any(text, _NETWORK_PARTS):
        for found in (*_OF_A_NETWORK.finditer(text), *_TO_CONTACT.finditer(text)):
            announced = found.re is _OF_A_NETWORK and bool(found["announced"] and found["linked"])
            if _is_handle(found["name"], dotted=True, announced=announced):
                yield Match("name", found.start("name"), found.end("name"), LIKELY)
    for found in _USER.finditer(text):
        announced = bool(found["linked"]) and "name" in found["announced"].casefold()
        if _is_handle(found["name"], dotted=False, announced=announced):
            yield Match("name", found.start("name"), found.end("name"), LIKELY)


def _is_handle(word: str, *, dotted: bool, announced: bool) -> bool:
    """Whether a word is made like a handle: letters with figures, a low line or (`dotted`) a dot.

    One that was `announced` may have letters only, unless it is an everyday word.
    """
    lower = word.casefold()
    parts = re.split(r"[._-]", lower)
    everyday = not _NOT_A_HANDLE.isdisjoint(parts) or lower.endswith(("ed", "ing"))
    letters = sum(character.isalpha() for character in word)
    if letters < _FEWEST_LETTERS or everyday or _ADDRESS_OF_A_SITE.search(word):
        return False
    marked = "_" in word or (dotted and "." in word)
    return announced or marked or any(character.isdigit() for character in word)
