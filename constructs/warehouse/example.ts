import type { TerraformStack } from "cdktf";
import { join } from "node:path";
import { landedTables } from "../../contracts/tables";
import type { Environment } from "../environment/environment";
import { WorkloadIdentity } from "../identity/workload-identity";
import { Lake } from "../lake/lake";
import { EncryptionKey } from "../security/encryption-key";
import { KeyRing } from "../security/key-ring";
import { Dataset } from "./dataset";
import { PolicyTags } from "./policy-tags";
import { Warehouse } from "./warehouse";

/** A warehouse with all that it offers: a key of one's own, protected columns, restricted rows, shared views, routines, scratch space. */
export function example(stack: TerraformStack, environment: Environment): void {
  const lake = new Lake(stack, "lake", { environment });
  const keyRing = new KeyRing(stack, "keys", { environment });
  const transform = new WorkloadIdentity(stack, "transform", { environment, workload: "transform", description: "Runs dbt." });
  const analysts = { id: "analysts", member: "group:analysts@example.com" };
  const airport = { id: "airport", member: "group:jfk@example.com" };

  const warehouse = new Warehouse(stack, "warehouse", {
    environment,
    landedTables,
    cleanBucket: lake.clean,
    emptyParquetFolder: join(__dirname, "../../contracts/generated/parquet"),
    encryptionKey: new EncryptionKey(stack, "data-key", { environment, keyRing, name: "warehouse" }),
    policyTags: new PolicyTags(stack, "policy-tags", { environment }),
    tables: {
      zones: { rangePartitioning: { column: "zone_id", start: 1, end: 301, interval: 50 } },
      load_receipts: { arrivalPartitioning: "MONTH" },
    },
    shared: { tables: ["yellow_trips", "fhvhv_trips", "zones"], monthSummaries: ["yellow_trips"], since: "2024-01" },
    routines: true,
    scratchDays: 7,
  });

  // dbt works on everything that ingest landed, the protected columns too.
  warehouse.landed.grantRead(transform);
  warehouse.policyTags?.grantRead(transform);
  // Analysts call the functions, and read the views and one landed table, of which they see what drivers earn only masked.
  warehouse.shared?.grantRead(analysts);
  warehouse.routines?.grantRead(analysts);
  warehouse.scratch?.grantWrite(analysts);
  warehouse.landedTable("fhvhv_trips").grantRead(analysts);
  warehouse.policyTags?.grantMaskedRead(analysts);
  // The airport's people see the trips that begin there; dbt goes on seeing all of them.
  warehouse.landedTable("green_trips").grantRows({ name: "from_jfk", filter: "pickup_zone_id = 132", grantees: [airport] });

  // A dataset of one's own: what is older than a year goes by itself.
  new Dataset(stack, "log", { environment, datasetId: "trips_log", description: "Streamed events.", partitionExpirationDays: 365 });
}
