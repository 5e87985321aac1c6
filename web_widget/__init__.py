"""The widget and the pages that work without it: files only, no Python journey."""

from pathlib import Path

STATIC_DIR = Path(__file__).with_name("static")
"""`widget.js` and `site.css`, served as they are."""

TEMPLATES_DIR = Path(__file__).with_name("templates")
"""Jinja templates of `/chat`, `/demo`, `/embed` and `/accessibility`; always autoescaped."""

__all__ = ["STATIC_DIR", "TEMPLATES_DIR"]
