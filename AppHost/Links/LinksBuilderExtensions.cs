using AppHost.Links;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>Adds what <c>docker run --link</c> gave: the links of this AppHost for processes outside it.</summary>
internal static class LinksBuilderExtensions
{
    /// <summary>Lets the <c>link</c> tool link any process of this user to the resources that have a connection string.</summary>
    public static IDistributedApplicationBuilder AddLinks(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsRunMode)
        {
            builder.Services.AddSingleton(services => new LinkDescriber(builder, services.GetRequiredService<DistributedApplicationExecutionContext>()));
            builder.Services.AddSingleton<LinkRequestHandler>();
            builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<LinkServer>(services, builder.AppHostDirectory));
            builder.Services.AddHostedService<StaleLinkMonitor>();
        }

        return builder;
    }
}
