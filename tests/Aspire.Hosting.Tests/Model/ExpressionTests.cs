using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Tests.Model;

public class ExpressionTests
{
    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder();

    [Fact]
    public async Task Braces_in_a_text_are_braces_and_two_of_a_kind_are_one_as_published()
    {
        var json = "{\"a\":{} }}";
        var value = _builder.AddParameter("value", "v");

        var expression = ReferenceExpression.Create($"{json}={value}");

        Assert.Equal("{{\"a\":{{}} }}={0}", expression.Format);
        Assert.Equal("{\"a\":{} }={value.value}", expression.ValueExpression);
        Assert.Equal("{\"a\":{} }=v", await expression.GetValueAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_encoded_parameter_is_the_parameter_in_the_model()
    {
        var password = _builder.AddParameter("password", "p w");

        var expression = ReferenceExpression.Create($"x:{password:uri}@y");

        Assert.Equal("x:{password.value}@y", expression.ValueExpression);
        Assert.Equal("{password.value}", Assert.Single(expression.ManifestExpressions));
        Assert.Equal("uri", Assert.Single(expression.StringFormats));
        Assert.Equal("x:p%20w@y", await expression.GetValueAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_encoded_parameter_is_itself_where_the_environment_is_evaluated_for_a_publish()
    {
        var password = _builder.AddParameter("password", "p w");
        var program = _builder.AddExecutable("program", "p", ".").WithEnvironment("URL", $"x:{password:uri}@y");

#pragma warning disable CS0618 // The obsolete way is the common one.
        var published = await program.Resource.GetEnvironmentVariableValuesAsync(DistributedApplicationOperation.Publish);
#pragma warning restore CS0618

        Assert.Equal("x:{password.value}@y", published["URL"]);
    }

    [Fact]
    public void A_conditional_expression_refers_to_what_both_its_texts_are_made_of()
    {
        var (condition, yes, no) = (_builder.AddParameter("condition", "c"), _builder.AddParameter("yes", "y"), _builder.AddParameter("no", "n"));

        var expression = ReferenceExpression.CreateConditional(condition.Resource, "c", ReferenceExpression.Create($"{yes}"), ReferenceExpression.Create($"{no}"));

        Assert.Equal([yes.Resource, no.Resource], expression.ValueProviders);
        Assert.Equal([condition.Resource, yes.Resource, no.Resource], ((IValueWithReferences)expression).References);
    }

    [Fact]
    public async Task A_format_that_is_not_known_is_refused_when_it_is_used()
    {
        var value = _builder.AddParameter("value", "v");
        var expression = ReferenceExpression.Create($"{value:hex}");

        var exception = await Assert.ThrowsAsync<NotSupportedException>(async () => await expression.GetValueAsync(TestContext.Current.CancellationToken));

        Assert.Equal("The format 'hex' is not supported. Supported formats are 'uri' (encodes a URI)", exception.Message);
    }

    [Fact]
    public void A_value_that_is_none_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => new ReferenceExpressionBuilder().AppendValueProvider("text"));

        Assert.Equal("Object must implement IValueProvider (Parameter 'valueProvider')", exception.Message);
    }

    [Fact]
    public void A_connection_string_waits_for_the_resources_it_is_made_of()
    {
        var store = _builder.AddRedis("store");
        var key = _builder.AddParameter("key", "v");
        var container = _builder.AddContainer("other", "image").WithHttpEndpoint();

        var connection = _builder.AddConnectionString("connection", ReferenceExpression.Create($"{store};{key};{container.GetEndpoint("http")};{store.Resource.PrimaryEndpoint.Property(EndpointProperty.Host)}"));

        Assert.Equal(["store", "key", "other"], connection.Resource.Annotations.OfType<WaitAnnotation>().Where(wait => wait.WaitType == WaitType.WaitUntilStarted).Select(wait => wait.Resource.Name));
        Assert.Equal(
            ["store WaitFor", "key WaitFor", "other WaitFor", "store Reference", "key Reference", "other Reference"],
            connection.Resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(relationship => $"{relationship.Resource.Name} {relationship.Type}"));
    }
}
