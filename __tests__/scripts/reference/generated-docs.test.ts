import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { configurationReference } from "../../../scripts/reference/configuration-reference";
import { readConstructDocs } from "../../../scripts/reference/construct-docs";
import { constructReference } from "../../../scripts/reference/construct-reference";
import { generatedDocs } from "../../../scripts/reference/generated-docs";

const root = resolve(__dirname, "../../..");
const documented = readConstructDocs(root);

test("the committed pages are those that the code renders to (else: npm run generate)", () => {
  for (const [path, text] of Object.entries(generatedDocs(root))) {
    expect({ path, text: readFileSync(join(root, path), "utf8") }).toEqual({ path, text });
  }
});

test("a construct with its cost, props, defaults and grants", () => {
  const bucket = documented.find(({ name }) => name === "LakeBucket")!;

  expect(bucket.cost).toMatch(/USD per GiB and month/);
  expect(bucket.props).toContainEqual(expect.objectContaining({ name: "softDeleteDays", type: "number", byDefault: "7" }));
  expect(bucket.props.find(({ name }) => name === "environment")?.byDefault).toBeUndefined();
  expect(constructReference([bucket])).toContain("- `grantRead(grantee)`: Lets the grantee list and read objects.");
});

test("every prop of every construct is described, and every optional one says its default", () => {
  const silent = documented.flatMap(({ name, props }) =>
    props.filter(({ description, byDefault }) => description === "" || byDefault === "").map((prop) => `${name}.${prop.name}`),
  );

  expect(documented.length).toBeGreaterThan(5);
  expect(silent).toEqual([]);
});

test("a setting with its bounds, choices and default", () => {
  const page = configurationReference({
    properties: {
      lake: {
        description: "The lake.",
        properties: {
          days: { type: "integer", minimum: 7, maximum: 90, default: 7, description: "Days." },
          kind: { enum: ["a", "b"], description: "Which | one." },
        },
      },
    },
  });

  expect(page).toContain("| `lake.days` | integer 7 … 90 | `7` | Days. |");
  expect(page).toContain("| `lake.kind` | `a`, `b` |  | Which \\| one. |");
});
