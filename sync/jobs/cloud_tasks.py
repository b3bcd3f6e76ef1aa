"""Syncs carried by Google Cloud Tasks, over its REST interface: a task names a workbook, and our own handler gets it.

https://cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues.tasks

A task is delivered at least once, by a request that carries an OIDC token; any answer outside 2xx brings it again. A
name makes a second creation fail with 409, which is as good: the first one will come.
"""

import base64
import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import google.auth
import google.auth.exceptions
import requests
from google.auth.transport.requests import AuthorizedSession

from sync.errors import UsageError
from sync.jobs.carry import carry_workbook
from sync.jobs.runner import LEASE_SECONDS, Runner
from sync.settings import Settings
from sync.store.store import Store

_LOG = logging.getLogger(__name__)
_SCOPE = "https://www.googleapis.com/auth/cloud-platform"
_TIMEOUT = (5.0, 20.0)
_DEADLINE = "600s"  # how long Cloud Tasks waits for the handler's answer
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class CloudTasks:
    """Creates tasks, and handles those that are delivered. `session` signs in by itself."""

    session: requests.Session
    api: str
    queue: str  # projects/P/locations/L/queues/Q
    handler: str  # the address of our own /tasks/sync
    account: str  # the service account whose token the handler checks
    store: Store
    runner: Runner
    lease: float = LEASE_SECONDS

    @property
    def is_alive(self) -> bool:
        """Always: nothing of ours waits between two requests."""
        return True

    def start(self) -> None:
        """Nothing runs before a task is delivered."""

    def stop(self, timeout: float = 30.0) -> bool:
        """Nothing runs here of its own; a request that is being answered is the server's affair."""
        return True

    def wake(self, workbook: str = "") -> None:
        """A task for the workbook, or for each that is due. Presses within a minute share one."""
        try:
            now = self.store.now()
            for name in (workbook,) if workbook else self.store.due_workbooks():
                self.create(name, self._claims(name), int(now // 60))
        except (requests.RequestException, google.auth.exceptions.GoogleAuthError):
            _LOG.exception("Cloud Tasks could not be reached; the trigger waits in the store")

    def run_due(self, workbook: str) -> bool:
        """Sync the workbook if it is due and free, and make a task of what it wants next. False when it was not.

        The row decides whether there is anything to do. Raises SQLAlchemyError, requests.RequestException and
        GoogleAuthError: an answer outside 2xx then makes the task come again.
        """
        ran = carry_workbook(self.store, self.runner, workbook, lease=self.lease)
        due = self.store.next_due(workbook)
        if due is not None:
            self.create(workbook, self._claims(workbook), round(due, 3), at=due)
        return ran

    def create(self, workbook: str, *distinct: float, at: float | None = None) -> bool:
        """A task named by the workbook and what sets it apart. False when one of that name is known already.

        Raises requests.RequestException.
        """
        digest = hashlib.sha256(json.dumps([workbook, *distinct]).encode()).hexdigest()[:40]
        body = json.dumps({"spreadsheetId": workbook}).encode()
        answer = self.session.post(
            f"{self.api}/v2/{self.queue}/tasks",
            json={"task": self._task(f"{self.queue}/tasks/{digest}", body, at)},
            timeout=_TIMEOUT,
        )
        if answer.status_code == requests.codes.conflict:
            return False
        answer.raise_for_status()
        return True

    def _task(self, name: str, body: bytes, at: float | None) -> Mapping[str, Any]:
        token = {"serviceAccountEmail": self.account, "audience": self.handler}
        request = {
            "url": self.handler,
            "httpMethod": "POST",
            "headers": {"Content-Type": "application/json"},
            "body": base64.b64encode(body).decode(),
            "oidcToken": token,
        }
        when = (
            {} if at is None else {"scheduleTime": datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")}
        )
        return {"name": name, "httpRequest": request, "dispatchDeadline": _DEADLINE, **when}

    def _claims(self, workbook: str) -> int:
        """How often the workbook was claimed: what comes after a claim is another task than what came before."""
        return self.store.claims_of(workbook)


def cloud_tasks(settings: Settings, store: Store, runner: Runner) -> CloudTasks:
    """The carrier as the settings name it. Raises UsageError when one is missing."""
    needed = {"tasks_queue": settings.tasks_queue, "tasks_handler": settings.tasks_handler}
    missing = [f"SEMAFORO_{name.upper()}" for name, value in needed.items() if not value]
    if missing:
        raise UsageError("jobs_settings", facts={"names": ", ".join(missing)})
    session = requests.Session() if urlsplit(settings.tasks_url).hostname in _LOOPBACK else _signed_in()
    return CloudTasks(
        session=session,
        api=settings.tasks_url.rstrip("/"),
        queue=str(settings.tasks_queue),
        handler=str(settings.tasks_handler),
        account=settings.tasks_account or "",
        store=store,
        runner=runner,
    )


def _signed_in() -> requests.Session:
    try:
        identity, _ = google.auth.default(scopes=[_SCOPE])
    except google.auth.exceptions.DefaultCredentialsError as error:
        raise UsageError("no_credentials") from error
    return AuthorizedSession(identity)  # type: ignore[no-untyped-call]  # google-auth is only partly annotated
