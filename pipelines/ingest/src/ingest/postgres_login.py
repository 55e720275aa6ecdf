"""How ingest logs in to Postgres: by a password from a file, or by a token of its Google account (Cloud SQL)."""

from __future__ import annotations

from typing import Any

from ingest.errors import IngestError
from ingest.settings import IdentityPostgres, PasswordPostgres, PostgresSettings, Settings

_SCOPE = "https://www.googleapis.com/auth/sqlservice.login"


def login_options(postgres: PostgresSettings, settings: Settings | None) -> dict[str, Any]:
    """Of `psycopg.connect`. Raises IngestError when there is no password or no token to be had.

    A token goes over an encrypted connection alone. The server's certificate isn't checked, for the settings have no
    authority to check it by: what stands for it is the address in our private network.
    """
    if isinstance(postgres, PasswordPostgres):
        return {"password": _password(postgres)}
    assert settings is not None, "who logs in by a token has settings that say as whom"
    return {"password": _token(settings), "sslmode": "require"}


def refused_login(postgres: PostgresSettings, reason: str, where: str) -> IngestError | None:
    """For an answer that the next try would get as well; None for any other."""
    if "authentication failed" not in reason and "is not permitted to log in" not in reason:
        return None
    if isinstance(postgres, IdentityPostgres):
        needs = "roles/cloudsql.client and roles/cloudsql.instanceUser, and to be a user of the instance"
        return IngestError(
            f"Postgres refuses the login: {reason}", where, f"{postgres.user} needs {needs}; deploying gives both"
        )
    return IngestError(f"Postgres refuses the login: {reason}", where, f"look into {postgres.password_file}")


def _password(postgres: PasswordPostgres) -> str:
    try:
        return postgres.password_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise IngestError(
            f"the password file can't be read: {error.strerror}", str(postgres.password_file), "npm start makes it"
        ) from None


def _token(settings: Settings) -> str:
    """Good for an hour; a connection that has begun lasts longer."""
    # Imported here: a machine without Google has a password.
    from google.auth.transport.requests import Request

    from ingest.google_credentials import credentials_for, login_in_words

    credentials = credentials_for(settings, (_SCOPE,))
    with login_in_words(settings.identities.ingest if settings.identities else None):
        if not credentials.valid:
            credentials.refresh(Request())  # type: ignore[no-untyped-call]
    return str(credentials.token)
