// A browser, and rooms to look at: stores made for the purpose, each served by the command itself.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const entente = process.env.ENTENTE;
export const SAMPLES = resolve(import.meta.dirname, '../../samples/articles.jsonl');
export const TOKEN = 'a token that opens the desk';

/** Markup, characters that turn text around, a word without end: in the text, its title and its publisher. */
export const HOSTILE = {
  id: 'planted/<b>&"hostile".json',
  published: '2024-06-03',
  title: '<img src=x onerror="window.hacked=1">\u202e題\u202c',
  publisher: '<script>window.hacked=2</script>\u2067社',
  text: [
    '<script>window.hacked=3</script>',
    '中国の習近平国家主席は2024年6月1日、ロシアのプーチン大統領\u202eと北京で会談した。',
    '習近平国家主席は「<img src=x onerror=window.hacked=4>」と述べ、米国の制裁に反対すると表明した。',
    '中国とロシアは2024年9月までに<b>新たな協定</b>に署名すると約束した。',
    '中露の貿易額は2022年に1903億ドル、2023年に9999億ドルだった。',
    `${'長'.repeat(3000)}${'W'.repeat(3000)}`,
    '',
  ].join('\n'),
};

/** Starts the room on a store of some articles; `stop` ends it and takes the store away. */
export async function open(articles, { edit = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'entente-pages-'));
  const db = join(folder, 'store.db');
  const run = (...given) => {
    const done = spawnSync(entente, given, { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`entente ${given[0]}: ${done.stderr}`);
  };
  for (const [at, one] of articles.entries()) {
    let file = one;
    if (typeof one !== 'string') {
      file = join(folder, `${at}.jsonl`);
      writeFileSync(file, [one].flat().map((it) => `${JSON.stringify(it)}\n`).join(''));
    }
    run('ingest', '--db', db, file);
  }
  const given = ['--lang', 'en', 'serve', '--db', db, '--listen', '127.0.0.1:0', ...(edit ? ['--allow-edit'] : [])];
  const server = spawn(entente, given, {
    env: { ...process.env, ENTENTE_TOKEN: TOKEN },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise((found, failed) => {
    let told = '';
    server.on('error', failed);
    server.on('exit', (code) => failed(new Error(`the server ended with ${code}`)));
    server.stdout.on('data', (some) => {
      told += some;
      const address = /http:\/\/[^/\s]+/.exec(told);
      if (address) found(address[0]);
    });
  });
  const ended = new Promise((done) => server.on('close', done));
  return {
    address,
    json: async (path) => (await fetch(address + path)).json(),
    stop: async () => {
      server.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Chromium without what it would ask of the network by itself. */
export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ],
  });
