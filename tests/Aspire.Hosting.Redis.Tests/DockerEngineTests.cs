using Shared.Docker;

namespace Aspire.Hosting.Redis.Tests;

public sealed class DockerEngineTests(DockerEngine engine)
{
    [Fact]
    public async Task The_engine_of_the_tests_runs_the_image_of_redis_under_its_alias()
    {
        await engine.StartAsync();
        await engine.RunAsync("network", "create", "aliases");
        await engine.RunAsync("run", "--detach", "--name", "aliased", "--network", "aliases", "--network-alias", "redis-server", DockerEngine.RedisImage, "redis-server", "--protected-mode", "no");

        var answer = await engine.RunAsync("run", "--rm", "--network", "aliases", DockerEngine.RedisImage, "redis-cli", "-h", "redis-server", "PING");

        Assert.Equal("PONG", answer.Trim());
    }
}
