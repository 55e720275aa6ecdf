import { BigqueryRoutine } from "@cdktf/provider-google/lib/bigquery-routine";
import { Construct } from "constructs";
import type { RoutineProps, SqlType } from "./routine-props";

/**
 * A function, table function or procedure in SQL.
 *
 * ### Cost
 * What its body reads, each time.
 *
 * @see https://cloud.google.com/bigquery/docs/routines
 */
export class Routine extends Construct {
  /** The routine itself. */
  public readonly routine: BigqueryRoutine;

  constructor(scope: Construct, id: string, props: RoutineProps) {
    super(scope, id);
    const { dataset, routineId, description, kind, body, returns } = props;
    this.routine = new BigqueryRoutine(this, "routine", {
      datasetId: dataset.datasetId,
      routineId,
      description,
      routineType: kind,
      language: "SQL",
      arguments: (props.arguments ?? []).map(({ name, type }) => ({ name, dataType: typeJson(type) })),
      ...(returns === undefined ? {} : { returnType: typeJson(returns) }),
      definitionBody: body,
    });
  }
}

const typeJson = (typeKind: SqlType): string => JSON.stringify({ typeKind });
