// A folder of its own for each program, gone after the test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Teardown } from './teardown.ts';

export function scratchFolder(teardown: Teardown, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `footbridge-${name}-`));
  teardown.add(`the scratch folder of ${name}`, () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
