import { AirflowBucket } from "../../../constructs/orchestration/airflow-bucket";
import { EncryptionKey } from "../../../constructs/security/encryption-key";
import { KeyRing } from "../../../constructs/security/key-ring";
import { Network } from "../../../constructs/network/network";
import { WorkloadIdentity } from "../../../constructs/identity/workload-identity";
import { WorkJob } from "../../../constructs/jobs/work-job";
import type { WorkJobProps } from "../../../constructs/jobs/work-job-props";
import { dev, only, synth } from "../synth";

const JOB = "google_cloud_run_v2_job";
const IMAGE = `europe-west1-docker.pkg.dev/acme-dev/trips-docker/data@sha256:${"a1".repeat(32)}`;

const job = (props: Partial<WorkJobProps> = {}, then: (made: WorkJob) => void = () => {}) =>
  synth((stack) => {
    const identity = new WorkloadIdentity(stack, "ingest", { environment: dev, workload: "ingest", description: "Reads." });
    then(
      new WorkJob(stack, "job", {
        environment: dev,
        identity,
        name: "ingest",
        image: IMAGE,
        command: ["python", "-m", "ingest"],
        ...props,
      }),
    );
  });
const task = (json: any) => only(json, JOB).template.template;

describe("WorkJob", () => {
  test("minimal: one task as the workload, never repeated, that may be destroyed", () => {
    const json = job();

    expect(only(json, JOB)).toMatchObject({
      name: "trips-ingest",
      location: "europe-west1",
      deletion_protection: false,
      labels: { environment: "dev" },
      template: { task_count: 1, parallelism: 1 },
    });
    expect(task(json)).toEqual({
      service_account: expect.stringMatching(/google_service_account\.ingest_account_\w+\.email/),
      execution_environment: "EXECUTION_ENVIRONMENT_GEN2",
      max_retries: 0,
      timeout: "3600s",
      containers: [{ image: IMAGE, command: ["python", "-m", "ingest"], env: [], resources: { limits: { cpu: "1", memory: "2048Mi" } } }],
    });
  });

  test("size, deadline and variables", () => {
    const json = job({ cpu: 2, memoryGib: 6.5, timeoutMinutes: 15, variables: { PYTHONPATH: "/code" } });

    expect(task(json)).toMatchObject({
      timeout: "900s",
      containers: [{ env: [{ name: "PYTHONPATH", value: "/code" }], resources: { limits: { cpu: "2", memory: "6656Mi" } } }],
    });
  });

  test("a bucket as a folder, a way to private addresses alone, and a key", () => {
    const json = synth((stack) => {
      const keyRing = new KeyRing(stack, "ring", { environment: dev });
      new WorkJob(stack, "job", {
        environment: dev,
        identity: new WorkloadIdentity(stack, "ingest", { environment: dev, workload: "ingest", description: "Reads." }),
        name: "ingest",
        image: IMAGE,
        command: ["python"],
        mount: { bucket: new AirflowBucket(stack, "bucket", { environment: dev }).bucket, path: "/home/airflow/gcs" },
        network: new Network(stack, "network", { environment: dev }),
        encryptionKey: new EncryptionKey(stack, "key", { environment: dev, keyRing, name: "data" }),
      });
    });

    expect(task(json)).toMatchObject({
      containers: [{ volume_mounts: [{ name: "bucket", mount_path: "/home/airflow/gcs" }] }],
      volumes: [{ name: "bucket", gcs: { bucket: expect.stringMatching(/google_storage_bucket\.\w+\.name/), read_only: false } }],
      vpc_access: {
        egress: "PRIVATE_RANGES_ONLY",
        network_interfaces: [{ network: expect.stringMatching(/google_compute_network/), subnetwork: expect.stringMatching(/subnetwork/) }],
      },
      encryption_key: expect.stringMatching(/cryptoKeys/),
    });
    expect(only(json, JOB).depends_on).toEqual([expect.stringMatching(/^google_kms_crypto_key_iam_member\./)]);
    expect(only(json, "google_kms_crypto_key_iam_member").member).toBe(
      "serviceAccount:service-123456789012@serverless-robot-prod.iam.gserviceaccount.com",
    );
  });

  test("whoever may run it may give arguments of his own, to this job alone", () => {
    const json = job({}, (made) => {
      expect(made.name).toBe("trips-ingest");
      made.grantRun({ id: "orchestrator", member: "serviceAccount:o" });
    });

    expect(only(json, "google_cloud_run_v2_job_iam_member")).toMatchObject({
      name: expect.stringMatching(/^\$\{google_cloud_run_v2_job\.\w+\.name\}$/),
      role: "roles/run.jobsExecutorWithOverrides",
      member: "serviceAccount:o",
    });
  });

  test.each<[Partial<WorkJobProps>, RegExp]>([
    [{ image: "europe-west1-docker.pkg.dev/acme-dev/trips-docker/data:latest" }, /must be named by its digest/],
    [{ cpu: 3 }, /cpu of a job must be 1, 2, 4 or 8, not 3/],
    [{ memoryGib: 4.5 }, /memoryGib of a job with 1 vCPU must be 0\.5 to 4 in steps of 0\.5, not 4\.5/],
    [{ cpu: 8, memoryGib: 3 }, /with 8 vCPU must be 4 to 32/],
    [{ memoryGib: 0.75 }, /in steps of 0\.5, not 0\.75/],
    [{ timeoutMinutes: 1441 }, /timeoutMinutes of a job must be a whole number from 1 to 1440/],
    [{ name: "Ingest" }, /"Ingest" must be 1 to 49 of a-z/],
    [{ command: [] }, /"ingest" has no command/],
    [{ variables: { "A-B": "1" } }, /"A-B" of job "ingest" can't be the name/],
    [{ variables: { CLOUD_RUN_JOB: "1" } }, /"CLOUD_RUN_JOB" is Cloud Run's own/],
  ])("%j is refused", (props, message) => {
    expect(() => job(props)).toThrow(message);
  });

  test.each(["data", "/proc/x", "/a:b"])("a bucket at %s is refused", (path) => {
    const mounted = () =>
      synth((stack) => {
        new WorkJob(stack, "job", {
          environment: dev,
          identity: new WorkloadIdentity(stack, "ingest", { environment: dev, workload: "ingest", description: "Reads." }),
          name: "ingest",
          image: IMAGE,
          command: ["python"],
          mount: { bucket: new AirflowBucket(stack, "bucket", { environment: dev }).bucket, path },
        });
      });

    expect(mounted).toThrow(/must be an absolute path without a colon, outside of/);
  });
});
