import { environmentFile } from "../../config/schema";
import { spark } from "../../config/parts/spark";

const problems = (settings: object): string[] =>
  (spark.safeParse(settings).error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);

test("by default Spark is serverless: nothing stands, and nothing costs while nothing runs", () => {
  const { kind, cluster, historyServer, jobs } = spark.parse({});

  expect({ kind, history: historyServer.enabled, jobs: Object.keys(jobs) }).toEqual({
    kind: "serverless",
    history: false,
    jobs: ["reports"],
  });
  expect(cluster).toMatchObject({ masters: 1, workers: 0, spotWorkers: 0, masterMachineType: "e2-standard-4", idleDeleteMinutes: 30 });
});

test.each<[object, string]>([
  [{ kind: "emr" }, 'kind: Invalid option: expected one of "serverless"|"cluster"|"none"'],
  [{ imageVersion: "3.0-debian12" }, "imageVersion: an image with Spark 3.5 and its system, such as 2.3-debian12"],
  [{ serverless: { maxExecutors: 1 } }, "serverless.maxExecutors: 2 to 2000 executors"],
  [{ serverless: { runtimeVersion: "1.1" } }, "serverless.runtimeVersion: 2.2 or 2.3, which hold Spark 3.5"],
  [{ cluster: { masters: 2 } }, "cluster.masters: 1 master, or 3 so that one may fail"],
  [{ cluster: { workers: 1 } }, "cluster.workers: 0 for a single machine that does all, or at least 2"],
  [
    { cluster: { spotWorkers: 2 } },
    "cluster.workers: at least 2 workers beside 3 masters, spotWorkers or autoscaling: a single machine can't have them",
  ],
  [
    { cluster: { workers: 4, autoscaling: { maxWorkers: 2 } } },
    "cluster.autoscaling.maxWorkers: at least as many as workers, with which the cluster begins",
  ],
  [{ cluster: { diskGigabytes: 10 } }, "cluster.diskGigabytes: 30 to 2000 GB"],
  [{ cluster: { idleDeleteMinutes: 9 } }, "cluster.idleDeleteMinutes: 10 to 20160 minutes"],
  [
    { cluster: { masterMachineType: "e2-medium" } },
    "cluster.masterMachineType: a machine with cores and memory of its own, which Dataproc needs: write e2-standard-2 or more",
  ],
  [
    { historyServer: { machineType: "n4-standard-2" } },
    "historyServer.machineType: a machine type that boots from a persistent disk, such as e2-standard-4",
  ],
  [{ scratchDays: 14 }, "scratchDays: at least 15 days: a cluster may be idle for 14 and needs its files"],
  [{ jobs: { zones: { mainFile: "zones.scala" } } }, "jobs.zones.mainFile: a .py file"],
  [
    { jobs: { zones: { mainFile: "zones.py", wheel: "zones-1-py3-none-any.whl", package: "zones" } } },
    "jobs.zones.package: a wheel or a package to build one from, not both",
  ],
])("%j is refused", (settings, problem) => {
  expect(problems(settings)).toEqual([problem]);
});

test("Spark without a network is refused, with what to write instead", () => {
  const refused = environmentFile.safeParse({ network: { enabled: false } }).error?.issues ?? [];

  expect(refused.map(({ path, message }) => `${path.join(".")}: ${message}`)).toEqual([
    "spark.kind: none while network.enabled is false, since Spark's machines have private addresses only: write network: {enabled: true}",
  ]);
  expect(environmentFile.safeParse({ network: { enabled: false }, spark: { kind: "none" } }).success).toBe(true);
});
