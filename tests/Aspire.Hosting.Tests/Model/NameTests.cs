using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Tests.Model;

public class NameTests
{
    [Theory]
    [InlineData("", "The value cannot be an empty string or composed entirely of whitespace. (Parameter 'name')")]
    [InlineData("a_b", "Resource name 'a_b' is invalid. Name must contain only ASCII letters, digits, and hyphens. (Parameter 'name')")]
    [InlineData("é", "Resource name 'é' is invalid. Name must contain only ASCII letters, digits, and hyphens. (Parameter 'name')")]
    [InlineData("1a", "Resource name '1a' is invalid. Name must start with an ASCII letter. (Parameter 'name')")]
    [InlineData("a-", "Resource name 'a-' is invalid. Name cannot end with a hyphen. (Parameter 'name')")]
    [InlineData("a--b", "Resource name 'a--b' is invalid. Name cannot contain consecutive hyphens. (Parameter 'name')")]
    public void A_bad_name_is_refused_with_the_published_message(string name, string message)
    {
        var builder = DistributedApplication.CreateBuilder();

        var exception = Assert.Throws<ArgumentException>(() => builder.AddContainer(name, "image"));

        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public void A_name_has_at_most_64_characters()
    {
        var builder = DistributedApplication.CreateBuilder();

        Assert.NotNull(builder.AddContainer(new string('a', 64), "image"));
        Assert.Contains("must be between 1 and 64 characters long", Assert.Throws<ArgumentException>(() => builder.AddContainer(new string('b', 65), "image")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_taken_without_regard_to_case()
    {
        var builder = DistributedApplication.CreateBuilder();
        builder.AddContainer("counter", "image");

        var exception = Assert.Throws<DistributedApplicationException>(() => builder.AddExecutable("COUNTER", "program", "."));

        Assert.Equal("Cannot add resource of type 'Aspire.Hosting.ApplicationModel.ExecutableResource' with name 'COUNTER' because resource of type 'Aspire.Hosting.ApplicationModel.ContainerResource' with that name already exists. Resource names are case-insensitive.", exception.Message);
    }

    [Fact]
    public void A_name_is_checked_where_the_resource_is_added_and_when_the_application_is_built()
    {
        var builder = DistributedApplication.CreateBuilder();
        var parameter = new ParameterResource("a_b", _ => "");

        Assert.NotNull(builder.CreateResourceBuilder(parameter));
        Assert.StartsWith("Resource name 'a_b' is invalid.", Assert.Throws<ArgumentException>(() => builder.AddResource(parameter)).Message, StringComparison.Ordinal);
        builder.Resources.Add(parameter);
        Assert.StartsWith("Resource name 'a_b' is invalid.", Assert.Throws<ArgumentException>(builder.Build).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_taken_also_when_the_resource_is_put_into_the_collection()
    {
        var builder = DistributedApplication.CreateBuilder();
        builder.AddContainer("counter", "image");

        Assert.Throws<DistributedApplicationException>(() => builder.Resources.Add(new ContainerResource("Counter")));
        Assert.Throws<DistributedApplicationException>(() => builder.Resources.Insert(0, new ContainerResource("Counter")));
    }
}
