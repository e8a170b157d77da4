namespace Aspire.Hosting.ApplicationModel;

/// <summary>Whether somebody watches a resource's log.</summary>
/// <param name="Name">The name of the resource instance.</param>
/// <param name="AnySubscribers">True when the first watcher came, false when the last one left.</param>
public readonly record struct LogSubscriber(string Name, bool AnySubscribers);
