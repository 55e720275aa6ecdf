import { Testing } from "cdktf";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadConfigurations, type LoadOptions } from "../../config/load";
import { BootstrapStack } from "../../stacks/bootstrap-stack";
import { PlatformStack } from "../../stacks/platform-stack";
import { rulePack } from "../../stacks/rule-pack";

/** What the rule pack finds in the stacks that `main.ts` makes of a configuration. */
export function findingsIn(options: LoadOptions): { stacks: string[]; findings: string[] } {
  const app = Testing.app();
  const configurations = loadConfigurations(options);
  for (const configuration of configurations) {
    new BootstrapStack(app, `${configuration.name}-bootstrap`, configuration);
    new PlatformStack(app, configuration.name, configuration);
  }
  const findings = rulePack(configurations).findings(app);
  return {
    stacks: app.node.children.map(({ node }) => node.id),
    findings: findings.map(({ rule, path: at, what }) => `${rule} ${at}: ${what}`),
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
