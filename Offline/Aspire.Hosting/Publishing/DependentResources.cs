using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>What written values refer to: parameters, their encoded forms, and conditional texts, in the order they were met.</summary>
internal sealed class DependentResources
{
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly OrderedDictionary<string, IResource> _resources = [];
    private readonly OrderedDictionary<(ParameterResource Parameter, string Format), FormattedParameter> _formatted = [];
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly OrderedDictionary<string, ReferenceExpression> _conditionals = new(StringComparer.Ordinal);

    public IReadOnlyList<IResource> Resources => _resources.Values;

    /// <summary>The parameters that are used in a format, all formats of one after the other.</summary>
    public IEnumerable<FormattedParameter> Formatted => _formatted.Values.GroupBy(formatted => formatted.Parameter).SelectMany(formats => formats);

    /// <summary>The conditional texts by the name they are published under.</summary>
    public IReadOnlyDictionary<string, ReferenceExpression> Conditionals => _conditionals;

    /// <summary>Keeps names for the resources of the model.</summary>
    public void Reserve(IEnumerable<IResource> resources) => _taken.UnionWith(resources.Select(resource => resource.Name));

    /// <summary>
    /// The name of the resource that has the value in its format in the manifest: parameters have one for each spelling of a format,
    /// of other values the manifest has no formatted form.
    /// </summary>
    public string? FormattedName(IValueProvider value, string? format)
    {
        if (value is not ParameterResource parameter || string.IsNullOrEmpty(format))
        {
            return null;
        }

        if (!_formatted.TryGetValue((parameter, format), out var formatted))
        {
            _formatted.Add((parameter, format), formatted = new(NewName(parameter, format), parameter, format));
        }

        return formatted.Name;
    }

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
            Add(expression.WhenTrue);
            Add(expression.WhenFalse);
        }

        for (var i = 0; i < expression.StringFormats.Count; i++)
        {
            var (value, format) = (expression.ValueProviders[i], expression.StringFormats[i]);
            if (FormattedName(value, format) is not null)
            {
                Add(value);
            }
        }
    }

    private string NewName(ParameterResource parameter, string format)
    {
#pragma warning disable CA1308 // Names of formats are published in lower case.
        var name = $"{parameter.Name}-{format.ToLowerInvariant()}-encoded";
#pragma warning restore CA1308
        var unique = name;
        for (var i = 1; !_taken.Add(unique); i++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}");
        }

        return unique;
    }
}
