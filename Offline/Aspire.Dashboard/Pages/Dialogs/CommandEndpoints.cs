using System.Collections.Immutable;
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
        routes.MapGet("/commands/{resource}/{command}", Ask);
        routes.MapPost("/commands/{resource}/{command}", RunAsync);
        routes.MapPost("/interactions/{id:int}", RespondAsync);
    }

    private static RazorComponentResult<CommandPage> Ask(string resource, string command, PageContext page)
    {
        var (found, which) = Find(page, resource, command);
        return Result(found, which, null, null);
    }

    private static async Task<IResult> RunAsync(string resource, string command, PageContext page, HttpContext context)
    {
        var (found, which) = Find(page, resource, command);
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

    private static async Task<IResult> RespondAsync(int id, InteractionCenter interactions, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        var result = form["result"].ToString();
        var inputs = interactions.Find(id)?.Inputs ?? [];
        var response = new InteractionResponse(result == "cancel", result == "true", Read(form, inputs));
        var errors = await interactions.RespondAsync(id, response, context.RequestAborted).ConfigureAwait(false);
        return errors.Count > 0 && context.Request.Headers["X-Fragment"].Count > 0
            ? Results.Json(errors, statusCode: StatusCodes.Status422UnprocessableEntity)
            : Results.LocalRedirect(Security.LoginEndpoints.LocalUrl(form["returnUrl"]));
    }

    private static (ResourceViewModel?, ResourceCommand?) Find(PageContext page, string resource, string command)
    {
        var found = page.FindResource(resource);
        return (found, found?.Commands.FirstOrDefault(c => c.Name == command && c.State != CommandState.Hidden));
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
