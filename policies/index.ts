/** Rules for CDKTF projects that use the google and docker providers. */
export { assess, type Assessment, type RulePackProps } from "./assess";
export { describeFinding, type Finding } from "./finding";
export { isReference, type Json, type ResourceView } from "./resource-view";
export { resourceRule, type Observation, type ResourceRule, type Rule, type RuleDescription, type Severity } from "./rule";
export type { RuleOptions } from "./rule-options";
export { RulePack } from "./rule-pack";
export { allRules } from "./rules";
export { RulesBroken } from "./rules-broken";
export { rulesTable, withRulesTable } from "./rules-table";
export type { StackView } from "./stack-view";
export { suppress } from "./suppress";
export { synthesise } from "./synthesise";
