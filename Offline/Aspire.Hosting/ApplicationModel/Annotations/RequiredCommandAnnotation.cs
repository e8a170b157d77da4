using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says that a resource needs a program on the machine.</summary>
/// <param name="command">The name of the program, or its path.</param>
[Experimental("ASPIRECOMMAND001")]
public class RequiredCommandAnnotation(string command) : IResourceAnnotation
{
    /// <summary>The name of the program, or its path.</summary>
    public string Command { get; } = command ?? throw new ArgumentNullException(nameof(command));

    /// <summary>Where it says how to install it.</summary>
    public string? HelpLink { get; init; }

    /// <summary>Checks the program that was found.</summary>
    public Func<RequiredCommandValidationContext, Task<RequiredCommandValidationResult>>? ValidationCallback { get; init; }
}
