import { AnnotationMetadataEntryType, Aspects, Testing, type App, type IAspect } from "cdktf";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { RulesBroken, synthesise } from "../../policies";
import { twoRules, twoStacks } from "./two-stacks";

const annotations = (app: App): { level: string; path: string; message: string }[] =>
  app.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type.startsWith("@cdktf/"))
        .map(({ type, data }) => ({ level: type, path: node.path, message: data })),
    );
const broken = (run: () => void): RulesBroken => {
  try {
    run();
  } catch (error) {
    if (error instanceof RulesBroken) return error;
    throw error;
  }
  throw new Error("expected the rules to be broken");
};

const environment = process.env;
let warn: jest.SpyInstance;
beforeEach(() => {
  const { CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: _, ...alone } = environment;
  process.env = alone;
  warn = jest.spyOn(console, "warn").mockImplementation();
});
afterEach(() => {
  process.env = environment;
  warn.mockRestore();
});

describe("a rule pack", () => {
  test("stops the synthesis with what is wrong in all stacks, warnings left out", () => {
    const app = Testing.app();
    twoStacks(app);

    const error = broken(() => synthesise(app, twoRules));

    expect(error.findings.map(({ rule, path }) => `${rule} ${path}`)).toEqual([
      "uniform-bucket-access dev/lake/bucket",
      "uniform-bucket-access prod/lake/bucket",
    ]);
    expect(error.message).toBe(
      [
        "The stacks break 1 rule in 2 places:",
        "",
        "  uniform-bucket-access: Access lists on single objects stay out of sight of IAM, of audits and of organisation policies. Set uniform_bucket_level_access to true.",
        "    dev/lake/bucket (google_storage_bucket): uniform_bucket_level_access isn't true",
        "    prod/lake/bucket (google_storage_bucket): uniform_bucket_level_access isn't true",
      ].join("\n"),
    );
  });

  test("annotates the construct that breaks a rule", () => {
    const app = Testing.app();
    twoStacks(app);

    broken(() => synthesise(app, twoRules));

    // cdktf stops at the first stack with an error.
    expect(annotations(app)).toEqual([
      {
        level: AnnotationMetadataEntryType.WARN,
        path: "dev/lake/bucket",
        message: expect.stringContaining("labels: it has no labels, at dev"),
      },
      {
        level: AnnotationMetadataEntryType.ERROR,
        path: "dev/lake/bucket",
        message:
          "uniform-bucket-access: uniform_bucket_level_access isn't true, at dev/lake/bucket (google_storage_bucket). Access lists on single objects stay out of sight of IAM, of audits and of organisation policies. Set uniform_bucket_level_access to true.",
      },
    ]);
  });

  test("judges what other aspects have changed, in whatever order they were added", () => {
    const app = Testing.app();
    twoStacks(app);
    const mend: IAspect = {
      visit: (node) => {
        if (!(node instanceof StorageBucket)) return;
        node.uniformBucketLevelAccess = true;
        node.labels = { environment: "dev" };
      },
    };
    twoRules.addTo(app);
    for (const stack of app.node.children) Aspects.of(stack).add(mend);

    app.synth();

    expect(annotations(app)).toEqual([]);
  });

  test("an aspect of a single stack leaves the others alone", () => {
    const app = Testing.app();
    const [, prod] = twoStacks(app);
    Aspects.of(prod.bucket.cdktfStack).add(twoRules);

    expect(() => app.synth()).toThrow("uniform-bucket-access");

    expect(annotations(app).map(({ path }) => path)).toEqual(["prod/lake/bucket", "prod/lake/bucket"]);
  });

  test("says each thing once, however often the app is synthesised", () => {
    const app = Testing.app();
    for (const { bucket } of twoStacks(app)) bucket.uniformBucketLevelAccess = true;

    synthesise(app, twoRules);
    synthesise(app, twoRules);

    expect(annotations(app)).toHaveLength(2);
  });

  test("prints its warnings where the app runs on its own, and leaves them to cdktf below its commands", () => {
    const app = Testing.app();
    for (const { bucket } of twoStacks(app)) bucket.uniformBucketLevelAccess = true;

    synthesise(app, twoRules);

    expect(warn.mock.calls).toEqual(
      ["dev", "prod"].map((name) => [expect.stringContaining(`Warning: labels: it has no labels, at ${name}/lake/bucket`)]),
    );

    process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS = "true";
    synthesise(app, twoRules);
    expect(warn).toHaveBeenCalledTimes(2);
  });

  test("another failure of the synthesis stays what it is", () => {
    const app = Testing.app();
    const [dev] = twoStacks(app);
    dev.bucket.node.addValidation({ validate: () => ["the moon is full"] });

    expect(() => synthesise(app, twoRules)).toThrow("the moon is full");
  });

  test("gives its findings as data", () => {
    const app = Testing.app();
    twoStacks(app);

    expect(JSON.parse(JSON.stringify(twoRules.findings(app)))[0]).toEqual({
      rule: "labels",
      severity: "warning",
      what: "it has no labels",
      path: "dev/lake/bucket",
      type: "google_storage_bucket",
      reason: expect.any(String),
      mend: expect.any(String),
    });
  });
});
