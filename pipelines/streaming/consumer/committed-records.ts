import type { fetchV17, RecordsBatch } from "@platformatic/kafka";

const IS_TRANSACTIONAL = 0b1_0000;
const IS_CONTROL = 0b10_0000;

/** Kind of a control record, in its key behind the version: the transaction before it was aborted. */
const ABORT = 0;
const KIND_AT = 2;

/**
 * The batches of a fetched partition that hold records of committed transactions, or of none.
 *
 * A broker that is asked for committed records sends aborted ones all the same, with a list of the transactions: taking them out is the
 * client's part. Ours takes out only transactions whose end lies in the same answer, knows one of each producer, and falls over an end without a
 * beginning (https://github.com/platformatic/kafka/issues/391): an application that was killed in mid-transaction would be seen counting twice.
 */
export function committedBatches({ records = [], abortedTransactions }: fetchV17.FetchResponsePartition): RecordsBatch[] {
  const coming = [...abortedTransactions].sort((a, b) => Number(a.firstOffset - b.firstOffset));
  const aborted = new Set<bigint>();
  return records.filter((batch) => {
    const last = batch.firstOffset + BigInt(batch.lastOffsetDelta);
    for (let next = coming[0]; next !== undefined && next.firstOffset <= last; next = coming[0]) {
      aborted.add(next.producerId);
      coming.shift();
    }
    if (batch.attributes & IS_CONTROL) {
      if (batch.records[0]?.key?.readInt16BE(KIND_AT) === ABORT) aborted.delete(batch.producerId);
      return false;
    }
    return !(batch.attributes & IS_TRANSACTIONAL && aborted.has(batch.producerId));
  });
}
