// The way that the README tells: from the front page to what two states agreed, who says so, and how many sources.

/** Draws every chart, also those far below. */
export async function drawn(page) {
  for (const chart of await page.locator('figure.chart').all()) {
    await chart.scrollIntoViewIfNeeded();
    await chart.locator('canvas').first().waitFor();
  }
}

/** Where a period stands in the chart of periods: opening it is a click there. */
export async function bar(page, period) {
  const chart = page.locator('figure[data-chart=periods]');
  const position = await chart.evaluate((figure, period) => {
    const data = JSON.parse(figure.querySelector('script').textContent);
    const at = data.periods.findIndex((one) => one.period === period);
    const drawn = echarts.getInstanceByDom(figure.querySelector('.canvas'));
    const [x, y] = drawn.convertToPixel({ seriesIndex: 0 }, [at, data.periods[at].cooperation / 2]);
    return { x, y };
  }, period);
  return { click: () => chart.locator('.canvas').click({ position }) };
}

/** The clicks by their order, each told what it follows; `follow(link)` makes one. */
export const WAY = [
  { what: 'the pair', link: (page) => page.getByRole('link', { name: 'China, Russia' }).first() },
  { what: 'the month', link: (page) => bar(page, '2025-05'), plain: (page) => page.locator('details.beside a', { hasText: 'May 2025' }) },
  { what: 'the agreement', link: (page) => page.locator('.events .kind', { hasText: /agree/i }).first() },
];
