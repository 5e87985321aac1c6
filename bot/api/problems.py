"""Errors as problem details (RFC 9457). No problem ever repeats what a citizen wrote."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from bot.api.page_problems import is_page, problem_page
from bot.errors import NotReadyError

MEDIA_TYPE = "application/problem+json"
# What a client's developer reads instead of the names of our library.
_PLAIN = {
    "model_attributes_type": "send a JSON object",
    "dict_type": "send a JSON object",
    "missing": "this field is needed",
    "extra_forbidden": "it holds a field that there is not; /openapi.json names them all",
    "string_type": "send text",
    "json_invalid": "this is not JSON",
}
logger = logging.getLogger(__name__)


class Problem(BaseModel):
    """A problem document."""

    type: str = Field(default="about:blank", description="Address that names the kind of problem.")
    title: str = Field(description="The kind of problem, in a few words.")
    status: int = Field(description="HTTP status.")
    detail: str = Field(default="", description="What happened and what to do.")


class ProblemError(Exception):
    """Ends a request with a problem document."""

    def __init__(
        self, status: int, detail: str, *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})


def problem_response(
    status: int, detail: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Return a problem document as a response."""
    problem = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail)
    return JSONResponse(
        problem.model_dump(), status, headers=dict(headers or {}), media_type=MEDIA_TYPE
    )


def reply_with_problem(
    scope: Scope, status: int, detail: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a problem as who asked can read it: a page for people, a document for programs."""
    if is_page(scope):
        return problem_page(scope, status, headers)
    return problem_response(status, detail, headers)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI entries of the problems an endpoint can end with."""
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: schema}}
        for status in (*statuses, 413, 422, 429, 500)
    }


def install(app: FastAPI) -> None:
    """Make every error of an application a problem document, or a page under a page's address."""

    @app.exception_handler(ProblemError)
    async def _problem(request: Request, error: ProblemError) -> Response:
        return reply_with_problem(request.scope, error.status, error.detail, error.headers)

    @app.exception_handler(NotReadyError)
    async def _not_ready(request: Request, error: NotReadyError) -> Response:
        return reply_with_problem(request.scope, 503, str(error), {"Retry-After": "5"})

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        detail = str(error.detail)
        return reply_with_problem(request.scope, error.status_code, detail, error.headers)

    @app.exception_handler(RequestValidationError)
    async def _validation(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            return problem_response(400, "The body is not valid JSON.")
        # The name of a field that there is not came from outside and may be what somebody wrote.
        known = first["loc"][:-1] if first["type"] == "extra_forbidden" else first["loc"]
        place = ".".join(str(step) for step in known)
        # `msg` names the rule; `input` would repeat the citizen's words and is left out.
        rule = _PLAIN.get(first["type"], first["msg"]).removeprefix("Value error, ")
        detail = f"{place.removeprefix('body.')}: {rule}."
        return reply_with_problem(request.scope, 422, detail)

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, error: Exception) -> Response:
        # The citizen gets one sentence; operators get the class of the error and where it rose.
        log_unexpected(error)
        detail = "Something went wrong here. Try again later."
        return reply_with_problem(request.scope, 500, detail)


def log_unexpected(error: BaseException) -> None:
    """Log where an unexpected error rose, without its message: it may hold a citizen's words."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    logger.error("request.failed", extra={"error": type(error).__name__, "place": place})
