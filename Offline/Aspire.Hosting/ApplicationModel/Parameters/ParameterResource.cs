namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is given to the application from outside, such as a password.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Lazy<string> _value;
    private volatile TaskCompletionSource<string>? _given;

    /// <summary>Creates a parameter whose value the callback finds when it is first asked for.</summary>
    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _value = new(() => callback(Default));
        Secret = secret;
    }

    /// <summary>Where the value comes from when none is configured.</summary>
    public ParameterDefault? Default { get; set; }

    /// <summary>Whether the value is to be kept from view.</summary>
    public bool Secret { get; }

    /// <summary>Whether the parameter holds a connection string.</summary>
    public bool IsConnectionString { get; set; }

    /// <summary>What the value is for, shown where it is asked for.</summary>
    public string? Description { get; set; }

    /// <summary>Whether <see cref="Description"/> is Markdown.</summary>
    public bool EnableDescriptionMarkdown { get; set; }

    /// <summary>The value.</summary>
    [Obsolete("Use GetValueAsync for async access instead.")]
    public string Value => _value.Value;

    /// <inheritdoc />
    public string ValueExpression => $"{{{Name}.value}}";

    internal string ValueInternal => _value.Value;

    /// <summary>Where the value is configured, and saved.</summary>
    internal string ConfigurationKey
    {
        get => field ?? (IsConnectionString ? $"ConnectionStrings:{Name}" : ParameterResourceBuilderExtensions.ConfigurationKey(Name));
        init;
    }

    /// <inheritdoc />
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) =>
        _given is { } given ? await given.Task.WaitAsync(cancellationToken).ConfigureAwait(false) : _value.Value;

    /// <summary>From now on whoever asks for the value waits until it is given.</summary>
    internal void AwaitValue() => _given = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gives the value to those who wait for it and to those who ask later.</summary>
    internal void Resolve(string value)
    {
        var given = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        given.SetResult(value);
        var waiting = _given;
        _given = given;
        waiting?.TrySetResult(value);
    }

#pragma warning disable CA1725 // The parameter is named as published.
    /// <summary>The value, which is the same for every consumer.</summary>
    public ValueTask<string?> GetValueAsync(ValueProviderContext _, CancellationToken cancellationToken) => GetValueAsync(cancellationToken);
#pragma warning restore CA1725
}
