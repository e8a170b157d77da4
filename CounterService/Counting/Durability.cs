namespace CounterService.Counting;

/// <summary>What an answered count survives.</summary>
internal enum Durability
{
    /// <summary>The end of the service, and of a store that appends to a file; its operating system writes to disk when it likes.</summary>
    None,

    /// <summary>A crash of the store's machine too, but for the last second; two, and also when just the store ends, while its disk is slow.</summary>
    EverySecond,

    /// <summary>A crash of the store's machine: a request is answered only when its count is on disk.</summary>
    Always,
}
