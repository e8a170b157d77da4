using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>What <c>values.yaml</c> holds: for each resource the values its templates refer to.</summary>
internal sealed class HelmValues
{
    private readonly Dictionary<string, Dictionary<string, Dictionary<string, string>>> _sections = new()
    {
        ["parameters"] = [],
        ["secrets"] = [],
        ["config"] = [],
    };

    /// <summary>Adds a value unless it is there, and returns the expression that refers to it. Only letters, digits and underscores can stand in one.</summary>
    public string Add(string section, string resource, string name, string value)
    {
        var (scope, key) = (EnvironmentVariableName.Encode(resource), EnvironmentVariableName.Encode(name));
        if (!_sections[section].TryGetValue(scope, out var values))
        {
            _sections[section][scope] = values = [];
        }

        // Another name may have become the same.
        while (!values.TryAdd(key, value) && values[key] != value)
        {
            key += "_";
        }

        return string.Create(CultureInfo.InvariantCulture, $"{{{{ .Values.{section}.{scope}.{key} }}}}");
    }

    /// <summary>
    /// Adds a text, and returns an expression that is to stand between quotes. Helm puts texts there as they are, as published Aspire has it;
    /// one that has quotes, backslashes or lines in it gets there the way Helm writes it with quotes, less those.
    /// </summary>
    public string AddText(string section, string resource, string name, string value)
    {
        var expression = Add(section, resource, name, value);
        return value.Any(c => c is '"' or '\\' or '\u2028' or '\u2029' || char.IsControl(c) || char.IsSurrogate(c))
            ? $"{{{{ regexReplaceAll `^.|.$` ({expression.Trim('{', '}', ' ')} | quote) `` }}}}"
            : expression;
    }

    /// <summary>The same expression as a number.</summary>
    public static string AsNumber(string expression) => expression.Replace(" }}", " | int }}", StringComparison.Ordinal);

    public string ToYaml()
    {
        var file = new YamlMap();
        foreach (var (section, values) in _sections)
        {
            file.Add(section, values.Count == 0 ? YamlRaw.EmptyMap : values);
        }

        return YamlText.Write(file);
    }
}
