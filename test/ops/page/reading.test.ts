// The pages in a real Chromium, for everybody: by keys alone, without a script, on a narrow screen, in the dark.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { DARK, LIGHT } from '../../../src/admin/palette.ts';
import { needTools } from '../../peers/build/peers.ts';
import { CHROMIUM } from '../../peers/build/tool.ts';
import { closeBrowser, openPage, STRANGER } from './browser.ts';
import { serveShop, shopWith } from './shop.ts';

/** Many labels beside many ports, so that the columns of a table want more than there is. */
const WORDY = `services:
  - name: thumbnails
    instances:
${[1, 2, 3]
  .map(
    (at) =>
      `      - { id: "thumbnails-${at}:8080", address: 192.168.200.10${at}, weight: 100, locality: eu-central-1/eu-central-1a, ports: [${['http', 'admin', 'metrics'].map((name, index) => `{ name: ${name}, number: ${8080 + index}, protocol: http }`).join(', ')}], metadata: { version: v2026, environment: production } }`,
  )
  .join('\n')}
  - { name: refused, instances: [{ address: 8.8.8.8, port: 80 }, { address: 10.0.0.1, port: 0 }, { id: nothing }] }
`;

/** Words, and parts of names between separators, of up to fourteen letters and digits in tables that stand on more than one line. */
const BROKEN_WORDS = `(() => {
  const broken = [];
  for (const cell of document.querySelectorAll('table th, table td')) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const { 0: word, index } of texts.currentNode.data.matchAll(/[A-Za-z0-9]{2,14}/g)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, index);
        range.setEnd(texts.currentNode, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) broken.push(word + ' in ' + cell.textContent);
      }
    }
  }
  return broken;
})()`;

const focusedText = (page: Page) => page.evaluate('document.activeElement.textContent.trim()');

describe('the status page', needTools(CHROMIUM), () => {
  after(closeBrowser);

  test('is filtered while one types, by the server, and the filter stands in the address', async (t) => {
    const { admin } = await serveShop(t);
    const { page, faults, requests } = await openPage(t, admin);
    const rows = page.locator('.services tbody tr');
    const names = page.locator('.services tbody th a');
    assert.equal(await rows.count(), 3);
    await page.keyboard.press('/');
    await page.keyboard.type('10.0.0.2');
    await page.getByText('1 of 3 services').waitFor();
    assert.equal(new URL(page.url()).search, '?filter=10.0.0.2');
    assert.ok(requests.includes(`${admin}/?filter=10.0.0.2`));
    assert.deepEqual(await names.allTextContents(), ['invoices']);
    await page.reload();
    assert.deepEqual(await names.allTextContents(), ['invoices']);
    assert.equal(await page.locator('#filter-text').inputValue(), '10.0.0.2');
    await page.locator('#filter-text').press('Escape');
    await page.getByText('3 services.', { exact: true }).waitFor();
    await page.locator('#filter-state').selectOption('problems');
    await page.getByText('1 of 3 services').waitFor();
    assert.deepEqual(await names.allTextContents(), ['thumbnails']);
    assert.equal(new URL(page.url()).search, '?state=problems');
    assert.deepEqual(faults, []);
  });

  test('is walked by keys alone: skip link, filter, list, a service, its stages', async (t) => {
    const { admin } = await serveShop(t);
    const { page, faults } = await openPage(t, admin);
    await page.keyboard.press('Tab');
    assert.equal(await focusedText(page), 'Skip to the content');
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    assert.equal(outline, 'solid', 'one sees where one is');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.id'), 'content');
    await page.keyboard.press('/');
    assert.equal(await page.evaluate('document.activeElement.id'), 'filter-text');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focusedText(page), 'invoices', 'the worst first: it has no endpoint');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focusedText(page), 'thumbnails');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate('document.activeElement.id'), 'filter-text');
    await page.keyboard.type('thumb');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/service?*');
    assert.match((await page.locator('h1').textContent()) ?? '', /^thumbnails.*partly in the mesh$/s);
    const stages = await page.locator('.way > li .title b:first-child').allTextContents();
    assert.deepEqual(
      stages.join(' '),
      'registry scope instances guard host ports validation admission entry snapshot clients',
    );
    assert.match((await page.locator('.way').textContent()) ?? '', /ADDRESS_RESERVED.*Correct the address/s);
    assert.deepEqual(faults, []);
  });

  test('can be read without a script: filter, opened problems, pages of services', async (t) => {
    const { admin } = await serveShop(t);
    const { page, faults } = await openPage(t, admin, { javaScriptEnabled: false });
    await page.getByText('reload to update').waitFor();
    await page.locator('.services summary').click();
    assert.equal(await page.locator('.services .problems').isVisible(), true);
    await page.locator('#filter-text').fill('invoices');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByText('1 of 3 services').waitFor();
    await page.locator('.services').getByRole('link', { name: 'invoices' }).click();
    await page.getByText('Its way, stage by stage').waitFor();
    assert.deepEqual(faults, []);
  });

  test('explains every code on the spot, and shows which services have it', async (t) => {
    const { admin } = await serveShop(t);
    const { page, faults } = await openPage(t, admin);
    await page.locator('#problems summary').click();
    await page.getByText('Correct the address that the instance registers.').first().waitFor();
    await page.getByRole('link', { name: 'Show where' }).click();
    await page.getByText('1 of 3 services').waitFor();
    assert.deepEqual(faults, []);
  });

  test('fits a screen of 360 pixels, with names that nobody would choose', async (t) => {
    const long = 'com.example.shop.orders.internal.VeryLongInterfaceNameThatNobodyEverBreaks'.repeat(3);
    const { admin } = await serveShop(t, shopWith(long, 'x'.repeat(200)));
    for (const path of ['/', `/service?registry=file&name=${long}`, '/service?name=nobody', '/changes', '/debug/']) {
      for (const width of [360, 800, 1440]) {
        const { page, faults } = await openPage(t, `${admin}${path}`, { viewport: { width, height: 640 } });
        await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width, `${path} at ${width}`);
        // A browser tells of a page that is not found, which is what this one says.
        assert.deepEqual(
          faults.filter((fault) => !(path.endsWith('nobody') && fault.includes('status of 404'))),
          [],
        );
      }
    }
  });

  test('breaks no number and no short word of a table, at any width of a screen', async (t) => {
    const { admin } = await serveShop(t, WORDY);
    for (const path of ['/', '/service?registry=file&name=thumbnails']) {
      for (const width of [800, 1280, 1440]) {
        const { page } = await openPage(t, `${admin}${path}`, { viewport: { width, height: 640 } });
        const broken = await page.evaluate(BROKEN_WORDS);
        assert.deepEqual(broken, [], `${path} at ${width}`);
      }
    }
  });

  test('is no page for a stranger whose name leads to loopback', async (t) => {
    const { admin } = await serveShop(t);
    const { page } = await openPage(t, admin.replace('127.0.0.1', STRANGER));
    assert.match((await page.textContent('body')) ?? '', /^this name is not one of this bridge/);
    const read = await page.evaluate(
      `Promise.all(['/', '/debug/config', '/service?name=orders'].map(async (path) => (await fetch(path)).status))`,
    );
    assert.deepEqual(read, [421, 421, 421]);
  });

  test('is light or dark as the reader has it', async (t) => {
    const { admin } = await serveShop(t);
    for (const [colorScheme, { ground }] of [
      ['light', LIGHT],
      ['dark', DARK],
    ] as const) {
      const { page } = await openPage(t, admin, { colorScheme });
      const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(ground.slice(at, at + 2), 16));
      const painted = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      assert.equal(painted, `rgb(${red}, ${green}, ${blue})`);
    }
  });

  test('announces the state and nothing else', async (t) => {
    const { admin } = await serveShop(t);
    const { page } = await openPage(t, admin);
    assert.equal(await page.locator('[aria-live], [role=alert], [role=log]').count(), 0);
    const announced = await page.getByRole('status').allTextContents();
    assert.deepEqual(
      announced.map((text) => text.trim().replace(/\s+/g, ' ')),
      ['Live The registry is read well, and 2 services are served.'],
    );
    for (const table of await page.getByRole('table').all()) {
      assert.notEqual(await table.locator('caption').textContent(), '');
      assert.equal(await table.locator('th:not([scope])').count(), 0);
    }
  });
});
