import * as path from "node:path";
import type { ValueObject } from "../../../../embedded/provider/protocol/value";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const CLUSTER = "google_dataproc_cluster";
const POLICY = "google_dataproc_autoscaling_policy";
const TEMPLATE = "google_dataproc_workflow_template";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });
const clusterWith = (config: ValueObject): ValueObject => ({
  name: "trips",
  region: "europe-west1",
  labels: { environment: "dev" },
  cluster_config: [
    {
      staging_bucket: "acme-dev-spark-scratch",
      gce_cluster_config: [{ subnetwork: "projects/acme-dev/regions/europe-west1/subnetworks/trips", internal_ip_only: true }],
      master_config: [{ num_instances: 1, machine_type: "e2-standard-4", disk_config: [{ boot_disk_size_gb: 100 }] }],
      software_config: [{ image_version: "2.3-debian12", override_properties: { "dataproc:dataproc.allow.zero.workers": "true" } }],
      lifecycle_config: [{ idle_delete_ttl: "1800s" }],
      endpoint_config: [{ enable_http_port_access: true }],
      ...config,
    },
  ],
});
const workers = (instances: number): ValueObject => ({ worker_config: [{ num_instances: instances, machine_type: "e2-standard-4" }] });

describe("google_dataproc_cluster", () => {
  test("is created, and planned again without a change; the cloud fills in machines' names, zone and web pages", () => {
    const state = newCore().create(CLUSTER, clusterWith(workers(2)));

    expect(state).toMatchObject({ id: "projects/acme-dev/regions/europe-west1/clusters/trips", graceful_decommission_timeout: "0s" });
    const [config] = state.cluster_config as any[];
    expect(config.bucket).toBe("acme-dev-spark-scratch");
    expect(config.gce_cluster_config[0]).toMatchObject({ zone: "europe-west1-b", internal_ip_only: true });
    expect(config.master_config[0].instance_names).toEqual(["trips-m"]);
    expect(config.worker_config[0].instance_names).toEqual(["trips-w-0", "trips-w-1"]);
    expect(config.master_config[0].disk_config[0].boot_disk_type).toBe("pd-standard");
    expect(config.endpoint_config[0].http_ports["Spark History Server"]).toMatch(/^https:\/\/.*europe-west1.*sparkhistory\/$/);
  });

  test("Terraform doesn't label it as its own", () => {
    expect(newCore().create(CLUSTER, clusterWith({})).effective_labels).toEqual({ environment: "dev" });
  });

  test("number of workers and idle time change in place", () => {
    const core = newCore();
    const state = core.create(CLUSTER, clusterWith(workers(2)));
    const changed = clusterWith({ ...workers(4), lifecycle_config: [{ idle_delete_ttl: "3600s" }] });

    expect(core.plan(CLUSTER, changed, state)).toMatchObject({ action: "update", replacedBy: [] });
    expect(core.plan(CLUSTER, changed, core.apply(CLUSTER, changed, state)).action).toBe("nothing");
  });

  test.each<[string, ValueObject, string]>([
    ["a public address", { gce_cluster_config: [{ internal_ip_only: false }] }, "gce_cluster_config.internal_ip_only"],
    ["another machine", { master_config: [{ num_instances: 1, machine_type: "n2-standard-4" }] }, "master_config.machine_type"],
    ["another image", { software_config: [{ image_version: "2.2-debian12" }] }, "software_config.image_version"],
    ["no web pages", { endpoint_config: [{ enable_http_port_access: false }] }, "endpoint_config.enable_http_port_access"],
  ])("%s replaces it", (_, change, by) => {
    const core = newCore();
    const state = core.create(CLUSTER, clusterWith({}));
    const planned = core.plan(CLUSTER, clusterWith(change), state);

    expect(planned.action).toBe("replace");
    expect(planned.replacedBy).toContain(`cluster_config.${by}`);
  });

  test("a version that says less of the image, and a subnet by its URL, are no change", () => {
    const core = newCore();
    const state = core.create(CLUSTER, clusterWith({ software_config: [{ image_version: "2.3.7-debian12" }] }));
    const url = "https://www.googleapis.com/compute/v1/projects/acme-dev/regions/europe-west1/subnetworks/trips";

    expect(
      core.plan(
        CLUSTER,
        clusterWith({
          software_config: [{ image_version: "2.3-debian12" }],
          gce_cluster_config: [{ subnetwork: url, internal_ip_only: true }],
        }),
        state,
      ).action,
    ).toBe("nothing");
  });

  test.each<[ValueObject, RegExp]>([
    [{ master_config: [{ machine_type: "e2-medium" }] }, /"e2-medium" shares its core/],
    [{ master_config: [{ num_instances: 2 }] }, /num_instances 2 must be 1 or 3/],
    [workers(1), /num_instances 1 must be 0, .* or at least 2/],
    [{ ...workers(0), software_config: [{ image_version: "2.3-debian12" }] }, /need the property dataproc:dataproc.allow.zero.workers/],
    [{ lifecycle_config: [{ idle_delete_ttl: "60s" }] }, /"60s" must be seconds from 600s/],
    [{ preemptible_worker_config: [{ preemptibility: "CHEAP" }] }, /"CHEAP" must be one of/],
    [{ gce_cluster_config: [{ network: "a", subnetwork: "b" }] }, /network or subnetwork, not both/],
  ])("%j is refused", (config, message) => {
    expect(newCore().complaints(CLUSTER, clusterWith(config))).toEqual([expect.stringMatching(message)]);
  });

  test("so is a name that ends with a hyphen", () => {
    expect(newCore().complaints(CLUSTER, { ...clusterWith({}), name: "trips-" })).toEqual([expect.stringMatching(/"trips-" must be/)]);
  });
});

describe("google_dataproc_autoscaling_policy", () => {
  const policy = {
    policy_id: "trips",
    location: "europe-west1",
    worker_config: [{ max_instances: 4 }],
    basic_algorithm: [{ yarn_config: [{ graceful_decommission_timeout: "3600s", scale_up_factor: 0.5, scale_down_factor: 1 }] }],
  };

  test("is created with defaults, and planned again without a change", () => {
    expect(newCore().create(POLICY, policy)).toMatchObject({
      id: "projects/acme-dev/locations/europe-west1/autoscalingPolicies/trips",
      name: "projects/acme-dev/regions/europe-west1/autoscalingPolicies/trips",
      worker_config: [{ min_instances: 2, max_instances: 4, weight: 1 }],
      basic_algorithm: [{ cooldown_period: "120s" }],
    });
  });

  test("bounds change in place, another region replaces it", () => {
    const core = newCore();
    const state = core.create(POLICY, policy);

    expect(core.plan(POLICY, { ...policy, worker_config: [{ max_instances: 8 }] }, state).action).toBe("update");
    expect(core.plan(POLICY, { ...policy, location: "us-east1" }, state)).toMatchObject({ action: "replace", replacedBy: ["location"] });
  });

  test("bounds the wrong way round, a factor above 1 and a short cooldown are refused", () => {
    const [{ yarn_config }] = policy.basic_algorithm as any;
    const wrong = {
      ...policy,
      worker_config: [{ min_instances: 4, max_instances: 3 }],
      basic_algorithm: [{ cooldown_period: "10s", yarn_config: [{ ...yarn_config[0], scale_up_factor: 2 }] }],
    };

    expect(newCore().complaints(POLICY, wrong)).toEqual([
      expect.stringMatching(/from 4 to 3 must begin at 2/),
      expect.stringMatching(/factor 2 must be from 0 to 1/),
      expect.stringMatching(/"10s" must be from 120s/),
    ]);
  });
});

describe("google_dataproc_workflow_template", () => {
  const template = {
    name: "trips-count",
    location: "europe-west1",
    labels: { environment: "dev" },
    dag_timeout: "7200s",
    placement: [
      {
        managed_cluster: [
          {
            cluster_name: "trips-count",
            config: [
              { gce_cluster_config: [{ internal_ip_only: true }], master_config: [{ num_instances: 1, machine_type: "e2-standard-4" }] },
            ],
          },
        ],
      },
    ],
    jobs: [{ step_id: "job", pyspark_job: [{ main_python_file_uri: "gs://acme-dev-spark/jobs/count/1/main.py" }] }],
  };

  test("is created, and planned again without a change", () => {
    expect(newCore().create(TEMPLATE, template)).toMatchObject({
      id: "projects/acme-dev/locations/europe-west1/workflowTemplates/trips-count",
      version: 1,
      effective_labels: { environment: "dev", "goog-terraform-provisioned": "true" },
    });
  });

  test("labels change in place; another job or machine replaces it", () => {
    const core = newCore();
    const state = core.create(TEMPLATE, template);
    const job = [{ step_id: "job", pyspark_job: [{ main_python_file_uri: "gs://acme-dev-spark/jobs/count/2/main.py" }] }];

    expect(core.plan(TEMPLATE, { ...template, labels: { environment: "test" } }, state).action).toBe("update");
    expect(core.plan(TEMPLATE, { ...template, jobs: job }, state)).toMatchObject({ action: "replace", replacedBy: ["jobs"] });
    expect(core.plan(TEMPLATE, { ...template, dag_timeout: "60s" }, state)).toMatchObject({ replacedBy: ["dag_timeout"] });
  });

  test("a step that waits for none of the steps, and a machine that Dataproc refuses, are refused", () => {
    const [placement] = template.placement as any;
    const wrong = {
      ...template,
      jobs: [{ ...template.jobs[0], prerequisite_step_ids: ["before"] }],
      placement: [{ managed_cluster: [{ ...placement.managed_cluster[0], config: [{ master_config: [{ machine_type: "g1-small" }] }] }] }],
    };

    expect(newCore().complaints(TEMPLATE, wrong)).toEqual([
      expect.stringMatching(/waits for "before"/),
      expect.stringMatching(/"g1-small" shares its core/),
    ]);
  });
});
