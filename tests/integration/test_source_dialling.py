"""The checked literal is what is dialled, and the certificate is checked for the name."""

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sync.errors import SourceError
from sync.sources.address import AddressRefusedError
from sync.sources.deadline import Deadline
from sync.sources.http import get_bytes
from sync.sources.limits import FetchLimits
from sync.sources.resolve import resolve
from sync.sources.web.carrier import Dialling
from tests.source_server import CSV, serving

LIMITS = FetchLimits(seconds=3)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A key and a certificate for data.example.test, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "data.example.test")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("data.example.test")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + built.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(scope="module")
def server(certificate):
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(certificate)
    with serving(trust) as running:
        yield running


def get(server, certificate, name, resolver=lambda host, port, seconds: ("127.0.0.1",)):
    listed = f"{name}:{server.server_port}"
    dialling = Dialling(resolver, ssl.create_default_context(cafile=certificate))
    return get_bytes(f"https://{listed}/csv", (listed,), LIMITS, dialling)


def test_the_literal_is_dialled_with_the_name_in_tls_and_in_the_host_header(server, certificate):
    assert get(server, certificate, "data.example.test") == CSV
    assert server.seen[-1][1]["Host"] == f"data.example.test:{server.server_port}"


def test_a_certificate_for_another_name_is_refused(server, certificate):
    with pytest.raises(SourceError, match="be reached"):
        get(server, certificate, "other.example.test")


def test_a_certificate_that_nobody_vouches_for_is_refused(server):
    listed = f"data.example.test:{server.server_port}"
    dialling = Dialling(lambda host, port, seconds: ("127.0.0.1",))
    with pytest.raises(SourceError, match="be reached"):
        get_bytes(f"https://{listed}/csv", (listed,), LIMITS, dialling)


def test_a_name_is_resolved_once_so_that_a_changing_answer_changes_nothing(server, certificate):
    answers = [("127.0.0.1",), ("10.0.0.1",)]
    assert get(server, certificate, "data.example.test", lambda *_: answers.pop(0)) == CSV
    assert len(answers) == 1


def test_the_next_answer_is_tried_when_the_first_does_not_take_the_call(server, certificate):
    assert get(server, certificate, "data.example.test", lambda *_: ("::1", "127.0.0.1")) == CSV


def test_a_public_name_that_resolves_inwards_is_not_dialled(server, certificate):
    dialling = Dialling(lambda *_: ("127.0.0.1",), ssl.create_default_context(cafile=certificate))
    before = len(server.seen)
    with pytest.raises(SourceError, match="be reached"):
        get_bytes("https://data.example.test/csv", (), LIMITS, dialling)
    assert len(server.seen) == before


def test_the_resolver_has_a_limit_of_its_own(monkeypatch):
    assert resolve("localhost", 80, seconds=5)
    answered = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answered.wait(10) and [])
    assert resolve("localhost", 80, seconds=0.05) == ()
    answered.set()


def test_a_line_that_leads_elsewhere_than_to_the_checked_answer_is_dropped():
    with (
        serving() as plain,
        Deadline(3) as deadline,
        httpx.Client(trust_env=False) as client,
        pytest.raises(AddressRefusedError, match="elsewhere"),
    ):
        client.get(f"http://{plain.host}/csv", extensions={"trace": deadline.watching("93.184.216.34")})
