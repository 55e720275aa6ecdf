import { z } from "zod";
import { cluster, historyServer } from "./spark-machines";
import { days } from "./values";

const serverless = z.strictObject({
  runtimeVersion: z.enum(["2.2", "2.3"], "2.2 or 2.3, which hold Spark 3.5").default("2.3").describe("Version of the serverless runtime."),
  maxExecutors: z
    .number()
    .int()
    .min(2, "2 to 2000 executors")
    .max(2000, "2 to 2000 executors")
    .default(4)
    .describe("Most executors of a batch, of four cores each, at about 0.06 USD per core and hour."),
  timeoutMinutes: z
    .number()
    .int()
    .min(10, "10 to 20160 minutes (14 days)")
    .max(20_160, "10 to 20160 minutes (14 days)")
    .default(120)
    .describe("Minutes after which a batch is stopped, whatever it does."),
});

const jobSettings = z.strictObject({
  mainFile: z.string().regex(/\.py$/, "a .py file").describe("The Python file that is run, relative to the project's folder."),
  wheel: z
    .string()
    .regex(/-py3-none-any\.whl$/, "a wheel of pure Python, …-py3-none-any.whl: it is imported from the archive")
    .optional()
    .describe("The wheel with the job's own package, relative to the project's folder."),
  package: z
    .string()
    .optional()
    .describe("In place of a wheel: folder of the job's own package, whose build_wheel.py builds the wheel at synthesis."),
  workflow: z
    .boolean()
    .default(false)
    .describe("Whether there is a template that makes a cluster for each run, by the settings of spark.cluster. Free while nothing runs."),
  arguments: z.array(z.string()).default([]).describe("Arguments that the template gives the job."),
});

const job = jobSettings.refine((settings) => settings.wheel === undefined || settings.package === undefined, {
  path: ["package"],
  error: "a wheel or a package to build one from, not both",
});

/** Revenue per zone, demand by hour and the like: which of them is run, the first argument says. */
const REPORTS = { mainFile: "pipelines/spark/main.py", package: "pipelines/spark" };

/** Spark on Dataproc. */
export const spark = z.strictObject({
  kind: z
    .enum(["serverless", "cluster", "none"])
    .default("serverless")
    .describe(
      "Where Spark runs: serverless costs nothing but while a batch runs (about 0.06 USD per DCU and hour, at least 12 of them); a cluster costs from 0.19 USD an hour until it is idle for long enough.",
    ),
  imageVersion: z
    .string()
    .regex(/^2\.[23](\.\d+)?-(debian12|ubuntu22|rocky9)$/, "an image with Spark 3.5 and its system, such as 2.3-debian12")
    .default("2.3-debian12")
    .describe("Dataproc's image, of clusters and of the history server alike."),
  serverless: serverless.prefault({}).describe("How batches run, where kind is serverless."),
  cluster: cluster.prefault({}).describe("The cluster's machines, where kind is cluster, and those of workflows."),
  historyServer: historyServer.prefault({}).describe("A page that shows what applications did after their cluster has gone."),
  eventLogDays: days.default(90).describe("Days for which Spark's event logs are kept."),
  scratchDays: z
    .number()
    .int()
    .min(15, "at least 15 days: a cluster may be idle for 14 and needs its files")
    .default(30)
    .describe("Days for which Dataproc's own files, such as the output of jobs, are kept."),
  jobs: z
    .record(z.string().regex(/^[a-z][a-z0-9-]{0,27}[a-z0-9]$/, "a name of 2 to 29 of a-z, 0-9 and dashes, a letter first"), job)
    .prefault({ reports: REPORTS })
    .describe("Jobs by name, uploaded under the hash of what they hold. By default those of pipelines/spark."),
});
