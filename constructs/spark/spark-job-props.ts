import type { SparkArtifacts } from "./spark-artifacts";

/** What a {@link SparkJob} needs to know. */
export interface SparkJobProps {
  /** Where the job is uploaded to. */
  readonly artifacts: SparkArtifacts;

  /** Its name, e.g. `daily-zones`: 1 to 40 of a-z, 0-9 and dashes. */
  readonly name: string;

  /** Path of the Python file that is run. */
  readonly mainFile: string;

  /**
   * Path of the wheel that holds the job's own package: pure Python, for it is imported from the archive, not installed.
   *
   * @default - the file needs none
   */
  readonly wheel?: string;

  /**
   * Modules that the machines have besides Python's own, `pyspark` and `py4j`, and that the file may therefore import.
   *
   * @default ["google", "numpy", "pandas", "pyarrow"]
   */
  readonly preinstalled?: readonly string[];
}
