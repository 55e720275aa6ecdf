import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { whyEnded } from "../../../../embedded/engines/kafka/trouble";

let data: string;
beforeEach(() => (data = mkdtempSync(join(tmpdir(), "trouble-"))));
afterEach(() => {
  rmSync(data, { recursive: true });
});

function why(said: string): string {
  const log = join(data, "kafka-1.log");
  writeFileSync(log, said);
  return whyEnded({ name: "kafka-1", log, data })
    .message.replaceAll(data, "DATA")
    .replaceAll(/\d+ MiB/g, "N MiB");
}

test.each([
  [
    "java.io.IOException: No space left on device",
    "The disk is full: kafka-1 ended, for it can't write to DATA (N MiB are free).\nFree some space and repeat: nothing acknowledged is lost.",
  ],
  ["java.lang.InternalError: a fault occurred in a recent unsafe memory access operation in compiled Java code", "The disk is full"],
  [
    "Could not reserve enough space for 393216KB object heap",
    "There is too little memory for kafka-1 (N MiB are free; it needs about 500).",
  ],
  ["java.net.BindException: Address already in use", "Another program took a port of kafka-1 while it started."],
  ["org.apache.kafka.common.errors.KafkaStorageException: x", "kafka-1 can't read what lies in DATA: some of it is damaged, or missing."],
])("%s", (said, error) => {
  expect(why(`12:00 a line\n${said}\n\tat a.b(c.java:1)\n`)).toContain(error);
});

test("what it got over long ago isn't taken for the cause", () => {
  const since = Array.from({ length: 30 }, (_none, index) => `13:00 line ${String(index)}\n`).join("");
  expect(why(`12:00 KafkaStorageException: x, meta.properties\n${since}14:00 it ends\n`)).toMatch(/^kafka-1 ended by itself:/);
});

test("what isn't known is told as it was said, without stack traces", () => {
  expect(why("12:00 something\n\tat a.b(c.java:1)\n12:01 it ends\n")).toBe(
    "kafka-1 ended by itself:\n  12:00 something\n  12:01 it ends\nThe whole log: DATA/kafka-1.log",
  );
  expect(why("")).toContain("(it said nothing)");
});
