using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Redis.Tests;

/// <summary>Reads what a model says about Redis.</summary>
internal static class RedisModel
{
    public static IDistributedApplicationBuilder Builder() => DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });

    public static IReadOnlyList<string> Arguments(IResourceBuilder<RedisResource> redis, bool isPublish)
    {
        var arguments = new List<object>();
        var context = new CommandLineArgsCallbackContext(arguments, redis.Resource)
        {
            ExecutionContext = new DistributedApplicationExecutionContext(isPublish ? DistributedApplicationOperation.Publish : DistributedApplicationOperation.Run),
        };
        foreach (var annotation in redis.Resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            annotation.Callback(context).GetAwaiter().GetResult();
        }

        return [.. arguments.Select(argument => (string)argument)];
    }

    public static Dictionary<string, object> Environment(IDistributedApplicationBuilder builder, IResource resource)
    {
        var context = new EnvironmentCallbackContext(builder.ExecutionContext, resource);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            annotation.Callback(context).GetAwaiter().GetResult();
        }

        return context.EnvironmentVariables;
    }
}
