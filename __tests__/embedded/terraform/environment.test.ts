import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { embeddedVariables, environmentFile, writeEnvironmentFile } from "../../../embedded/terraform/environment";
import { temporaryFolder } from "../provider/temporary-folder";

const embedded = path.join(temporaryFolder(), "it's a $HOME", ".embedded");
fs.mkdirSync(embedded, { recursive: true });
writeEnvironmentFile(embedded);

/** The variables of a shell that has sourced the file as often as asked. */
function sourced(environment: Record<string, string> = {}, times = 1): Record<string, string> {
  const script = `${'. "$1"\n'.repeat(times)}env -0`;
  const output = execFileSync("sh", ["-eu", "-c", script, "sh", environmentFile(embedded)], {
    env: { PATH: "/usr/bin:/bin", ...environment },
  });
  const entries = output.toString().split("\0").filter(Boolean);
  return Object.fromEntries(entries.map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]));
}

describe("environment.sh", () => {
  test("exports what scripts get, whatever the folder is called", () => {
    expect(sourced()).toMatchObject(embeddedVariables(embedded, "dev", "/usr/bin:/bin"));
  });

  test("sourced twice it does no more", () => {
    expect(sourced({}, 2)).toEqual(sourced());
  });

  test("another environment may be chosen first", () => {
    expect(sourced({ EMBEDDED_ENVIRONMENT: "prod" }).EMBEDDED_ENVIRONMENT).toBe("prod");
  });

  test("nothing is kept in a plugin cache, where a real deployment would find it", () => {
    expect(sourced({ TF_PLUGIN_CACHE_DIR: "/cache" })).toMatchObject({ TF_PLUGIN_CACHE_DIR: "", CDKTF_DISABLE_PLUGIN_CACHE_ENV: "true" });
  });
});
