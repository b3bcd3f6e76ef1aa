"""A file as Drive v2 answers it: what gspread's CSV import and older clients get to see."""

from .document import Json
from .drive_shown import export_links, parents_of, person

BASE = "https://www.googleapis.com/drive/v2/files/"


def shown_v2(file: Json) -> Json:
    """The File message of Drive v2."""
    file_id, owner = file["id"], _user(file["owner"])
    return {
        "kind": "drive#file",
        "userPermission": _own(file_id),
        "selfLink": BASE + file_id,
        "ownerNames": [file["owner"]],
        "lastModifyingUserName": file["owner"],
        "editable": True,
        "writersCanShare": True,
        "mimeType": file["mimeType"],
        "exportLinks": export_links(file_id),
        "parents": [_parent(file_id, parent) for parent in parents_of(file)],
        "thumbnailLink": f"https://docs.google.com/feeds/vt?gd=true&id={file_id}&v=1&sz=s220",
        "appDataContents": False,
        "iconLink": f"https://drive-thirdparty.googleusercontent.com/16/type/{file['mimeType']}",
        "shared": len(file["permissions"]) > 1,
        "lastModifyingUser": owner,
        "owners": [owner],
        "copyable": True,
        "etag": f'"{file["modifiedTime"]}"',
        "alternateLink": f"https://docs.google.com/spreadsheets/d/{file_id}/edit?usp=drivesdk",
        "embedLink": f"https://docs.google.com/spreadsheets/d/{file_id}/htmlembed",
        "fileSize": "1024",
        "copyRequiresWriterPermission": False,
        "spaces": ["drive"],
        "id": file_id,
        "title": file["name"],
        "labels": {
            "viewed": True,
            "restricted": False,
            "starred": False,
            "hidden": False,
            "trashed": bool(file.get("trashed")),
        },
        "explicitlyTrashed": bool(file.get("trashed")),
        "createdDate": file["createdTime"],
        "modifiedDate": file["modifiedTime"],
        "modifiedByMeDate": file["modifiedTime"],
        "lastViewedByMeDate": file["modifiedTime"],
        "markedViewedByMeDate": "1970-01-01T00:00:00.000Z",
        "quotaBytesUsed": "1024",
        "version": "1",
        "capabilities": {"canEdit": True, "canCopy": True},
    }


def _user(address: str) -> Json:
    own = person(address)
    return {
        "displayName": address,
        "kind": "drive#user",
        "isAuthenticatedUser": True,
        "permissionId": own["permissionId"],
        "emailAddress": address,
        "picture": {"url": "https://lh3.googleusercontent.com/a/default-user=s64"},
    }


def _own(file_id: str) -> Json:
    return {
        "id": "me",
        "type": "user",
        "role": "owner",
        "kind": "drive#permission",
        "selfLink": f"{BASE}{file_id}/permissions/me",
        "etag": '"me"',
        "pendingOwner": False,
    }


def _parent(file_id: str, parent: str) -> Json:
    return {
        "selfLink": f"{BASE}{file_id}/parents/{parent}",
        "id": parent,
        "isRoot": parent.endswith("Uk9PVA"),
        "kind": "drive#parentReference",
        "parentLink": BASE + parent,
    }
