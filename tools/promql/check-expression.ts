// Reads a PromQL expression as Prometheus does and judges it against the table of series: what exists, of which type, with
// which labels. Labels are followed through aggregations and joins, so that one that was summed away is unknown.
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import type { Fault } from './fault.ts';
import { type Labels, resultOfJoin, withLabels, withoutLabels } from './labels.ts';
import { checkMatcher } from './matcher.ts';
import { KNOWN_SERIES, type SeriesTable } from './series.ts';
import { errorIn, namesIn, operands } from './syntax.ts';

export interface Checked {
  readonly faults: readonly Fault[];
  /** Metrics that it asks for, histograms by their own name. */
  readonly metrics: ReadonlySet<string>;
}

/** `expression` without variables of Grafana or Helm: put plain values in their place before. */
export function checkExpression(expression: string, known: SeriesTable = KNOWN_SERIES): Checked {
  const { topNode } = parser.parse(expression);
  const broken = errorIn(topNode);
  if (broken !== undefined || topNode.firstChild === null) {
    const rest = expression.slice(broken?.from, (broken?.from ?? 0) + 20);
    return { faults: [{ kind: 'does not parse', message: `at "${rest}" in ${expression}` }], metrics: new Set() };
  }
  const walk = new Walk(expression, known);
  walk.finish(walk.shapeOf(topNode.firstChild));
  return walk;
}

/** What a piece of an expression gives. */
interface Shape {
  readonly labels: Labels;
  /** `rising`: a counter as it stands. `scalar`: no series at all. `untold`: of something that is faulty already. */
  readonly values: 'rising' | 'plain' | 'scalar' | 'untold';
  readonly text: string;
}

const OF_COUNTERS = new Set(['rate', 'irate', 'increase', 'resets']);
/** They ask whether or when series are there, never what a counter stands at. */
const OF_PRESENCE = new Set(['absent', 'absent_over_time', 'count_over_time', 'present_over_time', 'timestamp']);
/** What a counter stands at passes through. */
const KEEPS_RISING = new Set(['last_over_time', 'sort', 'sort_desc', 'label_replace', 'label_join']);
const LABELS_UNTOLD = new Set(['absent', 'absent_over_time']);
const NAMES_A_LABEL = new Set(['label_replace', 'label_join']);
const AGGREGATES_PRESENCE = new Set(['count', 'group']);
const AGGREGATES_NOTHING = new Set(['topk', 'bottomk']);
const FILTERS = new Set(['And', 'Unless']);

class Walk implements Checked {
  readonly faults: Fault[] = [];
  readonly metrics = new Set<string>();
  readonly #expression: string;
  readonly #known: SeriesTable;

  constructor(expression: string, known: SeriesTable) {
    this.#expression = expression;
    this.#known = known;
  }

  shapeOf(node: SyntaxNode): Shape {
    switch (node.name) {
      case 'VectorSelector':
        return this.#selector(node);
      case 'FunctionCall':
        return this.#call(node);
      case 'AggregateExpr':
        return this.#aggregation(node);
      case 'BinaryExpr':
        return this.#binary(node);
      case 'NumberDurationLiteral':
      case 'StringLiteral':
        return { labels: new Set(), values: 'scalar', text: this.#text(node) };
      default: {
        // Brackets, ranges, offsets and signs change neither labels nor what the values are.
        const [inner] = operands(node);
        return inner === undefined ? this.#untold(node) : this.shapeOf(inner);
      }
    }
  }

  /** A counter as it stands must not be shown, compared or added up. */
  finish(shape: Shape): void {
    if (shape.values !== 'rising') return;
    this.#fault('counter without a rate', `${shape.text} only rises: rate() or increase() of it tells something`);
  }

  #selector(node: SyntaxNode): Shape {
    const identifier = node.getChild('Identifier');
    const name = identifier === null ? '' : this.#text(identifier);
    const series = this.#known.get(name);
    if (series === undefined) {
      if (this.#known.has(`${name}_bucket`))
        this.#fault('histogram without its part', `${name}: _bucket, _sum or _count?`);
      else this.#fault('unknown metric', `nobody exposes ${name === '' ? this.#text(node) : name}`);
      return this.#untold(node);
    }
    this.metrics.add(series.metric);
    for (const matcher of node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []) {
      const fault = checkMatcher(this.#text(matcher), name, series);
      if (fault !== undefined) this.faults.push(fault);
    }
    const labels = series.labels === 'any' ? 'any' : new Set(series.labels.keys());
    return { labels, values: series.type === 'gauge' ? 'plain' : 'rising', text: this.#text(node) };
  }

  #call(node: SyntaxNode): Shape {
    const name = this.#text(node.getChild('FunctionIdentifier') ?? node);
    const text = this.#text(node);
    const shapes = operands(node.getChild('FunctionCallBody')).map((argument) => this.shapeOf(argument));
    const series = shapes.find(({ values }) => values !== 'scalar');
    if (series === undefined) return { labels: new Set(), values: 'scalar', text };
    if (OF_COUNTERS.has(name)) {
      if (series.values === 'plain')
        this.#fault('rate over a gauge', `${name}() of ${series.text}, which is no counter`);
    } else if (!OF_PRESENCE.has(name) && !KEEPS_RISING.has(name)) this.finish(series);
    const values = KEEPS_RISING.has(name) ? series.values : name === 'scalar' ? 'scalar' : 'plain';
    return { labels: this.#labelsOfCall(name, series, shapes[1]), values, text };
  }

  #labelsOfCall(name: string, series: Shape, second: Shape | undefined): Labels {
    if (LABELS_UNTOLD.has(name)) return 'any';
    if (NAMES_A_LABEL.has(name)) return withLabels(series.labels, [second?.text.slice(1, -1) ?? '']);
    if (name !== 'histogram_quantile') return series.labels;
    if (series.labels !== 'any' && !series.labels.has('le')) {
      this.#fault('quantile without le', `${series.text} has no label le, or has lost it`);
    }
    return withoutLabels(series.labels, ['le']);
  }

  #aggregation(node: SyntaxNode): Shape {
    const text = this.#text(node);
    const operator = this.#text(node.getChild('AggregateOp') ?? node);
    const shapes = operands(node.getChild('FunctionCallBody')).map((argument) => this.shapeOf(argument));
    const series = shapes.at(-1) ?? this.#untold(node);
    if (!AGGREGATES_PRESENCE.has(operator)) this.finish(series);
    const modifier = node.getChild('AggregateModifier');
    const named = namesIn(modifier?.getChild('GroupingLabels'), this.#expression);
    this.#expectLabels(named, series, text);
    if (AGGREGATES_NOTHING.has(operator)) return { labels: series.labels, values: 'plain', text };
    const isWithout = Boolean(modifier?.getChild('Without'));
    return { labels: isWithout ? withoutLabels(series.labels, named) : new Set(named), values: 'plain', text };
  }

  #binary(node: SyntaxNode): Shape {
    const [first, second] = operands(node);
    if (first === undefined || second === undefined) return this.#untold(node);
    const text = this.#text(node);
    const [left, right] = [this.shapeOf(first), this.shapeOf(second)];
    const operator = first.nextSibling?.name ?? '';
    const isFilter = FILTERS.has(operator);
    if (isFilter) {
      this.#expectMatched(node, left, right);
      return { ...left, text };
    }
    this.finish(left);
    this.finish(right);
    if (left.values === 'scalar') return { ...right, values: right.values === 'scalar' ? 'scalar' : 'plain', text };
    if (right.values === 'scalar') return { ...left, values: 'plain', text };
    const join = this.#expectMatched(node, left, right);
    const labels = resultOfJoin(left.labels, right.labels, { ...join, isUnion: operator === 'Or' });
    return { labels, values: 'plain', text };
  }

  /** What the modifiers of an operator say; labels in them must exist on the sides that they speak of. */
  #expectMatched(node: SyntaxNode, left: Shape, right: Shape) {
    const clause = node.getChild('MatchingModifierClause');
    const [matched = [], included = []] = (clause?.getChildren('GroupingLabels') ?? []).map((labels) =>
      namesIn(labels, this.#expression),
    );
    const isOn = Boolean(clause?.getChild('On'));
    const many = clause?.getChild('GroupLeft') ? 'left' : clause?.getChild('GroupRight') ? 'right' : 'neither';
    if (isOn) for (const side of [left, right]) this.#expectLabels(matched, side, this.#text(node));
    if (many !== 'neither') {
      const one = many === 'left' ? right : left;
      this.#expectLabels(included, one, this.#text(node));
      this.#expectOne(one, isOn ? [...matched, ...included] : undefined);
    }
    return { isOn, matched, many, included } as const;
  }

  #expectLabels(named: readonly string[], { labels, text }: Shape, where: string): void {
    for (const label of named) {
      if (labels !== 'any' && !labels.has(label)) {
        this.#fault('unknown label', `${label} is no label of ${text}, in ${where}`);
      }
    }
  }

  /**
   * Prometheus refuses the whole expression where the one side has two series for the same labels, as of a pod that two jobs scrape.
   * Only an aggregation down to what is matched and taken over rules that out.
   */
  #expectOne({ labels, text }: Shape, allowed: readonly string[] | undefined): void {
    if (labels === 'any' || allowed === undefined) return;
    const more = [...labels].filter((label) => !allowed.includes(label));
    if (more.length === 0) return;
    this.#fault('join of many with many', `${text} can have several series that differ in ${more.join(', ')} alone`);
  }

  #untold(node: SyntaxNode): Shape {
    return { labels: 'any', values: 'untold', text: this.#text(node) };
  }

  #text({ from, to }: SyntaxNode): string {
    return this.#expression.slice(from, to);
  }

  #fault(kind: Fault['kind'], message: string): void {
    this.faults.push({ kind, message });
  }
}
