"""What a person calls a workbook: an address, an id, or local:NAME in the embedded server. Pure."""

import re
from dataclasses import dataclass

from sync.errors import UsageError

LOCAL = "local:"
LOCAL_ID = "local-"  # in the embedded server a name is an id, so finding a workbook costs no call
_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
_ID = re.compile(r"[A-Za-z0-9_-]{20,100}")
_ADDRESS = re.compile(r"https://docs\.google\.com/spreadsheets/(?:u/\d+/)?d/([A-Za-z0-9_-]{20,100})(?:[/?#].*)?")


@dataclass(frozen=True)
class Reference:
    """A workbook as a person called it, understood."""

    text: str
    id: str
    local: bool


def read_reference(text: str) -> Reference:
    """Raises UsageError for what is neither an address, nor an id, nor local:NAME."""
    text = text.strip()
    name = text.removeprefix(LOCAL) if text.startswith(LOCAL) else ""
    if _NAME.fullmatch(name):
        return Reference(text, LOCAL_ID + name, local=True)
    if text.startswith(LOCAL_ID) and _NAME.fullmatch(text.removeprefix(LOCAL_ID)):
        return Reference(reference_text(text), text, local=True)
    address = _ADDRESS.fullmatch(text)
    if address:
        return Reference(text, address[1], local=False)
    if _ID.fullmatch(text):
        return Reference(text, text, local=False)
    raise UsageError("workbook_address", facts={"text": text[:120]})


def reference_text(workbook: str) -> str:
    """A workbook's id as a person may type it again: local-demo is local:demo."""
    return LOCAL + workbook.removeprefix(LOCAL_ID) if workbook.startswith(LOCAL_ID) else workbook
