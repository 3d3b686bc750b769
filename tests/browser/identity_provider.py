"""A small OpenID Connect provider: `python -m tests.browser.identity_provider PORT`.

It signs in whoever is chosen on its page, and signs identity tokens as a real one does (RS256).
"""

from __future__ import annotations

import html
import secrets
import sys
import time
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

PEOPLE: dict[str, dict[str, Any]] = {
    "librarian": {"email": "Ada@registry.example", "email_verified": True},
    "unverified": {"email": "ada@registry.example", "email_verified": False},
    "depositor": {"email": "bob@registry.example", "email_verified": True},
}
CLIENT = "caselib"
_key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig"})
_codes: dict[str, tuple[str, str]] = {}


def configuration(request: Request) -> Response:
    """What clients discover (OpenID Connect Discovery 1.0)."""
    issuer = str(request.base_url).rstrip("/")
    return JSONResponse(
        {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }
    )


def authorize(request: Request) -> Response:
    """Ask who somebody is, then send them back with a code."""
    asked = request.query_params
    if (name := asked.get("as")) is None:
        links = "".join(
            f'<p><a href="?{html.escape(urlencode({**asked, "as": name}))}">{name}</a></p>'
            for name in PEOPLE
        )
        return HTMLResponse(links)
    code = secrets.token_urlsafe(16)
    _codes[code] = (name, asked.get("nonce", ""))
    back = urlencode({"code": code, "state": asked["state"]})
    return RedirectResponse(f"{asked['redirect_uri']}?{back}", status_code=302)


async def token(request: Request) -> Response:
    """Give an identity token for a code, once."""
    form = await request.form()
    name, nonce = _codes.pop(str(form["code"]))
    now = int(time.time())
    claims = {
        "iss": str(request.base_url).rstrip("/"),
        "aud": CLIENT,
        "sub": name,
        "iat": now,
        "exp": now + 600,
        "nonce": nonce,
        **PEOPLE[name],
    }
    signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, _key)
    return JSONResponse(
        {"access_token": "unused", "token_type": "Bearer", "expires_in": 600, "id_token": signed}
    )


def jwks(request: Request) -> Response:
    """The public key."""
    return JSONResponse({"keys": [_key.as_dict(private=False)]})


app = Starlette(
    routes=[
        Route("/.well-known/openid-configuration", configuration),
        Route("/authorize", authorize),
        Route("/token", token, methods=["POST"]),
        Route("/jwks", jwks),
    ]
)

if __name__ == "__main__":
    uvicorn.run(app, host="localhost", port=int(sys.argv[1]), log_level="warning")
