namespace Aspire.Hosting;

/// <summary>Whether the application runs or is published.</summary>
public class DistributedApplicationExecutionContext
{
    private readonly DistributedApplicationExecutionContextOptions _options;
    private readonly bool _hasNoServices;

    /// <summary>Creates the context from options.</summary>
    public DistributedApplicationExecutionContext(DistributedApplicationExecutionContextOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        PublisherName = options.PublisherName;
    }

    /// <summary>Creates the context of an operation and a publisher.</summary>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation, string publisherName)
        : this(new DistributedApplicationExecutionContextOptions(operation, publisherName))
    {
        _hasNoServices = true;
    }

    /// <summary>Creates the context of an operation.</summary>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
        : this(new DistributedApplicationExecutionContextOptions(operation))
    {
        _hasNoServices = true;
    }

    /// <summary>What is done with the application.</summary>
    public DistributedApplicationOperation Operation => _options.Operation;

    /// <summary>The name of the publisher.</summary>
    public string PublisherName { get; set; }

    /// <summary>Whether the application is published.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    /// <summary>Whether the application runs.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    /// <summary>The services of the application, once it is built.</summary>
    public IServiceProvider Services =>
        _options.Services ?? throw new InvalidOperationException(_hasNoServices
            ? "IServiceProvider is not available because execution context was not constructed with DistributedApplicationExecutionContextOptions."
            : "IServiceProvider is not available because the container has not yet been built.");

    /// <summary>The name this had before.</summary>
    [Obsolete("Use Services instead.")]
    public IServiceProvider ServiceProvider => Services;
}
