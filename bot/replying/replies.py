"""Answers in the service's own words: redirects, refusals, small talk, and finding nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot import guarded_wording, wording
from bot.answer import Answer, AnswerStatus, Block, Completeness, Notice, Redaction
from bot.enquiry import Nation
from bot.quoting.extractive import plain_text
from bot.replying.unfound import Unfound
from bot.retrieval import Evidence, Query
from bot.retrieval.query import Locale, words
from bot.retrieval.sides import is_for_others, is_for_the_other_side
from bot.understanding.follow_ups import subject_words
from bot.understanding.languages import OtherLanguage
from bot.understanding.nation_names import IN_NATION
from bot.understanding.question_kinds import asks
from bot.understanding.several_questions import asking_part
from bot.understanding.understand import Understood, only_repeats
from guardrails import Category, QuestionCheck, contact_lines, opening_for
from guardrails.personal_data_kinds import KINDS
from guardrails.verdict import DANGERS
from ingestion.passage_index import PassageIndex

STATUS_OF = {
    Category.CRISIS: AnswerStatus.REDIRECT_CRISIS,
    Category.EMERGENCY: AnswerStatus.REDIRECT_EMERGENCY,
    Category.SECRET: AnswerStatus.REFUSED_PERSONAL_DATA,
    Category.UNCHECKED: AnswerStatus.REFUSED_PERSONAL_DATA,
    Category.PERSONAL_DATA: AnswerStatus.REFUSED_PERSONAL_DATA,
    Category.PROMPT_INJECTION: AnswerStatus.REFUSED_PROMPT_INJECTION,
    Category.ABUSE: AnswerStatus.REFUSED_ABUSE,
    Category.ACCOUNT: AnswerStatus.REDIRECT_ACCOUNT,
    Category.PARLIAMENT: AnswerStatus.REDIRECT_PARLIAMENT,
    Category.FOI: AnswerStatus.REDIRECT_FOI,
    Category.CONTACT: AnswerStatus.REDIRECT_CONTACT,
    Category.ADVICE: AnswerStatus.REFUSED_ADVICE,
    Category.OUT_OF_SCOPE: AnswerStatus.REFUSED_OUT_OF_SCOPE,
    Category.GREETING: AnswerStatus.SMALLTALK_GREETING,
    Category.THANKS: AnswerStatus.SMALLTALK_THANKS,
    Category.ABOUT: AnswerStatus.SMALLTALK_ABOUT,
    Category.COMPLAINT: AnswerStatus.SMALLTALK_COMPLAINT,
}


# A longer message makes no choice that can be read at a glance.
_REPEATED_WORDS = 10


def blank_answer(answer_id: str, understood: Understood) -> Answer:
    """Return an answer that holds only what is known about the question."""
    check, language = understood.check, understood.language
    return Answer(
        answer_id=answer_id,
        status=AnswerStatus.NO_ANSWER_NOT_FOUND,
        completeness="none",
        mode="extractive",
        language=language,
        text="",
        redactions=tuple(
            Redaction(found.kind, found.start, found.end, found.placeholder)
            for found in check.findings
        ),
        notices=(*_redaction_notice(check, language), *_warning_notice(check, language)),
        question=check.redacted_text,
    )


def diverted(answer: Answer, understood: Understood, nation: Nation | None) -> Answer | None:
    """Return the reply that ends the journey before any search; None when it goes on."""
    language = understood.language
    verdict = understood.check.deciding
    if verdict is not None:
        status = STATUS_OF[verdict.category]
        said = wording.reply(status, language)
        if verdict.category in DANGERS:
            said = opening_for(verdict.detail, language) or said
            contacts = contact_lines(verdict.detail, nation, language)
            return worded(answer, status, *_whom_to_call(said, contacts, understood.other))
        if verdict.category is Category.UNCHECKED:
            said = guarded_wording.UNCHECKED[language]
        elif verdict.category is Category.OUT_OF_SCOPE:
            said = guarded_wording.NEUTRAL[verdict.detail][language]
        return worded(answer, status, Block("notice", text=said))
    if understood.query is None and is_beside_help(answer):
        return not_found(answer, None)
    if understood.query is None and only_repeats(understood.check.redacted_text):
        return worded(answer, AnswerStatus.NO_ANSWER_NOT_FOUND)
    if understood.query is None:
        words = Block("notice", text=wording.NO_WORDS[language])
        return worded(answer, AnswerStatus.CLARIFICATION, words)
    return _in_their_words(answer, understood.other) if understood.other else None


def _whom_to_call(
    opening: str, contacts: tuple[str, ...], other: OtherLanguage | None
) -> tuple[Block, ...]:
    """Return the opening and the contacts, after 999 in the citizen's own language if we can.

    The first notice stands alone: doors take a second one for the heading of what follows.
    """
    if other is None or not other.danger:
        return Block("notice", text=opening), Block("list", items=contacts)
    theirs = Block("notice", text=other.danger, language=other.tag)
    return theirs, Block("list", text=opening, items=contacts)


def _in_their_words(answer: Answer, other: OtherLanguage) -> Answer:
    """Return the reply to a language we cannot answer in, first in that language."""
    status = AnswerStatus.REFUSED_LANGUAGE
    said = f"{other.sentence} {other.danger}".strip()
    theirs = (Block("notice", text=said, language=other.tag),) if said else ()
    ours = (
        Block("notice", text=wording.reply(status, tongue), language=tongue)
        for tongue in ("en", "cy")
    )
    return worded(answer, status, *theirs, *ours)


def worded(
    answer: Answer,
    status: AnswerStatus,
    *blocks: Block,
    completeness: Completeness = "none",
) -> Answer:
    """Return the answer with a status and blocks, its plain text made from them."""
    shown = blocks or (Block("notice", text=wording.reply(status, answer.locale)),)
    return replace(
        answer,
        status=status,
        completeness=completeness,
        blocks=tuple(shown),
        text=plain_text(shown),
    )


def not_found(answer: Answer, lacking: Unfound | None) -> Answer:
    """Return the reply that nothing was found, and what it was where a word tells."""
    status = AnswerStatus.NO_ANSWER_NOT_FOUND
    if is_beside_help(answer):
        # Nobody in despair is told to say it in other words.
        asked = asking_part(answer.question) or asks(answer.question)
        said = wording.NOT_FOUND_BESIDE_HELP if asked else wording.NOTHING_ASKED_BESIDE_HELP
        return worded(answer, status, Block("notice", text=said[answer.locale]))
    if lacking is None or lacking.stands_elsewhere or not _may_be_said(lacking, answer):
        return worded(answer, status)
    subject = wording.UNFOUND_SUBJECT[answer.locale].format(subject=lacking.phrase)
    return worded(answer, status, Block("notice", text=subject))


def with_unfound(answer: Answer, lacking: Unfound | None) -> Answer:
    """Return the answer with what was not found beside it."""
    if lacking is None:
        return answer
    may_be_said = _may_be_said(lacking, answer) and not is_beside_help(answer)
    said = wording.UNFOUND_HERE if lacking.stands_elsewhere else wording.UNFOUND
    said = said if may_be_said else wording.UNFOUND_WORDS
    return with_notice(answer, "unfound", said[answer.locale].format(subject=lacking.phrase))


def with_audience(answer: Answer, query: Query, evidence: Evidence, index: PassageIndex) -> Answer:
    """Return the answer with whom its page was written for, where that may not be who asks.

    Args:
        answer: What is said so far.
        query: What was searched for.
        evidence: What retrieval found; its first page is answered from.
        index: The opened index version.
    """
    pages = [index.pages[page.row] for page in evidence.pages[:1]]
    if not any(is_for_others(page, query.both) for page in pages):
        return answer
    page = pages[0]
    kind = "other_side" if is_for_the_other_side(page, query.both) else "audience"
    names = wording.AUDIENCES[page.audience]
    said = wording.AUDIENCE[answer.locale].format(audience=names[answer.locale])
    return with_notice(answer, kind, said)


def lacks(answer: Answer) -> bool:
    """Whether something that was asked about was not found, or is told to somebody else."""
    return any(notice.kind in ("unfound", "other_side") for notice in answer.notices)


def _may_be_said(lacking: Unfound, answer: Answer) -> bool:
    # What a Welsh question lacks was read in English words.
    return lacking.is_repeatable and answer.language == "en"


def with_help(answer: Answer, understood: Understood, nation: Nation | None) -> Answer:
    """Return the answer with whom to call beside it, when the message may tell of danger.

    Not where the whole reply is whom to call.
    """
    verdict, deciding = understood.check.mentioned, understood.check.deciding
    if verdict is None or (deciding and deciding.category in DANGERS):
        return answer
    contacts = contact_lines(verdict.detail, nation, understood.language)
    lines = [f"{line.rstrip('.')}." for line in contacts]
    return with_notice(answer, "help", "\n".join([wording.HELP[understood.language], *lines]))


def is_beside_help(answer: Answer) -> bool:
    """Whether whom to call stands beside an answer: its words may be those of danger."""
    return any(notice.kind == "help" for notice in answer.notices)


def with_advisers(answer: Answer, understood: Understood) -> Answer:
    """Return the answer with who helps to decide beside it, when a decision is asked for.

    Not beside whom to call: a pharmacist is no help to somebody who asks how much is deadly.
    """
    verdict = understood.check.advised
    if verdict is None or is_beside_help(answer):
        return answer
    return with_notice(
        answer, "advice", guarded_wording.ADVISERS[verdict.detail][understood.language]
    )


def asking_for_nation(answer: Answer, nations: tuple[Nation, ...]) -> Answer:
    """Return a clarification with one choice for each nation: "In Scotland".

    A choice is the reply to the question where somebody lives, so it is sent as the next turn of
    the conversation; the message itself is not repeated.
    """
    names = IN_NATION[answer.locale]
    choices = tuple(f"{names[nation][0].upper()}{names[nation][1:]}" for nation in nations)
    return replace(worded(answer, AnswerStatus.CLARIFICATION), follow_ups=choices)


def asking_for_service(answer: Answer, titles: Sequence[str]) -> Answer:
    """Return a clarification with one choice for each service, or one that asks for the subject.

    A choice can be sent as it stands: "Vehicle tax: how do I pay?", or the title alone when the
    message was no more than a name, or is too long or too personal to be repeated.
    """
    said = wording.WHICH_SERVICE if titles else wording.WHICH_SUBJECT
    asked = answer.question.rstrip(" ?.!")
    said_words = words(asked)
    only_a_name = len(said_words) == len(subject_words(asked))
    is_short = len(said_words) <= _REPEATED_WORDS and "[" not in asked
    is_repeated = is_short and not only_a_name and asks(answer.question)
    # Nobody is given their own words of danger to send again.
    is_repeated = is_repeated and not is_beside_help(answer)
    choices = tuple(f"{title}: {asked}?" if is_repeated else title for title in titles)
    block = Block("notice", text=said[answer.locale])
    return replace(worded(answer, AnswerStatus.CLARIFICATION, block), follow_ups=choices)


def with_notice(answer: Answer, kind: str, text: str) -> Answer:
    """Return the answer with one more notice."""
    return replace(answer, notices=(*answer.notices, Notice(kind, text)))


def _redaction_notice(check: QuestionCheck, language: Locale) -> tuple[Notice, ...]:
    # A message that could not be read at all is no kind: the reply itself tells of it.
    kinds = dict.fromkeys(found.kind for found in check.findings if found.kind in KINDS)
    if not kinds:
        return ()
    names = _names_of(kinds, language)
    return (Notice("redacted", wording.REDACTED[language].format(kinds=names)),)


def _warning_notice(check: QuestionCheck, language: Locale) -> tuple[Notice, ...]:
    if not check.warned_of:
        return ()
    names = _names_of(check.warned_of, language)
    return (Notice("warning", guarded_wording.DO_NOT_SHARE[language].format(kinds=names)),)


def _names_of(kinds: Iterable[str], language: Locale) -> str:
    return ", ".join(KINDS[kind].name_in(language) for kind in kinds)
