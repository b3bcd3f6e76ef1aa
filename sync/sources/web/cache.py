"""Answers that a platform marked with an ETag or a date, kept on disk: the next question is “anything new?”."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from sync.sources.web.call import Answer, Call

MOST_ENTRIES = 200
LARGEST = 2 * 1024 * 1024  # bytes of one body
_KEPT_HEADERS = ("etag", "last-modified", "content-type", "link")


class AnswerCache:
    """A folder with a file for each answer, readable by us alone; the oldest go first. Never raises for the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def conditions(self, call: Call) -> Mapping[str, str]:
        """The headers that ask for the answer only if it is another than the one kept."""
        kept = self._load(call)
        if kept is None:
            return {}
        pairs = (("If-None-Match", kept.headers.get("etag")), ("If-Modified-Since", kept.headers.get("last-modified")))
        return {name: value for name, value in pairs if value}

    def settled(self, call: Call, answer: Answer) -> Answer:
        """The answer itself, kept where it may be; the kept one where the platform says that nothing is new."""
        if answer.status == 304:
            return self._load(call) or answer
        if call.method == "GET" and answer.status == 200 and _may_be_kept(answer):
            self._store(call, answer)
        return answer

    def _load(self, call: Call) -> Answer | None:
        if call.method != "GET":
            return None
        try:
            head, _, body = self._path(call).read_bytes().partition(b"\n")
            return Answer(200, json.loads(head), body, call.address)
        except (OSError, ValueError):
            return None

    def _store(self, call: Call, answer: Answer) -> None:
        head = json.dumps({name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers})
        path = self._path(call)
        temporary = path.with_suffix(f".{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(
                temporary, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)
            ) as file:  # no opener in Path.open
                file.write(head.encode() + b"\n" + answer.body)
            temporary.replace(path)
            self._forget_oldest()
        except OSError:  # a full or read-only disk costs a request, never a number
            return

    def _forget_oldest(self) -> None:
        kept = sorted(self._folder.glob("*.answer"), key=lambda path: path.stat().st_mtime)
        for path in kept[: max(0, len(kept) - MOST_ENTRIES)]:
            path.unlink(missing_ok=True)

    def _path(self, call: Call) -> Path:
        """Named by a hash of address, headers (they may say whose numbers are wanted) and credential: none of them can
        be read off the disk."""
        headers = json.dumps(sorted(call.headers.items()))
        name = hashlib.sha256(f"{call.address}\n{headers}\n{call.credential}".encode()).hexdigest()
        return self._folder / f"{name}.answer"


def _may_be_kept(answer: Answer) -> bool:
    marked = "etag" in answer.headers or "last-modified" in answer.headers
    forbidden = "no-store" in answer.headers.get("cache-control", "").lower()
    return marked and not forbidden and len(answer.body) <= LARGEST
