namespace AppHost.Links;

/// <summary>What an environment variable of the model comes to, and what it is made of.</summary>
internal static class LinkValue
{
    /// <summary>As the consumer sees it: a container is told another host and port than a process.</summary>
    public static async Task<string?> GetAsync(object value, IResource consumer, CancellationToken cancellationToken) =>
        value is IValueProvider provider ? await provider.GetValueAsync(new ValueProviderContext { Caller = consumer }, cancellationToken) : value.ToString();

    /// <summary>Whether a secret parameter is part of it. Where a resource listens is none, whatever its connection string holds.</summary>
    public static bool IsSecret(object value) =>
        PartsOf(value, part => part is not (EndpointReference or EndpointReferenceExpression)).OfType<ParameterResource>().Any(parameter => parameter.Secret);

    /// <summary>Whether one of the sources or a parameter, such as a source's password, is part of it.</summary>
    public static bool IsFrom(object value, IReadOnlySet<IResource> sources) =>
        PartsOf(value, _ => true).Any(part => part is ParameterResource || (part is IResource resource && sources.Contains(resource)));

    private static HashSet<object> PartsOf(object value, Predicate<object> enters)
    {
        var parts = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object>([value]);
        while (open.TryPop(out var part))
        {
            if (parts.Add(part) && part is IValueWithReferences composed && enters(part))
            {
                foreach (var reference in composed.References)
                {
                    open.Push(reference);
                }
            }
        }

        return parts;
    }
}
