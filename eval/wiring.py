"""Build evaluation targets. Heavy libraries are imported by what is built, on first use."""

from pathlib import Path
from typing import TYPE_CHECKING

from eval.settings import EvalSettings

if TYPE_CHECKING:
    from eval.fitting.fit import Lesson
    from eval.targets import AnswerTarget


def build_target(target: str, *, index: Path | None, settings: EvalSettings) -> "AnswerTarget":
    """Return the bot in this process for `local`, or a service for an address.

    Args:
        target: `local` or a URL.
        index: Folder of index versions for a local target; the configured one when not given.
        settings: Time limits.
    """
    if target.startswith(("http://", "https://")):
        from eval.targets import HttpTarget

        return HttpTarget(target, timeout_seconds=settings.timeout_seconds)
    from bot.wiring import build_services
    from eval.targets import LocalTarget

    return LocalTarget(build_services(index_directory=index))


def build_lesson(name: str, index: Path, *, half: int) -> tuple["Lesson", dict[str, object]]:
    """Return a question set with the bot of its index, and the entry for the fit's card.

    Args:
        name: Folder or name of a question set.
        index: Folder of index versions.
        half: Half of the pages to fit on, 0 or 1; -1 for all.
    """
    from bot.wiring import build_services
    from eval.fitting.fit import Lesson
    from eval.halves import split
    from eval.question_set import find_question_set, load_question_set

    questions = load_question_set(find_question_set(name))
    items = list(questions.items) if half < 0 else split(questions.items, half)[0]
    usable = tuple(i for i in items if i.qrels or i.answerability == "unanswerable")
    services = build_services(index_directory=index)
    return Lesson(usable, services), {
        "question_set": questions.header.name,
        "question_set_digest": questions.digest,
        "questions": len(usable),
        "index_root_hash": services.index.manifest.root_hash,
        "embedding_model": services.index.manifest.embedding_model,
    }
