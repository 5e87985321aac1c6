"""Liveness, readiness and metrics."""

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse
from starlette.concurrency import run_in_threadpool

from bot.api.door import OpenDoor
from bot.api.problems import documented

router = APIRouter()


@router.get("/livez", summary="Whether the process runs")
async def livez() -> dict[str, str]:
    """Say that the process runs; asks nothing else."""
    return {"status": "ok"}


@router.get("/readyz", responses=documented(503), summary="Whether questions are answered")
async def readyz(door: OpenDoor, response: Response) -> dict[str, object]:
    """Check every part the service needs."""
    state = door.readiness()
    checks = dict(state.checks)
    try:
        await run_in_threadpool(door.conversations.check)
        checks["database"] = "ok"
    # Whatever the driver raises, the database cannot be used; the operator reads which class.
    except Exception as error:  # noqa: BLE001
        checks["database"] = f"not reachable ({type(error).__name__})"
    ready = state.ready and checks["database"] == "ok"
    response.status_code = 200 if ready else 503
    return {
        "ready": ready,
        "checks": checks,
        "degraded": list(state.degraded),
        "index_version": state.index_version,
    }


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    summary="Counters and timings for Prometheus",
)
async def metrics(door: OpenDoor) -> Response:
    """Return metrics in the Prometheus text format."""
    state = door.readiness()
    door.metrics.note_language_model(
        state.model_usage,
        available=state.checks.get("language_model") in ("ok", "failing"),
    )
    return Response(door.metrics.exposition(), media_type=door.metrics.content_type)
