using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Dashboard.Otlp;

/// <summary>Puts the receivers into the pipeline, ahead of everything that is for people.</summary>
internal static class OtlpServices
{
    public static void AddOtlp(this IServiceCollection services)
    {
        services.AddSingleton<OtlpReader>();
        services.AddSingleton<IOtlpSignal, OtlpTraces>();
        services.AddSingleton<IOtlpSignal, OtlpLogs>();
        services.AddSingleton<IOtlpSignal, OtlpMetrics>();
        services.AddSingleton<OtlpReceiver>();
        services.AddHostedService<MemoryReturn>();
    }

    public static void UseOtlp(this IApplicationBuilder app)
    {
        var receiver = app.ApplicationServices.GetRequiredService<OtlpReceiver>();
        app.Use(next => context => receiver.InvokeAsync(context, next));
    }
}
