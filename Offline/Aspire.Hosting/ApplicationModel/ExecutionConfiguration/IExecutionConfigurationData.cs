namespace Aspire.Hosting.ApplicationModel;

/// <summary>Data beside environment and arguments.</summary>
#pragma warning disable CA1040 // Published without members.
public interface IExecutionConfigurationData
{
}
