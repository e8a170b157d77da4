// Keeps the page live. Without it the page is complete, only still.
const element = id => document.getElementById(id);
const [state, total, rate, top, chart] = ['state', 'total', 'rate', 'top', 'chart'].map(element);
const [area, line] = chart.querySelectorAll('path');
const numbers = new Intl.NumberFormat('en');
const rates = chart.dataset.rates.split(' ').filter(Boolean).map(Number);

const draw = () => {
  const width = 600, height = 120, step = width / 59;
  const most = Math.max(1, ...rates);
  const left = width - (rates.length - 1) * step;
  const points = rates.map((value, i) => `${(left + i * step).toFixed(1)} ${(height - 2 - value / most * (height - 10)).toFixed(1)}`);
  if (points.length > 1) {
    line.setAttribute('d', 'M' + points.join('L'));
    area.setAttribute('d', `M${points.join('L')}L${width} ${height}L${left.toFixed(1)} ${height}Z`);
  }
};

const row = ({ address, count }, most) => {
  const [line, name, bar, caller, number] = ['tr', 'td', 'meter', 'code', 'td'].map(tag => document.createElement(tag));
  caller.textContent = address;
  Object.assign(bar, { min: 0, max: most, value: count });
  bar.setAttribute('aria-hidden', 'true');
  name.append(caller, bar);
  number.className = 'number';
  number.textContent = numbers.format(count);
  line.append(name, number);
  return line;
};

const show = live => {
  state.classList.add('live');
  total.textContent = numbers.format(live.total);
  document.title = `${numbers.format(live.total)} requests counted`;
  rate.textContent = numbers.format(live.rate);
  top.replaceChildren(...live.top.map(entry => row(entry, Math.max(1, live.top[0].count))));
  rates.push(live.rate);
  if (rates.length > 60) rates.shift();
  draw();
};

const feed = new EventSource('/live');
feed.onmessage = message => show(JSON.parse(message.data));
feed.onerror = () => state.classList.remove('live');
addEventListener('pagehide', () => feed.close());
