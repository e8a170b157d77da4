#pragma warning disable ASPIREUSERSECRETS001 // The host implements its own experimental interface.
#pragma warning disable CA1308 // The hash is of the lower-cased path.
using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Builds a distributed application.</summary>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private static readonly DiagnosticListener s_diagnostics = new("Aspire.Hosting");

    private readonly HostApplicationBuilder _inner;
    private readonly DistributedApplicationOptions _options;
    private readonly DistributedApplicationExecutionContextOptions _contextOptions;

    /// <summary>Creates the builder with a command line.</summary>
    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args })
    {
        ArgumentNullException.ThrowIfNull(args);
    }

    /// <summary>Creates the builder with options.</summary>
    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;

        var settings = new HostApplicationBuilderSettings { Args = options.Args };
        Diagnose("DistributedApplicationBuilderConstructing", (options, settings));

        AppHostAssembly = options.Assembly;
        AppHostDirectory = options.ProjectDirectory ?? Directory.GetCurrentDirectory();
        AppHostPath = Path.Join(AppHostDirectory, options.Metadata?.ProjectFile ?? options.Assembly?.GetName().Name);

        // Below what the host itself reads, so that DOTNET_ENVIRONMENT and --environment win over ASPIRE_ENVIRONMENT.
        settings.Configuration ??= new ConfigurationManager();
        settings.Configuration.AddEnvironmentVariables("ASPIRE_");
        settings.ContentRootPath ??= AppHostDirectory;
        _inner = new HostApplicationBuilder(settings);

        AddUserSecrets();
        AddAppHostConfiguration();
        AppHostCommandLine.Apply(Configuration, options.Args);
        AddAppHostHashes(AppHostCommandLine.Operation(Configuration));

        _contextOptions = new DistributedApplicationExecutionContextOptions(AppHostCommandLine.Operation(Configuration), "manifest");
        ExecutionContext = new DistributedApplicationExecutionContext(_contextOptions);
        Eventing = new DistributedApplicationEventing();
        if (ExecutionContext.IsRunMode && !options.DisableDashboard)
        {
            DashboardSettings.AddKeys(Configuration, UserSecretsManager);
        }

        Services.AddAppHost(this, options);
        Services.AddSingleton(UserSecretsManager);
        Services.AddSingleton(ExecutionContext);
        Services.AddAppHostLogging(Configuration);

        Diagnose("DistributedApplicationBuilderConstructed", this);
    }

    /// <inheritdoc />
    public IHostEnvironment Environment => _inner.Environment;

    /// <inheritdoc />
    public ConfigurationManager Configuration => _inner.Configuration;

    /// <inheritdoc />
    public IServiceCollection Services => _inner.Services;

    /// <inheritdoc />
    public string AppHostDirectory { get; }

    /// <summary>The path of the AppHost's project file.</summary>
    public string AppHostPath { get; }

    /// <inheritdoc />
    public Assembly? AppHostAssembly { get; }

    /// <inheritdoc />
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <inheritdoc />
    public IResourceCollection Resources { get; } = new ResourceCollection();

    /// <inheritdoc />
    public IDistributedApplicationEventing Eventing { get; }

    /// <inheritdoc />
    public IUserSecretsManager UserSecretsManager { get; private set; } = new NoUserSecrets();

    /// <inheritdoc />
    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);

        ModelName.Validate("Resource", resource.Name);
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    /// <inheritdoc />
    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new DistributedApplicationResourceBuilder<T>(this, resource);
    }

    /// <inheritdoc />
    public DistributedApplication Build()
    {
        Diagnose("DistributedApplicationBuilding", this);

        // A resource may have been put into the place of another, past AddResource.
        var duplicate = Resources.GroupBy(resource => resource.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (duplicate is not null)
        {
            throw new DistributedApplicationException($"Multiple resources with the name '{duplicate.Key}'. Resource names are case-insensitive.");
        }

        foreach (var resource in Resources)
        {
            ModelName.Validate("Resource", resource.Name);
        }

        var host = _inner.Build();
        _contextOptions.Services = host.Services;
        var application = new DistributedApplication(host);
        Diagnose("DistributedApplicationBuilt", application);
        return application;
    }

    private static void Diagnose(string name, object value)
    {
        if (s_diagnostics.IsEnabled() && s_diagnostics.IsEnabled(name))
        {
            s_diagnostics.Write(name, value);
        }
    }

    private void AddUserSecrets()
    {
        UserSecretsManager = UserSecrets.Of(AppHostAssembly, Configuration);

        // The host has read those of the application's own assembly; another id is read here, and likewise only in Development.
        if (UserSecretsManager.IsAvailable && Environment.IsDevelopment() && Configuration[UserSecrets.IdKey] is { Length: > 0 } id)
        {
            Configuration.AddUserSecrets(id);
        }
    }

    private void AddAppHostConfiguration() =>
        Configuration.AddInMemoryCollection(
        [
            new("AppHost:Directory", AppHostDirectory),
            new("AppHost:Path", AppHostPath),
            new("AppHost:FilePath", AppHostPath),
            new("AppHost:DashboardApplicationName", _options.DashboardApplicationName ?? Environment.ApplicationName),
        ]);

    /// <summary>What tells this AppHost from others: its place on this machine while it runs, its project file in what is published.</summary>
    private void AddAppHostHashes(DistributedApplicationOperation operation)
    {
        var ofPath = Hash(AppHostPath.ToLowerInvariant());
        var ofName = Hash(Path.GetFileName(AppHostPath));
        Configuration.AddInMemoryCollection(
        [
            new("AppHost:PathSha256", ofPath),
            new("AppHost:ProjectNameSha256", ofName),
            new("AppHost:Sha256", Configuration["AppHostSha"] ?? (operation == DistributedApplicationOperation.Publish ? ofName : ofPath)),
        ]);

        static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
