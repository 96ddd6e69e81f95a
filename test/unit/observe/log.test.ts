import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createLog } from '../../../src/observe/log.ts';

/** What one event becomes, without its time. */
function written(format: 'json' | 'text', fields: Readonly<Record<string, unknown>>): string {
  const lines: string[] = [];
  createLog({ level: 'info', format, write: (line) => lines.push(line) }).info('client.connected', fields);
  return lines.join('');
}

describe('the log', () => {
  test('for people is one readable line for each event', () => {
    const line = written('text', { nodeId: 'sidecar~a b', waited: 5, keys: ['serve.port'] });
    assert.match(
      line,
      /^\d\d:\d\d:\d\d\.\d{3} INFO {2}client\.connected nodeId=sidecar~a b waited=5 keys=\["serve\.port"\]\n$/,
    );
  });

  test('stays one line, and printable, whatever a client calls itself', () => {
    const forged = { nodeId: 'x\n09:00:00.000 ERROR forged\u001b[31m\u009b1m', keys: ['a\u009bb'] };
    for (const format of ['text', 'json'] as const) {
      const line = written(format, forged);
      assert.equal(line.indexOf('\n'), line.length - 1, line);
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: there must be none
    assert.doesNotMatch(written('text', forged).trimEnd(), /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
  });
});
