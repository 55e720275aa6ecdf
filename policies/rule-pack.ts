import { AnnotationMetadataEntryType, Aspects, TerraformStack, type App, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";
import { assess, type RulePackProps } from "./assess";
import { describeFinding, type Finding } from "./finding";
import { stacksOf } from "./stack-view";

const LEVELS = { error: AnnotationMetadataEntryType.ERROR, warning: AnnotationMetadataEntryType.WARN } as const;

/**
 * Judges stacks while they are synthesised: what the rules find becomes annotations, and an annotation of an error stops `cdktf synth`,
 * `diff`, `deploy` and `destroy`.
 */
export class RulePack implements IAspect {
  constructor(private readonly props: RulePackProps) {}

  /** Adds the pack to all stacks that the app has by now; cdktf 0.21 doesn't ask the aspects of an app, only those of its stacks. */
  public addTo(app: App): void {
    for (const stack of stacksOf(app)) Aspects.of(stack).add(this);
  }

  public visit(node: IConstruct): void {
    if (!TerraformStack.isStack(node)) return;
    // Validations run when all aspects have run: what another aspect changes is judged as changed.
    node.node.addValidation({
      validate: () => {
        annotate(node, this.props);
        return [];
      },
    });
  }

  /** What the rules find in all stacks of an app, as data. */
  public findings(app: IConstruct): Finding[] {
    return stacksOf(app).flatMap((stack) => assess(stack, this.props).map(({ finding }) => finding));
  }
}

function annotate(stack: TerraformStack, props: RulePackProps): void {
  for (const { construct, finding } of assess(stack, props)) {
    const level = LEVELS[finding.severity];
    const message = describeFinding(finding);
    const isSaid = construct.node.metadata.some(({ data }) => data === message);
    // Not by Annotations.of(): that adds, and cdktf prints, the stack trace of this line.
    if (!isSaid) construct.node.addMetadata(level, message);
  }
}
