using Shared;

namespace Link.Tests;

/// <summary>A user without privileges, to try what one user may do with what is another's.</summary>
internal static class OtherUser
{
    /// <summary>The words that run a program as that user, and its number. Skips where that is not to be had, as root is not.</summary>
    public static async Task<(IReadOnlyList<string> As, string Id)> BecomeAsync(string runtime)
    {
        const string nobody = "65534";
        Tools.Require(Environment.IsPrivilegedProcess, "To become another user takes root.");
        Tools.Require("setpriv");
        string[] words = ["setpriv", "--reuid", nobody, "--regid", nobody, "--clear-groups", "--inh-caps=-all"];

        // The repository may be in a folder of root's own: the tool runs from a copy.
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "link.*"))
        {
            File.Copy(file, Path.Combine(runtime, Path.GetFileName(file)));
        }

        await Running.ProgramAsync(runtime, ["chmod", "a+rx", runtime]);
        if ((await Running.ProgramAsync(runtime, [.. words, .. Tool(runtime), "--version"])).ExitCode != 0)
        {
            Assert.Skip("Another user can't run the .NET of this one.");
        }

        return (words, nobody);
    }

    public static IReadOnlyList<string> Tool(string runtime) => [Running.Tool[0], Path.Combine(runtime, "link.dll")];
}
