// Five thousand services on the status page, in a real Chromium.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { needTools } from '../../peers/build/peers.ts';
import { CHROMIUM } from '../../peers/build/tool.ts';
import { closeBrowser, openPage } from './browser.ts';
import { serveShop } from './shop.ts';

const SERVICES = 5000;
/** Of a whole page with a hundred rows. */
const MOST_BYTES = 150_000;

function registryOf(count: number): string {
  const services = Array.from({ length: count }, (_, at) => {
    const instances = [1, 2, 3].map((one) => ({
      id: `s${at}-${one}`,
      address: `10.${at >> 8}.${at & 255}.${one}`,
      port: 8080,
    }));
    return { name: `service-${String(at).padStart(4, '0')}`, instances };
  });
  return JSON.stringify({ services });
}

describe('an address that five thousand services share', () => {
  const shared = JSON.stringify({
    services: Array.from({ length: SERVICES }, (_, at) => ({
      name: `service-${String(at).padStart(4, '0')}`,
      instances: [{ id: `s${at}`, address: '10.0.0.1', port: 8080 + at }],
    })),
  });

  test('is answered with twenty of them, in few bytes', async (t) => {
    const { admin } = await serveShop(t, shared);
    for (const path of ['/service?name=10.0.0.1', '/debug/explain?name=10.0.0.1']) {
      const text = await (await fetch(`${admin}${path}`)).text();
      assert.match(text, /The first 20 of 5000 services/);
      assert.ok(text.length < MOST_BYTES, `${path}: ${text.length}`);
    }
  });
});

describe('a page of five thousand services', needTools(CHROMIUM), () => {
  after(closeBrowser);

  test('holds a hundred rows at a time, and no update fetches more', async (t) => {
    const { admin, registryPath } = await serveShop(t, registryOf(SERVICES));
    const { page, faults, requests } = await openPage(t, admin);
    const rows = page.locator('.services tbody tr');
    await page.getByText('5\u202f000 services, page 1 of 50').waitFor();
    assert.equal(await rows.count(), 100);
    writeFileSync(registryPath, registryOf(SERVICES + 1));
    const answer = page.waitForResponse(`${admin}/`);
    await page.locator('.count', { hasText: '5\u202f001' }).waitFor();
    const bytes = (await (await answer).body()).length;
    assert.ok(bytes < MOST_BYTES, `${bytes} bytes`);
    assert.equal(await rows.count(), 100);
    assert.deepEqual([...new Set(requests.map((url) => new URL(url).pathname))].sort(), [
      '/',
      '/icon.svg',
      '/page.js',
      '/style.css',
    ]);
    assert.deepEqual(faults, []);
  });

  test('finds one of them by what one types, with one request when one stops', async (t) => {
    const { admin } = await serveShop(t, registryOf(SERVICES));
    const { page, faults, requests } = await openPage(t, admin, { fakeTime: true });
    const typed = () => requests.filter((url) => url.includes('filter='));
    await page.keyboard.press('/');
    for (const letter of 's4321-2') {
      await page.keyboard.type(letter);
      await page.clock.runFor(50);
    }
    assert.deepEqual(typed(), []);
    await Promise.all([page.waitForRequest(/filter=/), page.clock.runFor(500)]);
    await page.getByText('1 of 5\u202f000 services').waitFor();
    assert.deepEqual(typed(), [`${admin}/?filter=s4321-2`]);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/service?registry=file&name=service-4321');
    assert.deepEqual(faults, []);
  });

  test('is turned page by page, in the order that was asked for', async (t) => {
    const { admin } = await serveShop(t, registryOf(SERVICES));
    const { page, faults } = await openPage(t, `${admin}/?page=49&filter=service`);
    await page.getByText('page 49 of 50', { exact: true }).waitFor();
    const names = page.locator('.services tbody th');
    assert.equal(await names.first().textContent(), 'service-4800');
    await page.getByRole('link', { name: 'Next' }).click();
    await page.getByText('page 50 of 50', { exact: true }).waitFor();
    assert.equal(await names.last().textContent(), 'service-4999');
    assert.equal(await page.getByRole('link', { name: 'Next' }).count(), 0);
    assert.equal(await page.locator('#filter-text').inputValue(), 'service');
    assert.deepEqual(faults, []);
  });
});
