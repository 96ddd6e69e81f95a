// The habits that make a dashboard dependable, as rules over the JSON that Grafana gets. What is wrong with an expression is
// told by tools/promql; here is what is wrong with a page.
import { type Dashboard, expressionsOf, type Override, type Panel, panelsOf } from './grafana.ts';

/** One sentence for everything that breaks the rule. */
type Rule = (dashboard: Dashboard) => readonly string[];

const VARIABLE = '${datasource}';
const LINK = /^\/d\/footbridge-(fleet|namespace)$|^\$\{runbooks:raw\}(README|Footbridge\w+)\.md$/;
const COLOURS = new Set(['green', 'orange', 'red', 'text']);
const DESCRIPTION = /^[A-Z][^\n]+\?\n\nNormal: [^\n]+\.\n\nOtherwise: [^\n]+\.$/;
/** Nothing is absent where nothing fires, so that its absence means zero. */
const ABSENCE_IS_ZERO = /^count\(ALERTS\{/;

export const RULES = {
  'the uid is fixed and readable': ({ uid }) => (/^footbridge-[a-z]+$/.test(uid) ? [] : [`uid ${uid}`]),
  'the file is the truth: it is not edited': ({ editable }) => (editable ? ['editable'] : []),
  'it shows one hour and refreshes every 30 s': ({ time, refresh }) =>
    time.from === 'now-1h' && time.to === 'now' && refresh === '30s' ? [] : [`${refresh}, from ${time.from}`],
  'the data source is one variable': ({ templating }) => {
    const sources = templating.list.filter(({ type }) => type === 'datasource').map(({ name }) => name);
    return sources.join() === 'datasource' ? [] : [`variables for data sources: ${sources.join(', ')}`];
  },
  'everything asks that data source': (dashboard) => [
    ...panelsOf(dashboard).flatMap((panel) =>
      [panel, ...(panel.targets ?? [])].some(({ datasource }) => datasource?.uid !== VARIABLE) ? [panel.title] : [],
    ),
    ...queryVariables(dashboard).flatMap(({ name, datasource }) => (datasource?.uid === VARIABLE ? [] : [name])),
    ...dashboard.annotations.list.flatMap(({ name, datasource }) => (datasource?.uid === VARIABLE ? [] : [name])),
  ],
  'variables follow the time range': (dashboard) =>
    queryVariables(dashboard).flatMap(({ name, refresh }) => (refresh === 2 ? [] : [name])),
  'every panel asks something': each(({ targets }) => (targets ?? []).length > 0),
  'every title is a short noun phrase': each(({ title }) => /^[A-Z][\w ,()-]{2,49}$/.test(title)),
  'no title stands twice': (dashboard) => repeated(panelsOf(dashboard).map(({ title }) => title)),
  'a description has a question, what is normal and where to look otherwise': each(({ description = '' }) =>
    DESCRIPTION.test(description),
  ),
  'no description stands twice': (dashboard) =>
    repeated(panelsOf(dashboard).map(({ description = '' }) => description)),
  'every panel has a unit': each(({ fieldConfig }) => (fieldConfig?.defaults.unit ?? '') !== ''),
  'ids differ': ({ panels }) => repeated(withInner(panels).map(({ id }) => String(id))),
  'panels lie within 24 columns and not on each other': ({ panels }) => misplaced(withInner(panels)),
  'every line and number has a legend': each(
    ({ type, targets }) => type === 'table' || (targets ?? []).every(({ legendFormat = '' }) => legendFormat !== ''),
  ),
  'numbers and tables are asked for now, lines over time': each(({ type, targets }) =>
    (targets ?? []).every(({ instant = false }) => instant === (type === 'stat' || type === 'table')),
  ),
  'lines begin at zero and show gaps as gaps': each(
    ({ type, fieldConfig }) =>
      type !== 'timeseries' || (fieldConfig?.defaults.min === 0 && fieldConfig.defaults.custom?.spanNulls !== true),
  ),
  'colours are for states alone': each(hasColoursOfStates),
  'rates are taken over $__rate_interval': ({ ...dashboard }) =>
    faulty(dashboard, (expr) => /\b(rate|increase|irate)\((?:[^()]|\([^()]*\))*?\[(?!\$__rate_interval\])/.test(expr)),
  'absence means zero where nothing else is meant': (dashboard) =>
    faulty(dashboard, (expr) => expr.includes('vector(0)') && !ABSENCE_IS_ZERO.test(expr)),
  'every selector is narrowed to the choice of the variables': (dashboard) =>
    faulty(dashboard, (expr) => selectorsOf(expr).some((selector) => !isNarrowed(selector, dashboard.uid))),
  'links lead to a dashboard by its uid, or to a runbook': (dashboard) =>
    [...dashboard.links, ...panelsOf(dashboard).flatMap(({ links }) => links ?? [])].flatMap(({ url }) =>
      LINK.test(url) ? [] : [url],
    ),
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;

/** What breaks which rule; none is good. */
export function lint(dashboard: Dashboard): readonly { readonly rule: RuleName; readonly what: string }[] {
  return Object.entries<Rule>(RULES).flatMap(([rule, broken]) =>
    broken(dashboard).map((what) => ({ rule: rule as RuleName, what })),
  );
}

function each(isGood: (panel: Panel) => boolean): Rule {
  return (dashboard) => panelsOf(dashboard).flatMap((panel) => (isGood(panel) ? [] : [panel.title]));
}

function queryVariables({ templating }: Dashboard) {
  return templating.list.filter(({ type }) => type === 'query');
}

function repeated(texts: readonly string[]): readonly string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}

function withInner(panels: readonly Panel[]): readonly Panel[] {
  return panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]);
}

function misplaced(panels: readonly Panel[]): readonly string[] {
  return panels.flatMap(({ title, gridPos: a }, index) => {
    const isOutside = a.x < 0 || a.w < 1 || a.h < 1 || a.x + a.w > 24;
    const isCovered = panels
      .slice(0, index)
      .some(({ gridPos: b }) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h);
    return isOutside || isCovered ? [title] : [];
  });
}

function hasColoursOfStates({ type, fieldConfig }: Panel): boolean {
  const { color, thresholds, mappings = [] } = fieldConfig?.defaults ?? {};
  const used = [
    ...(thresholds?.steps ?? []).map((step) => step.color),
    ...mappings.flatMap(({ options }) => Object.values(options).map((result) => result.color)),
    ...(fieldConfig?.overrides ?? []).flatMap(({ properties }) => properties.flatMap(fixedColour)),
  ];
  const isOwnPalette = type !== 'timeseries' || color?.mode === 'palette-classic';
  return isOwnPalette && color?.mode !== 'fixed' && used.every((one) => COLOURS.has(one));
}

function fixedColour({ id, value }: Override['properties'][number]): readonly string[] {
  return id === 'color' ? [(value as { readonly fixedColor: string }).fixedColor] : [];
}

function faulty(dashboard: Dashboard, isFaulty: (expr: string) => boolean): readonly string[] {
  return expressionsOf(dashboard).flatMap(({ where, expr }) => (isFaulty(expr) ? [where] : []));
}

function selectorsOf(expr: string): readonly string[] {
  return [
    ...expr.matchAll(/\b(?:footbridge|process|nodejs|pilot)_\w+(?:\{[^}]*\})?|\b(?:up|ALERTS)\b(?:\{[^}]*\})?/g),
  ].map(([selector]) => selector);
}

function isNarrowed(selector: string, uid: string): boolean {
  const isOfPods = uid === 'footbridge-namespace' && !selector.startsWith('pilot_');
  return ['cluster=~"$cluster"', ...(isOfPods ? ['namespace=~"$runs_in"', 'pod=~"$pod"'] : [])].every((matcher) =>
    selector.includes(matcher),
  );
}
