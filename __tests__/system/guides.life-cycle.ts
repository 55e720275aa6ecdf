import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { embeddedVariables } from "../../embedded/terraform/environment";
import { type Ended, ScratchProject } from "./scratch-project";

jest.setTimeout(300_000);

const yellow = ["--service", "yellow"];

let project: ScratchProject;
let data: string;

/** A command that must succeed; what it printed. */
async function run(name: string, ...args: string[]): Promise<string> {
  const { code, output } = await project.command(name, ...args);
  expect({ code, output }).toMatchObject({ code: 0 });
  return output;
}

beforeAll(async () => {
  project = await ScratchProject.create();
  data = project.generate("tlc", "2024-01,2024-02", 200, "yellow");
});

afterAll(async () => {
  await project.remove();
});

// One story in order: each part needs what the one before it left.
describe("what getting-started.md tells a newcomer to change", () => {
  test("a label is a change in place, which a diff shows beforehand, and loads nothing again", async () => {
    await run("start", "--data", data, "--services", "yellow", "--stream", "none");
    const file = project.path("config/dev.yaml");
    const before = readFileSync(file, "utf8");
    writeFileSync(file, before.replace("  application: trips-platform", "$&\n  owner: me"));
    expect(readFileSync(file, "utf8")).not.toBe(before);

    const diff = execFileSync("sh", ["-c", "(. .embedded/environment.sh && npx cdktf diff dev)"], {
      cwd: project.folder,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    const again = await run("start", "--data", data, "--services", "yellow", "--stream", "none");

    expect(stripVTControlCharacters(diff)).toMatch(/Plan: 0 to add, [1-9]\d* to change, 0 to destroy/);
    expect(again).toMatch(/Deploy dev to this machine: 0 added, [1-9]\d* changed, 0 destroyed/);
    expect(again.match(/^yellow .* unchanged/gm)).toHaveLength(2);
  });

  test("its model is built from the lake, and answers", async () => {
    const [, path = "", model = ""] =
      /```sql\n-- (\S+)\n([^]*?)```/.exec(readFileSync(project.path("docs/guides/getting-started.md"), "utf8")) ?? [];
    writeFileSync(project.path(path), model);

    await run("pipelines", "dev", "--source", "lake");

    const answer = await run("sql", "select sum(trips) as trips, count(*) as hours from trips_marts.trips_by_hour");
    expect(answer).toMatch(/\n(39\d|400) +2[0-4]\n/);
  });
});

describe("what operating.md tells to do day by day", () => {
  test("status shows each month through all stages", async () => {
    expect(await run("status", "dev")).toMatch(/yellow +2024-01 +✓ +✓ +\d+ +✓ +\d+ +✓ +\d+/);
  });

  test("backfill loads what is missing, and skips the rest", async () => {
    const more = project.generate("more", "2024-02,2024-03", 200, "yellow");

    const output = await run("backfill", "dev", "--from", "2024-02", "--to", "2024-03", ...yellow, "--source", more);

    expect(output).toMatch(/2024-03/);
    expect(await run("status", "dev")).toMatch(/yellow +2024-03 +✓/);
  });

  test("rollback lists a month's deliveries, and takes an earlier one back", async () => {
    const month = [...yellow, "--month", "2024-01"];
    const later = project.generate("later", "2024-01", 150, "yellow");
    await run("pipelines", "dev", "--source", later);
    const count = async () =>
      /\n(\d+)\n/.exec(await run("sql", "select count(*) as trips from trips_landed.yellow_trips where file_month = '2024-01-01'"))?.[1];
    expect(Number(await count())).toBeLessThanOrEqual(150);

    expect(await run("rollback", "dev", ...month)).toMatch(/yellow|deliver/);
    await run("rollback", "dev", ...month, "--to", "previous");

    expect(Number(await count())).toBeGreaterThan(150);
  });

  test("contracts:check finds nothing where nothing was changed, doctor looks at the machine", async () => {
    expect(await run("contracts-check", "--base-file", "contracts/generated/contracts.json")).toContain("The contracts are unchanged.");
    const { output }: Ended = await project.command("doctor", "dev", "--here");
    expect(output).toMatch(/^✓ Node\.js/m);
    expect(output).toMatch(/\d+ pass, \d+ warn, \d+ fail, \d+ skipped/);
  });

  test("guard judges what a deployment would do to data", async () => {
    const root = project.path(".embedded");
    const variables = { ...embeddedVariables(root, "dev", process.env.PATH), PLATFORM_TARGET: "embedded", EMBEDDED_ROOT: root };
    const guard = () => project.start("guard", ["dev"], variables).ended;

    expect(await guard()).toMatchObject({ code: 0, output: expect.stringContaining("No data is lost that isn't given up.") });

    const file = project.path("config/dev.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace("location: europe-west1", "location: europe-west4"));
    expect(await guard()).toMatchObject({
      code: 1,
      output: expect.stringMatching(/would be replaced \(because of location\)[^]*Stopped: data would be lost\./),
    });
  });
});
