using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using AppHost.Links;
using Link;
using Link.Protocol;
using Link.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>Step 4 of the tutorial as commands of the dashboard: look through the link.</summary>
internal static class LinkCommandExtensions
{
    private const int LongestReply = 256 * 1024;

    private static readonly TimeSpan s_pingTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>Adds <i>Redis CLI</i>, which runs one command and shows its reply as redis-cli prints it.</summary>
    public static IResourceBuilder<RedisResource> WithRedisCliCommand(this IResourceBuilder<RedisResource> builder) =>
        builder.WithCommand("redis-cli", "Redis CLI", async context =>
        {
#pragma warning disable ASPIREINTERACTION001 // Arguments of commands are experimental in 13.5; there is no other way to ask for one.
            var line = context.Arguments.GetString("command") ?? "";
#pragma warning restore ASPIREINTERACTION001
            return CommandSplitter.Split(line) is { Count: > 0 } command
                ? await RunAsync(context, builder.Resource, command, line)
                : CommandResults.Failure("Write a command, with balanced quotes.");
        }, new CommandOptions
        {
            Description = "Runs a Redis command and shows the reply.",
            IconName = "WindowConsole",
            UpdateState = WhileRunning,
#pragma warning disable ASPIREINTERACTION001
            Arguments = [new InteractionInput { Name = "command", Label = "Command", InputType = InputType.Text, Required = true, Placeholder = "KEYS *", MaxLength = 4096 }],
#pragma warning restore ASPIREINTERACTION001
        });

    /// <summary>Adds <i>Flush counter</i>, which deletes the keys of the counter and starts again from nothing.</summary>
    public static IResourceBuilder<RedisResource> WithFlushCounterCommand(this IResourceBuilder<RedisResource> builder, params string[] keys) =>
        builder.WithCommand("flush-counter", "Flush counter", context => RunAsync(context, builder.Resource, ["DEL", .. keys]), new CommandOptions
        {
            Description = "Deletes the count and the addresses.",
            ConfirmationMessage = "Delete the count and all addresses? The counter starts again from nothing.",
            IconName = "Delete",
            UpdateState = WhileRunning,
        });

    /// <summary>Adds <i>Show link</i>: the environment with secrets masked, the host names and a ping.</summary>
    public static IResourceBuilder<T> WithShowLinkCommand<T>(this IResourceBuilder<T> builder, IResourceBuilder<RedisResource> source, string alias)
        where T : IResource =>
        builder.WithCommand("show-link", "Show link", async context =>
        {
            try
            {
                var link = await DescribeAsync(context, source.Resource, alias);
                return CommandResults.Success($"The link to {link.Source} as {link.Alias}.", await ReportAsync(link, context.CancellationToken), CommandResultFormat.Text, displayImmediately: true);
            }
            catch (Exception exception) when (IsExpected(exception))
            {
                return CommandResults.Failure(exception.Message);
            }
        }, new CommandOptions { Description = $"Shows the environment, the host names and a ping of the link to {source.Resource.Name}.", IconName = "Link" });

    private static ResourceCommandState WhileRunning(UpdateCommandStateContext context) =>
        context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;

    /// <summary>What goes wrong when the store is stopped, busy or another one.</summary>
    private static bool IsExpected(Exception exception) =>
        exception is IOException or SocketException or AuthenticationException or TimeoutException or LinkException;

    private static Task<ExecuteCommandResult> RunAsync(ExecuteCommandContext context, RedisResource redis, IReadOnlyList<string> command) =>
        RunAsync(context, redis, [.. command.Select(word => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(word)))], string.Join(' ', command));

    private static async Task<ExecuteCommandResult> RunAsync(ExecuteCommandContext context, RedisResource redis, IReadOnlyList<ReadOnlyMemory<byte>> command, string line)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        limit.CancelAfter(s_timeout);
        try
        {
            var link = await DescribeAsync(context, redis, redis.Name);
            await using var connection = await RespConnection.ConnectAsync(AddressOf(link), s_timeout, limit.Token);
            var reply = await connection.ExecuteAsync(command, limit.Token);
            var text = Shortened(Encoding.UTF8.GetString(ReplyFormatter.Format(command, reply, raw: false)));
            return reply.IsError
                ? CommandResults.Failure(reply.Text)
                : CommandResults.Success(line, text, CommandResultFormat.Text, displayImmediately: true);
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            return CommandResults.Failure(string.Create(CultureInfo.InvariantCulture, $"No reply within {s_timeout.TotalSeconds} seconds; a command that streams or blocks is for link {redis.Name}:redis redis-cli."));
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            return CommandResults.Failure(exception.Message);
        }
    }

    /// <summary>A page can't show any number of keys.</summary>
    private static string Shortened(string text) =>
        text.Length <= LongestReply
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, LongestReply)}\n… and {text.Length - LongestReply} more characters, which link shows: redis-cli\n");

    private static async Task<LinkDescription> DescribeAsync(ExecuteCommandContext context, RedisResource source, string alias)
    {
        var request = new LinkRequest { Version = LinkProtocol.Version, Operation = "link", Source = source.Name, Alias = alias };
        var answer = await context.Services.GetRequiredService<LinkRequestHandler>().AnswerAsync(request, _ => Task.CompletedTask, context.CancellationToken);
        return answer.Link ?? throw new LinkException(answer.Message ?? "the link can't be described");
    }

    private static async Task<string> ReportAsync(LinkDescription link, CancellationToken cancellationToken)
    {
        var report = new StringBuilder();
        foreach (var variable in link.Environment)
        {
            report.Append(CultureInfo.InvariantCulture, $"{variable.Name}={Masked(variable, link.Password)}\n");
        }

        report.Append(CultureInfo.InvariantCulture, $"\n{HostsEntry.Of(link)}\n\n");
        await using var connection = await RespConnection.ConnectAsync(AddressOf(link), s_pingTimeout, cancellationToken);
        var answer = await connection.ExecuteAsync(cancellationToken, "PING").WaitAsync(s_pingTimeout, cancellationToken);
        return report.Append(CultureInfo.InvariantCulture, $"{answer.Text} from {link.Alias} ({link.Address}:{link.Port})\n").ToString();
    }

    /// <summary>Only the password is hidden where the rest of the value, such as host and port, is what one wants to see.</summary>
    private static string Masked(LinkVariable variable, string? password)
    {
        const string mask = "********";
        if (!variable.Secret || password is not { Length: > 0 })
        {
            return variable.Secret ? mask : variable.Value;
        }

        var masked = variable.Value.Replace(password, mask, StringComparison.Ordinal).Replace(Uri.EscapeDataString(password), mask, StringComparison.Ordinal);
        return masked == variable.Value ? mask : masked;
    }

    private static RedisAddress AddressOf(LinkDescription link) =>
        link is { Host: { } host, Port: { } port }
            ? new RedisAddress(host, port, link.Username, link.Password, link.Tls)
            : throw new LinkException($"the connection string of '{link.Source}' names no host and port.");
}
