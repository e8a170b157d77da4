namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command that sends an HTTP request looks and what it sends.</summary>
public class HttpCommandOptions : CommandOptions
{
    /// <summary>Picks the endpoint; null takes the first HTTP endpoint.</summary>
    public Func<EndpointReference>? EndpointSelector { get; set; }

    /// <summary>The method; null is POST.</summary>
    public HttpMethod? Method { get; set; }

    /// <summary>The name of the client to send with; null is a client without a time-out.</summary>
    public string? HttpClientName { get; set; }

    /// <summary>Completes the request before it is sent.</summary>
    public Func<HttpCommandRequestContext, Task>? PrepareRequest { get; set; }

    /// <summary>Makes the result from the response; null takes a status of 2xx as success.</summary>
    public Func<HttpCommandResultContext, Task<ExecuteCommandResult>>? GetCommandResult { get; set; }

    /// <summary>What of the response becomes the command's result.</summary>
    public HttpCommandResultMode ResultMode { get; set; }
}

/// <summary>What of a response becomes the result of a command.</summary>
public enum HttpCommandResultMode
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The body, as its content type says.</summary>
    Auto,

    /// <summary>The body, as JSON.</summary>
    Json,

    /// <summary>The body, as text.</summary>
    Text,
}
