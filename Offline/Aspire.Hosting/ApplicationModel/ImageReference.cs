using System.Text.RegularExpressions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The parts of the name of a container image. A registry is part of the image, as the published packages have it.</summary>
internal readonly partial record struct ImageReference(string Image, string? Tag, string? Digest)
{
    public static ImageReference Parse(string input)
    {
        if (input.Length == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(input), "repository name must have at least one component");
        }

        if (Reference().Match(input) is not { Success: true, Groups: var parts })
        {
            throw new ArgumentOutOfRangeException(nameof(input), input, "invalid reference format: could not parse container image name");
        }

        return new(parts["image"].Value, Text(parts["tag"]), Text(parts["digest"]));

        static string? Text(Group part) => part.Success ? part.Value : null;
    }

    // No more is checked than the published packages check: the container engine knows better.
    [GeneratedRegex(@"^(?<image>(([\w.-]+|\[[A-Fa-f0-9:]+\])(:\d+)?/)?[\w./-]+)(:(?<tag>[\w.-]+))?(@(?<digest>.+))?$")]
    private static partial Regex Reference();
}
