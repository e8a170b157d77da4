using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds and configures programs of the host.</summary>
public static class ExecutableResourceBuilderExtensions
{
    /// <summary>Adds a program.</summary>
    public static IResourceBuilder<ExecutableResource> AddExecutable(this IDistributedApplicationBuilder builder, [ResourceName] string name, string command, string workingDirectory, params string[]? args)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(workingDirectory);
        return builder.AddExecutable(name, command, workingDirectory, (object[]?)args);
    }

    /// <summary>Adds a program; an argument may be anything that has a value at start.</summary>
    public static IResourceBuilder<ExecutableResource> AddExecutable(this IDistributedApplicationBuilder builder, [ResourceName] string name, string command, string workingDirectory, params object[]? args)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(workingDirectory);

        return builder.AddResource(new ExecutableResource(name, command, AppHostPaths.Full(builder, workingDirectory))).WithArgs(args ?? []);
    }

    /// <summary>Sets the program.</summary>
    public static IResourceBuilder<T> WithCommand<T>(this IResourceBuilder<T> builder, string command)
        where T : ExecutableResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(command);
        return builder.WithAnnotation(new ExecutableAnnotation { Command = command, WorkingDirectory = builder.Resource.WorkingDirectory }, ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Sets the directory in which the program runs.</summary>
    public static IResourceBuilder<T> WithWorkingDirectory<T>(this IResourceBuilder<T> builder, string workingDirectory)
        where T : ExecutableResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(workingDirectory);
        var directory = AppHostPaths.Full(builder.ApplicationBuilder, workingDirectory);
        return builder.WithAnnotation(new ExecutableAnnotation { Command = builder.Resource.Command, WorkingDirectory = directory }, ResourceAnnotationMutationBehavior.Replace);
    }
}
