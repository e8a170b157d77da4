// Makes one element look like another and touches only what differs, so that scroll positions, focus, selections, open details and
// what is being typed outlive an update. Elements are matched by data-key or id, else by their place.

const keyOf = node => node.nodeType === 1 ? node.getAttribute('data-key') ?? (node.id || null) : null;

export function morph(from, to) {
  if (from.hasAttribute('data-static') && from.getAttribute('data-key') === to.getAttribute('data-key')) return;
  morphAttributes(from, to);
  morphChildren(from, to);
}

function morphAttributes(from, to) {
  for (const { name, value } of [...to.attributes]) {
    // What the user opened or closed stays so.
    if (name === 'open' && from.localName === 'details') continue;
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !(name === 'open' && from.localName === 'details') && name !== 'data-seen') from.removeAttribute(name);
  }
  // What the user chose or typed and has not sent stays so.
  if (from.closest('dialog, form[method=post i]')) return;
  if (from.localName === 'input' && from !== document.activeElement && from.type !== 'file') {
    if (from.type === 'checkbox' || from.type === 'radio') {
      if (from.checked !== to.checked) from.checked = to.checked;
    } else if (from.value !== to.value && !from.closest('.pop')) from.value = to.value;
  }
  if (from.localName === 'option' && from.selected !== to.selected && from.parentElement !== document.activeElement && !from.closest('.pop')) from.selected = to.selected;
}

function morphChildren(from, to) {
  const keyed = new Map();
  for (const child of from.children) {
    const key = keyOf(child);
    if (key !== null) keyed.set(key, child);
  }
  let here = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const key = keyOf(wanted);
    let match = null;
    if (key !== null) {
      match = keyed.get(key) ?? null;
      if (match && match.localName !== wanted.localName) match = null;
      keyed.delete(key);
    } else if (here && here.nodeType === wanted.nodeType && keyOf(here) === null && here.nodeName === wanted.nodeName) {
      match = here;
    }
    if (!match) {
      from.insertBefore(document.importNode(wanted, true), here);
      continue;
    }
    if (match === here) here = here.nextSibling;
    else from.insertBefore(match, here);
    if (match.nodeType === 1) morph(match, wanted);
    else if (match.nodeValue !== wanted.nodeValue) match.nodeValue = wanted.nodeValue;
  }
  while (here) {
    const next = here.nextSibling;
    here.remove();
    here = next;
  }
}
