'use strict';
// A document: n and p go from item to item. A search: results follow what is typed. Both work by links and a form
// where this does not run.
(() => {
  const typing = (node) => node && (node.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(node.tagName));

  if (document.querySelector('.reading')) {
    document.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      const rel = { n: 'next', p: 'prev' }[event.key];
      const link = rel && document.querySelector(`.beside a[rel=${rel}]`);
      if (link) {
        event.preventDefault();
        link.click();
      }
    });
  }

  const form = document.querySelector('form[data-live]');
  const results = form && document.getElementById(form.dataset.live);
  if (!results) return;
  let timer;
  let running;
  const ask = async () => {
    running?.abort();
    running = new AbortController();
    const pairs = [...new FormData(form)].filter(([, value]) => value !== '');
    const address = `${form.getAttribute('action')}?${new URLSearchParams(pairs)}`;
    try {
      const answer = await fetch(address, { signal: running.signal, headers: { accept: 'text/html' } });
      // A query half written is no fault of the reader's: what was found before stays.
      if (!answer.ok) return;
      const made = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(results.id);
      if (!made) return;
      results.replaceChildren(...made.childNodes);
      history.replaceState(null, '', address);
    } catch (error) {
      if (error.name !== 'AbortError') form.removeAttribute('data-live');
    }
  };
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 250);
  });
})();
