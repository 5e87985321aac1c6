"""What each nation of the UK runs for itself, and where somebody there has to look.

Much guidance names no nation and is written for England: who lives in Scotland and asks for legal
aid must not take it for theirs. The table is `devolved.toml`.

Known misses: a subject that neither the page's title nor the question with the quoted words names;
what differs in one detail only, such as an amount.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from bot import wording
from bot.answer import Answer, Citation
from bot.enquiry import Nation
from bot.replying.replies import with_notice
from bot.retrieval import Query
from bot.retrieval.query import Locale
from bot.understanding.nation_names import IN_NATION, NATION_NAMES
from bot.understanding.nations import nations_named

Own = Mapping[str, str]
KIND = "devolved"
"""Of the notice; an answer with it is never complete."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that some nations run for themselves.

    Attributes:
        name: Of the subject in the table.
        cues: What names it in a title or a question.
        unless: What makes it something else; None for nothing.
        own: What each such nation has, by the keys of the table; others have the rules of England.
    """

    name: str
    cues: re.Pattern[str]
    unless: re.Pattern[str] | None
    own: Mapping[Nation, Own]

    def is_named_in(self, text: str) -> bool:
        """Whether a text names the subject."""
        return self.cues.search(text) is not None and not self.is_else_in(text)

    def is_else_in(self, text: str) -> bool:
        """Whether a text tells that something else is meant: pay, where apprentices are."""
        return self.unless is not None and self.unless.search(text) is not None


def with_own_nation(answer: Answer, query: Query) -> Answer:
    """Return the answer with what the citizen's nation has of its own, where its page names none.

    A page counts as marked for a nation, too, when its title, its publisher or its address names it
    or a place there, or when the words that are quoted first tell what there is in it.

    Args:
        answer: With its citations; the first is what it is answered from.
        query: What was searched for.
    """
    home = query.lives_in or query.nation
    if home is None or not answer.citations:
        return answer
    first = answer.citations[0]
    if first.nation or _is_marked_for(first, home):
        return answer
    said = what_there_is(first.title, query.both, home, answer.locale, quoted=first.quote)
    if not said:
        return answer
    name = NATION_NAMES[answer.locale][home.value]
    opening = wording.NOT_MARKED[answer.locale].format(nation=name)
    return with_notice(answer, KIND, f"{opening} {said}")


def with_what_there_is(answer: Answer, title: str, question: str, nation: Nation) -> Answer:
    """Return the answer with what a nation has of its own beside it; unchanged for nothing.

    Args:
        answer: What is said so far.
        title: Of the page on the subject, which is for others.
        question: What is asked.
        nation: The citizen's.
    """
    said = what_there_is(title, question, nation, answer.locale)
    return with_notice(answer, KIND, said) if said else answer


def is_for_elsewhere(answer: Answer) -> bool:
    """Whether an answer says that the citizen's nation has something of its own."""
    return any(notice.kind == KIND for notice in answer.notices)


def what_there_is(
    title: str, question: str, nation: Nation, language: Locale, *, quoted: str = ""
) -> str:
    """Return what a nation has of its own on a subject, in a sentence or two; empty for nothing.

    Args:
        title: Of the page that is quoted or named.
        question: What is asked.
        nation: The citizen's.
        language: Of the sentences.
        quoted: What is quoted: where no title names a subject, it and the question together do.
    """
    named, asked, words = _plain(title), _plain(question), _plain(quoted)
    by_title = (s for s in _subjects() if s.is_named_in(named) and not s.is_else_in(asked))
    by_both = (s for s in _subjects() if s.is_named_in(asked) and s.cues.search(words))
    subject = next(by_title, None) or next(by_both, None)
    own = subject.own.get(nation) if subject else None
    return "" if own is None else _said(own, nation, language)


def _said(own: Own, nation: Nation, language: Locale) -> str:
    place = IN_NATION[language][nation]
    start = f"{place[0].upper()}{place[1:]}"
    said = [own[language]] if language in own else []
    if called := _name(own, "called", language):
        said.append(wording.LOOK_FOR[language].format(place=start, called=called))
    if body := _name(own, "by", language):
        said.append(wording.RUN_BY[language].format(place=start, body=body))
    if not said:
        said.append(wording.SEPARATE_RULES[language].format(place=place))
    if site := own.get("site", ""):
        site = _tables()["welsh_sites"].get(site, site) if language == "cy" else site
        said.append(wording.SEE_SITE[language].format(site=site))
    return " ".join(said)


def _name(own: Own, key: str, language: Locale) -> str:
    name = own.get(key, "")
    # An English name stands without its article in a Welsh sentence.
    return own.get(f"{key}_cy", name.removeprefix("the ")) if language == "cy" else name


def _is_marked_for(citation: Citation, nation: Nation) -> bool:
    host = urlsplit(citation.url).hostname or ""
    # "Cardiff Council" and www.fife.gov.uk tell it as well as a title.
    named = f"{citation.title} {citation.publisher} {host.replace('.', ' ')}"
    if nation in nations_named(named) or host.endswith(_HOSTS.get(nation, ("\0",))):
        return True
    return _says_what_is(citation.quote, nation)


_HOSTS: Mapping[Nation, tuple[str, ...]] = MappingProxyType(
    {
        Nation.SCOTLAND: (".scot", "slab.org.uk"),
        Nation.WALES: (".wales", ".cymru", "studentfinancewales.co.uk"),
        Nation.NORTHERN_IRELAND: ("-ni.gov.uk", "studentfinanceni.co.uk"),
    }
)


def _says_what_is(quote: str, nation: Nation) -> bool:
    """Whether words tell what is in a nation, not only that one may have lived there."""
    english, welsh = NATION_NAMES["en"][nation.value], IN_NATION["cy"][nation]
    listed = rf"\b[Ii]n (?:(?:{_ALL})(?:, | and ))*{english}\b(?!(?:, (?:{_ALL}))* or\b)"
    return re.search(rf"{listed}|\b{welsh}\b", quote) is not None


_ALL = "|".join(NATION_NAMES["en"][nation.value] for nation in Nation)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


@cache
def _subjects() -> tuple[Subject, ...]:
    return tuple(
        Subject(
            name,
            _any_of(row["cues"]),
            _any_of(row["unless"]) if "unless" in row else None,
            MappingProxyType({nation: row[nation.value] for nation in Nation if nation in row}),
        )
        for name, row in _tables()["subjects"].items()
    )


def _any_of(cues: Sequence[str]) -> re.Pattern[str]:
    either = "|".join(
        re.escape(cue).replace(r"\*", r"\w*").replace(r"\{any\}", r"(?:[\w'-]+ ){0,2}?")
        for cue in cues
    )
    return re.compile(rf"(?<![\w-])(?:{either})(?!\w)")


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("bot.replying").joinpath("devolved.toml").read_text("utf-8"))
