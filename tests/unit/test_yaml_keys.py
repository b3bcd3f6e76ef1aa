"""No key stands twice in a YAML file of ours: the reader takes the last one and says nothing."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FILES = [path for part in ("sheet_templates", "sync", "webhook") for path in sorted((ROOT / part).rglob("*.yaml"))]


def doubled(text: str) -> list[str]:
    """Keys that a mapping of the document holds more than once."""
    found: list[str] = []
    waiting = [yaml.compose(text, Loader=yaml.CSafeLoader)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            counts = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
            found += [key for key, count in counts.items() if count > 1]
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_key_stands_twice(path: Path) -> None:
    assert doubled(path.read_text(encoding="utf-8")) == []


def test_a_doubled_key_is_found_at_any_depth() -> None:
    assert doubled("a: 1\nb: [{c: 1, d: 2, c: 3}]\na: 2\n") == ["a", "c"]
