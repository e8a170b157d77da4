using System.Text;

namespace Aspire.Hosting.Execution;

/// <summary>Splits the command line of a launch profile as a shell would: at spaces, except within quotes.</summary>
internal static class LaunchArguments
{
    public static IReadOnlyList<string> Split(string? commandLine)
    {
        List<string> arguments = [];
        var current = new StringBuilder();
        var quote = false;
        var any = false;
        foreach (var character in commandLine ?? "")
        {
            if (character == '"')
            {
                quote = !quote;
                any = true;
            }
            else if (char.IsWhiteSpace(character) && !quote)
            {
                Take();
            }
            else
            {
                current.Append(character);
                any = true;
            }
        }

        Take();
        return arguments;

        void Take()
        {
            if (any)
            {
                arguments.Add(current.ToString());
            }

            current.Clear();
            any = false;
        }
    }
}
