using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Shared.Browser;

/// <summary>
/// Playwright's expectations, whose failures are a few lines: what was expected, what was, and the address of the page. Its own bring along
/// all that stands on the page, more than is left of the output of a run that failed.
/// </summary>
internal static partial class Expectations
{
    private const int LongestValue = 600;
    private const int LongestLine = 200;

    public static ILocatorAssertions Expect(ILocator locator) => Brief(Assertions.Expect(locator), locator.Page);

    public static IPageAssertions Expect(IPage page) => Brief(Assertions.Expect(page), page);

    private static T Brief<T>(T expectations, IPage page)
        where T : class
    {
        var brief = DispatchProxy.Create<T, BriefExpectations>();
        ((BriefExpectations)(object)brief).Set(expectations, page);
        return brief;
    }

    private static async Task BriefAsync(Task expectation, IPage page)
    {
        try
        {
            await expectation;
        }
        catch (PlaywrightException failure)
        {
            var parts = failure.Message.Split("\nAria snapshot:")[0].Split("\nCall log:");
            var log = parts[^1].Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(3).Select(line => Cut(line, LongestLine));
            Assert.Fail($"{Cut(Space().Replace(parts[0], " "), LongestValue)}\n{string.Join('\n', log)}\n  - on {page.Url}");
        }
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length] + "…";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

#pragma warning disable CA1852 // A proxy derives from it, when the tests run.
    private class BriefExpectations : DispatchProxy
#pragma warning restore CA1852
    {
        private object? _expectations;
        private IPage? _page;

        public void Set(object expectations, IPage page) => (_expectations, _page) = (expectations, page);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Invoke(_expectations, args) switch
        {
            Task expectation => BriefAsync(expectation, _page!),
            ILocatorAssertions not => Brief(not, _page!),
            IPageAssertions not => Brief(not, _page!),
            var other => other,
        };
    }
}
