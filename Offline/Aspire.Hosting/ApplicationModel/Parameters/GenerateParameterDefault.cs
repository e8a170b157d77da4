using System.Security.Cryptography;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A default that is generated: random characters of the kinds asked for.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    // Characters that look alike or that shells and connection strings treat in a special way are left out.
    private const string LowerCharacters = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperCharacters = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string NumericCharacters = "0123456789";
    private const string SpecialCharacters = "-_.{}~()*+!";

    /// <summary>The least length of the value, in characters.</summary>
    public int MinLength { get; set; } = 22;

    /// <summary>Whether lower-case letters are used.</summary>
    public bool Lower { get; set; } = true;

    /// <summary>Whether upper-case letters are used.</summary>
    public bool Upper { get; set; } = true;

    /// <summary>Whether digits are used.</summary>
    public bool Numeric { get; set; } = true;

    /// <summary>Whether special characters are used.</summary>
    public bool Special { get; set; } = true;

    /// <summary>The least number of lower-case letters.</summary>
    public int MinLower { get; set; }

    /// <summary>The least number of upper-case letters.</summary>
    public int MinUpper { get; set; }

    /// <summary>The least number of digits.</summary>
    public int MinNumeric { get; set; }

    /// <summary>The least number of special characters.</summary>
    public int MinSpecial { get; set; }

    /// <inheritdoc />
    public override string GetDefaultValue()
    {
        (bool IsUsed, int Least, string Characters, string Name, string LeastName)[] kinds =
        [
            (Lower, MinLower, LowerCharacters, "lower", "minLower"), (Upper, MinUpper, UpperCharacters, "upper", "minUpper"),
            (Numeric, MinNumeric, NumericCharacters, "numeric", "minNumeric"), (Special, MinSpecial, SpecialCharacters, "special", "minSpecial"),
        ];
        ArgumentOutOfRangeException.ThrowIfNegative(MinLength, "minLength");
        foreach (var kind in kinds)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(kind.Least, kind.LeastName);
            if (!kind.IsUsed && kind.Least > 0)
            {
                throw new ArgumentException($"'{kind.LeastName}' must be 0 if '{kind.Name}' is disabled.");
            }
        }

        var all = string.Concat(kinds.Where(kind => kind.IsUsed).Select(kind => kind.Characters));
        if (all.Length == 0)
        {
            throw new ArgumentException("At least one character type must be enabled.");
        }

        var value = kinds.SelectMany(kind => RandomNumberGenerator.GetItems<char>(kind.Characters, kind.Least)).ToList();
        value.AddRange(RandomNumberGenerator.GetItems<char>(all, Math.Max(0, MinLength - value.Count)));
        var shuffled = value.ToArray();
        RandomNumberGenerator.Shuffle(shuffled.AsSpan());
        return new string(shuffled);
    }

    /// <inheritdoc />
    public override void WriteToManifest(ManifestPublishingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        var writer = context.Writer;
        writer.WriteStartObject("generate");
        writer.WriteNumber("minLength", MinLength);
        WriteUnused("lower", Lower);
        WriteUnused("upper", Upper);
        WriteUnused("numeric", Numeric);
        WriteUnused("special", Special);
        WriteLeast("minLower", MinLower);
        WriteLeast("minUpper", MinUpper);
        WriteLeast("minNumeric", MinNumeric);
        WriteLeast("minSpecial", MinSpecial);
        writer.WriteEndObject();

        void WriteUnused(string name, bool isUsed)
        {
            if (!isUsed)
            {
                writer.WriteBoolean(name, false);
            }
        }

        void WriteLeast(string name, int least)
        {
            if (least > 0)
            {
                writer.WriteNumber(name, least);
            }
        }
    }
}
