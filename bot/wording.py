"""Every sentence the bot says that is neither quoted nor written by a model.

The words are data: content designers edit `bot/wording.toml`, English and Welsh side by side. A
test fails when either is missing.
"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from bot.answer import AnswerStatus

Language = Literal["en", "cy"]
Words = Mapping[str, str]

_WORDS = tomllib.loads(files("bot").joinpath("wording.toml").read_text("utf-8"))

REPLIES: Mapping[AnswerStatus, Words] = MappingProxyType(
    {AnswerStatus(status): words for status, words in _WORDS["replies"].items()}
)
HELP: Words = MappingProxyType(_WORDS["help"])
NOT_FOUND_BESIDE_HELP: Words = MappingProxyType(_WORDS["not_found_beside_help"])
NOTHING_ASKED_BESIDE_HELP: Words = MappingProxyType(_WORDS["nothing_asked_beside_help"])
AFTER_HELP: Words = MappingProxyType(_WORDS["after_help"])
TRANSLATED: Words = MappingProxyType(_WORDS["translated"])
NO_WORDS: Words = MappingProxyType(_WORDS["no_words"])
WHICH_SERVICE: Words = MappingProxyType(_WORDS["which_service"])
WHICH_SUBJECT: Words = MappingProxyType(_WORDS["which_subject"])
NAMED_ELSEWHERE: Words = MappingProxyType(_WORDS["named_elsewhere"])
COUNTERPART: Words = MappingProxyType(_WORDS["counterpart"])
NO_COUNTERPART: Words = MappingProxyType(_WORDS["no_counterpart"])
INSTEAD_OF: Words = MappingProxyType(_WORDS["instead_of"])
FOR_PEOPLE_IN: Words = MappingProxyType(_WORDS["for_people_in"])
YOU_ASKED: Words = MappingProxyType(_WORDS["you_asked"])
TOO_MANY_QUESTIONS: Words = MappingProxyType(_WORDS["too_many_questions"])
REDACTED: Words = MappingProxyType(_WORDS["redacted"])
ENGLISH_ONLY: Words = MappingProxyType(_WORDS["english_only"])
DISAGREEMENT: Words = MappingProxyType(_WORDS["disagreement"])
UNFOUND: Words = MappingProxyType(_WORDS["unfound"])
UNFOUND_HERE: Words = MappingProxyType(_WORDS["unfound_here"])
UNFOUND_WORDS: Words = MappingProxyType(_WORDS["unfound_words"])
FILTER_UNKNOWN: Words = MappingProxyType(_WORDS["filter_unknown"])
FILTER_OTHERS: Words = MappingProxyType(_WORDS["filter_others"])
FILTER_ONLY: Words = MappingProxyType(_WORDS["filter_only"])
NATION_SAID_BEFORE: Words = MappingProxyType(_WORDS["nation_said_before"])
COUNCIL: Words = MappingProxyType(_WORDS["council"])
OTHER_COUNCIL: Words = MappingProxyType(_WORDS["other_council"])
NATION_NAMED: Words = MappingProxyType(_WORDS["nation_named"])
CONTACT_NAMED: Words = MappingProxyType(_WORDS["contact_named"])
CONTACT_BESIDE: Words = MappingProxyType(_WORDS["contact_beside"])
CONTACT_PHONE: Words = MappingProxyType(_WORDS["contact_phone"])
CONTACT_URL: Words = MappingProxyType(_WORDS["contact_url"])
CONTACT_PHONE_OR_URL: Words = MappingProxyType(_WORDS["contact_phone_or_url"])
SENDS_ON: Words = MappingProxyType(_WORDS["sends_on"])
CONTACT_GENERAL: Words = MappingProxyType(_WORDS["contact_general"])
AUDIENCE: Words = MappingProxyType(_WORDS["audience"])
AUDIENCES: Mapping[str, Words] = MappingProxyType(_WORDS["audiences"])
NOT_MARKED: Words = MappingProxyType(_WORDS["not_marked"])
SEPARATE_RULES: Words = MappingProxyType(_WORDS["separate_rules"])
LOOK_FOR: Words = MappingProxyType(_WORDS["look_for"])
RUN_BY: Words = MappingProxyType(_WORDS["run_by"])
SEE_SITE: Words = MappingProxyType(_WORDS["see_site"])
UNFOUND_SUBJECT: Words = MappingProxyType(_WORDS["unfound_subject"])
PARTIAL: Words = MappingProxyType(_WORDS["partial"])
PARTIAL_PART: Words = MappingProxyType(_WORDS["partial_part"])
WRITTEN_WITHOUT_MODEL: Words = MappingProxyType(_WORDS["written_without_model"])
CHECKED_BY_QUOTING: Words = MappingProxyType(_WORDS["checked_by_quoting"])


def reply(status: AnswerStatus, language: Language) -> str:
    """Return the fixed wording of a status."""
    return REPLIES[status][language]
