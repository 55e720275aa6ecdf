import { z } from "zod";
import { share } from "./values";

/** When a month's delivery is too bad to replace the one before. */
export const ingest = z.strictObject({
  maxRejectedShare: share
    .default(0.05)
    .describe("A delivery of which a larger share of rows is rejected is refused before any store is touched: 0.05 is 5 %."),
  minShareOfLastDelivery: share
    .default(0.5)
    .describe("A delivery with a smaller share of the rows that the month's last delivery brought is refused: 0.5 is half."),
});
