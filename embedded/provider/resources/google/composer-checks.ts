import { blocksOf, textOf, UNKNOWN, type Value, type ValueObject } from "../../protocol/value";
import type { Complaint } from "../rules";
import { isComposer3, isImage } from "./composer-image";
import { nameComplaints } from "./compute-name";

/** Settings of one generation of Composer only: whether they are the third's. */
const ofComposer3: Readonly<Record<string, boolean>> = {
  "node_config.max_pods_per_node": false,
  "node_config.enable_ip_masq_agent": false,
  "node_config.ip_allocation_policy": false,
  private_environment_config: false,
  master_authorized_networks_config: false,
  "node_config.composer_network_attachment": true,
  "node_config.composer_internal_ipv4_cidr_block": true,
  "software_config.web_server_plugins_mode": true,
  enable_private_environment: true,
  enable_private_builds_only: true,
  "workloads_config.dag_processor": true,
};

const RESERVED =
  /^(AIRFLOW_HOME|C_FORCE_ROOT|CONTAINER_NAME|DAGS_FOLDER|GCP_PROJECT|GCS_BUCKET|GKE_CLUSTER_NAME|SQL_(DATABASE|INSTANCE|PASSWORD|PROJECT|REGION|USER))$/;

/** What the provider would refuse of an environment, or Composer after minutes. */
export function environmentComplaints(config: ValueObject): Complaint[] {
  const blocks = blocksOf(config, "config");
  return [
    ...nameComplaints(config),
    ...blocks.flatMap((block) => [
      ...imageComplaints(block),
      ...generationComplaints(block),
      ...nodeComplaints(block),
      ...variableComplaints(block),
    ]),
  ];
}

const complain = (message: string): Complaint => ({ attribute: "config", message });

const imageOf = (config: ValueObject): string => textOf(blocksOf(config, "software_config")[0] ?? {}, "image_version");

function imageComplaints(config: ValueObject): Complaint[] {
  const image = imageOf(config);
  return image === "" || isImage(image) ? [] : [complain(`image_version "${image}" must look like composer-3-airflow-3.1.`)];
}

function generationComplaints(config: ValueObject): Complaint[] {
  const image = imageOf(config);
  if (!isImage(image)) return [];
  return Object.entries(ofComposer3)
    .filter(([path, ofThird]) => isSet(at(config, path)) && isComposer3(image) !== ofThird)
    .map(([path, ofThird]) => complain(`config.${path} should ${ofThird ? "only" : "not"} be used in Composer 3.`));
}

function nodeComplaints(config: ValueObject): Complaint[] {
  const [node = {}] = blocksOf(config, "node_config");
  const account = node.service_account ?? null;
  const isShared = isSet(node.composer_network_attachment) && (isSet(node.network) || isSet(node.subnetwork));
  return [
    ...(isComposer3(imageOf(config)) && (account === null || account === "")
      ? [complain("node_config.service_account is required in Composer 3.")]
      : []),
    ...(isShared ? [complain("node_config.composer_network_attachment excludes network and subnetwork.")] : []),
  ];
}

function variableComplaints(config: ValueObject): Complaint[] {
  const variables = blocksOf(config, "software_config")[0]?.env_variables;
  if (typeof variables !== "object" || variables === null || Array.isArray(variables)) return [];
  return Object.keys(variables).flatMap((name) => {
    if (!/[a-zA-Z_][a-zA-Z0-9_]*./.test(name)) return [complain(`env_variables: "${name}" must have two characters at least.`)];
    const isReserved = RESERVED.test(name) || /AIRFLOW__[A-Z0-9_]+__[A-Z0-9_]+/.test(name);
    return isReserved ? [complain(`env_variables: "${name}" is a reserved name.`)] : [];
  });
}

const at = (config: ValueObject, path: string): Value =>
  path.split(".").reduce<Value>((value, name) => {
    const block = Array.isArray(value) ? value[0] : value;
    return typeof block === "object" && block !== null && !Array.isArray(block) ? (block[name] ?? null) : null;
  }, config);

/** As Terraform's plugin SDK asks (`GetOk`): false and empty count as not set. What isn't known yet may be anything. */
const isSet = (value: Value | undefined): boolean =>
  value !== null &&
  value !== undefined &&
  value !== UNKNOWN &&
  value !== false &&
  value !== "" &&
  !(Array.isArray(value) && value.length === 0);
