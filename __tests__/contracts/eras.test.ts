import { eras } from "../../contracts/eras";
import { tripTables } from "../../contracts/tables";

const names = eras.map((era) => [`${era.service} ${era.from} ${era.format}`, era] as const);

test.each(names)("%s: every column is one of the contract's, or is said to be unknown", (_, { service, columns, unknown, refused }) => {
  const contract = tripTables.find((table) => table.service === service)!;
  const known = new Set(contract.columns.flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]).map((name) => name.toLowerCase()));
  const strangers = Object.keys(columns).filter((name) => !known.has(name.toLowerCase()));

  if (refused === undefined) expect(strangers).toEqual(unknown ?? []);
  else expect(strangers.length).toBeGreaterThan(0);
});

test.each(tripTables.map(({ service }) => service))("%s: the Parquet eras follow each other without a gap, up to today", (service) => {
  const own = eras.filter((era) => era.service === service && era.format === "parquet");

  expect(own.at(-1)?.to).toBeNull();
  own.slice(1).forEach((era, index) => {
    const [year = 0, month = 0] = (own[index]?.to ?? "").split("-").map(Number);
    expect(era.from).toBe(month === 12 ? `${String(year + 1)}-01` : `${String(year)}-${String(month + 1).padStart(2, "0")}`);
  });
});
