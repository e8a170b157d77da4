using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Tests.Model;

public class EndpointTests
{
    private readonly IResourceBuilder<ContainerResource> _container = DistributedApplication.CreateBuilder().AddContainer("store", "image");

    [Fact]
    public void An_endpoint_added_again_gets_other_ports_but_keeps_its_scheme_and_protocol()
    {
        _container.WithEndpoint(1, 2, "http", "web", isExternal: true);
        _container.WithEndpoint(3, 4, "https", "WEB", isProxied: false, protocol: ProtocolType.Udp);

        var endpoint = Assert.Single(_container.Resource.Annotations.OfType<EndpointAnnotation>());
        Assert.Equal((3, 4, "http", ProtocolType.Tcp), (endpoint.Port, endpoint.TargetPort, endpoint.UriScheme, endpoint.Protocol));
        Assert.Equal((true, false, "http"), (endpoint.IsExternal, endpoint.IsProxied, endpoint.Transport));
    }

    [Fact]
    public void An_endpoint_of_scheme_https_is_encrypted_unless_said_otherwise()
    {
        var endpoint = new EndpointAnnotation(ProtocolType.Tcp, "https");
        Assert.True(endpoint.TlsEnabled);

        endpoint.UriScheme = "http";
        Assert.False(endpoint.TlsEnabled);

        endpoint.TlsEnabled = true;
        endpoint.UriScheme = "tcp";
        Assert.True(endpoint.TlsEnabled);
        Assert.False(new EndpointAnnotation(ProtocolType.Tcp, "https") { TlsEnabled = false }.TlsEnabled);
    }

    [Fact]
    public void A_reference_takes_the_spelling_of_the_endpoint_that_is_there()
    {
        Assert.Equal("WEB", _container.GetEndpoint("WEB").EndpointName);

        _container.WithHttpEndpoint(name: "web");

        Assert.Equal("{store.bindings.web.url}", ((IManifestExpressionProvider)_container.GetEndpoint("WEB")).ValueExpression);
    }

    [Fact]
    public void Of_a_missing_endpoint_nothing_is_true()
    {
        var missing = DistributedApplication.CreateBuilder().AddContainer("c", "image").GetEndpoint("missing");

        Assert.False(missing.Exists || missing.IsAllocated || missing.TlsEnabled || missing.ExcludeReferenceEndpoint || missing.IsHttpSchemeNamedEndpoint);
    }

    [Fact]
    public void A_missing_endpoint_is_reported_with_those_there_are()
    {
        var missing = _container.GetEndpoint("web");
        Assert.Equal("The endpoint `web` is not defined for the resource `store`. The resource has no endpoints defined.", Message(() => missing.Scheme));

        _container.WithHttpEndpoint().WithHttpsEndpoint();

        Assert.Equal("The endpoint `web` is not defined for the resource `store`. Available endpoints: `http`, `https`.", Message(() => missing.EndpointAnnotation));
        Assert.Equal("The endpoint `web` is not allocated for the resource `store`.", Message(() => missing.Url));

        static string Message(Func<object> read) => Assert.Throws<InvalidOperationException>(read).Message;
    }

    [Fact]
    public async Task The_port_of_each_instance_is_not_known_by_the_endpoint()
    {
        _container.WithHttpEndpoint();
        var endpoint = _container.Resource.Annotations.OfType<EndpointAnnotation>().Single();
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", 5000);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await _container.GetEndpoint("http").Property(EndpointProperty.TargetPort).GetValueAsync(TestContext.Current.CancellationToken));

        Assert.Equal("The endpoint does not have an associated TargetPortExpression from the orchestrator.", exception.Message);
    }

    [Fact]
    public void A_service_is_referenced_by_a_URI_without_query_and_fragment()
    {
        Assert.Equal(
            "The URI for service reference 'api' is invalid while configuring target resource 'store': it cannot contain a query string.",
            Assert.Throws<InvalidOperationException>(() => _container.WithReference("api", new Uri("http://api/?q"))).Message);
        Assert.Equal(
            "The URI for service reference 'api' is invalid while configuring target resource 'store': it cannot contain a fragment.",
            Assert.Throws<InvalidOperationException>(() => _container.WithReference("api", new Uri("http://api/#f"))).Message);
    }
}
