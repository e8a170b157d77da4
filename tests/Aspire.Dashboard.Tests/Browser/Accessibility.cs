namespace Aspire.Dashboard.Tests.Browser;

/// <summary>A script that lists texts with a contrast under 4.5 and controls without a name.</summary>
internal static class Accessibility
{
    public const string Check = """
        () => {
          const problems = [];
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const rgba = color => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); const d = canvas.getImageData(0, 0, 1, 1).data; return [d[0], d[1], d[2], d[3] / 255]; };
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const over = (top, below) => top.slice(0, 3).map((v, i) => v * top[3] + below[i] * (1 - top[3]));
          const ground = element => {
            const layers = [];
            for (let e = element; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] > 0) layers.push(c); if (c[3] === 1) break; }
            return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
          };
          for (const element of document.querySelectorAll('body *')) {
            const style = getComputedStyle(element);
            if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
            if (element.matches('a[href], button, input:not([type=hidden]), select, summary')) {
              const name = element.getAttribute('aria-label') || element.textContent.trim() || element.title || [...(element.labels ?? [])].map(l => l.textContent.trim()).join('');
              if (!name) problems.push(`no name: ${element.outerHTML.slice(0, 120)}`);
            }
            if (element.closest('svg, :disabled, .sr') || ![...element.childNodes].some(n => n.nodeType === 3 && n.nodeValue.trim())) continue;
            const back = ground(element);
            const front = over(rgba(style.color), back);
            const [x, y] = [light(front), light(back)].sort((a, b) => b - a);
            const contrast = (x + 0.05) / (y + 0.05);
            if (contrast < 4.5) problems.push(`${contrast.toFixed(2)}: "${element.textContent.trim().slice(0, 40)}" ${element.className}`);
          }
          return [...new Set(problems)].slice(0, 20);
        }
        """;
}
