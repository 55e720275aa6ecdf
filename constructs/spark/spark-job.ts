import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import { Construct } from "constructs";
import { importProblem } from "./import-problem";
import type { SparkJobProps } from "./spark-job-props";

/**
 * A PySpark job: its file and its wheel, uploaded under the hash of what they hold. A changed job has another address, so that nobody runs half of
 * it; the former is deleted (a run that has begun has read it) and can be had back for a week.
 *
 * ### Cost
 * Storage of some kilobytes.
 *
 * @throws Error when a file is missing, the wheel isn't pure Python, or the job would fail at its first import.
 * @see https://spark.apache.org/docs/3.5.3/submitting-applications.html#bundling-your-applications-dependencies
 */
export class SparkJob extends Construct {
  /** `gs://…/main.py`. */
  public readonly mainUri: string;

  /** Addresses of what the file imports. */
  public readonly packageUris: readonly string[];

  /** What is uploaded. */
  public readonly objects: readonly StorageBucketObject[];

  constructor(scope: Construct, id: string, { artifacts, name, mainFile, wheel, preinstalled }: SparkJobProps) {
    super(scope, id);
    if (!/^[a-z0-9-]{1,40}$/.test(name)) throw new Error(`The Spark job's name "${name}" must be 1 to 40 of a-z, 0-9 and dashes.`);
    const files = wheel === undefined ? [mainFile] : [mainFile, wheel];
    for (const file of files)
      if (!existsSync(file)) throw new Error(`The file ${file} of Spark job "${name}" is missing: build it, or mend its path.`);
    if (!mainFile.endsWith(".py")) throw new Error(`The main file ${mainFile} of Spark job "${name}" must be a .py file.`);
    if (wheel !== undefined) checkWheel(name, wheel);
    const problem = importProblem(mainFile, wheel, preinstalled);
    if (problem !== undefined) throw new Error(`The Spark job "${name}" doesn't import: ${problem}`);

    const folder = `jobs/${name}/${contentHash(files)}`;
    const upload = (what: string, source: string, fileName: string, contentType: string) =>
      new StorageBucketObject(this, what, {
        bucket: artifacts.bucket.name,
        name: `${folder}/${fileName}`,
        source,
        contentType,
      });
    const uri = (object: StorageBucketObject) => `gs://${artifacts.bucket.name}/${object.name}`;
    const main = upload("main", mainFile, "main.py", "text/x-python");
    // A wheel is a zip file, but Spark adds to the path only what is called so.
    const archive = wheel === undefined ? [] : [upload("wheel", wheel, basename(wheel).replace(/\.whl$/, ".zip"), "application/zip")];
    this.objects = [main, ...archive];
    this.mainUri = uri(main);
    this.packageUris = archive.map(uri);
  }
}

/** Over all files, so that a job and its package are never of different age. */
function contentHash(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(createHash("sha256").update(readFileSync(file)).digest());
  return hash.digest("hex").slice(0, 16);
}

function checkWheel(name: string, wheel: string): void {
  if (/-py3-none-any\.whl$/.test(wheel)) return;
  throw new Error(
    `The wheel ${wheel} of Spark job "${name}" must be pure Python, …-py3-none-any.whl: it is imported from the archive, and compiled modules can't be.`,
  );
}
