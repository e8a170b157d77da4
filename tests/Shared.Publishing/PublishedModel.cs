using Aspire.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Shared.Publishing;

/// <summary>Publishes a model from an AppHost's directory of its own, as <c>--operation publish --step publish</c> does.</summary>
internal sealed class PublishedModel : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("publish-");

    public PublishedModel()
    {
        AppHost = _root.CreateSubdirectory("AppHost").FullName;
        Output = Path.Combine(_root.FullName, "out");
        var profile = Path.Combine(_root.CreateSubdirectory("counter/Properties").FullName, "launchSettings.json");
        File.WriteAllText(profile, """{ "profiles": { "http": { "commandName": "Project", "applicationUrl": "http://localhost:3000" } } }""");
        File.WriteAllText(Project, """<Project Sdk="Microsoft.NET.Sdk.Web" />""");
    }

    public string AppHost { get; }

    public string Output { get; }

    /// <summary>A web project with a launch profile for http.</summary>
    public string Project => Path.Combine(_root.FullName, "counter", "counter.csproj");

    /// <summary>What the AppHost logged.</summary>
    public IReadOnlyList<string> Log { get; private set; } = [];

    /// <summary>Publishes what the model has; false when that failed.</summary>
    public bool Publish(Action<IDistributedApplicationBuilder> model, string step = "publish")
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--operation", "publish", "--step", step, "--output-path", Output],
            ProjectDirectory = AppHost,
            DisableDashboard = true,
        });
        var lines = new LogLines();
        builder.Services.AddLogging(logging => logging.ClearProviders().AddProvider(lines));
        model(builder);

        Environment.ExitCode = 0;
        builder.Build().Run();
        var succeeded = Environment.ExitCode == 0;

        // It is the test program's, too.
        Environment.ExitCode = 0;
        Log = lines.Lines;
        return succeeded;
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(Output, file));

    public string[] Files() => Directory.Exists(Output)
        ? [.. Directory.GetFiles(Output, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Output, file)).Order(StringComparer.Ordinal)]
        : [];

    public void Dispose() => _root.Delete(recursive: true);

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly Lock _lock = new();
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lock)
                {
                    return [.. _lines];
                }
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lock)
            {
                _lines.Add($"{logLevel}: {formatter(state, exception)}");
            }
        }

        public void Dispose()
        {
        }
    }
}
