import { join } from "node:path";
import { embedded, environmentPython, root, stamps } from "../places.mjs";
import { fingerprint, isCurrent, removeStamp, writeStamp } from "../stamp.mjs";
import { runTool } from "../tool.mjs";

const lock = join(root, "pipelines", "streaming", "spark", "jars.lock");
const stamp = join(stamps, "spark-kafka-jars");
const folder = join(embedded, "kafka", "spark");
const print = () => fingerprint({ texts: [root], files: [lock] });

/** What Spark needs to read Avro from Kafka, 6 MB in `.embedded/kafka/spark`. */
export const sparkKafkaJars = {
  name: "spark-kafka-jars",
  title: "Spark's connector for Kafka",
  needs: ["python-spark"],
  isDone: () => isCurrent(stamp, print(), [folder]),
  run: async () => {
    removeStamp(stamp);
    await runTool("spark-kafka-jars", environmentPython("spark"), [join(root, "pipelines", "jars", "maven_jars.py"), lock, folder]);
    writeStamp(stamp, print());
  },
};
