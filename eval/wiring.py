"""Build evaluation targets. Heavy libraries are imported by what is built, on first use."""

from dataclasses import replace
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


def build_lessons(
    name: str, index: Path, *, half: int
) -> tuple["Lesson", "Lesson", dict[str, object]]:
    """Return the part of a question set to fit on and the rest, and the entry for the fit's card.

    Args:
        name: Folder or name of a question set.
        index: Folder of index versions.
        half: Half of the pages to fit on, 0 or 1; -1 for all.
    """
    from bot.wiring import build_services
    from eval.fitting.fit import Lesson
    from eval.halves import split, usable_for_fit
    from eval.question_set import find_question_set, load_question_set

    questions = load_question_set(find_question_set(name))
    usable = usable_for_fit(questions.items)
    fit_on, rest = (usable, []) if half < 0 else split(usable, half)
    # Weights are fitted on what search says alone; a second opinion brings its own.
    services = replace(build_services(index_directory=index), pair_reader=None)
    return (
        Lesson(tuple(fit_on), services),
        Lesson(tuple(rest), services),
        {
            "question_set": questions.header.name,
            "question_set_digest": questions.digest,
            "questions": len(fit_on),
            "index_root_hash": services.index.manifest.root_hash,
            "embedding_model": services.index.manifest.embedding_model,
        },
    )
