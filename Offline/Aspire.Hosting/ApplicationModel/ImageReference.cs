namespace Aspire.Hosting.ApplicationModel;

/// <summary>The parts of the name of a container image. A registry is part of the image, as the published packages have it.</summary>
internal readonly record struct ImageReference(string Image, string? Tag, string? Digest)
{
    private const string Sha256 = "@sha256:";

    public static ImageReference Parse(string reference)
    {
        var at = reference.IndexOf(Sha256, StringComparison.Ordinal);
        var digest = at < 0 ? null : reference[(at + Sha256.Length)..];
        var rest = at < 0 ? reference : reference[..at];

        // A colon before the last slash belongs to the registry's port.
        var colon = rest.LastIndexOf(':');
        return colon > rest.LastIndexOf('/')
            ? new(rest[..colon], rest[(colon + 1)..], digest)
            : new(rest, null, digest);
    }
}
