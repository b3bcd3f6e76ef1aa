"""Throw-away service-account keys for the embedded server: the production path of credentials, on this machine."""

import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


def write_key(folder: Path, url: str, number: int) -> Path:
    """A key file whose account gets its tokens from the embedded server at `url`."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    content = {
        "type": "service_account",
        "client_email": address(number),
        "private_key": pem,
        "private_key_id": str(number),
        "token_uri": f"{url}/token",
    }
    path = folder / f"account-{number}.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def address(number: int) -> str:
    """The address of the n-th account: what a workbook is shared with."""
    return f"semaforo-{number}@example.iam.gserviceaccount.com"
