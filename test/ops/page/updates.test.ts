// The status page in a real Chromium, over the bundle as people run it: it shows what changes, and disturbs nobody.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { runBundle } from '../../e2e/bundle.ts';
import { FakeIstiod } from '../../fakes/fake-istiod.ts';
import { needTools } from '../../peers/build/peers.ts';
import { CHROMIUM } from '../../peers/build/tool.ts';
import { closeBrowser, openPage } from './browser.ts';
import { SHOP, serveShop, shopWith } from './shop.ts';

describe('an open page', needTools(CHROMIUM), () => {
  after(closeBrowser);

  test('shows a change of the registry without being loaded again, with scroll, focus and what was opened as they were', async (t) => {
    const { admin, registryPath } = await serveShop(t);
    const { page, faults } = await openPage(t, admin, { viewport: { width: 1440, height: 400 } });
    await page.evaluate('window.isTheSame = true');
    await page.locator('.services summary').click();
    const orders = page.getByRole('link', { name: 'orders', exact: true }).last();
    await orders.focus();
    const scrolled = await page.evaluate('window.scrollY');
    assert.notEqual(scrolled, 0);
    // The row that has the focus gets a problem, so it moves past others; a browser takes the focus from what is moved.
    writeFileSync(registryPath, shopWith('carts', '127.0.0.1').replace('10.0.0.1,', '127.0.0.1,'));
    await page.locator('.services').getByRole('link', { name: 'carts' }).waitFor();
    const names = await page.locator('.services tbody th').allTextContents();
    assert.deepEqual(names, ['carts', 'invoices', 'orders', 'thumbnails']);
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'orders');
    assert.equal(await page.locator('.services tr[data-key="file/thumbnails"] details').getAttribute('open'), '');
    assert.equal(await page.evaluate('window.isTheSame'), true);
    assert.deepEqual(faults, []);
  });

  test('leaves alone what is typed and chosen, and shows new counts beside it', async (t) => {
    const { admin, registryPath } = await serveShop(t);
    const { page, faults } = await openPage(t, admin);
    await page.locator('#filter-state').selectOption('served');
    await page.locator('#filter-text').fill('or');
    await page.getByText('1 of 3 services').waitFor();
    writeFileSync(registryPath, shopWith('orbits'));
    await page.getByText('2 of 4 services').waitFor();
    assert.equal(await page.locator('#filter-state').inputValue(), 'served');
    assert.equal(await page.locator('#filter-text').inputValue(), 'or');
    assert.equal(await page.locator('#filter-state option').first().textContent(), 'all 4');
    assert.deepEqual(faults, []);
  });

  test('of an older release is loaded anew when the bridge has another one', async (t) => {
    const { admin } = await serveShop(t);
    const { page, faults } = await openPage(t, admin);
    await page.evaluate('window.isTheSame = true');
    await page.route(`${admin}/`, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/data-version="[^"]*"/, 'data-version="99.0.0"');
      await route.fulfill({ response, body });
    });
    await page.locator('html[data-version="99.0.0"]').waitFor({ state: 'attached' });
    assert.equal(await page.evaluate('window.isTheSame'), undefined);
    assert.deepEqual(faults, []);
  });

  test('is loaded anew once for each release, however often replicas of two releases answer in turn', async (t) => {
    const { admin } = await serveShop(t);
    const { page, faults } = await openPage(t, admin);
    let [answers, loads] = [0, 0];
    page.on('load', () => loads++);
    await page.route(`${admin}/`, async (route) => {
      const response = await route.fetch();
      const version = answers++ % 2 === 0 ? '99.0.0' : '98.0.0';
      await route.fulfill({
        response,
        body: (await response.text()).replace(/data-version="[^"]*"/, `data-version="${version}"`),
      });
    });
    await page.locator('#notice', { hasText: /^Release 9\d\.0\.0 answers a page of another one/ }).waitFor();
    const settled = answers;
    while (answers < settled + 4) await page.waitForResponse(`${admin}/`);
    assert.ok(loads <= 2, `${loads}`);
    assert.deepEqual(faults, []);
  });

  test('says when another replica answers, and names it', async (t) => {
    const { admin } = await serveShop(t);
    const { page, faults } = await openPage(t, admin);
    await page.route(`${admin}/`, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(
        /data-replica="[^"]*" data-process="[^"]*"/,
        'data-replica="pod-b" data-process="pod-b 1"',
      );
      await route.fulfill({ response, body });
    });
    await page.getByText('Another replica answers now: pod-b. Each one shows its own state.').waitFor();
    assert.deepEqual(faults, []);
  });

  test('opens nothing by Enter while nobody answers what one typed', async (t) => {
    const { admin } = await serveShop(t);
    const { page } = await openPage(t, admin, { expectOutage: true });
    await page.route('**/?filter=*', (route) => route.abort('connectionrefused'));
    await page.keyboard.press('/');
    await page.keyboard.type('invoices');
    await page.keyboard.press('Enter');
    await page.locator('#notice', { hasText: 'has not answered' }).waitFor();
    await page.unroute('**/?filter=*');
    await page.getByText('1 of 3 services').waitFor();
    assert.equal(new URL(page.url()).pathname, '/', 'thumbnails, the first of the list before, was not opened');
    await page.locator('#filter-text').press('Enter');
    await page.waitForURL('**/service?registry=file&name=invoices');
  });

  test('keeps what is selected while the state above goes on, and takes the rest up afterwards', async (t) => {
    const { admin, registryPath } = await serveShop(t);
    const { page, faults } = await openPage(t, admin);
    await page.evaluate(`getSelection().selectAllChildren(document.querySelector('.services tbody'))`);
    const selected = await page.evaluate('String(getSelection())');
    writeFileSync(registryPath, 'services: [');
    await page.locator('.headline').getByText('Stale').first().waitFor();
    assert.match(await page.title(), /^Stale · /);
    writeFileSync(registryPath, shopWith('carts'));
    await page.locator('.headline').getByText('Live').first().waitFor();
    await page.getByText('waits while text is selected').waitFor();
    assert.equal(await page.evaluate('String(getSelection())'), selected);
    await page.evaluate('getSelection().removeAllRanges()');
    await page.locator('.services').getByRole('link', { name: 'carts' }).waitFor();
    assert.deepEqual(faults, []);
  });

  test('asks for nothing while nobody sees it, and at once when somebody does', async (t) => {
    const { admin } = await serveShop(t);
    const { page, requests } = await openPage(t, admin, { fakeTime: true });
    const hide = (isHidden: boolean) =>
      page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${isHidden} });
        document.dispatchEvent(new Event('visibilitychange'));`);
    const asked = () => requests.filter((url) => url === `${admin}/`).length;
    const first = asked();
    while (asked() < first + 2) await page.clock.runFor(500);
    await hide(true);
    const seen = asked();
    await page.clock.runFor(600_000);
    assert.equal(asked(), seen);
    await Promise.all([page.waitForRequest(`${admin}/`), hide(false)]);
    assert.equal(asked(), seen + 1);
  });

  test('says that the registry cannot be read, and why, and that it is well again', async (t) => {
    const { admin, registryPath } = await serveShop(t);
    const { page, faults } = await openPage(t, admin);
    assert.equal(await page.locator('#state').textContent(), 'Live');
    writeFileSync(registryPath, 'services: [');
    await page.locator('#state', { hasText: 'Stale' }).waitFor();
    const error = (await page.locator('#registries .error').textContent()) ?? '';
    assert.match(error, /^FILE_SYNTAX The file cannot be parsed: line 1,/);
    assert.equal(await page.locator('.services tbody tr').count(), 3);
    assert.match(await page.title(), /^Stale · /);
    writeFileSync(registryPath, SHOP);
    await page.locator('#state', { hasText: 'Live' }).waitFor();
    assert.equal(await page.locator('#registries .error').count(), 0);
    assert.deepEqual(faults, []);
  });

  test('shows what is held, and until when', async (t) => {
    const { admin, registryPath } = await serveShop(t);
    const { page, faults } = await openPage(t, admin);
    writeFileSync(registryPath, 'services: []\n');
    await page.locator('#state', { hasText: 'Held' }).waitFor();
    assert.match(
      (await page.locator('.headline').textContent()) ?? '',
      /lists nothing any more.*held until a read after/,
    );
    await page.locator('.services .word', { hasText: 'held' }).first().waitFor();
    assert.deepEqual(faults, []);
  });

  test('shows an istiod as it comes, with what it was sent and has acknowledged', async (t) => {
    const { admin, grpc } = await serveShop(t);
    const { page, faults } = await openPage(t, admin);
    await page.getByRole('link', { name: 'No istiod is connected to this replica.' }).waitFor();
    const istiod = new FakeIstiod({ address: grpc, minor: 26, pod: 'istiod-7c9' });
    t.after(() => istiod.close());
    const client = page.locator('#clients li', { hasText: 'up to date' });
    await client.waitFor();
    assert.match(
      (await client.textContent()) ?? '',
      /istiod-7c9.*Istio 1\.2.*Was sent 3 entries; acknowledged \d+ s ago/s,
    );
    assert.equal(await page.getByText('No istiod is connected to this replica.').count(), 0);
    assert.deepEqual(faults, []);
  });

  test('says since when the bridge does not answer, and is itself again when the bridge is', async (t) => {
    const { admin, child, configPath, registryPath } = await serveShop(t);
    const { page, faults } = await openPage(t, admin, { expectOutage: true });
    await child.stop();
    await page.getByText(/^The bridge has not answered since \d\d:\d\d:\d\d UTC \(no connection\)/).waitFor();
    assert.match(await page.title(), /^\? · Footbridge/, 'a tab must not go on saying Live');
    assert.equal(await page.locator('.services tbody tr').count(), 3, 'what was known stays');
    writeFileSync(registryPath, shopWith('carts'));
    runBundle(t, ['serve', '--config', configPath]);
    await page.locator('.services').getByRole('link', { name: 'carts' }).waitFor();
    assert.equal(await page.locator('#notice').textContent(), 'The bridge was started anew.');
    assert.match(await page.title(), /^Live · /);
    assert.deepEqual(faults, []);
  });

  test('keeps the page of one service as it is now, also when the service goes', async (t) => {
    const { admin, grpc, registryPath } = await serveShop(t, shopWith('carts'));
    const istiod = new FakeIstiod({ address: grpc, minor: 26 });
    t.after(() => istiod.close());
    const { page, faults } = await openPage(t, `${admin}/service?registry=file&name=carts`);
    // Partly, until istiod has acknowledged it.
    await page.locator('h1', { hasText: /^\s*carts\s+in the mesh\s*$/ }).waitFor();
    assert.equal(await page.locator('.way > li').count(), 11);
    writeFileSync(registryPath, shopWith('carts', '10.0.0.77'));
    await page.getByText('Published as endpoint 10.0.0.77').waitFor();
    writeFileSync(registryPath, SHOP);
    await page.locator('h1', { hasText: 'not in the mesh' }).waitFor();
    await page.getByText('lists it no more; it did before').first().waitFor();
    assert.deepEqual(faults, []);
  });

  test('is tested by something that notices what must not happen', async (t) => {
    const { admin } = await serveShop(t);
    const { page, faults } = await openPage(t, admin);
    await page.evaluate(`
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.isBroken = true' }));
      document.body.append(Object.assign(document.createElement('img'), { src: 'http://127.0.0.1:1/' }));
      document.body.setAttribute('style', 'color: red');
      setTimeout(() => { throw new Error('on purpose') });`);
    await page.getByRole('heading', { name: 'Services' }).click();
    assert.equal(await page.evaluate('window.isBroken'), undefined);
    for (const kind of [/script/i, /img|image/i, /style/i, /on purpose/]) {
      assert.ok(
        faults.some((fault) => kind.test(fault)),
        `${kind} in ${faults.join('\n')}`,
      );
    }
  });
});
