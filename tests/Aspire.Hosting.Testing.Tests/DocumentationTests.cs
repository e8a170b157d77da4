using Shared;

namespace Aspire.Hosting.Testing.Tests;

public sealed class DocumentationTests
{
    [Fact]
    public async Task The_sample_of_the_documentation_is_the_test_that_runs_here()
    {
        var sample = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests", "Aspire.Hosting.Testing.Tests", "CounterAppTests.cs"));
        var documentation = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "testing.md"));

        Assert.Contains($"```csharp\n{sample.ReplaceLineEndings("\n").Trim()}\n```", documentation.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }
}
