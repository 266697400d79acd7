// Every page in a real browser: both languages, with scripts and without, on a phone and on a desk, in light and dark;
// with a planted hostile document among the samples.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { drawn, WAY } from './clicks.mjs';
import { HOSTILE, launch, open, SAMPLES, TOKEN } from './room.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const WIDTHS = [390, 1440];
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const planted = `/document/${encodeURIComponent(HOSTILE.id).replace(/\.json$/, '%2Ejson')}`;

let browser;
let room;
let empty;
let pages;

before(async () => {
  browser = await launch();
  [room, empty] = await Promise.all([open([SAMPLES, HOSTILE], { edit: true }), open([[]])]);
  // The event of most documents, and one of the hostile document.
  const { events } = await room.json('/timeline.json?limit=500');
  const most = events.reduce((a, b) => (b.documents > a.documents ? b : a));
  const bad = events.find((event) => event.document === HOSTILE.id);
  assert.ok(bad, 'the hostile document has an event');
  pages = [
    '/', '/relation/CHN-RUS', '/timeline', '/network', '/network?who=people', `/event/${most.id}`, `/event/${bad.id}`,
    '/figures', '/figures?states=CHN-RUS', '/document/chn-rus-2024-wire', '/document/chn-rus-2024-wire?at=0-2',
    planted, '/actor/CHN', `/actor/${encodeURIComponent('習近平')}`, '/search', `/search?q=${encodeURIComponent('会談')}`,
    '/positions', '/pledges', '/pledges?as_of=2030-01-01', '/conflicts', '/sources', '/sources?states=CHN-RUS',
    '/corrections', '/help', '/help/codebook', '/help/limits', '/help/formats', '/help/api', '/timeline?from=someday',
    '/nowhere',
  ];
});

after(async () => {
  await browser?.close();
  await Promise.all([room?.stop(), empty?.stop()]);
});

/** A tab of its own, and what went wrong in it. */
async function tab(lang, { scripts = true, dark = false, width = 1440 } = {}) {
  const context = await browser.newContext({
    locale: lang, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce',
    viewport: { width, height: 900 },
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const switchable = await context.newCDPSession(page);
  const faults = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (told) => {
    // That a page is not there is said by the browser too.
    if (told.type() === 'error' && !/status of 40[04]/.test(told.text())) faults.push(`console: ${told.text()}`);
  });
  page.on('request', (asked) => {
    if (!asked.url().startsWith(room.address) && !asked.url().startsWith(empty.address)) faults.push(`asks for ${asked.url()}`);
  });
  page.on('response', (answer) => {
    if (answer.status() >= 500) faults.push(`${answer.status()} ${answer.url()}`);
  });
  // Without scripts a page is loaded with none run; axe, which is one, runs after.
  const visit = async (address) => {
    if (!scripts) await switchable.send('Emulation.setScriptExecutionDisabled', { value: true });
    const answer = await page.goto(address);
    if (!scripts) await switchable.send('Emulation.setScriptExecutionDisabled', { value: false });
    return answer;
  };
  return { page, visit, faults, close: () => context.close() };
}

/** What is wrong with a page as it stands, at one width; `all`: as far as axe can tell, too. */
async function wrong(page, width, all = true) {
  await page.setViewportSize({ width, height: 900 });
  const found = await page.evaluate(
    async ([source, rules, all]) => {
      const found = [];
      const root = document.documentElement;
      if (root.scrollWidth > root.clientWidth) {
        const wide = [...document.querySelectorAll('main *')].find(
          (node) => node.getBoundingClientRect().right > root.clientWidth + 1 && !node.closest('.scroll, .matrix, table'));
        found.push(`${root.scrollWidth} px wide: ${wide?.outerHTML.slice(0, 120)}`);
      }
      if (window.hacked !== undefined) found.push(`a planted script ran: ${window.hacked}`);
      if (document.querySelectorAll('h1').length !== 1) found.push('not one heading');
      for (const broken of document.querySelectorAll('a[href^="#"]')) {
        if (!document.getElementById(decodeURIComponent(broken.hash.slice(1)))) found.push(`leads nowhere: ${broken.hash}`);
      }
      if (!all) return found;
      if (typeof axe === 'undefined') (0, eval)(source);
      const { violations, passes } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
      if (passes.length === 0) found.push('axe looked at nothing');
      for (const one of violations) {
        found.push(`${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary.split('\n')[1]}`).join(' | ')}`);
      }
      return found;
    },
    [axe, RULES, all],
  );
  return found;
}

describe('each page', { concurrency: 2 }, () => {
  for (const lang of ['ja', 'en']) {
    for (const scripts of [true, false]) {
      test(`in ${lang === 'ja' ? 'Japanese' : 'English'}, scripts ${scripts ? 'on' : 'off'}`, async () => {
        const dark = lang === 'en';
        const { page, visit, faults, close } = await tab(lang, { scripts, dark });
        const all = [];
        for (const path of pages) {
          const told = (what) => all.push(`${path} ${what}`);
          const answer = await visit(room.address + path);
          const expected = path === '/nowhere' ? 404 : path.includes('someday') ? 400 : 200;
          if (answer.status() !== expected) told(`answers ${answer.status()}`);
          if (scripts) await drawn(page);
          if ((await page.locator('html').getAttribute('lang')) !== lang) told('is in the other language');
          if (TURNS.test(await page.content())) told('turns text around');
          for (const width of WIDTHS) {
            // Axe takes its time: of the four ways of reading, two are held against it on a phone and two on a desk.
            const all = (width < 600) === ((lang === 'ja') === scripts);
            for (const one of await wrong(page, width, all)) told(`at ${width}: ${one}`);
          }
          all.push(...faults.splice(0).map((fault) => `${path} ${fault}`));
        }
        await close();
        assert.deepEqual(all, []);
      });
    }
  }

  test('of an empty store says what to do', async () => {
    const { page, faults, close } = await tab('en');
    const all = [];
    for (const path of ['/', '/timeline', '/network', '/figures', '/positions', '/pledges', '/conflicts', '/sources', '/search']) {
      await page.goto(empty.address + path);
      if (!(await page.locator('main').innerText()).includes('entente ')) all.push(`${path} names no command`);
      for (const width of WIDTHS) all.push(...(await wrong(page, width)).map((one) => `${path} at ${width}: ${one}`));
    }
    await close();
    assert.deepEqual([...all, ...faults], []);
  });
});

describe('with scripts', () => {
  test('every chart has its table', async () => {
    const { page, visit, faults, close } = await tab('en');
    const seen = new Set();
    for (const path of ['/relation/CHN-RUS', '/timeline', '/network', '/network?who=people', '/figures?states=CHN-RUS']) {
      await visit(room.address + path);
      await drawn(page);
      for (const chart of await page.locator('figure.chart').all()) {
        const kind = await chart.getAttribute('data-chart');
        const data = JSON.parse(await chart.locator('script').textContent());
        assert.ok(await chart.locator('.canvas').getAttribute('aria-label'), `${path} ${kind} has a name`);
        seen.add(kind);
        if (kind === 'periods') {
          const filled = data.periods.map((one, at) => ({ ...one, link: data.links[at] })).filter((one) => one.cooperation + one.conflict + one.planned);
          const rows = page.locator('details.beside tbody tr');
          assert.equal(await rows.count(), filled.length);
          for (const [at, one] of filled.entries()) {
            const cells = (await rows.nth(at).locator('td').allTextContents()).map(Number);
            assert.deepEqual([cells[0], cells[1], cells[3]], [one.cooperation, one.conflict, one.planned]);
            assert.equal(await rows.nth(at).locator('a').getAttribute('href'), one.link);
          }
        } else if (kind === 'axis') {
          const listed = await page.locator('ol.events > li').evaluateAll((items) => items.map((item) => item.id.slice(2)));
          assert.deepEqual(data.marks.filter((mark) => !listed.includes(mark.id)), []);
        } else if (kind === 'network') {
          const rows = await page.locator('table.narrow tbody tr').evaluateAll((rows) =>
            rows.map((row) => [...row.querySelectorAll('td.number')].map((cell) => Number(cell.textContent))));
          assert.deepEqual(rows, data.edges.map((edge) => [edge.events, edge.cooperation, edge.conflict]));
        } else {
          const told = await page.locator('section.series', { has: chart }).locator('tbody').innerText();
          for (const point of data.points) assert.ok(told.includes(point.text), `${path} tells ${point.text}`);
        }
      }
    }
    await close();
    assert.deepEqual(faults, []);
    assert.deepEqual([...seen].sort(), ['axis', 'network', 'periods', 'series']);
  });

  test('a document is walked by the keyboard alone', async () => {
    const { page, visit, faults, close } = await tab('ja');
    await visit(`${room.address}/document/chn-rus-2024-wire`);
    const { items } = await room.json('/document/chn-rus-2024-wire.json');
    const stops = [...new Set(items.map((item) => `${item.start}-${item.end}`))].sort((a, b) => {
      const [[c, d], [e, f]] = [a.split('-').map(Number), b.split('-').map(Number)];
      return c - e || d - f;
    });
    // The first stop of the Tab key leads past the headings.
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement.id === 'main');
    const at = () => new URL(page.url()).searchParams.get('at');
    const press = async (key, expected) => {
      await page.keyboard.press(key);
      await page.waitForURL((url) => url.searchParams.get('at') === expected);
      assert.ok(await page.locator('#at').first().isVisible());
      assert.ok(await page.locator('aside.beside .item').first().isVisible(), `${at()} is told`);
    };
    for (const stop of stops.slice(0, 4)) await press('n', stop);
    await press('p', stops[2]);
    // A layer is taken away and put back by the space bar.
    const mark = page.locator('.paper .mention').first();
    const shadow = () => mark.evaluate((node) => getComputedStyle(node).boxShadow);
    await page.locator('#l-mention').focus();
    assert.notEqual(await shadow(), 'none');
    await page.keyboard.press('Space');
    assert.equal(await shadow(), 'none');
    await page.keyboard.press('Space');
    assert.notEqual(await shadow(), 'none');
    // From there Tab goes on to marked words, each seen to be chosen, and Enter opens what they are.
    for (let step = 0; step < 30; step += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement.matches('.paper a'))) break;
    }
    const focused = await page.evaluate(() => ({
      mark: document.activeElement.matches('.paper a'), outline: getComputedStyle(document.activeElement).outlineStyle,
      href: document.activeElement.getAttribute('href'),
    }));
    assert.ok(focused.mark && focused.outline !== 'none', JSON.stringify(focused));
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname + url.search + url.hash === focused.href);
    await close();
    assert.deepEqual(faults, []);
  });

  test('results follow what is typed, and a pair opens beside the network', async () => {
    const { page, visit, faults, close } = await tab('en');
    await visit(`${room.address}/search`);
    await page.getByRole('main').getByRole('searchbox').pressSequentially('石破');
    await page.getByRole('main').getByRole('searchbox').fill('会談');
    await page.locator('.hits mark').first().waitFor();
    assert.equal(new URL(page.url()).searchParams.get('q'), '会談');
    await visit(`${room.address}/network`);
    const pair = page.locator('a[data-beside]', { hasText: 'China, Russia' });
    await pair.click();
    await page.locator('#beside h2', { hasText: 'China, Russia' }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get('pair'), 'CHN-RUS');
    assert.equal(await pair.getAttribute('aria-current'), 'true');
    await close();
    assert.deepEqual(faults, []);
  });
});

for (const scripts of [true, false]) {
  test(`what two agreed in May 2025 is four clicks away, scripts ${scripts ? 'on' : 'off'}`, async () => {
    const { page, visit, faults, close } = await tab('en', { scripts });
    let clicks = 0;
    await visit(room.address);
    for (const { link, plain } of WAY) {
      clicks += 1;
      if (scripts) {
        await drawn(page);
        await Promise.all([page.waitForEvent('load'), (await link(page)).click()]);
      } else {
        // The table of a chart is opened first.
        if (plain) clicks += 1;
        const address = await (plain ?? link)(page).getAttribute('href');
        await visit(new URL(address, page.url()).href);
      }
    }
    const told = await page.getByRole('main').innerText();
    assert.match(told, /independent origin/);
    assert.match(told, /共同声明に署名/);
    assert.ok((await page.locator('#words article').count()) > 1, 'each source has its own words');
    assert.ok(clicks <= 4, `${clicks} clicks`);
    await close();
    assert.deepEqual(faults, []);
  });
}

test('corrections are made by clicking: accepted, changed, rejected, joined, split, taken back', async () => {
  const { page, faults, close } = await tab('en');
  const { events } = await room.json('/timeline.json?states=JPN-KOR');
  const single = events.filter((event) => event.status === 'occurred' && event.documents === 1);
  const [one, other, third] = single.map((event) => event.id);
  const count = async () => (await room.json(`/timeline.json?states=JPN-KOR`)).total;
  const many = await count();
  await page.goto(`${room.address}/event/${one}`);
  await page.getByRole('link', { name: 'Correct this event here' }).click();
  await page.getByLabel('Token').fill(TOKEN);
  await page.getByRole('button', { name: 'Begin' }).click();

  /** Opens an event's forms, fills one in and sends it. */
  const correct = async (id, button, more = async () => {}) => {
    await page.goto(`${room.address}/event/${id}`);
    await page.getByRole('link', { name: 'Correct this event here' }).click();
    const form = page.locator('form', { has: page.getByRole('button', { name: button, exact: true }) });
    await form.getByLabel('Who').fill('tester');
    await form.getByLabel('Why').fill(`because: ${button}`);
    await more(form);
    await form.getByRole('button', { name: button, exact: true }).click();
    await page.getByText(`because: ${button}`).first().waitFor();
    for (const width of WIDTHS) assert.deepEqual(await wrong(page, width), [], `after ${button}`);
  };
  const status = async (id) => (await room.json(`/event/${id}.json`)).event.status;

  await correct(one, 'Accept as it is');
  await correct(one, 'Change', (form) => form.getByLabel('status').selectOption('denied'));
  assert.equal(await status(one), 'denied');
  await page.locator('li', { hasText: 'because: Change' }).getByText('Take back').first().click();
  const back = page.locator('li', { hasText: 'because: Change' }).locator('form');
  await back.getByLabel('Who').fill('tester');
  await back.getByLabel('Why').fill('it was right');
  await back.getByRole('button', { name: 'Take back' }).click();
  await page.getByText('taken back').first().waitFor();
  assert.equal(await status(one), 'occurred');
  const same = async () => (await room.json(`/event/${one}.json`)).event.id === (await room.json(`/event/${other}.json`)).event.id;
  assert.equal(await same(), false);
  await correct(one, 'Join', (form) => form.getByLabel('Identifier').fill(other));
  assert.equal(await same(), true);
  // The page of both has the name of one of them, from which the other is split.
  const shown = (await room.json(`/event/${one}.json`)).event.id;
  await correct(one, 'Split', (form) => form.getByLabel('Identifier').fill(shown === one ? other : one));
  assert.equal(await same(), false);
  await correct(third, 'Reject');
  assert.equal(await count(), many - 1);
  await page.getByRole('button', { name: 'End the session' }).click();
  await page.getByLabel('Token').waitFor();
  await close();
  assert.deepEqual(faults, []);
});
