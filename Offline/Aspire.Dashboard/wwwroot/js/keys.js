// Keyboard shortcuts; the help sheet lists them.

import { closePopovers, navigate } from './pages.js';
import { open } from './dialogs.js';
import { focusPalette } from './palette.js';
import { togglePause } from './live.js';

const pages = { r: '/', c: '/consolelogs', s: '/structuredlogs', t: '/traces', m: '/metrics' };
const widths = ['panel-w0', 'panel-w1', 'panel-w2', 'panel-w3'];

function resize(step) {
  const root = document.documentElement.classList;
  const known = widths.findIndex(name => root.contains(name));
  const now = known < 0 ? 1 : known;
  root.remove(...widths);
  if (step !== 0) root.add(widths[Math.min(widths.length - 1, Math.max(0, now + step))]);
}

function closePanel() {
  const link = document.querySelector('.panel [data-close]');
  if (link) navigate(link.getAttribute('href'));
}

function moveRow(step) {
  const links = [...document.querySelectorAll('main .row-link, main .wf-link')];
  if (links.length === 0) return;
  const at = links.indexOf(document.activeElement);
  const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step))];
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

const acts = {
  '?': () => open('/help'),
  '/': () => (document.querySelector('.page-head input[type=search], .trace-facts input[type=search]') ?? document.getElementById('jump'))?.focus(),
  p: togglePause, j: () => moveRow(1), k: () => moveRow(-1), '+': () => resize(1), '-': () => resize(-1),
  R: () => resize(0), T: () => document.documentElement.classList.toggle('panel-below'), X: closePanel, S: () => open('/settings'),
};

document.addEventListener('keydown', event => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k' && !event.altKey) { event.preventDefault(); focusPalette(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target.closest?.('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]');
  if (event.key === 'Escape') {
    if (typing) typing.blur();
    else if (document.querySelector('details.popover[open]')) closePopovers();
    else if (!document.querySelector('#dialog[open]')) closePanel();
    return;
  }
  if (typing || document.querySelector('#dialog[open], dialog.interaction[open]')) return;
  const act = acts[event.key] ?? (pages[event.key] ? () => navigate(pages[event.key]) : null);
  if (act) { event.preventDefault(); act(); }
});
