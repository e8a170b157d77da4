// Moving between pages and updating the one that is shown: both ask for a page and morph what is there into it.

import { morph } from './morph.js';
import { localize } from './times.js';

const shown = new EventTarget();
let latest = 0;
// Where the move that is under way leads, and the form that is being typed in.
let destination = null;
let typed = null;

export const onShown = handler => shown.addEventListener('shown', handler);

// A question is asked twice: a browser gives up those under way when a network of the machine comes or goes. A command is not.
export async function ask(url, options = {}) {
  try {
    return await fetch(url, options);
  } catch (problem) {
    if (options.method === 'POST') throw problem;
    await new Promise(resolve => setTimeout(resolve, 200));
    return fetch(url, options);
  }
}

export async function load(url, options = {}) {
  const response = await ask(url, { ...options, headers: { 'X-Fragment': '1', ...options.headers } });
  // Signed out meanwhile, or a file: the browser knows what to do.
  if (!(response.headers.get('content-type') ?? '').startsWith('text/html') || new URL(response.url).pathname === '/login') return { response, page: null };
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  localize(page);
  return { response, page };
}

function show(page) {
  document.title = page.title;
  for (const name of ['data-signals', 'data-page']) document.body.setAttribute(name, page.body.getAttribute(name) ?? '');
  morph(document.getElementById('app'), page.getElementById('app'));
  shown.dispatchEvent(new Event('shown'));
}

export async function navigate(url, { push = true } = {}) {
  const mine = ++latest;
  destination = new URL(url, location.href);
  clearTimeout(typed?.timer);
  typed = null;
  try {
    const before = location.pathname;
    const { response, page } = await load(url);
    if (mine !== latest) return;
    if (!page?.getElementById('app')) { location.assign(url); return; }
    if (push) history.pushState(null, '', response.redirected ? response.url : url);
    closePopovers(document.activeElement);
    show(page);
    if (before !== location.pathname) document.getElementById('main')?.focus({ preventScroll: true });
  } catch {
    if (mine === latest) location.assign(url);
  } finally {
    if (mine === latest) destination = null;
  }
}

// An update never overtakes a move: it is dropped when one began after it, or when it is not wanted any more.
export async function refresh(wanted) {
  const mine = latest;
  const url = location.href;
  const { page } = await load(url);
  if (wanted() && mine === latest && url === location.href && page?.getElementById('app') && !selecting()) show(page);
}

export function closePopovers(except) {
  for (const open of document.querySelectorAll('details.popover[open]')) if (!except || !open.contains(except)) open.open = false;
}

function selecting() {
  const selection = getSelection();
  return selection && !selection.isCollapsed && document.getElementById('app').contains(selection.anchorNode);
}

// A form of filters as an address without what was left empty.
export function addressOf(form, submitter) {
  const url = new URL(form.getAttribute('action') ?? location.pathname, location.href);
  const query = new URLSearchParams();
  const own = new Set(Array.from(form.elements, field => field.type === 'hidden' ? '' : field.name));
  // The rest of the address, which the form hands on, is as old as the page: a move that is under way knows what was chosen since.
  const newer = destination?.pathname === url.pathname ? destination.searchParams : null;
  for (const [name, value] of newer ?? []) if (!own.has(name)) query.append(name, value);
  for (const [name, value] of new FormData(form, submitter)) {
    if (newer && !own.has(name)) continue;
    if (typeof value === 'string' && value !== '' && !(form.hasAttribute('data-autosubmit') && (value === 'All' || value === 'Unspecified'))) query.append(name, value);
  }
  url.search = query.toString();
  return url.pathname + url.search;
}

document.addEventListener('click', event => {
  // A menu is done with what was chosen of it, once that has happened.
  if (event.target.closest?.('.menu :is(a, button)')) setTimeout(closePopovers);
  else closePopovers(event.target);
  const link = event.target.closest?.('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const href = link.getAttribute('href');
  const url = new URL(href, location.href);
  if (url.origin !== location.origin || link.hasAttribute('download') || link.getAttribute('target') === '_blank' || url.pathname.startsWith('/api/') || href.startsWith('#')) return;
  if (link.hasAttribute('data-dialog') || link.hasAttribute('data-close-dialog')) return;
  event.preventDefault();
  closePopovers();
  navigate(url.pathname + url.search);
});

document.addEventListener('submit', event => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'get' || form.hasAttribute('data-native')) return;
  event.preventDefault();
  closePopovers();
  navigate(addressOf(form, event.submitter));
});

document.addEventListener('input', event => {
  const form = event.target.form;
  if (!form?.hasAttribute('data-autosubmit')) return;
  if (typed && typed.form !== form) navigate(addressOf(typed.form));
  clearTimeout(typed?.timer);
  const go = () => navigate(addressOf(form));
  if (event.target.type === 'search') typed = { form, timer: setTimeout(go, 250) };
  else go();
});

addEventListener('popstate', () => navigate(location.href, { push: false }));
