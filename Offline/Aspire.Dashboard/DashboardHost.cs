using System.Security.Cryptography.X509Certificates;
using Aspire.Dashboard.Api;
using Aspire.Dashboard.Live;
using Aspire.Dashboard.Otlp;
using Aspire.Dashboard.Pages;
using Aspire.Dashboard.Resources;
using Aspire.Dashboard.Security;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Dashboard;

/// <summary>
/// A dashboard in this process: the pages, the OTLP receivers and the telemetry they hold.
/// </summary>
/// <param name="options">How it listens and whom it lets in.</param>
/// <param name="resourceService">The host whose resources it shows; null when it only receives telemetry.</param>
/// <param name="configuration">Where limits are read from (<c>Dashboard:TelemetryLimits:*</c> and the published names); null for defaults.</param>
/// <param name="loggerFactory">Where its own log lines go; null for nowhere.</param>
public sealed class DashboardHost(DashboardOptions options, IResourceService? resourceService, IConfiguration? configuration = null, ILoggerFactory? loggerFactory = null) : IAsyncDisposable
{
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(5);

    private readonly List<Listener> _listeners = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lazy<X509Certificate2> _certificate = new(ServerCertificate.GetOrCreate);
    private WebApplication? _app;

    /// <summary>The options it was made with.</summary>
    public DashboardOptions Options { get; } = options;

    /// <summary>The host whose resources it shows, if any.</summary>
    public IResourceService? ResourceService { get; } = resourceService;

    /// <summary>Everything it received and keeps.</summary>
    public TelemetryStore Telemetry { get; } = new(TelemetryLimits.FromConfiguration(configuration), resourceService);

    /// <summary>The addresses of the pages, with the real ports, once started.</summary>
    public IReadOnlyList<string> FrontendUrls { get; private set; } = [];

    /// <summary>The address of OTLP/gRPC, with the real port, once started.</summary>
    public string? OtlpGrpcUrl { get; private set; }

    /// <summary>The address of OTLP/HTTP, with the real port, once started.</summary>
    public string? OtlpHttpUrl { get; private set; }

    /// <summary>The certificate of its https addresses, without its key, for those who are to trust it.</summary>
    public string GetCertificatePem() => _certificate.Value.ExportCertificatePem();

    /// <summary>Ends with the dashboard: what live streams are closed by.</summary>
    internal CancellationToken Stopping => _stopping.Token;

    /// <summary>Binds the addresses and starts to serve.</summary>
    /// <exception cref="IOException">An address is taken; the message names it.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (configuration is not null)
        {
            DashboardConfiguration.Apply(Options, configuration);
        }

        foreach (var url in Options.FrontendUrls)
        {
            AddListener(url, ListenerKind.Frontend);
        }

        AddListener(Options.OtlpGrpcUrl, ListenerKind.OtlpGrpc);
        AddListener(Options.OtlpHttpUrl, ListenerKind.OtlpHttp);
        _app = Build();
        await _app.StartAsync(cancellationToken).ConfigureAwait(false);
        FrontendUrls = [.. UrlsOf(ListenerKind.Frontend)];
        OtlpGrpcUrl = UrlsOf(ListenerKind.OtlpGrpc).FirstOrDefault();
        OtlpHttpUrl = UrlsOf(ListenerKind.OtlpHttp).FirstOrDefault();
    }

    /// <summary>Stops to serve; open live streams are closed.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (_app is null)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(s_stopTimeout);
        await _app.StopAsync(bounded.Token).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        if (_app is not null)
        {
            await _app.DisposeAsync().ConfigureAwait(false);
            _app = null;
        }

        _stopping.Dispose();
    }

    private void AddListener(string? url, ListenerKind kind)
    {
        if (url is null)
        {
            return;
        }

        if (_listeners.Find(l => l.SamePlace(url)) is { } shared)
        {
            shared.Kind |= kind;
        }
        else
        {
            _listeners.Add(new(url, kind));
        }
    }

    private IEnumerable<string> UrlsOf(ListenerKind kind) => _listeners.Where(l => l.Kind.HasFlag(kind)).Select(l => l.GetBoundUrl());

    private WebApplication Build()
    {
        // Empty: no configuration files, no environment, no console of its own. It is a guest in the process of its host.
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = typeof(DashboardHost).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(ConfigureKestrel);
        ConfigureServices(builder.Services);

        var app = builder.Build();
        var assets = new StaticAssets();
        var guard = new FrontendGuard(Options, new(Options), app.Services.GetRequiredService<BrowserSessions>());
        app.UseOtlp();
        app.Use(next => context => Listener.KindOf(context).HasFlag(ListenerKind.Frontend) ? next(context) : NotFound(context));
        app.Use(next => context => guard.InvokeAsync(context, next));
        app.Use(next => context => assets.InvokeAsync(context, next));
        app.UseRouting();
        app.MapGet("/health", Handler.Of(_ => Results.Text("Healthy")));
        app.MapLogin();
        app.MapTelemetryApi();
        app.MapData();
        app.MapLive();
        app.MapPages();
        return app;
    }

    private void ConfigureServices(IServiceCollection services)
    {
        services.AddRoutingCore();
        if (loggerFactory is not null)
        {
            services.Replace(ServiceDescriptor.Singleton(loggerFactory));
        }

        // The process belongs to someone else: its signals, too.
        services.AddSingleton<IHostLifetime, GuestLifetime>();
        services.AddSingleton(this);
        services.AddSingleton(Options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(ResourceService ?? new NoResources());
        services.AddSingleton(Telemetry);
        services.AddSingleton(Telemetry.Logs);
        services.AddSingleton(Telemetry.Traces);
        services.AddSingleton(Telemetry.Metrics);
        services.AddSingleton(Telemetry.Resources);
        services.AddSingleton(Telemetry.Peers);
        services.AddSingleton<BrowserSessions>();
        services.AddSingleton<StreamBudget>();
        services.AddOtlp();
        services.AddPages();
    }

    private void ConfigureKestrel(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = 2_000;
        kestrel.Limits.MaxRequestBodySize = 100L << 20;
        // A batch should not wait for window updates.
        kestrel.Limits.Http2.InitialConnectionWindowSize = 4 << 20;
        kestrel.Limits.Http2.InitialStreamWindowSize = 1 << 20;
        foreach (var listener in _listeners)
        {
            listener.Listen(kestrel, () => _certificate.Value);
        }
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private sealed class GuestLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
