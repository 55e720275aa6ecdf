import type { Keys } from "../../../operations/guard/judge";
import type { Plan } from "../../../operations/guard/plan";
import { deployPlan, stopLosses } from "../../../scripts/operations/deploy-plan";

const keys: Keys = { environment: "dev", allowsDataDeletion: true, allowedLosses: new Set() };
const { signal } = new AbortController();

const destroyed = (type: string): Plan => ({
  format_version: "1.2",
  resource_changes: [{ address: `${type}.it`, type, change: { actions: ["delete"], before: {}, after: null } }],
});

describe("before a deploy", () => {
  let said: jest.SpyInstance;
  beforeEach(() => (said = jest.spyOn(console, "log").mockImplementation()));
  afterEach(() => said.mockRestore());

  test("what would lose data that not both keys give up is stopped, and told", () => {
    const plan = destroyed("google_pubsub_topic");

    expect(() => stopLosses(plan, keys)).toThrow("Stopped before anything changed");
    expect(said).toHaveBeenCalledWith(expect.stringContaining("--allow-loss google_pubsub_topic.it"));
  });

  test("what a person gave up is told all the same", () => {
    stopLosses(destroyed("google_pubsub_topic"), { ...keys, allowedLosses: new Set(["google_pubsub_topic.it"]) });

    expect(said).toHaveBeenCalledWith(expect.stringContaining("! google_pubsub_topic.it"));
  });

  test("what loses nothing needs no word", () => {
    stopLosses(destroyed("google_service_account"), keys);

    expect(said).not.toHaveBeenCalled();
  });

  test("where nobody can answer, nothing is applied unasked", async () => {
    const apply = jest.fn();

    expect(await deployPlan("dev", { signal }, apply)).toBe(false);
    expect(apply).not.toHaveBeenCalled();
  });
});

test("answered beforehand it is applied, with a line per finished resource", async () => {
  const lines: string[] = [];
  const written = jest.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  try {
    const done = await deployPlan("dev", { yes: true, signal }, (onLine) => {
      for (const line of ["a: Creating...", "a: Creation complete after 1s", "b: Destruction complete after 0s"]) onLine(line);
      return Promise.resolve();
    });

    expect(done).toBe(true);
    expect(lines.filter((line) => line.startsWith("  "))).toEqual([
      "    a: Creation complete after 1s\n",
      "    b: Destruction complete after 0s\n",
    ]);
  } finally {
    written.mockRestore();
  }
});
