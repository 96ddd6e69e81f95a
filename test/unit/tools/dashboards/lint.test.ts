import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { type Dashboard, type Panel, panelsOf, type Target } from '../../../../tools/dashboards/grafana.ts';
import { lint, RULES, type RuleName } from '../../../../tools/dashboards/lint.ts';
import { DASHBOARDS, NAMESPACE } from './generated.ts';

describe('a dashboard keeps every rule:', () => {
  for (const dashboard of DASHBOARDS) test(dashboard.title, () => assert.deepEqual(lint(dashboard), []));
});

const STAT = 0;
const LINES = 7;

/** Rule → a dashboard that keeps all others and breaks this one. */
const BROKEN: Readonly<Record<RuleName, Dashboard>> = {
  'the uid is fixed and readable': { ...NAMESPACE, uid: 'a1B2c3' },
  'the file is the truth: it is not edited': { ...NAMESPACE, editable: true },
  'it shows one hour and refreshes every 30 s': { ...NAMESPACE, refresh: '5s' },
  'the data source is one variable': withVariable('datasource', { name: 'prometheus' }),
  'everything asks that data source': withPanel(STAT, { datasource: { type: 'prometheus', uid: 'P1' } }),
  'variables follow the time range': withVariable('pod', { refresh: 1 }),
  'every panel asks something': withPanel(STAT, { targets: [] }),
  'every title is a short noun phrase': withPanel(STAT, { title: 'Is it live?' }),
  'no title stands twice': withPanel(STAT, { title: 'Age of data' }),
  'a description has a question, what is normal and where to look otherwise': withPanel(STAT, {
    description: 'The state.',
  }),
  'no description stands twice': withPanel(STAT, { description: panelsOf(NAMESPACE)[1]?.description ?? '' }),
  'every panel has a unit': withDefaults(STAT, { unit: '' }),
  'ids differ': withPanel(STAT, { id: 3 }),
  'panels lie within 24 columns and not on each other': withPanel(STAT, { gridPos: { x: 2, y: 1, w: 4, h: 4 } }),
  'every line and number has a legend': withTarget(STAT, { legendFormat: '' }),
  'numbers and tables are asked for now, lines over time': withTarget(LINES, { instant: true }),
  'lines begin at zero and show gaps as gaps': withDefaults(LINES, { custom: { spanNulls: true } }),
  'colours are for states alone': withDefaults(LINES, { color: { mode: 'fixed' } }),
  'rates are taken over $__rate_interval': withTarget(LINES, {
    expr: 'sum(rate(footbridge_pushes_total{cluster=~"$cluster", namespace=~"$runs_in", pod=~"$pod"}[5m]))',
  }),
  'absence means zero where nothing else is meant': withTarget(LINES, { expr: 'count(vector(0)) or vector(0)' }),
  'every selector is narrowed to the choice of the variables': withTarget(LINES, {
    expr: 'sum(footbridge_clients{cluster=~"$cluster", namespace=~"$runs_in"})',
  }),
  'links lead to a dashboard by its uid, or to a runbook': {
    ...NAMESPACE,
    links: [{ title: 'Fleet', url: '/d/abc/footbridge' }],
  },
};

describe('a planted fault breaks its rule, and no other:', () => {
  for (const rule of Object.keys(RULES) as RuleName[]) {
    test(rule, () => {
      const broken = lint(BROKEN[rule]);
      assert.deepEqual([...new Set(broken.map((one) => one.rule))], [rule], JSON.stringify(broken));
    });
  }
});

test('a panel whose link leads elsewhere breaks the rule of links', () => {
  const [broken] = lint(withPanel(STAT, { links: [{ title: 'Wiki', url: 'https://wiki.example.com' }] }));
  assert.equal(broken?.rule, 'links lead to a dashboard by its uid, or to a runbook');
});

test('every runbook that a panel links to exists', () => {
  const links = DASHBOARDS.flatMap((dashboard) => [
    ...dashboard.links,
    ...panelsOf(dashboard).flatMap((panel) => panel.links ?? []),
  ]);
  const pages = links.flatMap(({ url }) => /^\$\{runbooks:raw\}(.+)$/.exec(url)?.[1] ?? []);
  assert.ok(pages.length > 2);
  for (const page of pages) assert.ok(existsSync(`docs/runbooks/${page}`), page);
});

test('a line in a colour that stands for no state breaks the rule of colours', () => {
  const [panel] = panelsOf(NAMESPACE).filter(({ type }) => type === 'timeseries');
  const overrides = [
    { matcher: { id: 'byRegexp', options: '/up/' }, properties: [{ id: 'color', value: { fixedColor: 'purple' } }] },
  ];
  const painted = withPanel(LINES, { fieldConfig: { defaults: panel?.fieldConfig?.defaults ?? {}, overrides } });
  assert.deepEqual(
    lint(painted).map(({ rule }) => rule),
    ['colours are for states alone'],
  );
});

test('a panel outside of the 24 columns is misplaced', () => {
  const outside = lint(withPanel(STAT, { gridPos: { x: 22, y: 900, w: 4, h: 4 } }));
  assert.deepEqual(
    outside.map(({ rule }) => rule),
    ['panels lie within 24 columns and not on each other'],
  );
});

/** The shipped dashboard with another panel in the place of the one with that index, counted with rows. */
function withPanel(index: number, change: Partial<Panel>): Dashboard {
  const chosen = panelsOf(NAMESPACE)[index];
  const panels = NAMESPACE.panels.map((panel) => (panel.id === chosen?.id ? { ...panel, ...change } : panel));
  return { ...NAMESPACE, panels };
}

function withDefaults(index: number, change: object): Dashboard {
  const { fieldConfig } = panelsOf(NAMESPACE)[index] ?? {};
  return withPanel(index, {
    fieldConfig: { defaults: { ...fieldConfig?.defaults, ...change }, overrides: fieldConfig?.overrides ?? [] },
  });
}

function withTarget(index: number, change: Partial<Target>): Dashboard {
  const [first, ...rest] = panelsOf(NAMESPACE)[index]?.targets ?? [];
  return withPanel(index, { targets: [{ expr: '', ...first, ...change }, ...rest] });
}

function withVariable(name: string, change: object): Dashboard {
  const list = NAMESPACE.templating.list.map((variable) =>
    variable.name === name ? { ...variable, ...change } : variable,
  );
  return { ...NAMESPACE, templating: { list } };
}
