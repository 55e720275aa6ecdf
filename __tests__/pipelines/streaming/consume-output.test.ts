import { once } from "node:events";
import { Writable } from "node:stream";
import { every } from "../../../scripts/streaming/every";
import { JsonOutput } from "../../../scripts/streaming/json-output";

describe("lines for another program", () => {
  test("are flushed when they are written", async () => {
    const lines: string[] = [];
    const output = new JsonOutput(
      new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          setImmediate(() => {
            lines.push(chunk.toString());
            done();
          });
        },
      }),
    );
    void output.write({ a: 1 });
    await output.flushed();
    expect(lines[0]).toBe('{"a":1}\n');
    expect(output.closed.aborted).toBe(false);
  });

  test("aren't flushed where the other has gone, neither now nor later", async () => {
    // As process.stdout: an error doesn't end the stream.
    const stream = new Writable({
      autoDestroy: false,
      write: (chunk: Buffer, _encoding, done) => {
        done(chunk.length > 0 ? new Error("EPIPE") : null);
      },
    });
    const output = new JsonOutput(stream);
    const failed = once(output.closed, "abort");
    void output.write({ a: 1 })?.catch(() => undefined);
    await expect(output.flushed()).rejects.toThrow("EPIPE");
    await failed;
    await expect(output.flushed()).rejects.toThrow("EPIPE");
  });
});

describe("what is done again and again", () => {
  test("isn't begun while it is still at it, and ends though it waits for ever", async () => {
    let begun = 0;
    const { promise, resolve } = withResolvers();
    const stop = every(1, () => {
      begun += 1;
      resolve();
      return new Promise(() => undefined);
    });
    await promise;
    await new Promise((done) => setTimeout(done, 30));
    stop();
    expect(begun).toBe(1);
  });

  test("is done again", async () => {
    const { promise, resolve } = withResolvers();
    let begun = 0;
    const stop = every(1, () => Promise.resolve(++begun === 3 ? resolve() : undefined));
    await promise;
    stop();
    expect(begun).toBe(3);
  });
});

function withResolvers() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
