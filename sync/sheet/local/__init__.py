"""The embedded spreadsheet server: a wing of its own that imports nothing else of Semáforo.

It speaks the Google Sheets v4 REST API, and the parts of Drive v3 that gspread uses, over HTTP on loopback.
Workbooks are kept in one SQLite file.
"""

from .app import Options, create_app
from .faults import Faults, FaultsError, read_faults
from .server import LocalServer, serve_forever
from .setup import PageSetup
from .store import StoreBusyError, StoreUnusableError, mark_of

__all__ = [
    "Faults",
    "FaultsError",
    "LocalServer",
    "Options",
    "PageSetup",
    "StoreBusyError",
    "StoreUnusableError",
    "create_app",
    "mark_of",
    "read_faults",
    "serve_forever",
]
