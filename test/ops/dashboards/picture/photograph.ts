// Opens the page in headless Chromium, lets uPlot draw, and takes the picture.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM } from '../../../peers/build/tool.ts';
import { drawAll } from './charts.ts';
import type { Picture } from './html.ts';

export interface PictureFile {
  readonly path: string;
  /** Only what stands above that height. */
  readonly untilY?: number;
}

const UPLOT = join(dirname(createRequire(import.meta.url).resolve('uplot/package.json')), 'dist');

/** Writes the picture to each of the files; how many charts were drawn. Throws what the page has against it. */
export async function photograph(
  { html, charts, width, height }: Picture,
  files: readonly PictureFile[],
): Promise<number> {
  const browser = await chromium.launch({ executablePath: executable(), args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width, height } });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.setContent(html);
    // The loader of the tests wraps functions in this helper to keep their names, also those that are sent to the browser.
    await page.addScriptTag({ content: 'globalThis.__name = (what) => what;' });
    await page.addStyleTag({ path: join(UPLOT, 'uPlot.min.css') });
    await page.addScriptTag({ path: join(UPLOT, 'uPlot.iife.min.js') });
    await page.evaluate(drawAll, charts);
    await page.waitForFunction('document.fonts.ready');
    for (const { path, untilY = height } of files) {
      mkdirSync(dirname(path), { recursive: true });
      await page.screenshot({ path, clip: { x: 0, y: 0, width, height: Math.min(untilY, height) } });
    }
    if (errors.length > 0) throw new Error(errors.join('; '));
    return await page.locator('canvas').count();
  } finally {
    await browser.close();
  }
}

/** Chromium is looked for as a shell does; what starts it wants the whole path. */
function executable(): string {
  return execFileSync('sh', ['-c', `command -v ${CHROMIUM.command}`], { encoding: 'utf8' }).trim();
}
