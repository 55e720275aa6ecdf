import { DataprocWorkflowTemplate } from "@cdktf/provider-google/lib/dataproc-workflow-template";
import { Construct } from "constructs";
import { checkMachines, clusterProperties, keyGrants, machineConfig, withDefaults } from "./cluster-machines";
import type { SparkWorkflowProps } from "./spark-workflow-props";

/**
 * A workflow template: each run makes a cluster, runs the job on it and deletes it. Every change makes another template, for Dataproc changes
 * none in place; runs that have begun are not touched by that.
 *
 * ### Cost
 * None by itself; a run costs what its cluster does from its making to its end, as with DataprocCluster, and takes about two minutes longer than
 * the job.
 *
 * @throws Error when Dataproc would refuse name, size, machines or image.
 * @see https://cloud.google.com/dataproc/docs/concepts/workflows/overview
 */
export class SparkWorkflow extends Construct {
  /** The template, to be instantiated by whoever runs it. */
  public readonly template: DataprocWorkflowTemplate;

  constructor(scope: Construct, id: string, props: SparkWorkflowProps) {
    super(scope, id);
    const { environment, name, artifacts, encryptionKey, timeoutMinutes = 120 } = props;
    if (!/^[a-z][a-z0-9-]{1,33}[a-z0-9]$/.test(name)) {
      throw new Error(`The workflow's name "${name}" must be 3 to 35 of a-z, 0-9 and dashes, a letter first, no dash at the end.`);
    }
    if (!(Number.isInteger(timeoutMinutes) && timeoutMinutes >= 10 && timeoutMinutes <= 1440)) {
      throw new Error(`timeoutMinutes of the workflow "${name}" must be a whole number from 10 to 1440, not ${String(timeoutMinutes)}.`);
    }
    checkMachines(name, props);

    this.template = new DataprocWorkflowTemplate(this, "template", {
      project: environment.projectId,
      location: environment.location,
      name,
      // Dataproc hands them on to cluster and job; set there, a change of a label would make another template.
      labels: { ...environment.labels },
      dagTimeout: `${String(timeoutMinutes * 60)}s`,
      encryptionConfig: encryptionKey && { kmsKey: encryptionKey.name },
      placement: {
        managedCluster: {
          clusterName: name,
          config: {
            stagingBucket: artifacts.scratch.name,
            tempBucket: artifacts.scratch.name,
            ...machineConfig(props),
            secondaryWorkerConfig: spotWorkers(props),
            softwareConfig: {
              imageVersion: withDefaults(props).imageVersion,
              properties: clusterProperties(props, artifacts.addEventLogs(name)),
            },
            encryptionConfig: encryptionKey && { gcePdKmsKeyName: encryptionKey.name },
          },
        },
      },
      jobs: [pysparkJob(props)],
      dependsOn: keyGrants(props),
    });
  }
}

const pysparkJob = ({ job, arguments: args = [] }: SparkWorkflowProps) => ({
  stepId: "job",
  pysparkJob: {
    mainPythonFileUri: job.mainUri,
    ...(job.packageUris.length > 0 ? { pythonFileUris: [...job.packageUris] } : {}),
    ...(args.length > 0 ? { args: [...args] } : {}),
  },
});

function spotWorkers(props: SparkWorkflowProps) {
  const { spotWorkers: numInstances, diskGigabytes: bootDiskSizeGb, diskType: bootDiskType } = withDefaults(props);
  return numInstances === 0 ? undefined : { numInstances, preemptibility: "SPOT", diskConfig: { bootDiskSizeGb, bootDiskType } };
}
