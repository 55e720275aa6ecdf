import { committedBatches } from "../../../pipelines/streaming/consumer/committed-records";

const [DATA, TRANSACTIONAL, CONTROL] = [0, 0b1_0000, 0b11_0000];
const ABORT = Buffer.from([0, 0, 0, 0]);
const COMMIT = Buffer.from([0, 0, 0, 1]);

const batch = (firstOffset: number, producer: number, attributes: number, key: Buffer | null = null) => ({
  firstOffset: BigInt(firstOffset),
  lastOffsetDelta: 0,
  producerId: BigInt(producer),
  attributes,
  records: [{ key }],
});

const offsets = (records: ReturnType<typeof batch>[], aborted: readonly (readonly [number, number])[]) =>
  committedBatches({
    records,
    abortedTransactions: aborted.map(([producer, first]) => ({ producerId: BigInt(producer), firstOffset: BigInt(first) })),
  } as any).map(({ firstOffset }) => Number(firstOffset));

describe("committed records", () => {
  test("what no transaction wrote is there, markers aren't", () => {
    expect(offsets([batch(1, -1, DATA), batch(2, 7, TRANSACTIONAL), batch(3, 7, CONTROL, COMMIT)], [])).toEqual([1, 2]);
  });

  test("an aborted transaction is taken out, those before and behind it of the same producer aren't", () => {
    const records = [
      batch(1, 7, TRANSACTIONAL),
      batch(2, 7, CONTROL, COMMIT),
      batch(3, 7, TRANSACTIONAL),
      batch(4, 7, CONTROL, ABORT),
      batch(5, 7, TRANSACTIONAL),
      batch(6, 7, CONTROL, COMMIT),
    ];
    expect(offsets(records, [[7, 3]])).toEqual([1, 5]);
  });

  test("two aborted transactions of one producer, with another's between them", () => {
    const records = [
      batch(1, 7, TRANSACTIONAL),
      batch(2, 8, TRANSACTIONAL),
      batch(3, 7, CONTROL, ABORT),
      batch(4, 7, TRANSACTIONAL),
      batch(5, 7, CONTROL, ABORT),
    ];
    expect(
      offsets(records, [
        [7, 4],
        [7, 1],
      ]),
    ).toEqual([2]);
  });

  test("one whose end comes with the next answer", () => {
    expect(offsets([batch(1, 7, TRANSACTIONAL), batch(2, 7, TRANSACTIONAL)], [[7, 1]])).toEqual([]);
  });

  test("one whose beginning came with the last answer: its end alone", () => {
    expect(offsets([batch(5, 7, CONTROL, ABORT), batch(6, 7, TRANSACTIONAL)], [])).toEqual([6]);
  });
});
