using System.Net.Sockets;
using System.Text.RegularExpressions;
using EndToEnd.Tests.Deployment;
using Shared;
using Shared.Docker;

namespace EndToEnd.Tests;

/// <summary>The tutorial from its first step to its last, on each store; docs/tutorial.md is what the steps printed.</summary>
[Collection(nameof(NetworkTurns))]
public sealed partial class TutorialTests(DockerEngine engine) : IClassFixture<DockerEngine>
{
    [Fact]
    public async Task From_the_first_step_to_the_last_on_redis_server() => await WalkAsync(AppHostProcess.NewHome(), Stores.RedisServer());

    [Fact]
    public async Task From_the_first_step_to_the_last_on_Garnet()
    {
        var home = AppHostProcess.NewHome();
        await WalkAsync(home, Stores.Garnet(home));
    }

    [Fact]
    public async Task From_the_first_step_to_the_last_on_the_container_and_beside_it_with_Dockers_own_link()
    {
        await engine.StartAsync();

        var environment = await WalkAsync(AppHostProcess.NewHome(), Stores.Container(engine.Environment));

        await CompareWithDockersLinkAsync(environment);
    }

    /// <summary>Returns what <c>env</c> printed.</summary>
    private static async Task<string> WalkAsync(string home, Dictionary<string, string?> machine)
    {
        LeaveSocketBehind(Path.Combine(home, "run"));
        await using var host = AppHostProcess.Start(home, machine);
        var dashboard = await host.LoginAsync();
        var counter = await host.CounterAsync(dashboard);
        await host.UntilAsync("the counter is healthy", async () =>
        {
            try
            {
                using var answer = await host.Http.GetAsync(new Uri(counter, "/health"));
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        async Task<string> LinkAsync(params string[] arguments)
        {
            var (exitCode, output, error) = await LinkTool.RunAsync(home, arguments);
            Assert.Equal((0, ""), (exitCode, error));
            return output;
        }

        var environment = await LinkAsync("redis-server:redis", "env");
        var (port, password) = (Value(environment, "REDIS_PORT"), Value(environment, "REDIS_PASSWORD"));
        var transcript = new Transcript();
        transcript.Name(password, "PASSWORD");
        transcript.Name(port, "PORT");

        transcript.Say("""
            # The tutorial, step by step

            *Communicating Between Containers* with this repository in place of Docker. A test walks these steps on all three stores (redis-server, Garnet, the
            container) and writes down here what they print: `UPDATE_DOCS=1 dotnet test tests/EndToEnd.Tests --filter "FullyQualifiedName~Tutorial"`. `PORT`, `PASSWORD`,
            `ID`, `TOKEN` and `N` stand for what differs from run to run. `link` is short for `dotnet run --project Link --`.

            ## 1. Start the data store

            Docker: `docker run -d --name redis-server redis`. Here one command starts the data store and, once it is healthy, the application that is linked to it:

                $ dotnet run --project AppHost

            Leave it running; in a second terminal, what can be linked:
            """);
        transcript.Show("link --list", await LinkAsync("--list"));
        transcript.Say("""
            ## 2. Look through the link

            Docker: `docker run --link redis-server:redis alpine env`. The application only knows the name `redis`. Its environment has Aspire's names and Docker's
            ([links.md](links.md) explains each):
            """);
        transcript.Show("link redis-server:redis env", environment);
        transcript.Say("Docker: `docker run --link redis-server:redis alpine cat /etc/hosts`. Three names stand for the store: alias, short id, name.");
        transcript.Show("link redis-server:redis cat /etc/hosts", await LinkAsync("redis-server:redis", "cat", "/etc/hosts"));
        transcript.Say("Docker: `docker run --link redis-server:redis alpine ping -c 1 redis`.");
        var ping = (ExitCode: 1, Output: "", Error: "");
        for (var tries = 0; ping.ExitCode != 0 && tries < 30; tries++)
        {
            // It waits two seconds for an answer, which a busy machine may need more than once.
            ping = await LinkTool.RunAsync(home, "redis-server:redis", "ping", "-c", "1", "redis");
        }

        transcript.Show("link redis-server:redis ping -c 1 redis", ping.Output);
        transcript.Say("""
            ## 3. Connect the application

            Docker: `docker run -d -p 3000:3000 --link redis-server:redis …`. Here it runs since step 1; every request is counted:
            """);
        for (var request = 1; request <= 3; request++)
        {
            var answer = await host.Http.GetStringAsync(counter);
            Assert.Contains($"\nTotal requests: {request}\n", answer, StringComparison.Ordinal);
            if (request != 2)
            {
                transcript.Show("curl localhost:3000", answer);
            }
        }

        transcript.Say("""
            (the second one is left out here).

            ## 4. Connect with the Redis CLI

            Docker: `docker run -it --link redis-server:redis redis redis-cli -h redis`. The keys are the counter's: the total, the addresses, and for an hour the token by
            which a batch of requests is counted once only (on Garnet also a `journal`).
            """);
        var prompt = $"redis:{port}> ";
        transcript.Show(
            "link redis-server:redis redis-cli -h redis",
            await LinkTool.TypeAsync(home, ["redis-server:redis", "redis-cli", "-h", "redis"], prompt, "KEYS *", "GET requests", "ZRANGE ip 0 -1 WITHSCORES", "QUIT"));
        transcript.Say("The same with the command in the arguments, or on standard input; the output is raw where it is no terminal:");
        transcript.Show("link redis-server:redis redis-cli -h redis GET requests | cat", await LinkAsync("redis-server:redis", "redis-cli", "-h", "redis", "GET", "requests"));
        Assert.Equal((0, "OK\n1\n1\n", ""), await LinkTool.RunAsync(home, "SET a 1\nGET a\nDEL a\nQUIT\n", ["redis-server:redis", "redis-cli", "-h", "redis"]));
        transcript.Say("""
            ## 5. Any program

            Docker: `docker run --link redis-server:cache image program`. The alias is the caller's choice, the exit code the program's own:
            """);
        var program = await LinkTool.RunAsync(home, "redis-server:cache", "--", "sh", "-c", "echo $CACHE_HOST:$CACHE_PORT; exit 7");
        Assert.Equal(("", $"localhost:{port}\n"), (program.Error, program.Output));
        transcript.Show("link redis-server:cache -- sh -c 'echo $CACHE_HOST:$CACHE_PORT; exit 7'; echo $?", program.Output + program.ExitCode);
        transcript.Say("Ctrl+C in the first terminal stops everything. The count is kept: the next start goes on with it.");

        Assert.Equal(0, await host.StopAsync());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(home, "run", "aspire-links")));
        transcript.CompareOrUpdate();
        return environment;
    }

    /// <summary>As an AppHost that was killed does: the next one clears it away.</summary>
    private static void LeaveSocketBehind(string runtime)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var directory = Path.Combine(runtime, "aspire-links");
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(directory, $"0123456789abcdef-{int.MaxValue}.sock")));
    }

    /// <summary>The steps with <c>docker run --link</c> on the real engine: what both give has the same names and the same shape.</summary>
    private async Task CompareWithDockersLinkAsync(string linkEnvironment)
    {
        await engine.RunAsync("run", "--detach", "--name", "redis-server", "--env", "REDIS_PASSWORD=secret", DockerEngine.RedisImage, "redis-server", "--protected-mode", "no");
        await engine.ImportAsync("tutorial-ping", ["ping"]);
        Task<string> LinkedAsync(string image, params string[] command) => engine.RunAsync(["run", "--rm", "--link", "redis-server:redis", image, .. command]);

        var docker = Variables(await LinkedAsync(DockerEngine.RedisImage, "env"));
        var ours = Variables(linkEnvironment);
        string[] both = ["REDIS_ENV_REDIS_PASSWORD", "REDIS_NAME", "REDIS_PORT", "REDIS_PORT_6379_TCP", "REDIS_PORT_6379_TCP_ADDR", "REDIS_PORT_6379_TCP_PORT", "REDIS_PORT_6379_TCP_PROTO"];
        Assert.Equal(both, docker.Keys.Intersect(ours.Keys).Order(StringComparer.Ordinal));

        // What only one has: the environment of the image, which the model does not know; and Aspire's own.
        Assert.Equal(["REDIS_ENV_REDIS_VERSION"], docker.Keys.Except(ours.Keys));
        Assert.Equal(["REDIS_HOST", "REDIS_PASSWORD", "REDIS_URI"], ours.Keys.Except(docker.Keys).Order(StringComparer.Ordinal));
        foreach (var variables in (Dictionary<string, string>[])[docker, ours])
        {
            Assert.Equal($"tcp://{variables["REDIS_PORT_6379_TCP_ADDR"]}:{variables["REDIS_PORT_6379_TCP_PORT"]}", variables["REDIS_PORT_6379_TCP"]);
            Assert.Equal("tcp", variables["REDIS_PORT_6379_TCP_PROTO"]);
            Assert.Matches("^/[^/]+/redis$", variables["REDIS_NAME"]);
        }

        // The clash: a URL in Docker, a number in Aspire.
        Assert.Equal(docker["REDIS_PORT_6379_TCP"], docker["REDIS_PORT"]);
        Assert.Equal(ours["REDIS_PORT_6379_TCP_PORT"], ours["REDIS_PORT"]);

        // The hosts entry and the ping, as in docs/tutorial.md.
        Assert.Matches(DockersEntry(), await LinkedAsync(DockerEngine.RedisImage, "cat", "/etc/hosts"));
        Assert.Contains("127.0.0.1\tredis ID redis-server", await File.ReadAllTextAsync(Transcript.File), StringComparison.Ordinal);
        Assert.Contains(" 1 received", await LinkedAsync("tutorial-ping", "ping", "-c", "1", "redis"), StringComparison.Ordinal);

        // The application, in a container that Docker links: it counts three times, and only ever says "redis".
        await engine.RunAsync(
            "run", "--detach", "--name", "counter", "--link", "redis-server:redis", "--env", "ConnectionStrings__redis=redis:6379", await CounterImage.FromDockerfileAsync(engine));
        var address = (await engine.RunAsync("inspect", "--format", "{{.NetworkSettings.IPAddress}}", "counter")).Trim();
        for (var request = 1; request <= 3; request++)
        {
            var answer = await AnswerAsync(new Uri($"http://{address}:3000"));
            if (request != 2)
            {
                Assert.Contains(
                    Indented(Client().Replace(answer, "    ::ffff:127.0.0.1: ")), await File.ReadAllTextAsync(Transcript.File), StringComparison.Ordinal);
            }
        }

        // redis-cli, after that.
        var session = await LinkedAsync(DockerEngine.RedisImage, "sh", "-c", "printf 'KEYS *\\nGET requests\\nQUIT\\n' | redis-cli -h redis --no-raw");
        var lines = RedisCli.LessSlowness(session).Split('\n');
        Assert.Equal(["batch", "ip", "requests"], lines[..3].Select(line => line["1) ".Length..].Trim('"').Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.Equal("\"3\"", lines[3]);
        Assert.Contains("GET requests\n    \"3\"\n", await File.ReadAllTextAsync(Transcript.File), StringComparison.Ordinal);
    }

    /// <summary>The first answer comes when the application is up.</summary>
    private static async Task<string> AnswerAsync(Uri counter)
    {
        using var http = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await http.GetStringAsync(counter, TestContext.Current.CancellationToken);
            }
            catch (HttpRequestException) when (tries < 300)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }

    private static string Indented(string text) => string.Concat(text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "\n" : $"    {line}\n"));

    private static string Value(string environment, string name) => Variables(environment)[name];

    private static Dictionary<string, string> Variables(string environment) =>
        environment.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2 && pair[0].StartsWith("REDIS_", StringComparison.Ordinal) && pair[0] != "REDIS_VERSION")
            .ToDictionary(pair => pair[0], pair => pair[1]);

    [GeneratedRegex(@"^\d+\.\d+\.\d+\.\d+\tredis [0-9a-f]{12} redis-server$", RegexOptions.Multiline)]
    private static partial Regex DockersEntry();

    /// <summary>The line of the one address that asked.</summary>
    [GeneratedRegex(@"^    ::ffff:[\d.]+: ", RegexOptions.Multiline)]
    private static partial Regex Client();
}
