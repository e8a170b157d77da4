using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;
using Microsoft.Extensions.DependencyInjection;
using Shared;

namespace Aspire.Hosting.Tests.Execution;

/// <summary>A model that a test builds, runs and watches.</summary>
internal sealed class RunningModel : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private DistributedApplication? _app;

    public RunningModel(bool dashboard = false, string? folder = null)
    {
        Folder = folder ?? Directory.CreateTempSubdirectory("aspire-run").FullName;
        Builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = !dashboard, ProjectDirectory = Folder, AllowUnsecuredTransport = true });
        Builder.Configuration["DcpPublisher:RandomizePorts"] = "true";
    }

    public string Folder { get; }

    public IDistributedApplicationBuilder Builder { get; }

    public DistributedApplication App => _app ?? throw new InvalidOperationException("Not started.");

    public IResourceBuilder<ExecutableResource> AddShell(string name, string script) => Builder.AddExecutable(name, "/bin/sh", Folder, "-c", script);

    public IResourceBuilder<ProjectResource> AddTestService(string name) => Builder.AddProject<TestServiceMetadata>(name);

    public async Task StartAsync()
    {
        _app = Builder.Build();
        using var limit = new CancellationTokenSource(Patience);
        await _app.StartAsync(limit.Token);
    }

    public async Task<ResourceEvent> StateAsync(string name, string state)
    {
        ResourceEvent? last = null;
        try
        {
            return await App.ResourceNotifications.WaitForResourceAsync(name, change => (last = change).Snapshot.State?.Text == state).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            var log = last is null ? [] : await LogAsync(last.ResourceId);
            throw new TimeoutException($"'{name}' did not become {state}, it is {last?.Snapshot.State?.Text}. Its log: {string.Join('\n', log.TakeLast(10))}");
        }
    }

    public List<ResourceEvent> Instances(IResource resource) =>
        [.. resource.InstanceNames().Select(name => App.ResourceNotifications.TryGetCurrentState(name, out var current) ? current : throw new InvalidOperationException(name))];

    public async Task<ExecuteCommandResult> CommandAsync(string resource, string command)
    {
        var result = await App.ResourceCommands.ExecuteCommandAsync(resource, command).WaitAsync(Patience);
        Assert.True(result.Success, result.Message);
        return result;
    }

    public async Task<List<string>> LogAsync(string instance)
    {
        List<string> lines = [];
        Assert.True(App.ResourceNotifications.TryGetCurrentState(instance, out var current), instance);
        await foreach (var batch in App.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(current.ResourceId))
        {
            lines.AddRange(batch.Select(line => line.Content[29..]));
        }

        return lines;
    }

    public static int Pid(ResourceEvent change) =>
        Convert.ToInt32(change.Snapshot.Properties.First(property => property.Name == "executable.pid").Value, CultureInfo.InvariantCulture);

    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        for (var deadline = DateTime.UtcNow + Patience; !await condition(); await Task.Delay(50))
        {
            Assert.True(DateTime.UtcNow < deadline, $"Not in time: {what}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            using var limit = new CancellationTokenSource(Patience);
            await _app.StopAsync(limit.Token);
            await _app.DisposeAsync();
        }

        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private sealed class TestServiceMetadata : IProjectMetadata
    {
        public string ProjectPath { get; } = Path.Combine(Repository.Root, "tests", "Programs", "TestService", "TestService.csproj");

        public bool SuppressBuild => true;
    }
}
