import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { applyPlan, planStack, type Stack } from "../../../operations/terraform/stack";
import { isEmpty, summary } from "../../../operations/guard/summary";
import { until } from "../../embedded/provider/deadline";
import { temporaryFolder } from "../../embedded/provider/temporary-folder";

jest.setTimeout(60_000);

const folder = temporaryFolder();
const PATH = [process.env.PATH, join(resolve(__dirname, "../../.."), ".embedded/bin")].join(delimiter);
const options = { variables: { ...process.env, PATH, CHECKPOINT_DISABLE: "1" }, signal: new AbortController().signal };

const stateIn = (name: string): string => join(folder, `${name}.tfstate`);

/** A stack of what Terraform has built in. */
function stackOf(name: string, { state = name, ...content }: { readonly state?: string } & Record<string, unknown> = {}): Stack {
  mkdirSync(join(folder, name), { recursive: true });
  const json = { resource: { terraform_data: { one: { input: "a" } } }, ...content };
  writeFileSync(
    join(folder, name, "main.tf.json"),
    JSON.stringify({ terraform: { backend: { local: { path: stateIn(state) } } }, ...json }),
  );
  return { name, folder: join(folder, name) };
}

/** What a plan is, once the stack of that name was deployed as it is by default. */
async function planned(name: string, content: Record<string, unknown>) {
  await applyPlan(stackOf(name), await planStack(stackOf(name), options), options);
  const unchanged = await planStack(stackOf(name), options);
  expect([isEmpty(unchanged.content), summary(unchanged.content)]).toEqual([true, "0 to add, 0 to change, 0 to replace, 0 to destroy"]);
  return planStack(stackOf(name, content), options);
}

describe("a state that the configuration looks for elsewhere", () => {
  const noted = () => join(folder, "moved", ".terraform/terraform.tfstate");
  const before = () => stackOf("moved");
  const after = () => stackOf("moved", { state: "elsewhere" });

  test("stops the plan, which would make everything anew, and says how to go on", async () => {
    await applyPlan(before(), await planStack(before(), options), options);

    await expect(planStack(after(), options)).rejects.toThrow(
      /"moved" names another place for its state[^]*state\.bucket and state\.prefix[^]*init -migrate-state[^]*remove .*moved\/\.terraform\/terraform\.tfstate/,
    );
    expect(existsSync(stateIn("elsewhere"))).toBe(false);
  });

  test("is found again where it was", async () => {
    expect(isEmpty((await planStack(before(), options)).content)).toBe(true);
  });

  test("is taken where the configuration says by who knows better", async () => {
    expect(summary((await planStack(after(), { ...options, reconfigure: true })).content)).toMatch(/^1 to add/);
    expect(readFileSync(noted(), "utf8")).toContain("elsewhere");
  });
});

describe("a plan that touches no resource", () => {
  test("isn't empty when an output changes, and deploys it", async () => {
    const content = { output: { share: { value: 0.01 } } };
    const plan = await planned("outputs", content);

    expect([isEmpty(plan.content), summary(plan.content)]).toEqual([
      false,
      "0 to add, 0 to change, 0 to replace, 0 to destroy, outputs: 1 to change",
    ]);
    await applyPlan(stackOf("outputs", content), plan, options);
    expect(isEmpty((await planStack(stackOf("outputs", content), options)).content)).toBe(true);
  });

  test("isn't empty when a resource moves within the state", async () => {
    const resource = { terraform_data: { other: { input: "a" } } };
    const { content } = await planned("renamed", { resource, moved: [{ from: "terraform_data.one", to: "terraform_data.other" }] });

    expect([isEmpty(content), summary(content)]).toEqual([
      false,
      "0 to add, 0 to change, 0 to replace, 0 to destroy, 1 to move within the state",
    ]);
  });

  test("isn't empty when a resource is imported", async () => {
    const resource = { terraform_data: { one: { input: "a" }, other: {} } };
    const { content } = await planned("imported", { resource, import: [{ to: "terraform_data.other", id: "an-id" }] });

    expect([isEmpty(content), summary(content)]).toEqual([false, "0 to add, 0 to change, 0 to replace, 0 to destroy, 1 to import"]);
  });
});

test("without a lock it can be planned while somebody else holds it, and not with one", async () => {
  await planStack(stackOf("locked"), options);
  const other = spawn("terraform", ["apply", "-no-color"], { cwd: join(folder, "locked"), env: { ...options.variables, TF_INPUT: "1" } });
  let said = "";
  other.stdout.on("data", (data: Buffer) => (said += data.toString()));
  await until("the other Terraform's question", () => said.includes("Enter a value:"));

  const ended = new Promise((done) => other.once("close", done));
  try {
    await expect(planStack(stackOf("locked"), options)).rejects.toThrow(/state lock/);
    expect(summary((await planStack(stackOf("locked"), { ...options, lock: false })).content)).toMatch(/^1 to add/);
  } finally {
    other.stdin.end("no\n");
    await ended;
  }
});
