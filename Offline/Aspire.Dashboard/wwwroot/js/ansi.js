// Console text with ANSI colours as nodes. Text is only ever set as text: nothing a program prints can become an element.

const sequence = /\x1b(?:\[([0-9;]*)m|\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])/g;
const address = /https?:\/\/[^\s<>"'\x00-\x1f]+[^\s<>"'.,;:!?)\]\x00-\x1f]/g;
const control = /[\x00-\x08\x0b-\x1f\x7f]/g;

export function render(text, into) {
  let style = {};
  let from = 0;
  for (const match of text.matchAll(sequence)) {
    append(into, text.slice(from, match.index), classes(style));
    from = match.index + match[0].length;
    if (match[1] !== undefined) style = apply(style, match[1]);
  }
  append(into, text.slice(from), classes(style));
}

function append(into, text, css) {
  if (text === '') return;
  let target = into;
  if (css) {
    target = document.createElement('span');
    target.className = css;
    into.append(target);
  }
  let from = 0;
  for (const match of text.matchAll(address)) {
    const link = document.createElement('a');
    link.href = match[0];
    link.target = '_blank';
    link.rel = 'noreferrer';
    link.textContent = match[0];
    target.append(text.slice(from, match.index).replace(control, ''), link);
    from = match.index + match[0].length;
  }
  target.append(text.slice(from).replace(control, ''));
}

function apply(style, codes) {
  const numbers = codes.split(';').map(Number);
  let next = { ...style };
  for (let i = 0; i < numbers.length; i++) {
    const n = numbers[i];
    if (n === 0) next = {};
    else if (n === 1) next.bold = true;
    else if (n === 2) next.faint = true;
    else if (n === 3) next.italic = true;
    else if (n === 4) next.underline = true;
    else if (n === 22) next.bold = next.faint = false;
    else if (n === 23) next.italic = false;
    else if (n === 24) next.underline = false;
    else if (n >= 30 && n <= 37) next.fg = n - 30;
    else if (n === 39) next.fg = undefined;
    else if (n >= 40 && n <= 47) next.bg = n - 40;
    else if (n === 49) next.bg = undefined;
    else if (n >= 90 && n <= 97) next.fg = n - 82;
    else if (n >= 100 && n <= 107) next.bg = n - 92;
    else if (n === 38 || n === 48) {
      let colour;
      if (numbers[i + 1] === 5) { colour = indexed(numbers[i + 2]); i += 2; }
      else if (numbers[i + 1] === 2) { colour = nearest(numbers[i + 2], numbers[i + 3], numbers[i + 4]); i += 4; }
      next[n === 38 ? 'fg' : 'bg'] = colour;
    }
  }
  return next;
}

function indexed(n) {
  if (n < 16) return n;
  if (n >= 232) return nearest(8 + (n - 232) * 10, 8 + (n - 232) * 10, 8 + (n - 232) * 10);
  return nearest(Math.floor((n - 16) / 36) * 51, (Math.floor((n - 16) / 6) % 6) * 51, ((n - 16) % 6) * 51);
}

// A colour beyond the sixteen becomes the nearest of them: they are right in both themes.
function nearest(red, green, blue) {
  const most = Math.max(red, green, blue);
  const half = most / 2;
  return half < 24 ? 0 : (most > 191 ? 8 : 0) + (red > half ? 1 : 0) + (green > half ? 2 : 0) + (blue > half ? 4 : 0);
}

const classes = style => [
  style.fg !== undefined && `fg${style.fg}`, style.bg !== undefined && `bg${style.bg}`,
  style.bold && 'bold', style.faint && 'faint', style.italic && 'italic', style.underline && 'underline',
].filter(Boolean).join(' ');
