import { resolve } from "node:path";
import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { SparkPlacementProps } from "../../constructs/spark/cluster-machines-props";
import type { SparkArtifacts } from "../../constructs/spark/spark-artifacts";
import { SparkJob } from "../../constructs/spark/spark-job";
import { SparkWorkflow } from "../../constructs/spark/spark-workflow";
import { builtWheel } from "./spark-wheel";

const projectRoot = resolve(__dirname, "../..");

/** The configured jobs by name, uploaded. */
export function composeJobs(scope: Construct, { jobs }: Configuration["spark"], artifacts: SparkArtifacts): Map<string, SparkJob> {
  return new Map(
    Object.entries(jobs).map(([name, { mainFile, wheel, package: folder }]) => [
      name,
      new SparkJob(scope, `spark-job-${name}`, {
        artifacts,
        name,
        mainFile: resolve(projectRoot, mainFile),
        wheel: folder === undefined ? wheel && resolve(projectRoot, wheel) : builtWheel(resolve(projectRoot, folder)),
      }),
    ]),
  );
}

/** Templates of the jobs that ask for one. */
export function composeWorkflows(
  scope: Construct,
  { imageVersion, cluster: { idleDeleteMinutes: _, autoscaling: __, ...machines }, jobs: settings }: Configuration["spark"],
  placement: SparkPlacementProps,
  jobs: ReadonlyMap<string, SparkJob>,
): Map<string, SparkWorkflow> {
  return new Map(
    [...jobs].flatMap(([name, job]): [string, SparkWorkflow][] => {
      const setting = settings[name];
      if (!setting?.workflow) return [];
      const props = { ...placement, ...machines, imageVersion, name: `trips-${name}`, job, arguments: setting.arguments };
      return [[name, new SparkWorkflow(scope, `spark-workflow-${name}`, props)]];
    }),
  );
}
