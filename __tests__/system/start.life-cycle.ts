import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ScratchProject } from "./scratch-project";

jest.setTimeout(300_000);

const SERVICES = "yellow,green,fhv,fhvhv";

let project: ScratchProject;

beforeAll(async () => {
  project = await ScratchProject.create();
});

afterAll(async () => {
  await project.remove();
});

/** Files below a folder that hold a text, without Postgres's own data (it keeps a hash, in files that only it may read). */
function filesWith(text: string, folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("/postgres/"))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => statSync(file).size < 50_000_000 && readFileSync(file).includes(text));
}

/** Local addresses on which processes of this environment listen. */
function listening(port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  return ["/proc/net/tcp", "/proc/net/tcp6"]
    .flatMap((file) => readFileSync(file, "utf8").split("\n"))
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(`:${hex}`) && columns[3] === "0A")
    .map((columns) => columns[1] ?? "");
}

// One story in order: each part needs what the one before it left.
describe("npm start, as a newcomer types it", () => {
  test("deploys dev, runs the pipelines, and ends with equal counts and a dashboard", async () => {
    const data = project.generate("tlc", "2024-01,2024-02", 400, SERVICES);

    const { code, output } = await project.command("start", "--data", data, "--services", SERVICES);

    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toMatch(/Deploy dev to this machine: \d+ added, 0 changed, 0 destroyed/);
    expect(output).toMatch(/trips +3,200 +[\d,]+ +[\d,]+ +[\d,]+ +([\d,]+) +\1 +\1/);
    expect(output).toContain("Counts      equal in lake, warehouse and Postgres");
    expect(output).toContain("SYNTHETIC: generated, not driven");
    expect(output).toMatch(/^Stream +yellow and green 2024-02: 79\d rides, [\d,]+ hours of zones, equal to fct_trips$/m);
    expect(output).not.toContain("Warning: ");
    expect(output).toMatch(/dbt +\d+ pass, \d+ success/);
    expect(readFileSync(project.path(".embedded/dev/dashboard/index.html"), "utf8").includes('"synthetic":true')).toBe(true);
  });

  test("the same again: every month is skipped by its receipt, and nothing is deployed anew", async () => {
    const { code, output } = await project.command("start", "--data", project.path("tlc"), "--services", SERVICES);

    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain("Deploy dev to this machine: 0 added, 0 changed, 0 destroyed");
    expect(output.match(/^(yellow|green|fhv|fhvhv) .* unchanged synthetic$/gm)).toHaveLength(8);
    expect(output).toMatch(/^Stream +.* equal to fct_trips \(streamed earlier; unchanged\)$/m);
  });

  test("the password stands in its own file and nowhere else: not in state, catalogue, synthesised JSON, settings or logs", () => {
    const password = readFileSync(project.path(".secrets/dev-postgres-password"), "utf8").trim();

    expect(password).toHaveLength(32);
    expect(filesWith(password, project.path(".embedded/dev"))).toEqual([]);
    expect(filesWith(password, project.path(".embedded/cdktf.out"))).toEqual([]);
    // The search does find what is there.
    expect(filesWith("password_file", project.path(".embedded/dev"))).toContain(project.path(".embedded/dev/terraform.tfstate"));
  });

  (process.platform === "linux" ? test : test.skip)("Postgres listens on 127.0.0.1 and nowhere else", () => {
    expect(listening(project.port)).toEqual([`0100007F:${project.port.toString(16).toUpperCase().padStart(4, "0")}`]);
  });

  test("plain cdktf, with one file sourced, finds nothing to change", () => {
    const output = execFileSync("sh", ["-c", ". .embedded/environment.sh && node_modules/.bin/cdktf diff dev"], {
      cwd: project.folder,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });

    expect(output).toMatch(/found no differences|No changes/);
    expect(existsSync(project.path("cdktf.out"))).toBe(false);
  });

  test("sql asks the warehouse's copy, and says what is wrong with a statement", async () => {
    const asked = await project.command(
      "sql",
      "select service, count(*) as trips from trips_marts.fct_trips group by all order by service",
    );
    const wrong = await project.command("sql", "select nothing from nowhere");

    expect(asked).toMatchObject({ code: 0 });
    expect(asked.output).toMatch(/^service +trips\n─+ +─+\nfhv +\d+\nfhvhv +\d+\ngreen +\d+\nyellow +\d+\n$/);
    expect(wrong.code).toBe(1);
    expect(wrong.output).toMatch(/nowhere does not exist/);
  });

  test("what was streamed can be looked at, counted anew, and put on the lake", async () => {
    const topics = await project.command("topics");
    const reset = await project.command("streams", "reset");
    const start = await project.command("streams", "start");
    const sink = await project.command("sink", "--once");
    const status = await project.command("streams", "status");

    expect(topics).toMatchObject({ code: 0, output: expect.stringMatching(/^trips\.rides +6 +1: 6 +6 of 6 +80\d/m) as string });
    expect([reset, start, status].map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(sink).toMatchObject({ code: 0, output: expect.stringMatching(/On the lake: 8\d\d|On the lake: 79\d/) as string });
  });

  test("down stops Kafka and Postgres and keeps what they hold, up starts them again", async () => {
    const down = await project.command("down");
    const afterDown = listening(project.port);
    const up = await project.command("up");

    expect(down.output).toMatch(/Stopped: Kafka broker 1, .*Postgres\./);
    expect(afterDown).toEqual([]);
    expect(up).toMatchObject({ code: 0 });
    expect(listening(project.port)).toHaveLength(1);
  });

  test("destroy shows what will go, and leaves nothing that runs or holds data", async () => {
    const { code, output } = await project.command("destroy", "--yes");

    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toMatch(/Warehouse +\S+\/\.embedded\/dev\/warehouse +\d+/);
    expect(existsSync(project.path(".embedded/dev"))).toBe(false);
    expect(listening(project.port)).toEqual([]);
  });

  test("a folder that is not there ends it before anything is touched, without a stack trace", async () => {
    const { code, output } = await project.command("start", "--data", project.path("nowhere"));

    expect(code).toBe(1);
    expect(output).toMatch(/--data: there is no folder .*nowhere/);
    expect(output).not.toMatch(/^\s+at /m);
    expect(existsSync(project.path(".embedded/dev"))).toBe(false);
  });
});
