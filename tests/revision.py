"""`python -m tests.revision "what it is about"`: the next revision, from what the tables say and the last one made.

Read it before committing it: alembic can't see a renamed column, and a new column that may not be empty needs a
`server_default` for the rows that are there already.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

import sync.store.store  # noqa: F401  # every table hangs on METADATA once this is imported
from sync.store.connection import connect
from sync.store.migrate import MIGRATIONS, alembic_config, newest
from tests.store_servers import upgraded


def write_revision(message: str) -> Path:
    """The new file, formatted."""
    number = f"{int(newest()) + 1:04}"
    slug = "_".join(message.lower().split())[:40]
    with tempfile.TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{folder}/now.db")
        with engine.begin() as db:
            upgraded(db)
            config = alembic_config(db)
            config.set_main_option("file_template", f"r{number}_{slug}")
            command.revision(config, message, autogenerate=True, rev_id=number)
        engine.dispose()
    path = MIGRATIONS / "versions" / f"r{number}_{slug}.py"
    for step in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *step, str(path)], check=True)
    return path


if __name__ == "__main__":
    print(write_revision(" ".join(sys.argv[1:]) or "changes"))
