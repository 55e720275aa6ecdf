import type { Table } from "../../contracts/model/table";

/** Body of the procedure that deletes a service's month with its receipt. @param nameOf full name of a landed table. */
export function forgetMonth(contracts: readonly Table[], nameOf: (table: string) => string): string {
  const monthly = contracts.filter(({ service, partitionBy }) => service !== undefined && partitionBy !== undefined);
  const services = monthly.map(({ service }) => `'${String(service)}'`);
  const deletions = monthly.map(
    ({ name, service, partitionBy }) =>
      `    if of_service = '${String(service)}' then delete from ${nameOf(name)} where ${String(partitionBy)} = of_month; end if;`,
  );
  return [
    "begin",
    `  if of_service not in (${services.join(", ")}) then`,
    `    raise using message = concat('There is no service ', of_service, '; there are: ${services.join(", ").replaceAll("'", "")}.');`,
    "  end if;",
    "  begin",
    "    begin transaction;",
    ...deletions,
    `    delete from ${nameOf("load_receipts")} where service = of_service and file_month = of_month;`,
    "    commit transaction;",
    "  exception when error then",
    "    rollback transaction;",
    "    raise;",
    "  end;",
    "end",
  ].join("\n");
}
