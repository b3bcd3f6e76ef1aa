"""One worker process of a campaign: `python -m tests.capacity.worker`, settings from the environment."""

from sync.settings import read_settings
from sync.store.store import open_store
from tests.capacity.campaign import drain

if __name__ == "__main__":
    found = read_settings()
    opened = open_store(found.store_url)
    drain(found, opened)
    opened.close()
