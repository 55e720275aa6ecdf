/** Private addresses by RFC 1918: first address, and the shortest prefix. */
const privateRanges = [
  { first: "10.0.0.0", prefix: 8 },
  { first: "172.16.0.0", prefix: 12 },
  { first: "192.168.0.0", prefix: 16 },
];
const LONGEST_PREFIX = 29;

/**
 * Refuses what a subnet can't have as its range.
 *
 * @throws Error saying what is wrong: the form, a prefix that Google doesn't take, bits set after the prefix, or public addresses.
 * @see https://cloud.google.com/vpc/docs/subnets#valid-ranges
 */
export function checkCidr(cidr: string): void {
  const problem = cidrProblem(cidr);
  if (problem !== undefined) throw new Error(`The subnet's range "${cidr}" ${problem}.`);
}

/** What is wrong with a range for a subnet, or undefined. */
function cidrProblem(cidr: string): string | undefined {
  const [, address = "", length = ""] = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(cidr) ?? [];
  const start = addressNumber(address);
  const prefix = Number(length);
  if (start === undefined) return "must look like 10.10.0.0/20";
  if (prefix < 8 || prefix > LONGEST_PREFIX) return `must have a prefix from /8 to /${String(LONGEST_PREFIX)}`;
  const size = 2 ** (32 - prefix);
  if (start % size !== 0) return `must begin at a multiple of its size, e.g. ${addressText(start - (start % size))}/${length}`;
  const isPrivate = privateRanges.some((range) => {
    const first = addressNumber(range.first) ?? 0;
    return start >= first && start + size <= first + 2 ** (32 - range.prefix);
  });
  return isPrivate ? undefined : "must lie within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16";
}

function addressNumber(address: string): number | undefined {
  const parts = address.split(".").map(Number);
  if (address === "" || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

const addressText = (address: number): string => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
