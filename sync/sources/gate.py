"""Which secrets a row may be measured with: decided here for every source, before any is read and anything is asked.

Whoever may edit a workbook can name any place that the operator's secrets can see, other clients' among them. So once
there is a list (SEMAFORO_PLACES), a workbook uses what it shares with others only for the places listed for it. The
secrets of its own folder, and the files of a folder called like it, are its own. Without a list everything is open.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from sync.errors import SourceError
from sync.model import FetchFailure, KpiDefinition
from sync.settings import Settings
from sync.sources.address import AddressRefusedError, understand
from sync.sources.allowed import allowed_for, covers, is_below, line_for, reads_files
from sync.sources.boundary import attempt
from sync.sources.manifest import Manifest
from sync.sources.parameters import read_parameters
from sync.sources.places import is_address, place_shown
from sync.sources.protocol import FetchContext, Request
from sync.sources.refs import source_of
from sync.sources.registry import load
from sync.sources.secrets import Secrets

REFUSED = "place_not_allowed"


class Access(StrEnum):
    """What a row may be measured with: what workbooks share as well, or nothing but the workbook's own."""

    SHARED = "shared"
    OWN = "own"


class Gate:
    """What one workbook may ask for."""

    def __init__(self, settings: Settings, workbook: str) -> None:
        self._settings, self._workbook = settings, workbook
        self._open = settings.places is None
        self._allowed = allowed_for(settings.places or (), workbook)
        self._secrets = Secrets(settings, workbook)

    def access(self, request: Request) -> Access:
        """Raises SourceError place_not_allowed (facts source, line), and for a row that can't be understood what
        `read_parameters` raises. The same for places that there are and that there are not."""
        if self._open:
            return Access.SHARED
        manifest = load(request.ref.kind).manifest
        if manifest.listed_in_files and request.ref.account is None:
            return Access.SHARED
        values = read_parameters(request, manifest) if manifest.reads == "platform" else {}
        if self._is_own(request, manifest):
            return Access.OWN
        if any(covers(allowed, request, manifest, values) for allowed in self._allowed):
            return Access.SHARED
        if manifest.auth or manifest.listed_in_files or self._is_inside(request, manifest):
            raise self._refusal(request, manifest, values)
        return Access.OWN

    def lacks(self, definition: KpiDefinition) -> str | None:
        """The line that a row lacks in SEMAFORO_PLACES; None where it lacks none, or can't be understood."""
        found = attempt("", lambda: self.access(Request(definition, source_of(definition))))
        return str(found.facts["line"]) if isinstance(found, FetchFailure) and found.code == REFUSED else None

    def _is_own(self, request: Request, manifest: Manifest) -> bool:
        """Whether one way in takes nothing but secrets of the workbook's own folder, or it is a file of its own."""
        if manifest.auth and not manifest.listed_in_files:
            account = request.ref.account
            return any(all(self._secrets.owns(name, account) for name in auth.needs) for auth in manifest.auth)
        return reads_files(manifest) and is_below(request.ref.place or "", self._workbook)

    def _is_inside(self, request: Request, manifest: Manifest) -> bool:
        """Whether a table lies where only the operator's settings let us in: the folder of files, a listed host."""
        place = request.ref.place or ""
        if not reads_files(manifest):
            return False
        if not is_address(place):
            return True
        try:
            return understand(place, self._settings.allowed_hosts).listed
        except AddressRefusedError:
            return False

    def _refusal(self, request: Request, manifest: Manifest, values: Mapping[str, str]) -> SourceError:
        place = request.ref.place or ""
        if is_address(place) and reads_files(manifest):  # the rest of it may be secret
            request = replace(request, ref=replace(request.ref, place=f"{place_shown(place)}/…"))
        facts = {"source": manifest.name, "line": line_for(request, self._workbook, manifest, values)}
        return SourceError(REFUSED, permanent=True, facts=facts)


def context_for(kind: str, access: Access, context: FetchContext) -> FetchContext:
    """The context for rows of a source with that access."""
    if access is Access.SHARED:
        return context
    if reads_files(load(kind).manifest):  # a public address may lead on to a host that is not
        context = replace(context, settings=replace(context.settings, allowed_hosts=()))
    return replace(context, own_secrets=True)
