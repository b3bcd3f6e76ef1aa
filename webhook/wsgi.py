"""The service for a WSGI server: `gunicorn --threads 8 webhook.wsgi:app`, settings from the environment.

One process with threads: the worker that runs the syncs lives in it, and rate limits and counters are a process's own.
"""

import gc

from webhook.app import create_app

app = create_app()
gc.freeze()  # what is loaded by now stays: the collector need not look through it again and again
