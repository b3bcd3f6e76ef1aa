"""`make capacity`: 2,000 workbooks under Google's quota, in a window that is scaled down. See campaign.py."""

import argparse
import tempfile
from pathlib import Path

from sync.sheet.quota import read_quota
from tests.capacity.campaign import Plan, run


def main() -> None:
    """Run one campaign and print its two passes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workbooks", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--processes", action="store_true", help="workers as processes, not as threads")
    parser.add_argument("--accounts", type=int, default=1, help="service accounts that share the workbooks")
    parser.add_argument("--quota", default="60/300/20", help="calls to an account / to the project / seconds, or off")
    parser.add_argument("--passes", type=int, choices=(1, 2), default=2, help="1: only the one that writes")
    args = parser.parse_args()
    plan = Plan(
        args.workbooks, args.workers, args.processes, args.accounts, read_quota(args.quota) or None, args.passes
    )
    print(plan, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, result in zip(("first, with writes", "second, no news"), run(plan, Path(folder)), strict=False):
            speed = f"{result.syncs} syncs in {result.seconds:.1f} s ({result.syncs / result.seconds:.1f} a second)"
            share = f"allowed {result.allowed:.1f} s, ratio {result.ratio:.3f}, refused by quota {result.refused}"
            print(f"{name}: {speed}, {share}", flush=True)


if __name__ == "__main__":
    main()
