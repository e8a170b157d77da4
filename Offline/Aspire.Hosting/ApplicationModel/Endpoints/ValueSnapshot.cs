namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is set later, once or again and again; readers wait for the first.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class ValueSnapshot<T>
    where T : notnull
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<T> _value = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether there is a value.</summary>
    public bool IsValueSet => Current.IsCompletedSuccessfully;

    private Task<T> Current
    {
        get
        {
            lock (_lock)
            {
                return _value.Task;
            }
        }
    }

    /// <summary>The value, once it is set.</summary>
    public Task<T> GetValueAsync(CancellationToken cancellationToken = default) => Current.WaitAsync(cancellationToken);

    /// <summary>Sets the value, or replaces it.</summary>
    public void SetValue(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Waiting().SetResult(value);
    }

    /// <summary>Says that there will be no value.</summary>
    public void SetException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var waiting = Waiting();
        waiting.SetException(exception);
        _ = waiting.Task.Exception;
    }

    /// <summary>The source readers wait for; a new one when the last has had its result.</summary>
    private TaskCompletionSource<T> Waiting()
    {
        lock (_lock)
        {
            if (_value.Task.IsCompleted)
            {
                _value = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return _value;
        }
    }
}
