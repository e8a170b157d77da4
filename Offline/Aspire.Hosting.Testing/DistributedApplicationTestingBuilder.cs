using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Creates builders for applications under test.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs the program of an AppHost up to where it builds the application.</summary>
    /// <typeparam name="TEntryPoint">A type in the assembly of the AppHost, such as <c>Projects.AppHost</c>.</typeparam>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), cancellationToken);

    /// <summary>Runs the program of an AppHost up to where it builds the application.</summary>
    /// <param name="entryPoint">A type in the assembly of the AppHost, such as <c>Projects.AppHost</c>.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, [], cancellationToken);

    /// <summary>Runs the program of an AppHost up to where it builds the application.</summary>
    /// <typeparam name="TEntryPoint">A type in the assembly of the AppHost, such as <c>Projects.AppHost</c>.</typeparam>
    /// <param name="args">The command line.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), args, cancellationToken);

    /// <summary>Runs the program of an AppHost up to where it builds the application.</summary>
    /// <param name="entryPoint">A type in the assembly of the AppHost, such as <c>Projects.AppHost</c>.</param>
    /// <param name="args">The command line.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, string[] args, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, args, (_, _) => { }, cancellationToken);

    /// <summary>Runs the program of an AppHost up to where it builds the application.</summary>
    /// <typeparam name="TEntryPoint">A type in the assembly of the AppHost, such as <c>Projects.AppHost</c>.</typeparam>
    /// <param name="args">The command line.</param>
    /// <param name="configureBuilder">Changes the options of the builder before it is made.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default) => CreateAsync(typeof(TEntryPoint), args, configureBuilder, cancellationToken);

    /// <summary>Runs the program of an AppHost up to where it builds the application.</summary>
    /// <param name="entryPoint">A type in the assembly of the AppHost, such as <c>Projects.AppHost</c>.</param>
    /// <param name="args">The command line.</param>
    /// <param name="configureBuilder">Changes the options of the builder before it is made.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint,
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(configureBuilder);
        var factory = new ConfiguredFactory(entryPoint, args, configureBuilder);
        try
        {
            return new SuspendedBuilder(factory, await factory.BuildingAsync(cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await factory.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Creates an empty builder in the place of an AppHost.</summary>
    /// <param name="args">The command line.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IDistributedApplicationTestingBuilder Create(params string[] args) =>
        new OwnBuilder(AppHostAssembly(Assembly.GetCallingAssembly()), args, (_, _) => { });

    /// <summary>Creates an empty builder in the place of an AppHost.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configureBuilder">Changes the options of the builder before it is made.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IDistributedApplicationTestingBuilder Create(string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        ArgumentNullException.ThrowIfNull(configureBuilder);
        return new OwnBuilder(AppHostAssembly(Assembly.GetCallingAssembly()), args, configureBuilder);
    }

    private static Assembly AppHostAssembly(Assembly caller) =>
        new[] { caller, Assembly.GetEntryAssembly() }.FirstOrDefault(assembly => assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Any(item => string.Equals(item.Key, "apphostprojectpath", StringComparison.OrdinalIgnoreCase)) == true)
        ?? throw new InvalidOperationException("No application host assembly was found. Ensure that you have a project that references the 'Aspire.Hosting.AppHost' package and imports the 'Aspire.AppHost.Sdk' SDK.");

    private sealed class ConfiguredFactory : DistributedApplicationFactory
    {
        private readonly Action<DistributedApplicationOptions, HostApplicationBuilderSettings> _configure;

        public ConfiguredFactory(Type entryPoint, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
            : base(entryPoint, args)
        {
            _configure = configure;
            SuspendsBuild = true;
        }

        protected override void OnBuilderCreating(DistributedApplicationOptions applicationOptions, HostApplicationBuilderSettings hostOptions) =>
            _configure(applicationOptions, hostOptions);
    }
}
