import { textOf, type ValueObject } from "../../protocol/value";
import type { Complaint, ResourceRules } from "../rules";
import { mustMatch } from "./must-match";
import { mustBeOneOf } from "./one-of";
import { planProject, projectOf } from "./project";

const NAME = /^(?!goog)[A-Za-z][A-Za-z0-9._~%+-]{2,254}$/;

/**
 * A changed definition is a new revision, not a new schema.
 *
 * https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/pubsub/resource_pubsub_schema.go
 */
export const pubsubSchema: ResourceRules = {
  type: "google_pubsub_schema",
  replacedBy: ["name", "project"],
  filledByCloud: ["project"],
  defaults: { type: "TYPE_UNSPECIFIED" },
  id: (schema, cloud) => `projects/${projectOf(schema, cloud)}/schemas/${textOf(schema, "name")}`,
  filledIn: (_schema, cloud) => ({ project: cloud.project }),
  plan: planProject,
  validate: (config) => [
    ...mustMatch(config, "name", NAME, "3 to 255 letters, digits and -._~%+, beginning with a letter, but not with goog"),
    ...mustBeOneOf(config, "type", ["AVRO", "PROTOCOL_BUFFER", "TYPE_UNSPECIFIED"]),
    ...avroRecord(config),
  ],
};

/** Pub/Sub takes a record at the top, and nothing that isn't JSON. */
function avroRecord({ type, definition }: ValueObject): Complaint[] {
  if (type !== "AVRO" || typeof definition !== "string") return [];
  const complain = (message: string): Complaint[] => [{ attribute: "definition", message }];
  try {
    const schema = JSON.parse(definition) as { type?: unknown } | null;
    return schema?.type === "record" ? [] : complain("An Avro schema of a topic must be a record.");
  } catch (error) {
    return complain(`It is no Avro schema: ${(error as Error).message}`);
  }
}
