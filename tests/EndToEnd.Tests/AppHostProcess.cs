using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Shared;

namespace EndToEnd.Tests;

/// <summary>
/// The AppHost as a user runs it, in a process of its own: its own home folder, free ports, the environment a test asks for.
/// It is killed with all its children when the test is done, whatever happened.
/// </summary>
internal sealed partial class AppHostProcess : IAsyncDisposable
{
    private const int LongestOutput = 4_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private static readonly Lazy<string> s_homes = new(() =>
    {
        var homes = Directory.CreateTempSubdirectory("e2e-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            try
            {
                Directory.Delete(homes, recursive: true);
            }
            catch (IOException)
            {
                // Something that was killed still writes.
            }
        };
        return homes;
    });

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Stopwatch _sinceStart = Stopwatch.StartNew();

    // The dashboard's certificate is one that nothing on this machine trusts.
    private readonly HttpClientHandler _handler = new()
    {
        CookieContainer = new CookieContainer(),
        UseProxy = false,
        ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
    };

    private AppHostProcess(Process process, string home)
    {
        _process = process;
        Home = home;
        Http = new HttpClient(_handler) { Timeout = s_patience };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The home folder: user secrets and the data of volumes live below it, so that a second run finds them.</summary>
    public string Home { get; }

    public int Id => _process.Id;

    /// <summary>Logged in to the dashboard once <see cref="LoginAsync"/> has been awaited.</summary>
    public HttpClient Http { get; }

    public TimeSpan SinceStart => _sinceStart.Elapsed;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static AppHostProcess Start(string home, IReadOnlyDictionary<string, string?>? environment = null, params string[] args) =>
        StartOther("AppHost", home, environment, args);

    /// <summary>Starts another AppHost than that of the repository, in the same way.</summary>
    public static AppHostProcess StartOther(string project, string home, IReadOnlyDictionary<string, string?>? environment = null, params string[] args)
    {
        var folder = Path.Combine(Repository.Root, project);
        var program = Path.Combine(folder, "bin", "Debug", "net10.0", $"{Path.GetFileName(project)}.dll");
        Assert.True(File.Exists(program), $"{program} is missing: build the solution first.");
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(program);
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        // As the http launch profile, but with free ports, so that tests never meet each other or a running application.
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        start.Environment["ASPNETCORE_URLS"] = $"http://localhost:{FreePort.Next()}";
        start.Environment["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = $"http://localhost:{FreePort.Next()}";
        start.Environment["DcpPublisher__RandomizePorts"] = "true";
        start.Environment["HOME"] = home;
        start.Environment["XDG_RUNTIME_DIR"] = Directory.CreateDirectory(Path.Combine(home, "run")).FullName;
        start.Environment.Remove("XDG_DATA_HOME");
        start.Environment.Remove("XDG_CONFIG_HOME");
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        return new AppHostProcess(Process.Start(start)!, home);
    }

    /// <summary>A home folder, which is there until all tests are done.</summary>
    public static string NewHome() => Directory.CreateDirectory(Path.Combine(s_homes.Value, Guid.NewGuid().ToString("N")[..8])).FullName;

    /// <summary>Awaits the socket for the link tool and the console line that carries the login URL, logs in with it and returns the dashboard's address.</summary>
    public async Task<Uri> LoginAsync()
    {
        var sockets = Path.Combine(Home, "run", "aspire-links");
        await UntilAsync("it listens for the link tool", () => Task.FromResult(Directory.Exists(sockets) && Directory.EnumerateFiles(sockets).Any()));
        var match = await WaitForOutputAsync(LoginLine());
        var login = new Uri(match.Groups["url"].Value);
        (await Http.GetAsync(login)).EnsureSuccessStatusCode();
        return new Uri(login.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>The public address of the counter, as the dashboard's resources page shows it.</summary>
    public async Task<Uri> CounterAsync(Uri dashboard)
    {
        Uri? found = null;
        await UntilAsync("the dashboard shows the counter's URL", async () =>
        {
            var page = WebUtility.HtmlDecode(await Http.GetStringAsync(new Uri(dashboard, "/?resource=counter")));
            found = CounterLink().Matches(page).Select(match => new Uri(match.Groups["url"].Value))
                .FirstOrDefault(url => url.Port != dashboard.Port);
            return found is not null;
        });
        return found!;
    }

    /// <summary>Counts one request: retries until the service answers, then returns the text.</summary>
    public async Task<string> FirstAnswerAsync(Uri counter)
    {
        string? answer = null;
        await UntilAsync("the counter answers", async () =>
        {
            try
            {
                using var response = await Http.GetAsync(counter);
                answer = response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : null;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            return answer is not null;
        });
        return answer!;
    }

    public async Task<Match> WaitForOutputAsync(Regex pattern)
    {
        Match? match = null;
        await UntilAsync($"the output matches {pattern}", () =>
        {
            match = pattern.Match(Output);
            return Task.FromResult(match.Success);
        });
        return match!;
    }

    /// <summary>Polls until the condition holds; fails with the end of what the AppHost printed when it ends first or takes too long.</summary>
    public async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        for (var waited = Stopwatch.StartNew(); !await condition(); await Task.Delay(100))
        {
            if (waited.Elapsed > s_patience || _process.HasExited)
            {
                var output = Output;
                Assert.Fail($"Waited {waited.Elapsed.TotalSeconds:0} s for this: {what}. The AppHost {(_process.HasExited ? $"ended with {_process.ExitCode}" : "runs")}. The end of its output:\n{output[Math.Max(0, output.Length - LongestOutput)..]}");
            }
        }
    }

    /// <summary>Asks it to stop as Ctrl+C does and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        HomeProcesses.Signal(_process.Id, "TERM");
        using var patience = new CancellationTokenSource(s_patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Kill() => HomeProcesses.Signal(_process.Id, "KILL");

    /// <summary>The ports on which these processes listen, by the names of their sockets: once given up, a port may be someone else's.</summary>
    public static IReadOnlyDictionary<string, int> PortsOf(IReadOnlyList<int> processes)
    {
        var listening = ListeningPorts();
        return processes.SelectMany(SocketsOf).Distinct().Where(listening.ContainsKey).ToDictionary(socket => socket, socket => listening[socket]);
    }

    /// <summary>Every TCP port of this machine that is listened on, by the name of its socket.</summary>
    public static IReadOnlyDictionary<string, int> ListeningPorts() =>
        new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(path => File.ReadLines(path).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == "0A")
            .ToDictionary(fields => $"socket:[{fields[9]}]", fields => Convert.ToInt32(fields[1].Split(':')[1], 16));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            HomeProcesses.Signal(_process.Id, "TERM");
            using var patience = new CancellationTokenSource(s_patience);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
        Http.Dispose();
        _handler.Dispose();
    }

    private static IEnumerable<string> SocketsOf(int processId)
    {
        try
        {
            return [.. Directory.EnumerateFiles($"/proc/{processId}/fd").Select(path => File.ResolveLinkTarget(path, returnFinalTarget: false)?.Name).OfType<string>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }

    [GeneratedRegex(@"Login to the dashboard at (?<url>http\S+/login\?t=[0-9a-f]{32})")]
    public static partial Regex LoginLine();

    [GeneratedRegex(@"href=""(?<url>http://localhost:\d+)/?""")]
    private static partial Regex CounterLink();
}
