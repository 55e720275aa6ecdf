import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ConfigurationError } from "../../config/configuration-error";
import { configurationJsonSchema } from "../../config/json-schema";
import { loadConfigurations } from "../../config/load";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "config-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function load(dev: string, prod = "", variables: Record<string, string> = {}) {
  writeFileSync(join(folder, "dev.yaml"), dev);
  writeFileSync(join(folder, "prod.yaml"), prod);
  return loadConfigurations({ folder, root: "/project", variables });
}

function problemsOf(dev: string, prod = "", variables: Record<string, string> = {}): string {
  try {
    load(dev, prod, variables);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message.replaceAll(/[^\s]*config-\w+\//g, "");
  }
  throw new Error("The configuration was accepted.");
}

describe("what is accepted", () => {
  test("an empty file means defaults; nothing may be deleted, and there is no Postgres", () => {
    const [dev] = load("");

    expect(dev).toMatchObject({ name: "dev", location: "europe-west1", allowsDataDeletion: false, postgres: { kind: "none", port: 5433 } });
    expect(dev?.labels).toEqual({ environment: "dev" });
  });

  test("a section whose lines are all commented out means defaults", () => {
    expect(load("project:\n  # id: nothing\nlocation: us-central1\n")[0]).toMatchObject({ location: "us-central1" });
  });

  test("a missing project id becomes a placeholder that everybody can see, and names the variable to set", () => {
    expect(load("")[0]?.project).toEqual({
      id: "your-project-dev",
      number: "000000000000",
      missing: [
        { setting: "project.id", variable: "GCP_PROJECT_DEV" },
        { setting: "project.number", variable: "GCP_PROJECT_NUMBER_DEV" },
      ],
    });
  });

  test("the variable goes before the file", () => {
    const [dev, prod] = load("project: {id: from-the-file}", "", {
      GCP_PROJECT_DEV: "from-the-variable",
      GCP_PROJECT_PROD: "prod-by-variable",
      GCP_PROJECT_NUMBER_DEV: "123456789012",
    });

    expect([dev?.project.id, prod?.project.id]).toEqual(["from-the-variable", "prod-by-variable"]);
    expect(dev?.project).toMatchObject({ number: "123456789012", missing: [] });
    expect(prod?.project.missing).toEqual([{ setting: "project.number", variable: "GCP_PROJECT_NUMBER_PROD" }]);
  });

  test("state: a bucket in the cloud, a file on this machine", () => {
    expect(load("project: {id: acme-dev}")[0]?.backend).toEqual({
      kind: "gcs",
      bucket: "acme-dev-terraform-state",
      prefix: "platform/dev",
    });
    expect(load("", "", { PLATFORM_TARGET: "embedded" })[0]?.backend).toEqual({
      kind: "local",
      path: "/project/.embedded/dev/terraform.tfstate",
    });
  });

  test("the password file's path is made absolute", () => {
    expect(load("postgres: {passwordFile: .secrets/p}")[0]?.postgres.passwordFile).toBe("/project/.secrets/p");
  });
});

describe("what is refused: file, line, path, what was expected and what stands there", () => {
  test.each([
    [
      "an unknown key",
      "lake:\n  rawColdAfterDay: 3\n",
      'dev.yaml:2: lake.rawColdAfterDay: there is no such setting; did you mean "rawColdAfterDays"?',
    ],
    ["an unknown key like no other", "zzz: 1\n", /dev.yaml:1: zzz: there is no such setting; known here: project, location, labels/],
    [
      "a wrong type",
      "postgres:\n  kind: docker\n  port: many\n",
      'dev.yaml:3: postgres.port: expected a value of type number, but there stands "many"',
    ],
    [
      "a port out of range",
      "postgres:\n  port: 80\n",
      "dev.yaml:2: postgres.port: expected a port from 1024 to 65535, but there stands 80",
    ],
    [
      "another choice",
      "postgres:\n  kind: mysql\n",
      'dev.yaml:2: postgres.kind: expected one of docker, cloud_sql, none, but there stands "mysql"',
    ],
    [
      "a project's name for its id",
      "project:\n  id: My Project\n",
      /dev.yaml:2: project.id: expected a Google project id: .* \(the id, not the project's name\), but there stands "My Project"/,
    ],
    [
      "a number without quotes",
      "project:\n  number: 123456789012\n",
      "dev.yaml:2: project.number: expected a text, but there stands 123456789012",
    ],
    [
      "hours between",
      "warehouse:\n  timeTravelHours: 50\n",
      "dev.yaml:2: warehouse.timeTravelHours: expected a multiple of 24, but there stands 50",
    ],
    ["no YAML", "a: [1\n", /dev.yaml: this is not YAML: /],
  ])("%s", (_, dev, message) => {
    const problems = problemsOf(dev);
    if (typeof message === "string") expect(problems).toBe(message);
    else expect(problems).toMatch(message);
  });

  test("everything wrong in both files, at once", () => {
    expect(problemsOf("location: 5\nx: 1\n", "location: Europe\n").split("\n")).toHaveLength(3);
  });

  test("one project for two environments", () => {
    expect(problemsOf("project: {id: acme-one}", "project: {id: acme-one}")).toContain('project.id is "acme-one" in both');
  });

  test("a variable that is no project id", () => {
    expect(problemsOf("", "", { GCP_PROJECT_DEV: "My Project" })).toMatch(
      /^GCP_PROJECT_DEV: expected a Google project id .* but there stands "My Project"$/,
    );
  });

  test("a target that there is not", () => {
    expect(problemsOf("", "", { PLATFORM_TARGET: "moon" })).toContain(
      'PLATFORM_TARGET: expected cloud or embedded, but there stands "moon"',
    );
  });

  test("a missing file", () => {
    expect(() => loadConfigurations({ folder: join(folder, "nowhere"), variables: {} })).toThrow(
      /dev.yaml: there is no such file; copy config\/dev.yaml/,
    );
  });
});

test("the committed files load, and the JSON Schema that editors read is fresh", () => {
  const root = resolve(__dirname, "../..");

  expect(loadConfigurations({ root, variables: {} }).map(({ name }) => name)).toEqual(["dev", "prod"]);
  expect(JSON.parse(readFileSync(join(root, "config/config.schema.json"), "utf8"))).toEqual(
    JSON.parse(JSON.stringify(configurationJsonSchema())),
  );
});
