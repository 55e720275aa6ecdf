import { Container, type ContainerPorts } from "@cdktf/provider-docker/lib/container";
import { Image } from "@cdktf/provider-docker/lib/image";
import { BillingBudget } from "@cdktf/provider-google/lib/billing-budget";
import { ComposerEnvironment } from "@cdktf/provider-google/lib/composer-environment";
import { ComputeInstance } from "@cdktf/provider-google/lib/compute-instance";
import { IamWorkloadIdentityPool } from "@cdktf/provider-google/lib/iam-workload-identity-pool";
import { MonitoringAlertPolicy } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { PubsubTopic } from "@cdktf/provider-google/lib/pubsub-topic";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { TerraformResource, type TerraformStack } from "cdktf";
import { fires, quiet, type Cases } from "./case";

const bucketIn = (stack: TerraformStack, id: string, location: string) => new StorageBucket(stack, id, { name: id, location });
const topic = (labels?: Record<string, string>) => (stack: TerraformStack) => new PubsubTopic(stack, "topic", { name: "files", labels });
const image = (name: string) => (stack: TerraformStack) => new Image(stack, "image", { name });
const airflow = (imageVersion: string) => (stack: TerraformStack) =>
  new ComposerEnvironment(stack, "composer", { name: "airflow", config: { softwareConfig: { imageVersion } } });
const container = (ports: ContainerPorts[], networkMode?: string) => (stack: TerraformStack) =>
  new Container(stack, "postgres", { name: "postgres", image: "postgres:17.10", ports, networkMode });
const service = (disableOnDestroy?: boolean) => (stack: TerraformStack) =>
  new ProjectService(stack, "service", { service: "bigquery.googleapis.com", disableOnDestroy });
const budget = (stack: TerraformStack, thresholds = [{ thresholdPercent: 0.5 }]) =>
  new BillingBudget(stack, "budget", { billingAccount: "000000-000000-000000", amount: {}, thresholdRules: thresholds });
const asked = { expectsBudget: (stack: string) => stack === "test" };

export const house: Cases = {
  "one-location": {
    "a bucket far away": fires("it is in us-central1, the stack in europe-west1", (stack) => {
      bucketIn(stack, "c", "us-central1");
      bucketIn(stack, "a", "EUROPE-WEST1");
      bucketIn(stack, "b", "europe-west1");
    }),
    "where it was said": fires("it is in europe-west1, the stack in eu", (stack) => bucketIn(stack, "a", "europe-west1"), {
      location: () => "EU",
    }),
    "where the stack doesn't say": quiet((stack) => bucketIn(stack, "a", "europe-west1"), { location: () => undefined }),
    "a machine in a zone of the region": quiet((stack) => {
      bucketIn(stack, "a", "europe-west1");
      const networkInterface = [{ network: "trips" }];
      new ComputeInstance(stack, "vm", { name: "vm", machineType: "e2-medium", bootDisk: {}, networkInterface, zone: "europe-west1-b" });
    }),
    "another cloud": quiet((stack) => {
      bucketIn(stack, "a", "europe-west1");
      new TerraformResource(stack, "queue", { terraformResourceType: "aws_sqs_queue" }).addOverride("region", "eu-west-1");
    }),
    "what has no place": quiet((stack) => {
      bucketIn(stack, "a", "europe-west1");
      topic()(stack);
    }),
  },
  labels: {
    none: fires("it has no labels", topic()),
    "not the one that is asked for": fires("labels lack team", topic({ environment: "dev" }), { requiredLabels: ["environment", "team"] }),
    "by another name": fires(
      "it has no user_labels",
      (stack) => new MonitoringAlertPolicy(stack, "alert", { displayName: "a", combiner: "OR", conditions: [{ displayName: "c" }] }),
    ),
    "with labels": quiet(topic({ environment: "dev" })),
    "with the provider's labels": quiet((stack) => {
      new GoogleProvider(stack, "google", { project: "acme-dev", defaultLabels: { environment: "dev" } });
      topic()(stack);
    }),
    "what can't carry any": quiet((stack) => new IamWorkloadIdentityPool(stack, "pool", { workloadIdentityPoolId: "ci" })),
  },
  budget: {
    none: fires("it has no budget, at test.", topic(), asked),
    "one that tells nobody": fires("no threshold_rules", (stack) => budget(stack, [])),
    "one with thresholds": quiet((stack) => budget(stack), asked),
    "where none is asked for": quiet(topic()),
  },
  "kept-services": {
    missing: fires("disable_on_destroy isn't false", service()),
    "switched on": fires("disable_on_destroy isn't false", service(true)),
    "switched off": quiet(service(false)),
  },
  "pinned-images": {
    latest: fires("the image postgres:latest isn't pinned", image("postgres:latest")),
    "no tag": fires("the image localhost:5000/postgres isn't pinned", image("localhost:5000/postgres")),
    "Composer's latest": fires("image_version doesn't name a version", airflow("composer-latest-airflow-2")),
    "a tag": quiet(image("localhost:5000/postgres:17.10")),
    "a digest": quiet(image("postgres@sha256:0123")),
    "Composer's 3": quiet(airflow("composer-3-airflow-2.11")),
    "another resource's image": quiet((stack) => {
      const pulled = image("postgres:17.10")(stack);
      new Container(stack, "c", { name: "c", image: pulled.imageId });
    }),
  },
  "loopback-ports": {
    "on every address": fires("a port is published on 0.0.0.0", container([{ ip: "127.0.0.1", internal: 80 }, { internal: 5432 }])),
    "on one address": fires("a port is published on 192.0.2.7", container([{ ip: "192.0.2.7", internal: 5432 }])),
    "the machine's own network": fires("network_mode is host", container([], "host")),
    "on the machine itself": quiet(container([{ ip: "127.0.0.1", internal: 5432, external: 5433 }])),
    "without ports": quiet(container([])),
  },
};
