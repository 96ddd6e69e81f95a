// Both dashboards are asked of a real Prometheus that has scraped real bridges while a story was played to them, and every
// panel must show what the story says. Pictures are drawn from the same answers.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Dashboard, type Panel, panelsOf } from '../../../tools/dashboards/grafana.ts';
import { substituted } from '../../../tools/dashboards/variables.ts';
import { needPeers, needTools } from '../../peers/build/peers.ts';
import { CHROMIUM, PROMETHEUS } from '../../peers/build/tool.ts';
import { Teardown } from '../../peers/run/teardown.ts';
import { FLEET, NAMESPACE } from '../../unit/tools/dashboards/generated.ts';
import { type Choice, valuesFor } from './choice.ts';
import type { Expectation, Expectations } from './expectation.ts';
import { EXPECTED_OF_FLEET } from './expected-fleet.ts';
import { EXPECTED_OF_NAMESPACE } from './expected-namespace.ts';
import { answersFor } from './picture/answers.ts';
import { pictureOf } from './picture/html.ts';
import { photograph } from './picture/photograph.ts';
import type { Series, Span } from './prometheus.ts';
import { nameOf } from './shown.ts';
import { CHAPTERS, type Chapter, type Played, play } from './story.ts';

interface Page {
  readonly dashboard: Dashboard;
  readonly expected: Readonly<Record<string, Expectations>>;
  readonly choice: Choice;
}

const PAGES: readonly Page[] = [
  { dashboard: FLEET, expected: EXPECTED_OF_FLEET, choice: {} },
  { dashboard: NAMESPACE, expected: EXPECTED_OF_NAMESPACE, choice: { namespace: 'shop' } },
];
/** A line for each code that has a problem: without problems there is none, and the line of all codes shows the zero. */
const EMPTY_WHEN_ALL_IS_WELL = new Set(['Problems by code {{code}}']);

/** Pictures of the README change when somebody wants them to. */
const UPDATES = Boolean(process.env['UPDATE_PICTURES']);
/** As much of a dashboard as a page of the documentation has room for. */
const ROWS_IN_DOCS = 4;

const peers = await needPeers('istiod', 'envoy', 'zookeeper');
const needs = peers.skip === false ? needTools(PROMETHEUS) : peers;

describe('A story, told by the dashboards', needs, () => {
  const teardown = new Teardown();
  let played: Played;
  before(async () => {
    played = await play(teardown);
  });
  after(() => teardown.run());

  for (const { dashboard, expected, choice } of PAGES) {
    describe(dashboard.title, () => {
      test('has an expectation for each panel, and for no other', () => {
        const titles = panelsOf(dashboard).map(({ title }) => title);
        assert.deepEqual(Object.keys(expected).sort(), [...titles].sort());
      });

      for (const panel of panelsOf(dashboard)) {
        for (const expectation of expected[panel.title] ?? []) {
          test(sentence(panel, expectation), async () => {
            const values = await valuesFor(played.prometheus, dashboard, expectation.choice ?? choice);
            const moments = await shownMoments(played, panel, expectation, values);
            assert.ok(
              moments.some((shown) => fits(shown, expectation)),
              `at last it showed ${JSON.stringify(Object.fromEntries(moments.at(-1) ?? []))}`,
            );
          });
        }
      }

      test('no query of any panel is ever wrong, or without an answer once all is running', async () => {
        const values = await valuesFor(played.prometheus, dashboard, choice);
        for (const panel of panelsOf(dashboard)) {
          for (const target of panel.targets ?? []) {
            for (const chapter of CHAPTERS) {
              const answer = await atTheEndOf(played, chapter, substituted(target.expr, values));
              const mayBeEmpty =
                chapter === 'never read' || EMPTY_WHEN_ALL_IS_WELL.has(`${panel.title} ${target.legendFormat}`);
              assert.ok(answer.length > 0 || mayBeEmpty, `${panel.title}, ${chapter}: ${target.expr}`);
            }
          }
        }
      });

      test('can be looked at', needTools(CHROMIUM), async () => {
        const values = await valuesFor(played.prometheus, dashboard, choice);
        const answers = await answersFor(played.prometheus, dashboard, values, wholeOf(played));
        const name = dashboard.uid.replace('footbridge-', 'dashboard-');
        const picture = pictureOf(dashboard, answers, false);
        const inDocs = { path: `docs/images/${name}.png`, untilY: picture.rowTops[ROWS_IN_DOCS] ?? picture.height };
        await photograph(picture, [{ path: `.cache/pictures/${name}.png` }, ...(UPDATES ? [inDocs] : [])]);
        const unfolded = [{ path: `.cache/pictures/${name}-unfolded.png` }];
        const lines = panelsOf(dashboard).filter(({ type }) => type === 'timeseries').length;
        assert.equal(await photograph(pictureOf(dashboard, answers, true), unfolded), lines);
      });

      test('marks the starts of processes and the holds', async () => {
        const values = await valuesFor(played.prometheus, dashboard, choice);
        const marks = async (chapter: Chapter, name: string) => {
          const annotation = dashboard.annotations.list.find((one) => one.name === name);
          return atTheEndOf(played, chapter, substituted(annotation?.expr ?? '', values));
        };
        for (const { labels } of await marks('healthy', 'Starts'))
          assert.match(labels['version'] ?? '', /^\d+\.\d+\.\d+/);
        assert.equal((await marks('healthy', 'Starts')).length, dashboard === FLEET ? 3 : 2);
        assert.equal((await marks('healthy', 'Holds')).length, 0);
        assert.equal((await marks('everything gone', 'Holds')).length, 2);
      });
    });
  }
});

/** Name of a series → value, at one moment. */
type Shown = ReadonlyMap<string, number>;

async function shownMoments(
  { prometheus, spans }: Played,
  panel: Panel,
  expectation: Expectation,
  values: Readonly<Record<string, string>>,
): Promise<readonly Shown[]> {
  const span = spans.get(expectation.in);
  assert.ok(span, `the chapter "${expectation.in}" was played`);
  const range = expectation.when === undefined ? { fromS: span.toS, toS: span.toS } : span;
  const moments = new Map<number, Map<string, number>>();
  for (const target of panel.targets ?? []) {
    for (const series of await prometheus.queryRange(substituted(target.expr, values), range)) {
      addPoints(moments, nameOf(panel, target, series), series);
    }
  }
  return moments.size === 0 ? [new Map()] : [...moments.values()];
}

function addPoints(moments: Map<number, Map<string, number>>, name: string, { points }: Series): void {
  for (const [atS, value] of points) {
    const shown = moments.get(atS) ?? new Map<string, number>();
    moments.set(atS, shown.set(name, value));
  }
}

function fits(shown: Shown, { shows }: Expectation): boolean {
  return Object.entries(shows).every(([name, judge]) => judge.accepts(shown.get(name)));
}

function wholeOf({ spans }: Played): Span {
  const all = [...spans.values()];
  return { fromS: Math.min(...all.map(({ fromS }) => fromS)), toS: Math.max(...all.map(({ toS }) => toS)) };
}

async function atTheEndOf({ prometheus, spans }: Played, chapter: Chapter, expr: string): Promise<readonly Series[]> {
  return prometheus.query(expr, spans.get(chapter)?.toS);
}

function sentence({ title }: Panel, { in: chapter, when, choice, shows }: Expectation): string {
  const told = Object.entries(shows).map(([name, { text }]) => `${name} ${text}`);
  const chosen = choice === undefined ? '' : ` for ${choice['namespace'] ?? 'all'}`;
  return `${title}${chosen}, "${chapter}"${when === undefined ? '' : `, ${when}`}: ${told.join(', ')}`;
}
