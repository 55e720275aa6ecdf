// Runs a tool (the arguments) in a process group of its own and ends the whole group when its standard input closes: that is, when the
// set-up that started it is gone, however it ended. Without it, the tools of a killed set-up would go on writing below the next one's hands.
import { spawn } from "node:child_process";

const [command, ...args] = process.argv.slice(2);
const tool = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], detached: true });

function end(signal) {
  try {
    process.kill(-tool.pid, signal);
  } catch {
    // The group is gone already.
  }
}

function stop() {
  end("SIGTERM");
  setTimeout(() => end("SIGKILL"), 3000).unref();
}

process.stdin.resume().on("close", stop);
process.on("SIGTERM", stop);
process.on("SIGINT", stop);

tool.on("error", (error) => {
  console.error(`${command}: ${error.message}`);
  process.exit(127);
});
tool.on("exit", (code) => process.exit(code ?? 1));
