/** What of a record is put aside. */
interface Content {
  readonly key: Buffer;
  readonly value: Buffer;
  readonly headers: readonly (readonly [string, Buffer])[];
}

/** Bytes of a letter; the broker takes batches of one MiB, and the headers that say where it comes from are to fit in, too. */
const MOST_BYTES = 900 * 1024;

/** Bytes of a key that is kept where all isn't. */
const MOST_KEY = 1024;

/**
 * As much of a record as a batch may hold. A record that came compressed may be larger than what is sent uncompressed.
 *
 * @returns `cut`: what is left out, to be told with it; undefined where nothing is
 */
export function fitting(content: Content): { readonly record: Content; readonly cut?: string } {
  const { key, value, headers } = content;
  const ofHeaders = headers.reduce((sum, [name, each]) => sum + Buffer.byteLength(name) + each.length, 0);
  if (key.length + value.length + ofHeaders <= MOST_BYTES) return { record: content };
  const [kept, short] = [value.subarray(0, MOST_BYTES - MOST_KEY), key.subarray(0, MOST_KEY)];
  const cut = `value ${String(kept.length)} of ${String(value.length)} bytes, key ${String(short.length)} of ${String(key.length)}, without its ${String(headers.length)} headers`;
  return { record: { key: short, value: kept, headers: [] }, cut };
}
