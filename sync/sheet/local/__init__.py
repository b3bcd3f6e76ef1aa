"""The embedded spreadsheet server: a wing of its own that imports nothing else of Semáforo.

It speaks the Google Sheets v4 REST API, and the parts of Drive v3 that gspread uses, over HTTP on loopback.
Workbooks are kept in one SQLite file.
"""

from .app import create_app
from .server import LocalServer, serve_forever

__all__ = ["LocalServer", "create_app", "serve_forever"]
