namespace Aspire.Dashboard.Telemetry;

/// <summary>How a field is compared.</summary>
public enum FilterCondition
{
    /// <summary>The same text, ignoring case.</summary>
    Equals,

    /// <summary>Contains the text, ignoring case.</summary>
    Contains,

    /// <summary>Greater: numbers as numbers, times as times.</summary>
    GreaterThan,

    /// <summary>Less.</summary>
    LessThan,

    /// <summary>Greater or equal.</summary>
    GreaterThanOrEqual,

    /// <summary>Less or equal.</summary>
    LessThanOrEqual,

    /// <summary>Not the same text.</summary>
    NotEqual,

    /// <summary>Does not contain the text.</summary>
    NotContains,
}
