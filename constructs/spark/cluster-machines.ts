import { checkMachineType } from "./machine-type";
import type { ClusterMachinesProps } from "./cluster-machines-props";

const IMAGE = /^2\.[23](\.\d+)?-(debian12|ubuntu22|rocky9)$/;

/** Compared by the provider as they are written: short names would be a change at every plan. */
const SCOPES = ["https://www.googleapis.com/auth/cloud-platform"];

/** Everything of {@link ClusterMachinesProps} that has a default, with it. */
export function withDefaults(props: ClusterMachinesProps) {
  return {
    imageVersion: "2.3-debian12",
    masters: 1,
    workers: 0,
    spotWorkers: 0,
    masterMachineType: "e2-standard-4",
    workerMachineType: "e2-standard-4",
    diskGigabytes: 100,
    diskType: "pd-standard",
    ...Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)),
  } as Required<Omit<ClusterMachinesProps, "encryptionKey" | "properties">>;
}

/** @throws Error when Dataproc would refuse the cluster; it says what to write instead. */
export function checkMachines(cluster: string, props: ClusterMachinesProps): void {
  const { imageVersion, masters, workers, spotWorkers, masterMachineType, workerMachineType, diskGigabytes } = withDefaults(props);
  const refuse = (problem: string): never => {
    throw new Error(`The cluster "${cluster}" ${problem}`);
  };
  if (!IMAGE.test(imageVersion)) {
    refuse(`has the image "${imageVersion}": pin one with Spark 3.5 and its system, e.g. "2.3-debian12" or "2.2-debian12".`);
  }
  if (masters !== 1 && masters !== 3) refuse(`has ${String(masters)} masters: write 1, or 3 so that one may fail.`);
  if (!isCount(workers) || workers === 1) refuse(`has ${String(workers)} workers: write 0 for a single machine, or at least 2.`);
  if (!isCount(spotWorkers)) refuse(`has ${String(spotWorkers)} spotWorkers: write a whole number from 0.`);
  if (workers === 0 && masters !== 1) refuse("has no workers, so it is a single machine: write 1 master, or at least 2 workers.");
  if (workers === 0 && spotWorkers > 0) refuse("has spotWorkers but no workers, which hold HDFS: write at least 2 workers.");
  if (!(isCount(diskGigabytes) && diskGigabytes >= 30 && diskGigabytes <= 2000)) {
    refuse(`has boot disks of ${String(diskGigabytes)} GB: write 30 to 2000.`);
  }
  checkMachineType(`masterMachineType of the cluster "${cluster}"`, masterMachineType);
  checkMachineType(`workerMachineType of the cluster "${cluster}"`, workerMachineType);
}

const isCount = (count: number): boolean => Number.isInteger(count) && count >= 0;

/** Machines as both `google_dataproc_cluster` and a workflow's managed cluster take them. */
export function machineConfig(props: ClusterMachinesProps) {
  const { identity, subnet, masters, workers, masterMachineType, workerMachineType, diskGigabytes, diskType } = withDefaults(props);
  const diskConfig = { bootDiskSizeGb: diskGigabytes, bootDiskType: diskType };
  return {
    gceClusterConfig: {
      subnetwork: subnet.id,
      // No network tags: who makes a machine may give it any, so the firewall knows machines by their account.
      serviceAccount: identity.account.email,
      serviceAccountScopes: SCOPES,
      internalIpOnly: true,
      shieldedInstanceConfig: { enableSecureBoot: true, enableVtpm: true, enableIntegrityMonitoring: true },
    },
    masterConfig: { numInstances: masters, machineType: masterMachineType, diskConfig },
    workerConfig: workers === 0 ? undefined : { numInstances: workers, machineType: workerMachineType, diskConfig },
    endpointConfig: { enableHttpPortAccess: true },
  };
}

/** Properties of every cluster: a single machine where it has no workers, and event logs where a history server finds them. */
export function clusterProperties(props: ClusterMachinesProps, eventLogs: string): Record<string, string> {
  return {
    ...(withDefaults(props).workers === 0 ? { "dataproc:dataproc.allow.zero.workers": "true" } : {}),
    "spark:spark.eventLog.enabled": "true",
    "spark:spark.eventLog.dir": eventLogs,
    "spark:spark.history.fs.logDirectory": eventLogs,
    ...props.properties,
  };
}

/** Who needs the key before a cluster can be made: the disks' service, and Dataproc for the arguments of jobs. */
export const keyGrants = ({ encryptionKey }: ClusterMachinesProps) =>
  encryptionKey && [encryptionKey.grantService("compute"), encryptionKey.grantService("dataproc")];
