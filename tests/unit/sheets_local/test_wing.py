"""The server is a wing of its own: it imports nothing else of ours, and its rooms do not run in circles."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[3]
WING = ROOT / "sync" / "sheet" / "local"
OURS = ("sync", "webhook", "sheet_templates")


def name_of(path: Path) -> str:
    parts = path.relative_to(WING).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports_of(path: Path, rooms: set[str]) -> tuple[set[str], set[str]]:
    """(rooms of the wing, absolute names) that a file imports, lazily or not."""
    package = list(path.relative_to(WING).parent.parts)
    inside, outside = set(), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            outside |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            outside.add(node.module or "")
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] + (node.module.split(".") if node.module else [])
            assert node.level <= len(package) + 1, f"{path} reaches outside of the wing"
            for alias in node.names:
                whole = ".".join([*base, alias.name])
                inside.add(whole if whole in rooms else ".".join(base))
    return inside, outside


def graph() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    paths = {name_of(path): path for path in WING.rglob("*.py")}
    found = {name: imports_of(path, set(paths)) for name, path in paths.items()}
    return {name: pair[0] - {name} for name, pair in found.items()}, {name: pair[1] for name, pair in found.items()}


def test_the_wing_imports_nothing_else_of_ours():
    _, outside = graph()
    assert {name for names in outside.values() for name in names if name.split(".")[0] in OURS} == set()


def test_the_rooms_do_not_run_in_circles():
    inside, _ = graph()
    done: set[str] = set()

    def walk(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " -> ".join([*way, name])
        if name in done:
            return
        for other in sorted(inside.get(name, ())):
            walk(other, (*way, name))
        done.add(name)

    for room in sorted(inside):
        walk(room, ())


def test_every_room_is_small():
    sizes = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in WING.rglob("*.py")}
    assert {name: size for name, size in sizes.items() if size > 300} == {}
