using System.Collections.Immutable;
using System.Globalization;
using Aspire.Dashboard.Resources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Aspire.Dashboard.Pages.Dialogs;

/// <summary>Running commands of resources and answering questions of the host.</summary>
internal static class CommandEndpoints
{
    private const string InputPrefix = "input.";

    public static void MapCommands(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/commands/{resource}/{command}", Handler.Of(Ask));
        routes.MapPost("/commands/{resource}/{command}", Handler.Of(RunAsync));
        routes.MapPost("/interactions/{id:int}", Handler.Of(RespondAsync));
    }

    private static IResult Ask(HttpContext context)
    {
        var (found, which) = Find(context);
        return Result(found, which, null, null);
    }

    private static async Task<IResult> RunAsync(HttpContext context)
    {
        var page = context.Service<PageContext>();
        var (found, which) = Find(context);
        if (found is null || which is null || page.Host is null)
        {
            return Result(found, which, null, null);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        var arguments = Read(form, which.Arguments);
        // Closing the page does not call a command off that was started.
        var outcome = which.State == CommandState.Enabled
            ? await page.Host.ExecuteCommandAsync(found.Name, which.Name, arguments, CancellationToken.None).ConfigureAwait(false)
            : new CommandOutcome { Success = false, Message = $"{which.DisplayName} can't run while the resource is {found.State}." };
        return Result(found, which, outcome, arguments);
    }

    private static async Task<IResult> RespondAsync(HttpContext context)
    {
        var interactions = context.Service<InteractionCenter>();
        var id = int.Parse(context.Part("id"), CultureInfo.InvariantCulture);
        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        var result = form["result"].ToString();
        var inputs = interactions.Find(id)?.Inputs ?? [];
        var response = new InteractionResponse(result == "cancel", result == "true", Read(form, inputs));
        var errors = await interactions.RespondAsync(id, response, context.RequestAborted).ConfigureAwait(false);
        // An answer like any other: a browser reports other statuses on its console.
        return errors.Count > 0 && context.Request.Headers["X-Fragment"].Count > 0
            ? Results.Json(errors)
            : Results.LocalRedirect(Security.LoginEndpoints.LocalUrl(form["returnUrl"]));
    }

    private static (ResourceViewModel?, ResourceCommand?) Find(HttpContext context)
    {
        var found = context.Service<PageContext>().FindResource(context.Part("resource"));
        return (found, found?.Commands.FirstOrDefault(c => c.Name == context.Part("command") && c.State != CommandState.Hidden));
    }

    /// <summary>Only what was asked for; an empty box and a box without a check are different things.</summary>
    private static ImmutableDictionary<string, string?> Read(IFormCollection form, ImmutableArray<InteractionInput> inputs)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string?>();
        foreach (var input in inputs)
        {
            var value = form[InputPrefix + input.Name];
            values[input.Name] = input.Disabled ? input.Value
                : input.InputType == "boolean" ? (value.Count > 0 ? "true" : "false")
                : value.Count > 0 ? value.ToString() : null;
        }

        return values.ToImmutable();
    }

    private static RazorComponentResult<CommandPage> Result(ResourceViewModel? resource, ResourceCommand? command, CommandOutcome? outcome, IReadOnlyDictionary<string, string?>? values) =>
        new(new Dictionary<string, object?>
        {
            [nameof(CommandPage.Resource)] = resource,
            [nameof(CommandPage.Command)] = command,
            [nameof(CommandPage.Outcome)] = outcome,
            [nameof(CommandPage.Values)] = values ?? ImmutableDictionary<string, string?>.Empty,
        })
        { StatusCode = command is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK };
}
