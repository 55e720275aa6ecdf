import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { type App, TerraformStack } from "cdktf";
import { allRules, resourceRule, RulePack, suppress, synthesise } from "./index";

/** A rule of one's own: only resources of the types in `reads` are shown to it. */
const acmeNames = resourceRule({
  id: "acme-names",
  severity: "warning",
  reason: "Names of buckets are unique in the whole world: without the company's name somebody else may have it.",
  mend: 'Begin the name with "acme-".',
  reads: { google_storage_bucket: ["name"] },
  check: (bucket) =>
    bucket
      .texts("name")
      .filter((name) => !name.startsWith("acme-"))
      .map((name) => `the bucket is called ${name}`),
});

/** A website's bucket, which breaks two rules, one of them with a reason. */
export function example(app: App): void {
  const stack = new TerraformStack(app, "prod");
  new GoogleProvider(stack, "google", { project: "acme-prod", defaultLabels: { team: "web" } });
  const website = new StorageBucket(stack, "website", {
    name: "www.example.com",
    location: "europe-west1",
    uniformBucketLevelAccess: true,
    versioning: { enabled: true },
  });
  suppress(website, "public-access-prevention", "The website's files are for everybody.");

  const rules = [...allRules.filter(({ id }) => id !== "audit-log"), acmeNames];
  synthesise(app, new RulePack({ rules, protectsData: (name) => name === "prod", requiredLabels: ["team"] }));
}
