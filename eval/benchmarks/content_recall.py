"""How many words of real pages the readers keep, by format.

The words that ought to be there are counted here, from the files, by other means than the readers
use: text of the rendered Markdown, of the main element, of the bodies in a content item.
"""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import lxml.html
from markdown_it import MarkdownIt

from eval.benchmarks.running import run

FOLDERS = {
    "html": "conditionalqa/pages",
    "markdown": "va_guidance/2019-04-19",
    "content_items": "govuk_content_items",
}
ENOUGH = 0.98
_WORD = re.compile(r"\w+")
_FRONT_MATTER = re.compile(r"\A---\r?\n.*?\r?\n---[ \t]*\r?\n", re.DOTALL)
_LIQUID = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_UNSEEN = (
    ".//script|.//style|.//nav|.//header[not(.//h1|.//h2)]|.//footer|.//aside|.//form[not(.//h1|.//p)]"
    "|.//button[not(@aria-controls)]|.//svg|.//template|.//noscript|.//iframe|.//del"
    "|.//*[@hidden][not(@id=//@aria-controls)]|.//*[@aria-hidden='true'][not(@id=//@aria-controls)]"
)


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return recall and the pages below .98 of each format whose data is there."""
    return {
        name: _measure(data / folder, out / "recall" / name)
        for name, folder in FOLDERS.items()
        if (data / folder).is_dir()
    }


def _measure(folder: Path, index: Path) -> dict[str, object]:
    built = run("ingestion", "build", str(folder), "--index", str(index), "--json")
    if built.code:
        message = f"building {folder} ended with {built.code}: {built.errors}"
        raise RuntimeError(message)
    version = json.loads(built.output)["version"]
    words = kept = 0
    low = []
    with (index / "versions" / version / "pages.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)["document"]
            expected = _words(_text_of(folder / document["origin"]))
            found = _words(_text_read(document))
            here = sum(min(number, found[word]) for word, number in expected.items())
            total = sum(expected.values())
            words, kept = words + total, kept + here
            if total and here / total < ENOUGH:
                low.append({"page": document["origin"], "recall": round(here / total, 3)})
    low.sort(key=lambda page: page["recall"])
    return {
        "words": words,
        "recall": round(kept / max(words, 1), 4),
        "pages_below": len(low),
        "lowest": low[:5],
    }


def _text_of(path: Path) -> str:
    content = path.read_text("utf-8", "replace")
    if path.suffix == ".json":
        return " ".join(_seen(html) for html in _bodies(json.loads(content).get("details", {})))
    if path.suffix in (".md", ".markdown"):
        body = _LIQUID.sub("", _FRONT_MATTER.sub("", content))
        return _seen(MarkdownIt("commonmark", {"html": True}).enable("table").render(body))
    root = lxml.html.document_fromstring(content)
    main = next(iter(root.xpath("//main|//*[@role='main']|//article|//body")), root)
    return _seen(lxml.html.tostring(main, encoding="unicode"))


def _seen(html: str) -> str:
    if not html.strip():
        return ""
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    for element in root.xpath(_UNSEEN):
        if element.getparent() is not None:
            element.drop_tree()
    return " ".join(text for text in root.itertext() if isinstance(text, str))


def _bodies(value: Any) -> list[str]:
    """Return the texts under `body` keys, the HTML of the several forms a body may have."""
    if isinstance(value, list):
        return [html for entry in value for html in _bodies(entry)]
    if not isinstance(value, dict):
        return []
    body = value.get("body")
    if isinstance(body, list):
        body = next((b["content"] for b in body if b.get("content_type") == "text/html"), "")
    nested = [html for key, entry in value.items() if key != "body" for html in _bodies(entry)]
    return [*([body] if isinstance(body, str) else []), *nested]


def _text_read(document: dict[str, Any]) -> str:
    parts = [document["details"]["title"]]
    for section in document["sections"]:
        parts += section["heading_path"]
        for block in section["blocks"]:
            parts += [block["text"], *block["items"], *block["headers"]]
            parts += [cell for row in block["rows"] for cell in row]
    return " ".join(parts)


def _words(text: str) -> "Counter[str]":
    return Counter(word.lower() for word in _WORD.findall(text))
