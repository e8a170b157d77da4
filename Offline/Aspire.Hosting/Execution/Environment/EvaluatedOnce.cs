namespace Aspire.Hosting.Execution;

/// <summary>What a callback made for the first who asked, kept for all others until it is forgotten; also that it failed, but not that the first gave up.</summary>
internal sealed class EvaluatedOnce<TResult>
{
    private readonly Lock _gate = new();
    private Task<TResult>? _result;

    public Task<TResult> GetAsync(Func<Task<TResult>> evaluate)
    {
        lock (_gate)
        {
            return _result is null or { IsCanceled: true } ? _result = evaluate() : _result;
        }
    }

    public void Forget()
    {
        lock (_gate)
        {
            _result = null;
        }
    }
}
