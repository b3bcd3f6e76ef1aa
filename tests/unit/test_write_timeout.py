"""How long a call may take: a write must be over before the lease is, whatever was called before it."""

import pytest
import requests

from sync.jobs.runner import LEASE_SECONDS
from sync.sheet.google import TIMEOUT, WRITE_TIMEOUT, open_local


def test_a_write_has_its_own_limit_after_a_read_and_a_read_its_own_after_a_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limits: list[object] = []

    def answer(_session: requests.Session, _request: requests.PreparedRequest, **options: object) -> requests.Response:
        limits.append(options["timeout"])
        found = requests.Response()
        found.status_code, found._content = 200, b"{}"
        return found

    monkeypatch.setattr(requests.Session, "send", answer)
    client = open_local("http://127.0.0.1:1")
    for _ in range(2):
        client.read("W1", ["kpis"])
        client.write("W1", [])
    assert limits == [TIMEOUT, WRITE_TIMEOUT] * 2
    assert sum(WRITE_TIMEOUT) < LEASE_SECONDS
