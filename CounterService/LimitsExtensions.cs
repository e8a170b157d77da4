namespace CounterService;

/// <summary>What a client may ask of the server. Each can be changed under <c>Kestrel:Limits</c>.</summary>
internal static class LimitsExtensions
{
    private const int DefaultPort = 3000;

    public static void AddLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = 16 * 1024;
            server.Limits.MaxRequestLineSize = 4 * 1024;
            server.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            server.Limits.MaxRequestHeaderCount = 64;
            server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            server.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            server.Limits.MaxConcurrentConnections = 10_000;
            builder.Configuration.GetSection("Kestrel:Limits").Bind(server.Limits);
        });

        // The tutorial's port, where nobody says otherwise.
        if (string.IsNullOrEmpty(builder.Configuration["urls"])
            && string.IsNullOrEmpty(builder.Configuration["http_ports"])
            && string.IsNullOrEmpty(builder.Configuration["https_ports"])
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls($"http://localhost:{DefaultPort}");
        }
    }
}
