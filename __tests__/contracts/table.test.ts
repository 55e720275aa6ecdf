import { decimal, integer, string } from "../../contracts/model/column";
import { warn } from "../../contracts/model/rule";
import { table } from "../../contracts/model/table";
import { landedTables } from "../../contracts/tables";

const id = integer({ description: "Id." });

describe("table", () => {
  test("the hash tells what changes the data, and leaves descriptions out", () => {
    const base = table("t", { description: "A.", columns: { id } }).hash;

    expect(table("t", { description: "B.", columns: { id: integer({ description: "Another text." }) } }).hash).toBe(base);
    expect(table("t", { description: "A.", columns: { id: integer({ description: "Id.", required: true }) } }).hash).not.toBe(base);
    expect(table("t", { description: "A.", columns: { id: integer({ description: "Id.", aliases: ["Ident"] }) } }).hash).not.toBe(base);
    const rules = [warn("low", "Low.", { kind: "at_least", column: "id", value: 1 })];
    expect(table("t", { description: "A.", columns: { id }, rules }).hash).not.toBe(base);
  });

  test("keys and policy tags change no data, and so no hash", () => {
    const pay = integer({ description: "Pay." });
    const base = table("t", { description: "A.", columns: { id, pay } }).hash;
    const keys = { primaryKey: ["id"], foreignKeys: [{ column: "pay", table: "pays", references: "pay" }] };

    expect(table("t", { description: "A.", columns: { id, pay }, ...keys }).hash).toBe(base);
    expect(table("t", { description: "A.", columns: { id, pay: { ...pay, policyTag: "driver_income" } } }).hash).toBe(base);
  });

  test.each([
    ["a name that is no identifier", () => table("T", { description: "", columns: { id } }), /"T" is not a lower-case SQL identifier/],
    ["a column named twice", () => table("t", { description: "", columns: { id }, systemColumns: { id } }), /a column's name stands twice/],
    [
      "a foreign key without a column",
      () => table("t", { description: "", columns: { id }, foreignKeys: [{ column: "zone", table: "zones", references: "zone_id" }] }),
      /"zone" is used in a key or rule/,
    ],
    ["a key without a column", () => table("t", { description: "", columns: { id }, primaryKey: ["x"] }), /"x" is used in a key or rule/],
    [
      "a rule without a column",
      () => table("t", { description: "", columns: { id }, rules: [warn("r", "", { kind: "not_before", column: "id", other: "y" })] }),
      /"y" is used in a key or rule/,
    ],
    [
      "five clusters",
      () => table("t", { description: "", columns: { id }, clusterBy: ["id", "id", "id", "id", "id"] }),
      /at most 4 columns, here are 5/,
    ],
    [
      "one source name for two columns",
      () => table("t", { description: "", columns: { id, name: string({ description: "", aliases: ["ID"] }) } }),
      /source name "id" stands for two columns/,
    ],
    ["digits that NUMERIC has not", () => decimal(40, 10, { description: "" }), /does not fit BigQuery's NUMERIC/],
  ])("%s is refused", (_, declare, message) => {
    expect(declare).toThrow(message);
  });
});

test.each(landedTables.flatMap(({ name, foreignKeys }) => foreignKeys.map((key) => [`${name}.${key.column}`, key] as const)))(
  "%s points to the primary key of a landed table",
  (_, { table: other, references }) => {
    expect(landedTables.find(({ name }) => name === other)?.primaryKey).toEqual([references]);
  },
);
