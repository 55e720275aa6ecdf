import type { Configuration } from "../../config/configuration";
import type { Grantee } from "../../constructs/identity/grantee";
import type { Warehouse } from "../../constructs/warehouse/warehouse";

/** Lets people use what the warehouse has for them; what workloads may is granted with the rest of their rights. */
export function grantWarehouse(warehouse: Warehouse, { warehouse: settings }: Configuration): void {
  const { shared, scratch, protectedColumns, rowPolicies } = settings;
  for (const reader of shared.readers.map(person)) {
    warehouse.shared?.grantRead(reader);
    warehouse.routines?.grantRead(reader);
  }
  for (const writer of scratch.writers.map(person)) warehouse.scratch?.grantWrite(writer);
  for (const reader of protectedColumns.readers.map(person)) warehouse.policyTags?.grantRead(reader);
  for (const reader of protectedColumns.maskedReaders.map(person)) warehouse.policyTags?.grantMaskedRead(reader);
  for (const { table, name, filter, members } of rowPolicies) {
    warehouse.landedTable(table).grantRows({ name, filter, grantees: members.map(person) });
  }
}

// Named after the member: by position, taking out one would take the next one's grant along.
const person = (member: string): Grantee => ({ id: `member-${member}`, member });
