using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Aspire.Hosting.Execution;

namespace Aspire.Hosting.Redis.Stores;

/// <summary>The redis-server of this machine. It reads its configuration, password and all, from standard input.</summary>
internal static partial class RedisServer
{
    public const string Program = "redis-server";

    // The endpoint and the data of the resource decide on these, not its arguments.
    private static readonly HashSet<string> s_decided = ["bind", "port", "dir", "daemonize", "logfile", "pidfile", "unixsocket", "include", "supervised"];

    /// <summary>What <c>redis-server --version</c> says, such as <c>7.0.15</c>; null when the program does not answer.</summary>
    public static async Task<string?> VersionAsync(string path, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            return Version().Match(output) is { Success: true } match ? match.Groups[1].Value : null;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public static ProcessStandIn StandIn(string path, string version, int port, IEnumerable<RedisDirective> directives, StoreData data)
    {
        if (data.IsLogged)
        {
            TakeOverSnapshot(data.Directory, version);
        }

        return new ProcessStandIn
        {
            FileName = path,
            Arguments = ["-"],
            StandardInput = Configuration(port, directives, data),
            WorkingDirectory = data.Directory,
            Source = $"redis-server {version}",
            CleanUp = data.CleanUpAsync,
        };
    }

    internal static string Configuration(int port, IEnumerable<RedisDirective> directives, StoreData data)
    {
        var text = new StringBuilder();

        // A write is in the file, and so survives the end of the process, before it is answered; the operating system brings it to the disk.
        // To flush every second would hold writes back while the disk is slow: they would be answered, and end with the process.
        Append("appendonly", data.IsLogged ? "yes" : "no");
        Append("appendfsync", "no");
        if (!data.IsLogged)
        {
            Append("save", "");
        }

        foreach (var directive in directives.Where(directive => !s_decided.Contains(directive.Name)))
        {
            Append(directive.Name, [.. directive.Values]);
        }

        Append("bind", "127.0.0.1");
        Append("port", port.ToString(CultureInfo.InvariantCulture));
        Append("dir", data.Directory);
        Append("daemonize", "no");
        return text.ToString();

        void Append(string name, params ReadOnlySpan<string> values)
        {
            text.Append(name);
            foreach (var value in values)
            {
                text.Append(' ').Append(Quote(value));
            }

            text.Append('\n');
        }
    }

    /// <summary>Redis ignores a snapshot once it has an append-only file; so the snapshot becomes the first part of that file.</summary>
    private static void TakeOverSnapshot(string directory, string version)
    {
        var snapshot = Path.Combine(directory, "dump.rdb");
        var parts = Path.Combine(directory, "appendonlydir");
        var single = Path.Combine(directory, "appendonly.aof");
        if (!File.Exists(snapshot) || Directory.Exists(parts) || File.Exists(single))
        {
            return;
        }

        if (int.Parse(version.Split('.')[0], CultureInfo.InvariantCulture) < 7)
        {
            File.Copy(snapshot, single);
            return;
        }

        // Complete before it has its name: a half-made one would be taken for the data.
        var unfinished = Path.Combine(directory, "appendonlydir.new");
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        Directory.CreateDirectory(unfinished);
        File.Copy(snapshot, Path.Combine(unfinished, "appendonly.aof.1.base.rdb"));
        File.WriteAllText(Path.Combine(unfinished, "appendonly.aof.manifest"), "file appendonly.aof.1.base.rdb seq 1 type b\n");
        Directory.Move(unfinished, parts);
    }

    /// <summary>Redis reads a quoted value with the escapes of C.</summary>
    private static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'/' or (byte)'.' or (byte)'-' or (byte)'_' or (byte)' ' or (byte)':')
            {
                text.Append((char)octet);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\x{octet:x2}");
            }
        }

        return text.Append('"').ToString();
    }

    [GeneratedRegex(@"\bv=([0-9]+(?:\.[0-9]+)*)")]
    private static partial Regex Version();
}
