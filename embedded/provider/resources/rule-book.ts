import { dockerContainer } from "./docker/container";
import { dockerImage } from "./docker/image";
import { dockerNetwork } from "./docker/network";
import { dockerVolume } from "./docker/volume";
import { bigqueryDataset } from "./google/bigquery-dataset";
import { bigqueryTable } from "./google/bigquery-table";
import { iamMembers } from "./google/iam-member";
import { projectService } from "./google/project-service";
import { serviceAccount } from "./google/service-account";
import { storageBucket } from "./google/storage-bucket";
import { storageBucketObject } from "./google/storage-bucket-object";
import type { ResourceRules } from "./rules";

/** Providers that have a stand-in. */
export type ProviderName = "google" | "docker";

/** Where a missing type is to be added; named in errors. */
export const RULE_BOOK_FILE = "embedded/provider/resources/rule-book.ts";

/** Every type that the embedded cloud knows, by provider. A new family is a file of its own and a line here. */
export const ruleBook: Readonly<Record<ProviderName, readonly ResourceRules[]>> = {
  google: [projectService, serviceAccount, ...iamMembers, storageBucket, storageBucketObject, bigqueryDataset, bigqueryTable],
  docker: [dockerNetwork, dockerVolume, dockerImage, dockerContainer],
};
