// Copies the text beside a button. Away from localhost a page over http has no clipboard of its own; there the old way is tried.

import { toast } from './dialogs.js';

function copyByCommand(text) {
  const area = document.createElement('textarea');
  area.value = text;
  // Inside an open dialog, else it could not be focused.
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) throw new Error('not allowed');
}

async function copy(text) {
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else copyByCommand(text);
}

document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-copy]');
  const source = (button?.closest('.value-tools, .buttons') ?? button)?.parentElement.querySelector(button.dataset.copy);
  if (!source) return;
  // What is preformatted is copied to the letter, and also while it is masked; a table as it looks.
  copy(source.matches('pre, code, a') ? source.textContent : source.innerText).then(() => toast('Copied.', 'success'), () => toast('The browser did not allow that.', 'error'));
});
