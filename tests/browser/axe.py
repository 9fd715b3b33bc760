"""axe-core, which npm installs for the tests only, run on a page that is open in a browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from search_app.fonts import HERE

SOURCE = HERE / "node_modules" / "axe-core" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Not among the rules of these tags, or off until asked for: our own measure is stricter.
_RULES = ("target-size", "color-contrast-enhanced")
_CONTRAST = ("color-contrast", "color-contrast-enhanced")
_RUN = """async (options) => {
  const { violations } = await axe.run(document, { ...options, resultTypes: ["violations"] });
  return violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(" ")} · ${node.html.slice(0, 160)} · ${node.failureSummary}`));
}"""


def axe_source() -> str:
    """Return the script; without it skip, or fail where it must be."""
    if SOURCE.is_file():
        return SOURCE.read_text(encoding="utf-8")
    message = f"{Path(SOURCE).name} is missing. Install with: cd search_app && npm ci"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def violations(window: Any, source: str, *, colours_only: bool = False) -> list[str]:
    """Return what breaks a rule on the page that a window shows, one line an element."""
    options: dict[str, object] = {
        "runOnly": {"type": "tag", "values": _TAGS},
        "rules": {rule: {"enabled": True} for rule in _RULES},
    }
    if colours_only:
        options = {"runOnly": {"type": "rule", "values": list(_CONTRAST)}}
    # Evaluated by the browser's own tools: the policy of the page forbids it as a script.
    if not window.evaluate("'axe' in window"):
        window.evaluate(source)
    return list(window.evaluate(_RUN, options))
