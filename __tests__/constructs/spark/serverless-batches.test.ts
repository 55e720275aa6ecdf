import { TerraformOutput } from "cdktf";
import { HistoryServer } from "../../../constructs/spark/history-server";
import { ServerlessBatches } from "../../../constructs/spark/serverless-batches";
import type { ServerlessBatchesProps } from "../../../constructs/spark/serverless-batches-props";
import { only, resources } from "../synth";
import { synthSpark } from "./surroundings";

const batches = (props: Partial<ServerlessBatchesProps> = {}, options: { encrypted?: boolean } = {}) =>
  synthSpark(({ stack, network, placement }) => {
    const made = new ServerlessBatches(stack, "batches", { ...placement, network, ...props });
    new TerraformOutput(stack, "defaults", { value: made.defaults });
  }, options);

test("a batch runs as Spark in the private subnet, with bounds on its size and its time", () => {
  expect(batches().output.defaults.value).toEqual({
    runtime_config: { version: "2.3", properties: { "spark.dynamicAllocation.maxExecutors": "4" } },
    execution_config: {
      service_account: expect.stringMatching(/google_service_account\.\w+\.email/),
      subnetwork_uri: expect.stringMatching(/google_compute_subnetwork\.\w+\.id/),
      network_tags: ["trips-spark-batch"],
      staging_bucket: expect.stringMatching(/artifacts_scratch/),
      ttl: "7200s",
    },
  });
});

test("its machines reach each other, and nobody else does; there is no cluster", () => {
  const json = batches();

  expect(only(json, "google_compute_firewall")).toMatchObject({
    source_tags: ["trips-spark-batch"],
    target_tags: ["trips-spark-batch"],
    allow: [{ protocol: "tcp" }, { protocol: "udp" }, { protocol: "icmp" }],
    log_config: { metadata: "INCLUDE_ALL_METADATA" },
  });
  expect(resources(json, "google_dataproc_cluster")).toEqual([]);
});

test("settings and properties as asked for", () => {
  const { runtime_config, execution_config } = batches({
    runtimeVersion: "2.2",
    maxExecutors: 20,
    timeoutMinutes: 30,
    properties: { "spark.executor.memory": "8g" },
  }).output.defaults.value;

  expect(runtime_config).toEqual({
    version: "2.2",
    properties: { "spark.dynamicAllocation.maxExecutors": "20", "spark.executor.memory": "8g" },
  });
  expect(execution_config.ttl).toBe("1800s");
});

test("a key and a history server are told, and the services may use the key", () => {
  const json = synthSpark(
    ({ stack, network, placement }) => {
      const historyServer = new HistoryServer(stack, "history", placement);
      const made = new ServerlessBatches(stack, "batches", { ...placement, network, historyServer });
      new TerraformOutput(stack, "defaults", { value: made.defaults });
    },
    { encrypted: true },
  );

  expect(json.output.defaults.value.execution_config.kms_key).toMatch(/cryptoKeys/);
  expect(json.output.defaults.value.spark_history_server).toMatch(/^projects\/acme-dev\/regions\/europe-west1\/clusters\//);
  expect(resources(json, "google_kms_crypto_key_iam_member").map(({ member }) => member)).toContain(
    "serviceAccount:service-123456789012@dataproc-accounts.iam.gserviceaccount.com",
  );
});

test.each<[Partial<ServerlessBatchesProps>, RegExp]>([
  [{ runtimeVersion: "3.0" }, /"3.0" must be one with Spark 3.5: write "2.3" or "2.2"/],
  [{ maxExecutors: 1 }, /maxExecutors .* from 2 to 2000, not 1/],
  [{ timeoutMinutes: 5 }, /timeoutMinutes .* from 10 to 20160, not 5/],
])("%j is refused", (props, message) => {
  expect(() => batches(props)).toThrow(message);
});
