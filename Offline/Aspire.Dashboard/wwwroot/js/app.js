// Everything here makes the page nicer; nothing here is needed to read it.

// Static imports: everything is fetched before anything runs, and so before the first stream takes a connection.
import { localize } from './times.js';
import { onShown } from './pages.js';
import './live.js';
import './dialogs.js';
import './palette.js';
import './keys.js';
import './console.js';
import './histogram.js';
import './copy.js';
import './graph.js';

document.documentElement.classList.add('js');
localize(document);

document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-reveal]');
  if (!button) return;
  const all = [...button.closest('.panel').querySelectorAll('details.secret')];
  const open = all.some(secret => !secret.open);
  for (const secret of all) secret.open = open;
});

// What is chosen is brought into view once: afterwards the user may look elsewhere.
let chosen = null;
function bringIntoView() {
  const before = chosen;
  chosen = document.querySelector('.tree [aria-current="page"], .wf-row.selected');
  if (chosen !== before) chosen?.scrollIntoView({ block: 'nearest' });
}

onShown(bringIntoView);
bringIntoView();
document.documentElement.dataset.ready = '';
