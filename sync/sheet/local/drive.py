"""The parts of Drive v3 that gspread uses: files, copies, permissions and comments."""

import re
from collections.abc import Callable
from typing import Any

from .document import Json
from .drive_body import read
from .drive_query import DriveError, missing, parse_query
from .drive_shown import full, masked, parents_of, root_folder, root_of, shown
from .exchange import export, replace_content
from .library import SHEETS_MIME, Library, new_file_id, new_workbook, permission, timestamp

NO_ADDRESS = "The specified emailAddress is invalid or not applicable for the given permission type."
ROLES = ("owner", "organizer", "fileOrganizer", "writer", "commenter", "reader")
FILE_ID = re.compile(r"[A-Za-z0-9_-]{4,100}")


class Drive:
    """Methods over the library's file records."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def file(self, file_id: str) -> Json:
        found = self.library.files.get(file_id)
        if found is None:
            raise missing(file_id)
        return found

    def create(self, query: Json, body: Any, user: str) -> Json:
        message = read(body)
        file_id = message.get("id") or new_file_id()
        if not FILE_ID.fullmatch(file_id):
            raise DriveError(400, "The provided file ID is not usable.", "invalid", "file.id")
        if file_id in self.library.files:
            raise DriveError(409, "A file already exists with the provided ID.", "fileIdInUse", "file.id")
        workbook = new_workbook(file_id, message.get("name") or "Untitled")
        file = self.library.add(workbook, user, message.get("parents"))
        kind = message.get("mimeType", SHEETS_MIME)
        if kind != SHEETS_MIME:
            file = file | {"mimeType": kind}
            self.library.set_file(file)
        return shown(file, query.get("fields"))

    def get(self, file_id: str, query: Json) -> Json:
        return shown(self.file(file_id), query.get("fields"))

    def root(self, query: Json, user: str) -> Json:
        """A person's own folder, which every file lies in that was given no other."""
        return masked(root_folder(user), query.get("fields"), "File")

    def list(self, query: Json, sees: Callable[[Json], bool]) -> Json:
        test = parse_query(query.get("q", ""))
        found = [file for file in self.library.files.values() if sees(file) and test(_sought(file))]
        found.sort(key=lambda file: file["modifiedTime"], reverse=True)
        size = _page_size(query.get("pageSize") or "100")
        start = _page_start(query.get("pageToken"))
        page, rest = found[start : start + size], found[start + size :]
        out: Json = {"kind": "drive#fileList", "incompleteSearch": False}
        if rest:
            out["nextPageToken"] = f"~{start + size}"
        fields = query.get("fields")
        if not fields:
            return out | {"files": [shown(file, None) for file in page]}
        return masked(out | {"files": [full(file) for file in page]}, fields, "FileList")

    def update(self, file_id: str, query: Json, body: Any) -> Json:
        file = dict(self.file(file_id))
        message = read(body)
        name = message.get("name")
        if name and file["mimeType"] == SHEETS_MIME:
            self.library.change(file_id, lambda copy: setattr(copy, "props", copy.props | {"title": name}))
            file = dict(self.library.files[file_id])
        elif name:
            file["name"] = name
        if "trashed" in message:
            file["trashed"] = bool(message["trashed"])
        gone = (query.get("removeParents") or "").split(",")
        parents = [item for item in file["parents"] if item not in gone and _own(file, item) not in gone]
        added = [item for item in (query.get("addParents") or "").split(",") if item]
        file["parents"] = parents + added or file["parents"]
        file["modifiedTime"] = timestamp()
        self.library.set_file(file)
        return shown(file, query.get("fields"))

    def delete(self, file_id: str) -> None:
        self.file(file_id)
        self.library.remove(file_id)

    def copy(self, file_id: str, query: Json, body: Any, user: str) -> Json:
        source = self.file(file_id)
        message = read(body)
        old = self.library.get(file_id)
        name = message.get("name") or f"Copy of {source['name']}"
        copy = old.copy()
        copy.id = message.get("id") or new_file_id()
        copy.props = old.props | {"title": name}
        file = self.library.add(copy, user, message.get("parents"))
        return shown(file, query.get("fields"))

    def export(self, file_id: str, kind: str) -> bytes:
        """The file in another media type. Raises DriveError for types that cannot be had."""
        self.file(file_id)
        return export(self.library.get(file_id), kind)

    def upload(self, file_id: str, data: bytes, kind: str) -> Json:
        """Replace the file's content; gives its record."""
        self.file(file_id)
        self.library.change(file_id, lambda copy: replace_content(copy, data, kind))
        return self.library.files[file_id]

    # permissions

    def permissions(self, file_id: str, query: Json) -> Json:
        out: Json = {"kind": "drive#permissionList", "permissions": self.file(file_id)["permissions"]}
        return masked(out, query.get("fields") or "kind,permissions(id,type,kind,role)", "PermissionList")

    def permit(self, file_id: str, query: Json, body: Any) -> Json:
        file = self.file(file_id)
        message = read(body)
        kind, role = message.get("type"), message.get("role")
        if kind not in ("user", "group", "domain", "anyone"):
            raise DriveError(400, "The permission type field is required.", "required", "permission.type")
        if not role:
            raise DriveError(400, "The permission role field is required.", "required", "permission.role")
        _check_role(role)
        address = message.get("emailAddress") or message.get("domain") or ""
        if kind in ("user", "group") and "@" not in address:
            raise DriveError(400, NO_ADDRESS, "invalid", "permission.emailAddress")
        item = permission(address, role, kind)
        rest = [other for other in file["permissions"] if other["id"] != item["id"]]
        self.library.set_file(file | {"permissions": [*rest, item]})
        return masked(item, query.get("fields") or "kind,id,type,role", "Permission")

    def _one(self, file_id: str, permission_id: str) -> Json:
        for item in self.file(file_id)["permissions"]:
            if item["id"] == permission_id:
                found: Json = item
                return found
        raise DriveError(404, f"Permission not found: {permission_id}.", "notFound", "permissionId")

    def permission_get(self, file_id: str, permission_id: str, query: Json) -> Json:
        item = self._one(file_id, permission_id)
        return masked(item, query.get("fields") or "kind,id,type,role", "Permission")

    def permission_update(self, file_id: str, permission_id: str, query: Json, body: Any) -> Json:
        role = read(body).get("role", "reader")
        _check_role(role)
        item = self._one(file_id, permission_id) | {"role": role}
        file = self.file(file_id)
        items = [item if other["id"] == permission_id else other for other in file["permissions"]]
        self.library.set_file(file | {"permissions": items})
        return masked(item, query.get("fields") or "kind,id,type,role", "Permission")

    def unpermit(self, file_id: str, permission_id: str) -> None:
        self._one(file_id, permission_id)
        file = self.file(file_id)
        items = [other for other in file["permissions"] if other["id"] != permission_id]
        self.library.set_file(file | {"permissions": items})

    # comments

    def comments(self, file_id: str, query: Json) -> Json:
        found = {"kind": "drive#commentList", "comments": self.file(file_id).get("comments", [])}
        return masked(found, _required(query), "CommentList")

    def comment(self, file_id: str, query: Json, body: Any, user: str) -> Json:
        fields = _required(query)
        file = self.file(file_id)
        message = read(body)
        if not message.get("content"):
            raise DriveError(400, "The comment content field is required.", "required", "comment.content")
        now = timestamp()
        item: Json = {
            "kind": "drive#comment",
            "id": new_file_id()[:11],
            "createdTime": now,
            "modifiedTime": now,
            "author": {"kind": "drive#user", "displayName": user, "me": True},
            "deleted": False,
            "content": message["content"],
            "replies": [],
        }
        if message.get("anchor"):
            item["anchor"] = message["anchor"]
        answer = masked(item, fields, "Comment")
        self.library.set_file(file | {"comments": [*file.get("comments", []), item]})
        return answer


def _sought(file: Json) -> Json:
    """What a search looks at: a file in its owner's own folder is found by that folder's id and by `root`."""
    return file | {"parents": [*file["parents"], *parents_of(file)]}


def _own(file: Json, parent: str) -> str:
    return root_of(file["owner"]) if parent == "root" else parent


def _required(query: Json) -> str:
    """Comments are answered only to callers who say which fields they want."""
    fields = query.get("fields")
    if not fields:
        raise DriveError(400, "The 'fields' parameter is required for this method.", "required", "fields")
    return str(fields)


def _check_role(role: Any) -> None:
    if role not in ROLES:
        raise DriveError(400, f"The specified role is invalid: {role}", "invalid", "permission.role")


def _page_size(text: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,10}", text):
        raise DriveError(400, f"Invalid value at 'page_size' (TYPE_INT32), \"{text}\"", "invalid", "pageSize")
    return max(1, min(int(text), 1000))


def _page_start(token: str | None) -> int:
    if not token:
        return 0
    if not re.fullmatch(r"~[0-9]+", token):
        raise DriveError(400, "Invalid Value", "invalid", "pageToken")
    return int(token[1:])
