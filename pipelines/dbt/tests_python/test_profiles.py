"""profiles.yml, read by dbt itself: what the cloud's jobs and Airflow's machine give it by environment variables."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest
from dbt.config.profile import Profile, read_profile
from dbt.config.renderer import ProfileRenderer
from dbt.flags import set_from_args
from dbt_common.context import set_invocation_context

_PROJECT = Path(__file__).parent.parent


def _credentials(target: str, **environ: str) -> Any:
    set_invocation_context(environ)
    set_from_args(Namespace(), None)
    raw = read_profile(str(_PROJECT))["trips"]
    return Profile.from_raw_profile_info(raw, "trips", ProfileRenderer({}), target).credentials


def test_by_itself_it_acts_as_whoever_it_runs_as_and_has_a_limit() -> None:
    bigquery = _credentials("bigquery", DBT_PROJECT_ID="acme-dev")

    assert (bigquery.database, bigquery.maximum_bytes_billed) == ("acme-dev", 107_374_182_400)
    assert bigquery.impersonate_service_account is None


def test_the_limit_and_whom_to_act_as_come_from_the_environment() -> None:
    account = "trips-transform@acme-dev.iam.gserviceaccount.com"
    bigquery = _credentials("bigquery", DBT_MAXIMUM_BYTES_BILLED="20000000", DBT_IMPERSONATE_SERVICE_ACCOUNT=account)

    assert bigquery.maximum_bytes_billed == 20_000_000
    assert bigquery.impersonate_service_account == account


def test_duckdb_needs_its_file() -> None:
    with pytest.raises(Exception, match="DBT_WAREHOUSE_FILE"):
        _credentials("duckdb")
