using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Tests.Model;

public class ParameterTests
{
    [Fact]
    public async Task A_value_given_in_the_model_is_used_whatever_is_configured()
    {
        var builder = DistributedApplication.CreateBuilder(["--Parameters:text=configured", "--Parameters:call=configured", "--Parameters:default=configured"]);

        Assert.Equal("given", await Value(builder.AddParameter("text", "given")));
        Assert.Equal("given", await Value(builder.AddParameter("call", () => "given", publishValueAsDefault: true)));
        Assert.Equal("configured", await Value(builder.AddParameter("default", new GenerateParameterDefault())));

        static ValueTask<string?> Value(IResourceBuilder<ParameterResource> parameter) => parameter.Resource.GetValueAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_generated_value_has_22_characters_and_its_rules_are_checked()
    {
        Assert.Equal(22, new GenerateParameterDefault().GetDefaultValue().Length);
        Assert.Equal("At least one character type must be enabled.", Message(new() { Lower = false, Upper = false, Numeric = false, Special = false }));
        Assert.Equal("'minUpper' must be 0 if 'upper' is disabled.", Message(new() { Upper = false, MinUpper = 1 }));
        Assert.StartsWith("minLength ('-1') must be a non-negative value. (Parameter 'minLength')", Message(new() { MinLength = -1 }), StringComparison.Ordinal);

        static string Message(GenerateParameterDefault generate) => Assert.ThrowsAny<ArgumentException>(generate.GetDefaultValue).Message;
    }

    [Fact]
    public void A_parameter_waits_for_its_value_at_first()
    {
        var parameter = DistributedApplication.CreateBuilder().AddParameter("key");

        Assert.Equal("Waiting", parameter.Resource.Annotations.OfType<ResourceSnapshotAnnotation>().Single().InitialSnapshot.State?.Text);
    }

    [Theory]
    [InlineData(false, "Parameters:key")]
    [InlineData(true, "ConnectionStrings:key")]
    public void A_parameter_shows_where_it_is_configured(bool isConnectionString, string source)
    {
        var builder = DistributedApplication.CreateBuilder();
        IResource parameter = isConnectionString ? builder.AddConnectionString("key").Resource : builder.AddParameter("key").Resource;

        var snapshot = parameter.Annotations.OfType<ResourceSnapshotAnnotation>().Single().InitialSnapshot;
        Assert.Equal(source, snapshot.Properties.Single(property => property.Name == CustomResourceKnownProperties.Source).Value);
    }

    [Fact]
    public void A_parameter_from_the_configuration_shows_the_key_it_is_read_from()
    {
        var parameter = DistributedApplication.CreateBuilder().AddParameterFromConfiguration("key", "Some:Other").Resource;

        var snapshot = parameter.Annotations.OfType<ResourceSnapshotAnnotation>().Single().InitialSnapshot;
        Assert.Equal("Some:Other", snapshot.Properties.Single(property => property.Name == CustomResourceKnownProperties.Source).Value);
    }

    [Fact]
    public void Neither_value_nor_description_is_null()
    {
        var builder = DistributedApplication.CreateBuilder();

        Assert.Equal("value", Assert.Throws<ArgumentNullException>(() => builder.AddParameter("key", (string)null!)).ParamName);
        Assert.Equal("description", Assert.Throws<ArgumentNullException>(() => builder.AddParameter("key", "v").WithDescription(null!)).ParamName);
    }

    [Fact]
    public void A_parameter_may_be_asked_for_with_an_input_of_ones_own()
    {
#pragma warning disable ASPIREINTERACTION001
        var loading = new InputLoadOptions { LoadCallback = _ => Task.CompletedTask };
        var parameter = DistributedApplication.CreateBuilder().AddParameter("size")
            .WithCustomInput(own => new InteractionInput { Name = "any", InputType = InputType.Number, Label = $"How large is {own.Name}?", DynamicLoading = loading, Disabled = true });

        var input = Aspire.Hosting.Execution.ParameterInputs.For(parameter.Resource);

        Assert.Equal(("size", InputType.Number, "How large is size?", loading, true), (input.Name, input.InputType, input.Label, input.DynamicLoading, input.Disabled));
#pragma warning restore ASPIREINTERACTION001
    }
}
