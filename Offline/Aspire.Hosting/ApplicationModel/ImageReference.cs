using System.Text.RegularExpressions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The parts of the name of a container image. A registry is part of the image, as the published packages have it.</summary>
internal readonly partial record struct ImageReference(string Image, string? Tag, string? Digest)
{
    public static ImageReference Parse(string input)
    {
        if (Reference().Match(input) is not { Success: true, Groups: var parts })
        {
            throw new ArgumentOutOfRangeException(nameof(input), input, "invalid reference format: could not parse container image name");
        }

        return new(parts["image"].Value, Text(parts["tag"]), Text(parts["digest"]));

        static string? Text(Group part) => part.Success ? part.Value : null;
    }

    // A colon before the last slash belongs to the registry's port.
    [GeneratedRegex(@"^(?<image>[A-Za-z0-9][\w.-]*(:[0-9]+(?=/))?(/[A-Za-z0-9][\w.-]*)*)(:(?<tag>\w[\w.-]*))?(@sha256:(?<digest>[A-Fa-f0-9]+))?$")]
    private static partial Regex Reference();
}
