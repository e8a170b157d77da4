using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>What written values refer to: parameters, their encoded forms, and conditional texts, in the order they were met.</summary>
internal sealed class DependentResources
{
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly OrderedDictionary<string, IResource> _resources = new(StringComparer.OrdinalIgnoreCase);
    private readonly OrderedDictionary<string, FormattedParameter> _formatted = new(StringComparer.OrdinalIgnoreCase);
    private readonly OrderedDictionary<string, ReferenceExpression> _conditionals = new(StringComparer.Ordinal);

    public IReadOnlyList<IResource> Resources => _resources.Values;

    /// <summary>The parameters that are used in a format.</summary>
    public IReadOnlyList<FormattedParameter> Formatted => _formatted.Values;

    /// <summary>The conditional texts by the name they are published under.</summary>
    public IReadOnlyDictionary<string, ReferenceExpression> Conditionals => _conditionals;

    /// <summary>Adds what a written value refers to.</summary>
    public void Add(object? value)
    {
        if (value is null or string || !_seen.Add(value))
        {
            return;
        }

        if (value is IResourceBuilder<IResource> builder)
        {
            Add(builder.Resource);
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
            var (value, format) = (expression.ValueProviders[i], expression.StringFormats[i]);
            if (ReferenceFormat.FormattedName(value, format) is { } formatted)
            {
                Add(value);
                _formatted.TryAdd(formatted, new(formatted, (ParameterResource)value, format!));
            }
        }
    }
}
