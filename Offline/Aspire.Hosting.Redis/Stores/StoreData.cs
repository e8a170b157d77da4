using System.Diagnostics;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Redis.Stores;

/// <summary>
/// Where a store that is a process on this machine keeps its data: a volume is a folder among the user's own data, a bind mount the folder it names,
/// and what has neither is gone when the store ends, as it would be with its container.
/// </summary>
internal sealed partial class StoreData
{
    public const string MountTarget = "/data";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly string? _temporary;

    private StoreData(string directory, bool isLogged, string? temporary)
    {
        Directory = directory;
        IsLogged = isLogged;
        _temporary = temporary;
    }

    /// <summary>The folder, which exists and which only the user can open.</summary>
    public string Directory { get; }

    /// <summary>Whether writes go to a file, from which they are read again at the next start.</summary>
    public bool IsLogged { get; }

    /// <param name="resource">The resource.</param>
    /// <param name="store">The kind of store: each has its own format, and so its own folder in a volume.</param>
    /// <param name="folderOfBindMount">The part of a bind mount that is the store's own; empty for all of it.</param>
    /// <param name="cancellationToken">Ends the wait for a store that still has the folder.</param>
    public static async Task<StoreData> OpenAsync(IResource resource, string store, string folderOfBindMount, CancellationToken cancellationToken)
    {
        var mount = MountOf(resource);
        if (mount?.Source is null)
        {
            var temporary = System.IO.Directory.CreateTempSubdirectory("aspire-redis-").FullName;
            return new StoreData(temporary, isLogged: false, temporary);
        }

        var directory = mount.Type == ContainerMountType.Volume
            ? Path.Combine(VolumeDirectory(resource.Name, mount.Source), store)
            : Path.GetFullPath(Path.Combine(mount.Source, folderOfBindMount));
        if (mount.IsReadOnly)
        {
            // Both stores write beside what they read.
            var copy = System.IO.Directory.CreateTempSubdirectory("aspire-redis-").FullName;
            Copy(directory, copy);
            return new StoreData(copy, isLogged: true, copy);
        }

        CreatePrivate(directory);
        await WaitUntilUnusedAsync(directory, resource.Name, cancellationToken).ConfigureAwait(false);
        return new StoreData(directory, isLogged: true, temporary: null);
    }

    /// <summary>Whether the data of the resource is meant to outlive it.</summary>
    public static bool IsKept(IResource resource) => MountOf(resource) is { Source: not null, IsReadOnly: false };

    /// <summary>Removes what is not to be kept.</summary>
    public Task CleanUpAsync()
    {
        if (_temporary is not null && System.IO.Directory.Exists(_temporary))
        {
            System.IO.Directory.Delete(_temporary, recursive: true);
        }

        return Task.CompletedTask;
    }

    private static ContainerMountAnnotation? MountOf(IResource resource) =>
        resource.Annotations.OfType<ContainerMountAnnotation>().LastOrDefault(mount => mount.Target.TrimEnd('/') == MountTarget);

    private static string VolumeDirectory(string resource, string volume)
    {
        // Docker's own rule for the names of volumes, which also keeps the folder where it belongs.
        if (!VolumeName().IsMatch(volume))
        {
            throw new DistributedApplicationException($"The volume '{volume}' of resource '{resource}' has a name that is not valid: letters, digits, '_', '.' and '-' are, and a letter or digit comes first.");
        }

        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length > 0
            ? Path.Combine(data, "aspire", "volumes", volume)
            : throw new DistributedApplicationException($"There is no folder for the volume '{volume}' of resource '{resource}': the user has neither a home nor XDG_DATA_HOME.");
    }

    private static void CreatePrivate(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(directory);
        }
        else
        {
            System.IO.Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>
    /// Two servers on one append-only file ruin it. One of an AppHost that was killed is on its way out, so it is given time;
    /// one of an AppHost that runs is not.
    /// </summary>
    private static async Task WaitUntilUnusedAsync(string directory, string resource, CancellationToken cancellationToken)
    {
        for (var start = Stopwatch.GetTimestamp(); UserOf(directory) is { } user; await Task.Delay(50, cancellationToken).ConfigureAwait(false))
        {
            if (Stopwatch.GetElapsedTime(start) > s_patience)
            {
                throw new DistributedApplicationException($"The data of resource '{resource}' in '{directory}' is in use by process {user}: stop the other AppHost, or give this one a volume of its own.");
            }
        }
    }

    /// <summary>A store runs in the folder of its data.</summary>
    private static string? UserOf(string directory)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        foreach (var process in System.IO.Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                if (File.ResolveLinkTarget(Path.Combine(process, "cwd"), returnFinalTarget: false)?.FullName == directory)
                {
                    return Path.GetFileName(process);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Ended meanwhile, or another user's: not a store on this user's data.
            }
        }

        return null;
    }

    private static void Copy(string source, string target)
    {
        if (!System.IO.Directory.Exists(source))
        {
            return;
        }

        foreach (var file in System.IO.Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_.-]*\z", RegexOptions.NonBacktracking)]
    private static partial Regex VolumeName();
}
