// Where every query goes: to the Prometheus that the variable names, never to one that is fixed here.
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';

export const DATASOURCE: DataSourceRef = { type: 'prometheus', uid: '${datasource}' };
