import { z } from "zod";
import { member, port } from "./values";

const PRIVATE = /^(10(\.\d+){3}\/([89]|[12]\d)|172\.(1[6-9]|2\d|3[01])(\.\d+){2}\/(1[2-9]|2\d)|192\.168(\.\d+){2}\/(1[6-9]|2\d))$/;

/** A subnet's range of private addresses (RFC 1918), which Google takes from /8 to /29. */
const range = z
  .cidrv4("a range such as 10.10.0.0/20")
  .regex(PRIVATE, "/8 to /29 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16")
  .refine(beginsAtMultiple, "a range that begins at a multiple of its size: 10.10.0.0/20 or 10.10.16.0/20, not 10.10.1.0/20");

function beginsAtMultiple(text: string): boolean {
  const [address = "", prefix] = text.split("/");
  const first = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return first % 2 ** (32 - Number(prefix)) === 0;
}

const flowLogs = z.strictObject({
  sampling: z
    .number()
    .gt(0, "a share of more than 0")
    .max(1, "a share of at most 1")
    .default(0.5)
    .describe("Share of connections that are logged: 0.5 is half. Above the project's free 50 GiB a month logs cost 0.50 USD per GiB."),
  interval: z
    .enum(["INTERVAL_5_SEC", "INTERVAL_30_SEC", "INTERVAL_1_MIN", "INTERVAL_5_MIN", "INTERVAL_10_MIN", "INTERVAL_15_MIN"])
    .default("INTERVAL_10_MIN")
    .describe("Over how long an entry sums up a connection; longer means fewer entries."),
});

const tunnel = z.strictObject({
  users: z
    .array(member)
    .default([])
    .describe("Who may reach machines by SSH and on the ports below through Identity-Aware Proxy, e.g. group:engineers@example.com."),
  ports: z.array(port).default([]).describe("Ports besides SSH's that tunnels may end at, e.g. 9094 for Kafka."),
});

/** The private network of machines and clusters. */
export const network = z.strictObject({
  enabled: z.boolean().default(true).describe("Whether there is a network; free by itself. Machines and clusters need it."),
  cidr: range.default("10.10.0.0/20").describe("Private addresses of the subnet; may grow later, not shrink."),
  nat: z
    .boolean()
    .default(true)
    .describe(
      "Whether machines, which have no public address, may call the internet. 0.0014 USD per hour for each machine that runs, 0.045 USD per GiB, 3.65 USD a month per address in use; nothing by the hour while none runs.",
    ),
  flowLogs: flowLogs.prefault({}).describe("Logs of who talks to whom."),
  tunnel: tunnel.prefault({}).describe("The way in for people; there is no other."),
});
