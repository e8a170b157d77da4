#pragma warning disable ASPIREPROBES001
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting;

/// <summary>Where the application is published to.</summary>
internal static class DeploymentTargetExtensions
{
    private const string Form = "Say where: --operation publish --step publish --target compose|kubernetes --output-path DIR";

    /// <summary>
    /// Adds the environment that <c>--target</c> names, <c>compose</c> or <c>kubernetes</c>, for the step <c>publish</c> and for nothing else:
    /// a run and the manifest, which azd reads, stay as they are.
    /// </summary>
    public static IDistributedApplicationBuilder AddDeploymentTarget(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsPublishMode || builder.Configuration["Pipeline:Step"] is not "publish")
        {
            return builder;
        }

        switch (builder.Configuration["target"])
        {
            case "compose":
                builder.AddDockerComposeEnvironment("docker-compose");
                break;
            case "kubernetes":
                // The counts outlive the pod they were counted in.
                builder.AddKubernetesEnvironment("kubernetes").WithProperties(environment => environment.DefaultStorageType = "pvc");
                builder.ProbeProjects();
                break;
            case var target:
                // Reported as a failure of the step, in one line.
                builder.Eventing.Subscribe<BeforePublishEvent>((_, _) =>
                    throw new DistributedApplicationException(target is null ? $"No target. {Form}" : $"Unknown target '{target}'. {Form}"));
                break;
        }

        return builder.KeepWhatRedisHolds();
    }

    /// <summary>
    /// Redis is started by a shell, which as the first process of a container does not pass on the signal to stop: Redis would be killed, and
    /// lose what it has not saved. Now it takes the shell's place, and reads at its start the append-only file that the counter has it write.
    /// </summary>
    private static IDistributedApplicationBuilder KeepWhatRedisHolds(this IDistributedApplicationBuilder builder)
    {
        foreach (var redis in builder.Resources.OfType<RedisResource>().ToList())
        {
            builder.CreateResourceBuilder(redis).WithArgs(context =>
            {
                if (context.Args is ["-c", string command, ..])
                {
                    context.Args[1] = $"exec {command} --appendonly yes";
                }
            });
        }

        return builder;
    }

    /// <summary>A service gets requests once it can count. Its health endpoints are for development only; this one reads and does not count.</summary>
    private static void ProbeProjects(this IDistributedApplicationBuilder builder)
    {
        foreach (var project in builder.Resources.OfType<ProjectResource>().ToList())
        {
            builder.CreateResourceBuilder(project).WithHttpProbe(ProbeType.Readiness, "/api/count", endpointName: "http");
        }
    }
}
