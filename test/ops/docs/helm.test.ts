// Every `helm install` and `helm upgrade` that a page tells people to run is rendered by both Helms, with the values that the page shows
// or names, and what it says of the release afterwards is true of it.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { BLOCKS } from '../../docs/pages.ts';
import { needPeers } from '../../peers/build/peers.ts';
import { HELMS, helm, notes, type Rendered, render } from '../chart/helm.ts';
import { at } from '../chart/pick.ts';

interface Installation {
  readonly page: string;
  readonly line: string;
  /** Behind `helm install` or `helm upgrade --install`. */
  readonly words: readonly string[];
}

const installations = BLOCKS.filter(({ language }) => language === 'console').flatMap(({ page, text }) =>
  [...text.replaceAll(/\\\n */g, '').matchAll(/^helm (?:install|upgrade --install) (.+)$/gm)].map(
    ([line, rest = '']): Installation => ({ page, line, words: rest.split(/ +/) }),
  ),
);

describe('every installation that a page shows', await needPeers(...HELMS), () => {
  test('is found', () =>
    assert.ok(installations.some(({ page }) => page === 'README.md') && installations.length >= 4));

  for (const { page, line, words } of installations)
    test(`can be rendered by both Helms: ${line} (${page})`, () => {
      withValuesOf(page, (values) => {
        for (const which of HELMS) {
          const said = helm(['template', ...words.filter((word) => !OF_A_CLUSTER.has(word)).map(values)], which);
          const kinds = parseAllDocuments(said).map((document) => (document.toJS() as Rendered | null)?.kind);
          assert.ok(kinds.includes('Deployment'), said);
        }
      });
    });
});

/** Say nothing to `helm template`. */
const OF_A_CLUSTER = new Set(['--create-namespace', '--wait']);

/** Hands in what stands for a file of values that the page itself shows. */
function withValuesOf(page: string, run: (values: (word: string) => string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-values-'));
  try {
    const shown = BLOCKS.filter((block) => block.page === page && block.language === 'yaml' && isValues(block.text));
    for (const { words, text } of shown) writeFileSync(join(folder, words[0] ?? 'values.yaml'), text);
    run((word) => (word === 'values.yaml' ? join(folder, word) : word));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isValues(text: string): boolean {
  return Object.hasOwn(parse(text) as object, 'image');
}

describe('what README.md says of its installation', await needPeers('helm4'), () => {
  const values: unknown = parse(
    BLOCKS.find(({ page, text }) => page === 'README.md' && isYamlValues(text))?.text ?? '',
  );
  const sources =
    BLOCKS.find(({ page, text }) => page === 'README.md' && text.startsWith('configSources:'))?.text ?? '';

  test('names the address that the notes of the release print', () => {
    const [, address = ''] = (parse(sources) as { configSources: { address: string }[] }).configSources.map(
      (source) => source.address,
    );
    assert.match(notes({ values }), new RegExp(`- address: ${address}\n`));
  });

  test('names objects that the release has', () => {
    const objects = render({ values }).map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`);
    const named = BLOCKS.filter(({ page }) => ['README.md', 'docs/getting-started.md', 'docs/faq.md'].includes(page))
      .flatMap(({ text }) => [...text.matchAll(/\b(deployment\/|configmap )(footbridge)\b/g)])
      .map(([, kind = '', name = '']) => `${kind.trim().replace('/', '')}/${name}`);
    assert.ok(named.length >= 3);
    assert.deepEqual(
      named.filter((name) => !objects.includes(name)),
      [],
    );
  });

  test('selects the pods of the bridge, and of the test none, where it says how to list the replicas', () => {
    const selectors = BLOCKS.filter(({ page }) => page === 'docs/getting-started.md').flatMap(({ text }) =>
      [...text.matchAll(/get pods --selector (\S+)/g)].map(([, selector = '']) => selector.split(',')),
    );
    assert.ok(selectors.length > 0);
    const owners = ['Pod', 'Deployment'];
    const objects = render({ values }).filter(({ kind }) => owners.includes(kind));
    assert.deepEqual(new Set(objects.map(({ kind }) => kind)), new Set(owners));
    for (const selector of selectors) {
      const selected = objects.filter((object) => {
        const pod = object.kind === 'Pod' ? object : at(object, 'spec.template');
        return selector.every((term) => {
          const [label = '', value] = term.split('=');
          return at(pod, ['metadata', 'labels', label]) === value;
        });
      });
      assert.deepEqual(
        selected.map(({ kind }) => kind),
        ['Deployment'],
      );
    }
  });
});

function isYamlValues(text: string): boolean {
  return text.startsWith('image:');
}
