import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";

/** Whether something listens on 127.0.0.1:`port`. */
export function isPortTaken(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(true);
      else reject(error);
    });
    probe.listen(port, "127.0.0.1", () =>
      probe.close(() => {
        resolve(false);
      }),
    );
  });
}

/** Number and command of the process that listens on `port`, where the system lets us see it (Linux, own processes). */
export function portHolder(port: number): { readonly pid: number; readonly command: string } | undefined {
  try {
    const hex = port.toString(16).toUpperCase().padStart(4, "0");
    const inodes = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) =>
      readFileSync(file, "utf8")
        .split("\n")
        .map((line) => line.trim().split(/\s+/))
        // Columns: local_address, state (0A = listening) and inode, https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
        .filter((columns) => columns[1]?.endsWith(`:${hex}`) && columns[3] === "0A")
        .map((columns) => `socket:[${columns[9] ?? ""}]`),
    );
    const pid = readdirSync("/proc").find((entry) => /^\d+$/.test(entry) && holdsSocket(entry, inodes));
    if (pid === undefined) return undefined;
    return { pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ").trim() };
  } catch {
    return undefined;
  }
}

function holdsSocket(pid: string, sockets: readonly string[]): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.includes(readLink(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false; // Another user's process.
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ""; // Closed meanwhile.
  }
}
