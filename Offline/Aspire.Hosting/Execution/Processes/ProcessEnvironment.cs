namespace Aspire.Hosting.Execution;

/// <summary>The whole environment of a process: what it inherits, and over it what the model says.</summary>
internal static class ProcessEnvironment
{
    public static Dictionary<string, string> For(ResourceEnvironment environment)
    {
        var variables = InheritedEnvironment.Read();
        foreach (var (name, value, _) in environment.Variables)
        {
            variables[name] = value;
        }

        return variables;
    }
}
