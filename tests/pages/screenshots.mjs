// The pictures of the README: what its clicks lead to, on the samples.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { drawn, WAY } from './clicks.mjs';
import { launch, open, SAMPLES } from './room.mjs';

const folder = resolve(import.meta.dirname, '../../docs/images');
mkdirSync(folder, { recursive: true });
const room = await open([SAMPLES]);
const browser = await launch();
const context = await browser.newContext({ locale: 'en', colorScheme: 'light', reducedMotion: 'reduce', viewport: { width: 1120, height: 760 } });
const page = await context.newPage();
const shot = async (name) => {
  await drawn(page);
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(folder, `${name}.png`) });
};
await page.goto(room.address);
for (const { link } of WAY) {
  await drawn(page);
  await Promise.all([page.waitForEvent('load'), (await link(page)).click()]);
  if (page.url().includes('/relation/')) await shot('dossier');
}
await shot('event');
await browser.close();
await room.stop();
console.log(`written: ${folder}/dossier.png, ${folder}/event.png`);
