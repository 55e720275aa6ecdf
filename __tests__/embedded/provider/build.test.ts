import * as fs from "node:fs";
import * as path from "node:path";
import { buildProvider } from "../../../embedded/provider/build";
import { root } from "./built-provider";
import { temporaryFolder } from "./temporary-folder";

describe("buildProvider", () => {
  const folder = temporaryFolder();

  /** A project of links to this one, so that a source can change without changing this one. */
  function copyOfProject(): string {
    const copy = path.join(folder, "project");
    fs.mkdirSync(copy);
    fs.cpSync(path.join(root, "embedded"), path.join(copy, "embedded"), { recursive: true });
    for (const name of ["node_modules", "package-lock.json", "tsconfig.json"]) fs.symlinkSync(path.join(root, name), path.join(copy, name));
    return copy;
  }

  test("builds once, again when a source changes, and again when a build was cut short", async () => {
    const project = copyOfProject();
    const embedded = path.join(folder, ".embedded");

    expect((await buildProvider(project, embedded)).rebuilt).toBe(true);
    expect((await buildProvider(project, embedded)).rebuilt).toBe(false);

    fs.appendFileSync(path.join(project, "embedded", "provider", "main.ts"), "\nconsole.error('another line');\n");
    const { bundle, rebuilt } = await buildProvider(project, embedded);
    expect(rebuilt).toBe(true);
    expect(fs.readFileSync(bundle, "utf8")).toContain("another line");

    fs.rmSync(path.join(embedded, "provider", "inputs.sha256"));
    expect((await buildProvider(project, embedded)).rebuilt).toBe(true);
    expect(fs.readdirSync(path.join(embedded, "provider")).sort()).toEqual(["inputs.sha256", "provider.cjs", "schemas"]);
  }, 30_000);
});
