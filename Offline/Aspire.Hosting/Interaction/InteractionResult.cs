using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

/// <summary>Makes answers.</summary>
public static class InteractionResult
{
    /// <summary>An answer.</summary>
    public static InteractionResult<T> Ok<T>(T result) => new(canceled: false, result);

    /// <summary>No answer.</summary>
    public static InteractionResult<T> Cancel<T>(T? data = default) => new(canceled: true, data);
}

/// <summary>An answer, or none.</summary>
[Experimental("ASPIREINTERACTION001")]
public class InteractionResult<T>
{
    internal InteractionResult(bool canceled, T? data)
    {
        Canceled = canceled;
        Data = data;
    }

    /// <summary>The answer.</summary>
    public T? Data { get; }

    /// <summary>Whether the user did not answer.</summary>
    [MemberNotNullWhen(false, nameof(Data))]
    public bool Canceled { get; }
}
