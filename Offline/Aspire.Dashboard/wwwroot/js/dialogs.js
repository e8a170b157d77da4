// Pages with data-dialog-body open in a dialog over the page they were asked for on; forms are sent from where they are.

import { load, onShown } from './pages.js';
import { schedule } from './live.js';
import { icon } from './icons.js';

const dialog = document.getElementById('dialog');

function fill(page) {
  const body = page?.querySelector('[data-dialog-body]');
  if (body) place(document.importNode(body, true));
  return !!body;
}

function place(body) {
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'icon-button close';
  close.setAttribute('data-close-dialog', '');
  close.setAttribute('aria-label', 'Close');
  close.append(icon('close'));
  dialog.replaceChildren(close, body);
  dialog.setAttribute('aria-label', body.querySelector('h1')?.textContent ?? 'Dialog');
  dialog.classList.toggle('wide', !!body.querySelector('.result, .markdown, .accounts, .code'));
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('input:not([type=hidden]):not([type=file]):not(:disabled), select, .primary')?.focus();
}

// A long value with all the room there is.
function expand(button) {
  const body = document.createElement('div');
  body.className = 'page narrow outcome';
  const title = document.createElement('h1');
  title.textContent = button.dataset.expand;
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.dataset.copy = '.code';
  copy.append(icon('copy'), 'Copy');
  body.append(title, ...[...button.closest('dd').querySelector('details').children].slice(1).map(part => part.cloneNode(true)), copy);
  place(body);
}

export async function open(url) {
  const { page } = await load(url).catch(() => ({ page: null }));
  if (!fill(page)) location.assign(url);
}

export function toast(text, tone = 'info', seconds = 6) {
  const element = document.createElement('div');
  element.className = `toast ${tone}`;
  element.textContent = text;
  document.getElementById('toasts').append(element);
  setTimeout(() => element.remove(), seconds * 1000);
  return element;
}

async function send(form, submitter) {
  const data = new FormData(form, submitter);
  const buttons = [...form.querySelectorAll('button:not(:disabled)')];
  for (const button of buttons) button.disabled = true;
  form.setAttribute('aria-busy', 'true');
  const inDialog = !!form.closest('#dialog');
  // Outside of what updates touch; a dialog shows it on its button.
  const running = form.hasAttribute('data-command') && !inDialog ? toast(`${submitter.textContent.trim()}: running on ${form.dataset.command}`, 'busy', 600) : null;
  try {
    const body = form.enctype === 'multipart/form-data' ? data : new URLSearchParams(data);
    const { response, page } = await load(form.getAttribute('action'), { method: 'POST', body });
    if (form.hasAttribute('data-command')) showOutcome(page, inDialog);
    else if (response.headers.get('content-type')?.startsWith('application/json')) showErrors(form, await response.json());
    else if (!response.ok) toast((await response.text().catch(() => '')).slice(0, 300) || `It failed (${response.status}).`, 'error');
    else if (form.hasAttribute('data-reload')) location.reload();
    else {
      if (inDialog) dialog.close();
      if (form.hasAttribute('data-refresh')) toast('Done.', 'success');
      form.closest('.interaction, .bar')?.remove();
    }
  } catch {
    toast('The dashboard can’t be reached.', 'error');
  } finally {
    running?.remove();
    form.removeAttribute('aria-busy');
    for (const button of buttons) button.disabled = false;
    schedule({ always: true });
  }
}

// A line that says it went well is enough; everything else opens.
function showOutcome(page, inDialog) {
  const outcome = page?.querySelector('[data-outcome]');
  if (outcome?.dataset.outcome === 'success' && !outcome.querySelector('.result, .markdown')) {
    if (inDialog) dialog.close();
    toast(outcome.textContent.trim(), 'success');
  } else if (!fill(page)) {
    toast('It failed.', 'error');
  }
}

function showErrors(form, errors) {
  for (const old of form.querySelectorAll('.field-error')) old.remove();
  const rest = [];
  for (const [name, text] of Object.entries(errors)) {
    const field = form.querySelector(`[data-field="${CSS.escape(name)}"]`);
    if (!field) { rest.push(text); continue; }
    const error = document.createElement('p');
    error.className = 'field-error';
    error.setAttribute('role', 'alert');
    error.textContent = text;
    field.append(error);
  }
  const general = form.querySelector('.form-error');
  if (general) general.textContent = rest.join(' ');
}

document.addEventListener('click', event => {
  if (event.target === dialog) { dialog.close(); return; }
  const link = event.target.closest?.('a, button');
  if (link?.hasAttribute('data-close-dialog') && dialog.contains(link)) { event.preventDefault(); dialog.close(); return; }
  if (link?.hasAttribute('data-expand')) { expand(link); return; }
  if (link?.hasAttribute('data-dialog') && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    event.preventDefault();
    open(link.getAttribute('href'));
  } else if (link?.localName === 'a' && dialog.contains(link) && link.target !== '_blank' && !link.hasAttribute('download')) {
    dialog.close();
  }
});

document.addEventListener('submit', event => {
  const form = event.target;
  if (form.method !== 'post' || !(form.hasAttribute('data-command') || form.hasAttribute('data-post'))) return;
  event.preventDefault();
  send(form, event.submitter);
});

// A question of the host takes the focus once, when it appears. The dialog of a command that runs makes way for it: it is likely the
// command that asks, and waits for the answer.
function focusQuestion() {
  const question = document.querySelector('dialog.interaction:not([data-seen])');
  if (!question) return;
  question.setAttribute('data-seen', '');
  if (dialog.querySelector('[aria-busy]')) dialog.close();
  question.querySelector('input:not([type=hidden]), select, .primary')?.focus();
}

onShown(focusQuestion);
focusQuestion();
