using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Execution;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Redis.Stores;

/// <summary>
/// What runs behind the endpoint of Redis: its container where that can run, else the redis-server of this machine, else Garnet.
/// <c>ASPIRE_REDIS_STORE</c> forces one.
/// </summary>
internal static partial class RedisStore
{
    public const string Variable = "ASPIRE_REDIS_STORE";

    private const string Container = "container";
    private const string Server = "redis-server";
    private const string Garnet = "garnet";

    public static ContainerStandInAnnotation StandInFor(RedisResource resource, Assembly? appHost) =>
        new((context, cancellationToken) => ChooseAsync(resource, appHost, context, cancellationToken));

    private static async Task<ProcessStandIn?> ChooseAsync(RedisResource resource, Assembly? appHost, ContainerStandInContext context, CancellationToken cancellationToken)
    {
        var forced = context.Services.GetRequiredService<IConfiguration>()[Variable]?.Trim().ToLowerInvariant();
        if (forced is not (null or "" or Container or Server or Garnet))
        {
            throw new DistributedApplicationException($"{Variable}={forced} is not a store of resource '{resource.Name}': use {Container}, {Server} or {Garnet}.");
        }

        var reasons = new List<string>();
        foreach (var store in string.IsNullOrEmpty(forced) ? (string[])[Container, Server, Garnet] : [forced])
        {
            var (standIn, reason) = store switch
            {
                Container => (null, await TryContainerAsync(resource, context, cancellationToken).ConfigureAwait(false)),
                Server => await TryRedisServerAsync(resource, context, cancellationToken).ConfigureAwait(false),
                _ => await TryGarnetAsync(resource, appHost, context, cancellationToken).ConfigureAwait(false),
            };
            if (reason is null)
            {
                Log.Chosen(context.Logger, standIn?.Source ?? "the container", reasons.Count == 0 ? "" : $" ({string.Join("; ", reasons)})");
                return standIn;
            }

            reasons.Add($"{store}: {reason.TrimEnd('.')}");
        }

        throw new DistributedApplicationException(string.IsNullOrEmpty(forced)
            ? $"No store can be started for resource '{resource.Name}': {string.Join("; ", reasons)}."
            : $"{Variable}={forced}, but that store can't be started for resource '{resource.Name}': {reasons[0]}.");
    }

    private static async Task<string?> TryContainerAsync(RedisResource resource, ContainerStandInContext context, CancellationToken cancellationToken)
    {
        var reason = await context.WhyNoContainerAsync(cancellationToken).ConfigureAwait(false);
        if (reason is not null || context is not { Arguments: ["-c", ..], ContainerArguments: [RedisServer.Program, ..] })
        {
            return reason;
        }

        // In place of the shell, which as the first process of its container would not hear that it is to stop.
        context.ContainerArguments.Insert(0, "exec");
        if (StoreData.IsKept(resource) && !context.ContainerArguments.Any(argument => argument.Contains("--appendonly", StringComparison.Ordinal)))
        {
            // The published arguments lose up to a minute of writes. Redis ignores a snapshot once it has an append-only file: so one that is there
            // without such a file is read first, and the file is begun by the health check.
            context.ContainerArguments.Add("--appendfsync");
            context.ContainerArguments.Add("no");
            context.ContainerArguments.Add("--appendonly");
            context.ContainerArguments.Add($"$(if [ -e {StoreData.MountTarget}/dump.rdb ] && [ ! -e {StoreData.MountTarget}/appendonlydir ]; then echo no; else echo yes; fi)");
            if (context.Services.GetKeyedService<RedisHealthCheck>(RedisHealthCheck.KeyOf(resource)) is { } check)
            {
                check.BeginsLog = true;
            }
        }

        return null;
    }

    private static async Task<(ProcessStandIn? StandIn, string? Reason)> TryRedisServerAsync(RedisResource resource, ContainerStandInContext context, CancellationToken cancellationToken)
    {
        if (ExecutableFinder.Find(RedisServer.Program, Environment.CurrentDirectory, Environment.GetEnvironmentVariable("PATH")) is not { } path)
        {
            return (null, "there is no redis-server on PATH");
        }

        if (await RedisServer.VersionAsync(path, cancellationToken).ConfigureAwait(false) is not { } version)
        {
            return (null, $"{path} does not tell its version");
        }

        var directives = RedisArguments.Parse(resource.Name, context.Arguments, context.Environment);
        var missing = directives.Where(directive => directive.Name == "loadmodule" && !directive.Values.Any(File.Exists)).ToList();
        foreach (var module in missing)
        {
            Log.ModuleSkipped(context.Logger, string.Join(' ', module.Values));
        }

        var data = await StoreData.OpenAsync(resource, Server, folderOfBindMount: "", cancellationToken).ConfigureAwait(false);
        return (RedisServer.StandIn(path, version, Port(context), directives.Except(missing), data), null);
    }

    private static async Task<(ProcessStandIn? StandIn, string? Reason)> TryGarnetAsync(RedisResource resource, Assembly? appHost, ContainerStandInContext context, CancellationToken cancellationToken)
    {
        if (GarnetServer.Find(appHost) is not { } path)
        {
            return (null, "the package garnet-server is not restored; build the AppHost again");
        }

        var directives = RedisArguments.Parse(resource.Name, context.Arguments, context.Environment);
        foreach (var module in directives.Where(directive => directive.Name == "loadmodule"))
        {
            Log.ModuleSkipped(context.Logger, string.Join(' ', module.Values));
        }

        foreach (var setting in GarnetServer.Unknown(directives))
        {
            Log.SettingSkipped(context.Logger, setting);
        }

        var data = await StoreData.OpenAsync(resource, Garnet, folderOfBindMount: Garnet, cancellationToken).ConfigureAwait(false);
        return (GarnetServer.StandIn(path, Port(context), directives, data), null);
    }

    private static int Port(ContainerStandInContext context) => context.TargetPorts[RedisResource.PrimaryEndpointName];

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The store is {Store}{Reasons}.")]
        public static partial void Chosen(ILogger logger, string store, string reasons);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The module {Module} is part of the container's image and is not there without it.")]
        public static partial void ModuleSkipped(ILogger logger, string module);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Garnet does not have the setting '{Setting}'; it is ignored.")]
        public static partial void SettingSkipped(ILogger logger, string setting);
    }
}
