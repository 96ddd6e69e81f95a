// Puts values in the place of Grafana's variables, as Grafana does before it asks Prometheus.

/** By name, without the dollar. Inside of a matcher with `=~` several are alternatives. */
export type Values = Readonly<Record<string, string>>;

/** Everything there is, and a window of a few scrapes. */
export const ALL: Values = {
  cluster: '.*',
  namespace: '.+',
  runs_in: '.+',
  pod: '.+',
  __rate_interval: '2m',
};

/** Throws for a variable without a value: Grafana would send it as it is. */
export function substituted(expression: string, values: Values): string {
  return expression.replace(/\$(\w+)/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`there is no variable ${whole}: ${expression}`);
    return value;
  });
}
