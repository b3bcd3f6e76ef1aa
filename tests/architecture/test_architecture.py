"""The floors of the house: who may import whom, no circles of any kind, and what may stand only in one place."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("sheet_templates", "sync", "webhook")
TOP_LEVEL = {
    *("sync", "webhook", "sheet_templates", "tests", "docs", ".ci"),
    *("pyproject.toml", "app.yaml", "cron.yaml", "Makefile", "README.md", "README.es.md", "CHANGELOG.md", "LICENSE"),
    ".gitignore",
}
LOCAL = "sync.sheet.local"
ONLY_HERE = {
    "gspread": ("sync.sheet.google",),
    "google": ("sync.sheet.google", "sync.jobs.cloud_tasks", "webhook.identity", "sync.sources.web.google_token"),
    "jmespath": ("sync.sources.declared.expressions",),
    "procrastinate": ("sync.jobs.procrastinated",),
    "sqlalchemy": (
        "sync.store",
        "sync.jobs",
        "sync.sources",
        "sync.doctor.examine",
        "webhook.routes",
        "webhook.health",
        "webhook.metrics",
        "webhook.operating",
        "webhook.quick",
        "webhook.tasks",
    ),
    "opentelemetry": ("sync.tracing",),
    "alembic": ("sync.store.migrate", "sync.store.migrations"),
    "flask": ("webhook", LOCAL),
    "rich": ("sync.console",),
    "httpx": ("sync.sources", "webhook.commands.demo", "webhook.identity"),
    "pandas": ("sync.sources",),
    "ironcalc": (LOCAL,),
}
PURE = (
    *("sync.model", "sync.parse", "sync.cells", "sync.smart", "sync.aggregate", "sync.evaluate", "sync.review"),
    *("sync.plan", "sync.projection", "sync.report", "sync.numbers", "sync.sheet.tables", "sync.sheet.verify"),
    *("sync.changes", "sync.changes_text", "sync.moves", "sync.coverage", "sync.reviews", "sync.rollup"),
    *("sync.scorecard", "sync.sentence", "sync.forecast", "sync.cases", "webhook.access", "webhook.events"),
    *("sync.jobs.schedule", "sync.sheet.accounts", "sync.log_tab", "sync.history_tab"),
    *("sync.cards", "sync.checking", "sync.plan_points", "sync.preview", "sync.thinning", "webhook.bodies"),
    *(
        "sync.intent",
        "sync.achievable",
        "sync.history",
        "sync.catalogued",
        "sync.readings",
        "sync.definitions",
    ),
    "sheet_templates.lights",
)
OUTSIDE = {"os", "socket", "subprocess", "time", "requests", "httpx", "gspread", "sqlalchemy", "flask", "sqlite3"}
LONGEST = 300  # lines
LONGER = {
    "sync.model": "every value that travels, in one place, in the order in which they travel (DESIGN.md)",
}


@cache
def modules() -> dict[str, Path]:
    paths = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return {name_of(path): path for path in paths}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports(name: str) -> frozenset[str]:
    """Everything that a module names in an import, lazy and type-only ones included."""
    tree = ast.parse(modules()[name].read_text(encoding="utf-8"))
    return frozenset(target for node in ast.walk(tree) for target in targets(name, node))


def targets(name: str, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        origin = from_where(name, node)
        for alias in node.names:
            whole = f"{origin}.{alias.name}"
            yield whole if whole in modules() else origin


def from_where(name: str, node: ast.ImportFrom) -> str:
    """The absolute name behind a relative import, which the embedded server uses: it can be lifted out."""
    if not node.level:
        return str(node.module)
    package = name if modules()[name].name == "__init__.py" else name.rpartition(".")[0]
    home = package.rsplit(".", node.level - 1)[0] if node.level > 1 else package
    return f"{home}.{node.module}" if node.module else home


def ours(name: str) -> set[str]:
    return {target for target in imports(name) if target in modules() and target != name}


def inside(name: str, *homes: str) -> bool:
    return any(name == home or name.startswith(home + ".") for home in homes)


def test_the_lowest_floor_imports_nothing_of_ours() -> None:
    climbing = {name: ours(name) for name in modules() if inside(name, "sheet_templates")}
    assert all(inside(target, "sheet_templates") for found in climbing.values() for target in found), climbing


def test_the_engine_never_imports_the_web_service() -> None:
    assert not [
        name for name in modules() if inside(name, "sync") for target in ours(name) if inside(target, "webhook")
    ]


def test_the_embedded_server_is_a_wing_of_its_own() -> None:
    leaving = {
        (name, target)
        for name in modules()
        if inside(name, LOCAL)
        for target in ours(name)
        if not inside(target, LOCAL)
    }
    assert not leaving


def test_there_is_no_circle_of_any_kind() -> None:
    state: dict[str, str] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        if state.get(name) == "done":
            return
        assert state.get(name) != "open", " -> ".join((*path[path.index(name) :], name))
        state[name] = "open"
        for target in sorted(ours(name)):
            visit(target, (*path, name))
        state[name] = "done"

    for name in sorted(modules()):
        visit(name, ())


@pytest.mark.parametrize("library", ONLY_HERE)
def test_a_library_stands_only_in_its_own_place(library: str) -> None:
    users = {name for name in modules() if any(inside(target, library) for target in imports(name))}
    assert users, f"nobody imports {library}: the list is out of date"
    assert not [name for name in users if not inside(name, *ONLY_HERE[library])]


def test_what_decides_touches_nothing_outside() -> None:
    deciding = [name for name in modules() if inside(name, *PURE)]
    assert len(deciding) > 20
    assert not [(name, target) for name in deciding for target in imports(name) if target.split(".")[0] in OUTSIDE]


def test_no_file_is_a_drawer() -> None:
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in modules().items()}
    assert not {name: length for name, length in lengths.items() if length > LONGEST and name not in LONGER}
    assert not [name for name in LONGER if lengths[name] <= LONGEST], "an exception that is no longer needed"


def test_the_top_level_holds_what_the_design_names() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    assert {line.split("/")[0] for line in listed if line} <= TOP_LEVEL


def test_every_package_is_in_the_wheel() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    packages = {name for name, path in modules().items() if path.name == "__init__.py"}
    assert not {name for name in packages if f'"{name}"' not in text}
