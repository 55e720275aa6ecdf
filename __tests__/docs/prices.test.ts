import { textOf } from "./guide";

const guide = textOf("docs/guides/going-to-the-cloud.md");
const reference = textOf("docs/reference/configuration.md");

/** What the reference says of each setting. */
const settings = new Map([...reference.matchAll(/^\| `([^`]+)` \| (.*) \|$/gm)].map(([, name = "", rest = ""]) => [name, rest]));

/** Rows of the guide's tables: setting, value, price. */
const rows = [...guide.matchAll(/^\| `([a-z][\w.]+)` \| (.*?) \| (.*?) \|$/gm)].map(([, name = "", value = "", price = ""]) => ({
  name,
  value,
  price,
}));

test("each switch exists, and takes the value that is named", () => {
  expect(rows.length).toBeGreaterThan(15);
  const wrong = rows.filter(({ name, value }) => {
    const values = settings.get(name)?.split(" | ")[0];
    if (values === undefined) return true;
    return value.startsWith("`") && !(values === "boolean" ? ["`true`", "`false`"].includes(value) : values.includes(value));
  });

  expect(wrong).toEqual([]);
});

test.each(rows)("the price of $name: $value is the reference's", ({ name, price }) => {
  for (const [number] of price.matchAll(/\d[\d,.]*\d|\d/g))
    expect(settings.get(name)).toMatch(new RegExp(`(?<![\\d.])${number.replaceAll(".", "\\.")}(?!\\d)`));
});

test("every switch that the reference gives a price for is there", () => {
  const isSwitch = (values: string) => values === "boolean" || /^`[a-z_]+`, `/.test(values);
  const priced = [...settings].filter(([, rest]) => isSwitch(rest.split(" | ")[0] ?? "") && rest.includes("USD")).map(([name]) => name);

  expect(priced.length).toBeGreaterThan(8);
  expect(priced.filter((name) => !rows.some((row) => row.name === name))).toEqual([]);
});
