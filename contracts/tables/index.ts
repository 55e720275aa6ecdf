import type { Table } from "../model/table";
import { greenTrips } from "./green-trips";
import { loadReceipts } from "./load-receipts";
import { yellowTrips } from "./yellow-trips";
import { zones } from "./zones";

export { greenTrips, loadReceipts, yellowTrips, zones };

/** Every table that the platform lands. */
export const landedTables: readonly Table[] = [yellowTrips, greenTrips, zones, loadReceipts];

/** Tables filled by one file per month. */
export const tripTables: readonly (Table & { readonly service: string })[] = landedTables.filter(
  (table): table is Table & { readonly service: string } => table.service !== undefined && table.partitionBy !== undefined,
);
