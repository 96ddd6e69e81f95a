// The status page in a real Chromium, over the bundle as people run it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { serveBundle } from '../../e2e/bundle.ts';
import { needTools } from '../../peers/build/peers.ts';
import { CHROMIUM } from '../../peers/build/tool.ts';
import { closeBrowser, openPage } from './browser.ts';

const SHOP = `services:
  - { name: orders, instances: [{ id: orders-1, address: 10.0.0.1, port: 8080 }] }
  - { name: invoices, instances: [{ id: invoices-1, address: 10.0.0.2, port: 8080, status: down }] }
  - { name: thumbnails, instances: [{ id: thumbnails-1, address: 127.0.0.1, port: 8080 }] }
`;

describe('the status page', needTools(CHROMIUM), () => {
  after(closeBrowser);

  test('is filtered while one types, by the server, and the filter stands in the address', async (t) => {
    const { admin } = await serveBundle(t, SHOP);
    const { page, faults } = await openPage(t, admin);
    const rows = page.locator('.services tbody tr');
    assert.equal(await rows.count(), 3);
    await page.keyboard.press('/');
    await page.keyboard.type('10.0.0.2');
    await page.waitForURL('**/?filter=10.0.0.2*');
    await page.getByText('1 of 3 services').waitFor();
    assert.match((await rows.allTextContents()).join(), /^invoices/);
    await page.keyboard.press('Escape');
    await page.getByText('3 services.', { exact: true }).waitFor();
    assert.deepEqual(faults, []);
  });

  test('shows a change of the registry without being loaded again', async (t) => {
    const { admin, registryPath } = await serveBundle(t, SHOP);
    const { page, faults } = await openPage(t, admin);
    await page.evaluate('window.isTheSame = true');
    writeFileSync(
      registryPath,
      `${SHOP}  - { name: carts, instances: [{ id: carts-1, address: 10.0.0.9, port: 8080 }] }\n`,
    );
    await page.getByRole('link', { name: 'carts' }).first().waitFor();
    await page.locator('.services tbody tr').nth(3).waitFor();
    assert.equal(await page.evaluate('window.isTheSame'), true);
    assert.deepEqual(faults, []);
  });

  test('says that the registry cannot be read, and why, and that it is well again', async (t) => {
    const { admin, registryPath } = await serveBundle(t, SHOP);
    const { page, faults } = await openPage(t, admin);
    const state = page.locator('#state');
    assert.equal(await state.textContent(), 'Live');
    writeFileSync(registryPath, 'services: [');
    await page.locator('#state', { hasText: 'Stale' }).waitFor();
    assert.match(
      (await page.locator('#registries .error').textContent()) ?? '',
      /^FILE_SYNTAX The file cannot be parsed: line 1,/,
    );
    assert.equal(await page.locator('.services tbody tr').count(), 3);
    writeFileSync(registryPath, SHOP);
    await page.locator('#state', { hasText: 'Live' }).waitFor();
    assert.equal(await page.locator('#registries .error').count(), 0);
    assert.deepEqual(faults, []);
  });
});
