namespace Aspire.Dashboard.Telemetry;

/// <summary>The library that produced telemetry: the activity source, the meter, the log category.</summary>
/// <param name="Name">Such as <c>Microsoft.AspNetCore</c>; empty when none was sent.</param>
/// <param name="Version">Its version; empty when none was sent.</param>
/// <param name="Attributes">What else was said of it.</param>
public sealed record InstrumentationScope(string Name, string Version, AttributeList Attributes)
{
    /// <summary>The scope of telemetry that names none.</summary>
    public static InstrumentationScope None { get; } = new("", "", default);
}
