import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeJsonSchema, describeMarkdown } from '../../../src/config/describe.ts';
import { configTree, leavesOf } from '../../../src/config/field-tree.ts';
import { load } from './samples.ts';

describe('the reference page', () => {
  const page = describeMarkdown();

  test('names every key with its variable, its flag, its default and whether a reload may change it', () => {
    for (const { path, env, field } of leavesOf(configTree(new Map([['<name>', 'eureka']] as const)))) {
      if (path === 'registries.<name>.kind') continue;
      assert.ok(page.includes(`- **\`${path}\`** ${field.doc}`), path);
      assert.ok(page.includes(`\`${env}\``), env);
      if (field.sensitive !== true) assert.ok(page.includes(`\`--${path}\``), path);
    }
  });

  test('holds examples that load', () => {
    const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text);
    assert.ok(examples.length >= 2);
    for (const example of examples) {
      const result = load(example);
      assert.deepEqual(result.kind === 'invalid' ? result.problems : [], []);
    }
  });

  test('and the schema are the same whenever they are made', () => {
    assert.equal(describeMarkdown(), page);
    assert.equal(describeJsonSchema(), describeJsonSchema());
    assert.equal(JSON.parse(describeJsonSchema())['additionalProperties'], false);
  });
});
