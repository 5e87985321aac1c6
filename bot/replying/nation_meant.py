"""Say for which nation an answer is, where the citizen may have meant another one."""

from bot import wording
from bot.answer import Answer
from bot.replying.replies import with_notice
from bot.retrieval.suitability import applies_to
from bot.understanding.nation_names import NATION_NAMES
from bot.understanding.understand import Understood
from ingestion.document import PageDetails

KIND = "nation"


def with_nation_meant(answer: Answer, understood: Understood, page: PageDetails) -> Answer:
    """Return the answer with the nation it is for, where that is not plain from the message.

    That is where only an earlier message named it, or where the request asked for another one.

    Args:
        answer: What is said so far.
        understood: The message.
        page: The page that is answered from; one for the whole UK answers whoever asks.
    """
    query, requested = understood.query, understood.nation_overruled
    if query is None or query.nation is None or page.nation in ("", "uk"):
        return answer
    names = NATION_NAMES[answer.locale]
    nation = names[query.nation.value]
    if requested and applies_to(page, query.nation) and not applies_to(page, requested):
        said = wording.NATION_NAMED[answer.locale]
        return with_notice(answer, KIND, said.format(nation=nation, requested=names[requested]))
    if understood.nation_said_before:
        return with_notice(
            answer, KIND, wording.NATION_SAID_BEFORE[answer.locale].format(nation=nation)
        )
    return answer
