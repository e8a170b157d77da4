using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>The switches of an AppHost's command line.</summary>
internal static class AppHostCommandLine
{
    private static readonly Dictionary<string, string> s_switches = new()
    {
        ["--operation"] = "AppHost:Operation",
        ["--publisher"] = "Publishing:Publisher",
        ["--step"] = "Pipeline:Step",
        ["--list-steps"] = "Pipeline:ListSteps",
        ["--output-path"] = "Pipeline:OutputPath",
        ["--log-level"] = "Pipeline:LogLevel",
        ["--include-exception-details"] = "Pipeline:IncludeExceptionDetails",
        ["--clear-cache"] = "Pipeline:ClearCache",
        ["--yes"] = "Pipeline:SkipConfirmation",
        ["--dcp-cli-path"] = "DcpPublisher:CliPath",
        ["--dcp-container-runtime"] = "DcpPublisher:ContainerRuntime",
        ["--dcp-dependency-check-timeout"] = "DcpPublisher:DependencyCheckTimeout",
        ["--dcp-dashboard-path"] = "DcpPublisher:DashboardPath",
    };

    /// <summary>Reads the switches into the configuration.</summary>
    public static void Apply(ConfigurationManager configuration, string[]? args)
    {
        configuration.AddCommandLine(args ?? [], s_switches);

        // The older form: a publisher by name.
        if (string.Equals(configuration["Publishing:Publisher"], "manifest", StringComparison.OrdinalIgnoreCase))
        {
            configuration["Pipeline:Step"] ??= "publish-manifest";
            configuration["AppHost:Operation"] ??= "Publish";
        }
    }

    /// <summary>What the AppHost is to do.</summary>
    public static DistributedApplicationOperation Operation(IConfiguration configuration)
    {
        var operation = configuration["AppHost:Operation"];
        if (string.IsNullOrEmpty(operation) || Is("run"))
        {
            return DistributedApplicationOperation.Run;
        }

        return Is("publish") || Is("inspect")
            ? DistributedApplicationOperation.Publish
            : throw new DistributedApplicationException("Invalid operation specified. Valid operations are 'publish', 'run', or 'inspect'.");

        bool Is(string name) => string.Equals(operation, name, StringComparison.OrdinalIgnoreCase);
    }
}
