using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Redis;
using Aspire.Hosting.Redis.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds Redis to an application.</summary>
public static class RedisBuilderExtensions
{
    private const int RedisPort = 6379;
    private const string PasswordVariable = "REDIS_PASSWORD";

    /// <summary>Adds a Redis server with a generated password.</summary>
    /// <param name="builder">The builder of the application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="port">The port on this machine; a free one when null.</param>
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port) =>
        builder.AddRedis(name, port, password: null);

    /// <summary>Adds a Redis server.</summary>
    /// <param name="builder">The builder of the application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="port">The port on this machine; a free one when null.</param>
    /// <param name="password">The parameter that holds the password; a generated one when null.</param>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        int? port = null,
        IResourceBuilder<ParameterResource>? password = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);

        // Letters and digits only: StackExchange.Redis ends a password at a comma, and the shell expands it unquoted.
        var redis = new RedisResource(
            name,
            password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false));
        var resource = builder.AddResource(redis)
            .WithEndpoint(port: port, targetPort: RedisPort, name: RedisResource.PrimaryEndpointName, scheme: "redis")
            .WithImage(RedisContainerImageTags.Image, RedisContainerImageTags.Tag)
            .WithImageRegistry(RedisContainerImageTags.Registry)
            .WithIconName("Database")
            .WithPing()
            .WithEntrypoint("/bin/sh")
            .WithEnvironment(context =>
            {
                if (redis.PasswordParameter is { } parameter)
                {
                    context.EnvironmentVariables[PasswordVariable] = parameter;
                }
            })
            .WithArgs(context =>
            {
                var command = ServerCommand(redis);
                if (context.ExecutionContext.IsPublishMode)
                {
                    context.Args.Add("-c");
                    context.Args.Add(string.Join(' ', command));
                    return;
                }

                foreach (var argument in command)
                {
                    context.Args.Add(argument);
                }
            });
        return resource.WithAnnotation(RedisStore.StandInFor(redis, builder.AppHostAssembly));
    }

    /// <summary>Keeps the data in a volume, written from time to time as <see cref="WithPersistence"/> does.</summary>
    /// <param name="builder">Redis.</param>
    /// <param name="name">The name of the volume; one made of the names of application and resource when null.</param>
    /// <param name="isReadOnly">Whether the volume is only read, and nothing is persisted.</param>
    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), StoreData.MountTarget, isReadOnly);
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <summary>Keeps the data in a folder of this machine, written from time to time as <see cref="WithPersistence"/> does.</summary>
    /// <param name="builder">Redis.</param>
    /// <param name="source">The folder.</param>
    /// <param name="isReadOnly">Whether the folder is only read, and nothing is persisted.</param>
    public static IResourceBuilder<RedisResource> WithDataBindMount(this IResourceBuilder<RedisResource> builder, string source, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(source);
        builder.WithBindMount(source, StoreData.MountTarget, isReadOnly);
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <summary>Writes a snapshot of the data from time to time.</summary>
    /// <param name="builder">Redis.</param>
    /// <param name="interval">The time between two snapshots; a minute when null.</param>
    /// <param name="keysChangedThreshold">How many keys must have changed for a snapshot to be written.</param>
    public static IResourceBuilder<RedisResource> WithPersistence(this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(
            new PersistenceAnnotation(interval ?? TimeSpan.FromSeconds(60), keysChangedThreshold),
            ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Sets the password.</summary>
    /// <param name="builder">Redis.</param>
    /// <param name="password">The parameter that holds the password; null for none.</param>
    public static IResourceBuilder<RedisResource> WithPassword(this IResourceBuilder<RedisResource> builder, IResourceBuilder<ParameterResource>? password)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.SetPassword(password?.Resource);
        return builder;
    }

    /// <summary>Sets the port on this machine.</summary>
    /// <param name="builder">Redis.</param>
    /// <param name="port">The port; a free one when null.</param>
    public static IResourceBuilder<RedisResource> WithHostPort(this IResourceBuilder<RedisResource> builder, int? port)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithEndpoint(RedisResource.PrimaryEndpointName, endpoint => endpoint.Port = port);
    }

    /// <summary>Loads a module.</summary>
    /// <param name="builder">Redis.</param>
    /// <param name="path">The path of the module in the image, such as one of <see cref="RedisModules"/>.</param>
    public static IResourceBuilder<RedisResource> WithModule(this IResourceBuilder<RedisResource> builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return builder.WithAnnotation(new RedisModuleAnnotation(path));
    }

    /// <summary>Adds Redis Commander, which shows every Redis of the application. There is one, however often this is called.</summary>
    /// <param name="builder">Redis.</param>
    /// <param name="configureContainer">Configures the container.</param>
    /// <param name="containerName">The name of its resource.</param>
    public static IResourceBuilder<RedisResource> WithRedisCommander(
        this IResourceBuilder<RedisResource> builder,
        Action<IResourceBuilder<RedisCommanderResource>>? configureContainer = null,
        string? containerName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var application = builder.ApplicationBuilder;
        if (application.Resources.OfType<RedisCommanderResource>().SingleOrDefault() is { } existing)
        {
            configureContainer?.Invoke(application.CreateResourceBuilder(existing));
            return builder;
        }

        var commander = application.AddResource(new RedisCommanderResource(containerName ?? "rediscommander"))
            .WithImage(RedisContainerImageTags.RedisCommanderImage, RedisContainerImageTags.RedisCommanderTag)
            .WithImageRegistry(RedisContainerImageTags.RedisCommanderRegistry)
            .WithIconName("WindowDatabase")
            .WithHttpEndpoint(targetPort: 8081, name: "http")
            .ExcludeFromManifest()
            .WithRelationship(builder.Resource, "RedisCommander");
        commander.OnBeforeResourceStarted(async (_, _, cancellationToken) =>
        {
            // Passwords are values here, not references: the variable is a list.
            var hosts = new List<string>();
            foreach (var redis in application.Resources.OfType<RedisResource>())
            {
                var host = $"{redis.Name}:{redis.Name}:{redis.PrimaryEndpoint.TargetPort}:0";
                if (redis.PasswordParameter is { } parameter)
                {
                    host += $":{await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false)}";
                }

                hosts.Add(host);
            }

            commander.WithEnvironment("REDIS_HOSTS", string.Join(',', hosts));
        });
        configureContainer?.Invoke(commander);
        return builder;
    }

    /// <summary>Sets the port of Redis Commander on this machine.</summary>
    /// <param name="builder">Redis Commander.</param>
    /// <param name="port">The port; a free one when null.</param>
    public static IResourceBuilder<RedisCommanderResource> WithHostPort(this IResourceBuilder<RedisCommanderResource> builder, int? port)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithEndpoint("http", endpoint => endpoint.Port = port);
    }

    /// <summary>Adds Redis Insight, which shows every Redis of the application. There is one, however often this is called.</summary>
    /// <param name="builder">Redis.</param>
    /// <param name="configureContainer">Configures the container.</param>
    /// <param name="containerName">The name of its resource.</param>
    public static IResourceBuilder<RedisResource> WithRedisInsight(
        this IResourceBuilder<RedisResource> builder,
        Action<IResourceBuilder<RedisInsightResource>>? configureContainer = null,
        string? containerName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var application = builder.ApplicationBuilder;
        if (application.Resources.OfType<RedisInsightResource>().SingleOrDefault() is { } existing)
        {
            configureContainer?.Invoke(application.CreateResourceBuilder(existing));
            return builder;
        }

        var insight = application.AddResource(new RedisInsightResource(containerName ?? "redisinsight"))
            .WithImage(RedisContainerImageTags.RedisInsightImage, RedisContainerImageTags.RedisInsightTag)
            .WithImageRegistry(RedisContainerImageTags.RedisInsightRegistry)
            .WithIconName("WindowDatabase")
            .WithHttpEndpoint(targetPort: 5540, name: RedisInsightResource.PrimaryEndpointName)
            .WithEnvironment(context =>
            {
                var number = 0;
                foreach (var redis in application.Resources.OfType<RedisResource>())
                {
                    number++;
                    context.EnvironmentVariables[$"RI_REDIS_HOST{number}"] = redis.Host;
                    context.EnvironmentVariables[$"RI_REDIS_PORT{number}"] = redis.PrimaryEndpoint.TargetPort!.Value;
                    context.EnvironmentVariables[$"RI_REDIS_ALIAS{number}"] = redis.Name;
                    if (redis.PasswordParameter is { } parameter)
                    {
                        context.EnvironmentVariables[$"RI_REDIS_PASSWORD{number}"] = parameter;
                    }
                }
            })
            .WithRelationship(builder.Resource, "RedisInsight")
            .ExcludeFromManifest();
        configureContainer?.Invoke(insight);
        return builder;
    }

    /// <summary>Sets the port of Redis Insight on this machine.</summary>
    /// <param name="builder">Redis Insight.</param>
    /// <param name="port">The port; a free one when null.</param>
    public static IResourceBuilder<RedisInsightResource> WithHostPort(this IResourceBuilder<RedisInsightResource> builder, int? port)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithEndpoint(RedisInsightResource.PrimaryEndpointName, endpoint => endpoint.Port = port);
    }

    /// <summary>Keeps what Redis Insight remembers in a volume.</summary>
    /// <param name="builder">Redis Insight.</param>
    /// <param name="name">The name of the volume; one made of the names of application and resource when null.</param>
    public static IResourceBuilder<RedisInsightResource> WithDataVolume(this IResourceBuilder<RedisInsightResource> builder, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), StoreData.MountTarget);
    }

    /// <summary>Keeps what Redis Insight remembers in a folder of this machine.</summary>
    /// <param name="builder">Redis Insight.</param>
    /// <param name="source">The folder.</param>
    public static IResourceBuilder<RedisInsightResource> WithDataBindMount(this IResourceBuilder<RedisInsightResource> builder, string source)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(source);
        return builder.WithBindMount(source, StoreData.MountTarget);
    }

    private static List<string> ServerCommand(RedisResource redis)
    {
        List<string> command = ["redis-server"];
        if (redis.PasswordParameter is not null)
        {
            command.AddRange(["--requirepass", "$" + PasswordVariable]);
        }

        if (redis.TryGetLastAnnotation<PersistenceAnnotation>(out var persistence))
        {
            command.AddRange(["--save", persistence.Interval.TotalSeconds.ToString(CultureInfo.InvariantCulture), persistence.KeysChangedThreshold.ToString(CultureInfo.InvariantCulture)]);
        }

        foreach (var module in redis.Annotations.OfType<RedisModuleAnnotation>())
        {
            command.AddRange(["--loadmodule", module.Path]);
        }

        return command;
    }

    private static IResourceBuilder<RedisResource> WithPing(this IResourceBuilder<RedisResource> builder)
    {
        var key = RedisHealthCheck.KeyOf(builder.Resource);
        var check = new RedisHealthCheck();
        builder.ApplicationBuilder.Eventing.Subscribe<ConnectionStringAvailableEvent>(builder.Resource, async (_, cancellationToken) =>
        {
            if (await builder.Resource.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false) is null)
            {
                throw new DistributedApplicationException($"ConnectionStringAvailableEvent was published for the '{builder.Resource.Name}' resource but the connection string was null.");
            }

            check.ConnectionString = builder.Resource.GetConnectionStringAsync;
        });

        // Made by the container of services, which disposes what it makes.
        builder.ApplicationBuilder.Services.AddKeyedSingleton(key, (_, _) => check);
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            services => services.GetRequiredKeyedService<RedisHealthCheck>(key),
            failureStatus: null,
            tags: null));
        return builder.WithHealthCheck(key);
    }
}
