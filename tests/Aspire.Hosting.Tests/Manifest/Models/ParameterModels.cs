using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Manifest.Models;

public static class ParameterModels
{
    public static void Parameters(IDistributedApplicationBuilder builder)
    {
        builder.AddParameter("plain");
        builder.AddParameter("secret", secret: true);
        builder.AddParameter("value", "v");
        builder.AddParameter("default", "d \"é\"", publishValueAsDefault: true);
        builder.AddParameter("getter", () => "g", publishValueAsDefault: true);
        builder.AddParameter("secret-value", "s", secret: true);
        builder.AddParameterFromConfiguration("from-configuration", "Some:Key");
        builder.AddParameterFromConfiguration("secret-from-configuration", "Some:Secret", secret: true);
        builder.AddParameter("described").WithDescription("**Text**", enableMarkdown: true);
        builder.AddParameter("generated", new GenerateParameterDefault { MinLength = 10, Lower = false, Numeric = false, MinUpper = 3, MinSpecial = 2 }, secret: true);
        builder.AddParameter("persisted", new GenerateParameterDefault { MinLength = 12, MinLower = 1, MinNumeric = 4 }, persist: true);
        var created = ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, "created-password", minSpecial: 2);
        var generated = ParameterResourceBuilderExtensions.CreateGeneratedParameter(builder, "created-generated", secret: false, new GenerateParameterDefault { MinLength = 5, Upper = false, Special = false });
        builder.AddContainer("uses", "image")
            .WithEnvironment(context => context.EnvironmentVariables["B"] = generated)
            .WithEnvironment(context => context.EnvironmentVariables["A"] = created)
            .WithEnvironment("C", $"{created:uri}");
    }

    public static void Connection_strings(IDistributedApplicationBuilder builder)
    {
        var plain = builder.AddConnectionString("plain");
        var named = builder.AddConnectionString("named", "OWN_NAME");
        var password = builder.AddParameter("password", secret: true);
        var expression = builder.AddConnectionString("expression", ReferenceExpression.Create($"Server=x;Password={password}"));
        var built = builder.AddConnectionString("built", text => text.Append($"Server={plain};P={password:uri}"));
        var redirected = builder.AddRedis("redirected").WithConnectionStringRedirection(plain.Resource);
#pragma warning disable CS0618 // Obsolete, and still in use.
        var published = builder.AddRedis("published").PublishAsConnectionString();
#pragma warning restore CS0618
        builder.AddContainer("uses", "image")
            .WithReference(plain).WithReference(plain, "alias").WithReference(named, "alias-of-named")
            .WithReference(expression).WithReference(built, "builtAlias").WithReference(redirected).WithReference(published)
            .WithReference(plain, optional: true).WithReference(plain, connectionName: "")
            .WithEnvironment("DIRECT", plain).WithEnvironment("DIRECT_EXPRESSION", expression)
            .WithEnvironment("INSIDE", $"<{plain}>{expression}");
    }

    public static void Conditional_expressions(IDistributedApplicationBuilder builder)
    {
        var flag = builder.AddParameter("Flag-One", "True");
        var container = builder.AddContainer("Store", "image").WithEndpoint(targetPort: 1, name: "tcp");
        var other = builder.AddParameter("other", "o", secret: true);
        var tls = container.GetEndpoint("tcp").GetTlsValue(ReferenceExpression.Create($"on-{other}"), ReferenceExpression.Create($"off"));
        var byFlag = ReferenceExpression.CreateConditional(flag.Resource, "True", ReferenceExpression.Create($"yes {other}"), ReferenceExpression.Empty);
        builder.AddContainer("uses", "image")
            .WithEnvironment("NESTED", $"a{tls}b")
            .WithEnvironment("NESTED_FLAG", $"{byFlag}!")
            .WithEnvironment("DIRECT", tls)
            .WithEnvironment("DIRECT_FLAG", byFlag)
            .WithArgs(ReferenceExpression.Create($"{tls}{byFlag}"), byFlag);
        builder.AddContainer("only-direct", "image").WithEnvironment("DIRECT", container.GetEndpoint("tcp").GetTlsValue(ReferenceExpression.Create($"1"), ReferenceExpression.Create($"2")));
        builder.AddConnectionString("conditional", byFlag);
    }

    public static void Nested_conditionals(IDistributedApplicationBuilder builder)
    {
        var flag = builder.AddParameter("flag", "True");
        var number = builder.AddParameter("number", "2");
        var inner = ReferenceExpression.CreateConditional(number.Resource, "2", ReferenceExpression.Create($"in"), ReferenceExpression.Empty);
        var outer = ReferenceExpression.CreateConditional(flag.Resource, "True", ReferenceExpression.Create($"[{inner}]"), inner);
        builder.AddContainer("uses", "image")
            .WithEnvironment("OUTER", $"{outer}!").WithEnvironment("INNER", $"{inner}?")
            .WithEnvironment("AS_TEXT", outer.ValueExpression);
    }

    public static void Formats_inside_expressions(IDistributedApplicationBuilder builder)
    {
        var parameter = builder.AddParameter("p");
        var secret = ParameterResourceBuilderExtensions.CreateParameter(builder, "secret", secret: true);
        var inner = ReferenceExpression.Create($"[{parameter:uri}|{secret}]");
        var text = new ReferenceExpressionBuilder();
        text.AppendFormatted(inner);
        text.Append($"({inner})");
        builder.AddContainer("uses", "image")
            .WithEnvironment("NESTED", $"<{inner}>").WithEnvironment("BUILT", text.Build()).WithEnvironment("BOTH", $"{secret:uri}{inner}{secret:uri}")
            .WithEnvironment("AS_TEXT", inner.ValueExpression).WithEnvironment("OTHER_FORMAT", $"{parameter:Other}").WithEnvironment("BRACES", $"{{{parameter}}} {"{x}"}");
        builder.AddConnectionString("itself", inner);
        builder.AddConnectionString("nested", ReferenceExpression.Create($"{inner}"));
    }

    public static void Formats_by_spelling(IDistributedApplicationBuilder builder)
    {
        var parameter = builder.AddParameter("p");
        var secret = ParameterResourceBuilderExtensions.CreateParameter(builder, "secret", secret: true);
        builder.AddParameter("p-b-encoded");
        builder.AddContainer("P-B-encoded-1", "image");
        var inner = ReferenceExpression.Create($"{secret:A}{parameter:Uri}");
        builder.AddContainer("uses", "image")
            .WithEnvironment("THREE", $"{parameter:uri}{parameter:URI}{parameter:Uri}").WithEnvironment("TAKEN", $"{parameter:b}{parameter:B}")
            .WithEnvironment("NESTED", $"{inner}{secret:a}").WithArgs(ReferenceExpression.Create($"{secret:uri}{parameter:URI}"));
    }

    public static void Braces(IDistributedApplicationBuilder builder)
    {
        var parameter = builder.AddParameter("p");
        var container = builder.AddContainer("uses", "image").WithEnvironment("LITERAL", $"{{{{x}}}}{parameter}{{{{{{").WithArgs("{{z}}", "{z}");
        string[] texts = ["{", "}", "{{", "}}", "{}", "{{}}", "{{{x}}}", "{ {", "}}{", "}{{", "a{b}}c", "{{{{0}}}}"];
        for (var i = 0; i < texts.Length; i++)
        {
            container.WithEnvironment($"TEXT_{i}", $"{texts[i]}{parameter}").WithEnvironment($"FORMAT_{i}", ReferenceExpression.Create($"{texts[i]}").Format);
        }

        builder.AddConnectionString("cs", text => text.Append($"{{{{a}}}}={parameter}"));
    }

    public static void Names_that_differ_by_case(IDistributedApplicationBuilder builder)
    {
        var (lower, upper) = (ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, "c"), ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, "C"));
        builder.AddContainer("C", "image").WithEnvironment("BOTH", $"{lower}{upper:uri}{lower:uri}");
    }

    public static void Generated_values(IDistributedApplicationBuilder builder)
    {
        for (var kinds = 0; kinds < 16; kinds++)
        {
            builder.AddParameter($"kinds-{kinds}", new GenerateParameterDefault { Lower = (kinds & 1) != 0, Upper = (kinds & 2) != 0, Numeric = (kinds & 4) != 0, Special = (kinds & 8) != 0 }, secret: kinds % 2 == 0);
        }

        builder.AddParameter("least", new GenerateParameterDefault { MinLength = 8, MinLower = 1, MinUpper = 2, MinNumeric = 3, MinSpecial = 4 });
        builder.AddParameter("text", "\u00fc\u20ac\"'<>&+\\/`\u0001\n\t {x} ${y}", publishValueAsDefault: true);
    }

    public static void Expression_forms(IDistributedApplicationBuilder builder)
    {
        var parameter = builder.AddParameter("p");
        var text = new ReferenceExpressionBuilder();
        text.AppendLiteral("a");
        text.AppendFormatted("b");
        text.AppendFormatted(parameter.Resource);
        text.AppendFormatted(parameter.Resource, "uri");
        text.Append($"c{parameter}");
        text.AppendValueProvider(parameter.Resource);
        var nested = ReferenceExpression.Create($"[{parameter}]");
        builder.AddContainer("uses", "image")
            .WithEnvironment("BUILT", text.Build())
            .WithEnvironment("NESTED", $"{nested}{nested}")
            .WithEnvironment("TEXT", $"{"x y"}{"x y":uri}")
            .WithEnvironment("NOTHING", ReferenceExpression.Empty)
            .WithEnvironment("ENCODED_TWICE", $"{parameter:uri}{parameter:uri}");
    }
}
