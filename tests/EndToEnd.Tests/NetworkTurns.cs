namespace EndToEnd.Tests;

/// <summary>
/// Tests with a browser, and tests with containers, one after the other: a browser gives up what it has asked for when a network of the machine
/// comes or goes, as each container's does. Pages get over that but for what must not be sent twice, such as a command.
/// </summary>
[CollectionDefinition(nameof(NetworkTurns))]
public sealed class NetworkTurns;
