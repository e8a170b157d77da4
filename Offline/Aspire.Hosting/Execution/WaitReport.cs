using System.Globalization;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>Says how far a resource had come when the wait for it was called off.</summary>
internal static class WaitReport
{
    public static string Of(ResourceNotificationService notifications, string resourceName, string failure)
    {
        var text = new StringBuilder($"Resource '{resourceName}' failed to {failure} before the operation was cancelled.").AppendLine();
        if (!notifications.TryGetCurrentState(resourceName, out var current))
        {
            return text.Append(CultureInfo.InvariantCulture, $"Unable to retrieve current state for resource '{resourceName}'.").ToString();
        }

        var snapshot = current.Snapshot;
        AddLine("Current State", snapshot.State?.Text);
        AddLine("Creation Time", snapshot.CreationTimeStamp);
        AddKnown("Start Time", snapshot.StartTimeStamp);
        AddKnown("Stop Time", snapshot.StopTimeStamp);
        AddKnown("Exit Code", snapshot.ExitCode);
        AddLine("Current Health", snapshot.HealthStatus);
        if (snapshot.HealthReports.Length > 0)
        {
            text.AppendLine("- Health Reports:");
            foreach (var report in snapshot.HealthReports)
            {
                text.Append(CultureInfo.InvariantCulture, $"  - {report.Name}: {report.Status?.ToString() ?? "(null)"}");
                text.AppendLine(report.LastRunAt is { } run ? string.Create(CultureInfo.InvariantCulture, $" @ {run:yyyy-MM-dd HH:mm:ss}") : "");
                if (report.ExceptionText is { } exception)
                {
                    text.AppendLine(CultureInfo.InvariantCulture, $"    {exception}");
                }
            }
        }

        return text.ToString().TrimEnd();

        void AddKnown(string name, object? value)
        {
            if (value is not null)
            {
                AddLine(name, value);
            }
        }

        void AddLine(string name, object? value) => text.AppendLine(CultureInfo.InvariantCulture, $"- {name}: {value ?? "(null)"}");
    }
}
