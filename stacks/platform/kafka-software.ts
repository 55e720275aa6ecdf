import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { KafkaSoftware } from "../../constructs/streaming/kafka-start-up";

const root = resolve(__dirname, "../..");

/** Which files of a folder go to a machine, and below which folder there. */
interface Part {
  readonly folder: string;
  readonly files: RegExp;
  readonly to?: string;
}

const PARTS: readonly Part[] = [
  {
    folder: "pipelines/streaming/broker",
    files: /^(boot\/\w+\.(sh|py)|templates\/[\w-]+\.properties|units\/[\w-]+\.(service|timer)|jars\.lock)$/,
  },
  { folder: "pipelines/streaming/broker/src/main/java", files: /^broker\/\w+\.java$/, to: "src/" },
  { folder: "pipelines/streaming/streams/src/main/java", files: /^streams\/\w+\.java$/, to: "src/" },
  { folder: "contracts/generated", files: /^(avro\/\w+\.avsc|windows\.json)$/, to: "resources/" },
  { folder: "pipelines/jars", files: /^maven_jars\.py$/ },
];

/** The software of brokers and of the stream application, by its path on a machine: the same files as on this one. */
export const kafkaSoftware = (): KafkaSoftware => Object.fromEntries(PARTS.flatMap(filesOf));

function filesOf({ folder, files, to = "" }: Part): [string, string][] {
  const from = join(root, folder);
  return readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(from, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .filter((file) => files.test(file))
    .sort()
    .map((file) => [`${to}${file}`, readFileSync(join(from, file), "utf8")]);
}
