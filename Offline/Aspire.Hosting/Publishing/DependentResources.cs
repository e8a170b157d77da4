using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>What written values refer to: parameters, their encoded forms, and conditional texts, in the order they were met.</summary>
internal sealed class DependentResources
{
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly OrderedDictionary<string, IResource> _resources = new(StringComparer.OrdinalIgnoreCase);
    private readonly OrderedDictionary<string, ParameterResource> _encoded = new(StringComparer.OrdinalIgnoreCase);
    private readonly OrderedDictionary<string, ReferenceExpression> _conditionals = new(StringComparer.Ordinal);

    public IReadOnlyList<IResource> Resources => _resources.Values;

    /// <summary>The parameters whose percent-encoded form is used, by the name of that form.</summary>
    public IReadOnlyDictionary<string, ParameterResource> Encoded => _encoded;

    /// <summary>The conditional texts by the name they are published under.</summary>
    public IReadOnlyDictionary<string, ReferenceExpression> Conditionals => _conditionals;

    public void Add(object? value)
    {
        if (value is null or string || !_seen.Add(value))
        {
            return;
        }

        if (value is IResource resource)
        {
            // What it refers to itself comes up when it is written.
            _resources.TryAdd(resource.Name, resource);
            return;
        }

        if (value is ReferenceExpression expression)
        {
            AddExpression(expression);
        }

        if (value is IValueWithReferences { References: var references })
        {
            foreach (var reference in references)
            {
                Add(reference);
            }
        }
    }

    private void AddExpression(ReferenceExpression expression)
    {
        if (expression.ConditionName is { } name)
        {
            _conditionals.TryAdd(name, expression);
        }

        for (var i = 0; i < expression.ValueProviders.Count; i++)
        {
            if (expression.ValueProviders[i] is ParameterResource parameter && ReferenceFormat.IsUri(expression.StringFormats[i]))
            {
                Add(parameter);
                _encoded.TryAdd(ReferenceFormat.EncodedName(parameter.Name), parameter);
            }
        }
    }
}
