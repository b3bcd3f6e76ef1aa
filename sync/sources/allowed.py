"""The lines of SEMAFORO_PLACES, understood: what a workbook may ask for with secrets that others use too.

1AbC=ga4:123456789                   as it is typed in the Source column; `*=` is every workbook, `:*` every place
1AbC=hubspot@client                  whose secrets: those without an account are others
1AbC=jira:agency; project=MKT        and as in the Filter column: only with this value; `project=*` for any
1AbC=csv:client/*                    every file of a folder
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath

from sync.errors import SourceError, UsageError
from sync.sheet.reference import read_reference, reference_text
from sync.sources.manifest import Manifest, Parameter
from sync.sources.names import fold, nearest, shown
from sync.sources.parameters import checked
from sync.sources.protocol import Request, SourceRef
from sync.sources.refs import parse_source
from sync.sources.registry import entries, load, names_by_word
from sync.sources.secrets import secret_name

ANY = "*"
FORM = "WORKBOOK=SOURCE:PLACE"
_LONGEST = 300


class BadLineError(ValueError):
    """A line that lists nothing; its text is what the line should be like."""


@dataclass(frozen=True)
class AllowedPlace:
    """One line. Everything is spelled as `spelled` does; `names` are parameters of the filter."""

    workbook: str
    kind: str
    account: str
    place: str
    names: Mapping[str, str]


def guarded(manifest: Manifest) -> bool:
    """Whether a source may give a workbook what isn't its own: by secrets, or from the folder of files."""
    return bool(manifest.auth) or manifest.reads != "workbook"


def reads_files(manifest: Manifest) -> bool:
    """Whether its places are files of the operator's folder, or addresses."""
    return manifest.reads == "file_or_address" and not manifest.auth


def allowed_for(places: Sequence[str], workbook: str) -> tuple[AllowedPlace, ...]:
    """Those of a workbook. A line that can't be understood lists nothing; `problems_of` tells it at the start."""
    found = []
    for line in places:
        with suppress(BadLineError):
            if _workbook(line.partition("=")[0]) in (ANY, workbook):
                found.append(read_line(line))
    return tuple(found)


def problems_of(places: Sequence[str]) -> Iterator[str]:
    """Every line that lists nothing, with what it should be like."""
    for line in places:
        try:
            read_line(line)
        except BadLineError as error:
            yield f"SEMAFORO_PLACES: {shown(line, _LONGEST)} ({error})"


def read_line(line: str) -> AllowedPlace:
    """One line, understood. Raises BadLineError."""
    who, equals, rest = line.partition("=")
    source, *conditions = rest.split(";")
    if not equals or not who.strip() or not source.strip():
        raise BadLineError(FORM)
    ref, manifest = _source(source)
    place = ref.place or _default_place(manifest)
    if ANY in place and place != ANY and not (reads_files(manifest) and re.fullmatch(r"[^*/][^*]*/\*", place)):
        raise BadLineError(f"{ref.kind}:{ANY}")
    if manifest.place and place not in ("", ANY):
        _fitting(manifest.place, place, manifest)
    names = dict(_condition(condition, manifest) for condition in conditions if condition.strip())
    for parameter in _named(manifest):
        if parameter.required and parameter.whose and parameter.name not in names and place != ANY:
            raise BadLineError(f"{source.strip()}; {parameter.name}={parameter.example}")
    return AllowedPlace(_workbook(who), ref.kind, account_of(ref), spelled(place), names)


def covers(allowed: AllowedPlace, request: Request, manifest: Manifest, values: Mapping[str, str]) -> bool:
    """Whether a row asks for nothing else than the line lists. `values` are its parameters."""
    ref = request.ref
    if (allowed.kind, allowed.account) != (ref.kind, account_of(ref)):
        return False
    whole = allowed.place == ANY
    if not whole and not _is_at(allowed.place, ref, manifest):
        return False
    return all(_fits(allowed, parameter, values.get(parameter.name), whole) for parameter in _named(manifest))


def spelled(text: str) -> str:
    """A place as it is compared. Accents count: españa.es and espana.es belong to two people."""
    text = text.strip().lower()
    plain = text.replace("-", "")
    return plain if plain.isdecimal() else text  # 123-456-7890 is 1234567890


def account_of(ref: SourceRef) -> str:
    """Whose secrets, as it stands in their names: two spellings of one account are one."""
    return secret_name("", ref.account)


def line_for(request: Request, workbook: str, manifest: Manifest, values: Mapping[str, str]) -> str:
    """What to put into SEMAFORO_PLACES for this row to be measured. Nothing in it can list more than that."""
    ref = request.ref
    text = f"{ref.kind}@{ref.account}" if ref.account else ref.kind
    text += f":{ref.place}" if ref.place else ""
    given = [(p, values.get(p.name)) for p in _named(manifest) if p.whose]
    more = [f"; {p.name}={_harmless(str(value))}" for p, value in given if value not in (None, p.default)]
    return f"{reference_text(workbook)}={shown(_harmless(text), _LONGEST)}{''.join(more)}"


def _harmless(text: str) -> str:
    """A place with a star or a comma would be a longer list once it is copied, with a comment another place."""
    found = re.search(r"[*,;]|\s#", text)
    return text[: found.start()] + "…" if found else text


# --- reading a line ---------------------------------------------------------------------------------------------------


def _workbook(text: str) -> str:
    if text.strip() == ANY:
        return ANY
    try:
        return read_reference(text).id
    except UsageError:
        raise BadLineError(f"{shown(text)}?") from None


def _source(text: str) -> tuple[SourceRef, Manifest]:
    try:
        ref = parse_source(text)
    except SourceError as error:
        raise BadLineError(_like(text, error)) from None
    if ref is None:
        raise BadLineError(FORM)
    if ref.kind == "book":
        raise BadLineError("SEMAFORO_BOOKS")
    manifest = load(ref.kind).manifest
    if not guarded(manifest):
        raise BadLineError(f"{ref.kind}: –")
    if manifest.listed_in_files and ref.account is None:
        raise BadLineError("-- workbooks: …")
    behind = text.partition(":")[2].strip()
    if entries()[ref.kind].takes_place or not behind:
        return ref, manifest
    if behind != ANY:  # it would list everything
        raise BadLineError(f"{ref.kind}, {ref.kind}:{ANY}")
    return SourceRef(ref.kind, ANY, ref.account), manifest


def _like(text: str, error: SourceError) -> str:
    name = text.partition(":")[0].partition("@")[0]
    if error.code != "missing_place":
        return f"{nearest(name, names_by_word(), count=1)}?"
    return str(error.facts["example"])


def _condition(text: str, manifest: Manifest) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    known = {fold(parameter.name): parameter for parameter in _named(manifest)}
    parameter = known.get(fold(name))
    if parameter is None or not equals or not value.strip():
        raise BadLineError(f"{nearest(name, (p.name for p in known.values()), count=1)}=…?")
    if value.strip() == ANY:
        return parameter.name, ANY
    return parameter.name, spelled(_fitting(parameter, value.strip(), manifest))


def _fitting(parameter: Parameter, value: str, manifest: Manifest) -> str:
    """A value that a row may have."""
    try:
        return checked(parameter, value, manifest)
    except SourceError:
        example = ", ".join(parameter.choices) or parameter.example
        raise BadLineError(f"{parameter.name or manifest.id}: {example}?") from None


# --- comparing --------------------------------------------------------------------------------------------------------


def _named(manifest: Manifest) -> tuple[Parameter, ...]:
    return tuple(p for p in manifest.parameters if p.column == "filter" and p.name)


def _default_place(manifest: Manifest) -> str:
    return (manifest.place.default if manifest.place else None) or ""


def _is_at(listed: str, ref: SourceRef, manifest: Manifest) -> bool:
    place = spelled(ref.place or _default_place(manifest))
    if not reads_files(manifest):
        return place == listed
    if listed.endswith(f"/{ANY}"):
        return is_below(place, listed[:-2])
    book = place.partition("#")[0].strip() if ref.kind == "excel" else place  # a file with all its sheets
    return listed in (place, book)


def is_below(name: str, folder: str) -> bool:
    """Whether a file's name leads into a folder and stays there."""
    parts, top = PurePosixPath(name).parts, PurePosixPath(folder).parts
    return ".." not in parts and "://" not in name and len(parts) > len(top) > 0 and parts[: len(top)] == top


def _fits(allowed: AllowedPlace, parameter: Parameter, value: str | None, whole: bool) -> bool:
    listed = allowed.names.get(parameter.name)
    if listed is None:
        return whole or not parameter.whose or value == parameter.default
    return listed == ANY or (value is not None and spelled(value) == listed)
