// Everything here makes the page nicer; nothing here is needed to read it.

import { localize } from './times.js';

document.documentElement.classList.add('js');
localize(document);

await import('./pages.js');
await Promise.all(['./live.js', './dialogs.js', './palette.js', './keys.js', './console.js', './histogram.js', './copy.js', './graph.js'].map(name => import(name)));

document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-reveal]');
  if (!button) return;
  const all = [...button.closest('.panel').querySelectorAll('details.secret')];
  const open = all.some(secret => !secret.open);
  for (const secret of all) secret.open = open;
});
document.querySelector('.tree [aria-current="page"]')?.scrollIntoView({ block: 'nearest' });
document.documentElement.dataset.ready = '';
