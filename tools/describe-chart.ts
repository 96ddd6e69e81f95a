// The generated files of the chart: the schema of its values and the table in its README, both from values.yaml.
import { readFileSync } from 'node:fs';
import { readValues } from './chart/read-values.ts';
import { valuesSchema } from './chart/values-schema.ts';
import { withValuesTable } from './chart/values-table.ts';

const CHART = 'charts/footbridge';

/** Path from the root → the whole content. */
export function describeChart(): ReadonlyMap<string, string> {
  const values = readValues(readFileSync(`${CHART}/values.yaml`, 'utf8'));
  return new Map([
    [`${CHART}/values.schema.json`, valuesSchema(values)],
    [`${CHART}/README.md`, withValuesTable(readFileSync(`${CHART}/README.md`, 'utf8'), values)],
  ]);
}
