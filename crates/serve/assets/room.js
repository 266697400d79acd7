// What pages do beyond being read. Each works without this.
'use strict';

(() => {
  // Shows the part `#beside` of another address in place of this page's.
  const beside = async (address) => {
    const place = document.getElementById('beside');
    if (!place) { location.assign(address); return; }
    try {
      const answer = await fetch(address);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const found = page.getElementById('beside');
      if (!answer.ok || !found) { location.assign(address); return; }
      place.replaceChildren(...found.childNodes);
      history.replaceState(null, '', address);
      for (const row of document.querySelectorAll('tr.chosen')) row.classList.remove('chosen');
      for (const link of document.querySelectorAll('a[data-beside]')) {
        const chosen = link.getAttribute('href') === address;
        if (!chosen) { link.removeAttribute('aria-current'); continue; }
        link.setAttribute('aria-current', 'true');
        link.closest('tr')?.classList.add('chosen');
      }
    } catch {
      location.assign(address);
    }
  };
  document.addEventListener('beside', (event) => beside(event.detail));
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[data-beside]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    beside(link.getAttribute('href'));
  });

  // Empty fields do not stand in addresses.
  document.addEventListener('submit', (event) => {
    if (event.target.method !== 'get') return;
    for (const field of event.target.querySelectorAll('input, select')) {
      if (!field.value || (field.name === 'min_origins' && field.value === '0') || (field.name === 'limit' && field.value === '100')) field.disabled = true;
    }
  });
  // The way back finds them as they were.
  addEventListener('pageshow', () => { for (const field of document.querySelectorAll('form :disabled')) field.disabled = false; });
})();
