using System.Diagnostics;
using OpenTelemetry;

namespace ServiceDefaults;

/// <summary>
/// Names request spans by OpenTelemetry's convention, method and route: the framework's own instrumentation fills in the attributes but leaves
/// every span with the name of its operation.
/// </summary>
internal sealed class HttpSpanNames : BaseProcessor<Activity>
{
    private const string RequestOperation = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    public override void OnEnd(Activity data)
    {
        if (data.OperationName == RequestOperation
            && data.DisplayName == RequestOperation
            && data.GetTagItem("http.request.method") is string method)
        {
            data.DisplayName = data.GetTagItem("http.route") is string route ? $"{method} {route}" : method;
        }
    }
}
