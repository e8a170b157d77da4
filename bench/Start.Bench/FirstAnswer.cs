using System.Diagnostics;
using System.Text.RegularExpressions;
using Counter.Bench.Running;
using Shared;

namespace Start.Bench;

/// <summary>When what was there, counted from the command's start.</summary>
/// <param name="AppHost">The AppHost's process.</param>
/// <param name="Store">The store's process, or the one that follows its container's console.</param>
/// <param name="Counter">The counter's process.</param>
/// <param name="Answered">The first answer with a number in it.</param>
internal sealed partial record FirstAnswer(TimeSpan AppHost, TimeSpan Store, TimeSpan Counter, TimeSpan Answered)
{
    private const string Counted = "Total requests: ";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private static readonly Uri s_counter = new("http://localhost:3000/");

    /// <summary>Runs the command in a home of its own until the counter has counted, and ends it.</summary>
    public static async Task<FirstAnswer> TakeAsync(string store)
    {
        var home = Directory.CreateTempSubdirectory("start-bench-").FullName;
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = home,
            ["XDG_RUNTIME_DIR"] = home,
            ["DOTNET_CLI_HOME"] = Environment.GetEnvironmentVariable("DOTNET_CLI_HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            ["ASPIRE_REDIS_STORE"] = store,
        };
        Child? command = null;
        try
        {
            using var http = new HttpClient { Timeout = s_patience };
            if (await TextAsync(http) is not null)
            {
                throw new InvalidOperationException($"Something answers on {s_counter} already: stop it first.");
            }

            var watch = Stopwatch.StartNew();
            command = new Child("dotnet", ["run", "--no-build", "--project", "AppHost"], environment, Repository.Root);
            var seen = FollowAsync(home, watch, store, command);
            var answered = command.FirstAnswerAsync(async () => (await TextAsync(http))?.Contains(Counted, StringComparison.Ordinal) == true ? watch.Elapsed : throw new InvalidOperationException("Not yet."));

            // Without a store there is no answer to wait for.
            await await Task.WhenAny(seen, answered);
            var answer = await answered;
            var (appHost, at) = await seen;
            HomeProcesses.Signal(appHost, "TERM");
            while (HomeProcesses.Of(home).Count > 0)
            {
                await Task.Delay(20);
                if (watch.Elapsed > s_patience)
                {
                    throw new TimeoutException($"The AppHost did not stop: {command.Output}");
                }
            }

            return new(at[0], at[1], at[2], answer);
        }
        finally
        {
            foreach (var id in HomeProcesses.Of(home))
            {
                HomeProcesses.Signal(id, "KILL");
            }

            command?.Dispose();
            Directory.Delete(home, recursive: true);
        }
    }

    /// <summary>Watches the processes of this home appear.</summary>
    private static async Task<(int AppHost, TimeSpan[] At)> FollowAsync(string home, Stopwatch watch, string store, Child command)
    {
        string[] marks = ["/AppHost/bin/", store switch { "container" => "\0logs\0--follow\0", "garnet" => "GarnetServer", _ => store }, "/CounterService"];
        var at = new TimeSpan[marks.Length];
        var appHost = 0;
        var known = new HashSet<int>();
        for (var next = 0; next < marks.Length; await Task.Delay(5))
        {
            if (Failure().Match(command.Output) is { Success: true } failure)
            {
                throw new InvalidOperationException(failure.Value);
            }

            if (watch.Elapsed > s_patience)
            {
                throw new TimeoutException($"No process with {marks[next]} in its command line was started.");
            }

            foreach (var id in HomeProcesses.Of(home).Except(known).ToList())
            {
                if (next < marks.Length && HomeProcesses.CommandLineOf(id).Contains(marks[next], StringComparison.Ordinal))
                {
                    appHost = next == 0 ? id : appHost;
                    at[next++] = watch.Elapsed;
                    known.Add(id);
                }
            }
        }

        return (appHost, at);
    }

    private static async Task<string?> TextAsync(HttpClient http)
    {
        try
        {
            return await http.GetStringAsync(s_counter);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    [GeneratedRegex("Failed to start resource [^\n]+")]
    private static partial Regex Failure();
}
