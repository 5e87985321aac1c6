"""The file in which a content team describes its sources: `guidance.yaml`."""

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from ingestion.errors import GuidanceFileError
from ingestion.sources.source_settings import SourceSettings

Pattern = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_MAX_BYTES = 1_000_000


class SourceEntry(BaseModel):
    """One source."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    name: str = Field(min_length=1, pattern=r"^[\w][\w .-]*$")
    location: str = Field(min_length=1)
    publisher: str = ""
    nation: str = Field(
        default="",
        pattern=r"^$|^uk$|^(england|scotland|wales|northern-ireland)"
        r"(\+(england|scotland|wales|northern-ireland))*$",
    )
    locale: Literal["", "en", "cy"] = ""
    audience: str = ""
    licence: str = ""
    weight: float = Field(default=1.0, gt=0, le=10, allow_inf_nan=False)
    include: tuple[Pattern, ...] = ()
    exclude: tuple[Pattern, ...] = ()
    max_pages: int = Field(default=20_000, ge=1, le=1_000_000)
    max_depth: int = Field(default=4, ge=0, le=20)

    @property
    def settings(self) -> SourceSettings:
        """The entry without its name and location."""
        return SourceSettings(**self.model_dump(exclude={"name", "location"}))


class GuidanceFile(BaseModel):
    """All sources, and the private hosts that may be read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: tuple[SourceEntry, ...] = Field(min_length=1)
    allow_private_hosts: tuple[Pattern, ...] = ()


def read_guidance_file(path: Path) -> GuidanceFile:
    """Read and check the file.

    Raises:
        GuidanceFileError: It cannot be read, or an entry is wrong; one sentence names the file, the
            entry and the field.
    """
    content = _parsed(path)
    try:
        found = GuidanceFile.model_validate(content)
    except ValidationError as error:
        raise _first_error(path, content, error) from error
    names = [entry.name for entry in found.sources]
    for name in names:
        if names.count(name) > 1:
            raise GuidanceFileError(
                path=path, entry=f"source {name!r}", field="name", reason="two sources have it"
            )
    return found


def _parsed(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise GuidanceFileError(
                path=path, entry="the file", field="", reason="it is larger than 1 MB"
            )
        content = yaml.load(path.read_text("utf-8"), _StrictLoader)  # noqa: S506, a SafeLoader
    except OSError as error:
        reason = error.strerror or str(error)
        raise GuidanceFileError(path=path, entry="the file", field="", reason=reason) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise GuidanceFileError(path=path, entry="the file", field="", reason=reason) from error
    if not isinstance(content, dict):
        raise GuidanceFileError(
            path=path, entry="the file", field="", reason="it has no `sources:` list"
        )
    return content


def _first_error(path: Path, content: dict[str, Any], error: ValidationError) -> GuidanceFileError:
    first = error.errors()[0]
    entry, field = "the file", ".".join(str(step) for step in first["loc"])
    match first["loc"]:
        case ("sources", int(number), *rest):
            entry, field = f"source {number + 1}", ".".join(str(step) for step in rest)
            given = content["sources"][number]
            if isinstance(given, dict) and isinstance(given.get("name"), str):
                entry = f"source {given['name']!r}"
    reason = first["msg"][0].lower() + first["msg"][1:]
    if first["type"] == "extra_forbidden":
        known = SourceEntry if entry != "the file" else GuidanceFile
        reason = f"there is no such field; there are {', '.join(known.model_fields)}"
    elif first["type"] != "missing":
        reason = f"{reason}, not {first['input']!r}"
    return GuidanceFileError(path=path, entry=entry, field=field, reason=reason)


class _StrictLoader(yaml.SafeLoader):
    """Refuses a field that is given twice, where YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002, as the library calls it
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the field {key!r} is given twice", node.start_mark
                )
        found: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return found
