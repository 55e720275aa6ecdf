import { TerraformOutput } from "cdktf";
import { DataprocCluster } from "../../../constructs/spark/dataproc-cluster";
import type { DataprocClusterProps } from "../../../constructs/spark/dataproc-cluster-props";
import { HistoryServer } from "../../../constructs/spark/history-server";
import { only, resources } from "../synth";
import { synthSpark } from "./surroundings";

const cluster = (props: Partial<DataprocClusterProps> = {}, options: { encrypted?: boolean } = {}) =>
  synthSpark(({ stack, placement }) => new DataprocCluster(stack, "cluster", { ...placement, name: "trips", ...props }), options);
const made = (json: any) => only(json, "google_dataproc_cluster");

describe("DataprocCluster", () => {
  test("minimal: one shielded machine without a public address, as Spark, in the private subnet, gone after half an hour", () => {
    const json = cluster();

    expect(made(json)).toMatchObject({ name: "trips", region: "europe-west1", labels: { environment: "dev" } });
    const { cluster_config: config } = made(json);
    expect(config.gce_cluster_config).toEqual({
      internal_ip_only: true,
      service_account: expect.stringMatching(/^\$\{google_service_account\.\w+\.email\}$/),
      service_account_scopes: ["https://www.googleapis.com/auth/cloud-platform"],
      subnetwork: expect.stringMatching(/^\$\{google_compute_subnetwork\.\w+\.id\}$/),
      shielded_instance_config: { enable_secure_boot: true, enable_vtpm: true, enable_integrity_monitoring: true },
    });
    expect(config.master_config).toMatchObject({ num_instances: 1, machine_type: "e2-standard-4" });
    expect(config.worker_config).toBeUndefined();
    expect(config.preemptible_worker_config).toBeUndefined();
    expect(config.software_config.image_version).toBe("2.3-debian12");
    expect(config.software_config.override_properties["dataproc:dataproc.allow.zero.workers"]).toBe("true");
    expect(config.lifecycle_config).toEqual({ idle_delete_ttl: "1800s" });
    expect(config.endpoint_config).toEqual({ enable_http_port_access: true });
  });

  test("its files are in our buckets, and its event logs where the history server looks", () => {
    const { staging_bucket, temp_bucket, software_config } = made(cluster()).cluster_config;

    expect(staging_bucket).toMatch(/artifacts_scratch/);
    expect(temp_bucket).toBe(staging_bucket);
    expect(software_config.override_properties["spark:spark.eventLog.dir"]).toMatch(
      /^gs:\/\/\$\{google_storage_bucket\.\w+\.name\}\/\$\{google_storage_bucket_object\.[\w-]+\.name\}$/,
    );
  });

  test("workers, spot workers, disks and properties as asked for", () => {
    const { cluster_config: config } = made(
      cluster({
        masters: 3,
        workers: 2,
        spotWorkers: 4,
        workerMachineType: "n2-highmem-8",
        diskType: "pd-ssd",
        diskGigabytes: 200,
        properties: { "spark:a": "b" },
      }),
    );

    expect(config.master_config.num_instances).toBe(3);
    const disk_config = { boot_disk_size_gb: 200, boot_disk_type: "pd-ssd" };
    expect(config.worker_config).toEqual({ num_instances: 2, machine_type: "n2-highmem-8", disk_config });
    expect(config.preemptible_worker_config).toEqual({ num_instances: 4, preemptibility: "SPOT", disk_config });
    expect(config.software_config.override_properties["spark:a"]).toBe("b");
    expect(config.software_config.override_properties["dataproc:dataproc.allow.zero.workers"]).toBeUndefined();
  });

  test("where it grows, Terraform leaves its size to the policy", () => {
    const json = cluster({ workers: 2, autoscaling: { maxWorkers: 5, maxSpotWorkers: 10, cooldownMinutes: 5, decommissionMinutes: 30 } });

    expect(only(json, "google_dataproc_autoscaling_policy")).toMatchObject({
      policy_id: "trips",
      location: "europe-west1",
      worker_config: { min_instances: 2, max_instances: 5 },
      secondary_worker_config: { max_instances: 10 },
      basic_algorithm: { cooldown_period: "300s", yarn_config: { graceful_decommission_timeout: "1800s" } },
    });
    expect(made(json).cluster_config.autoscaling_config.policy_uri).toMatch(/google_dataproc_autoscaling_policy\.\w+\.name/);
    expect(made(json).cluster_config.preemptible_worker_config).toMatchObject({ num_instances: 0, preemptibility: "SPOT" });
    expect(made(json).lifecycle.ignore_changes).toEqual([
      "cluster_config[0].worker_config[0].num_instances",
      "cluster_config[0].preemptible_worker_config[0].num_instances",
    ]);
    expect(made(cluster()).lifecycle).toBeUndefined();
  });

  test("under a key of one's own, once Compute Engine and Dataproc may use it", () => {
    const json = cluster({}, { encrypted: true });

    expect(made(json).cluster_config.encryption_config.kms_key_name).toMatch(/cryptoKeys/);
    expect(made(json).depends_on).toEqual([
      expect.stringMatching(/^google_kms_crypto_key_iam_member\.data_compute/),
      expect.stringMatching(/^google_kms_crypto_key_iam_member\.data_dataproc/),
    ]);
  });

  test.each<[Partial<DataprocClusterProps>, RegExp]>([
    [{ name: "Trips" }, /name "Trips" must be/],
    [{ imageVersion: "2.1-debian11" }, /image "2.1-debian11": pin one with Spark 3.5/],
    [{ imageVersion: "2.3" }, /pin one with Spark 3.5 and its system/],
    [{ masters: 2 }, /has 2 masters: write 1, or 3/],
    [{ workers: 1 }, /has 1 workers: write 0 for a single machine, or at least 2/],
    [{ masters: 3 }, /has no workers, so it is a single machine/],
    [{ spotWorkers: 2 }, /spotWorkers but no workers/],
    [{ spotWorkers: -1 }, /-1 spotWorkers/],
    [{ diskGigabytes: 10 }, /boot disks of 10 GB: write 30 to 2000/],
    [{ idleDeleteMinutes: 5 }, /idleDeleteMinutes .* from 10 to 20160 \(14 days\), not 5/],
    [{ masterMachineType: "e2-medium" }, /"e2-medium" shares its core .* write e2-standard-4/],
    [{ masterMachineType: "n1-standard-1" }, /too little memory/],
    [{ masterMachineType: "t2a-standard-4" }, /is an ARM machine/],
    [{ workers: 2, workerMachineType: "n4-standard-4" }, /boots from Hyperdisk/],
    [{ workerMachineType: "big" }, /workerMachineType .* "big" is no machine type/],
    [{ autoscaling: { maxWorkers: 3 } }, /can't grow: write at least 2 workers/],
    [{ workers: 4, autoscaling: { maxWorkers: 3 } }, /autoscaling.maxWorkers .* from 4/],
    [{ workers: 2, autoscaling: { maxWorkers: 3, cooldownMinutes: 1 } }, /cooldownMinutes .* from 2 to 1440/],
  ])("%j is refused, with what to write instead", (props, message) => {
    expect(() => cluster(props)).toThrow(message);
  });

  test.each(["e2-standard-2", "n2d-highcpu-8", "c2-standard-4", "n2-custom-6-20480", "e2-custom-4-8192"])("%s is taken", (machineType) => {
    expect(made(cluster({ masterMachineType: machineType })).cluster_config.master_config.machine_type).toBe(machineType);
  });
});

test("a history server reads all event logs, stays however idle, and says where people see it", () => {
  const json = synthSpark(({ stack, placement }) => {
    const server = new HistoryServer(stack, "history", placement);
    new TerraformOutput(stack, "url", { value: server.url });
    new TerraformOutput(stack, "server", { value: server.resourceName });
  });
  const { cluster_config: config, name } = only(json, "google_dataproc_cluster");

  expect(name).toBe("trips-history");
  expect(config.lifecycle_config).toBeUndefined();
  expect(config.master_config.machine_type).toBe("e2-standard-2");
  expect(config.software_config.override_properties["spark:spark.history.fs.logDirectory"]).toMatch(/\/events\/\*\/spark-job-history$/);
  expect(json.output.url.value).toMatch(
    /^\$\{try\(google_dataproc_cluster\.\w+\.cluster_config\[0\]\.endpoint_config\[0\]\.http_ports\["Spark History Server"\], ""\)\}$/,
  );
  expect(json.output.server.value).toMatch(/^projects\/acme-dev\/regions\/europe-west1\/clusters\/\$\{google_dataproc_cluster/);
  expect(resources(json, "google_dataproc_autoscaling_policy")).toEqual([]);
});
