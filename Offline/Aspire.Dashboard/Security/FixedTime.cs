using System.Security.Cryptography;
using System.Text;

namespace Aspire.Dashboard.Security;

/// <summary>Compares secrets so that the time it takes says nothing about them, not even their length.</summary>
internal static class FixedTime
{
    public static bool Equals(string? expected, string? given) =>
        expected is not null && given is not null
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(expected)), SHA256.HashData(Encoding.UTF8.GetBytes(given)));

    /// <summary>Both keys are compared whatever the first comparison says.</summary>
    public static bool EqualsEither(string? first, string? second, string? given) => Equals(first, given) | Equals(second, given);
}
