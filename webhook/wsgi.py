"""The service for a WSGI server: `gunicorn --threads 8 webhook.wsgi:app`, settings from the environment.

One process with threads: the worker that runs the syncs and the clock that says who is due live in it, and rate limits
and counters are a process's own.
"""

import gc
import logging

from sheet_templates.words import LANGUAGES
from sync.errors import SemaforoError
from webhook.app import create_app

try:
    app = create_app()
except SemaforoError as error:
    # The server will show where it happened; whoever looks into its log wants to know what to do.
    logging.getLogger(__name__).critical(" ".join(error.sentence(language) for language in LANGUAGES))
    raise

gc.freeze()  # what is loaded by now stays: the collector need not look through it again and again
