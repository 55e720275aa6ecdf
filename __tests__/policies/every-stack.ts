import { Testing } from "cdktf";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadConfigurations, type LoadOptions } from "../../config/load";
import type { Severity } from "../../policies";
import { BootstrapStack } from "../../stacks/bootstrap-stack";
import { PlatformStack } from "../../stacks/platform-stack";
import { rulePack } from "../../stacks/rule-pack";

/** What the rule pack finds in the stacks that `main.ts` makes of a configuration: what stops the synthesis, and what doesn't. */
export function findingsIn(options: LoadOptions): { stacks: string[]; findings: string[]; warnings: string[] } {
  const app = Testing.app();
  const configurations = loadConfigurations(options);
  for (const configuration of configurations) {
    new BootstrapStack(app, `${configuration.name}-bootstrap`, configuration);
    new PlatformStack(app, configuration.name, configuration);
  }
  const found = rulePack(configurations).findings(app);
  const described = (wanted: Severity) =>
    found.filter(({ severity }) => severity === wanted).map(({ rule, path: at, what }) => `${rule} ${at}: ${what}`);
  return {
    stacks: app.node.children.map(({ node }) => node.id),
    findings: described("error"),
    warnings: described("warning"),
  };
}

/** Runs something with a folder of the given files. */
export function withFiles<T>(files: Readonly<Record<string, string>>, run: (folder: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "every-stack-"));
  try {
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
    return run(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
