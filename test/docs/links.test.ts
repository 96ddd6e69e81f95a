// A reader who follows a link arrives, and a reader who starts at README.md can arrive everywhere.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { anchorsOf, LINKS, PAGES, type Page } from './pages.ts';

const pageAt = new Map(PAGES.map((page): [string, Page] => [page.path, page]));

/** A link to a folder shows its README. */
function landingPage(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, 'README.md') : path;
}

test('every relative link of a page leads to a file, and every image exists', () => {
  const broken = LINKS.filter(({ path }) => !existsSync(path)).map(({ page, path }) => `${page} → ${path}`);
  assert.deepEqual(broken, []);
});

test('every link to a place within a page finds its heading there', () => {
  const anchored = LINKS.filter(({ anchor }) => anchor !== undefined);
  assert.ok(anchored.length > 0);
  const lost = anchored.filter(({ path, anchor = '' }) => {
    const target = pageAt.get(landingPage(path));
    return target === undefined || !anchorsOf(target).has(anchor);
  });
  assert.deepEqual(
    lost.map(({ page, path, anchor }) => `${page} → ${path}#${anchor}`),
    [],
  );
});

test('every page can be reached by links from README.md', () => {
  const reached = new Set<string>();
  const open = ['README.md'];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    open.push(...LINKS.filter(({ page }) => page === path).map((link) => landingPage(link.path)));
  }
  assert.deepEqual(
    PAGES.map(({ path }) => path).filter((path) => !reached.has(path)),
    [],
  );
});

test('docs/README.md names every page of docs that no other page owns', () => {
  const named = new Set(LINKS.filter(({ page }) => page === 'docs/README.md').map(({ path }) => landingPage(path)));
  // Runbooks and records of decisions have an index of their own.
  const pages = PAGES.map(({ path }) => path).filter((path) => dirname(path) === 'docs' && path !== 'docs/README.md');
  assert.deepEqual(
    pages.filter((path) => !named.has(path)),
    [],
  );
});

test('every npm script that a page names exists', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = PAGES.flatMap(({ text }) => [...text.matchAll(/npm run (\w[\w:-]*)/g)].map(([, name = '']) => name));
  assert.deepEqual(
    named.filter((name) => !(name in scripts)),
    [],
  );
});

test('every path of the repository that a page names exists', () => {
  const missing = PAGES.flatMap((page) =>
    [...page.text.matchAll(/`((?:src|test|docs|tools|bench|proto|examples|charts|dashboards)\/[^`\s*{}<>]*)`/g)]
      .map(([, path = '']) => path)
      .filter((path) => !existsSync(path))
      .map((path) => `${page.path} names ${path}`),
  );
  assert.deepEqual(missing, []);
});
