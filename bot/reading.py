"""What a message asks: what it tells, in English where it is translated, and what to search for.

Every verdict of the guardrails on it is recorded here, once.
"""

from functools import partial

from bot.answer import Answer
from bot.enquiry import Enquiry
from bot.language_models.language_model import LanguageModel
from bot.language_models.rewriting import with_stand_alone_question
from bot.replying.beside_help import searched_beside_help
from bot.replying.replies import is_beside_help
from bot.replying.translation import understood_in_english
from bot.retrieval import Query
from bot.searching import names_its_page
from bot.services import Services
from bot.understanding.understand import Understood, understand


def read(enquiry: Enquiry, services: Services) -> Understood:
    """Return what an enquiry tells and asks."""
    return _recorded(understand(enquiry, services.policy, services.vocabulary), services)


async def read_in_english(
    enquiry: Enquiry, understood: Understood, translator: LanguageModel, services: Services
) -> Understood:
    """Return what an enquiry in another language asks; as it was read where translating fails."""
    english = await understood_in_english(
        enquiry, understood, services.policy, translator, services.vocabulary
    )
    return english if english is understood else _recorded(english, services)


def searched_for(answer: Answer, understood: Understood, services: Services) -> Understood:
    """Return a message with what may be searched for, where whom to call stands beside."""
    if not is_beside_help(answer):
        return understood
    names_page = partial(names_its_page, services=services)
    return searched_beside_help(understood, services.policy, services.vocabulary, names_page)


async def query_of(understood: Understood, services: Services) -> Query:
    """Return the query of a message that is to be answered, standing alone where a model can."""
    query, model = understood.query, services.model
    assert query is not None  # noqa: S101  # diverted() replied to a message without words
    if model is None or not understood.earlier:
        return query
    return await with_stand_alone_question(query, understood.earlier, model, services.vocabulary)


def _recorded(understood: Understood, services: Services) -> Understood:
    for verdict in understood.check.verdicts:
        services.record(verdict)
    return understood
