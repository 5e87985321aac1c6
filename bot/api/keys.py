"""Keys of content systems and content teams."""

import hashlib
import hmac
from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.api.door import OpenDoor
from bot.api.problems import ProblemError

_bearer = HTTPBearer(auto_error=False, description="A key whose digest is in ENQUIRY_ADMIN_KEYS.")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def check_key(door: OpenDoor, credentials: Credentials) -> None:
    """End the request unless it carries a key whose digest is configured.

    Keys are long and random, so one round of SHA-256 keeps them; the comparison takes the same
    time whatever is right about a wrong key.

    Raises:
        ProblemError: With status 401, or 403 when no key is configured.
    """
    digests = door.settings.admin_key_digests
    if not digests:
        detail = "This call is switched off: ENQUIRY_ADMIN_KEYS holds no key."
        raise ProblemError(403, detail)
    given = credentials.credentials if credentials else ""
    digest = hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()
    # Every digest is compared, so that time says nothing about which one matched.
    matches = [hmac.compare_digest(digest, known) for known in digests]
    if not any(matches):
        headers = {"WWW-Authenticate": "Bearer"}
        raise ProblemError(401, "Send a valid key: `Authorization: Bearer KEY`.", headers=headers)
