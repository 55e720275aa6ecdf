import { encode, ExtData } from "@msgpack/msgpack";
import { fromDynamicValue, toDynamicValue } from "../../../../embedded/provider/protocol/dynamic-value";
import { UNKNOWN, type Value } from "../../../../embedded/provider/protocol/value";

describe("values on the wire", () => {
  test("come back as they were, unknown ones too", () => {
    const value: Value = {
      name: "raw",
      created: 1_767_225_600_000,
      price: 0.1,
      on: true,
      none: null,
      list: [UNKNOWN, { a: UNKNOWN }],
      map: {},
    };

    expect(fromDynamicValue(toDynamicValue(value))).toEqual(value);
  });

  test("an unknown value with refinements is an unknown value", () => {
    const refined = encode({ id: new ExtData(12, new Uint8Array([0x81, 0x01, 0xc2])) });

    expect(fromDynamicValue({ msgpack: refined })).toEqual({ id: UNKNOWN });
  });

  test("an unknown value is the bytes that Terraform expects", () => {
    expect(Buffer.from(toDynamicValue(UNKNOWN).msgpack ?? []).toString("hex")).toBe("d40000");
  });

  test("JSON is read, nothing is null", () => {
    expect(fromDynamicValue({ json: Buffer.from('{"a": [1]}') })).toEqual({ a: [1] });
    expect(fromDynamicValue({ msgpack: new Uint8Array(), json: new Uint8Array() })).toBeNull();
  });
});
