// Keeps a page of the console up to date: the server sends the content again whenever it is different, and the regions
// that changed are replaced. Without it the page stays as it was loaded.
const main = document.querySelector('main[data-live]');
const status = document.querySelector('[data-status]');

/** What a person was at must survive the replacement of what is around it. */
function replace(old, fresh) {
  const active = document.activeElement;
  const focused = old.contains(active) ? (active.id ? `#${CSS.escape(active.id)}` : hrefOf(active)) : null;
  const open = [...old.querySelectorAll('details[open][id]')].map(({ id }) => id);
  old.replaceWith(fresh);
  for (const id of open) fresh.querySelector(`#${CSS.escape(id)}`)?.setAttribute('open', '');
  if (focused) fresh.querySelector(focused)?.focus({ preventScroll: true });
}

function hrefOf(element) {
  const href = element.getAttribute('href');
  return href === null ? null : `a[href="${CSS.escape(href)}"]`;
}

const shown = new Map();
const regionsOf = (root) => [...root.querySelectorAll('[data-region]')];
for (const region of regionsOf(main)) shown.set(region.dataset.region, region.innerHTML);

const stream = new EventSource(location.href);
stream.addEventListener('open', () => (status.textContent = 'Live'));
stream.addEventListener('error', () => {
  status.textContent =
    stream.readyState === EventSource.CLOSED ? 'No longer live. Load the page again.' : 'Not live at the moment';
});
stream.addEventListener('message', ({ data }) => {
  const fresh = new DOMParser().parseFromString(JSON.parse(data), 'text/html');
  for (const region of regionsOf(fresh)) {
    const name = region.dataset.region;
    if (shown.get(name) === region.innerHTML) continue;
    shown.set(name, region.innerHTML);
    const old = main.querySelector(`[data-region="${CSS.escape(name)}"]`);
    if (old) replace(old, document.adoptNode(region));
  }
});
addEventListener('pagehide', () => stream.close());
