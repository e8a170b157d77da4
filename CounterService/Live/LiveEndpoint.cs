using System.Text.Json;
using CounterService.Answers;

namespace CounterService.Live;

/// <summary>Server-sent events: the total, the rate and the ranking, once per second.</summary>
internal static class LiveEndpoint
{
    public static async Task FollowAsync(HttpContext context, LiveFeed feed)
    {
        if (!feed.TryEnter())
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "10";
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        var aborted = context.RequestAborted;
        await context.Response.WriteAsync(": a message every second\n\n", aborted);
        await context.Response.Body.FlushAsync(aborted);

        await foreach (var answer in feed.FollowAsync(aborted))
        {
            await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(answer, AnswerJson.Default.LiveAnswer)}\n\n", aborted);
            await context.Response.Body.FlushAsync(aborted);
        }
    }
}
