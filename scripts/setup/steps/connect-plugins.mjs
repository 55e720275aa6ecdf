import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { embedded, environmentPython, root, stamps } from "../places.mjs";
import { fingerprint, isCurrent, removeStamp, writeStamp } from "../stamp.mjs";
import { runTool } from "../tool.mjs";

const source = join(root, "pipelines", "streaming", "connect");
const lock = join(source, "jars.lock");
const services = join(source, "META-INF");
const stamp = join(stamps, "connect-plugins");
const folder = join(embedded, "kafka", "plugins", "jdbc");
const converters = join(folder, "services.jar");
const print = () => fingerprint({ texts: [root], files: [lock, join(services, "services", "org.apache.kafka.connect.storage.Converter")] });

/** Kafka Connect's plug-ins, 33 MB in `.embedded/kafka/plugins/jdbc`: a worker looks for them where it starts. */
export const connectPlugins = {
  name: "connect-plugins",
  title: "Plug-ins of Kafka Connect",
  needs: ["python-spark"],
  isDone: () => isCurrent(stamp, print(), [join(folder, "jars"), converters]),
  run: async () => {
    removeStamp(stamp);
    mkdirSync(folder, { recursive: true });
    const python = environmentPython("spark");
    await runTool("connect-plugins", python, [join(root, "pipelines", "jars", "maven_jars.py"), lock, join(folder, "jars")]);
    // The converter's own jar doesn't say that it is one, and a worker starts twice as fast where it needn't look into every class.
    rmSync(converters, { force: true });
    await runTool("connect-plugins", python, ["-m", "zipfile", "-c", converters, services]);
    writeStamp(stamp, print());
  },
};
