namespace Aspire.Hosting.ApplicationModel;

/// <summary>From which network a value will be used.</summary>
internal static class ConsumerNetwork
{
    public static NetworkIdentifier Of(ValueProviderContext context) => context.Network ?? Of(context.Caller);

    /// <summary>Containers talk to each other in their own network; all else runs on the host.</summary>
    public static NetworkIdentifier Of(IResource? consumer) =>
        consumer?.Annotations.OfType<ContainerImageAnnotation>().Any() == true
            ? KnownNetworkIdentifiers.DefaultAspireContainerNetwork
            : KnownNetworkIdentifiers.LocalhostNetwork;
}
