import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DARK, LIGHT } from '../../../src/admin/palette.ts';
import { STYLE } from '../../../src/admin/style.ts';

/** Relative luminance of `#rrggbb` by WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Share `weight` of `over` on `under`, as the row under the pointer is coloured. */
function mixed(over: string, under: string, weight: number): string {
  const part = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  const parts = [1, 3, 5].map((at) => Math.round(part(over, at) * weight + part(under, at) * (1 - weight)));
  return `#${parts.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

describe('the colours', () => {
  for (const [name, palette] of Object.entries({ LIGHT, DARK })) {
    for (const text of ['text', 'soft', 'accent', 'good', 'warn', 'bad'] as const) {
      test(`${name} ${text} can be read on every ground`, () => {
        const { ground, raised, line } = palette;
        for (const under of [ground, raised, mixed(line, raised, 0.3)]) {
          const found = contrast(palette[text], under);
          assert.ok(found >= 4.5, `${palette[text]} on ${under}: ${found.toFixed(2)}`);
        }
      });
    }
  }

  test('are all in the style sheet, and no other is', () => {
    const used = new Set(STYLE.match(/#[0-9a-f]{3,8}\b/gi));
    assert.deepEqual([...used].sort(), [...new Set([LIGHT, DARK].flatMap((one) => Object.values(one)))].sort());
    assert.doesNotMatch(STYLE, /\b(?:rgba?|hsla?|oklch)\(/);
  });

  test('are measured rightly: the formula knows its two ends', () => {
    assert.equal(contrast('#000000', '#ffffff'), 21);
    assert.equal(contrast('#777777', '#ffffff').toFixed(2), '4.48');
  });
});
