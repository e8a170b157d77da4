using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Deployment;

/// <summary>
/// A manifest by the rules with which azd loads it and plans a deployment to Azure Container Apps, as far as they are known without azd:
/// the types it knows, expressions that end in a value, inputs, what a container app's ingress can be, and where secrets may stand.
/// </summary>
internal sealed class AzdManifest
{
    private static readonly HashSet<string> s_types =
    [
        "project.v0", "project.v1", "container.v0", "container.v1", "dockerfile.v0", "parameter.v0", "value.v0", "annotated.string",
        "dapr.v0", "dapr.component.v0", "azure.bicep.v0", "azure.bicep.v1",
    ];

    private readonly JsonObject _resources;
    private readonly string _directory;
    private readonly List<string> _faults = [];

    private AzdManifest(JsonObject resources, string directory)
    {
        _resources = resources;
        _directory = directory;
    }

    /// <summary>What azd would refuse the manifest for: nothing when it takes it.</summary>
    public static IReadOnlyList<string> Faults(string manifest, string directory)
    {
        var read = new AzdManifest(JsonNode.Parse(manifest)!["resources"]!.AsObject(), directory);
        foreach (var (name, resource) in read._resources)
        {
            read.Check(name, resource!.AsObject());
        }

        return read._faults;
    }

    private void Check(string name, JsonObject resource)
    {
        var type = Text(resource["type"]) ?? "";
        if (!s_types.Contains(type))
        {
            _faults.Add($"{name}: unsupported resource type: {type}");
            return;
        }

        if (type.StartsWith("container.", StringComparison.Ordinal) && resource["image"] is null && resource["context"] is null && resource["build"] is null)
        {
            _faults.Add($"{name}: container resource must have either an image, context or a build");
        }

        if (type.StartsWith("project.", StringComparison.Ordinal) && !File.Exists(Path.Combine(_directory, Text(resource["path"]) ?? "")))
        {
            _faults.Add($"{name}: there is no project {resource["path"]}");
        }

        if (type == "annotated.string" && Text(resource["filter"]) != "uri")
        {
            _faults.Add($"{name}: unsupported filter {resource["filter"]}");
        }

        if (type == "value.v0" && resource["connectionString"] is null)
        {
            _faults.Add($"{name}: a value needs a connectionString");
        }

        CheckInputs(name, type, resource);
        CheckTexts(name, resource);
        CheckMounts(name, resource);
        CheckIngress(name, resource["bindings"] as JsonObject ?? []);
    }

    /// <summary>An input belongs to its resource; what is secret is asked for or generated, never written down.</summary>
    private void CheckInputs(string name, string type, JsonObject resource)
    {
        foreach (var (input, description) in resource["inputs"] as JsonObject ?? [])
        {
            if ((Text(description!["type"]) ?? "string") != "string")
            {
                _faults.Add($"{name}: unsupported type of input {input}");
            }

            if (description["secret"]?.GetValue<bool>() == true && description["default"]?["value"] is not null)
            {
                _faults.Add($"{name}: default value for secured parameter {input} is not supported");
            }
        }

        if (type == "parameter.v0" && Expressions(Text(resource["value"]) ?? "") is { Count: > 0 } expressions
            && expressions.Any(expression => expression.Contains(".inputs.", StringComparison.Ordinal) && !expression.StartsWith($"{name}.inputs.", StringComparison.Ordinal)))
        {
            _faults.Add($"{name}: parameter does not use inputs from its own resource. This is not supported");
        }
    }

    private void CheckTexts(string name, JsonObject resource)
    {
        string?[] texts = [Text(resource["connectionString"]), Text(resource["value"]), .. (resource["env"] as JsonObject ?? []).Select(variable => Text(variable.Value))];
        foreach (var text in texts)
        {
            CheckEnds(name, text ?? "", []);
        }

        var arguments = resource["args"] as JsonArray ?? [];
        for (var i = 0; i < arguments.Count; i++)
        {
            CheckEnds(name, Text(arguments[i]) ?? "", []);
            if (Expressions(Text(arguments[i]) ?? "").Any(IsSecret))
            {
                _faults.Add($"{name}: argument {i} cannot contain connection strings, secured parameters, or secret outputs. Use environment variables instead");
            }
        }
    }

    private void CheckMounts(string name, JsonObject resource)
    {
        if (resource["bindMounts"] is JsonArray { Count: > 0 })
        {
            _faults.Add($"{name}: bind mounts need the alpha feature azd.operations");
        }

        if ((resource["volumes"] as JsonArray ?? []).Any(volume => string.IsNullOrEmpty(Text(volume!["name"]))))
        {
            _faults.Add($"{name}: a volume needs a name");
        }
    }

    /// <summary>Endpoints on the same port of the container are one ingress. Only one can be seen from outside, and only over HTTP.</summary>
    private void CheckIngress(string name, JsonObject bindings)
    {
        var all = bindings.Select(binding => binding.Value!).ToList();
        foreach (var binding in all.Where(binding => !IsHttp(binding) && binding["targetPort"] is null))
        {
            _faults.Add($"{name}: a {binding["scheme"]} binding needs a targetPort");
        }

        var groups = all.GroupBy(binding => binding["targetPort"]?.GetValue<int>()).ToList();
        var external = groups.Where(group => group.Any(binding => binding["external"]?.GetValue<bool>() == true)).ToList();
        if (external.Any(group => !group.All(IsHttp)))
        {
            _faults.Add($"{name}: External non-HTTP(s) endpoints are not supported");
        }

        if (external.Count > 1)
        {
            _faults.Add($"{name}: Multiple external endpoints are not supported");
        }

        var main = external.FirstOrDefault() ?? groups.FirstOrDefault(group => group.All(IsHttp));
        if (main?.Any(binding => binding["port"]?.GetValue<int>() is { } port && port != (Text(binding["scheme"]) == "https" ? 443 : 80)) == true)
        {
            _faults.Add($"{name}: the main HTTP ingress can only have port 80 for http and 443 for https");
        }
    }

    /// <summary>Follows what the text refers to until only values are left.</summary>
    private void CheckEnds(string name, string text, IReadOnlyList<string> path)
    {
        foreach (var expression in Expressions(text))
        {
            if (path.Contains(expression))
            {
                _faults.Add($"{name}: {{{expression}}} refers to itself");
            }
            else if (expression.Split('.', 3) is not [var other, var kind, .. var rest] || _resources[other] is not JsonObject resource)
            {
                _faults.Add($"{name}: unknown resource referenced in binding expression: {expression}");
            }
            else if (kind is "connectionString" or "value" && rest.Length == 0 && Text(resource[kind]) is { } next)
            {
                CheckEnds(name, next, [.. path, expression]);
            }
            else if (!(kind == "bindings" ? IsOfBinding(resource, rest) : kind == "inputs" && rest is [var input] && resource["inputs"]?[input] is not null))
            {
                _faults.Add($"{name}: {{{expression}}} is nothing azd can resolve");
            }
        }
    }

    private static bool IsOfBinding(JsonObject resource, string[] rest) =>
        rest is [var path] && path.Split('.') is [var binding, var property] && resource["bindings"]?[binding] is not null
        && property is "scheme" or "protocol" or "transport" or "external" or "host" or "targetPort" or "port" or "url";

    private bool IsSecret(string expression)
    {
        if (expression.EndsWith(".connectionString", StringComparison.Ordinal) || expression.Contains(".secretOutputs.", StringComparison.Ordinal))
        {
            return true;
        }

        var resource = _resources[expression.Split('.')[0]] as JsonObject;
        return Text(resource?["type"]) switch
        {
            "parameter.v0" => (resource!["inputs"] as JsonObject ?? []).Any(input => input.Value!["secret"]?.GetValue<bool>() == true),
            "annotated.string" => Expressions(Text(resource!["value"]) ?? "").Any(IsSecret),
            _ => false,
        };
    }

    /// <summary>What stands between single braces: doubled ones are braces themselves.</summary>
    private static List<string> Expressions(string text)
    {
        List<string> expressions = [];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '{' or '}' && i + 1 < text.Length && text[i + 1] == text[i])
            {
                i++;
            }
            else if (text[i] == '{')
            {
                var end = text.IndexOf('}', i);
                expressions.Add(end < 0 ? text[i..] : text[(i + 1)..end]);
                i = end < 0 ? text.Length : end;
            }
        }

        return expressions;
    }

    private static bool IsHttp(JsonNode binding) => Text(binding["scheme"]) is "http" or "https";

    private static string? Text(JsonNode? node) => node?.GetValue<string>();
}
