import { runLab } from "../pipelines/lab";
import { runCommand } from "../terminal/failure";

/** `npm run lab:spark`: lessons about Spark, measured; writes docs/labs/spark.md. */
void runCommand((signal) => runLab("spark", process.argv.slice(2), signal));
