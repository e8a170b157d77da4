using AppHost.Links;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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

            // First of all: the host's own service has only started once no resource waits for another any more, which can be looked into meanwhile.
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(services => ActivatorUtilities.CreateInstance<LinkServer>(services, builder.AppHostDirectory)));
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, StaleLinkMonitor>());
        }

        return builder;
    }
}
