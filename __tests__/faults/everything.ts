import { execFileSync } from "node:child_process";
import type { ScratchProject } from "../system/scratch-project";

const PROGRAM = `
import json, sys
from pathlib import Path
from conftest import Deployment
from everything import everything
from ingest.contract import load_contracts
from ingest.lake import Lake
from ingest.settings import load_settings
file = Path(sys.argv[1])
settings = load_settings(file)
print(json.dumps(everything(Deployment(file.parent, file, settings, load_contracts(settings.contracts), Lake(settings.lake)))))
`;

/** All that a deployed project's stores hold, by the part: number of rows and hash of each table and of each file of the lake. */
export function everythingIn(project: ScratchProject): Record<string, string> {
  const ingest = project.path("pipelines/ingest");
  const output = execFileSync(
    project.path(".embedded/python/data/bin/python"),
    ["-c", PROGRAM, project.path(".embedded/dev/settings.json")],
    {
      encoding: "utf8",
      env: { ...process.env, PYTHONPATH: [`${ingest}/src`, `${ingest}/tests`, `${ingest}/tests/faults`].join(":") },
    },
  );
  return JSON.parse(output) as Record<string, string>;
}
