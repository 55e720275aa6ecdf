"""That looking at the DAG costs next to nothing: Airflow does it every half minute."""

from __future__ import annotations

import json
from typing import Any

import pytest

from places import DAGS, PLACES, python_at

# `-c` puts the DAGs' folder into the path, as Airflow does. What Airflow's own process has loaded long before is loaded
# here too. The time is the process's own, so that a busy machine changes nothing.
PARSE = """
import json, sys, time
from airflow.sdk import BaseOperator, Param, chain, dag, task_group
import airflow.dag_processing.processor, airflow.serialization.serialized_objects
opened, done = [], []
def note(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        opened.append(arguments[0])
    if event in ("subprocess.Popen", "os.fork", "os.posix_spawn", "os.system", "socket.connect"):
        done.append(event)
    if event == "socket.getaddrinfo":
        done.append(f"{event} {arguments[0]}")
sys.addaudithook(note)
began = time.process_time()
import trips
seconds = time.process_time() - began
google = sorted(name for name in sys.modules if name.startswith(("google.cloud.run", "airflow.providers.google")))
print(json.dumps({"opened": opened, "done": done, "seconds": seconds, "google": google}))
"""


@pytest.fixture(scope="module", params=PLACES)
def parsed(request: pytest.FixtureRequest) -> dict[str, Any]:
    *_, last = python_at(request.param, PARSE).splitlines()
    return {"place": request.param, **json.loads(last)}


def test_it_takes_less_than_two_seconds(parsed: dict[str, Any]) -> None:
    assert parsed["seconds"] < 2


def test_it_starts_no_process_and_asks_nobody(parsed: dict[str, Any]) -> None:
    assert parsed["done"] == []


def test_it_reads_code_alone(parsed: dict[str, Any]) -> None:
    project = str(DAGS.parent.parent)
    ours = [name for name in parsed["opened"] if name.startswith((project, "/absent")) and "site-packages" not in name]

    assert [name for name in ours if not name.endswith((".py", ".pyc"))] == []
    assert any(name.startswith(str(DAGS)) for name in ours), "nothing was noted"


def test_google_is_imported_only_in_the_cloud(parsed: dict[str, Any]) -> None:
    assert bool(parsed["google"]) == (parsed["place"] != "embedded")
