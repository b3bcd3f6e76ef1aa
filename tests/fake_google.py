"""Google's machines as a process on them sees them: a metadata server with an identity, and a Secret Manager."""

import base64
import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ACCOUNT, TOKEN = "semaforo@p.iam.example", "ya29.a-token-of-this-machine"
_SECRET = re.compile(r"/v1/projects/([^/]+)/secrets/([^/]+)/versions/([^/]+):access")


@dataclass
class FakeGoogle:
    """Running for as long as the `with` block lasts. `secrets` are by (project, name); `denied` names are refused."""

    secrets: dict[tuple[str, str], str] = field(default_factory=dict)
    denied: tuple[str, ...] = ()
    asked: list[tuple[str, str]] = field(default_factory=list)  # path, authorization

    def __enter__(self) -> "FakeGoogle":
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # the name is http.server's
                status, content = fake.answer(self.path, self.headers.get("Authorization", ""))
                body = content.encode() if isinstance(content, str) else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Metadata-Flavor", "Google")
                self.send_header("Content-Type", "text/plain" if isinstance(content, str) else "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.place = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to take this for Google."""
        return {
            "GCE_METADATA_HOST": self.place,
            "GCE_METADATA_IP": self.place,
            "GOOGLE_CLOUD_PROJECT": "p",
            "SEMAFORO_SOURCE_URL_SECRET_MANAGER": f"http://{self.place}",
        }

    def answer(self, path: str, authorization: str) -> tuple[int, Any]:
        found = _SECRET.fullmatch(path)
        if found:
            self.asked.append((path, authorization))
            if authorization != f"Bearer {TOKEN}" or found[2] in self.denied:
                return 403, {"error": {"code": 403, "message": "hunter2: PERMISSION_DENIED"}}
            value = self.secrets.get((found[1], found[2]))
            if value is None:
                return 404, {"error": {"code": 404}}
            return 200, {"payload": {"data": base64.b64encode(value.encode()).decode()}}
        if path.partition("?")[0].endswith("/token"):
            return 200, {"access_token": TOKEN, "expires_in": 3600, "token_type": "Bearer"}
        if "service-accounts/default" in path:
            return 200, {"email": ACCOUNT, "scopes": ["https://www.googleapis.com/auth/cloud-platform"]}
        return 200, "p" if "project-id" in path else "googleapis.com" if "universe" in path else ""
