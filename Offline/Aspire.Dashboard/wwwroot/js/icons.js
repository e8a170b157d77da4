const namespace = 'http://www.w3.org/2000/svg';
const file = new URL('../assets/icons.svg', import.meta.url).pathname;

export const iconAddress = name => `${file}#${name}`;

export function icon(name) {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(namespace, 'use');
  use.setAttribute('href', iconAddress(name));
  svg.append(use);
  return svg;
}
