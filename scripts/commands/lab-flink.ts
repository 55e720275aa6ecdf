import { runLab } from "../pipelines/lab";
import { runCommand } from "../terminal/failure";

/** `npm run lab:flink`: a question asked of Flink and of DuckDB; writes docs/labs/flink.md. */
void runCommand((signal) => runLab("flink", process.argv.slice(2), signal));
