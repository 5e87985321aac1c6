"""Build evaluation targets. Heavy libraries are imported by what is built, on first use."""

from pathlib import Path
from typing import TYPE_CHECKING

from eval.settings import EvalSettings

if TYPE_CHECKING:
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
