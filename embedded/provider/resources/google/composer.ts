import { blocksOf, textOf, type ValueObject } from "../../protocol/value";
import { inventedDigits, inventedHex, type Cloud } from "../cloud";
import type { ResourceRules } from "../rules";
import { environmentComplaints } from "./composer-checks";
import { sameImage } from "./composer-image";
import { filledByCloud, replacedBy } from "./composer-paths";
import { sameResource } from "./compute-name";
import { planLabels } from "./labels";
import { planProject, projectOf } from "./project";

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/composer/resource_composer_environment.go */
export const composerEnvironment: ResourceRules = {
  type: "google_composer_environment",
  replacedBy,
  filledByCloud,
  sameMeaning: {
    "config.software_config.image_version": sameImage,
    "config.node_config.network": sameResource,
    "config.node_config.subnetwork": sameResource,
    "config.node_config.service_account": (prior, planned) => prior === planned.split("/").at(-1),
    "storage_config.bucket": (prior, planned) => bare(prior) === bare(planned),
  },
  id: environmentPath,
  filledIn: (environment, cloud) => {
    const [bucket] = blocksOf(environment, "storage_config");
    const name = textOf(environment, "name");
    const seed = environmentPath(environment, cloud);
    return {
      project: cloud.project,
      "config.airflow_uri": `https://${inventedHex(seed, 32)}-dot-${textOf(environment, "region")}.composer.googleusercontent.com`,
      "config.dag_gcs_prefix": `gs://${bare(textOf(bucket ?? {}, "bucket")) || `${textOf(environment, "region")}-${name}-bucket`}/dags`,
      "config.resilience_mode": "STANDARD_RESILIENCE",
      "config.environment_size": "ENVIRONMENT_SIZE_SMALL",
      "config.node_config.composer_internal_ipv4_cidr_block": "100.64.128.0/20",
      "config.node_config.composer_network_attachment": `projects/${projectOf(environment, cloud)}/regions/${textOf(environment, "region")}/networkAttachments/${name}-${inventedDigits(seed, 8)}`,
      "config.software_config.python_version": "3",
      "config.software_config.web_server_plugins_mode": "ENABLED",
    };
  },
  plan: (change, cloud) => {
    planProject(change, cloud);
    planLabels(change, cloud);
  },
  validate: environmentComplaints,
};

function environmentPath(environment: ValueObject, cloud: Cloud): string {
  return `projects/${projectOf(environment, cloud)}/locations/${textOf(environment, "region")}/environments/${textOf(environment, "name")}`;
}

const bare = (bucket: string): string => bucket.replace(/^gs:\/\//, "");
