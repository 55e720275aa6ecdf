import { announced } from "../../../../embedded/provider/resources/announced";
import type { ResourceRules } from "../../../../embedded/provider/resources/rules";
import type { Block } from "../../../../embedded/provider/schema/schema";
import { schemaMessage } from "../../../../embedded/provider/schema/to-protocol";

const schema: Block = {
  attributes: {
    id: { type: "string", optional: true },
    name: { type: "string", required: true },
    secret: { type: "string", optional: true },
  },
  blocks: { port: { nesting: "list", block: { attributes: { outside: { type: "number", optional: true } }, blocks: {} } } },
};
const rules: ResourceRules = { type: "some_thing", replacedBy: ["name"], id: () => "id" };

describe("the announced schema", () => {
  test("says what the cloud fills in and what is secret", () => {
    const { attributes, blocks } = announced(schema, { ...rules, filledByCloud: ["port.outside", "port"], sensitive: ["secret"] });

    expect(attributes).toEqual({
      id: { type: "string", optional: true, computed: true },
      name: { type: "string", required: true },
      secret: { type: "string", optional: true, sensitive: true },
    });
    expect(blocks.port).toMatchObject({ computed: true, block: { attributes: { outside: { optional: true, computed: true } } } });
  });

  test.each([{ replacedBy: ["nmae"] }, { filledByCloud: ["port.inside"] }, { defaults: { prot: 1 } }, { sensitive: ["port.secret"] }])(
    "a rule for what the type doesn't have is an error: %j",
    (wrong) => {
      expect(() => announced(schema, { ...rules, ...wrong })).toThrow(/The rules of some_thing name/);
    },
  );

  test("is written in the protocol's words", () => {
    expect(schemaMessage(schema, 2)).toMatchObject({
      version: 2,
      block: {
        attributes: [{}, { name: "name", type: Buffer.from('"string"'), required: true, optional: false, computed: false }, {}],
        block_types: [{ type_name: "port", nesting: 2, min_items: 0, max_items: 0 }],
      },
    });
  });
});
