using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Redis.Tests;

public sealed class RedisResourceTests
{
    private readonly IDistributedApplicationBuilder _builder = RedisModel.Builder();

    [Fact]
    public void Redis_is_a_container_of_the_published_image_on_its_port()
    {
        var redis = _builder.AddRedis("redis-server").Resource;

        var image = redis.Annotations.OfType<ContainerImageAnnotation>().Single();
        var endpoint = redis.Annotations.OfType<EndpointAnnotation>().Single();
        Assert.Equal(("docker.io", "library/redis", "8.6"), (image.Registry, image.Image, image.Tag));
        Assert.Equal(("tcp", "redis", 6379, null), (endpoint.Name, endpoint.UriScheme, endpoint.TargetPort, endpoint.Port));
        Assert.Equal("/bin/sh", redis.Entrypoint);
        Assert.Equal("redis-server_check", redis.Annotations.OfType<HealthCheckAnnotation>().Single().Key);
        Assert.Equal("Database", redis.Annotations.OfType<ResourceIconAnnotation>().Single().IconName);
    }

    [Fact]
    public void The_password_is_generated_and_reaches_the_container_in_its_environment()
    {
        var redis = _builder.AddRedis("redis-server");

        Assert.Equal("redis-server-password", redis.Resource.PasswordParameter!.Name);
        Assert.True(redis.Resource.PasswordParameter.Secret);
        Assert.Same(redis.Resource.PasswordParameter, RedisModel.Environment(_builder, redis.Resource)["REDIS_PASSWORD"]);
        Assert.Equal(["redis-server", "--requirepass", "$REDIS_PASSWORD"], RedisModel.Arguments(redis, isPublish: false));
        Assert.DoesNotContain(redis.Resource.PasswordParameter, _builder.Resources);
    }

    [Fact]
    public void What_is_published_is_one_line_for_the_shell()
    {
        var redis = _builder.AddRedis("redis-server").WithDataVolume();

        Assert.Equal(["-c", "redis-server --requirepass $REDIS_PASSWORD --save 60 1"], RedisModel.Arguments(redis, isPublish: true));
    }

    [Fact]
    public void The_last_persistence_wins_and_modules_follow_it()
    {
        var redis = _builder.AddRedis("redis-server").WithDataVolume().WithModule(RedisModules.Json).WithPersistence(TimeSpan.FromMinutes(2.5), 7);

        Assert.Equal(
            ["redis-server", "--requirepass", "$REDIS_PASSWORD", "--save", "150", "7", "--loadmodule", "/usr/local/lib/redis/modules/rejson.so"],
            RedisModel.Arguments(redis, isPublish: false));
    }

    [Fact]
    public void A_read_only_mount_persists_nothing()
    {
        var volume = _builder.AddRedis("one").WithDataVolume("named", isReadOnly: true);
        var bind = _builder.AddRedis("two").WithDataBindMount("data", isReadOnly: true);

        Assert.DoesNotContain("--save", RedisModel.Arguments(volume, isPublish: false));
        Assert.DoesNotContain("--save", RedisModel.Arguments(bind, isPublish: false));
        var mount = volume.Resource.Annotations.OfType<ContainerMountAnnotation>().Single();
        Assert.Equal(("named", "/data", ContainerMountType.Volume, true), (mount.Source, mount.Target, mount.Type, mount.IsReadOnly));
        Assert.Equal(Path.Combine(_builder.AppHostDirectory, "data"), bind.Resource.Annotations.OfType<ContainerMountAnnotation>().Single().Source);
    }

    [Fact]
    public void Without_a_password_none_is_asked_for()
    {
        var redis = _builder.AddRedis("redis-server").WithPassword(null);

        Assert.Equal(["redis-server"], RedisModel.Arguments(redis, isPublish: false));
        Assert.Empty(RedisModel.Environment(_builder, redis.Resource));
        Assert.Equal("{redis-server.bindings.tcp.scheme}://{redis-server.bindings.tcp.host}:{redis-server.bindings.tcp.port}", redis.Resource.UriExpression.ValueExpression);
        Assert.DoesNotContain("password", redis.Resource.ConnectionStringExpression.ValueExpression, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_expressions_are_the_published_ones()
    {
        var redis = _builder.AddRedis("redis-server").Resource;

        Assert.Equal(
            "{redis-server.bindings.tcp.host}:{redis-server.bindings.tcp.port},password={redis-server-password.value}{cond-redis-server-bindings-tcp-tlsenabled-11edc4cf.connectionString}",
            redis.ConnectionStringExpression.ValueExpression);
        Assert.Equal(
            [
                "Host={redis-server.bindings.tcp.host}",
                "Port={redis-server.bindings.tcp.port}",
                "Password={redis-server-password.value}",
            ],
            ((IResourceWithConnectionString)redis).GetConnectionProperties().Take(3).Select(property => $"{property.Key}={property.Value.ValueExpression}"));
    }

    [Fact]
    public void There_is_one_insight_and_one_commander_for_all()
    {
        _builder.AddRedis("redis-server").WithRedisInsight(insight => insight.WithHostPort(5555)).WithRedisCommander();
        _builder.AddRedis("other").WithPassword(null).WithRedisInsight(containerName: "ignored").WithRedisCommander(commander => commander.WithHostPort(8888), "ignored");

        var insight = Assert.Single(_builder.Resources.OfType<RedisInsightResource>());
        var commander = Assert.Single(_builder.Resources.OfType<RedisCommanderResource>());
        Assert.Equal("redisinsight", insight.Name);
        Assert.Equal("rediscommander", commander.Name);
        Assert.Equal(5555, insight.Annotations.OfType<EndpointAnnotation>().Single().Port);
        Assert.Equal(8888, commander.Annotations.OfType<EndpointAnnotation>().Single().Port);
        Assert.Equal(
            ["RI_REDIS_HOST1", "RI_REDIS_PORT1", "RI_REDIS_ALIAS1", "RI_REDIS_PASSWORD1", "RI_REDIS_HOST2", "RI_REDIS_PORT2", "RI_REDIS_ALIAS2"],
            RedisModel.Environment(_builder, insight).Keys);
    }

    [Fact]
    public async Task Commander_is_told_every_redis_when_it_starts()
    {
        _builder.AddRedis("one", password: _builder.AddParameter("pw", "secret", secret: true)).WithRedisCommander();
        _builder.AddRedis("two").WithPassword(null);
        var commander = _builder.Resources.OfType<RedisCommanderResource>().Single();
        await using var application = _builder.Build();

        await _builder.Eventing.PublishAsync(new BeforeResourceStartedEvent(commander, application.Services), CancellationToken.None);

        Assert.Equal("one:one:6379:0:secret,two:two:6379:0", RedisModel.Environment(_builder, commander)["REDIS_HOSTS"]);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        var redis = _builder.AddRedis("redis-server");

        Assert.Equal("builder", Assert.Throws<ArgumentNullException>(() => RedisBuilderExtensions.AddRedis(null!, "x")).ParamName);
        Assert.Equal("name", Assert.Throws<ArgumentNullException>(() => _builder.AddRedis(null!)).ParamName);
        Assert.Equal("source", Assert.Throws<ArgumentException>(() => redis.WithDataBindMount("")).ParamName);
        Assert.Equal("path", Assert.Throws<ArgumentException>(() => redis.WithModule("")).ParamName);
        Assert.Equal(
            "Cannot add resource of type 'Aspire.Hosting.ApplicationModel.RedisResource' with name 'REDIS-SERVER' because resource of type 'Aspire.Hosting.ApplicationModel.RedisResource' with that name already exists. Resource names are case-insensitive.",
            Assert.Throws<DistributedApplicationException>(() => _builder.AddRedis("REDIS-SERVER")).Message);
    }
}
