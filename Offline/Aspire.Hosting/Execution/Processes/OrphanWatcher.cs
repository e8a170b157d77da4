using System.Diagnostics;

namespace Aspire.Hosting.Execution;

/// <summary>
/// A shell that outlives the host by a moment: it reads the names of what runs from its standard input, and when that
/// ends, because the host ended in whatever way, it ends what is still named. The kernel closes the pipe even after kill -9.
/// </summary>
internal sealed class OrphanWatcher : IDisposable
{
    // p PID: a process that leads its session. c ENGINE NAME: a container. n ENGINE NAME: a network. end: the host has ended all itself.
    // What the host had no time to name bears its mark. Nothing is done about that while the host is there, which has only dropped the pipe.
    private const string Script = """
        trap '' INT TERM HUP QUIT
        exec >/dev/null 2>&1
        mark=$1 host=$2 pids=' ' containers=' ' networks=' '
        while IFS= read -r line; do
          case $line in
            end) mark= ;;
            '+p '*) pids="$pids${line#+p } " ;;
            '-p '*) rest=${pids#* ${line#-p } }; [ "$rest" = "$pids" ] || pids="${pids%% ${line#-p } *} $rest" ;;
            '+c '*) containers="$containers${line#+c } " ;;
            '-c '*) rest=${containers#* ${line#-c } }; [ "$rest" = "$containers" ] || containers="${containers%% ${line#-c } *} $rest" ;;
            '+n '*) networks="$networks${line#+n } " ;;
            '-n '*) rest=${networks#* ${line#-n } }; [ "$rest" = "$networks" ] || networks="${networks%% ${line#-n } *} $rest" ;;
          esac
        done
        for pid in $pids; do kill -KILL "-$pid" || kill -KILL "$pid"; done
        case $pids in *[0-9]*)
          for stat in /proc/[0-9]*/stat; do
            read -r line < "$stat" || continue
            id=${line%% *}
            set -- ${line##*) }
            case $pids in *" $4 "*) kill -KILL "$id" ;; esac
          done ;;
        esac
        marked() { grep -ls "timeout *$mark " "$@"; }
        rounds=0
        while [ "$mark" ] && [ $rounds -lt 20 ] && marked "/proc/$host/limits"; do rounds=$((rounds + 1)); sleep 0.1; done
        while [ "$mark" ] && [ $rounds -lt 20 ]; do
          rounds=$((rounds + 1)) found=
          for limits in $(marked /proc/[0-9]*/limits); do
            id=${limits#/proc/} id=${id%/limits}
            [ "$id" = $$ ] || ! kill -KILL "$id" || found=1
          done
          [ "$found" ] || break
        done
        for container in $containers; do "${container%%=*}" kill "${container#*=}"; "${container%%=*}" rm -f -v "${container#*=}"; done
        for network in $networks; do "${network%%=*}" network rm "${network#*=}"; done
        """;

    private Process? _process;
    private readonly Lock _gate = new();

    private OrphanWatcher(Process? process) => _process = process;

    /// <summary>Starts the watcher; without a shell there is none.</summary>
    public static OrphanWatcher Start(ProcessLauncher launcher)
    {
        if (OperatingSystem.IsWindows())
        {
            return new OrphanWatcher(null);
        }

        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        launcher.Fill(start, "/bin/sh", ["-c", Script, "sh", DescendantMark.Value, $"{Environment.ProcessId}"], diesWithHost: false);
        var process = Process.Start(start)!;

        // Nobody reads what it says.
        process.StandardOutput.Close();
        process.StandardError.Close();
        return new OrphanWatcher(process);
    }

    public void AddProcess(int id) => Tell($"+p {id}");

    public void RemoveProcess(int id) => Tell($"-p {id}");

    public void AddContainer(string engine, string name) => Tell($"+c {engine}={name}");

    public void RemoveContainer(string engine, string name) => Tell($"-c {engine}={name}");

    public void AddNetwork(string engine, string name) => Tell($"+n {engine}={name}");

    public void RemoveNetwork(string engine, string name) => Tell($"-n {engine}={name}");

    public void Dispose()
    {
        Tell("end");
        Process? process;
        lock (_gate)
        {
            process = _process;
            _process = null;
        }

        if (process is not null)
        {
            process.StandardInput.Close();
            process.WaitForExit(TimeSpan.FromSeconds(2));
            process.Dispose();
        }
    }

    private void Tell(string line)
    {
        lock (_gate)
        {
            try
            {
                _process?.StandardInput.WriteLine(line);
                _process?.StandardInput.Flush();
            }
            catch (IOException)
            {
                // Somebody ended the watcher: the host still ends its children itself.
            }
        }
    }
}
