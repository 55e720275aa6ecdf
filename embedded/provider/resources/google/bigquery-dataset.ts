import { textOf } from "../../protocol/value";
import { inventedHex } from "../cloud";
import type { ResourceRules } from "../rules";
import { planLabels } from "./labels";
import { mustMatch } from "./must-match";
import { planProject, projectOf } from "./project";

const MILLISECONDS_PER_HOUR = 3_600_000;
const DATASET_ID = /^\w{1,1024}$/;

export const bigqueryDataset: ResourceRules = {
  type: "google_bigquery_dataset",
  replacedBy: ["dataset_id", "location", "project", "external_dataset_reference", "external_dataset_reference.*"],
  filledByCloud: ["project", "access", "default_collation", "is_case_insensitive", "max_time_travel_hours", "storage_billing_model"],
  defaults: { location: "US", delete_contents_on_destroy: false },
  changedByUpdate: ["etag", "last_modified_time"],
  sameMeaning: { location: (prior, planned) => prior.toLowerCase() === planned.toLowerCase() },
  id: (dataset, cloud) => `projects/${projectOf(dataset, cloud)}/datasets/${textOf(dataset, "dataset_id")}`,
  filledIn: (dataset, cloud) => ({
    project: cloud.project,
    self_link: `https://bigquery.googleapis.com/bigquery/v2/projects/${projectOf(dataset, cloud)}/datasets/${textOf(dataset, "dataset_id")}`,
    creation_time: cloud.now(),
    last_modified_time: cloud.now(),
    etag: inventedHex(`${textOf(dataset, "dataset_id")}${cloud.now()}`, 22),
    max_time_travel_hours: "168",
    access: [
      { role: "OWNER", special_group: "projectOwners" },
      { role: "READER", special_group: "projectReaders" },
      { role: "WRITER", special_group: "projectWriters" },
    ],
  }),
  plan: (change, cloud) => {
    planProject(change, cloud);
    planLabels(change, cloud);
  },
  validate: (config) => {
    const expiration = config.default_table_expiration_ms;
    return [
      ...mustMatch(config, "dataset_id", DATASET_ID, "letters, digits and underscores, 1,024 at most"),
      ...(typeof expiration === "number" && expiration < MILLISECONDS_PER_HOUR
        ? [
            {
              attribute: "default_table_expiration_ms",
              message: `${String(expiration)} must be at least 3,600,000 milliseconds (one hour).`,
            },
          ]
        : []),
    ];
  },
  refuseDestroy: (dataset, cloud) => {
    if (dataset.delete_contents_on_destroy === true) return undefined;
    const id = textOf(dataset, "dataset_id");
    const project = projectOf(dataset, cloud);
    const table = cloud.catalog.list("google_bigquery_table").find((found) => found.dataset_id === id && found.project === project);
    return table === undefined
      ? undefined
      : `The dataset ${project}:${id} holds tables (${table.table_id} for one): destroy them, or set delete_contents_on_destroy = true and apply, first.`;
  },
  destroyed: (dataset, cloud) => {
    for (const table of cloud.catalog.list("google_bigquery_table")) {
      const isInside = table.dataset_id === textOf(dataset, "dataset_id") && table.project === projectOf(dataset, cloud);
      if (isInside) cloud.catalog.delete("google_bigquery_table", table.id);
    }
    const routines = `${textOf(dataset, "id")}/routines/`;
    for (const { id } of cloud.catalog.list("google_bigquery_routine")) {
      if (id.startsWith(routines)) cloud.catalog.delete("google_bigquery_routine", id);
    }
  },
};
