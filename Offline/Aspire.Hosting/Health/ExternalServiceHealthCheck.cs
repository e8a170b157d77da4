using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Asks an external service how it is.</summary>
internal sealed class ExternalServiceHealthCheck(ExternalServiceResource service, string? path, int statusCode, IHttpClientFactory clients) : IHealthCheck
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var address = service.Uri ?? (Uri.TryCreate(await service.UrlParameter!.GetValueAsync(cancellationToken).ConfigureAwait(false), UriKind.Absolute, out var uri) ? uri : null);
        if (address is null)
        {
            return HealthCheckResult.Unhealthy($"The URL parameter '{service.UrlParameter!.Name}' is not an absolute URL.");
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_longest);
        try
        {
            using var client = clients.CreateClient(nameof(ExternalServiceHealthCheck));
            using var answer = await client.GetAsync(path is null ? address : new Uri(address, path), HttpCompletionOption.ResponseHeadersRead, timeout.Token).ConfigureAwait(false);
            return (int)answer.StatusCode == statusCode
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy(string.Create(CultureInfo.InvariantCulture, $"Expected status code {statusCode}, got {(int)answer.StatusCode}."));
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
    }
}
