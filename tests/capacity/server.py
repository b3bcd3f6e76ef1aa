"""The embedded server in a process of its own, on a free port: `python -m tests.capacity.server FILE FAULTS`."""

import sys

from sync.sheet.local import serve_forever

if __name__ == "__main__":
    serve_forever(sys.argv[1], port=0, faults_file=sys.argv[2], on_start=lambda url: print(url, flush=True))
