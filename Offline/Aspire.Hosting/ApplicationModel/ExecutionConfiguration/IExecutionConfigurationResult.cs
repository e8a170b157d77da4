namespace Aspire.Hosting.ApplicationModel;

/// <summary>The environment and the arguments with which a resource runs.</summary>
public interface IExecutionConfigurationResult
{
    /// <summary>What the values are made of.</summary>
    IEnumerable<object> References { get; }

    /// <summary>The arguments, each with what it was made from and whether that holds a secret.</summary>
    IEnumerable<(object Unprocessed, string Processed, bool IsSensitive)> ArgumentsWithUnprocessed { get; }

    /// <summary>The arguments, each with whether it holds a secret.</summary>
    IEnumerable<(string Value, bool IsSensitive)> Arguments { get; }

    /// <summary>The environment, each variable with what it was made from.</summary>
    IEnumerable<KeyValuePair<string, (object Unprocessed, string Processed)>> EnvironmentVariablesWithUnprocessed { get; }

    /// <summary>The environment.</summary>
    IEnumerable<KeyValuePair<string, string>> EnvironmentVariables { get; }

    /// <summary>Data of other kinds.</summary>
    IEnumerable<IExecutionConfigurationData> AdditionalConfigurationData { get; }

    /// <summary>Why some values could not be resolved; they are left out.</summary>
    Exception? Exception { get; }
}
