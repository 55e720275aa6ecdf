import { z } from "zod";
import { days, member } from "./values";

const name = z.string().regex(/^[a-z][a-z0-9-]{0,61}[a-z0-9]$/, "2 to 63 of a-z, 0-9 and dashes, a letter first, no dash at the end");

const isUnique = (list: readonly string[]): boolean => new Set(list).size === list.length;

const keys = z.strictObject({
  keyRing: z
    .string()
    .regex(/^[a-zA-Z0-9_-]{1,63}$/, "1 to 63 of letters, digits, dash and underscore")
    .default("trips")
    .describe("Name of the key ring. Google keeps it for ever: to deploy a destroyed environment again, choose another."),
  rotationDays: days.max(36_500).default(90).describe("Days after which new data is encrypted with a new version of the key."),
  destroyScheduledDays: days
    .max(120)
    .default(30)
    .describe("Days for which the destruction of a key's version can be undone; fixed for the key's life."),
});

const auditLog = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .describe(
      "Whether audit logs are kept in BigQuery: 0.05 USD per GiB written, 0.02 USD per GiB and month kept; a dev project writes megabytes.",
    ),
  datasetId: z
    .string()
    .regex(/^\w{1,1024}$/, "letters, digits and underscores")
    .default("trips_audit")
    .describe("Dataset that keeps them, in the environment's location."),
  retentionDays: days.max(3650).default(400).describe("Days after which a day's entries are deleted."),
  dataAccess: z
    .array(z.string().regex(/^[a-z0-9-]+\.googleapis\.com$/, "an API such as storage.googleapis.com"))
    .refine(isUnique, "each service once")
    .default(["secretmanager.googleapis.com"])
    .describe(
      "Services whose reads and writes of data are logged, besides BigQuery's, which always are. storage.googleapis.com writes an entry per object read: Cloud Logging takes 0.50 USD per GiB above the project's free 50 GiB a month.",
    ),
  readers: z.array(member).default([]).describe("Who may query them, e.g. group:auditors@example.com."),
});

const reminder = z.strictObject({
  first: z.iso
    .datetime({ error: "an instant in UTC such as 2027-01-31T09:00:00Z" })
    .regex(/:\d\dZ$/, "an instant in UTC to the second, such as 2027-01-31T09:00:00Z")
    .describe("The first reminder; must lie ahead when it is deployed."),
  everyDays: days.max(36_500).default(90).describe("Days from one reminder to the next."),
});

const secret = z.strictObject({
  readers: z
    .array(z.enum(["ingest", "orchestrator", "spark", "kafka", "transform", "dashboards"]))
    .default([])
    .describe("Workloads that may read it."),
  adders: z.array(member).default([]).describe("Who may add versions, without reading them, e.g. group:engineers@example.com."),
  reminder: reminder
    .optional()
    .describe("When to say, by Pub/Sub, that a new version is due; nothing adds one by itself. Needs project.number."),
});

const registry = z.strictObject({
  formats: z
    .array(z.enum(["docker", "python"]))
    .refine(isUnique, "each format once")
    .default(["docker", "python"])
    .describe("Repositories of Artifact Registry: 0.10 USD per GiB and month above the first 0.5 GiB."),
  immutableTags: z.boolean().default(false).describe("Whether an image's tag can't be given to another image."),
  keepVersions: z.number().int().min(1).default(10).describe("Newest versions of an image or package that are kept whatever their age."),
  deleteAfterDays: days.default(30).describe("Days after which other versions are deleted: packages, and images without a tag."),
  cloudBuild: z
    .boolean()
    .default(false)
    .describe(
      "Whether `npm run image` may build in Cloud Build, for people without Docker: an account and a bucket; a build takes minutes, of which 2,500 a month are free.",
    ),
});

/** Keys, secrets, the registry and the audit log. */
export const security = z.strictObject({
  customerManagedKeys: z
    .boolean()
    .default(false)
    .describe(
      "Whether a key of the customer's own encrypts lake, warehouse, secrets and registry: 0.06 USD per key version and month, one more version per rotation. Needs project.number.",
    ),
  keys: keys.prefault({}).describe("The key, where customerManagedKeys is true."),
  secrets: z
    .record(name, secret)
    .default({})
    .describe(
      "Secrets by name, without their values: people add versions by hand. 0.06 USD per version and month, six versions are free; a workload's part of the platform adds its own.",
    ),
  registry: registry.prefault({}).describe("Container images and Python packages."),
  auditLog: auditLog.prefault({}).describe("Who did what to which resource."),
});
