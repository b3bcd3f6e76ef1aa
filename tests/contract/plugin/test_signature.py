"""Both sides sign the same bytes: accents, emoji, long bodies; and the way that must not be."""

import base64
import hashlib
import hmac
from typing import Any

import pytest

from sync.ids import ALPHABET, LENGTH
from tests.contract.plugin.driver import Driver
from webhook.access import canonical, sign

SECRET, NOW, NONCE = "clé-µ", 1767225600, "00000000-0000-4000-8000-000000000001"
SIGN = "function probe(secret, message) { return hmacHex_(secret, message); }"
BODIES = ["", "a", "Café ≥ 40 µ€", "🚦👩‍👩‍👧 café", "x" * 63, "x" * 64, "ñ" * 50_000, "línea\nuna\r\n", "\u0000\u00a0"]


def ran(driver: Driver, probe: str, *args: Any) -> Any:
    answer = driver.call(workbook="w", sheetsUrl="http://127.0.0.1:9", fn="probe", probe=probe, args=args)
    assert "error" not in answer, answer["error"]
    return answer["value"]


@pytest.mark.parametrize(
    ("method", "path", "body", "signature"),
    [
        (
            "POST",
            "/api/v1/sync",
            '{"spreadsheetId":"S1","kpi":"Café ≥ 40"}',
            "2079f0bd845d1130b8ba6ab6b5c35c7a605397eae077fbfebe4ede5bf9250f4a",
        ),
        ("GET", "/api/v1/jobs/j-1", "", "06890c03e64079e26dc081e4346af83fd6f90a97cc70b02a1aba294e18d11bdf"),
    ],
)
def test_the_known_signatures(driver: Driver, method: str, path: str, body: str, signature: str) -> None:
    message = canonical(NOW, NONCE, method, path, body.encode())
    assert sign(SECRET, message) == signature
    assert ran(driver, SIGN, SECRET, message.decode()) == signature


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
@pytest.mark.parametrize("secret", [SECRET, "k" * 64, "🚦" * 40])
def test_both_sides_sign_alike(driver: Driver, body: str, secret: str) -> None:
    assert ran(driver, SIGN, secret, body) == hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()


def test_without_the_charset_the_signature_is_another_one(driver: Driver) -> None:
    probe = """function probe(secret, message) {
      const bytes = Utilities.computeHmacSha256Signature(message, secret);
      return bytes.map((byte) => (byte & 0xff).toString(16).padStart(2, '0')).join('');
    }"""
    message = canonical(NOW, NONCE, "POST", "/api/v1/sync", '{"spreadsheetId":"S1","kpi":"Café ≥ 40"}'.encode())
    assert ran(driver, probe, SECRET, message.decode()).startswith("963ae853d235656af79db2f829fc8861")


def test_bytes_are_signed_and_base64_takes_them_back(driver: Driver) -> None:
    probe = """function probe(text) {
      const bytes = Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, text, Utilities.Charset.UTF_8);
      const coded = Utilities.base64Encode(bytes);
      return [Math.min(...bytes) < 0, coded, String(Utilities.base64Decode(coded)) === String(bytes)];
    }"""
    assert ran(driver, probe, "é") == [True, base64.b64encode(hashlib.sha256("é".encode()).digest()).decode(), True]


def test_a_new_key_has_the_form_of_the_service_s(driver: Driver) -> None:
    keys = ran(driver, "function probe() { return Array.from({ length: 200 }, newId_); }")
    assert len(set(keys)) == 200
    assert all(key[:2] == "K-" and len(key) == 2 + LENGTH and set(key[2:]) <= set(ALPHABET) for key in keys)
