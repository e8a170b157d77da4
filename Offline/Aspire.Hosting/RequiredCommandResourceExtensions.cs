using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Says which programs resources need on the machine.</summary>
#pragma warning disable ASPIRECOMMAND001 // It is ours.
public static class RequiredCommandResourceExtensions
{
    /// <summary>Warns when the program is not there as the resource starts.</summary>
    public static IResourceBuilder<T> WithRequiredCommand<T>(this IResourceBuilder<T> builder, string command, string? helpLink = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(command);
        return builder.WithAnnotation(new RequiredCommandAnnotation(command) { HelpLink = helpLink });
    }

    /// <summary>Warns when the program is not there, or won't do, as the resource starts.</summary>
    [Experimental("ASPIRECOMMAND001")]
    public static IResourceBuilder<T> WithRequiredCommand<T>(this IResourceBuilder<T> builder, string command, Func<RequiredCommandValidationContext, Task<RequiredCommandValidationResult>> validationCallback, string? helpLink = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(validationCallback);
        return builder.WithAnnotation(new RequiredCommandAnnotation(command) { HelpLink = helpLink, ValidationCallback = validationCallback });
    }
}
