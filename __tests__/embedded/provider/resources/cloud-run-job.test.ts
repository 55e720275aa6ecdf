import * as path from "node:path";
import { UNKNOWN } from "../../../../embedded/provider/protocol/value";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const JOB = "google_cloud_run_v2_job";
const GRANT = "google_cloud_run_v2_job_iam_member";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });

const container = (further: any = {}): any => ({
  image: "europe-west1-docker.pkg.dev/acme-dev/trips-docker/data@sha256:00",
  command: ["python", "-m", "ingest"],
  env: [{ name: "PYTHONPATH", value: "/code" }],
  resources: [{ limits: { cpu: "2", memory: "4096Mi" } }],
  volume_mounts: [{ name: "bucket", mount_path: "/home/airflow/gcs" }],
  ...further,
});
const job = (task: any = {}, further: any = {}): any => ({
  name: "trips-ingest",
  location: "europe-west1",
  deletion_protection: false,
  labels: { env: "dev" },
  template: [
    {
      template: [
        {
          service_account: "trips-ingest@acme-dev.iam.gserviceaccount.com",
          max_retries: 0,
          timeout: "3600s",
          containers: [container()],
          volumes: [{ name: "bucket", gcs: [{ bucket: "acme-dev-airflow", read_only: false }] }],
          ...task,
        },
      ],
    },
  ],
  ...further,
});

describe("google_cloud_run_v2_job", () => {
  test("is created, and planned again without a change; Cloud Run fills in what isn't said", () => {
    expect(newCore().create(JOB, job())).toMatchObject({
      id: "projects/acme-dev/locations/europe-west1/jobs/trips-ingest",
      project: "acme-dev",
      uid: expect.stringMatching(/^[0-9a-f]{32}$/),
      launch_stage: "GA",
      effective_labels: { env: "dev", "goog-terraform-provisioned": "true" },
      template: [{ task_count: 1, template: [{ execution_environment: "EXECUTION_ENVIRONMENT_GEN2" }] }],
    });
  });

  test("one that says next to nothing gets a size, a deadline, three retries and protection", () => {
    const { state } = newCore().plan(JOB, {
      name: "j",
      location: "europe-west1",
      template: [{ template: [{ containers: [{ image: "i" }] }] }],
    });

    expect(state).toMatchObject({
      deletion_protection: true,
      template: [{ template: [{ max_retries: 3, timeout: UNKNOWN }] }],
    });
  });

  test("image, variables, size, network and account change in place", () => {
    const changes = [
      { containers: [container({ image: "other@sha256:11" })] },
      { containers: [container({ env: [{ name: "PYTHONPATH", value: "/elsewhere" }] })] },
      { containers: [container({ resources: [{ limits: { cpu: "4", memory: "8192Mi" } }] })] },
      { vpc_access: [{ egress: "PRIVATE_RANGES_ONLY", network_interfaces: [{ network: "trips", subnetwork: "trips-europe-west1" }] }] },
      { service_account: "other@acme-dev.iam.gserviceaccount.com" },
      { encryption_key: "projects/acme-dev/locations/europe-west1/keyRings/r/cryptoKeys/k" },
    ];

    const core = newCore();
    const state = core.create(JOB, job());
    for (const change of changes) {
      expect(core.plan(JOB, job(change), state).action).toBe("update");
      const after = core.apply(JOB, job(change), state);
      expect(core.plan(JOB, job(change), after).action).toBe("nothing");
    }
  });

  test.each(["name", "location"])("another %s replaces it", (attribute) => {
    const core = newCore();
    const state = core.create(JOB, job());

    expect(core.plan(JOB, job({}, { [attribute]: "other" }), state)).toMatchObject({ action: "replace", replacedBy: [attribute] });
  });

  test.each<[string, any, RegExp]>([
    ["a deadline in minutes", { timeout: "60m" }, /timeout "60m" must be seconds/],
    ["three vCPU", { containers: [container({ resources: [{ limits: { cpu: "3", memory: "4Gi" } }] })] }, /cpu "3" must be 1, 2, 4 or 8/],
    ["a volume that isn't there", { volumes: [] }, /mounts the volume "bucket", which the job hasn't/],
    ["an unknown way out", { vpc_access: [{ egress: "ALL" }] }, /egress "ALL" must be/],
    ["a network of no name", { vpc_access: [{ network_interfaces: [{ tags: ["a"] }] }] }, /must name its network, its subnetwork, or both/],
    ["a third generation", { execution_environment: "GEN3" }, /"GEN3" must be one of/],
  ])("%s is refused", (_what, task, message) => {
    expect(newCore().complaints(JOB, job(task))).toEqual([expect.stringMatching(message)]);
  });

  test("a name in capitals is refused; what isn't known yet is no reason to complain", () => {
    expect(newCore().complaints(JOB, job({}, { name: "Ingest" }))).toEqual([expect.stringMatching(/"Ingest" must be 1 to 63/)]);
    expect(newCore().complaints(JOB, job({ service_account: UNKNOWN, timeout: UNKNOWN }))).toEqual([]);
  });

  test("protected it isn't destroyed, else it is", () => {
    const core = newCore();
    const guarded = core.create(JOB, job({}, { deletion_protection: true }));

    expect(core.destroy(JOB, guarded)).toMatch(/protected from deletion/);
    const free = core.apply(JOB, job(), guarded);
    expect(core.destroy(JOB, free)).toBeUndefined();
    expect(core.read(JOB, free)).toBeNull();
  });
});

test("a grant on a job has the real provider's id, and another job replaces it", () => {
  const core = newCore();
  const grant = {
    location: "europe-west1",
    name: "trips-ingest",
    role: "roles/run.jobsExecutorWithOverrides",
    member: "user:ada@example.com",
  };
  const state = core.create(GRANT, grant);

  expect(state.id).toBe(
    "projects/acme-dev/locations/europe-west1/jobs/trips-ingest/roles/run.jobsExecutorWithOverrides/user:ada@example.com",
  );
  expect(core.plan(GRANT, { ...grant, name: "trips-dbt" }, state)).toMatchObject({ action: "replace", replacedBy: ["name"] });
});
