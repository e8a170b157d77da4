using CounterService.Answers;
using CounterService.Counting;
using CounterService.Live;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace CounterService;

/// <summary>Puts the counting together.</summary>
internal static class CountingExtensions
{
    public static void AddCounting(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<CounterOptions>().BindConfiguration(CounterOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CounterOptions>, CounterOptionsValidator>();
        services.AddSingleton(provider => new CounterTelemetry(provider.GetRequiredService<IConnectionMultiplexer>().GetEndPoints(configuredOnly: true).FirstOrDefault()));
        services.AddSingleton<CounterMetrics>();
        services.AddSingleton<CallerAddress>();
        services.AddSingleton<StoreSetup>();
        services.AddSingleton<ICounterStore, RedisCounterStore>();
        services.AddSingleton<Combiner>();
        services.AddHostedService(provider => provider.GetRequiredService<Combiner>());
        services.AddSingleton<RateHistory>();
        services.AddSingleton<LiveFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveFeed>());
        services.AddSingleton<Page>();
        services.AddSingleton<CountEndpoint>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, AnswerJson.Default));
    }

    /// <summary>Answers <c>/</c> before routing and the rest of the pipeline.</summary>
    public static void UseCounting(this WebApplication app)
    {
        var endpoint = app.Services.GetRequiredService<CountEndpoint>();
        app.Use(next => context =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            if (context.Request.Path.Value is not "/")
            {
                return next(context);
            }

            return HttpMethods.IsGet(context.Request.Method) ? endpoint.CountAsync(context)
                : HttpMethods.IsHead(context.Request.Method) ? CountEndpoint.HeadAsync(context)
                : next(context);
        });
    }

    public static void MapCounting(this IEndpointRouteBuilder endpoints)
    {
        // Answered by UseCounting; the route describes it, and refuses other methods.
        endpoints.MapGet("/", (HttpContext context, CountEndpoint endpoint) => endpoint.CountAsync(context))
            .WithName("Count")
            .WithSummary("Counts this request and says which one it is: as the tutorial's text, as HTML or as JSON.")
            .Produces<CountedAnswer>(StatusCodes.Status200OK, "application/json", "text/plain", "text/html")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        endpoints.MapGet("/api/count", async (ICounterStore store, CancellationToken cancellationToken) =>
            {
                try
                {
                    var snapshot = await store.ReadAsync(cancellationToken);
                    return Results.Ok(new CountAnswer(snapshot.Total, snapshot.Top));
                }
                catch (StoreUnavailableException exception)
                {
                    return Results.Problem(exception.Message, statusCode: StatusCodes.Status503ServiceUnavailable);
                }
            })
            .WithName("ReadCount")
            .WithSummary("Says how many requests were counted, without counting this one.")
            .Produces<CountAnswer>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        endpoints.MapGet("/live", LiveEndpoint.FollowAsync)
            .WithName("Live")
            .WithSummary("Tells the count, the rate and the ranking every second, without counting.")
            .Produces<LiveAnswer>(StatusCodes.Status200OK, "text/event-stream")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }
}
