"""When each of many workbooks was modified last: one Drive listing for up to a thousand of them."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sync.errors import SemaforoError
from sync.settings import Settings
from sync.sheet.google import open_google
from sync.sheet.opening import answers, local_keys, open_client
from sync.sheet.quota import Gates, open_gates
from sync.sheet.reference import LOCAL_ID

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class DriveListing:
    """Asks the embedded server for its own workbooks and Google for the others, each account once.

    It needs Drive's API beside that of Sheets in the Google project. Where that is refused nothing is known of those
    workbooks, and they are synced as if they had news.
    """

    settings: Settings
    gates: Gates = open_gates

    def __call__(self, workbooks: Collection[str]) -> Mapping[str, str]:
        """The modified times by workbook id; a workbook that nobody may open is absent."""
        found: dict[str, str] = {}
        local = [workbook for workbook in workbooks if workbook.startswith(LOCAL_ID)]
        if local and answers(self.settings.sheets_url):
            for key in local_keys(self.settings) or (None,):
                with open_client(True, self.settings, key, self.gates) as client:
                    found |= client.modified_times()
        if len(local) < len(workbooks):
            for key in self.settings.keys or (None,):
                try:
                    client = open_google(key, listing=True)
                    client.gate = self.gates(client.account)
                    found |= client.modified_times()
                except SemaforoError as error:
                    _LOG.warning("no listing of modified times: %s", error)
        return found
