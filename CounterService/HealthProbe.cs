namespace CounterService;

/// <summary>Asks the service that runs beside it whether it can read the count: the health check of a container.</summary>
internal static class HealthProbe
{
    public static async Task<int> RunAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(4) };
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://localhost:{Port()}/api/count"));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    /// <summary>As the service itself finds it: what the deployment says comes before what the image says.</summary>
    private static string Port() =>
        (Environment.GetEnvironmentVariable("HTTP_PORTS") ?? Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS") ?? "3000").Split(';')[0];
}
