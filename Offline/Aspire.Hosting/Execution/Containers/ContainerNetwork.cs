using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Execution;

/// <summary>The network all containers of a run are in. With a persistent container it stays; else it goes with the run.</summary>
internal sealed class ContainerNetwork(DistributedApplicationModel model, IConfiguration configuration, IHostEnvironment environment, ProcessRunner processes) : IAsyncDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _creating = new(1, 1);
    private string? _name;
    private ContainerCli? _cli;

    private bool IsPersistent => model.Resources.Any(ReplicaRules.IsPersistent);

    /// <summary>The name of the network, which is there.</summary>
    public async Task<string> EnsureAsync(ContainerCli cli, CancellationToken cancellationToken)
    {
        await _creating.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_name is not null)
            {
                return _name;
            }

            var name = Name();
            var exists = IsPersistent && (await cli.RunAsync(["network", "inspect", name], s_timeout, cancellationToken).ConfigureAwait(false)).ExitCode == 0;
            if (!exists)
            {
                if (!IsPersistent)
                {
                    processes.Watcher.AddNetwork(cli.Engine, name);
                }

                await cli.MustRunAsync(["network", "create", "--label", "aspire.apphost=" + configuration["AppHost:Sha256"], name], s_timeout, cancellationToken).ConfigureAwait(false);
            }

            _cli = cli;
            return _name = name;
        }
        finally
        {
            _creating.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_name is not null && _cli is not null && !IsPersistent)
        {
            await _cli.RunAsync(["network", "rm", _name], s_timeout, CancellationToken.None).ConfigureAwait(false);
            processes.Watcher.RemoveNetwork(_cli.Engine, _name);
        }

        _name = null;
    }

    private string Name()
    {
#pragma warning disable CA1308 // Names of networks are in lower case.
        var application = string.Concat(environment.ApplicationName.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '-')).Trim('-');
        var hash = (configuration["AppHost:Sha256"] ?? "00000000")[..8].ToLowerInvariant();
#pragma warning restore CA1308
        return IsPersistent
            ? $"aspire-persistent-network-{hash}-{application}"
            : $"aspire-session-network-{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 8)}-{application}";
    }
}
