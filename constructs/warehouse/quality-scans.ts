import { Construct } from "constructs";
import { GrantPropagation } from "../identity/grant-propagation";
import { serviceAgent } from "../project/service-agents";
import { QualityScan } from "./quality-scan";
import type { QualityScansProps } from "./quality-scans-props";

/**
 * A {@link QualityScan} for each of several landed tables, and Dataplex's right to read all of them and to write down what it found.
 *
 * Scans run under Dataplex's own account in the project: the provider's version has no way to name another. Google lets that account read
 * BigQuery in its own project; it is granted the dataset all the same, for row policies and protected columns would leave it out: a scan that
 * sees no row finds no fault.
 *
 * ### Cost
 * See {@link QualityScan}.
 *
 * @throws Error when a contract has no landed table.
 */
export class QualityScans extends Construct {
  /** By the contract's name. */
  public readonly scans: ReadonlyMap<string, QualityScan>;

  constructor(scope: Construct, id: string, props: QualityScansProps) {
    super(scope, id);
    const { contracts, landed, landedTables, policyTags, propagationSeconds: seconds, ...shared } = props;
    const dataplex = { id: "dataplex", member: serviceAgent(shared.environment, "dataplex") };
    const grants = [landed.grantRead(dataplex), shared.results.grantWrite(dataplex), ...(policyTags?.grantRead(dataplex) ?? [])];
    const propagation = new GrantPropagation(this, "propagation", { grants, seconds });
    this.scans = new Map(
      contracts.map((contract) => {
        const table = landedTables.get(contract.name);
        if (table === undefined)
          throw new Error(`The contract "${contract.name}" can't be scanned: it has no landed table. Add one, or leave it out.`);
        const scan = new QualityScan(this, contract.name, { ...shared, contract, table });
        propagation.holdBack(scan);
        return [contract.name, scan];
      }),
    );
  }
}
