using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The name under which a conditional expression is published: the same for the same condition and texts.</summary>
internal static class ConditionalName
{
    public static string Of(IValueProvider condition, string matchValue, ReferenceExpression whenTrue, ReferenceExpression whenFalse)
    {
        var expression = (condition as IManifestExpressionProvider)?.ValueExpression ?? "";
        var hash = XxHash32.HashToUInt32(Encoding.UTF8.GetBytes($"{expression}{whenTrue.ValueExpression}{whenFalse.ValueExpression}{matchValue}"));
        return string.Create(CultureInfo.InvariantCulture, $"cond-{NameSafe(expression)}-{hash:x8}");
    }

    private static string NameSafe(string expression)
    {
        var name = new StringBuilder(expression.Length);
        foreach (var character in expression)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                name.Append(char.ToLowerInvariant(character));
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        return name.ToString().TrimEnd('-');
    }
}
