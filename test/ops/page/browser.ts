// A real Chromium that opens pages of a bridge and writes down everything that must not happen there: errors on the console,
// breaches of the content security policy, failed scripts, and requests to anybody but the bridge.
import type { TestContext } from 'node:test';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export interface OpenedPage {
  readonly page: Page;
  /** What must not happen, as sentences. */
  readonly faults: readonly string[];
  /** Addresses of all requests, in order. */
  readonly requests: readonly string[];
}

/** The name of a stranger, which the browser resolves to loopback, as in DNS rebinding. */
export const STRANGER = 'rebound.example';

let browser: Promise<Browser> | undefined;

/** One browser for all tests of a file, ended with the last of them by `closeBrowser`. */
function launched(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', `--host-resolver-rules=MAP ${STRANGER} 127.0.0.1`],
  });
  return browser;
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

export interface OpenOptions extends BrowserContextOptions {
  /** What Chromium itself says of refused connections is no fault. */
  readonly expectOutage?: boolean;
  /** Time in the page stands still but for `page.clock`. */
  readonly fakeTime?: boolean;
}

/** A page of its own, with nothing kept from other tests. */
export async function openPage(t: TestContext, url: string, options: OpenOptions = {}): Promise<OpenedPage> {
  const { expectOutage = false, fakeTime = false, ...contextOptions } = options;
  const context = await (await launched()).newContext({ viewport: { width: 1440, height: 900 }, ...contextOptions });
  t.after(() => context.close());
  const page = await context.newPage();
  // For hangs alone: a slow machine makes the tests slower, not red.
  page.setDefaultTimeout(60_000);
  const faults: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    const isOutage = expectOutage && /ERR_(?:CONNECTION|EMPTY|SOCKET)/.test(message.text());
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (!isOutage) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('request', (request) => {
    requests.push(request.url());
    if (new URL(request.url()).origin !== new URL(url).origin) faults.push(`asked somebody else: ${request.url()}`);
  });
  if (fakeTime) await page.clock.install();
  await page.goto(url);
  if (fakeTime) await page.clock.pauseAt(Date.now() + 1000);
  return { page, faults, requests };
}
