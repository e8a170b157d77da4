#pragma warning disable CS0618 // The helpers that are obsolete are still there.
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.Tests.Model;

public class ExecutionConfigurationTests
{
    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder();
    private readonly CancellationToken _cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_environment_and_the_arguments_of_a_run_are_found_out_without_one()
    {
        var secret = _builder.AddParameter("secret", "s", secret: true);
        var program = Program(secret);

        var configuration = await ExecutionConfigurationBuilder.Create(program).WithEnvironmentVariablesConfig().WithArgumentsConfig().BuildAsync(_builder.ExecutionContext, cancellationToken: _cancellationToken);

        Assert.Equal(["SECRET=s", "URL=http://localhost:5000", "NUMBER=5", "FLAG=True"], configuration.EnvironmentVariables.Select(variable => $"{variable.Key}={variable.Value}"));
        Assert.Equal([("first", false), ("s", true), ("--key=s", true), ("5", false)], configuration.Arguments);
        Assert.Equal(["SECRET ParameterResource s", "URL EndpointReference http://localhost:5000", "NUMBER Int32 5", "FLAG Boolean True"], configuration.EnvironmentVariablesWithUnprocessed.Select(variable => $"{variable.Key} {variable.Value.Unprocessed.GetType().Name} {variable.Value.Processed}"));
        Assert.Contains(secret.Resource, configuration.References);
        Assert.Null(configuration.Exception);
    }

    [Fact]
    public async Task The_helpers_give_values_or_expressions()
    {
        var program = Program(_builder.AddParameter("secret", "s", secret: true));

        Assert.Equal("http://localhost:5000", (await program.GetEnvironmentVariableValuesAsync())["URL"]);
        Assert.Equal(["first", "s", "--key=s", "5"], await program.GetArgumentValuesAsync());
        Assert.Equal("{store.bindings.http.url}", (await program.GetEnvironmentVariableValuesAsync(DistributedApplicationOperation.Publish))["URL"]);
        Assert.Equal(["first", "{secret.value}", "--key={secret.value}", "5"], await program.GetArgumentValuesAsync(DistributedApplicationOperation.Publish));
    }

    [Fact]
    public async Task What_has_no_value_is_left_out_and_said()
    {
        var program = Program(_builder.AddParameter("secret", secret: true));

        var configuration = await ExecutionConfigurationBuilder.Create(program).WithEnvironmentVariablesConfig().BuildAsync(_builder.ExecutionContext, cancellationToken: _cancellationToken);

        Assert.Equal(["URL", "NUMBER", "FLAG"], configuration.EnvironmentVariables.Select(variable => variable.Key));
        var exception = Assert.IsType<AggregateException>(configuration.Exception);
        Assert.StartsWith("One or more errors occurred while resolving resource configuration.", exception.Message, StringComparison.Ordinal);
        Assert.IsType<MissingParameterValueException>(Assert.Single(exception.InnerExceptions));
        Assert.Equal(["URL", "NUMBER", "FLAG"], (await program.GetEnvironmentVariableValuesAsync()).Keys);

        List<string> errors = [];
        await program.ProcessEnvironmentVariableValuesAsync(_builder.ExecutionContext, (name, _, _, error) => errors.Add($"{name} {error?.GetType().Name}"), NullLogger.Instance, _cancellationToken);
        Assert.Equal(["SECRET MissingParameterValueException", "URL ", "NUMBER ", "FLAG "], errors);
    }

    [Fact]
    public async Task Others_can_contribute()
    {
        var program = _builder.AddExecutable("program", "program", ".").Resource;

        var configuration = await ExecutionConfigurationBuilder.Create(program).AddExecutionConfigurationGatherer(new Own()).BuildAsync(_builder.ExecutionContext, cancellationToken: _cancellationToken);

        Assert.Equal([("own", false)], configuration.Arguments);
        Assert.True(configuration.TryGetAdditionalData<OwnData>(out _));
    }

    [Fact]
    public async Task The_dependencies_are_those_of_the_environment_of_waiting_and_the_parent()
    {
        var store = _builder.AddRedis("store");
        var key = _builder.AddParameter("key", "k");
        var first = _builder.AddContainer("first", "image").WithHttpEndpoint().WithReference(store).WithEnvironment("KEY", key);
        var second = _builder.AddContainer("second", "image").WaitFor(first);
        var third = _builder.AddExecutable("third", "program", ".").WithReference(second.WithHttpEndpoint().GetEndpoint("http"));

        Assert.Equal(["key", "store", "store-password"], await NamesAsync(first.Resource, ResourceDependencyDiscoveryMode.DirectOnly));
        Assert.Equal(["first"], await NamesAsync(second.Resource, ResourceDependencyDiscoveryMode.DirectOnly));
        Assert.Equal(["first", "key", "second", "store", "store-password"], await NamesAsync(third.Resource, ResourceDependencyDiscoveryMode.Recursive));

        async Task<IEnumerable<string>> NamesAsync(IResource resource, ResourceDependencyDiscoveryMode mode) =>
            (await resource.GetResourceDependenciesAsync(_builder.ExecutionContext, mode, _cancellationToken)).Select(dependency => dependency.Name).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Callbacks_are_called_once_for_all_who_ask()
    {
        var calls = 0;
        var program = _builder.AddExecutable("program", "program", ".", "first")
            .WithEnvironment(context => context.EnvironmentVariables["CALLS"] = ++calls)
            .WithArgs(context => context.Args.Add(++calls));

        for (var time = 0; time < 2; time++)
        {
            Assert.Equal("1", (await program.Resource.GetEnvironmentVariableValuesAsync())["CALLS"]);
            Assert.Equal(["first", "2"], await program.Resource.GetArgumentValuesAsync(time == 0 ? DistributedApplicationOperation.Run : DistributedApplicationOperation.Publish));
        }

        // Who wants to know what they would say now still can.
        List<string?> now = [];
        await program.Resource.ProcessEnvironmentVariableValuesAsync(_builder.ExecutionContext, (_, _, text, _) => now.Add(text), NullLogger.Instance, _cancellationToken);
        Assert.Equal(["3"], now);
        Assert.Equal("1", (await program.Resource.GetEnvironmentVariableValuesAsync())["CALLS"]);
    }

    [Fact]
    public async Task A_callback_added_after_others_were_evaluated_has_the_last_word()
    {
        var program = _builder.AddExecutable("program", "program", ".", "first").WithEnvironment("EARLY", "1");
        await program.Resource.GetEnvironmentVariableValuesAsync();
        await program.Resource.GetArgumentValuesAsync();

        program.WithEnvironment("LATE", "1").WithArgs("late");

        Assert.Equal(["LATE"], (await program.Resource.GetEnvironmentVariableValuesAsync()).Keys);
        Assert.Equal(["late"], await program.Resource.GetArgumentValuesAsync());
    }

    [Fact]
    public async Task What_others_contributed_first_is_seen_by_the_callbacks_and_kept()
    {
        var program = _builder.AddExecutable("program", "program", ".", "first").WithEnvironment("A", "1").Resource;

        var first = await WithOwnAsync(before: true);
        var second = await WithOwnAsync(before: false);

        Assert.Equal(["own", "first"], first);
        Assert.Equal(["own", "first", "own"], second);

        async Task<IEnumerable<string>> WithOwnAsync(bool before)
        {
            var configuration = ExecutionConfigurationBuilder.Create(program);
            configuration = before ? configuration.AddExecutionConfigurationGatherer(new Own()).WithArgumentsConfig() : configuration.WithArgumentsConfig().AddExecutionConfigurationGatherer(new Own());
            return (await configuration.BuildAsync(_builder.ExecutionContext, cancellationToken: _cancellationToken)).Arguments.Select(argument => argument.Value);
        }
    }

    [Fact]
    public async Task A_callback_that_failed_has_failed_for_all()
    {
        var calls = 0;
        var program = _builder.AddExecutable("program", "program", ".").WithEnvironment(_ => throw new InvalidOperationException($"failure {++calls}")).Resource;

        for (var time = 0; time < 2; time++)
        {
            var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await program.GetEnvironmentVariableValuesAsync());
            Assert.Equal("failure 1", exception.Message);
        }
    }

    [Fact]
    public async Task Who_gives_up_while_a_callback_runs_does_so_for_none_but_itself()
    {
        var program = _builder.AddExecutable("program", "program", ".").WithArgs(async context =>
        {
            await Task.Delay(0, context.CancellationToken);
            context.Args.Add("made");
        }).Resource;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ArgumentsAsync(new CancellationToken(canceled: true)));
        Assert.Equal(["made"], await ArgumentsAsync(_cancellationToken));

        async Task<IEnumerable<string>> ArgumentsAsync(CancellationToken cancellationToken) =>
            (await ExecutionConfigurationBuilder.Create(program).WithArgumentsConfig().BuildAsync(_builder.ExecutionContext, cancellationToken: cancellationToken)).Arguments.Select(argument => argument.Value);
    }

    private ExecutableResource Program(IResourceBuilder<ParameterResource> secret)
    {
        var store = _builder.AddContainer("store", "image").WithHttpEndpoint(targetPort: 80);
        var endpoint = store.Resource.Annotations.OfType<EndpointAnnotation>().Single();
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", 5000);
        return _builder.AddExecutable("program", "program", ".", "first")
            .WithEnvironment("SECRET", secret)
            .WithEnvironment("URL", store.GetEndpoint("http"))
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["NUMBER"] = 5;
                context.EnvironmentVariables["FLAG"] = true;
            })
            .WithArgs(secret, ReferenceExpression.Create($"--key={secret}"), 5)
            .Resource;
    }

    private sealed class OwnData : IExecutionConfigurationData;

    private sealed class Own : IExecutionConfigurationGatherer
    {
        public ValueTask GatherAsync(IExecutionConfigurationGathererContext context, IResource resource, ILogger resourceLogger, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken = default)
        {
            context.Arguments.Add("own");
            context.AddAdditionalData(new OwnData());
            return ValueTask.CompletedTask;
        }
    }
}
