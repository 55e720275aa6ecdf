import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checks, type Diagnosis, examine } from "../../../operations/doctor/doctor";
import type { Surroundings } from "../../../operations/doctor/surroundings";
import { GoogleError } from "../../../operations/google/google-error";
import { temporaryFolder } from "../../embedded/provider/temporary-folder";
import { GoogleDouble, refusal, type Reply } from "../google/double";
import { configured, emptyProject, healthy, healthyCloud, person } from "./surroundings";

const folder = temporaryFolder();

const bad = (diagnoses: readonly Diagnosis[]) => diagnoses.filter(({ status }) => status === "fail" || status === "warn");

async function only(at: Surroundings): Promise<Diagnosis> {
  const found = bad(await examine(at));
  expect(found.map(({ title }) => title)).toHaveLength(1);
  expect(found[0]!.mend).toBeTruthy();
  return found[0]!;
}

const answers =
  (planted: Record<string, string>) =>
  (program: string): Promise<{ code: number; output: string } | undefined> => {
    const all: Record<string, string> = { "python3.12": "Python 3.12.4", terraform: "Terraform v1.11.4", docker: "28.0.1", ...planted };
    return Promise.resolve(all[program] ? { code: 0, output: all[program] } : undefined);
  };

test("every check says why it matters, and no two have the same title", () => {
  expect(checks.filter(({ why }) => why.length < 20)).toEqual([]);
  expect(new Set(checks.map(({ title }) => title)).size).toBe(checks.length);
});

describe("this machine", () => {
  test("where all is well nothing is to be mended, and Google isn't asked", async () => {
    const found = await examine(healthy());

    expect(bad(found)).toEqual([]);
    expect(new Set(found.map(({ group }) => group))).toEqual(new Set(["machine", "set-up", "configuration", "network"]));
  });

  test.each([
    ["Node.js is too old", { nodeVersion: "18.20.4" }, "Node.js", "fail", "18.20.4"],
    ["Python is too old", { ask: answers({ "python3.12": "", python3: "Python 3.9.2" }) }, "Python", "fail", "only 3.9.2"],
    ["Python is too new", { ask: answers({ "python3.12": "", python3: "Python 3.14.1" }) }, "Python", "fail", "only 3.14.1"],
    ["there is no Terraform", { ask: answers({ terraform: "" }) }, "Terraform", "warn", "none on the PATH"],
    ["Terraform is too old", { ask: answers({ terraform: "Terraform v1.4.6" }) }, "Terraform", "fail", "1.4.6"],
    ["the disk is full", { freeBytes: () => 2 ** 28 }, "Disk", "fail", "0.3 GiB free"],
    ["there is little memory", { memoryBytes: 2 * 2 ** 30 }, "Memory", "warn", "2.0 GiB"],
    [
      "JAVA_HOME names a Java that Spark doesn't take",
      { variables: { JAVA_HOME: "/jdk" }, ask: answers({ "/jdk/bin/java": 'openjdk version "21.0.2"' }) },
      "Java",
      "warn",
      "21.0.2 (JAVA_HOME)",
    ],
    ["JAVA_HOME names nothing", { variables: { JAVA_HOME: "/gone" } }, "Java", "fail", "JAVA_HOME names /gone, where no Java answers"],
    [
      "another program holds Postgres's port",
      { portHolder: (port: number) => Promise.resolve(port === 5433 ? { pid: 42, command: "postgres -D /var/lib" } : undefined) },
      "Ports",
      "fail",
      "5433 is held by process 42 (postgres -D /var/lib)",
    ],
    [
      "a package differs from its lock",
      { openSetUp: () => Promise.resolve(["Python environment data"]) },
      "What the locks name is installed",
      "warn",
      "not, or not any more: Python environment data",
    ],
    [
      "a variable names another region than the configuration",
      { variables: { DBT_LOCATION: "US" } },
      "One location",
      "warn",
      "europe-west1, but DBT_LOCATION=US",
    ],
    [
      "the configuration is wrong",
      { configuration: { problems: ["config/dev.yaml: location: expected a region"] } },
      "Configuration",
      "fail",
      "config/dev.yaml: location: expected a region",
    ],
    [
      "the TLC can't be reached",
      { unreachable: () => Promise.resolve("getaddrinfo ENOTFOUND") },
      "The TLC's files",
      "warn",
      "getaddrinfo ENOTFOUND",
    ],
  ])("%s", async (_, planted, title, status, found) => {
    expect(await only(healthy(planted as Partial<Surroundings>))).toMatchObject({ title, status, found });
  });

  test("what our own Postgres holds is no stranger's", async () => {
    const command = `${healthy().root}/.embedded/postgres/bin/postgres`;

    expect(bad(await examine(healthy({ portHolder: () => Promise.resolve({ pid: 1, command }) })))).toEqual([]);
  });

  test("data that another major version of Postgres made is found", async () => {
    const root = join(folder, "project");
    mkdirSync(join(root, ".embedded/dev/postgres/data"), { recursive: true });
    writeFileSync(join(root, ".embedded/dev/postgres/data/PG_VERSION"), "15\n");
    writeFileSync(join(root, "package.json"), readFileSync(join(healthy().root, "package.json")));

    expect(await only(healthy({ root }))).toMatchObject({ title: "Postgres's data", found: "of version 15; the server is 17" });
  });

  test("a check that breaks is told as such, and the others go on", async () => {
    const at = healthy({
      freeBytes: () => {
        throw new Error("statfs: no such thing");
      },
    });

    expect(await only(at)).toMatchObject({ title: "Disk", status: "warn", found: "statfs: no such thing" });
  });
});

describe("the cloud", () => {
  let double: GoogleDouble;
  beforeEach(async () => {
    double = new GoogleDouble();
    await double.start();
    emptyProject(double);
  });
  afterEach(() => double.stop());

  test("where all is well nothing is to be mended, and nothing but reading is done", async () => {
    const found = await examine(healthyCloud(double));

    expect(bad(found)).toEqual([]);
    expect(found.filter(({ group, status }) => group === "project" && status === "pass").length).toBeGreaterThanOrEqual(4);
    expect(new Set(double.calls.map(({ method }) => method))).toEqual(new Set(["GET"]));
    expect(new Set(double.calls.map(({ headers }) => headers["x-goog-user-project"]))).toEqual(new Set(["acme-dev"]));
  });

  const stale = { ...person, token: () => Promise.reject(new GoogleError("The credentials aren't good any more: invalid_grant", 401)) };
  const withoutQuota = { ...person, quotaProject: undefined };
  test.each([
    ["there are no credentials", { credentials: { problem: "There are no credentials" } }, "Credentials", "fail", /no credentials/],
    ["a person without a quota project", { credentials: withoutQuota }, "Quota project", "warn", /none/],
    [
      "a quota project that is another's",
      { credentials: { ...person, quotaProject: "other" } },
      "Quota project",
      "warn",
      /another project/,
    ],
    [
      "a key file that isn't there",
      { variables: { GOOGLE_APPLICATION_CREDENTIALS: "/keys/gone.json" } },
      "Credentials",
      "fail",
      /gone\.json, which isn't there/,
    ],
    ["a key file", { variables: { GOOGLE_APPLICATION_CREDENTIALS: __filename } }, "Credentials", "warn", /from a key file/],
    [
      "the registry can't be reached",
      { unreachable: (url: string) => Promise.resolve(url.includes("terraform") ? "HTTP 503" : undefined) },
      "Terraform's registry",
      "fail",
      /HTTP 503/,
    ],
    ["Postgres in Docker, and no Docker", { ask: answers({ docker: "" }) }, "Docker", "fail", /not installed/],
  ])("%s", async (_, planted, title, status, found) => {
    expect(await only(healthyCloud(double, planted as Partial<Surroundings>))).toMatchObject({
      title,
      status,
      found: expect.stringMatching(found),
    });
  });

  test("credentials that aren't good any more are told first", async () => {
    expect(bad(await examine(healthyCloud(double, { credentials: stale })))[0]).toMatchObject({ title: "Credentials", status: "fail" });
  });

  const project = (change: object): Reply => ({
    body: { projectId: "acme-dev", projectNumber: "123456789012", name: "Acme", lifecycleState: "ACTIVE", ...change },
  });
  const here = /^cloudresourcemanager\/v1\/projects\/acme-dev$/;
  const region = /^compute\/compute\/v1\/projects\/acme-dev\/regions\/europe-west1$/;
  const plants: [string, (double: GoogleDouble) => void, string, string, RegExp][] = [
    [
      "a project on its way out",
      (at) => at.on("GET", here, project({ lifecycleState: "DELETE_REQUESTED" })),
      "Project",
      "fail",
      /undelete/,
    ],
    ["another number", (at) => at.on("GET", here, project({ projectNumber: "999999999999" })), "Project", "fail", /"999999999999"/],
    [
      "billing that isn't linked",
      (at) => at.on("GET", /billingInfo$/, { body: { billingEnabled: false } }),
      "Billing",
      "fail",
      /projects link acme-dev/,
    ],
    [
      "an API that is off",
      (at) => at.on("GET", /^serviceusage/, { body: { services: [{ config: { name: "serviceusage.googleapis.com" } }] } }),
      "First APIs",
      "fail",
      /enable cloudresourcemanager\.googleapis\.com/,
    ],
    [
      "no quota for Spark",
      (at) => at.on("GET", region, { body: { quotas: [{ metric: "CPUS", limit: 8, usage: 0 }] } }),
      "Quotas",
      "fail",
      /Ask for more/,
    ],
    [
      "a subnet without Private Google Access",
      (at) => at.on("GET", /subnetworks$/, { body: { items: [{ name: "trips-europe-west1", privateIpGoogleAccess: false }] } }),
      "Private Google Access",
      "fail",
      /Deploy again/,
    ],
    [
      "a bucket in another place",
      (at) => at.on("GET", /^storage\/storage\/v1\/b$/, { body: { items: [{ name: "acme-dev-lake-raw", location: "US" }] } }),
      "Same location everywhere",
      "fail",
      /set location/,
    ],
    [
      "a column of another type than its contract's",
      (at) => at.on("GET", /\/tables\/zones$/, { body: { schema: { fields: deployedFields("zones", { zone_id: "STRING" }) } } }),
      "Columns as in the contracts",
      "fail",
      /contracts:check/,
    ],
    [
      "no bucket for the state",
      (at) => at.on("GET", /terraform-state$/, { status: 404, body: { error: { message: "Not found" } } }),
      "Terraform's state",
      "fail",
      /npm run bootstrap -- dev/,
    ],
    [
      "a permission that is missing",
      (at) => at.on("GET", /billingInfo$/, refusal(403, "denied", "IAM_PERMISSION_DENIED", { permission: "resourcemanager.projects.get" })),
      "Billing",
      "warn",
      /owner of acme-dev/,
    ],
    [
      "an API that would be needed to look",
      (at) => at.on("GET", region, refusal(403, "off", "SERVICE_DISABLED", { service: "compute.googleapis.com" })),
      "Quotas",
      "warn",
      /enable compute\.googleapis\.com/,
    ],
    [
      "a clock that is behind",
      (at) =>
        at.on("GET", /^cloudresourcemanager\/v1\/projects$/, {
          body: {},
          headers: { date: new Date(Date.now() + 600_000).toUTCString() },
        }),
      "Clock",
      "fail",
      /ntp/,
    ],
  ];
  test.each(plants)("%s", async (_, plant, title, status, mend) => {
    plant(double);
    expect(await only(healthyCloud(double))).toMatchObject({ title, status, mend: expect.stringMatching(mend) });
  });

  test.each([
    ["a project's name", "Acme development", /Did you mean acme-dev, whose name is "Acme development"/],
    ["a slip of the hand", "acme-dve", /Did you mean acme-dev\?/],
    ["something else altogether", "somebody-elses-project", /They see acme-dev\./],
  ])("%s in place of the id", async (_, id, mend) => {
    double.on("GET", /^cloudresourcemanager\/v1\/projects\/.*$/, refusal(403, "The caller does not have permission"));
    const configuration = configured((file) => (file.project = { ...file.project, id }));
    const found = bad(await examine(healthyCloud(double, { configuration })));

    expect(found.find(({ title }) => title === "Project")).toMatchObject({ status: "fail", mend: expect.stringMatching(mend) });
  });
});

/** A table's fields as its contract has them, but for some. */
function deployedFields(table: string, types: Record<string, string>) {
  const file = join(healthy().root, "contracts/generated/bigquery", `${table}.json`);
  const fields = JSON.parse(readFileSync(file, "utf8")) as { name: string; type: string }[];
  expect(fields.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(types)));
  return fields.map(({ name, type }) => ({ name, type: types[name] ?? type }));
}
