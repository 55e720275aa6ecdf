#!/usr/bin/env python3
"""Stands in for the data environment's Python: records how it was called and does what the scenario says.

STAND_IN_FOLDER holds `scenario.json` {"changed": ["yellow 2019-01", …], "zones_changed": bool, "fail": {what: message},
"trouble": {what: how often}, "awaited": ["green 2019-03", …], "hang": what, "dbt": [results], "summary": document,
"report_behind": bool} and gets `calls.jsonl`; `what` is a command with its delivery, such as "clean yellow 2019-02",
"dbt" or "spark".
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

folder = Path(os.environ["STAND_IN_FOLDER"])


def append(file: Path, line: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line) + "\n")


def option(arguments: list[str], name: str) -> str | None:
    return arguments[arguments.index(name) + 1] if name in arguments else None


def write_plan(run: Path, scenario: dict[str, Any]) -> None:
    changed = [dict(zip(("service", "file_month"), one.split(), strict=True)) for one in scenario.get("changed", [])]
    awaited = [dict(zip(("service", "file_month"), one.split(), strict=True)) for one in scenario.get("awaited", [])]
    zones = {"unchanged": not scenario.get("zones_changed", False)}
    plan = {"zones": zones, "deliveries": changed, "changed": changed, "awaited": awaited}
    plan["report_behind"] = scenario.get("report_behind", False)
    plan["execution"] = os.environ.get("CLOUD_RUN_EXECUTION")
    run.mkdir(parents=True, exist_ok=True)
    (run / "plan.json").write_text(json.dumps(plan), encoding="utf-8")


def use_scratch() -> dict[str, Any]:
    """What lay in the scratch folder, which then gets a file."""
    if "TMPDIR" not in os.environ:
        return {}
    scratch = Path(os.environ["TMPDIR"])
    found = sorted(file.name for file in scratch.iterdir())
    (scratch / "spilled").touch()
    return {"scratch": str(scratch), "scratch_held": found}


def give_up(run: Path | None, what: str, code: int, message: str) -> int:
    """As ingest does: in words, and in the step's record."""
    print(f"error: {message}", file=sys.stderr)
    if run is not None:
        execution = os.environ.get("CLOUD_RUN_EXECUTION")
        record = {"status": "failed", "exit_code": code, "execution": execution, "message": message}
        (run / f"{what.replace(' ', '-')}.json").write_text(json.dumps(record), encoding="utf-8")
    return code


def main(arguments: list[str]) -> int:
    scenario = json.loads((folder / "scenario.json").read_text(encoding="utf-8"))
    if arguments[:3] == ["-P", "-m", "trips_spark"]:
        what, run = "spark", None
    elif arguments[0] != "-m":
        what, run = "dbt", None
    else:
        settings = json.loads(Path(option(arguments, "--settings") or "").read_text(encoding="utf-8"))
        run = Path(settings["paths"]["runs"]) / (option(arguments, "--run-id") or "")
        command = arguments[6]
        what = " ".join(filter(None, (command, option(arguments, "--service"), option(arguments, "--file-month"))))
    seen = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(("DBT_", "AIRFLOW", "PYTHONPATH", "SPARK_"))
    }
    call = {"what": what, "pid": os.getpid(), "arguments": arguments, "environment": seen, **use_scratch()}
    append(folder / "calls.jsonl", call)
    if run is not None:
        append(run / "progress.jsonl", {"stage": what.split()[0], "status": "started"})
        if what == "plan":
            write_plan(run, scenario)
        if what == "summary" and "summary" in scenario:
            (run / "summary.json").write_text(json.dumps(scenario["summary"]), encoding="utf-8")
    while scenario.get("hang") == what:
        time.sleep(0.05)
    if what == "dbt":
        target = Path(os.environ["DBT_TARGET_PATH"])
        target.mkdir(parents=True, exist_ok=True)
        (target / "compiled.sql").touch()
        of = {"env": {"TRY": os.environ.get("DBT_ENV_CUSTOM_ENV_TRY")}}
        results = {"metadata": of, "results": scenario.get("dbt", [])}
        (target / "run_results.json").write_text(json.dumps(results), encoding="utf-8")
    calls = [json.loads(line)["what"] for line in (folder / "calls.jsonl").read_text(encoding="utf-8").splitlines()]
    if calls.count(what) <= scenario.get("trouble", {}).get(what, 0):
        return give_up(run, what, 75, f"the network is down\n  where: {what}\n  mend:  try again")
    if what in scenario.get("fail", {}):
        message = f"{scenario['fail'][what]}\n  where: {what}\n  mend:  the test asked for it"
        return give_up(run, what, 1, message)
    print(f"did {what}", file=sys.stderr)
    return 0


sys.exit(main(sys.argv[1:]))
