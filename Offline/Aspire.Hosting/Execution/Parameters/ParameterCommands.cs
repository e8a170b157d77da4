using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

/// <summary>The commands of parameters.</summary>
internal static class ParameterCommands
{
    private const string ValueInput = "value";
    private const string SaveInput = "save-to-user-secrets";

    public static void Add(ParameterResource parameter, ParameterProcessor processor)
    {
        if (parameter.Annotations.OfType<ResourceCommandAnnotation>().Any(command => command.Name == KnownResourceCommands.SetParameterCommand))
        {
            return;
        }

        List<InteractionInput> inputs =
        [
            new()
            {
                Name = ValueInput,
                Label = parameter.Name,
                InputType = parameter.Secret ? InputType.SecretText : InputType.Text,
                Required = true,
                Placeholder = $"Enter value for {parameter.Name}",
                Description = parameter.Description,
            },
        ];
        if (processor.CanSave)
        {
            inputs.Add(ParameterInputs.Save(SaveInput));
        }

        parameter.Annotations.Add(new ResourceCommandAnnotation(
            KnownResourceCommands.SetParameterCommand,
            "Set parameter",
            _ => ResourceCommandState.Enabled,
            async context =>
            {
                var save = context.Arguments.TryGetByName(SaveInput, out var input) && bool.TryParse(input.Value, out var yes) && yes;
                await processor.SetAsync(parameter, context.Arguments.GetString(ValueInput) ?? "", save).ConfigureAwait(false);
                return CommandResults.Success($"Parameter '{parameter.Name}' is set.");
            },
            "Set the value of the parameter",
            inputs,
            confirmationMessage: null,
            "Key",
            IconVariant.Regular,
            isHighlighted: true));
        parameter.Annotations.Add(new ResourceCommandAnnotation(
            KnownResourceCommands.DeleteParameterCommand,
            "Delete parameter",
            context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            async context =>
            {
                await processor.DeleteAsync(parameter).ConfigureAwait(false);
                return CommandResults.Success($"Parameter '{parameter.Name}' is deleted.");
            },
            "Delete the value of the parameter",
            arguments: null,
            $"Delete the value of parameter '{parameter.Name}'?",
            "Delete",
            IconVariant.Regular,
            isHighlighted: false));
    }
}
