"""How much the type of a page counts: guidance before news. The table is `document_types.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from types import MappingProxyType

ORDINARY = 1.0


def weight_of_type(document_type: str) -> float:
    """Return what the odds of a page of a type are multiplied by; 1 for a type nobody weighed."""
    return _weights().get(document_type.strip().lower(), ORDINARY)


@cache
def _weights() -> MappingProxyType[str, float]:
    table = tomllib.loads(files("bot.retrieval").joinpath("document_types.toml").read_text("utf-8"))
    return MappingProxyType(
        {name: float(row["weight"]) for row in table["types"] for name in row["names"].split()}
    )
