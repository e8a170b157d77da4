using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>The commands every resource that runs has.</summary>
internal static class LifecycleCommands
{
    private const string Unknown = "Unknown";

    public static void Add(IResource resource, Orchestrator orchestrator, ProjectRebuilder rebuilder)
    {
        Add(resource, KnownResourceCommands.StartCommand, "Start", "Start resource", "Play", IconVariant.Filled, isHighlighted: true, StartState, async context =>
        {
            await orchestrator.StartInstanceAsync(context.ResourceName).ConfigureAwait(false);
            return CommandResults.Success($"Successfully started '{InstanceNames.Shown(resource, context.ResourceName)}'.");
        });
        Add(resource, KnownResourceCommands.StopCommand, "Stop", "Stop resource", "Stop", IconVariant.Filled, isHighlighted: true, StopState, async context =>
        {
            await orchestrator.StopInstanceAsync(context.ResourceName).ConfigureAwait(false);
            return CommandResults.Success($"Successfully stopped '{InstanceNames.Shown(resource, context.ResourceName)}'.");
        });
        Add(resource, KnownResourceCommands.RestartCommand, "Restart", "Restart resource", "ArrowCounterclockwise", IconVariant.Regular, isHighlighted: false, RestartState, async context =>
        {
            await orchestrator.StopInstanceAsync(context.ResourceName).ConfigureAwait(false);
            await orchestrator.StartInstanceAsync(context.ResourceName).ConfigureAwait(false);
            return CommandResults.Success($"Successfully restarted '{InstanceNames.Shown(resource, context.ResourceName)}'.");
        });
        if (resource is ProjectResource project)
        {
            Add(resource, KnownResourceCommands.RebuildCommand, "Rebuild", "Rebuild resource", "ArrowSync", IconVariant.Regular, isHighlighted: false, RebuildState, context =>
                rebuilder.RebuildAsync(project, orchestrator, context.CancellationToken));
        }
    }

    internal static ResourceCommandState StartState(string? state) => state switch
    {
        null => ResourceCommandState.Disabled,
        _ when state == KnownResourceStates.Starting || state == KnownResourceStates.Building || state == KnownResourceStates.RuntimeUnhealthy => ResourceCommandState.Disabled,
        _ when IsStopped(state) || state == KnownResourceStates.Waiting => ResourceCommandState.Enabled,
        _ => ResourceCommandState.Hidden,
    };

    internal static ResourceCommandState StopState(string? state) => state switch
    {
        _ when state == KnownResourceStates.Stopping => ResourceCommandState.Disabled,
        null => ResourceCommandState.Hidden,
        _ when IsStopped(state) || IsOnTheWay(state) => ResourceCommandState.Hidden,
        _ => ResourceCommandState.Enabled,
    };

    internal static ResourceCommandState RestartState(string? state) => state switch
    {
        null => ResourceCommandState.Disabled,
        _ when state == KnownResourceStates.Stopping || IsStopped(state) || IsOnTheWay(state) => ResourceCommandState.Disabled,
        _ => ResourceCommandState.Enabled,
    };

    internal static ResourceCommandState RebuildState(string? state) =>
        state is not null && KnownResourceStates.BuildableStates.Contains(state) ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;

    private static bool IsStopped(string state) =>
        KnownResourceStates.TerminalStates.Contains(state) || state == KnownResourceStates.NotStarted || state == Unknown;

    private static bool IsOnTheWay(string state) =>
        state == KnownResourceStates.Starting || state == KnownResourceStates.Waiting || state == KnownResourceStates.Building || state == KnownResourceStates.RuntimeUnhealthy;

    private static void Add(
        IResource resource,
        string name,
        string displayName,
        string description,
        string icon,
        IconVariant variant,
        bool isHighlighted,
        Func<string?, ResourceCommandState> state,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> execute)
    {
        // One of the user's of the same name stays.
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().Any(command => command.Name == name))
        {
            return;
        }

        resource.Annotations.Add(new ResourceCommandAnnotation(
            name,
            displayName,
            context => state(context.ResourceSnapshot.State?.Text),
            execute,
            description,
            arguments: null,
            confirmationMessage: null,
            icon,
            variant,
            isHighlighted));
    }
}
