"""The tables of docs/sources.md are made from the manifests: `python -m tests.docs.sources` writes them anew."""

from pathlib import Path

from sync.sources.describe import table_of_platforms, table_of_sources

PAGE = Path(__file__).parents[2] / "docs" / "sources.md"


def tables() -> dict[str, str]:
    """Name of a block on the page -> its table."""
    found = {}
    for language in ("en", "es"):
        found[f"sources:{language}"] = table_of_sources(language)
        found[f"platforms:{language}"] = table_of_sources(language, platforms=True)
        found[f"needs:{language}"] = table_of_platforms(language)
    return found


def rendered(page: str) -> str:
    """The page with every table as it should be."""
    for name, table in tables().items():
        head, _, rest = page.partition(f"<!-- {name} -->\n")
        _, _, tail = rest.partition(f"<!-- /{name} -->")
        page = f"{head}<!-- {name} -->\n{table}\n<!-- /{name} -->{tail}"
    return page


if __name__ == "__main__":
    PAGE.write_text(rendered(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
