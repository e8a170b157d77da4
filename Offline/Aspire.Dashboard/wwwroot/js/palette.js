// The box at the top: suggestions as one types, arrows and Enter choose. Without it the form leads to the first match all the same.

import { ask, navigate } from './pages.js';
import { open } from './dialogs.js';
import { icon } from './icons.js';

let list = null;
let asked = 0;
let timer;
let chosen = null;

const input = () => document.getElementById('jump');

function close() {
  asked++;
  clearTimeout(timer);
  list?.remove();
  list = chosen = null;
}

async function matches() {
  const mine = ++asked;
  const response = await ask(`/go/suggest?q=${encodeURIComponent(input().value)}`);
  return response.ok && mine === asked ? response.json() : null;
}

async function suggest() {
  const targets = await matches();
  if (targets && document.activeElement === input()) render(targets);
}

function span(css, text) {
  const element = document.createElement('span');
  element.className = css;
  element.textContent = text;
  return element;
}

function render(targets) {
  chosen = null;
  list ??= document.createElement('div');
  list.className = 'jump-list';
  list.id = 'jump-list';
  list.setAttribute('role', 'listbox');
  list.replaceChildren(...targets.map((target, index) => {
    const link = document.createElement('a');
    link.href = target.url;
    link.setAttribute('role', 'option');
    link.id = `jump-${index}`;
    link.setAttribute('aria-selected', String(index === 0));
    link.tabIndex = -1;
    link.append(icon(target.icon), span('', target.title), span('muted small', target.detail));
    return link;
  }));
  if (targets.length === 0) {
    const none = document.createElement('p');
    none.className = 'muted';
    none.textContent = 'Nothing has that name or number.';
    list.append(none);
  }
  // Outside of what updates touch. The page's policy forbids style attributes in HTML, not this.
  document.body.append(list);
  const box = input().getBoundingClientRect();
  Object.assign(list.style, { left: `${box.left}px`, top: `${box.bottom + 6}px`, width: `${box.width}px` });
}

function go(link) {
  const url = new URL(link.href);
  close();
  input().value = '';
  input().blur();
  if (['/settings', '/help', '/data'].includes(url.pathname)) open(url.href);
  else navigate(url.pathname + url.search);
}

export function focusPalette() {
  input()?.focus();
  input()?.select();
}

document.addEventListener('input', event => {
  if (event.target !== input()) return;
  clearTimeout(timer);
  timer = setTimeout(suggest, 80);
});

document.addEventListener('focusin', event => {
  if (event.target === input()) suggest();
  else if (list && !list.contains(event.target)) close();
});
document.addEventListener('focusout', event => { if (event.target === input()) close(); });

document.addEventListener('keydown', event => {
  if (event.target !== input() || event.isComposing) return;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    const links = list ? [...list.querySelectorAll('a')] : [];
    const at = links.findIndex(link => link.getAttribute('aria-selected') === 'true');
    const next = (at + (event.key === 'ArrowDown' ? 1 : -1) + links.length) % Math.max(1, links.length);
    links.forEach((link, index) => link.setAttribute('aria-selected', String(index === next)));
    chosen = links[next]?.href;
    links[next]?.scrollIntoView({ block: 'nearest' });
    input().setAttribute('aria-activedescendant', `jump-${next}`);
  } else if (event.key === 'Escape') {
    input().blur();
  }
});

document.addEventListener('submit', async event => {
  if (!event.target.classList.contains('jump')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  clearTimeout(timer);
  // What is in the list may answer fewer letters: ask again, and take what the arrows chose if it still stands.
  const wanted = chosen;
  const targets = await matches();
  if (!targets) return;
  render(targets);
  const links = [...list.querySelectorAll('a')];
  const link = links.find(candidate => candidate.href === wanted) ?? links[0];
  if (link) go(link);
}, true);

document.addEventListener('pointerdown', event => {
  const link = event.target.closest?.('.jump-list a');
  if (link && event.button === 0 && !event.ctrlKey && !event.metaKey) { event.preventDefault(); go(link); }
});
