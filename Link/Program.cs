using Link;

// Whether a program is found is decided after the link is known: its code comes back as this one's.
return await new LinkTool(Console.Out, Console.Error).RunAsync(args);
