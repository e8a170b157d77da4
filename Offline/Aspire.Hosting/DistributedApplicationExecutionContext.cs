namespace Aspire.Hosting;

/// <summary>Whether the application runs or is published.</summary>
public class DistributedApplicationExecutionContext
{
    private readonly DistributedApplicationExecutionContextOptions _options;

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
    }

    /// <summary>Creates the context of an operation.</summary>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
        : this(new DistributedApplicationExecutionContextOptions(operation))
    {
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
        _options.Services ?? throw new InvalidOperationException("IServiceProvider is not available in this context. The application has not been built yet.");

    /// <summary>The name this had before.</summary>
    [Obsolete("Use Services instead.")]
    public IServiceProvider ServiceProvider => Services;
}
