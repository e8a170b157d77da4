using System.Security.Cryptography;
using System.Text;

namespace CounterService.Answers;

/// <summary>
/// Asks for the page's script and styles again when they did not arrive: a browser gives up what is under way whenever a network of the machine
/// comes or goes (net::ERR_NETWORK_CHANGED), as it does with every container that starts. Part of the page, so that it cannot get lost itself,
/// and not by loading the page anew, which would count.
/// </summary>
internal static class LoadAgain
{
    // At another address each time: what a browser could not load of a module it may remember.
    public const string Script = """
        addEventListener('error', ({ target: lost }) => {
          const link = lost instanceof HTMLScriptElement ? 'src' : lost instanceof HTMLLinkElement ? 'href' : null;
          if (!link) return;
          const [address, tries = 0] = lost[link].split('?');
          if (tries > 4) return;
          const again = document.createElement(lost.localName);
          for (const { name, value } of lost.attributes) again.setAttribute(name, value);
          again[link] = `${address}?${Number(tries) + 1}`;
          setTimeout(() => lost.replaceWith(again), 200 << tries);
        }, { capture: true });
        """;

    /// <summary>Allows this script in the page, and no other, in a content security policy.</summary>
    public static readonly string Source = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)))}'";
}
