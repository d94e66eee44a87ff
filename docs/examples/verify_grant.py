"""Verifies a grant of the gateway: see ../verify-a-grant.md. Needs the package `cryptography`."""

import base64, hashlib, json, time
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LONGEST_S, SKEW_S, KEYS_MAX_AGE_S = 59, 5, 2


class Refused(Exception):
    def __init__(self, code, reason):
        super().__init__(f"{code}: {reason}")
        self.code = code


def decode(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def encode(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def request_digest(body):
    """Of the bytes as they came: writing the JSON anew could write it differently."""
    end = body.rindex(b',"extensions":{"grant":"')
    query, variables = body[len(b'{"query":'):end].split(b',"variables":', 1)
    return encode(hashlib.sha256(b"[" + query + b"," + variables + b"]").digest())


class Verifier:
    def __init__(self, jwks_file, audience):
        self.jwks_file, self.audience = jwks_file, audience
        self.began, self.used, self.keys, self.read_at = int(time.time()), {}, {}, 0.0

    def key(self, kid):
        age = time.monotonic() - self.read_at
        if age > KEYS_MAX_AGE_S or (kid not in self.keys and age > KEYS_MAX_AGE_S / 4):
            with open(self.jwks_file, encoding="utf-8") as file:
                keys = json.load(file)["keys"]
            self.keys = {key["kid"]: Ed25519PublicKey.from_public_bytes(decode(key["x"])) for key in keys}
            self.read_at = time.monotonic()
        return self.keys.get(kid)

    def use_once(self, jti):
        now = time.monotonic()
        self.used = {one: until for one, until in self.used.items() if until > now}
        if jti in self.used:
            raise Refused("GRANT_REPLAYED", "used before")
        if len(self.used) >= 200_000:
            raise Refused("GRANTS_TOO_MANY", "cannot remember one more")
        self.used[jti] = now + LONGEST_S + 2 * SKEW_S

    def verify(self, body, certificate=None):
        """The grant of a body of POST /graphql (bytes); raises Refused."""
        invalid = lambda reason: Refused("GRANT_INVALID", reason)
        token = (json.loads(body).get("extensions") or {}).get("grant")
        if not isinstance(token, str):
            raise Refused("GRANT_REQUIRED", "there is none")
        try:
            header, payload, signature = token.split(".")
            head, claims = json.loads(decode(header)), json.loads(decode(payload))
        except ValueError:
            raise invalid("token")
        if head.get("alg") != "EdDSA" or head.get("typ") != "schakel-grant+jwt":
            raise invalid("header")
        key = self.key(head.get("kid"))
        if key is None:
            raise invalid("key")
        try:
            key.verify(decode(signature), f"{header}.{payload}".encode())
        except (InvalidSignature, ValueError):
            raise invalid("signature")

        now, iat, exp, jti = time.time(), claims.get("iat"), claims.get("exp"), claims.get("jti")
        if claims.get("iss") != "schakel-gateway" or claims.get("aud") != self.audience:
            raise invalid("iss, aud")
        if not isinstance(iat, (int, float)) or not isinstance(exp, (int, float)):
            raise invalid("claims")
        if not isinstance(jti, str) or len(jti) < 16:
            raise invalid("jti")
        if exp <= now - SKEW_S:
            raise Refused("GRANT_EXPIRED", "exp")
        if not 0 < exp - iat <= LONGEST_S or iat > now + SKEW_S or iat < self.began:
            raise invalid("lifetime")
        if (claims.get("cnf") or {}).get("x5t#S256") != certificate:
            raise invalid("certificate")
        if claims.get("request") != request_digest(body):
            raise invalid("request")
        self.use_once(jti)
        return claims["grant"]
