using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    private static readonly Func<UpdateCommandStateContext, ResourceCommandState> s_alwaysEnabled = _ => ResourceCommandState.Enabled;

    /// <summary>Adds a command; one of the same name is replaced.</summary>
    [OverloadResolutionPriority(1)]
    public static IResourceBuilder<T> WithCommand<T>(this IResourceBuilder<T> builder, string name, string displayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, CommandOptions? commandOptions = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(displayName);
        ArgumentNullException.ThrowIfNull(executeCommand);

        var options = commandOptions ?? new CommandOptions();
        return builder.AddCommand(new ResourceCommandAnnotation(
            name,
            displayName,
            options.UpdateState ?? s_alwaysEnabled,
            executeCommand,
            options.Description,
            options.Arguments,
            options.ConfirmationMessage,
            options.IconName,
            options.IconVariant,
            options.IsHighlighted,
            options.Visibility,
            options.ValidateArguments)
        {
            Progress = options.Progress,
        });
    }

    /// <summary>Adds a command; one of the same name is replaced.</summary>
    [Obsolete("This method is obsolete and will be removed in a future version. Use the overload that accepts a CommandOptions instance instead.")]
    public static IResourceBuilder<T> WithCommand<T>(this IResourceBuilder<T> builder, string name, string displayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, Func<UpdateCommandStateContext, ResourceCommandState>? updateState = null, string? displayDescription = null, object? parameter = null, string? confirmationMessage = null, string? iconName = null, IconVariant? iconVariant = null, bool isHighlighted = false)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCommand(new ResourceCommandAnnotation(name, displayName, updateState ?? s_alwaysEnabled, executeCommand, displayDescription, parameter, confirmationMessage, iconName, iconVariant, isHighlighted));
    }

    private static IResourceBuilder<T> AddCommand<T>(this IResourceBuilder<T> builder, ResourceCommandAnnotation command)
        where T : IResource
    {
        foreach (var existing in builder.Resource.Annotations.OfType<ResourceCommandAnnotation>().Where(existing => existing.Name == command.Name).ToList())
        {
            builder.Resource.Annotations.Remove(existing);
        }

        return builder.WithAnnotation(command);
    }
}
