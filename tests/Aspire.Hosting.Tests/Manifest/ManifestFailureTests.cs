using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Manifest;

public sealed class ManifestFailureTests
{
    // Published Aspire waits for ever here.
    [Fact]
    public void A_condition_is_decided_when_published_so_that_its_text_may_not_need_an_address()
    {
        Assert.Equal(
            "Step 'publish-manifest' failed: The endpoint `tcp` of the resource `store` has no address when the application is published.",
            FailureOf(builder =>
            {
                var store = builder.AddContainer("store", "image").WithEndpoint(targetPort: 1, name: "tcp").GetEndpoint("tcp");
                var text = store.GetTlsValue(ReferenceExpression.Empty, ReferenceExpression.Create($"at {store.Property(EndpointProperty.Host)}"));
                builder.AddContainer("consumer", "image").WithEnvironment("TEXT", $"{text}!");
            }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_callback_that_closes_too_little_or_too_much_fails_and_leaves_no_half_of_a_manifest(bool opens)
    {
        Assert.Equal(
            "Step 'publish-manifest' failed: What the resource 'own' writes into the manifest does not end where it began.",
            FailureOf(builder => builder.AddContainer("own", "image").WithManifestPublishingCallback(context =>
            {
                if (opens)
                {
                    context.Writer.WriteStartObject("inner");
                }
                else
                {
                    context.Writer.WriteEndObject();
                }
            })));
    }

    [Fact]
    public void A_publish_that_is_interrupted_says_so_and_fails()
    {
        Assert.Equal(
            "Step 'publish-manifest' was canceled.",
            FailureOf(builder => builder.AddContainer("slow", "image").WithEnvironment(async context =>
            {
                context.ExecutionContext.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            })));
    }

    private static string FailureOf(Action<IDistributedApplicationBuilder> model)
    {
        using var directory = new ModelDirectory();
        var manifest = Path.Combine(directory.AppHost, "manifest.json");
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--publisher", "manifest", "--output-path", manifest],
            ProjectDirectory = directory.AppHost,
            DisableDashboard = true,
        });
        using var errors = new Errors();
        builder.Services.AddSingleton<ILoggerProvider>(errors);
        model(builder);

        var exitCode = Environment.ExitCode;
        builder.Build().Run();

        Assert.Equal(1, Environment.ExitCode);
        Environment.ExitCode = exitCode;
        Assert.False(File.Exists(manifest));
        return Assert.Single(errors.Lines);
    }
}
