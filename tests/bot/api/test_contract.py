"""Generated requests against the interface document: no crash, no undocumented reply."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.fakes import InMemoryConversations, ScriptedAnswerer
from tests.service import an_app

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of schemathesis itself

app = an_app(ScriptedAnswerer(), InMemoryConversations())
schema = schemathesis.openapi.from_asgi("/openapi.json", app)


@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_reply_is_documented(case: schemathesis.Case) -> None:
    response = case.call_and_validate(
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
        ]
    )

    assert response.status_code < 500
