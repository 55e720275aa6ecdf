import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { differences } from "../../operations/successor/difference";
import { run } from "../../operations/terraform/terraform";
import { root } from "../local-dev";
import { CommandError, runCommand } from "../terminal/failure";
import { step } from "../terminal/steps";

/** The version of CDK Terrain with which the platform is known to work. */
const CDKTN = "cdktn@0.24.0";
const NEEDED = ["main.ts", "tsconfig.json", "config", "constructs", "contracts", "policies", "stacks"];

/** `npm run check:cdktn`: whether the app synthesises the same with CDK Terrain, the successor of CDK for Terraform, in its place. */
void runCommand(async (signal) => {
  const folder = mkdtempSync(join(tmpdir(), "check-cdktn-"));
  try {
    copyApp(folder);
    await step(
      `Install ${CDKTN} in cdktf's place`,
      () =>
        run("npm", ["install", "--legacy-peer-deps", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--no-package-lock"], {
          folder,
          variables: process.env,
          signal,
        }),
      () => "installed in a copy of the app",
    );
    const [ours, theirs] = [synthesised(root, join(folder, "ours")), synthesised(folder, join(folder, "theirs"))];
    const found = Object.keys(ours).flatMap((stack) => differences(ours[stack], theirs[stack], [stack]));
    if (found.length > 0) throw new CommandError(`With ${CDKTN} these places come out differently:\n  ${found.join("\n  ")}`);
    console.log(`${Object.keys(ours).join(", ")}: the same with ${CDKTN} as with cdktf.`);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function copyApp(folder: string): void {
  for (const name of NEEDED) cpSync(join(root, name), join(folder, name), { recursive: true });
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { dependencies: Record<string, string> };
  const { "cdktf-cli": _, ...others } = manifest.dependencies;
  const dependencies = { ...others, cdktf: `npm:${CDKTN}` };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ ...manifest, scripts: {}, devDependencies: {}, dependencies }));
}

/** Every stack's synthesised JSON, by name. */
function synthesised(project: string, out: string): Record<string, unknown> {
  const variables = { ...process.env, CDKTF_OUTDIR: out, PLATFORM_TARGET: "cloud" };
  execFileSync(process.execPath, ["--import", "tsx", "main.ts"], { cwd: project, env: variables, stdio: ["ignore", "pipe", "inherit"] });
  const { stacks } = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as {
    stacks: Record<string, { synthesizedStackPath: string }>;
  };
  return Object.fromEntries(
    Object.entries(stacks).map(([name, { synthesizedStackPath }]) => [
      name,
      // Files are named by their absolute paths, which differ between the two projects.
      JSON.parse(readFileSync(join(out, synthesizedStackPath), "utf8").replaceAll(project, "<project>")) as unknown,
    ]),
  );
}
