// Picking a range of durations by dragging over the columns; a click on one column is a link and needs no script.

import { navigate } from './pages.js';

let first = null;
let current = null;
let columns = [];

function mark() {
  const [from, to] = [columns.indexOf(first), columns.indexOf(current)].sort((x, y) => x - y);
  columns.forEach((column, index) => column.classList.toggle('picked', index >= from && index <= to));
  return [columns[from], columns[to]];
}

document.addEventListener('pointerdown', event => {
  const column = event.target.closest?.('[data-histogram] a');
  if (!column || event.button !== 0 || event.pointerType === 'touch') return;
  columns = [...column.closest('[data-histogram]').querySelectorAll('a')];
  first = current = column;
  mark();
});

document.addEventListener('pointermove', event => {
  if (!first) return;
  const column = document.elementFromPoint(event.clientX, event.clientY)?.closest?.('[data-histogram] a');
  if (column && columns.includes(column)) { current = column; mark(); }
});

document.addEventListener('pointerup', () => {
  if (!first) return;
  const [from, to] = mark();
  first = null;
  for (const column of columns) column.classList.remove('picked');
  if (from === to) return;
  const url = new URL(location.href);
  url.searchParams.set('min', from.dataset.min);
  url.searchParams.set('max', to.dataset.max);
  url.searchParams.delete('skip');
  navigate(url.pathname + url.search);
});

// A drag over links is not one of a link.
document.addEventListener('dragstart', event => { if (event.target.closest?.('[data-histogram]')) event.preventDefault(); });
