"""A Drive file as Drive v3 answers it, and the `fields` parameter with the names that v3 knows."""

from hashlib import sha256

from .document import Json
from .drive_query import DriveError
from .library import SHEETS_MIME, permission
from .masks import MaskSyntaxError, Tree, parse, pick

FOLDER_MIME = "application/vnd.google-apps.folder"
LINKS = {
    "application/x-vnd.oasis.opendocument.spreadsheet": "ods",
    "text/tab-separated-values": "tsv",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "text/csv": "csv",
    "application/zip": "zip",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}
NAMES = {
    "File": "appProperties capabilities clientEncryptionDetails contentHints contentRestrictions "
    "copyRequiresWriterPermission createdTime description downloadRestrictions driveId explicitlyTrashed exportLinks "
    "fileExtension folderColorRgb fullFileExtension hasAugmentedPermissions hasThumbnail headRevisionId iconLink id "
    "imageMediaMetadata inheritedPermissionsDisabled isAppAuthorized kind labelInfo lastModifyingUser "
    "linkShareMetadata md5Checksum mimeType modifiedByMe modifiedByMeTime modifiedTime name originalFilename ownedByMe "
    "owners parents permissionIds permissions properties quotaBytesUsed resourceKey sha1Checksum sha256Checksum shared "
    "sharedWithMeTime sharingUser shortcutDetails size spaces starred teamDriveId thumbnailLink thumbnailVersion "
    "trashed trashedTime trashingUser version videoMediaMetadata viewedByMe viewedByMeTime viewersCanCopyContent "
    "webContentLink webViewLink writersCanShare",
    "FileList": "files incompleteSearch kind nextPageToken",
    "Permission": "allowFileDiscovery deleted displayName domain emailAddress expirationTime id "
    "inheritedPermissionsDisabled kind pendingOwner permissionDetails photoLink role teamDrivePermissionDetails type "
    "view",
    "PermissionList": "kind nextPageToken permissions",
    "Comment": "anchor assigneeEmailAddress author content createdTime deleted htmlContent id kind "
    "mentionedEmailAddresses modifiedTime quotedFileContent replies resolved",
    "CommentList": "comments kind nextPageToken",
    "User": "displayName emailAddress kind me permissionId photoLink",
    "Reply": "action assigneeEmailAddress author content createdTime deleted htmlContent id kind "
    "mentionedEmailAddresses modifiedTime",
}
FIELDS = {shape: frozenset(names.split()) for shape, names in NAMES.items()}
INNER = {
    ("File", "owners"): "User",
    ("File", "lastModifyingUser"): "User",
    ("File", "permissions"): "Permission",
    ("FileList", "files"): "File",
    ("PermissionList", "permissions"): "Permission",
    ("Comment", "author"): "User",
    ("Comment", "replies"): "Reply",
    ("CommentList", "comments"): "Comment",
}


def root_of(owner: str) -> str:
    """The id of a person's own folder: nineteen signs, as Drive's."""
    return f"0A{sha256(owner.encode()).hexdigest()[:11].upper()}Uk9PVA"


def root_folder(owner: str) -> Json:
    return {"kind": "drive#file", "id": root_of(owner), "name": "My Drive", "mimeType": FOLDER_MIME}


def masked(message: Json, fields: str | None, shape: str) -> Json:
    """What a `fields` parameter lets through; everything without one. Raises DriveError 400."""
    if not fields or fields == "*":
        return message
    try:
        tree = parse(fields)
    except MaskSyntaxError:
        raise _unknown(fields) from None
    _check(tree, shape)
    picked: Json = pick(message, tree)
    return picked


def _check(tree: Tree, shape: str) -> None:
    for name, inner in tree.items():
        if name != "*" and name not in FIELDS[shape]:
            raise _unknown(name)
        within = INNER.get((shape, name))
        if within:
            _check(inner, within)


def _unknown(name: str) -> DriveError:
    return DriveError(400, f"Invalid field selection {name}", "invalidParameter", "fields")


def shown(file: Json, fields: str | None) -> Json:
    """The file as Drive answers it: four fields, or those asked for."""
    return masked(full(file), fields or "kind,id,name,mimeType", "File")


def parents_of(file: Json) -> list[str]:
    return [root_of(file["owner"]) if parent == "root" else parent for parent in file["parents"]]


def person(address: str) -> Json:
    """A User message."""
    number = permission(address, "owner")["id"]
    return {
        "kind": "drive#user",
        "displayName": address,
        "me": True,
        "permissionId": number,
        "emailAddress": address,
    }


def export_links(file_id: str) -> Json:
    address = f"https://docs.google.com/spreadsheets/export?id={file_id}&exportFormat="
    return {kind: address + word for kind, word in LINKS.items()}


def full(file: Json) -> Json:
    """Every field that this server knows of a file."""
    owner, sheet = person(file["owner"]), file["mimeType"] == SHEETS_MIME
    out = {name: item for name, item in file.items() if name not in ("owner", "comments", "trashed")}
    out |= {
        "parents": parents_of(file),
        "starred": False,
        "trashed": bool(file.get("trashed")),
        "explicitlyTrashed": bool(file.get("trashed")),
        "spaces": ["drive"],
        "version": "1",
        "iconLink": f"https://drive-thirdparty.googleusercontent.com/16/type/{file['mimeType']}",
        "hasThumbnail": False,
        "viewedByMe": True,
        "viewedByMeTime": file["modifiedTime"],
        "modifiedByMe": True,
        "modifiedByMeTime": file["modifiedTime"],
        "owners": [owner],
        "lastModifyingUser": owner,
        "ownedByMe": True,
        "shared": len(file["permissions"]) > 1,
        "permissionIds": [item["id"] for item in file["permissions"]],
        "capabilities": {"canEdit": True, "canCopy": True, "canShare": True, "canDelete": True, "canRename": True},
        "viewersCanCopyContent": True,
        "copyRequiresWriterPermission": False,
        "writersCanShare": True,
        "quotaBytesUsed": "1024" if sheet else "0",
        "isAppAuthorized": True,
    }
    if sheet:
        out["webViewLink"] = f"https://docs.google.com/spreadsheets/d/{file['id']}/edit?usp=drivesdk"
        out["exportLinks"] = export_links(file["id"])
    return out
