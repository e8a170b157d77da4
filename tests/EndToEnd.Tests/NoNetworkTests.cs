using System.Diagnostics;
using Shared;

namespace EndToEnd.Tests;

/// <summary>Nothing outside is needed or asked: the AppHost runs in a network namespace that has a loopback and nothing else.</summary>
public class NoNetworkTests
{
    // The whole job in the namespace: start, three counted requests, and for each its trace and that of its batch.
    private const string Script = """
        ip link set lo up || exit 97
        dotnet AppHost.dll > "$HOME/output" 2>&1 &
        host=$!
        for try in $(seq 900); do
          curl -sf --noproxy '*' -o /dev/null http://localhost:3000/health && break
          sleep 0.2
        done
        for i in 1 2 3; do curl -sf --noproxy '*' http://localhost:3000/ | grep 'Total requests'; done
        login=$(grep -o 'http://localhost:[0-9]*/login?t=[0-9a-f]*' "$HOME/output" | head -n 1)
        for try in $(seq 900); do
          curl -sfL --noproxy '*' -c "$HOME/cookies" -b "$HOME/cookies" -o /dev/null "$login"
          traces=$(curl -sf --noproxy '*' -b "$HOME/cookies" "${login%%/login*}/traces" | grep -o '/traces/detail/[0-9a-f]*' | sort -u | wc -l)
          [ "$traces" -ge 6 ] && break
          sleep 0.2
        done
        echo "Traces: $traces"
        kill -TERM $host
        wait $host
        echo "Exit code: $?"
        """;

    [Fact]
    public async Task It_starts_counts_and_traces_with_the_network_cut_off()
    {
        Tools.Require("unshare");
        Tools.Require("ip");
        Tools.Require("curl");
        Tools.Require(Environment.UserName == "root", "A network namespace takes root.");
        var home = AppHostProcess.NewHome();
        var start = new ProcessStartInfo("unshare", ["--net", "sh", "-c", Script])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "AppHost", "bin", "Debug", "net10.0"),
            RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = home;
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        start.Environment["ASPNETCORE_URLS"] = "http://localhost:15200";
        start.Environment["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:19200";
        start.Environment["XDG_RUNTIME_DIR"] = Directory.CreateDirectory(Path.Combine(home, "run")).FullName;

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(
            ["Total requests: 1", "Total requests: 2", "Total requests: 3", "Traces: 6", "Exit code: 0"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
