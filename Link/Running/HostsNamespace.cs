using System.Diagnostics;
using System.Reflection;
using System.Runtime.Versioning;
using System.Text;
using Link.Protocol;

namespace Link.Running;

/// <summary>
/// Runs a program in a mount namespace of its own, where /etc/hosts has the link's names. Root needs only that; everyone else a
/// user namespace around it, which a process with threads, as ours is, can't enter: so unshare starts this tool once more inside.
/// </summary>
internal static class HostsNamespace
{
    private const string HostsFile = "/etc/hosts";
    private const string Unavailable = "--hosts needs Linux with user namespaces, which are not to be had here";

    public static async Task<int> RunAsync(LinkDescription link, IReadOnlyList<string> program, IReadOnlyDictionary<string, string> environment)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new LinkException($"{Unavailable}: this is not Linux.");
        }

        var unshare = await FindWayInAsync();
        var file = await WriteHostsAsync(link);
        return await ProgramRunner.RunAsync([.. unshare, "--", .. Self(), "--in-namespace", file, .. program], environment);
    }

    /// <summary>The second half, inside the namespace.</summary>
    public static async Task<int> EnterAsync(string file, IReadOnlyList<string> program)
    {
        var error = Posix.Bind(file, HostsFile);
        File.Delete(file);
        if (error != 0)
        {
            throw new LinkException($"{Unavailable}: mount: {Posix.Describe(error)}");
        }

        Posix.DropAmbientCapabilities();
        return await ProgramRunner.RunAsync(program, new Dictionary<string, string>());
    }

    private static async Task<IReadOnlyList<string>> FindWayInAsync()
    {
        IReadOnlyList<string> mountOnly = ["unshare", "--mount"];
        IReadOnlyList<string> withUser = ["unshare", "--user", "--map-current-user", "--keep-caps", "--mount"];
        if (PosixUser.Current == 0 && await TryAsync(mountOnly) is null)
        {
            return mountOnly;
        }

        return await TryAsync(withUser) is { } reason ? throw new LinkException($"{Unavailable}: {reason}") : withUser;
    }

    /// <summary>Null when a program can be run that way, else one line that says why not.</summary>
    private static async Task<string?> TryAsync(IReadOnlyList<string> unshare)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(unshare[0], [.. unshare.Skip(1), "--", "true"]) { RedirectStandardError = true })!;
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? null : error.ReplaceLineEndings(" ").Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unshare (of util-linux) is not on PATH";
        }
    }

    [SupportedOSPlatform("linux")]
    private static async Task<string> WriteHostsAsync(LinkDescription link)
    {
        var original = File.Exists(HostsFile) ? await File.ReadAllTextAsync(HostsFile) : "";

        // First, since the first match wins: the machine may know another host by the same name.
        var text = $"{HostsEntry.Of(link)}\n{original}";
        var file = Path.Combine(Path.GetTempPath(), $"link-hosts-{Path.GetRandomFileName()}");
        await using var stream = new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
        });
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        return file;
    }

    private static string[] Self()
    {
        var process = Environment.ProcessPath ?? throw new LinkException("the path of this tool is unknown.");
        var isHost = Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return isHost ? [process, Path.Combine(AppContext.BaseDirectory, Assembly.GetExecutingAssembly().GetName().Name + ".dll")] : [process];
    }
}
