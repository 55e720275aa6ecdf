import { isReference } from "../resource-view";
import { resourceRule } from "../rule";

const SECONDS_PER_YEAR = 366 * 86_400;

/** A key doesn't encrypt for ever. */
export const keyRotation = resourceRule({
  id: "key-rotation",
  severity: "error",
  reason: "Whoever gets hold of a key that never changes reads everything, past and future.",
  mend: 'Set rotation_period to a year or less, e.g. "7776000s" (90 days); old versions still decrypt.',
  reads: { google_kms_crypto_key: ["rotation_period", "purpose", "import_only"] },
  check: (key) => {
    const isSymmetric = [undefined, "ENCRYPT_DECRYPT"].includes(key.texts("purpose")[0]);
    const [period] = key.texts("rotation_period");
    if (!isSymmetric || key.value("import_only") === true || isReference(period)) return [];
    if (period === undefined) return ["rotation_period is missing"];
    return Number.parseFloat(period) <= SECONDS_PER_YEAR ? [] : [`rotation_period is ${period}, more than a year`];
  },
});
