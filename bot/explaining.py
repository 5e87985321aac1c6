"""Why a question gets its answer: `enquiry-bot explain`, for whoever looks after the service."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.answer import Answer, Found, RankedPage
from bot.enquiry import Enquiry
from bot.pipeline import answer_question
from bot.retrieval import Calibration
from bot.services import Services

PAGES_SHOWN = 10


async def explanation(enquiry: Enquiry, services: Services) -> dict[str, Any]:
    """Return what was found, weighed, left out and quoted, for JSON.

    A message that a guardrail ended was never searched: it has a status only. Of several questions
    that are answered apart, the search of the whole message is explained.
    """
    answer, found = None, None
    async for event in answer_question(enquiry, services):
        if isinstance(event, Answer):
            answer = event
        elif isinstance(event, Found):
            found = event
    assert answer is not None  # noqa: S101  # every journey ends in an Answer
    told: dict[str, Any] = {
        "question": answer.question,
        "status": answer.status.value,
        "completeness": answer.completeness,
        "notices": {notice.kind: notice.text for notice in answer.notices},
        "index_version": answer.index_version,
        "quoted": [{"url": c.url, "quote": c.quote} for c in answer.citations],
    }
    return told | _searched(answer, found, services.calibration) if found else told


def _searched(answer: Answer, found: Found, calibration: Calibration) -> dict[str, Any]:
    cited = {citation.url.partition("#")[0] for citation in answer.citations}
    reasons = found.list_reasons()
    best = found.pages[0].score if found.pages else 0.0
    considered = [
        {
            **_weighed(page, found, calibration, reasons),
            "quoted": page.url in cited,
            "below_the_best_by": round(best - page.score, 3),
        }
        for page in found.pages
    ]
    return {
        "confidence": round(found.confidence, 4),
        "answer_threshold": calibration.answer_threshold,
        "partial_threshold": calibration.partial_threshold,
        "confidence_signals": found.confidence_signals,
        "confidence_weights": calibration.confidence_weights,
        "page_weights": calibration.page_weights,
        "unit_weights": calibration.unit_weights,
        "pages": considered,
        "left_out": [
            {**_weighed(page, found, calibration, reasons), "because": page.left_out}
            for page in found.list_left_out()
        ],
        "units": [
            {
                "url": unit.page_url,
                "text": unit.text,
                "score": round(unit.score, 3),
                "signals": dict(zip(found.unit_signals, unit.signals, strict=True)),
            }
            for unit in found.units[:PAGES_SHOWN]
        ],
    }


def _weighed(
    page: RankedPage,
    found: Found,
    calibration: Calibration,
    reasons: Mapping[str, Mapping[str, float]],
) -> dict[str, Any]:
    return {
        "url": page.url,
        "score": round(page.score, 3),
        "signals": dict(zip(found.page_signals, page.signals, strict=True)),
        "parts_of_score": {
            name: round(value * calibration.page_weights[name], 3)
            for name, value in zip(found.page_signals, page.signals, strict=True)
        },
        "lowered_by": {reason: round(by, 3) for reason, by in reasons[page.url].items()},
    }


def in_lines(told: Mapping[str, Any]) -> str:
    """Return an explanation to read on a terminal; the ten best pages and units."""
    return "\n".join(_lines(told))


def _lines(told: Mapping[str, Any]) -> Iterator[str]:
    yield f"{told['status']} ({told['completeness']}), index {told['index_version']}"
    if "confidence" not in told:
        yield "Nothing was searched: the reply is a fixed one."
        return
    yield (
        f"confidence {told['confidence']:.3f}; answered from {told['answer_threshold']:.3f}, "
        f"partial from {told['partial_threshold']:.3f}"
    )
    weights = told["confidence_weights"]
    parts = {name: value * weights[name] for name, value in told["confidence_signals"].items()}
    yield f"  made of {_largest(parts)}"
    yield "\nPages"
    for page in told["pages"][:PAGES_SHOWN]:
        mark = "quoted" if page["quoted"] else f"below the best by {page['below_the_best_by']:.2f}"
        yield f"  {page['score']:8.2f}  {page['url']}  ({mark})"
        yield f"            {_largest(page['parts_of_score'])}{_lowered(page['lowered_by'])}"
    yield from _left_out(told["left_out"])
    yield "\nUnits"
    for unit in told["units"]:
        yield f"  {unit['score']:8.2f}  {unit['text']}"
    yield "\nQuoted"
    yield from (
        f"  {quoted['url']}: {' '.join(quoted['quote'].split())}" for quoted in told["quoted"]
    )


def _left_out(pages: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if pages:
        yield "\nLeft out"
    for page in pages[:PAGES_SHOWN]:
        yield f"  {page['score']:8.2f}  {page['url']}  ({page['because']})"


def _largest(parts: Mapping[str, float]) -> str:
    first = sorted(parts.items(), key=lambda part: -abs(part[1]))[:4]
    return ", ".join(f"{name} {value:+.2f}" for name, value in first)


def _lowered(by: Mapping[str, float]) -> str:
    return "".join(f"; {reason} {-amount:+.1f}" for reason, amount in by.items())
