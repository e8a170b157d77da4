using Aspire.Hosting.Testing;

namespace MyApp.Tests;

public class CounterAppTests
{
    [Fact]
    public async Task Every_visit_is_counted()
    {
        var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

        // The AppHost's own Program.cs, up to where it builds the application: the model can still be changed.
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(timeout);

        await using var app = await builder.BuildAsync(timeout);
        await app.StartAsync(timeout);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("counter", timeout);

        using var client = app.CreateHttpClient("counter", "http");
        var first = await CountAsync(client, timeout);
        var second = await CountAsync(client, timeout);

        Assert.Equal(first + 1, second);
    }

    private static async Task<int> CountAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var page = await client.GetStringAsync("/", cancellationToken);
        return int.Parse(page.Split("Total requests: ")[1].Split('\n')[0]);
    }
}
