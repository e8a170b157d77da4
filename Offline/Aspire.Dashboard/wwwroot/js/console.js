// The console page: lines arrive over a stream and are shown in batches; the oldest go when there are too many.

import { onShown } from './pages.js';
import { render } from './ansi.js';
import { Stream } from './streams.js';
import { formatTime, now } from './times.js';

const stamp = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)) ?/;
const settings = { times: localStorage.getItem('console-times') !== 'off', wrap: localStorage.getItem('console-wrap') !== 'off' };
let view = null;

class ConsoleView {
  constructor(element) {
    this.element = element;
    this.key = element.dataset.key;
    this.resources = element.dataset.resources;
    this.names = this.resources.split('\n').filter(Boolean);
    const colours = element.dataset.colours.split('\n');
    this.colours = new Map(this.names.map((name, index) => [name, colours[index]]));
    const shown = element.dataset.names.split('\n');
    this.shownNames = new Map(this.names.map((name, index) => [name, shown[index]]));
    this.most = Number(element.dataset.max) || 10000;
    this.seen = new Map();
    this.waiting = [];
    this.held = [];
    this.paused = document.getElementById('pause')?.getAttribute('aria-pressed') === 'true';
    this.pausedAt = now();
    this.atEnd = true;
    this.filter = '';
    element.replaceChildren();
    this.scrolled = () => {
      this.atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - 24;
      this.showEnd();
    };
    element.addEventListener('scroll', this.scrolled, { passive: true });
    const query = new URLSearchParams(this.names.map(name => ['resource', name]));
    this.stream = new Stream(`/api/live/console?${query}&tail=${Math.ceil(this.most / Math.max(1, this.names.length))}`, { lines: event => this.receive(JSON.parse(event.data)) });
    this.count();
  }

  // A stream that was cut off starts with the backlog again: what was seen is passed over.
  receive({ resource, lines }) {
    let last = this.seen.get(resource) ?? 0;
    if (lines.length > 0 && lines[0].n === 1 && lines.at(-1).n < last) last = 0;
    for (const line of lines) {
      if (line.n <= last) continue;
      last = line.n;
      const match = stamp.exec(line.text);
      (this.paused ? this.held : this.waiting).push({ resource, number: line.n, time: match?.[1], text: match ? line.text.slice(match[0].length) : line.text, error: line.error });
    }
    this.seen.set(resource, last);
    if (this.held.length > this.most) this.held.splice(0, this.held.length - this.most);
    if (this.waiting.length > 0) this.timer ??= setTimeout(() => this.flush(), 120);
    if (this.paused) this.count();
  }

  flush() {
    this.timer = null;
    if (this.waiting.length > this.most) this.waiting.splice(0, this.waiting.length - this.most);
    // The backlogs of several resources come one after the other; by time they belong together.
    if (this.names.length > 1 && this.waiting.every(line => line.time)) this.waiting.sort((x, y) => (x.time < y.time ? -1 : x.time > y.time ? 1 : 0));
    const lines = document.createDocumentFragment();
    for (const line of this.waiting) lines.append(this.make(line));
    this.waiting = [];
    this.element.append(lines);
    this.trim();
    if (this.atEnd) this.element.scrollTop = this.element.scrollHeight;
    this.count();
    this.showEnd();
  }

  make(line) {
    const row = document.createElement('div');
    row.className = line.error ? 'line err' : 'line';
    const number = document.createElement('span');
    number.className = 'number';
    number.textContent = line.number;
    row.append(number);
    if (this.names.length > 1) {
      const from = document.createElement('span');
      from.className = `from c${this.colours.get(line.resource)}`;
      from.textContent = from.title = this.shownNames.get(line.resource);
      row.append(from);
    }
    if (line.time) {
      const time = document.createElement('time');
      time.dateTime = line.time;
      time.textContent = formatTime(line.time);
      row.append(time);
    }
    const text = document.createElement('span');
    text.className = 'text';
    render(line.text, text);
    row.append(text);
    row.hidden = !this.matches(row);
    return row;
  }

  matches(row) {
    return this.filter === '' || (row.querySelector('.text')?.textContent ?? '').toLowerCase().includes(this.filter);
  }

  trim() {
    const over = this.element.childElementCount - this.most;
    if (over <= 0) return;
    const height = this.element.scrollHeight;
    for (let i = 0; i < over; i++) this.element.firstElementChild.remove();
    if (!this.atEnd) this.element.scrollTop -= height - this.element.scrollHeight;
  }

  setFilter(text) {
    this.filter = text.toLowerCase();
    for (const row of this.element.children) row.hidden = !this.matches(row);
    if (this.atEnd) this.element.scrollTop = this.element.scrollHeight;
    this.count();
  }

  setPaused(paused) {
    this.paused = paused;
    if (paused) { this.pausedAt = now(); return; }
    const mark = document.createElement('div');
    mark.className = 'line mark';
    mark.textContent = `Paused between ${formatTime(this.pausedAt.toISOString(), 'short')} and ${formatTime(now().toISOString(), 'short')}`;
    this.element.append(mark);
    this.waiting.push(...this.held);
    this.held = [];
    this.flush();
  }

  clear() {
    this.element.replaceChildren();
    this.count();
  }

  count() {
    const shown = this.filter === '' ? this.element.childElementCount : [...this.element.children].filter(row => !row.hidden).length;
    const label = document.getElementById('console-count');
    if (label) label.textContent = (shown === 0 ? 'No lines' : `${shown.toLocaleString()} ${shown === 1 ? 'line' : 'lines'}`) + (this.filter ? ' match' : '') + (this.held.length > 0 ? `, ${this.held.length.toLocaleString()} more while paused` : '');
  }

  showEnd() {
    const button = document.getElementById('console-end');
    if (button) button.hidden = this.atEnd;
  }

  close() {
    this.stream.close();
    clearTimeout(this.timer);
    this.element.removeEventListener('scroll', this.scrolled);
  }
}

function sync() {
  const element = document.getElementById('console');
  if (view && (view.element !== element || view.key !== element.dataset.key || view.resources !== element.dataset.resources)) {
    view.close();
    view = null;
  }
  if (!element) return;
  if (!view) {
    view = new ConsoleView(element);
    const filter = document.getElementById('console-filter');
    if (filter?.value) view.setFilter(filter.value);
  }
  show();
}

function show() {
  view.element.classList.toggle('no-times', !settings.times);
  view.element.classList.toggle('no-wrap', !settings.wrap);
  document.getElementById('console-times')?.setAttribute('aria-pressed', String(settings.times));
  document.getElementById('console-wrap')?.setAttribute('aria-pressed', String(settings.wrap));
}

document.addEventListener('click', event => {
  const button = event.target.closest?.('#console-times, #console-wrap, #console-clear, #console-end');
  if (!button || !view) return;
  if (button.id === 'console-clear') view.clear();
  else if (button.id === 'console-end') {
    view.element.scrollTop = view.element.scrollHeight;
  } else {
    const name = button.id.slice('console-'.length);
    settings[name] = !settings[name];
    localStorage.setItem(button.id, settings[name] ? 'on' : 'off');
    show();
  }
});

document.addEventListener('input', event => {
  if (event.target.id !== 'console-filter' || !view) return;
  view.setFilter(event.target.value);
  const url = new URL(location.href);
  if (event.target.value) url.searchParams.set('q', event.target.value);
  else url.searchParams.delete('q');
  history.replaceState(null, '', url);
});

document.addEventListener('paused', event => view?.setPaused(event.detail));
onShown(sync);
sync();
