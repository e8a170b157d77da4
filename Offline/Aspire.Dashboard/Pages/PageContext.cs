using Aspire.Dashboard.Resources;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace Aspire.Dashboard.Pages;

/// <summary>What every page is rendered from: the request, what there is to show, and how links and forms are made.</summary>
public sealed class PageContext
{
    internal PageContext(HttpContext http, TelemetryStore store, DashboardOptions options, IResourceService? host, InteractionCenter interactions, string antiforgeryToken)
    {
        Http = http;
        Store = store;
        Options = options;
        Host = host;
        Interactions = interactions;
        AntiforgeryToken = antiforgeryToken;
        Resources = host?.GetResources() ?? [];
    }

    /// <summary>The request.</summary>
    public HttpContext Http { get; }

    /// <summary>The telemetry.</summary>
    public TelemetryStore Store { get; }

    /// <summary>How the dashboard runs.</summary>
    public DashboardOptions Options { get; }

    /// <summary>The host of the resources; null for a dashboard that stands alone.</summary>
    public IResourceService? Host { get; }

    /// <summary>The resources as they were when the request came in.</summary>
    public IReadOnlyList<ResourceViewModel> Resources { get; }

    /// <summary>What commands are sent with.</summary>
    public string AntiforgeryToken { get; }

    internal InteractionCenter Interactions { get; }

    /// <summary>True when a script of ours asks for the page to put it into the one that is shown.</summary>
    public bool IsFragment => Http.Request.Headers["X-Fragment"].Count > 0;

    /// <summary>A value of the query, or null when it is absent or empty.</summary>
    public string? this[string key] => Http.Request.Query[key] is [{ Length: > 0 } value, ..] ? value : null;

    /// <summary>All values of a key of the query.</summary>
    public IReadOnlyList<string> All(string key) => [.. Http.Request.Query[key].OfType<string>().Where(v => v.Length > 0)];

    /// <summary>A number of the query within bounds.</summary>
    public int Number(string key, int fallback, int least, int most) =>
        int.TryParse(this[key], System.Globalization.CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, least, most) : fallback;

    /// <summary>This page's address with some keys of the query set anew; null removes one.</summary>
    public string With(params (string Key, string? Value)[] changes) => WithPath(Http.Request.Path.Value ?? "/", changes);

    /// <summary>Another page's address with this page's query and some keys set anew; null removes one.</summary>
    public string WithPath(string path, params (string Key, string? Value)[] changes)
    {
        var query = new QueryBuilder();
        foreach (var (key, values) in Http.Request.Query)
        {
            if (!changes.Any(c => c.Key == key))
            {
                query.Add(key, values.OfType<string>());
            }
        }

        foreach (var (key, value) in changes)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Add(key, value);
            }
        }

        return path + query;
    }

    /// <summary>This page's address with all values of one key set anew.</summary>
    public string WithAll(string key, IEnumerable<string> values)
    {
        var query = new QueryBuilder(Http.Request.Query.Where(p => p.Key != key)) { { key, values } };
        return Http.Request.Path + query.ToQueryString();
    }

    /// <summary>The pairs of the query but those of some keys: what a form of this page repeats in hidden fields.</summary>
    public IEnumerable<KeyValuePair<string, string>> Others(params string[] keys)
    {
        foreach (var (key, values) in Http.Request.Query)
        {
            foreach (var value in keys.Contains(key) ? StringValues.Empty : values)
            {
                if (!string.IsNullOrEmpty(value))
                {
                    yield return new(key, value);
                }
            }
        }
    }

    /// <summary>The address of this page: where a form leads back to.</summary>
    public string Here => Http.Request.Path + Http.Request.QueryString;

    /// <summary>Whether a resource has the state <c>Running</c>.</summary>
    public ResourceViewModel? FindResource(string? name) =>
        name is null ? null : Resources.FirstOrDefault(r => Names.Same(r.Name, name)) ?? Resources.FirstOrDefault(r => Names.Same(r.DisplayName, name));

    /// <summary>The colour of a resource, 0 to 11: the same on every page, by its place among all names.</summary>
    public int ColourOf(string name) => (_colours ??= MakeColours()).TryGetValue(name, out var colour) ? colour : Names.Hash(name) % Colours;

    internal const int Colours = 12;

    private Dictionary<string, int>? _colours;

    private Dictionary<string, int> MakeColours()
    {
        Dictionary<string, int> colours = new(StringComparer.OrdinalIgnoreCase);
        foreach (var name in Resources.Select(r => r.DisplayName).Concat(Store.Resources.GetAll().Select(r => r.Name)))
        {
            colours.TryAdd(name, colours.Count % Colours);
        }

        foreach (var resource in Resources)
        {
            colours.TryAdd(resource.Name, colours[resource.DisplayName]);
        }

        foreach (var resource in Store.Resources.GetAll())
        {
            colours.TryAdd(resource.UniqueName, colours[resource.Name]);
        }

        return colours;
    }
}
