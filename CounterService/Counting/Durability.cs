namespace CounterService.Counting;

/// <summary>What an answered count survives.</summary>
internal enum Durability
{
    /// <summary>The end of the service. The operating system of the store writes to disk when it likes.</summary>
    None,

    /// <summary>Also the end of the store; a crash of its machine loses a second at most.</summary>
    EverySecond,

    /// <summary>Also a crash of the store's machine: a request is answered only when its count is on disk.</summary>
    Always,
}
