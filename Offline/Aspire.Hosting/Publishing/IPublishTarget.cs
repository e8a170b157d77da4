using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>What values become on a platform that resources are published to.</summary>
internal interface IPublishTarget
{
    /// <summary>The name by which the others reach the resource.</summary>
    string Host(IResource resource);

    /// <summary>Whether the others reach an endpoint at its port, and not at the one it listens on.</summary>
    bool HasPortsOfItsOwn => false;

    /// <summary>The port of an endpoint whose image decides on it.</summary>
    string PortOfImage(IResource resource, EndpointAnnotation endpoint);

    /// <summary>What stands for a value that is given when the platform starts the application: a parameter, most of all.</summary>
    string Placeholder(IManifestExpressionProvider value);

    /// <summary>A composite format of the user's, in which nothing means something to the platform that meant nothing to the user.</summary>
    string Format(string format) => format;
}
