import type { ResourceRules } from "../rules";
import { dataprocAutoscalingPolicy } from "./dataproc-autoscaling-policy";
import { dataprocCluster } from "./dataproc-cluster";
import { dataprocWorkflowTemplate } from "./dataproc-workflow-template";

/** Rules of Dataproc. Nothing runs here: the cluster is a record of what would have been made. */
export const dataproc: readonly ResourceRules[] = [dataprocAutoscalingPolicy, dataprocCluster, dataprocWorkflowTemplate];
