using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Sends the request of an HTTP command and makes a result of its answer.</summary>
internal sealed class HttpCommand(EndpointReference endpoint, string path, HttpCommandOptions options)
{
    public HttpMethod Method => options.Method ?? HttpMethod.Post;

    public static ResourceCommandState StateOf(CustomResourceSnapshot snapshot)
    {
        var state = snapshot.State?.Text;
        return state == KnownResourceStates.Running || state == KnownResourceStates.RuntimeUnhealthy ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
    }

    public async Task<ExecuteCommandResult> ExecuteAsync(ExecuteCommandContext context)
    {
        if (!endpoint.IsAllocated)
        {
            return CommandResults.Failure("Endpoints are not yet allocated.");
        }

        var factory = context.Services.GetRequiredService<IHttpClientFactory>();
        using var client = factory.CreateClient(options.HttpClientName ?? Options.DefaultName);
        if (options.HttpClientName is null)
        {
            // The request may do long work; the user ends it by cancelling.
            client.Timeout = Timeout.InfiniteTimeSpan;
        }

        using var request = new HttpRequestMessage(Method, new Uri(new Uri(endpoint.Url), path));
        if (options.PrepareRequest is { } prepare)
        {
            await prepare(new HttpCommandRequestContext
            {
                Services = context.Services,
                ResourceName = context.ResourceName,
                Endpoint = endpoint,
                CancellationToken = context.CancellationToken,
                HttpClient = client,
                Request = request,
                Arguments = context.Arguments,
            }).ConfigureAwait(false);
        }

        try
        {
            using var response = await client.SendAsync(request, context.CancellationToken).ConfigureAwait(false);
            return options.GetCommandResult is { } getResult
                ? await getResult(new HttpCommandResultContext
                {
                    Services = context.Services,
                    ResourceName = context.ResourceName,
                    Endpoint = endpoint,
                    CancellationToken = context.CancellationToken,
                    HttpClient = client,
                    Response = response,
                    Arguments = context.Arguments,
                }).ConfigureAwait(false)
                : await ResultOfAsync(response, context.CancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            return CommandResults.Failure(exception);
        }
    }

    private async Task<ExecuteCommandResult> ResultOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = options.ResultMode == HttpCommandResultMode.None ? "" : await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var format = FormatOf(response);
        if (!response.IsSuccessStatusCode)
        {
            var message = $"Request failed with status code {response.StatusCode}";
            return body.Length == 0 ? CommandResults.Failure(message) : CommandResults.Failure(message, body, format);
        }

        return body.Length == 0 ? CommandResults.Success() : CommandResults.Success(message: "", body, format);
    }

    private CommandResultFormat FormatOf(HttpResponseMessage response)
    {
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        var isJson = options.ResultMode switch
        {
            HttpCommandResultMode.Json => true,
            HttpCommandResultMode.Text => false,
            _ => type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase),
        };
        return isJson ? CommandResultFormat.Json : CommandResultFormat.Text;
    }
}
