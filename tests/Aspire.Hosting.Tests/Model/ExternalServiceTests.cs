using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Tests.Model;

public class ExternalServiceTests
{
    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder(["--Parameters:url=https://api.test/v1", "--Parameters:none=nowhere"]);

    [Theory]
    [InlineData("nowhere", "The external service URL 'nowhere' is invalid: The URL for the external service must be an absolute URI. (Parameter 'url')")]
    [InlineData("http://x/?q", "The external service URL 'http://x/?q' is invalid: The URI cannot contain a query string. (Parameter 'uri') (Parameter 'url')")]
    [InlineData("http://x/#f", "The external service URL 'http://x/#f' is invalid: The URI cannot contain a fragment. (Parameter 'uri') (Parameter 'url')")]
    public void A_URL_of_no_service_is_refused(string url, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => _builder.AddExternalService("api", url)).Message);

    [Fact]
    public void A_relative_URI_is_refused() =>
        Assert.Equal("The URI for the external service must be absolute. (Parameter 'uri')", Assert.Throws<ArgumentException>(() => _builder.AddExternalService("api", new Uri("/x", UriKind.Relative))).Message);

    [Fact]
    public void The_check_of_a_service_is_named_for_what_it_asks()
    {
        var service = _builder.AddExternalService("api", "https://api.example/").WithHttpHealthCheck().WithHttpHealthCheck("/ready", 204);

        Assert.Equal(["api_external_200_check", "api_external_/ready_204_check"], service.Resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key));
        var exception = Assert.Throws<ArgumentException>(() => service.WithHttpHealthCheck("https://elsewhere/"));
        Assert.Equal("The path 'https://elsewhere/' is not a valid relative URL. (Parameter 'path')", exception.Message);
    }

    [Fact]
    public void A_service_may_have_a_path_and_shows_its_URL()
    {
        var service = _builder.AddExternalService("api", "https://api.test/v1");

        Assert.Equal("https://api.test/v1", Assert.Single(service.Resource.Annotations.OfType<ResourceUrlAnnotation>()).Url);
        Assert.Equal("Waiting", service.Resource.Annotations.OfType<ResourceSnapshotAnnotation>().Single().InitialSnapshot.State?.Text);
    }

    [Fact]
    public async Task A_service_known_by_a_parameter_is_named_with_its_scheme()
    {
        var service = _builder.AddExternalService("my-api", _builder.AddParameter("url"));
        var program = _builder.AddExecutable("program", "program", ".").WithReference(service);

        var configuration = await ExecutionConfigurationBuilder.Create(program.Resource).WithEnvironmentVariablesConfig().BuildAsync(_builder.ExecutionContext, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            [KeyValuePair.Create("services__my-api__https__0", "https://api.test/v1"), KeyValuePair.Create("MY_API_HTTPS", "https://api.test/v1")],
            configuration.EnvironmentVariables);
    }

    [Fact]
    public async Task A_parameter_that_is_no_URL_is_reported_to_who_needs_it()
    {
        var service = _builder.AddExternalService("api", _builder.AddParameter("none"));
        var program = _builder.AddExecutable("program", "program", ".").WithReference(service);

        var exception = await Assert.ThrowsAsync<DistributedApplicationException>(() => ExecutionConfigurationBuilder.Create(program.Resource).WithEnvironmentVariablesConfig().BuildAsync(_builder.ExecutionContext, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("The URL parameter 'none' for source resource 'api' is invalid while configuring target resource 'program': The URL for the external service must be an absolute URI.", exception.Message);
    }
}
