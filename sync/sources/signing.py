"""A call with the credentials that a manifest names: which way in, and where the secret goes."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from sync.errors import BlockedError
from sync.settings import Secret
from sync.sources.manifest import AllOf, ApiKey, Auth, Basic, Bearer, GoogleServiceAccount, Manifest, OAuthRefresh
from sync.sources.secrets import Secrets, secret_name
from sync.sources.web.call import Answer, Call
from sync.sources.web.tokens import Tokens, read_token, refresh_call

TOKENS = Tokens()  # of this process; keyed by the secrets themselves, so that nobody gets another's


@dataclass(frozen=True)
class Signer:
    """Signs the calls of one account. `send` takes a call for a token over the wire."""

    auth: Auth | None
    secrets: Secrets
    account: str | None
    place: str
    send: Callable[[Call], Answer]

    def signed(self, call: Call) -> Call:
        """The call with its credentials. Raises BlockedError missing_secret, bad_secret, credential_refused."""
        for auth in _parts(self.auth):
            call = self._signed_by(auth, call)
        return call

    def _signed_by(self, auth: Auth, call: Call) -> Call:
        if isinstance(auth, ApiKey) and auth.where == "query":
            return replace(call, private=(*call.private, (auth.name, self._secret(auth.secret))))
        return replace(call, private_headers={**call.private_headers, **self._headers(auth)})

    def forget(self) -> bool:
        """Drop the access token that was refused; whether a new one can be had."""
        lapsed = [auth for auth in _parts(self.auth) if isinstance(auth, OAuthRefresh | GoogleServiceAccount)]
        for auth in lapsed:
            TOKENS.forget(self._key(auth))
        return bool(lapsed)

    def _headers(self, auth: Auth) -> dict[str, str]:
        match auth:
            case ApiKey():
                return {auth.name: f"{auth.prefix}{self._secret(auth.secret)}"}
            case Bearer():
                return {"Authorization": f"Bearer {self._secret(auth.secret)}"}
            case Basic():
                user = self._secret(auth.user_secret) if auth.user_secret else auth.user
                pair = base64.b64encode(f"{user}:{self._secret(auth.secret)}".encode()).decode()
                return {"Authorization": f"Basic {pair}"}
            case OAuthRefresh():
                return {"Authorization": f"Bearer {TOKENS.token(self._key(auth), lambda: self._refreshed(auth))}"}
            case GoogleServiceAccount():
                return {"Authorization": f"Bearer {TOKENS.token(self._key(auth), lambda: self._google(auth))}"}
            case AllOf():
                raise AssertionError("unreachable: it was taken apart")

    def _secret(self, name: str) -> Secret:
        found = self.secrets.need(name, self.account, self.place)
        if not all(32 <= ord(letter) < 127 for letter in found):  # a header would break in two, or can't hold it
            facts = {"place": self.place, "secret": secret_name(name, self.account)}
            raise BlockedError("bad_secret", permanent=True, facts=facts)
        return found

    def _key(self, auth: Auth) -> str:
        values = [str(self.secrets.find(name, self.account)) for name in auth.needs]
        scopes = auth.scopes if isinstance(auth, GoogleServiceAccount) else ()
        return hashlib.sha256("\n".join((*values, *scopes)).encode()).hexdigest()

    def _refreshed(self, auth: OAuthRefresh) -> tuple[str, float]:
        client = self._secret(auth.client_id), self._secret(auth.client_secret)
        call = refresh_call(auth.token_url, client, self._secret(auth.refresh_token), auth.client_in)
        token, seconds, renewed = read_token(self.send(call), self.place)
        if renewed:
            self.secrets.keep_renewed(auth.refresh_token, self.account, renewed)
        return token, seconds

    def _google(self, auth: GoogleServiceAccount) -> tuple[str, float]:
        from sync.sources.web.google_token import service_account_token

        key = self.secrets.need(auth.secret, self.account, self.place)
        return service_account_token(key, auth.scopes, self.send, secret_name(auth.secret, self.account), self.place)


def _parts(auth: Auth | None) -> tuple[Auth, ...]:
    if auth is None:
        return ()
    return auth.parts if isinstance(auth, AllOf) else (auth,)


def way_in(manifest: Manifest, secrets: Secrets, account: str | None) -> Auth | None:
    """The first way in whose secrets are all there; None for a source that needs none.

    Raises BlockedError `missing_secret`, which names the first secret that lacks.
    """
    if not manifest.auth:
        return None
    for auth in manifest.auth:
        if all(secrets.find(name, account) for name in auth.needs):
            return auth
    for name in manifest.auth[0].needs:
        secrets.need(name, account, manifest.name)
    raise AssertionError("unreachable: one of them lacks")
