// A directory of one test's own, gone when the test ends.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

export function tempDir(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'footbridge-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
