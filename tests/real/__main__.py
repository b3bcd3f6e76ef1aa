"""`make real`: prints what the real inputs give."""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from sync.console import print_report
from sync.report import report_json
from sync.sheet.local import LocalServer
from sync.store.store import open_store
from tests.real.run import sync_brand, sync_official
from tests.shared import EVAL, read


def main() -> int:
    """Sync both real inputs; 0 when they are there."""
    if not EVAL.exists():
        print("skipped: the labelled cases are not beside the repository")
        return 0
    with tempfile.TemporaryDirectory() as name, LocalServer(Path(name) / "sheets.db") as server:
        folder = Path(name)
        store = open_store(f"sqlite:///{folder / 'semaforo.db'}")
        _, reports = sync_brand(read(EVAL / "series" / "leeds2023_daily_dev.jsonl"), folder, server.url, store)
        for day, report in reports.items():
            print(f"\nLEEDS 2023, {day}")
            print_report(report_json(report), "en_GB")
        agreements = sync_official(read(EVAL / "kpi_official_dev.jsonl"), folder, server.url, store)
        store.close()
    pairs = Counter((each.official, each.ours) for each in agreements)
    for (wanted, got), count in sorted(pairs.items()):
        print(f"official {wanted:<6} ours {got:<6} {count:>3}")
    same = sum(each.official == each.ours for each in agreements)
    shown = sum(each.ours != "grey" for each in agreements)
    print(f"our light agrees with the official one in {same} of {len(agreements)} ({same / len(agreements):.0%});")
    print(f"{len(agreements) - shown} we keep grey; of those we colour {same / max(shown, 1):.0%} agree")
    return 0


if __name__ == "__main__":
    sys.exit(main())
