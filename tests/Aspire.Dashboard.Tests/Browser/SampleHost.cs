using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Dashboard.Resources;

namespace Aspire.Dashboard.Tests.Browser;

/// <summary>A host whose resources, lines and questions a test sets, in the shape the tutorial's application has.</summary>
internal sealed class SampleHost : IResourceService
{
    private readonly ConcurrentDictionary<string, ResourceViewModel> _resources = new();
    private readonly ConcurrentDictionary<string, List<ConsoleLogLine>> _lines = new();
    private readonly ConcurrentDictionary<int, Interaction> _interactions = new();
    private readonly ConcurrentDictionary<Guid, Channel<object>> _watchers = new();
    private readonly List<string> _order = [];

    public string ApplicationName => "AppHost";

    public ConcurrentQueue<(string Resource, string Command, IReadOnlyDictionary<string, string?> Arguments)> Executed { get; } = new();

    public ConcurrentQueue<(int Id, InteractionResponse Response)> Answers { get; } = new();

    public Func<string, CommandOutcome> Outcome { get; set; } = _ => new() { Success = true, Message = "Done." };

    /// <summary>Commands are not done before this is.</summary>
    public Task Finish { get; set; } = Task.CompletedTask;

    public IReadOnlyList<ResourceViewModel> GetResources()
    {
        lock (_order)
        {
            return [.. _order.Select(n => _resources[n])];
        }
    }

    public void Set(ResourceViewModel resource)
    {
        lock (_order)
        {
            if (!_order.Contains(resource.Name))
            {
                _order.Add(resource.Name);
            }

            _resources[resource.Name] = resource;
        }

        Tell(new ResourceChange(resource, false));
    }

    public void Remove(string name)
    {
        ResourceViewModel removed;
        lock (_order)
        {
            _order.Remove(name);
            _resources.Remove(name, out removed!);
        }

        Tell(new ResourceChange(removed, true));
    }

    public void Write(string resource, params string[] lines)
    {
        var all = _lines.GetOrAdd(resource, _ => []);
        List<ConsoleLogLine> added = [];
        lock (all)
        {
            foreach (var line in lines)
            {
                added.Add(new(all.Count + 1, line.TrimStart('!'), line.StartsWith('!')));
                all.Add(added[^1]);
            }
        }

        Tell((resource, (IReadOnlyList<ConsoleLogLine>)added));
    }

    public void Ask(Interaction interaction)
    {
        _interactions[interaction.Id] = interaction;
        Tell(interaction);
    }

    public async IAsyncEnumerable<IReadOnlyList<ResourceChange>> WatchResourcesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watcher = Watch();
        yield return [.. GetResources().Select(r => new ResourceChange(r, false))];
        await foreach (var message in watcher.Reader.ReadAllAsync(cancellationToken))
        {
            if (message is ResourceChange change)
            {
                yield return [change];
            }
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<ConsoleLogLine>> WatchConsoleLogsAsync(string resourceName, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watcher = Watch();
        var all = _lines.GetOrAdd(resourceName, _ => []);
        IReadOnlyList<ConsoleLogLine> backlog;
        lock (all)
        {
            backlog = [.. all];
        }

        yield return backlog;
        if (!follow)
        {
            yield break;
        }

        await foreach (var message in watcher.Reader.ReadAllAsync(cancellationToken))
        {
            if (message is ValueTuple<string, IReadOnlyList<ConsoleLogLine>> lines && lines.Item1 == resourceName && lines.Item2[^1].LineNumber > backlog.Count)
            {
                yield return lines.Item2;
            }
        }
    }

    public async Task<CommandOutcome> ExecuteCommandAsync(string resourceName, string commandName, IReadOnlyDictionary<string, string?> arguments, CancellationToken cancellationToken)
    {
        Executed.Enqueue((resourceName, commandName, arguments));
        await Finish.WaitAsync(cancellationToken);
        return Outcome(commandName);
    }

    public async IAsyncEnumerable<Interaction> WatchInteractionsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watcher = Watch();
        foreach (var interaction in _interactions.Values)
        {
            yield return interaction;
        }

        await foreach (var message in watcher.Reader.ReadAllAsync(cancellationToken))
        {
            if (message is Interaction interaction)
            {
                yield return interaction;
            }
        }
    }

    public Task<IReadOnlyDictionary<string, string>> RespondToInteractionAsync(int interactionId, InteractionResponse response, CancellationToken cancellationToken)
    {
        if (!response.IsCanceled && _interactions.TryGetValue(interactionId, out var asked) && asked.Inputs.Any(i => i.Required && string.IsNullOrWhiteSpace(response.Values.GetValueOrDefault(i.Name))))
        {
            return Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { [asked.Inputs[0].Name] = "A value is needed." });
        }

        Answers.Enqueue((interactionId, response));
        if (_interactions.TryRemove(interactionId, out var interaction))
        {
            Tell(interaction with { IsComplete = true });
        }

        return Task.FromResult<IReadOnlyDictionary<string, string>>(ImmutableDictionary<string, string>.Empty);
    }

    /// <summary>The application of the tutorial as it looks while it runs.</summary>
    public static SampleHost Create()
    {
        var host = new SampleHost();
        var started = DateTime.UtcNow.AddMinutes(-3);
        host.Set(new()
        {
            Name = "redis-server-qwertyui",
            DisplayName = "redis-server",
            InstanceId = "qwertyui",
            ResourceType = "Container",
            State = "Running",
            StateStyle = "success",
            HealthStatus = "Healthy",
            CreatedAt = started,
            StartedAt = started,
            Source = "redis-server 7.0.15 (for docker.io/library/redis:8.6)",
            IconName = "Database",
            Urls = [new("tcp", "tcp://localhost:6379", null, false, false, 0)],
            Environment = [new("REDIS_PASSWORD", "correct horse battery staple", true, true)],
            Properties = [new("container.image", "Image", "docker.io/library/redis:8.6", false), new("resource.connectionString", "Connection string", "localhost:6379,password=hunter2", true)],
            Volumes = [new("apphost-redis-server-data", "/data", "volume", false)],
            HealthReports = [new("redis-server_check", "Healthy", null, null, started.AddSeconds(4))],
            Relationships = [new("redis-server-password", "Reference")],
            Commands =
            [
                new() { Name = "stop", DisplayName = "Stop", IsHighlighted = true, State = CommandState.Enabled },
                new() { Name = "restart", DisplayName = "Restart", State = CommandState.Enabled },
                new() { Name = "redis-cli", DisplayName = "Redis CLI", Description = "Run a command against the store.", State = CommandState.Enabled, Arguments = [new() { Name = "command", Label = "Command", InputType = "text", Required = true, Placeholder = "KEYS *" }] },
                new() { Name = "flush", DisplayName = "Flush counter", Description = "Start counting from nothing.", ConfirmationMessage = "Remove all counts from redis-server?", IconName = "Delete", State = CommandState.Enabled },
            ],
        });
        foreach (var id in (string[])["abcdwxyz", "mnopqrst"])
        {
            host.Set(new()
            {
                Name = $"counter-{id}",
                DisplayName = "counter",
                InstanceId = id,
                ResourceType = "Project",
                State = "Running",
                StateStyle = "success",
                HealthStatus = "Healthy",
                CreatedAt = started,
                StartedAt = started.AddSeconds(2),
                Source = "CounterService.csproj",
                Urls = [new("http", "http://localhost:3000", null, false, false, 1)],
                Environment = [new("ConnectionStrings__redis", "localhost:6379,password=hunter2", true, true), new("REDIS_HOST", "localhost", true), new("REDIS_PORT", "6379", true), new("OTEL_SERVICE_NAME", "counter", true)],
                Properties = [new("executable.pid", "Process id", "4711", false), new("project.path", "Project path", "CounterService/CounterService.csproj", false)],
                HealthReports = [new("counter_http", "Healthy", "HTTP 200", null, started.AddSeconds(6))],
                Relationships = [new("redis-server", "Reference", "redis"), new("redis-server", "WaitFor")],
                Commands = [new() { Name = "stop", DisplayName = "Stop", IsHighlighted = true, State = CommandState.Enabled }, new() { Name = "restart", DisplayName = "Restart", State = CommandState.Enabled }, new() { Name = "show-link", DisplayName = "Show link", IconName = "Link", State = CommandState.Enabled }],
            });
            host.Write($"counter-{id}", "2026-11-26T20:00:00.1234567Z \u001b[32minfo\u001b[39m: Microsoft.Hosting.Lifetime[14]", "2026-11-26T20:00:00.1244567Z       Now listening on: http://localhost:3000", "!2026-11-26T20:00:01.0000000Z <script>alert(1)</script> is only text");
        }

        host.Set(new()
        {
            Name = "redis-server-password",
            DisplayName = "redis-server-password",
            ResourceType = "Parameter",
            State = "Running",
            StateStyle = "success",
            Properties = [new("Value", "Value", "correct horse battery staple", true)],
        });
        host.Write("redis-server-qwertyui", "2026-11-26T19:59:58.5000000Z 1:M 26 Nov 2026 19:59:58.500 * Ready to accept connections tcp");
        return host;
    }

    private Watcher Watch()
    {
        var id = Guid.NewGuid();
        var channel = Channel.CreateBounded<object>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest });
        _watchers[id] = channel;
        return new(channel.Reader, () => _watchers.TryRemove(id, out _));
    }

    private void Tell(object message)
    {
        foreach (var watcher in _watchers.Values)
        {
            watcher.Writer.TryWrite(message);
        }
    }

    private sealed class Watcher(ChannelReader<object> reader, Action close) : IDisposable
    {
        public ChannelReader<object> Reader { get; } = reader;

        public void Dispose() => close();
    }
}
