// Runs stories on rules with the real promtool.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROMTOOL } from '../../peers/build/tool.ts';
import type { RuleGroup } from './rules.ts';
import { promtoolTest, type Story } from './story.ts';

export interface Verdict {
  readonly isGood: boolean;
  readonly said: string;
}

/** Whether all stories go as they are told. */
export function judge(groups: readonly RuleGroup[], stories: readonly Story[]): Verdict {
  const rules = groups.flatMap((group) => group.rules);
  return inFolder((folder) => {
    writeFileSync(join(folder, 'rules.json'), JSON.stringify({ groups }));
    const files = stories.map((story, index) => {
      const tests = [promtoolTest(story, rules)];
      const test = { rule_files: ['rules.json'], evaluation_interval: story.every ?? '30s', tests };
      const file = join(folder, `story-${index}.json`);
      writeFileSync(file, JSON.stringify(test));
      return file;
    });
    return run(['test', 'rules', ...files]);
  });
}

export function checkRules(groups: readonly RuleGroup[]): Verdict {
  return inFolder((folder) => {
    const file = join(folder, 'rules.json');
    writeFileSync(file, JSON.stringify({ groups }));
    return run(['check', 'rules', file]);
  });
}

function run(words: readonly string[]): Verdict {
  const { status, stdout, stderr, error } = spawnSync(PROMTOOL.command, words, { encoding: 'utf8' });
  if (error !== undefined) throw error;
  return { isGood: status === 0, said: `${stdout}${stderr}` };
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-alerts-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
