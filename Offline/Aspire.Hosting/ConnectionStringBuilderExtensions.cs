using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds connection strings that are put together from other parts of the application.</summary>
public static class ConnectionStringBuilderExtensions
{
    /// <summary>Adds a connection string with this expression.</summary>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(this IDistributedApplicationBuilder builder, string name, ReferenceExpression connectionStringExpression)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(connectionStringExpression);

        var resource = builder.AddResource(new ConnectionStringResource(name, connectionStringExpression));
        var referenced = ReferencedBy(connectionStringExpression).Distinct().ToList();
        referenced.ForEach(dependency => resource.WaitForStart(builder.CreateResourceBuilder(dependency)));
        referenced.ForEach(dependency => resource.WithReferenceRelationship(dependency));
        return resource.WithInitialState(new CustomResourceSnapshot
        {
            ResourceType = "ConnectionString",
            State = KnownResourceStates.NotStarted,
            Properties = [],
        });
    }

    /// <summary>Adds a connection string with the expression the callback builds.</summary>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(this IDistributedApplicationBuilder builder, string name, Action<ReferenceExpressionBuilder> connectionStringBuilder)
    {
        ArgumentNullException.ThrowIfNull(connectionStringBuilder);
        var expression = new ReferenceExpressionBuilder();
        connectionStringBuilder(expression);
        return builder.AddConnectionString(name, expression.Build());
    }

    /// <summary>The resources an expression names; what those name in turn is theirs to wait for.</summary>
    private static IEnumerable<IResource> ReferencedBy(IValueWithReferences expression) =>
        expression.References.SelectMany(reference => reference switch
        {
            IResource resource => [resource],
            IValueWithReferences nested => ReferencedBy(nested),
            _ => Enumerable.Empty<IResource>(),
        });
}
