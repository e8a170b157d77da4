using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Redis;

/// <summary>A module that Redis loads when it starts.</summary>
internal sealed record RedisModuleAnnotation(string Path) : IResourceAnnotation;
