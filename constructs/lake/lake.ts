import { Construct } from "constructs";
import { LakeBucket } from "./lake-bucket";
import type { LakeProps } from "./lake-props";

/**
 * The data lake: `raw` holds files as received, `clean` what the contracts accepted, `quarantine` what they rejected and why.
 *
 * ### Cost
 * Storage only, see {@link LakeBucket}; a year of yellow and green trips is about 1 GiB.
 */
export class Lake extends Construct {
  public readonly raw: LakeBucket;
  public readonly clean: LakeBucket;
  public readonly quarantine: LakeBucket;

  constructor(scope: Construct, id: string, props: LakeProps) {
    super(scope, id);
    const { rawColdAfterDays: coldAfterDays, rawRetentionDays: retentionDays, lockRawRetention: lockRetention, ...shared } = props;
    this.raw = new LakeBucket(this, "raw", { ...shared, zone: "raw", coldAfterDays, retentionDays, lockRetention });
    // What is cleaned or quarantined is replaced whenever its month is: retention would forbid it.
    this.clean = new LakeBucket(this, "clean", { ...shared, zone: "clean" });
    this.quarantine = new LakeBucket(this, "quarantine", { ...shared, zone: "quarantine", coldAfterDays });
  }
}
