import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { GoogleApi } from "../../../operations/google/google-api";
import { type Clerk, type Ending, onboard } from "../../../operations/onboarding/onboard";
import type { Desk, Outlook, Wishes } from "../../../operations/onboarding/step";
import { temporaryFolder } from "../../embedded/provider/temporary-folder";
import { GoogleDouble, refusal } from "../google/double";
import { GoogleProject } from "./google-project";

const folder = temporaryFolder();
const signal = new AbortController().signal;
const SERVICES = ["serviceusage", "cloudresourcemanager", "cloudbilling", "compute", "orgpolicy", "storage", "dataplex"].map(
  (name) => `${name}.googleapis.com`,
);

let double: GoogleDouble;
let project: GoogleProject;
let place: string;
let told: [string, Outlook][];
let waits: string[];
beforeEach(async () => {
  double = new GoogleDouble();
  await double.start();
  project = new GoogleProject(double);
  place = mkdtempSync(join(folder, "config-"));
  told = [];
  waits = [];
});
afterEach(() => double.stop());

function desk(wishes: Partial<Wishes> = {}, more: Partial<Desk> = {}): Desk {
  const credentials = { kind: "a person", quotaProject: "acme-dev", token: () => Promise.resolve("ya29.good") };
  return {
    google: new GoogleApi({ credentials, signal, endpoint: double.endpoint, patience: 1 }),
    wishes: { environment: "dev", projectId: "acme-dev", ...wishes },
    services: SERVICES,
    agents: ["dataplex.googleapis.com", "storage.googleapis.com"],
    needs: [{ metric: "CPUS", needed: 12, by: "Spark" }],
    location: "europe-west1",
    configFile: join(place, "dev.yaml"),
    journalFile: join(place, ".state/onboarding-dev.json"),
    stateBucket: "acme-dev-terraform-state",
    ...more,
  };
}

const clerk = (consents: boolean | (() => boolean) = true): Clerk => ({
  told: ({ title }, outlook) => told.push([title, outlook]),
  waits: (service) => waits.push(service),
  consents: () => Promise.resolve(typeof consents === "function" ? consents() : consents),
  runs: () => {
    project.hasState = true;
    project.changes.push("bootstrap");
    return Promise.resolve();
  },
});

const run = (at: Desk = desk(), who = clerk(), goOn = false): Promise<Ending> => onboard(at, who, { patience: 1, goOn, signal });

const writes = () => double.calls.filter(({ method }) => method !== "GET");

const COMPLETE = [
  "services 2",
  "billing billingAccounts/01ABCD-23EF45-6789AB",
  "services 4",
  "agent dataplex.googleapis.com",
  "agent storage.googleapis.com",
  "bootstrap",
];

test("an empty project is made ready, and a second run changes nothing", async () => {
  expect(await run()).toBe("ready");
  expect(project.changes).toEqual(COMPLETE);
  // Each is told once, however often it is asked.
  expect(waits).toEqual(
    ["cloudresourcemanager", "cloudbilling", "orgpolicy", "storage", "compute"].map((name) => `${name}.googleapis.com`),
  );
  const [text, calls] = [readFileSync(join(place, "dev.yaml"), "utf8"), writes().length];

  expect(await run()).toBe("ready");
  expect(project.changes).toEqual(COMPLETE);
  expect(writes()).toHaveLength(calls);
  expect(readFileSync(join(place, "dev.yaml"), "utf8")).toBe(text);
  expect(told.slice(-10).map(([, { kind }]) => kind)).toEqual(Array(10).fill("done"));
});

test("what it writes keeps the file's comments", async () => {
  writeFileSync(
    join(place, "dev.yaml"),
    "# Ours.\nproject:\n  # Needed to deploy.\n  # id: your-project-id\n\nlocation: europe-west1 # near us\n",
  );
  const github = { ownerId: "1", repositoryId: "2", repository: "acme/trips" };

  await run(desk({ billingAccount: "01ABCD-23EF45-6789AB", github }));

  const text = readFileSync(join(place, "dev.yaml"), "utf8");
  expect(parse(text)).toEqual({
    project: { id: "acme-dev", number: "123456789012" },
    location: "europe-west1",
    bootstrap: { billingAccount: "01ABCD-23EF45-6789AB", github },
  });
  for (const comment of ["# Ours.", "# Needed to deploy.", "# near us"]) expect(text).toContain(comment);
});

test("stopped after any change, it goes on from there: the same in the end", async () => {
  const stops = COMPLETE.length - 1;
  for (let at = 1; at <= stops; at++) {
    project.billing = undefined;
    project.services.clear();
    project.has("serviceusage");
    project.agents.clear();
    project.hasState = false;
    project.changes.length = 0;
    place = mkdtempSync(join(folder, "config-"));
    // The answer of the change doesn't arrive any more.
    const abort = new AbortController();
    project.afterChange = (number) => {
      if (number === at) abort.abort();
    };
    const broken = desk();
    const google = new GoogleApi({
      credentials: { kind: "x", token: () => Promise.resolve("t") },
      signal: abort.signal,
      endpoint: double.endpoint,
    });
    await expect(onboard({ ...broken, google }, clerk(), { patience: 1, signal: abort.signal })).rejects.toThrow();
    project.afterChange = () => undefined;

    expect(await run()).toBe("ready");
    expect(project.changes).toEqual(COMPLETE);
  }
});

test("a dry run looks at every step, and makes no change anywhere", async () => {
  const shown: string[] = [];
  const who: Clerk = {
    ...clerk(false),
    consents: ({ title }) => {
      shown.push(title);
      return Promise.resolve(false);
    },
  };

  project.has("cloudresourcemanager", "cloudbilling", "compute", "orgpolicy", "storage");
  expect(await run(desk(), who, true)).toBe("declined");
  expect(shown).toEqual(["Billing", "APIs", "Google's own accounts", "Configuration", "Bootstrap"]);
  expect(writes()).toEqual([]);
  expect(existsSync(join(place, "dev.yaml"))).toBe(false);
});

test("a dry run of a new project says what can't be looked at yet", async () => {
  expect(await run(desk(), clerk(false), true)).toBe("declined");

  expect(told.map(([title, { kind }]) => `${title}: ${kind}`)).toEqual([
    "First APIs: change",
    "Clock: done",
    "Project: note",
    "Billing: note",
    "APIs: change",
    "Organisation's policies: note",
    "Google's own accounts: change",
    "Quotas: note",
    "Configuration: change",
    "Bootstrap: note",
  ]);
  expect(writes()).toEqual([]);
});

test("an API that stays off is told in Google's words, and one that nobody switched on isn't waited for", async () => {
  project.moment = Infinity;
  await expect(run()).rejects.toMatchObject({ disabledService: "cloudresourcemanager.googleapis.com" });

  project.has("cloudresourcemanager", "cloudbilling");
  const asked = double.calls.length;
  await expect(run(desk({}, { services: ["serviceusage.googleapis.com"] }))).rejects.toMatchObject({
    disabledService: "cloudresourcemanager.googleapis.com",
  });
  expect(double.calls.length - asked).toBe(2);
});

test("who declines a change isn't asked for the next", async () => {
  const consents = jest.fn(() => false);

  expect(await run(desk(), clerk(consents))).toBe("declined");
  expect(consents).toHaveBeenCalledTimes(1);
});

test("two who onboard at once end with one result", async () => {
  expect(await Promise.all([run(), run()])).toEqual(["ready", "ready"]);
  expect([...new Set(project.changes)].sort()).toEqual([...COMPLETE].sort());
  expect(parse(readFileSync(join(place, "dev.yaml"), "utf8"))).toEqual({ project: { id: "acme-dev", number: "123456789012" } });
});

describe("what is left to somebody", () => {
  const stuck = async (at: Desk): Promise<string> => {
    expect(await run(at)).toBe("stuck");
    const [, outlook] = told.at(-1)!;
    return outlook.kind === "stuck" ? `${outlook.found} ${outlook.mend}` : "";
  };

  test("a slip of the hand in the project's id", async () => {
    project.has("cloudresourcemanager");
    expect(await stuck(desk({ projectId: "acme-dve" }))).toMatch(/no project acme-dve.*Did you mean acme-dev/);
  });

  test("several billing accounts", async () => {
    double.on("GET", /^cloudbilling\/v1\/billingAccounts$/, {
      body: { billingAccounts: ["A", "B"].map((name) => ({ name: `billingAccounts/${name}`, displayName: name, open: true })) },
    });

    expect(await stuck(desk())).toMatch(/several billing accounts.*--billing-account <id>, one of A \(A\), B \(B\)/);
    expect(await stuck(desk({ billingAccount: "C" }))).toMatch(/no open billing account C/);
  });

  test("no billing account at all", async () => {
    double.on("GET", /^cloudbilling\/v1\/billingAccounts$/, { body: {} });

    expect(await stuck(desk())).toMatch(/see no open billing account/);
  });

  test("a file that is no YAML is left as it is", async () => {
    writeFileSync(join(place, "dev.yaml"), "project: [");

    expect(await stuck(desk())).toContain("dev.yaml");
    expect(readFileSync(join(place, "dev.yaml"), "utf8")).toBe("project: [");
  });

  test("a clock that is behind", async () => {
    const date = new Date(Date.now() + 600_000).toUTCString();
    double.on("GET", /^serviceusage\/v1\/projects\/acme-dev\/services$/, () => ({
      body: {
        services:
          project.services.size === 0 ? [] : [...project.services].map((name) => ({ config: { name }, parent: "projects/123456789012" })),
      },
      headers: { date },
    }));
    project.has("serviceusage", "cloudresourcemanager", "cloudbilling");

    expect(await stuck(desk())).toMatch(/^This machine's clock is (599|600|601) s behind Google's\. Set it: timedatectl/);
  });

  test("a file that is wrong elsewhere: nothing is written that no later command would take", async () => {
    const text = "postgres:\n  kind: mysql\n";
    writeFileSync(join(place, "dev.yaml"), text);

    expect(await stuck(desk())).toMatch(/dev\.yaml:2: postgres\.kind/);
    expect(readFileSync(join(place, "dev.yaml"), "utf8")).toBe(text);
  });

  test("an API that Google doesn't switch on is told in its words, and what was done before stays", async () => {
    project.has("cloudresourcemanager", "cloudbilling");
    double.on(
      "POST",
      /batchEnable$/,
      refusal(403, "Permission denied to enable service", "AUTH_PERMISSION_DENIED", { permission: "serviceusage.services.enable" }),
    );

    await expect(run()).rejects.toMatchObject({ missingPermission: "serviceusage.services.enable" });
    expect(project.billing).toBeDefined();
  });
});

describe("what one should know, and goes on", () => {
  const advice = (title: string): string => {
    const outlook = told.find(([step]) => step === title)?.[1];
    return outlook?.kind === "note" ? `${outlook.found} ${outlook.advice}` : "";
  };

  test("an organisation's policy that would bite", async () => {
    double.on("GET", /gcp\.resourceLocations:getEffectivePolicy$/, {
      body: { spec: { rules: [{ values: { allowedValues: ["in:us-locations"] } }] } },
    });

    expect(await run()).toBe("ready");
    expect(advice("Organisation's policies")).toMatch(/1 may bite gcp\.resourceLocations: Only some locations/);
  });

  test("policies that may not be read", async () => {
    double.on("GET", /:getEffectivePolicy$/, refusal(403, "Permission 'orgpolicy.policy.get' denied", "IAM_PERMISSION_DENIED"));

    expect(await run()).toBe("ready");
    expect(advice("Organisation's policies")).toMatch(/may not be read .*roles\/orgpolicy\.policyViewer.*orgpolicy\.policy\.get/);
  });

  test("a quota that is too small, and where there is enough", async () => {
    const region = (name: string, limit: number) => ({ name, quotas: [{ metric: "CPUS", limit, usage: 0 }] });
    double.on("GET", /regions$/, { body: { items: [region("europe-west1", 8), region("europe-north1", 24)] } });

    expect(await run()).toBe("ready");
    expect(advice("Quotas")).toMatch(/CPUS: 8 left, 12 needed by Spark There is enough in europe-north1/);
  });
});
