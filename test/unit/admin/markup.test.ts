import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { html } from 'hono/html';
import { breakable, countOf, grouped, link, since, textOf, withCode } from '../../../src/admin/markup.ts';

describe('a piece of a page', () => {
  test('escapes what it is given, also in lists and attributes', () => {
    const evil = `<b>"'&`;
    assert.equal(
      textOf(html`<p title="${evil}">${[evil]}</p>`),
      '<p title="&lt;b&gt;&quot;&#39;&amp;">&lt;b&gt;&quot;&#39;&amp;</p>',
    );
    assert.equal(textOf(html`${withCode('a `<b>` c')}`), 'a <code>&lt;b&gt;</code> c');
    assert.equal(textOf(html`${breakable('<a.b_c>')}`), '&lt;a.<wbr>b_<wbr>c&gt;');
  });

  test('holds no promise, which would be shown as an object', () => {
    assert.throws(() => textOf(html`${Promise.resolve('late')}`), /promise/);
  });

  test('says when something was, and never where it never was', () => {
    assert.equal(
      textOf(html`${since(0, 5000)}`),
      '<time datetime="1970-01-01T00:00:00.000Z" title="1970-01-01 00:00:00 UTC">5 s ago</time>',
    );
    assert.equal(since(undefined, 5000), 'never');
  });

  test('shows large numbers in groups that no line breaks', () => {
    assert.deepEqual([999, 1000, 1_234_567].map(grouped), ['999', '1\u202f000', '1\u202f234\u202f567']);
    assert.deepEqual(
      [countOf(1, 'entry', 'entries'), countOf(2000, 'entry', 'entries')],
      ['1 entry', '2\u202f000 entries'],
    );
  });

  test('links with whatever characters a name has', () => {
    assert.equal(link('/x', { a: 'b c&d=#é', empty: '', none: undefined }, 'top'), '/x?a=b%20c%26d%3D%23%C3%A9#top');
    assert.equal(link('/x', {}), '/x');
  });
});
