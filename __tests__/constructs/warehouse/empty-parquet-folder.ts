import { resolve } from "node:path";

/** Parquet files without rows, one for each contract. */
export const emptyParquetFolder = resolve(__dirname, "../../../contracts/generated/parquet");
