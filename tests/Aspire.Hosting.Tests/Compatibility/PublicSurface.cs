using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.Tests.Compatibility;

/// <summary>Writes the public types and members of an assembly, one line a type, in an order that does not depend on the machine.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
    };

    public static int Write(StringBuilder text, Assembly assembly)
    {
        var count = 0;
        foreach (var space in assembly.GetExportedTypes().GroupBy(type => type.Namespace ?? "").OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append("\n### ").Append(space.Key).Append("\n\n");
            foreach (var type in space.OrderBy(Name, StringComparer.Ordinal))
            {
                var members = Members(type).Distinct().Order(StringComparer.Ordinal).ToList();
                count += members.Count;
                text.Append("- **`").Append(Name(type)).Append("`** ").Append(Kind(type));
                text.Append(members.Count == 0 ? "" : ": ").AppendJoin(", ", members.Select(member => $"`{member}`")).Append('\n');
            }
        }

        return count;
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => "class",
    };

    private static string[] Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type);
        }

        var isRecord = type.GetMethod("<Clone>$", Declared) is not null;
        return
        [
            .. type.GetConstructors(Declared).Where(IsVisible).Select(constructor => $"new({Parameters(constructor)})"),
            .. type.GetFields(Declared).Where(field => field.IsPublic).Select(field => field.Name),
            .. type.GetProperties(Declared).Where(property => property.GetAccessors(nonPublic: true).Any(IsVisible)).Select(Property),
            .. type.GetEvents(Declared).Select(item => item.Name),
            .. type.GetMethods(Declared)
                .Where(method => IsVisible(method) && !method.IsSpecialName && !method.Name.Contains('<', StringComparison.Ordinal) && !(isRecord && IsOfRecord(method)))
                .Select(method => $"{method.Name}{Generic(method)}({Parameters(method)})"),
        ];
    }

    /// <summary>What every record has, and no reader looks for.</summary>
    private static bool IsOfRecord(MethodInfo method) => method.Name is "Equals" or "GetHashCode" or "ToString" or "PrintMembers" or "Deconstruct";

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Property(PropertyInfo property) =>
        property.GetIndexParameters() is { Length: > 0 } index ? $"this[{string.Join(", ", index.Select(parameter => Name(parameter.ParameterType)))}]" : property.Name;

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method)
    {
        var isExtension = method.IsDefined(typeof(ExtensionAttribute), inherit: false);
        return string.Join(", ", method.GetParameters().Select((parameter, index) => (isExtension && index == 0 ? "this " : "") + Name(parameter.ParameterType)));
    }

    private static string Name(Type type)
    {
        if (s_keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (type.HasElementType)
        {
            return type.IsArray ? $"{Name(type.GetElementType()!)}[]" : Name(type.GetElementType()!);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return $"{Name(underlying)}?";
        }

        var name = type.Name.Split('`')[0];
        var arguments = type.IsGenericType ? $"<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : "";
        return type is { IsNested: true, IsGenericParameter: false } ? $"{Name(type.DeclaringType!)}.{name}{arguments}" : name + arguments;
    }
}
