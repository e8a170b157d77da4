// Zooms and moves a drawing: by its buttons, the keys + - 0, the wheel with Ctrl, and the mouse. It moves as everything that scrolls does.

import { onShown } from './pages.js';

const least = 0.2;
const most = 4;
const zooms = new Map();
let drag = null;

const drawing = frame => frame.querySelector('svg.graph');
const keyOf = frame => frame.dataset.scroll;

function apply(frame) {
  const svg = drawing(frame);
  const zoom = zooms.get(keyOf(frame));
  svg.classList.toggle('zoomed', zoom !== undefined);
  if (zoom === undefined) svg.style.removeProperty('width');
  else svg.style.setProperty('width', `${svg.viewBox.baseVal.width * zoom}px`);
}

// What is in the middle, or under the mouse, stays where it is.
function zoomBy(frame, factor, x = frame.clientWidth / 2, y = frame.clientHeight / 2) {
  const svg = drawing(frame);
  if (factor === 0) {
    zooms.delete(keyOf(frame));
    apply(frame);
    return;
  }
  const before = svg.getBoundingClientRect();
  const box = frame.getBoundingClientRect();
  const [shareX, shareY] = [(box.left + x - before.left) / before.width, (box.top + y - before.top) / before.height];
  zooms.set(keyOf(frame), Math.min(most, Math.max(least, before.width / svg.viewBox.baseVal.width * factor)));
  apply(frame);
  const after = svg.getBoundingClientRect();
  frame.scrollLeft += after.left + after.width * shareX - box.left - x;
  frame.scrollTop += after.top + after.height * shareY - box.top - y;
}

document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-zoom-by]');
  if (button) zoomBy(button.closest('.graph-frame').querySelector('[data-zoom]'), Number(button.dataset.zoomBy));
});

// Before the shortcuts of the page, which use the same keys for the width of the details.
document.addEventListener('keydown', event => {
  const frame = event.target.closest?.('[data-zoom]');
  if (!frame || event.ctrlKey || event.metaKey || event.altKey) return;
  const factor = { '+': 1.25, '=': 1.25, '-': 0.8, 0: 0 }[event.key];
  if (factor === undefined) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  zoomBy(frame, factor);
}, { capture: true });

document.addEventListener('wheel', event => {
  const frame = event.target.closest?.('[data-zoom]');
  if (!frame || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const box = frame.getBoundingClientRect();
  zoomBy(frame, Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
}, { passive: false });

document.addEventListener('pointerdown', event => {
  const frame = event.target.closest?.('[data-zoom]');
  if (frame && event.button === 0 && event.pointerType === 'mouse' && !event.target.closest('a')) drag = { frame, x: event.clientX, y: event.clientY };
});

document.addEventListener('pointermove', event => {
  if (!drag) return;
  drag.frame.classList.add('dragged');
  drag.frame.scrollBy(drag.x - event.clientX, drag.y - event.clientY);
  [drag.x, drag.y] = [event.clientX, event.clientY];
});

for (const name of ['pointerup', 'pointercancel']) {
  document.addEventListener(name, () => {
    drag?.frame.classList.remove('dragged');
    drag = null;
  });
}

// An update brings the drawing as the server made it.
function sync() {
  for (const frame of document.querySelectorAll('[data-zoom]')) apply(frame);
}

onShown(sync);
sync();
