"""`python -m sync.sentence [--today DATE] [--lang es|en] < lines > rows`: the parser by itself, for measuring."""

import argparse
import json
import sys
from datetime import date

from sync.sentence.lines import parse_lines


def main() -> None:
    """Reads sentences from standard input and writes one JSON row for each."""
    options = argparse.ArgumentParser(prog="python -m sync.sentence")
    options.add_argument("--today", type=date.fromisoformat, default=None)
    options.add_argument("--lang", choices=("es", "en"), default=None)
    given = options.parse_args()
    today = given.today or date.today()  # noqa: DTZ011  the person's own day
    for row in parse_lines(sys.stdin, today, given.lang):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
