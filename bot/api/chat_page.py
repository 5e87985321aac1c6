"""The chat as a page: what it shows, and how it says that something is wrong."""

from dataclasses import dataclass, replace
from typing import Literal, Self

from fastapi.responses import HTMLResponse

from bot.answer import Answer
from bot.api.page_templates import page
from bot.api.page_words import WORDS, Language, hours_in_words, said, wait_in_words
from bot.service_settings import ServiceSettings

Happened = Literal["", "deleted", "gone", "fresh", "thanks", "elsewhere"]
"""What the page says has just happened; the words are in `page_wording.toml`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a question was not answered.

    Attributes:
        text: What to do, in the language of the page.
        status: Of HTTP.
        in_field: Whether the citizen can mend it in the field; else the service is at fault.
        wait_seconds: When to try again; None when nobody knows.
    """

    text: str
    status: int
    in_field: bool = False
    wait_seconds: int | None = None


def empty(locale: Language) -> Trouble:
    """Return that there is no question."""
    return Trouble(text=said(locale, "troubles", "empty"), status=422, in_field=True)


def too_long(locale: Language, most: int) -> Trouble:
    """Return that a question has more than the given number of characters."""
    text = said(locale, "troubles", "long", n=f"{most:,}")
    return Trouble(text=text, status=422, in_field=True)


def too_often(locale: Language, seconds: int) -> Trouble:
    """Return that somebody has to wait."""
    text = said(locale, "troubles", "often", time=wait_in_words(seconds, locale))
    return Trouble(text=text, status=429, wait_seconds=seconds)


def starting(locale: Language) -> Trouble:
    """Return that the models are loading."""
    return Trouble(text=said(locale, "troubles", "starting"), status=503, wait_seconds=5)


def failed(locale: Language) -> Trouble:
    """Return that something broke."""
    return Trouble(text=said(locale, "troubles", "server"), status=500)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatPage:
    """One state of the page.

    Attributes:
        locale: Its language.
        answers: The conversation, oldest first.
        conversation: Its `id.token`, or what the browser said it is; may be empty.
        keeps_cookies: False when the browser keeps none: then only the page knows the
            conversation, and every form of it says so.
        draft: A question to put back into the field.
        happened: What to tell first.
        trouble: Why the draft was not answered.
    """

    locale: Language
    answers: tuple[Answer, ...] = ()
    conversation: str = ""
    keeps_cookies: bool = True
    draft: str = ""
    happened: Happened = ""
    trouble: Trouble | None = None

    def with_trouble(self, trouble: Trouble) -> Self:
        """Return the page with why the draft was not answered."""
        return replace(self, trouble=trouble)

    @property
    def title(self) -> str:
        """What the page is now, without a word of the citizen's: titles stay in the history."""
        if self.trouble:
            return f"{said(self.locale, 'error')} {said(self.locale, 'title')}"
        if self.happened and self.happened != "fresh":
            return said(self.locale, "heading", self.happened)
        if self.answers:
            return said(self.locale, "numbered", n=len(self.answers))
        return said(self.locale, "title")

    def shown(self, settings: ServiceSettings, *, status: int = 200) -> HTMLResponse:
        """Return it as HTML that no cache keeps."""
        wait = self.trouble.wait_seconds if self.trouble else None
        return page(
            "chat.html",
            self.locale,
            status=status,
            headers={"Cache-Control": "no-store", **({"Retry-After": str(wait)} if wait else {})},
            chat=self,
            hint=said(self.locale, "hint", n=f"{settings.max_question_characters:,}"),
            kept=said(
                self.locale, "kept", time=hours_in_words(settings.conversation_hours, self.locale)
            ),
            privacy_url=settings.privacy_url,
            notice=said(self.locale, "happened", self.happened) if self.happened else "",
            reasons=WORDS[self.locale]["reasons"],
        )

    def sure(self) -> HTMLResponse:
        """Return the page that asks whether to delete the conversation."""
        headers = {"Cache-Control": "no-store"}
        return page("erase.html", self.locale, headers=headers, chat=self)
