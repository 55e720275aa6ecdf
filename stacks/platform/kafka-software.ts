import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { KafkaSoftware } from "../../constructs/streaming/kafka-start-up";

const root = resolve(__dirname, "../..");
const broker = join(root, "pipelines/streaming/broker");

/** What a broker is installed by, and where that lies below `pipelines/streaming/broker`. */
const PARTS: readonly RegExp[] = [
  /^boot\/\w+\.(sh|py)$/,
  /^templates\/[\w-]+\.properties$/,
  /^units\/[\w-]+\.(service|timer)$/,
  /^jars\.lock$/,
];
const JAVA = "src/main/java/";

/** The brokers' software, by its path on a machine: the same files as on this one. */
export function kafkaSoftware(): KafkaSoftware {
  const files = readdirSync(broker, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(broker, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .sort();
  return {
    ...Object.fromEntries(files.filter((file) => PARTS.some((part) => part.test(file))).map((file) => [file, read(join(broker, file))])),
    ...Object.fromEntries(
      files.filter((file) => file.startsWith(JAVA)).map((file) => [`src/${file.slice(JAVA.length)}`, read(join(broker, file))]),
    ),
    "maven_jars.py": read(join(root, "pipelines/jars/maven_jars.py")),
  };
}

const read = (path: string): string => readFileSync(path, "utf8");
