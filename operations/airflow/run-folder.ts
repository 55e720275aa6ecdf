import { setTimeout as delay } from "node:timers/promises";
import type { GoogleApi } from "../google/google-api";
import { readObject } from "../google/storage";
import type { RunOfDag } from "./answers";

/** What a run's steps leave in Airflow's bucket; docs/guides/how-it-runs-in-the-cloud.md says who writes what. */
export class RunFolder {
  constructor(
    private readonly google: GoogleApi,
    public readonly bucket: string,

    /** Name of the folder below `data/runs/`. */
    public readonly name: string,
    private readonly signal: AbortSignal,

    /** Milliseconds between two looks for a file that is on its way. */
    private readonly patience = 5000,
  ) {}

  /** A file's text; undefined where it isn't there. @throws GoogleError */
  public text(file: string): Promise<string | undefined> {
    return readObject(this.google, this.bucket, `data/runs/${this.name}/${file}`);
  }

  /** A document that is there or on its way; undefined where it didn't come in that many milliseconds. @throws GoogleError */
  public async awaited<Document>(file: string, milliseconds: number): Promise<Document | undefined> {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      const text = await this.text(file);
      if (text !== undefined) return JSON.parse(text) as Document;
      if (Date.now() > deadline) return undefined;
      await delay(this.patience, undefined, { signal: this.signal });
    }
  }
}

/** Name of a run's folder, as `pipelines/dags/platform_tasks/run_id.py` forms it. */
export const folderOf = ({ dag_run_id: id, conf }: RunOfDag): string => conf?.run_id ?? id.replace(/[^A-Za-z0-9._-]+/g, "-");
