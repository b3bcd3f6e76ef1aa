"""The garbage collector holds its breath while one call is answered.

A call builds tens of thousands of small trees and no cycles; without this, half of the time of a big write goes
into looking for cycles among them.
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_inside = [0, False]


@contextmanager
def collector_paused() -> Iterator[None]:
    """No collection until the last of the threads inside has left."""
    with _lock:
        if _inside[0] == 0:
            _inside[1] = gc.isenabled()
            gc.disable()
        _inside[0] += 1
    try:
        yield
    finally:
        with _lock:
            _inside[0] -= 1
            if _inside[0] == 0 and _inside[1]:
                gc.enable()
