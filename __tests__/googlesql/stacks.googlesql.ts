import { Testing } from "cdktf";
import { Node } from "constructs";
import { resolve } from "node:path";
import { loadConfigurations } from "../../config/load";
import { PlatformStack } from "../../stacks/platform-stack";
import { analyse, type Analysis, type Session } from "./analyser";
import { stackTables } from "./stack-catalog";
import { stackStatements } from "./stack-statements";
import { describeAnalysed, root } from "./tools";

const folders = {
  "as configured": resolve(root, "config"),
  "everything switched on": resolve(root, "__tests__/fixtures/everything"),
  "rides by Pub/Sub": resolve(root, "__tests__/fixtures/pubsub"),
};

/** Has cdktf note where each resource is made. */
function traced<T>(make: () => T): T {
  const addMetadata = Node.prototype.addMetadata;
  jest.spyOn(Node.prototype, "addMetadata").mockImplementation(function (this: Node, type, data, options) {
    addMetadata.call(this, type, data, { ...options, stackTrace: type === "stacktrace" });
  });
  try {
    return make();
  } finally {
    jest.restoreAllMocks();
  }
}

function synthesised(folder: string, environment: string): any {
  const configuration = loadConfigurations({ folder, root, variables: {} }).find(({ name }) => name === environment)!;
  const stack = traced(() => new PlatformStack(Testing.app(), environment, configuration));
  // As Testing.synth does, which leaves out where things were made.
  stack.prepareStack();
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

const stacks = Object.entries(folders).flatMap(([title, folder]) =>
  ["dev", "prod"].map((environment) => ({ title: `${environment}, ${title}`, json: synthesised(folder, environment) })),
);
const everything = stacks.find(({ title }) => title === "dev, everything switched on")!.json;

/** How a statement of each kind begins. */
const kinds = [
  "create view",
  "create function",
  "create table function",
  "create row access policy",
  "begin",
  "MERGE INTO",
  "select countif",
];

test("each kind of statement is among those that are analysed, and each says where it is made", () => {
  const statements = stackStatements(everything);
  const missing = kinds.filter((kind) => !statements.some(({ sql }) => sql.trim().startsWith(kind)));
  expect(missing).toEqual([]);
  expect(statements.filter(({ origin }) => !/^constructs\/warehouse\/[\w-]+\.ts:\d+/.test(origin))).toEqual([]);
  expect(statements.filter(({ sql }) => sql.includes("${"))).toEqual([]);
});

describeAnalysed("BigQuery understands every statement", () => {
  let analyses: readonly Analysis[];

  beforeAll(() => {
    analyses = analyse(...stacks.map(({ json }) => ({ tables: stackTables(json), statements: stackStatements(json) })));
  });

  test.each(stacks.map(({ title, json }, index) => ({ title, json, index })))("of $title", ({ json, index }) => {
    const { faults, analysed } = analyses[index]!;
    expect(faults).toEqual([]);
    expect(analysed).toBeGreaterThanOrEqual(stackStatements(json).length);
  });
});

describeAnalysed("a planted fault is refused, and where it is written is said", () => {
  const planted = (before: string, after: string): Session => ({
    tables: stackTables(everything),
    statements: stackStatements(everything)
      .filter(({ sql }) => sql.includes(before))
      .map((statement) => ({ ...statement, sql: statement.sql.replace(before, after) })),
  });

  test("a wrong column, a wrong type in a procedure's block, a function that only DuckDB has", () => {
    const [column, type, duckDb] = analyse(
      planted("zones.zone_id = zone_number", "zones.zone_no = zone_number"),
      planted("service = of_service and file_month = of_month", "service = of_month"),
      planted("countif(_warnings != '') as", "list_count([_warnings]) as"),
    );
    expect(column.faults[0]).toMatch(
      /^constructs\/warehouse\/routine\.ts:\d+ < constructs\/warehouse\/trip-routines\.ts:\d+ .*, line 2: Name zone_no not found/,
    );
    expect(type.faults[0]).toMatch(
      /trip-routines\.ts:\d+ .*, line 11: No matching signature for operator = for argument types: STRING, DATE/,
    );
    expect(duckDb.faults[0]).toMatch(/shared-views\.ts:\d+ .*, line 5: Function not found: list_count/);
  });

  test("a wrong column in any statement whatever its kind", () => {
    const columns = /\b(file_month|zone_id|pickup_zone_id|trip_id|creation_time|pickup_datetime|total_amount|vendor_id)\b/g;
    const statements = stackStatements(everything)
      .filter(({ sql }) => sql.search(columns) >= 0)
      .map((statement) => ({ ...statement, sql: statement.sql.replace(columns, "no_$1") }));
    const [{ faults }] = analyse({ tables: stackTables(everything), statements });
    expect(faults).toHaveLength(statements.length);
    expect(kinds.filter((kind) => !statements.some(({ sql }) => sql.trim().startsWith(kind)))).toEqual([]);
  });
});
