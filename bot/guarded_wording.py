"""What the bot says where a guardrail has a word of its own.

The words are data: content designers edit `bot/guarded_wording.toml`, English and Welsh side by
side. A test fails when a kind of question has no words.
"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

_WORDS = tomllib.loads(files("bot").joinpath("guarded_wording.toml").read_text("utf-8"))

DO_NOT_SHARE: Mapping[str, str] = MappingProxyType(_WORDS["do_not_share"])
UNCHECKED: Mapping[str, str] = MappingProxyType(_WORDS["unchecked"])
NEUTRAL: Mapping[str, Mapping[str, str]] = MappingProxyType(_WORDS["neutral"])
ADVISERS: Mapping[str, Mapping[str, str]] = MappingProxyType(_WORDS["advisers"])
