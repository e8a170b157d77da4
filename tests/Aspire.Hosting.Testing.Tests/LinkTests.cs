#pragma warning disable ASPIREINTERACTION001 // Arguments of commands are experimental in 13.5.
using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Shared;

namespace Aspire.Hosting.Testing.Tests;

/// <summary>The link of the real AppHost, by its commands and by the tool, while the source stops, starts and changes.</summary>
public sealed class LinkTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task The_link_stays_true_when_its_source_changes()
    {
        using var patience = new CancellationTokenSource(s_patience);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(patience.Token);
        foreach (var mount in builder.Resources.SelectMany(resource => resource.Annotations.OfType<ContainerMountAnnotation>().Select(mount => (resource, mount))).ToList())
        {
            mount.resource.Annotations.Remove(mount.mount);
        }

        const string before = "first+word/1";
        var redis = (RedisResource)builder.Resources.Single(resource => resource.Name == "redis-server");
        var password = builder.AddParameter("password", before, secret: true);
        builder.CreateResourceBuilder(redis).WithPassword(password);

        // A container that no engine has to run: the test says that it does, with the environment a container would have been given.
        var boxed = builder.AddContainer("boxed", "image").WithReference(builder.CreateResourceBuilder(redis), "redis").WithExplicitStart().Resource;

        await using var app = await builder.BuildAsync(patience.Token);
        await app.StartAsync(patience.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("counter", patience.Token);
        async Task<ExecuteCommandResult> RunAsync(string resource, string command, params (string Name, string Value)[] arguments) =>
            await app.ResourceCommands.ExecuteCommandAsync(
                resource, command, new InteractionInputCollection([.. arguments.Select(argument => new InteractionInput { Name = argument.Name, InputType = InputType.Text, Value = argument.Value })]), patience.Token);
        async Task<string> TextOfAsync(string resource, string command, params (string Name, string Value)[] arguments)
        {
            var result = await RunAsync(resource, command, arguments);
            Assert.True(result.Success, result.Message);
            return result.Data?.Value ?? "";
        }

        // The commands, from ResourceCommandService.
        Assert.Equal("OK\n", await TextOfAsync("redis-server", "redis-cli", ("command", "SET greeting \"hi \\\"there\\\"\"")));
        Assert.Equal("1) \"hi \\\"there\\\"\"\n2) (nil)\n", await TextOfAsync("redis-server", "redis-cli", ("command", "MGET greeting nosuch")));
        Assert.Equal("ERR unknown command 'NOSUCH', with args beginning with: ", (await RunAsync("redis-server", "redis-cli", ("command", "NOSUCH"))).Message);
        Assert.Equal("Write a command, with balanced quotes.", (await RunAsync("redis-server", "redis-cli", ("command", "GET \"greeting"))).Message);
        Assert.Equal("(integer) 0\n", await TextOfAsync("redis-server", "flush-counter"));
        var link = await TextOfAsync("counter", "show-link");
        Assert.Contains("REDIS_PASSWORD=********\n", link, StringComparison.Ordinal);
        Assert.DoesNotContain(before, link, StringComparison.Ordinal);
        Assert.Null(StaleMark("counter"));
        async Task<EnvironmentVariableSnapshot> InsideAsync(string name, IValueProvider value) =>
            new(name, await value.GetValueAsync(new ValueProviderContext { Caller = boxed }, patience.Token), IsFromSpec: true);
        EnvironmentVariableSnapshot[] inside =
        [
            await InsideAsync("REDIS_HOST", redis.PrimaryEndpoint.Property(EndpointProperty.Host)),
            await InsideAsync("REDIS_PORT", redis.PrimaryEndpoint.Property(EndpointProperty.Port)),
            await InsideAsync("REDIS_PASSWORD", redis.PasswordParameter!),
        ];
        Assert.NotEqual("localhost", inside[0].Value);
        await app.ResourceNotifications.PublishUpdateAsync(boxed, snapshot => snapshot with { State = KnownResourceStates.Running, EnvironmentVariables = [.. inside] });

        // The source stops: the tool waits as long as it is told to, and says for what.
        await TextOfAsync("redis-server", "stop");
        await StateAsync("redis-server", KnownResourceStates.Exited);
        Assert.Equal(
            (125, "", "link: waiting for 'redis-server' to run (state: Exited)\nlink: 'redis-server' is not running (state: Exited) after 0.5 s.\n"),
            await LinkAsync("--timeout", "0.5", "redis-server:redis", "env"));
        using var waiting = StartLink("--timeout", "120", "redis-server:redis", "redis-cli", "-h", "redis", "PING");
        Assert.Equal("link: waiting for 'redis-server' to run (state: Exited)", await waiting.StandardError.ReadLineAsync(patience.Token));

        // It starts with another password: who asks now gets the new one, who got the old one is marked.
        const string after = "another+word/2";
        await TextOfAsync("password", KnownResourceCommands.SetParameterCommand, ("value", after));
        await TextOfAsync("redis-server", "start");
        Assert.Equal("PONG\n", await waiting.StandardOutput.ReadToEndAsync(patience.Token));
        await app.ResourceNotifications.WaitForResourceHealthyAsync("redis-server", patience.Token);
        Assert.Contains($"\nREDIS_PASSWORD={after}\n", (await LinkAsync("redis-server:redis", "env")).Output, StringComparison.Ordinal);
        Assert.Equal("PONG\n", await TextOfAsync("redis-server", "redis-cli", ("command", "PING")));
        Assert.Contains("PONG from redis", await TextOfAsync("counter", "show-link"), StringComparison.Ordinal);
        await UntilMarkedAsync("counter", "REDIS_PASSWORD");
        await UntilMarkedAsync("boxed", "REDIS_PASSWORD");
        Assert.Equal("REDIS_PASSWORD changed since this started: restart it.", StaleMark("boxed"));

        // A restart takes the mark away, and the consumer works with the new password.
        await TextOfAsync("counter", "restart");
        await UntilMarkedAsync("counter", null);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("counter", patience.Token);
        using (var client = app.CreateHttpClient("counter", "http"))
        {
            Assert.Contains("Total requests: ", await client.GetStringAsync("/", patience.Token), StringComparison.Ordinal);
        }

        // On another port, as where no proxy keeps the first one.
        var endpoint = redis.PrimaryEndpoint.EndpointAnnotation;
        var port = FreePort.Next();
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", port);
        await TextOfAsync("redis-server", "restart");
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"\nREDIS_PORT={port}\n"), (await LinkAsync("redis-server:redis", "env")).Output, StringComparison.Ordinal);
        await UntilMarkedAsync("counter", "REDIS_PORT");

        string? StaleMark(string resource) =>
            app.ResourceNotifications.TryGetCurrentState(resource, out var current)
                ? current.Snapshot.Properties.FirstOrDefault(property => property.Name == "link.stale")?.Value as string
                : throw new InvalidOperationException($"There is no {resource}.");

        Task<ResourceEvent> StateAsync(string resource, string state) => app.ResourceNotifications.WaitForResourceAsync(resource, change => change.Snapshot.State?.Text == state, patience.Token);

        async Task UntilMarkedAsync(string resource, string? mark)
        {
            while (mark is null ? StaleMark(resource) is not null : StaleMark(resource)?.Contains(mark, StringComparison.Ordinal) != true)
            {
                Assert.False(patience.IsCancellationRequested, $"{resource} is marked '{StaleMark(resource)}' and not '{mark}'.");
                await Task.Delay(100);
            }
        }
    }

    private static async Task<(int ExitCode, string Output, string Error)> LinkAsync(params string[] arguments)
    {
        using var process = StartLink(arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(s_patience);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await error);
    }

    private static Process StartLink(params string[] arguments)
    {
        var program = Path.Combine(Repository.Root, "Link", "bin", "Debug", "net10.0", "link.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
    }
}
