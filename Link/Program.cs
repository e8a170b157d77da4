using Link;
using Link.Running;

// Whether there is a program to run is decided after the link is known: its code comes back as this one's.
await using var output = new StreamWriter(StandardStream.OpenOutput()) { AutoFlush = true };
await using var error = new StreamWriter(StandardStream.OpenError()) { AutoFlush = true };
return await new LinkTool(output, error).RunAsync(args);
