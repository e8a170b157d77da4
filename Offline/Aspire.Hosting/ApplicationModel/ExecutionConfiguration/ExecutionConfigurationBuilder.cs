using Aspire.Hosting.Execution;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Finds out with what environment and arguments a resource runs.</summary>
public sealed class ExecutionConfigurationBuilder : IExecutionConfigurationBuilder
{
    private readonly IResource _resource;
    private readonly List<IExecutionConfigurationGatherer> _gatherers = [];

    private ExecutionConfigurationBuilder(IResource resource) => _resource = resource;

    /// <summary>Creates a builder for the resource.</summary>
    public static IExecutionConfigurationBuilder Create(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new ExecutionConfigurationBuilder(resource);
    }

    /// <inheritdoc />
    public IExecutionConfigurationBuilder AddExecutionConfigurationGatherer(IExecutionConfigurationGatherer gatherer)
    {
        ArgumentNullException.ThrowIfNull(gatherer);
        _gatherers.Add(gatherer);
        return this;
    }

    /// <inheritdoc />
    public async Task<IExecutionConfigurationResult> BuildAsync(DistributedApplicationExecutionContext executionContext, ILogger? resourceLogger = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(executionContext);
        var gathered = new GatheredConfiguration();
        foreach (var gatherer in _gatherers)
        {
            await gatherer.GatherAsync(gathered, _resource, resourceLogger ?? NullLogger.Instance, executionContext, cancellationToken).ConfigureAwait(false);
        }

        var values = new ValueResolver(executionContext);
        List<Exception> failures = [];
        List<(object, string, bool)> arguments = [];
        foreach (var value in gathered.Arguments)
        {
            if (await TextAsync(value).ConfigureAwait(false) is { } text)
            {
                arguments.Add((value, text, Secrets.Within(value)));
            }
        }

        List<KeyValuePair<string, (object, string)>> variables = [];
        foreach (var (name, value) in gathered.EnvironmentVariables)
        {
            if (await TextAsync(value).ConfigureAwait(false) is { } text)
            {
                variables.Add(KeyValuePair.Create(name, (value, text)));
            }
        }

        return new ExecutionConfiguration(
            variables,
            arguments,
            gathered.Data,
            failures.Count == 0 ? null : new AggregateException("One or more errors occurred while resolving resource configuration.", failures));

        async Task<string?> TextAsync(object? value)
        {
            try
            {
                return await values.ResolveAsync(value, _resource, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failures.Add(exception);
                return null;
            }
        }
    }

    private sealed class GatheredConfiguration : IExecutionConfigurationGathererContext
    {
        public List<object> Arguments { get; } = [];

        public Dictionary<string, object> EnvironmentVariables { get; } = [];

        public List<IExecutionConfigurationData> Data { get; } = [];

        public void AddAdditionalData(IExecutionConfigurationData metadata) => Data.Add(metadata);
    }

    private sealed record ExecutionConfiguration(
        List<KeyValuePair<string, (object Unprocessed, string Processed)>> Variables,
        List<(object Unprocessed, string Processed, bool IsSensitive)> Texts,
        List<IExecutionConfigurationData> Data,
        Exception? Exception) : IExecutionConfigurationResult
    {
        public IEnumerable<object> References =>
            Variables.Select(variable => variable.Value.Unprocessed).Concat(Texts.Select(text => text.Unprocessed))
                .Where(value => value is IValueProvider or IManifestExpressionProvider)
                .Distinct();

        public IEnumerable<(object Unprocessed, string Processed, bool IsSensitive)> ArgumentsWithUnprocessed => Texts;

        public IEnumerable<(string Value, bool IsSensitive)> Arguments => Texts.Select(text => (text.Processed, text.IsSensitive));

        public IEnumerable<KeyValuePair<string, (object Unprocessed, string Processed)>> EnvironmentVariablesWithUnprocessed => Variables;

        public IEnumerable<KeyValuePair<string, string>> EnvironmentVariables =>
            Variables.Select(variable => KeyValuePair.Create(variable.Key, variable.Value.Processed));

        public IEnumerable<IExecutionConfigurationData> AdditionalConfigurationData => Data;
    }
}
