namespace Aspire.Hosting;

/// <summary>What a <see cref="DistributedApplicationExecutionContext"/> is made from.</summary>
public class DistributedApplicationExecutionContextOptions
{
    /// <summary>Creates the options for an operation.</summary>
    public DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation)
        : this(operation, "manifest")
    {
    }

    /// <summary>Creates the options for an operation and a publisher.</summary>
    public DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation, string publisherName)
    {
        Operation = operation;
        PublisherName = publisherName;
    }

    /// <summary>What is done with the application.</summary>
    public DistributedApplicationOperation Operation { get; }

    /// <summary>The name of the publisher.</summary>
    public string PublisherName { get; }

    /// <summary>The services of the application, once it is built.</summary>
    public IServiceProvider? Services { get; set; }

    /// <summary>The name this had before.</summary>
    [Obsolete("Use Services instead.")]
    public IServiceProvider? ServiceProvider
    {
        get => Services;
        set => Services = value;
    }
}
