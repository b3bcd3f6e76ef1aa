"""The faults file that docs/sheets-server.md shows is one that the server takes."""

from pathlib import Path

from sync.sheet.local.faults import read_file

PAGE = Path(__file__).parents[2] / "docs" / "sheets-server.md"


def test_the_example_of_a_faults_file_is_understood(tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8").split("\n    quota:", 1)[1].split("\n\n", 1)[0]
    example = tmp_path / "faults.yaml"
    example.write_text("\n".join(line.removeprefix("    ") for line in f"    quota:{text}".splitlines()))
    assert len(read_file(example).rules) == 5


def test_true_and_false_are_still_understood(tmp_path: Path) -> None:
    file = tmp_path / "faults.yaml"
    file.write_text("rules:\n  - {on: write, calls: [2], fault: edit, after: true, body: {requests: []}}\n")
    assert read_file(file).rules[0].after is True
