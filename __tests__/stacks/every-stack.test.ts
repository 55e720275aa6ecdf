import { Testing } from "cdktf";
import { resolve } from "node:path";
import { loadConfigurations } from "../../config/load";
import { BootstrapStack } from "../../stacks/bootstrap-stack";
import { PlatformStack } from "../../stacks/platform-stack";
import { counts, grants, values } from "./inventory";

const root = resolve(__dirname, "../..");
const folders = { "as configured": resolve(root, "config"), "everything switched on": resolve(__dirname, "../fixtures/everything") };
const stacks = { dev: PlatformStack, "dev-bootstrap": BootstrapStack, prod: PlatformStack, "prod-bootstrap": BootstrapStack };
const cases = Object.entries(stacks).flatMap(([name, Stack]) =>
  Object.entries(folders).map(([title, folder]) => ({ name, Stack, title, folder })),
);

const masked = (json: any): any =>
  JSON.parse(
    JSON.stringify(json)
      .replaceAll(root, "<root>")
      // Of the content of Spark's jobs, which no stack decides.
      .replace(/(jobs\/[\w-]+\/)[0-9a-f]{16}\b/g, "$1<hash>")
      .replace(/_[0-9A-F]{8}\b/g, "_<hash>")
      // Files that a start-up script writes, which lie in the project: all but the settings and topics that a stack decides.
      .replace(/(put (?!settings|topics)\S+ <<'(\w+)'\\n).*?(?=\\n\2\\n)/g, "$1<the file>"),
  );

describe.each(cases)("$name, $title", ({ name, Stack, folder }) => {
  const configuration = loadConfigurations({ folder, root, variables: {} }).find((one) => name.startsWith(one.name))!;
  const json = JSON.parse(Testing.synth(new Stack(Testing.app(), name, configuration), true));

  test("inventory", () => {
    expect({
      counts: counts(json),
      grants: masked(grants(json)),
      values: masked(values(json)),
      outputs: Object.keys(json.output),
      providers: Object.keys(json.provider),
    }).toMatchSnapshot();
  });

  if (folder === folders["everything switched on"]) {
    test("snapshot", () => {
      expect(masked(json)).toMatchSnapshot();
    });
  }

  test("no data source: they call the cloud while planning", () => {
    expect(json.data).toBeUndefined();
  });
});
