"""One process that takes permits until an end: `python -m tests.limiter_process URL SECONDS LIMIT WINDOW BURST`."""

import json
import sys
import time

from sync.sheet.quota import Pace
from sync.store.store import open_store


def main(url: str, seconds: float, pace: Pace) -> None:
    """Print, for each permit of the key `k` that was given, the moments between which it was, as a JSON list."""
    store, taken = open_store(url), []
    end = time.time() + seconds
    while time.time() < end:
        before = time.time()
        wait = store.take_permits({"k": pace})
        if wait <= 0:
            taken.append((before, time.time()))
        else:
            time.sleep(min(wait, 0.05))
    print(json.dumps(taken))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), Pace(int(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5])))
