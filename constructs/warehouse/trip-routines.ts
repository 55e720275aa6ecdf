import { Construct } from "constructs";
import { tableName } from "./contract-sql";
import { forgetMonth } from "./forget-month";
import { Routine } from "./routine";
import type { TripRoutinesProps } from "./trip-routines-props";

/**
 * Routines over the landed tables:
 * - `borough_of(zone)`: the borough of a taxi zone;
 * - `trips_by_zone(of_month)`: rows of zone and trips that began there in a file month, taxis together;
 * - `forget_month(of_service, of_month)`: deletes a month of a service with its receipt, in one transaction, so that the next load delivers it
 *   anew. It runs with its caller's rights: who may not write the landed tables can't.
 *
 * The landed dataset authorises the two functions: who may call them need not be able to read the tables.
 *
 * ### Cost
 * What they read: `trips_by_zone` one column of a month, `forget_month` nothing (whole partitions are deleted free of charge).
 */
export class TripRoutines extends Construct {
  /** `borough_of`. */
  public readonly boroughOf: Routine;

  /** `trips_by_zone`. */
  public readonly tripsByZone: Routine;

  /** `forget_month`. */
  public readonly forgetMonth: Routine;

  constructor(scope: Construct, id: string, props: TripRoutinesProps) {
    super(scope, id);
    const { dataset, landed, contracts } = props;
    const name = (table: string) => landedName(props, table);

    this.boroughOf = new Routine(this, "borough_of", {
      dataset,
      routineId: "borough_of",
      description: "Borough of a taxi zone, NULL for a number that is none.",
      kind: "SCALAR_FUNCTION",
      arguments: [{ name: "zone_number", type: "INT64" }],
      returns: "STRING",
      body: `(select any_value(zones.borough) from ${name("zones")} as zones where zones.zone_id = zone_number)`,
    });
    this.tripsByZone = new Routine(this, "trips_by_zone", {
      dataset,
      routineId: "trips_by_zone",
      description: "Taxi trips of a file month by the zone where they began.",
      kind: "TABLE_VALUED_FUNCTION",
      arguments: [{ name: "of_month", type: "DATE" }],
      body: tripsByZone(["yellow_trips", "green_trips"].map(name)),
    });
    this.forgetMonth = new Routine(this, "forget_month", {
      dataset,
      routineId: "forget_month",
      description: "Deletes a month of a service and its receipt, so that the next load delivers it anew.",
      kind: "PROCEDURE",
      arguments: [
        { name: "of_service", type: "STRING" },
        { name: "of_month", type: "DATE" },
      ],
      body: forgetMonth(contracts, name),
    });
    landed.authorized?.addRoutine("borough_of", this.boroughOf.routine);
    landed.authorized?.addRoutine("trips_by_zone", this.tripsByZone.routine);
  }
}

const tripsByZone = (tables: readonly string[]): string => {
  const each = tables.map((from) => `  select pickup_zone_id from ${from} where file_month = of_month`);
  return `select pickup_zone_id, count(*) as trips\nfrom (\n${each.join("\n  union all\n")}\n) as trips\ngroup by pickup_zone_id`;
};

function landedName({ environment, landedTables }: TripRoutinesProps, table: string): string {
  const landed = landedTables.get(table);
  if (landed === undefined) throw new Error(`The routines read the landed table "${table}", which the warehouse doesn't have.`);
  return tableName(environment, landed.table);
}
