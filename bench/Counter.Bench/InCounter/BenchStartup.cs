using System.Globalization;
using System.Text;
using Counter.Bench.InCounter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(BenchStartup))]

namespace Counter.Bench.InCounter;

/// <summary>
/// Loaded into the counter's process by <c>ASPNETCORE_HOSTINGSTARTUPASSEMBLIES</c>, so that the service itself knows nothing of benchmarks:
/// <c>/hello</c>, which touches nothing, and <c>/cost</c>, which tells how many bytes the process has allocated, and how many requests these two have
/// answered.
/// </summary>
public sealed class BenchStartup : IHostingStartup
{
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services => services.AddTransient<IStartupFilter, Filter>());

    private sealed class Filter : IStartupFilter
    {
        // As long as the answer of the counter.
        private static readonly byte[] s_hello = Encoding.UTF8.GetBytes("Hello. " + new string('.', 135) + "\n");

        private long _answered;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(next => context => context.Request.Path.Value switch
            {
                "/hello" => HelloAsync(context.Response),
                "/cost" => CostAsync(context.Response),
                _ => next(context),
            });
            next(app);
        };

        private Task HelloAsync(HttpResponse response)
        {
            Interlocked.Increment(ref _answered);
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers.CacheControl = "no-store";
            response.ContentType = "text/plain";
            response.ContentLength = s_hello.Length;
            s_hello.CopyTo(response.BodyWriter.GetSpan(s_hello.Length));
            response.BodyWriter.Advance(s_hello.Length);
            return Task.CompletedTask;
        }

        private Task CostAsync(HttpResponse response) =>
            response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{GC.GetTotalAllocatedBytes()} {Interlocked.Increment(ref _answered)}"));
    }
}
