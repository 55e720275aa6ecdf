import { dockerContainer } from "./docker/container";
import { dockerImage } from "./docker/image";
import { dockerNetwork } from "./docker/network";
import { dockerVolume } from "./docker/volume";
import { artifactRegistry } from "./google/artifact-registry";
import { bigqueryAccess } from "./google/bigquery-access";
import { bigqueryConnections } from "./google/bigquery-connection";
import { bigqueryDataTransferConfig } from "./google/bigquery-data-transfer-config";
import { bigqueryDataPolicy } from "./google/bigquery-data-policy";
import { bigqueryDataset } from "./google/bigquery-dataset";
import { bigqueryRoutine } from "./google/bigquery-routine";
import { bigqueryTable } from "./google/bigquery-table";
import { billingBudget } from "./google/billing-budget";
import { cloudRunJobs } from "./google/cloud-run-job";
import { composerEnvironment } from "./google/composer";
import { computeDisks } from "./google/compute-disk";
import { computeFirewall } from "./google/compute-firewall";
import { computeInstances } from "./google/compute-instance";
import { computeNat } from "./google/compute-nat";
import { computeNetwork } from "./google/compute-network";
import { computeResourcePolicy } from "./google/compute-resource-policy";
import { computeSubnetwork } from "./google/compute-subnetwork";
import { customRole } from "./google/custom-role";
import { dataCatalog } from "./google/data-catalog";
import { dataplexDatascan } from "./google/dataplex-datascan";
import { dataproc } from "./google/dataproc";
import { iamMembers } from "./google/iam-member";
import { iapTunnelIamMember } from "./google/iap-tunnel";
import { kms } from "./google/kms";
import { loggingMetric } from "./google/logging-metric";
import { loggingSink } from "./google/logging-sink";
import { monitoring } from "./google/monitoring";
import { projectService } from "./google/project-service";
import { pubsubSchema } from "./google/pubsub-schema";
import { pubsubSubscriptions } from "./google/pubsub-subscription";
import { pubsubTopics } from "./google/pubsub-topic";
import { secretManager } from "./google/secret-manager";
import { serviceAccount } from "./google/service-account";
import { serviceNetworking } from "./google/service-networking";
import { sql } from "./google/sql";
import { storageBucket } from "./google/storage-bucket";
import { storageBucketObject } from "./google/storage-bucket-object";
import { storageNotification } from "./google/storage-notification";
import { workloadIdentityPool, workloadIdentityPoolProvider } from "./google/workload-identity-pool";
import type { ResourceRules } from "./rules";

/** Providers that have a stand-in. */
export type ProviderName = "google" | "docker";

/** Where a missing type is to be added; named in errors. */
export const RULE_BOOK_FILE = "embedded/provider/resources/rule-book.ts";

/** Every type that the embedded cloud knows, by provider. A new family is a file of its own and a line here. */
export const ruleBook: Readonly<Record<ProviderName, readonly ResourceRules[]>> = {
  google: [
    billingBudget,
    customRole,
    workloadIdentityPool,
    workloadIdentityPoolProvider,
    projectService,
    serviceAccount,
    ...iamMembers,
    storageBucket,
    storageBucketObject,
    ...pubsubTopics,
    pubsubSchema,
    ...pubsubSubscriptions,
    storageNotification,
    bigqueryDataset,
    bigqueryTable,
    bigqueryRoutine,
    ...bigqueryAccess,
    ...bigqueryDataPolicy,
    ...dataCatalog,
    ...bigqueryConnections,
    bigqueryDataTransferConfig,
    dataplexDatascan,
    ...kms,
    ...secretManager,
    ...artifactRegistry,
    ...loggingSink,
    loggingMetric,
    ...monitoring,
    ...cloudRunJobs,
    composerEnvironment,
    computeNetwork,
    computeSubnetwork,
    ...computeNat,
    computeFirewall,
    ...computeDisks,
    ...computeInstances,
    computeResourcePolicy,
    iapTunnelIamMember,
    ...dataproc,
    ...serviceNetworking,
    ...sql,
  ],
  docker: [dockerNetwork, dockerVolume, dockerImage, dockerContainer],
};
