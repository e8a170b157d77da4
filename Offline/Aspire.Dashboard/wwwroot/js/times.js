// Times in the viewer's zone. The server sends UTC; every time is rewritten before it is shown.

const formats = new Map();
const ahead = Date.parse(document.body.dataset.now) - Date.now();

function formatter(kind) {
  const clock = document.documentElement.dataset.clock;
  const key = `${kind}|${clock}`;
  if (!formats.has(key)) {
    const options = { hour: '2-digit', minute: '2-digit', second: '2-digit' };
    if (kind !== 'short') options.fractionalSecondDigits = 3;
    if (kind === 'full') Object.assign(options, { year: 'numeric', month: '2-digit', day: '2-digit' });
    if (clock === '12') options.hour12 = true;
    else if (clock === '24' || clock === 'utc') options.hourCycle = 'h23';
    if (clock === 'utc') options.timeZone = 'UTC';
    formats.set(key, new Intl.DateTimeFormat(undefined, options));
  }
  return formats.get(key);
}

// The time by the dashboard's clock, as all that is shown beside it: the viewer's may be wrong.
export const now = () => new Date(Date.now() + ahead);

export function formatTime(iso, kind = 'time') {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : formatter(kind).format(time);
}

export function localize(root) {
  for (const element of root.querySelectorAll('time[datetime]')) {
    const iso = element.getAttribute('datetime');
    element.textContent = formatTime(iso, element.dataset.format);
    element.title = iso;
  }
  for (const element of root.querySelectorAll('[data-time]')) element.textContent = formatTime(element.dataset.time, element.dataset.format);
}
