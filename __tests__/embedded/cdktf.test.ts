import { changesOf, errorsOf } from "../../embedded/cdktf";

const output = `dev  Initializing the backend...
dev  ╷
     │ Error: No Google project is set
     │
     │   on cdk.tf.json line 3
     ╵
dev  ╷
     │ Error: No Google project is set
     │
     │   on cdk.tf.json line 3
     ╵
dev  ╷
     │ Error: Invalid value
     ╵
Invocation failed`;

test("Terraform's errors are shown once each, without their frame", () => {
  expect(errorsOf(output)).toBe("Error: No Google project is set\n\n   on cdk.tf.json line 3\n\nError: Invalid value");
});

test("without a framed error, the end of the output is shown", () => {
  expect(errorsOf("one\n\ntwo\n")).toBe("one\ntwo");
});

test.each([
  ["Apply complete! Resources: 40 added, 1 changed, 2 destroyed.", { added: 40, changed: 1, destroyed: 2 }],
  [
    "Apply complete! Resources: 9 added, 0 changed, 0 destroyed.\ndev  Apply complete! Resources: 1 added, 2 changed, 0 destroyed.",
    { added: 10, changed: 2, destroyed: 0 },
  ],
  ["Destroy complete! Resources: 40 destroyed.", { added: 0, changed: 0, destroyed: 40 }],
  ["No changes. Your infrastructure matches the configuration.", { added: 0, changed: 0, destroyed: 0 }],
])("%s", (line, changes) => {
  expect(changesOf(`dev  ${line}\n`)).toEqual(changes);
});
