import { identity } from "../../config/parts/identity";
import { lake } from "../../config/parts/lake";

const problems = (settings: object): string[] =>
  (lake.safeParse(settings).error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);

describe("lake", () => {
  test("by default nothing is retained, nothing is told, and classes go by age", () => {
    expect(lake.parse({})).toEqual({
      softDeleteDays: 7,
      abortUploadDays: 7,
      autoclass: false,
      lockRawRetention: false,
      notifyNewRawFiles: false,
    });
  });

  test("autoclass and a cold class exclude each other; the message says what to change", () => {
    expect(problems({ autoclass: true, rawColdAfterDays: 60 })).toEqual([
      expect.stringMatching(/^rawColdAfterDays: nothing beside autoclass.*leave this out, or set autoclass to false/),
    ]);
    expect(problems({ terminalStorageClass: "ARCHIVE" })).toEqual([
      expect.stringMatching(/^terminalStorageClass: .*set autoclass to true/),
    ]);
    expect(problems({ autoclass: true, terminalStorageClass: "ARCHIVE" })).toEqual([]);
  });

  test("a lock needs days to lock, and days have bounds", () => {
    expect(problems({ lockRawRetention: true })).toEqual([expect.stringMatching(/^lockRawRetention: false as long as/)]);
    expect(problems({ lockRawRetention: true, rawRetentionDays: 30 })).toEqual([]);
    expect(problems({ rawRetentionDays: 30_000 })).toEqual(["rawRetentionDays: at most 24855 days"]);
    expect(problems({ rawRetentionDays: 0 })).toHaveLength(1);
  });
});

describe("identity", () => {
  test("by default nobody may act as a workload", () => {
    expect(identity.parse({})).toEqual({ developers: [], grantPropagationSeconds: 120 });
  });

  test("a developer without a kind is refused", () => {
    expect(identity.safeParse({ developers: ["ada@example.com"] }).error?.issues[0]?.message).toMatch(/^an IAM member: user:/);
  });
});
