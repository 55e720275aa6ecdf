import { gzipSync } from "node:zlib";

const BLOCK = 512;

/**
 * Files as a .tar.gz, in the plain form that every reader knows: names of up to 100 characters, no times, no owners.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06
 */
export function tarball(files: ReadonlyMap<string, Buffer>): Uint8Array<ArrayBuffer> {
  const blocks = [...files].flatMap(([name, content]) => [header(name, content.length), content, Buffer.alloc(padding(content.length))]);
  return new Uint8Array(gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)])));
}

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100);
  block.write("0000644\0", 100);
  block.write("0000000\0", 108);
  block.write("0000000\0", 116);
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  block.write("00000000000\0", 136);
  // The sum counts its own field as spaces.
  block.write("        ", 148);
  block.write("0", 156);
  block.write("ustar\0", 257);
  block.write("00", 263);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

const padding = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;
