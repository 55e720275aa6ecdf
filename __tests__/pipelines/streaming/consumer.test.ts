import { fetchV17 } from "@platformatic/kafka";
import { Decoder } from "../../../pipelines/streaming/avro/decoder";
import type { SchemaRegistry } from "../../../pipelines/streaming/avro/schema-registry";
import { UndecodableError } from "../../../pipelines/streaming/avro/wire-format";
import { handle, holdsEvents } from "../../../pipelines/streaming/consumer/follow";
import { GroupReader } from "../../../pipelines/streaming/consumer/group-reader";
import { fitting } from "../../../pipelines/streaming/consumer/letter-size";
import { TopicReader } from "../../../pipelines/streaming/consumer/topic-reader";

const cluster = { bootstrapServers: "127.0.0.1:1", registryUrl: "http://127.0.0.1:1" };
const { signal } = new AbortController();

afterEach(() => {
  jest.restoreAllMocks();
});

/** What a broker answers: one record of a partition. */
const answer = (partitionIndex: number, offset: bigint) => {
  const record = { offsetDelta: 0, key: null, value: Buffer.from(String(offset)), headers: [] };
  const records = [{ firstOffset: offset, lastOffsetDelta: 0, attributes: 0, producerId: -1n, records: [record] }];
  return { responses: [{ topicId: "id", partitions: [{ partitionIndex, abortedTransactions: [], records }] }] };
};

describe("reader of a topic", () => {
  test("of two leaders one fails: what the other has told isn't passed over", async () => {
    const reader = new TopicReader(cluster, { signal });
    const partitions = [{ leader: 1 }, { leader: 2 }];
    (reader as any).client = {
      metadata: () => Promise.resolve({ topics: new Map([["t", { id: "id", partitions }]]) }),
      connectToBrokers: ([leader]: number[]) => Promise.resolve(new Map([[leader, leader]])),
      clearMetadata: () => undefined,
    };
    let failures = 1;
    jest.spyOn(fetchV17.api, "async").mockImplementation(((leader: number, ...rest: any[]) => {
      if (leader === 2 && failures-- > 0) return Promise.reject(new Error("the connection is closed"));
      return Promise.resolve(answer(leader - 1, rest[6][0].partitions[0].fetchOffset));
    }) as any);
    reader.positions.set("t:0", 5n).set("t:1", 7n);
    const read = await reader.poll(1);
    expect(read.map(({ partition, offset }) => [partition, offset])).toEqual([
      [0, 5n],
      [1, 7n],
    ]);
    expect([...reader.positions.values()]).toEqual([6n, 8n]);
  });
});

describe("member of a group", () => {
  /** A member that has partitions 0 and 1; `committed` is what the group has. */
  async function member(committed: bigint[]) {
    const group = new GroupReader(cluster, { group: "g", topics: ["t"], fromBeginning: false, signal });
    const { member: client, reader } = group as any;
    const commits: unknown[] = [];
    const assign = (...partitions: number[]) => {
      Object.defineProperty(client, "assignments", { value: [{ topic: "t", partitions }], configurable: true });
      client.emit("consumer:group:join");
    };
    const told = (options: any) => options.offsets.map(({ partition, offset }: any) => [partition, offset]);
    jest.spyOn(reader, "poll").mockResolvedValue([]);
    jest.spyOn(reader, "offsets").mockResolvedValue(
      new Map([
        ["t:0", 100n],
        ["t:1", 100n],
      ]),
    );
    jest.spyOn(client, "listCommittedOffsets").mockImplementation(() => Promise.resolve(new Map([["t", committed]])));
    const commit = jest.spyOn(client, "commit").mockImplementation((options) => Promise.resolve(void commits.push(told(options))));
    assign(0, 1);
    await group.poll(1);
    return { group, commits, assign, commit, told };
  }
  const done = (group: GroupReader, partition: number, offset: bigint) => {
    group.markDone({ topic: "t", partition, offset, key: null, value: null, headers: [] });
  };

  test("where it begins is committed at once where the group has committed nothing", async () => {
    const { commits } = await member([-1n, 40n]);
    expect(commits).toEqual([[[0, 100n]]]);
  });

  test("what is done of a partition that has gone to another meanwhile isn't committed in its stead", async () => {
    const { group, commits, assign, commit, told } = await member([10n, 10n]);
    // As the client does: the broker doesn't know the generation, it joins again, and commits once more.
    commit.mockImplementationOnce((options) => {
      assign(1);
      return Promise.resolve(void commits.push(told(options)));
    });
    done(group, 0, 10n);
    done(group, 1, 11n);
    expect(await group.commit()).toBe(false);
    expect(commits.splice(0)).toEqual([[]]);
    expect(await group.commit()).toBe(true);
    expect(commits).toEqual([[[1, 12n]]]);
  });

  test("a commit that fails is tried again", async () => {
    const { group, commits, commit } = await member([10n, 10n]);
    commit.mockImplementationOnce(() => Promise.reject(new Error("away")));
    done(group, 0, 10n);
    await expect(group.commit()).rejects.toThrow("away");
    await group.commit();
    await group.commit();
    expect(commits).toEqual([[[0, 11n]]]);
  });
});

describe("what can't be decoded", () => {
  const record = { topic: "trips.dead-letter", partition: 0, offset: 1n, key: null, value: Buffer.from("no Avro"), headers: [] };
  const decoder = new Decoder({} as SchemaRegistry);

  test("is put aside, but never out of the dead letters, nor of others' topics", async () => {
    expect(["trips.rides", "trips.zones", "trips.dead-letter", "connect-offsets"].map(holdsEvents)).toEqual([true, true, false, false]);
    const [put, onRecord] = [jest.fn().mockResolvedValue(undefined), jest.fn()];
    await handle(record, decoder, undefined, { onRecord });
    expect(onRecord.mock.calls).toEqual([[{ record, value: null, type: undefined }]]);
    await handle(record, decoder, { put }, { onRecord });
    expect([put.mock.calls.length, onRecord.mock.calls.length]).toEqual([1, 1]);
  });

  test("a schema that isn't understood is no reason to end, the first time nor later", async () => {
    const schema = JSON.stringify({ type: "map" });
    const foreign = new Decoder({ byId: () => Promise.resolve(schema) } as unknown as SchemaRegistry);
    for (let time = 0; time < 2; time += 1) {
      const attempt = async () => foreign.decode(Buffer.from([0, 0, 0, 0, 9, 2, 1]));
      await expect(attempt()).rejects.toThrow(UndecodableError);
      await expect(attempt()).rejects.toThrow("schema 9 isn't understood: ");
    }
  });

  test("a letter that is larger than a batch may be is cut, and says so", () => {
    const [key, headers] = [Buffer.from("132"), [["trace", Buffer.from("7")]] as const];
    const small = { key, value: Buffer.alloc(1000), headers };
    expect(fitting(small)).toEqual({ record: small });
    const { record: cut, cut: told } = fitting({ key, value: Buffer.alloc(2 ** 20), headers });
    expect([cut.key.toString(), cut.value.length < 1_000_000, cut.headers]).toEqual(["132", true, []]);
    expect(told).toBe(`value ${String(cut.value.length)} of 1048576 bytes, key 3 of 3, without its 1 headers`);
  });
});
