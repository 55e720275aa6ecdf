import { boolean, date, instant, integer, string } from "../model/column";
import { table } from "../model/table";

/** What each store holds of each delivery; written in the same transaction as the rows. */
export const loadReceipts = table("load_receipts", {
  description: "One row per service and file month that the store holds: which delivery, read by which contract and ingest version.",
  columns: {
    service: string({ required: true, description: "Service of the delivery, e.g. yellow, or zones." }),
    file_month: date({ description: "First day of the file's month; empty for what has no months." }),
    load_id: string({ required: true, description: "The rows' _load_id." }),
    raw_sha256: string({ required: true, description: "SHA-256 of the file as received, in hex." }),
    contract_hash: string({ required: true, description: "Hash of the contract by which the file was read." }),
    ingest_version: string({ required: true, description: "Version of the ingest code that read the file." }),
    source_file: string({ required: true, description: "Name of the file." }),
    synthetic: boolean({ required: true, description: "Whether the trips were generated, not driven." }),
    rows_read: integer({ required: true, description: "Rows in the file." }),
    rows_accepted: integer({ required: true, description: "Rows in the store." }),
    rows_warned: integer({ required: true, description: "Accepted rows that break a warn rule." }),
    rows_rejected: integer({ required: true, description: "Rows in quarantine." }),
    loaded_at: instant({ required: true, description: "When the rows were committed." }),
  },
});
