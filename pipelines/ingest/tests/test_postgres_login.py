"""Postgres by identity: the password is the token of the Google account that ingest works as, and goes encrypted."""

from __future__ import annotations

import datetime
import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bigquery_emulator import write_login
from conftest import ROW, Deployment, make_deployment, write_csv, write_zones
from postgres_server import PostgresServer

USER = "trips-ingest@acme.iam"
TOKEN = "ya29.only-this-one"
YELLOW = ("--service", "yellow", "--file-month", "2019-01")


@pytest.fixture(scope="module")
def cloud_sql(postgres_server: PostgresServer) -> PostgresServer:
    """The tests' Postgres as Cloud SQL is for one user: it wants that very token, over TLS."""
    postgres_server.demand_password(USER, TOKEN, *certificate())
    return postgres_server


@pytest.fixture
def deployed(cloud_sql: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Deployment:
    """January is clean, and somebody is logged in whose token is the right one."""
    log_in(TOKEN, tmp_path, monkeypatch)
    server = cloud_sql.new_database(tmp_path, owner=USER)
    del server["passwordFile"]
    deployment = make_deployment(tmp_path / "dev", {**server, "user": USER, "login": "identity"})
    source = tmp_path / "data"
    source.mkdir()
    write_zones(source)
    write_csv(source, ROW)
    assert deployment.run("plan", "--source", str(source)) == 0
    for stage in ("fetch", "clean"):
        assert deployment.run(stage, *YELLOW) == 0
    return deployment


def log_in(token: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(write_login(folder / "login.json", token)))
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "acme")


def test_the_token_lets_ingest_in(deployed: Deployment) -> None:
    assert deployed.run("postgres", *YELLOW) == 0
    assert deployed.result("postgres-yellow-2019-01")["rows_accepted"] == 1
    assert deployed.run("postgres", *YELLOW) == 0
    assert deployed.result("postgres-yellow-2019-01")["status"] == "unchanged"


def test_another_token_is_refused_with_what_to_do(
    deployed: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log_in("ya29.another", tmp_path, monkeypatch)
    assert deployed.run("postgres", *YELLOW) == 1
    said = capsys.readouterr().err
    assert "Postgres refuses the login" in said
    assert f'FATAL:  password authentication failed for user "{USER}"' in said
    assert f"{USER} needs roles/cloudsql.client and roles/cloudsql.instanceUser" in said


def test_the_token_is_written_nowhere(deployed: Deployment, capsys: pytest.CaptureFixture[str]) -> None:
    assert deployed.run("postgres", *YELLOW) == 0
    said = capsys.readouterr()
    files = [file.read_text() for file in deployed.settings.runs.rglob("*") if file.is_file()]
    assert files
    assert [text for text in (said.out, said.err, *files) if TOKEN in text] == []


def test_a_server_without_tls_gets_no_token(
    cloud_sql: PostgresServer, deployed: Deployment, capsys: pytest.CaptureFixture[str]
) -> None:
    cloud_sql.serve_tls(False)
    try:
        assert deployed.run("postgres", *YELLOW) == 75
    finally:
        cloud_sql.serve_tls(True)
    assert "server does not support SSL, but SSL was required" in capsys.readouterr().err


def test_nobody_logged_in_is_said(
    deployed: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "nothing.json"))
    assert deployed.run("postgres", *YELLOW) == 1
    assert "gcloud auth application-default login" in capsys.readouterr().err


def test_the_token_is_the_impersonated_accounts(
    deployed: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is logged in asks Google for a token of the settings' account, for Cloud SQL's login alone."""
    log_in("ya29.the-machines", tmp_path, monkeypatch)
    document = json.loads(deployed.settings_file.read_text())
    document["identities"] = {"ingest": "trips-ingest@acme.iam.gserviceaccount.com", "transform": "none"}
    deployed.settings_file.write_text(json.dumps(document))
    asked = answer_for_google(TOKEN, monkeypatch)
    assert deployed.run("postgres", *YELLOW) == 0
    [request] = asked
    assert request["path"].endswith("/serviceAccounts/trips-ingest@acme.iam.gserviceaccount.com:generateAccessToken")
    assert request["authorization"] == "Bearer ya29.the-machines"
    assert request["scope"] == ["https://www.googleapis.com/auth/sqlservice.login"]


def answer_for_google(token: str, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """A server in the place of iamcredentials.googleapis.com; gives what it is asked, as it comes."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            asked.append({"path": self.path, "authorization": self.headers["authorization"], **body})
            content = json.dumps({"accessToken": token, "expireTime": "2999-01-01T00:00:00Z"}).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/v1/projects/-/serviceAccounts/{{}}:generateAccessToken"
    monkeypatch.setattr("google.auth.iam._IAM_ENDPOINT", address)
    return asked


def certificate() -> tuple[bytes, bytes]:
    """One that nobody has signed but itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "postgres")])
    day = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(day).not_valid_after(day.replace(year=2999))
    signed = builder.sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signed.public_bytes(serialization.Encoding.PEM), private
