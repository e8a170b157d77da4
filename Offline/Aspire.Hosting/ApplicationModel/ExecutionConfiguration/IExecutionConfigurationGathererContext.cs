namespace Aspire.Hosting.ApplicationModel;

/// <summary>What was gathered so far.</summary>
public interface IExecutionConfigurationGathererContext
{
    /// <summary>The arguments: texts, or values that are known later.</summary>
    List<object> Arguments { get; }

    /// <summary>The environment: texts, or values that are known later.</summary>
    Dictionary<string, object> EnvironmentVariables { get; }

    /// <summary>Adds data of another kind.</summary>
    void AddAdditionalData(IExecutionConfigurationData metadata);
}
