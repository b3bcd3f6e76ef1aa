"""ID tokens signed with a key of our own, and a server on this machine that publishes its certificate."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from google.auth import crypt, jwt

AUDIENCE = "client.apps.example"


@cache
def keys(name: str) -> tuple[bytes, str]:
    """A private key and its certificate, both PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    signed = builder.not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1)).sign(key, hashes.SHA256())
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
    return key.private_bytes(*form), signed.public_bytes(serialization.Encoding.PEM).decode()


def token(key: str = "k1", kid: str = "k1", **claims: Any) -> str:
    now = int(time.time())
    wanted = {
        "iss": "https://accounts.google.com",
        "aud": AUDIENCE,
        "email": "ana@example.org",
        "email_verified": True,
        "iat": now - 5,
        "exp": now + 600,
        **claims,
    }
    signer = crypt.RSASigner.from_string(keys(key)[0], kid)
    return jwt.encode(signer, {name: value for name, value in wanted.items() if value is not None}).decode()


@dataclass
class Certificates:
    """What stands at `url`, and how often it was asked for."""

    url: str
    published: dict[str, str]
    asked: list[str] = field(default_factory=list)


@contextmanager
def published(*names: str) -> Iterator[Certificates]:
    found = Certificates("", {name: keys(name)[1] for name in names})

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            body = json.dumps(found.published).encode()
            self.send_response(200)
            self.send_header("Cache-Control", "public, max-age=3600")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_port}/certs"
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
