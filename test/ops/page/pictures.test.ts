// Pictures of the pages, for people to look at: a bridge with much to tell, in good times and in bad ones. They go to
// .cache/pictures; with UPDATE_PICTURES=1 the one that the documents show is made anew too.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, describe, type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { needTools } from '../../peers/build/peers.ts';
import { CHROMIUM } from '../../peers/build/tool.ts';
import { closeBrowser, type OpenOptions, openPage } from './browser.ts';
import { startPayments } from './payments.ts';

const PICTURES = '.cache/pictures';
const SHOWN = 'docs/images/status-page.png';
const MOST_BYTES = 300_000;

const DARK: OpenOptions = { colorScheme: 'dark' };
const NARROW: OpenOptions = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 };

/** The path of the picture that was drawn of a page as it opens, whole unless it is to show what one screen shows. */
async function draw(
  t: TestContext,
  name: string,
  url: string,
  options: OpenOptions = {},
  fullPage = true,
): Promise<string> {
  const { page, faults } = await openPage(t, url, options);
  await page.locator('.headline').first().waitFor();
  const path = await drawNow(page, name, fullPage);
  assert.deepEqual(faults, []);
  return path;
}

async function drawNow(page: Page, name: string, fullPage = true): Promise<string> {
  const path = join(PICTURES, `page-${name}.png`);
  await page.screenshot({ path, fullPage });
  assert.ok(statSync(path).size > 10_000, `${path} shows something`);
  return path;
}

describe('pictures of the pages', needTools(CHROMIUM), () => {
  after(closeBrowser);
  mkdirSync(PICTURES, { recursive: true });

  test('show a bridge that does well, light, dark, narrow, and one of its services', async (t) => {
    const { admin } = await startPayments(t);
    const light = await draw(t, 'light', admin, { viewport: { width: 1440, height: 960 } }, false);
    assert.ok(statSync(light).size < MOST_BYTES, `${statSync(light).size} bytes`);
    if (process.env['UPDATE_PICTURES'] === '1') {
      mkdirSync(dirname(SHOWN), { recursive: true });
      copyFileSync(light, SHOWN);
    }
    await draw(t, 'dark', admin, DARK);
    await draw(t, 'middle', admin, { viewport: { width: 1100, height: 800 } });
    await draw(t, 'narrow', admin, NARROW);
    const service = `${admin}/service?registry=eureka&name=PAYMENT-FRAUD`;
    await draw(t, 'service', service);
    await draw(t, 'service-narrow', service, { ...NARROW, ...DARK });
    await draw(t, 'service-refused', `${admin}/service?registry=eureka&name=PAYMENT-NOTIFY`);
  });

  test('show a bridge in trouble: a registry that fails, an istiod that lags, everything gone, no answer', async (t) => {
    const { admin, eureka, istiods } = await startPayments(t);
    const { page } = await openPage(t, admin, { expectOutage: true });
    eureka.behave = () => ({ kind: 'answer', status: 503, body: 'maintenance' });
    await page.locator('#state', { hasText: 'Stale' }).waitFor();
    istiods[0]?.pause();
    await drawNow(page, 'stale');
    eureka.registry.clear();
    eureka.behave = () => ({ kind: 'serve' });
    await page.locator('#state', { hasText: 'Held' }).waitFor();
    await drawNow(page, 'held');
    await page.route('**', (route) => route.abort('connectionrefused'));
    await page.locator('#notice').waitFor();
    await drawNow(page, 'no-answer');
  });

  test('that the documents show are there and small', () => {
    assert.ok(existsSync(SHOWN), `${SHOWN}: npm run pictures`);
    assert.ok(statSync(SHOWN).size < MOST_BYTES);
  });
});
