import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ZoneHour } from "../../../pipelines/streaming/comparison/zone-hour";
import { answered } from "../../../scripts/streaming/kept-answer";

const right: readonly ZoneHour[] = [{ zoneId: 132, hour: "2019-03-01T17:00", pickups: 3, revenueCents: 12_345 }];
const wrong: readonly ZoneHour[] = [{ ...right[0]!, pickups: 2 }];

let receipt: string;
let streamed: number;
const ask = (answer: readonly ZoneHour[], print = "one", batch = right) =>
  answered({
    receipt,
    print,
    stream: () => {
      streamed += 1;
      return Promise.resolve(answer);
    },
    batch: () => Promise.resolve(batch),
  });

beforeEach(() => {
  receipt = join(mkdtempSync(join(tmpdir(), "kept-answer-")), "kafka/streamed/2019-03.json");
  streamed = 0;
});

test("an equal answer is kept, and compared again without being streamed", async () => {
  expect(await ask(right)).toMatchObject({ equal: true, unchanged: false });
  expect(await ask(wrong)).toMatchObject({ equal: true, unchanged: true, pickups: 3 });
  expect(streamed).toBe(1);
});

test("what it depends on has changed: it is streamed again", async () => {
  await ask(right, "one");
  expect(await ask(right, "another")).toMatchObject({ unchanged: false });
  expect(streamed).toBe(2);
});

test("an answer that differs isn't kept", async () => {
  expect(await ask(wrong)).toMatchObject({ equal: false });
  expect(existsSync(receipt)).toBe(false);
  expect(await ask(right)).toMatchObject({ equal: true, unchanged: false });
});

test("the batch has changed since: it differs once, and is streamed again the next time", async () => {
  await ask(wrong, "one", wrong);
  expect(await ask(right)).toMatchObject({ equal: false, unchanged: true });
  expect(await ask(right)).toMatchObject({ equal: true, unchanged: false });
});

test("a receipt that was cut off counts as none", async () => {
  await ask(right);
  writeFileSync(receipt, '{"print":"one","answer":[{');
  expect(await ask(right)).toMatchObject({ equal: true, unchanged: false });
});
