// Keeps the page up to date: the server says what changed, and the page is asked for again, four times a second at most.

import { iconAddress } from './icons.js';
import { onShown, refresh } from './pages.js';
import { Stream } from './streams.js';

const shortest = 250;
let stream = null;
let signals = null;
let due = null;
let busy = false;
let again = false;
let urgent = false;
let last = 0;
let cost = 0;
let paused = false;
let lost = false;
const told = new Map();

function showState() {
  const label = document.getElementById('live-state');
  if (!label) return;
  const [name, text] = paused ? ['paused', 'Paused'] : !stream.isOpen ? [lost ? 'lost' : 'wait', 'Connecting'] : ['', 'Live'];
  const css = `live js-only ${name}`.trim();
  if (label.className !== css) label.className = css;
  const words = label.querySelector('.live-text');
  if (words.textContent !== text) words.textContent = text;
}

// Questions of the host, and what the user did, show even while the rest is paused.
export function schedule({ always = false } = {}) {
  urgent ||= always;
  if ((paused && !urgent) || document.hidden || busy) { again = true; return; }
  // A page that is dear to render is asked for less often: updates take a fifth of the time at most.
  due ??= setTimeout(update, Math.max(0, last + Math.max(shortest, cost * 4) - performance.now()));
}

async function update() {
  due = null;
  if (document.hidden) { again = true; return; }
  // What was due, or on its way, as the user paused is not shown any more.
  const asked = urgent;
  const wanted = () => asked || !paused;
  urgent = false;
  if (!wanted()) return;
  busy = true;
  again = false;
  const start = performance.now();
  try {
    await refresh(wanted);
  } catch {
    // The server is away; the stream comes back with it and says so.
  }
  last = performance.now();
  cost = last - start;
  busy = false;
  if (again) schedule();
}

// A stream that opens again repeats the questions that are open.
function tell(question) {
  const { id } = JSON.parse(question);
  if (told.get(id) === question) return;
  told.set(id, question);
  schedule({ always: true });
}

// Only those that are open can be repeated.
function forgetAnswered() {
  for (const id of told.keys()) if (!document.querySelector(`[data-key="interaction-${id}"]`)) told.delete(id);
}

function connect() {
  const wanted = document.body.dataset.signals ?? '';
  if (wanted === signals) return;
  stream?.close();
  signals = wanted;
  stream = new Stream(`/api/live?signals=${encodeURIComponent(`interactions,${wanted}`)}`, {
    ...Object.fromEntries(wanted.split(',').map(signal => [signal, () => schedule()])),
    interactions: event => tell(event.data),
    open: () => { lost = false; showState(); schedule(); },
    error: () => { lost = true; showState(); },
  });
}

export function togglePause() {
  paused = !paused;
  showPause();
  document.dispatchEvent(new CustomEvent('paused', { detail: paused }));
  if (!paused) schedule();
}

// An update brings the button as the server knows it; it is put right again.
function showPause() {
  const button = document.getElementById('pause');
  if (button) {
    const label = paused ? 'Go on with the live updates (P)' : 'Pause the live updates (P)';
    button.setAttribute('aria-pressed', String(paused));
    button.title = label;
    button.querySelector('.sr').textContent = label;
    // Set again, a drawing is gone until it is read again.
    const use = button.querySelector('use');
    const address = iconAddress(paused ? 'play' : 'pause');
    if (use.getAttribute('href') !== address) use.setAttribute('href', address);
  }
  showState();
}

document.addEventListener('click', event => { if (event.target.closest?.('#pause')) togglePause(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden && again) schedule(); });
onShown(() => { connect(); showPause(); forgetAnswered(); });
connect();
showPause();
