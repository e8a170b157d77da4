// The page's scripts and styles are asked for again, by loading it anew, when they did not arrive: a browser gives up what is under way
// whenever a network of the machine comes or goes (net::ERR_NETWORK_CHANGED), as it does with every container that starts.
// Not a module and first in the page, so that it hears of all that fails after it.

addEventListener('error', event => {
  if (!(event.target instanceof HTMLScriptElement || event.target instanceof HTMLLinkElement)) return;
  document.documentElement.dataset.incomplete = '';
  const tries = Number(sessionStorage.getItem('tries'));
  if (tries > 4) return;
  sessionStorage.setItem('tries', tries + 1);
  setTimeout(() => location.reload(), 200 << tries);
}, { capture: true });

addEventListener('load', () => { if (!('incomplete' in document.documentElement.dataset)) sessionStorage.removeItem('tries'); });
