import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { root } from "../local-dev";
import { CommandError, runCommand } from "../terminal/failure";
import { table } from "../terminal/table";

const ROUNDS = 3;

/** `npm run bench:synth`: how long the synthesis of all stacks takes, alone, under cdktf's command line, and with the provider's barrel. */
void runCommand(() => {
  const out = mkdtempSync(join(tmpdir(), "bench-synth-"));
  try {
    const app = ["--import", "tsx", "main.ts"];
    const alone = fastest(app, out);
    // All that the barrel offers, as `import * as google from "@cdktf/provider-google"` loads it.
    const withBarrel = join(out, "barrel.ts");
    writeFileSync(
      withBarrel,
      `import * as google from "${join(root, "node_modules/@cdktf/provider-google")}";\nObject.values(google);\nimport "${join(root, "main")}";\n`,
    );
    const barrel = fastest(["--import", "tsx", withBarrel], out);
    const cli = fastest([join(root, "node_modules/cdktf-cli/bundle/bin/cdktf"), "synth", "--output", out], out);
    const row = (what: string, value: string, asked: string, met: boolean) => [what, value, asked, met ? "met" : "missed"];
    console.log(
      table(
        ["All stacks", `Fastest of ${String(ROUNDS)}`, "Asked", ""],
        [
          row("node --import tsx main.ts", seconds(alone), "2 s", alone <= 2000),
          row(
            "the same with the provider's barrel",
            `${seconds(barrel)}, ${(barrel / alone).toFixed(1)} times`,
            "4 times",
            barrel / alone >= 4,
          ),
          row("npx cdktf synth", seconds(cli), "5 s", cli <= 5000),
        ],
      ),
    );
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
  return Promise.resolve(0);
});

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function fastest(args: readonly string[], out: string): number {
  const env = { ...process.env, CDKTF_OUTDIR: out, CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1" };
  return Math.min(
    ...Array.from({ length: ROUNDS }, () => {
      const start = performance.now();
      const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: "utf8" });
      if (status !== 0) throw new CommandError(`node ${args.join(" ")} failed:\n${stderr}`);
      return performance.now() - start;
    }),
  );
}
