namespace CounterService.Counting;

/// <summary>Where the counts are kept.</summary>
internal interface ICounterStore
{
    /// <summary>Adds a batch exactly once, however often it has to be sent.</summary>
    /// <exception cref="StoreUnavailableException">It could not be confirmed in time.</exception>
    Task<BatchCounted> AddAsync(Batch batch, CancellationToken cancellationToken);

    /// <summary>Reads without counting.</summary>
    Task<Snapshot> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>The store did not confirm in time.</summary>
internal sealed class StoreUnavailableException(string message, Exception? inner) : Exception(message, inner);
