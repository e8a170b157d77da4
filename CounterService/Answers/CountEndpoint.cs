using System.Diagnostics;
using CounterService.Counting;

namespace CounterService.Answers;

/// <summary>Counts a request and answers it.</summary>
internal sealed class CountEndpoint(Combiner combiner, CallerAddress callers, CounterTelemetry telemetry, Page page, IProblemDetailsService problems)
{
    public async Task CountAsync(HttpContext context)
    {
        var address = callers.Of(context);
        var request = Activity.Current;
        var span = telemetry.StartRequest();
        var counted = await combiner.CountAsync(address);
        if (span is not null)
        {
            telemetry.EndRequest(span, counted);
        }

        var response = context.Response;
        if (request is not null)
        {
            // As routing would have named it, which comes later.
            request.DisplayName = "GET /";
            request.SetTag("http.route", "/");
            request.SetTag("counter.number", counted.Number);
            response.Headers["traceresponse"] = request.Id;
        }

        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept";
        if (counted.Rejection is { } rejection)
        {
            await RejectAsync(context, rejection);
            return;
        }

        switch (Negotiation.Choose(context.Request.Headers.Accept))
        {
            case Format.Text:
                TextAnswer.Write(response, counted);
                break;
            case Format.Json:
                var answer = new CountedAnswer(counted.Snapshot.Total, counted.Number, Caller(address, counted), counted.Snapshot.Top, TraceId(request));
                await response.WriteAsJsonAsync(answer, AnswerJson.Default.CountedAnswer, "application/json", context.RequestAborted);
                break;
            default:
                await page.WriteAsync(response, counted, Caller(address, counted), TraceId(request), context.RequestAborted);
                break;
        }
    }

    /// <summary>What GET would say about itself, without counting.</summary>
    public static Task HeadAsync(HttpContext context)
    {
        context.Response.ContentType = Negotiation.Choose(context.Request.Headers.Accept) switch
        {
            Format.Html => Page.ContentType,
            Format.Json => "application/json",
            _ => "text/plain",
        };
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Vary = "Accept";
        return Task.CompletedTask;
    }

    private async Task RejectAsync(HttpContext context, Rejection rejection)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        await problems.WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails =
            {
                Status = StatusCodes.Status503ServiceUnavailable,
                Title = "The request was not counted",
                Detail = rejection switch
                {
                    Rejection.QueueFull => "Too many requests are waiting to be counted.",
                    Rejection.Stopping => "The service is stopping.",
                    _ => "The store did not confirm in time. The request may have been counted, but not more than once.",
                },
            },
        });
    }

    private static AddressCount Caller(Address address, in Counted counted) =>
        new(counted.CountedAsOther ? Address.Other : address.ToString(), counted.Count);

    private static string? TraceId(Activity? request) =>
        request is { IsAllDataRequested: true } ? request.TraceId.ToString() : null;
}
