// Streams of events. A browser has six connections to a host for all of its tabs together (HTTP/1.1), and a stream takes one for as long
// as it is open: those of a page that nobody looks at are closed until someone does.

const streams = new Set();
let left = false;

export class Stream {
  constructor(url, handlers) {
    this.url = url;
    this.handlers = handlers;
    streams.add(this);
    this.sync();
  }

  get isOpen() { return this.source?.readyState === EventSource.OPEN; }

  sync() {
    const shown = !left && !document.hidden;
    if (shown === !!this.source) return;
    if (shown) {
      this.source = new EventSource(this.url);
      for (const [name, handler] of Object.entries(this.handlers)) this.source.addEventListener(name, handler);
    } else {
      this.source.close();
      this.source = null;
    }
  }

  close() {
    streams.delete(this);
    this.source?.close();
    this.source = null;
  }
}

function syncAll() {
  for (const stream of streams) stream.sync();
}

document.addEventListener('visibilitychange', syncAll);
addEventListener('pagehide', () => { left = true; syncAll(); });
addEventListener('pageshow', () => { left = false; syncAll(); });
