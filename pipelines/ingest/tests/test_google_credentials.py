"""Whom ingest is to Google, and what it says when Google doesn't take it for that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from google.auth import exceptions, impersonated_credentials
from google.oauth2.credentials import Credentials

from bigquery_emulator import write_login
from conftest import make_deployment
from ingest.errors import IngestError, PassingTrouble
from ingest.google_credentials import credentials_for, login_in_words
from ingest.settings import Identities, Settings

ACCOUNT = "trips-ingest@acme-dev.iam.gserviceaccount.com"
LOGIN_TO_POSTGRES = "https://www.googleapis.com/auth/sqlservice.login"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(write_login(tmp_path / "login.json")))
    return make_deployment(tmp_path / "dev", None).settings


def test_without_identities_ingest_is_whoever_runs_it(settings: Settings) -> None:
    """A person's login has the scopes that they logged in with; those of a job are narrowed by Google's library."""
    assert isinstance(credentials_for(settings, [LOGIN_TO_POSTGRES]), Credentials)


def test_with_identities_it_acts_as_the_account(settings: Settings) -> None:
    credentials = credentials_for(replace(settings, identities=Identities(ACCOUNT, "other")), [LOGIN_TO_POSTGRES])
    assert isinstance(credentials, impersonated_credentials.Credentials)
    assert credentials.service_account_email == ACCOUNT
    assert credentials._target_scopes == [LOGIN_TO_POSTGRES]
    assert isinstance(credentials._source_credentials, Credentials)


def test_nobody_is_logged_in(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "nowhere.json"))
    with pytest.raises(IngestError, match=r"nobody is logged in to Google: File .*nowhere\.json") as caught:
        credentials_for(settings)
    assert caught.value.mend == "gcloud auth application-default login"


def test_what_google_refuses_is_told_to_people() -> None:
    with pytest.raises(IngestError, match=f"ingest may not act as {ACCOUNT}") as caught, login_in_words(ACCOUNT):
        raise exceptions.RefreshError("Unable to acquire impersonated credentials", '{"error": {"code": 403}}')
    assert "roles/iam.serviceAccountTokenCreator" in caught.value.mend
    with pytest.raises(IngestError, match="the login to Google isn't valid any more"), login_in_words(None):
        raise exceptions.RefreshError("invalid_grant: Token has been expired or revoked.")
    with pytest.raises(PassingTrouble, match="doesn't answer"), login_in_words(None):
        raise exceptions.TransportError("connection refused")
